//! What people say of a task's duration and money: three points, budget, actual cost; and a first
//! guess for whole phases, so that a forecast can be made before everybody was asked.

use crate::journal::{Fact, Subject, SubjectKind};
use crate::plan::calendar::DAY;
use crate::plan::edit::days_text;
use crate::plan::{Kind, Phase, Task, ThreePoint};
use crate::refusal::Parse;
use crate::{Refusal, UserId};
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// The form of one task, as typed.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct EstimateDraft {
    /// Days when everything goes well; all three empty for no estimate.
    pub optimistic_days: String,
    /// Days as a rule.
    pub likely_days: String,
    /// Days when much goes wrong.
    pub pessimistic_days: String,
    /// Budget in units of the currency, two decimals; empty for none.
    pub budget: String,
    /// Cost so far; empty for nothing.
    pub actual_cost: String,
}

/// A form, read.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct NewEstimate {
    /// Three points.
    pub estimate: Option<ThreePoint>,
    /// Minor units.
    pub budget: Option<i64>,
    /// Minor units.
    pub actual_cost: i64,
}

/// Most money of one task: ten milliard units.
const MOST_MONEY: f64 = 10_000_000_000.0;
/// Most days of a point.
const MOST_DAYS: f64 = 3_650.0;

impl EstimateDraft {
    /// The form that would leave the task as it is.
    pub fn of(task: &Task) -> Self {
        let days = |pick: fn(ThreePoint) -> i64| task.estimate.map(|one| days_text(pick(one))).unwrap_or_default();
        EstimateDraft {
            optimistic_days: days(|one| one.optimistic),
            likely_days: days(|one| one.likely),
            pessimistic_days: days(|one| one.pessimistic),
            budget: task.budget.map(money_text).unwrap_or_default(),
            actual_cost: if task.actual_cost == 0 { String::new() } else { money_text(task.actual_cost) },
        }
    }

    /// Reads the form.
    ///
    /// # Errors
    /// Every field that cannot be read; three points that are not in order or not all given.
    pub fn parse(&self) -> Result<NewEstimate, Vec<Refusal>> {
        let mut parse = Parse::new();
        let fields = [
            ("optimistic_days", &self.optimistic_days),
            ("likely_days", &self.likely_days),
            ("pessimistic_days", &self.pessimistic_days),
        ];
        let estimate = three_points(&mut parse, fields, true);
        let budget = amount(&mut parse, "budget", &self.budget);
        let actual_cost = amount(&mut parse, "actual_cost", &self.actual_cost).unwrap_or(0);
        parse.finish(|| NewEstimate { estimate, budget, actual_cost })
    }
}

/// Three points in days. Empty altogether is nothing where that is allowed.
pub(super) fn three_points(parse: &mut Parse, fields: [(&str, &String); 3], optional: bool) -> Option<ThreePoint> {
    if optional && fields.iter().all(|(_, text)| text.trim().is_empty()) {
        return None;
    }
    let mut points = [0i64; 3];
    for (slot, (field, text)) in points.iter_mut().zip(fields) {
        match text.trim().replace(',', ".").parse::<f64>() {
            Ok(days) if (0.0..=MOST_DAYS).contains(&days) => *slot = (days * DAY as f64).round() as i64,
            Ok(_) => parse.refuse(Refusal::invalid("out-of-range").at(field).with("min", 0).with("max", MOST_DAYS)),
            Err(_) if text.trim().is_empty() => parse.refuse(Refusal::invalid("required").at(field)),
            Err(_) => parse.refuse(Refusal::invalid("not-a-number").at(field)),
        }
    }
    let [optimistic, likely, pessimistic] = points;
    if !(parse.refused() || optimistic <= likely && likely <= pessimistic) {
        parse.refuse(Refusal::invalid("estimate-order").at(fields[1].0));
    }
    Some(ThreePoint { optimistic, likely, pessimistic })
}

fn amount(parse: &mut Parse, field: &str, text: &str) -> Option<i64> {
    let text = text.trim().replace([',', ' ', '\u{a0}'], "");
    if text.is_empty() {
        return None;
    }
    match text.parse::<f64>() {
        Ok(value) if (0.0..=MOST_MONEY).contains(&value) => Some((value * 100.0).round() as i64),
        Ok(_) => {
            parse.refuse(Refusal::invalid("out-of-range").at(field).with("min", 0).with("max", MOST_MONEY));
            None
        }
        Err(_) => {
            parse.refuse(Refusal::invalid("not-a-number").at(field));
            None
        }
    }
}

/// Minor units as people type them.
pub fn money_text(minor: i64) -> String {
    if minor % 100 == 0 { (minor / 100).to_string() } else { format!("{}.{:02}", minor / 100, minor % 100) }
}

/// Writes what was said into a task.
pub fn estimate(task: &Task, said: NewEstimate, _by: UserId) -> (Task, Fact) {
    let new = Task { estimate: said.estimate, budget: said.budget, actual_cost: said.actual_cost, ..task.clone() };
    let days = |one: Option<ThreePoint>| {
        one.map(|one| {
            format!("{} / {} / {}", days_text(one.optimistic), days_text(one.likely), days_text(one.pessimistic))
        })
    };
    let fact = Fact::new("task.estimated", Subject::new(SubjectKind::Task, task.id), task.edition)
        .with("code", task.code.as_str())
        .with("days", days(new.estimate).unwrap_or_else(|| "–".to_owned()))
        .with("before", days(task.estimate).unwrap_or_else(|| "–".to_owned()))
        .with("budget", new.budget)
        .with("actual_cost", new.actual_cost);
    (new, fact)
}

/// How far durations of a phase are thought to stray, in percent of the planned one.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Spread {
    /// Percent shorter when everything goes well, 0 to 100.
    pub less: i64,
    /// Percent longer when much goes wrong, 0 to 500.
    pub more: i64,
}

/// A first guess: work in the halls is bound by the day and strays least, offices stray more, and
/// what others have to answer after the show most. Figures of the house, to be replaced by the
/// edition's own record.
pub const fn usual_spread(phase: Phase) -> Spread {
    match phase {
        Phase::OnSite | Phase::Reception | Phase::InSession | Phase::Closing => Spread { less: 5, more: 20 },
        Phase::PreShow | Phase::Planning => Spread { less: 10, more: 35 },
        Phase::PostShow | Phase::Adjournment => Spread { less: 10, more: 50 },
    }
}

impl Spread {
    /// Three points around a planned duration, in whole tenths of a day where it is longer than that.
    pub fn around(self, duration: i64) -> ThreePoint {
        let tenth = DAY / 10;
        let round = |minutes: i64| if duration < DAY { minutes } else { (minutes + tenth / 2) / tenth * tenth };
        ThreePoint {
            optimistic: round(duration * (100 - self.less) / 100).min(duration),
            likely: duration,
            pessimistic: round(duration * (100 + self.more) / 100).max(duration),
        }
    }
}

/// The form that suggests estimates for whole phases: `less-pre_show` and `more-pre_show` in percent.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct SpreadDraft {
    /// Percent by field name.
    #[serde(flatten)]
    pub percent: BTreeMap<String, String>,
}

/// Spreads by phase, read.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Spreads {
    by_phase: BTreeMap<Phase, Spread>,
    /// Also where somebody has estimated already.
    pub overwrite: bool,
}

impl SpreadDraft {
    /// Reads the form; phases that are left out keep their usual spread.
    ///
    /// # Errors
    /// Every percentage that cannot be read.
    pub fn parse(&self) -> Result<Spreads, Vec<Refusal>> {
        let mut parse = Parse::new();
        let mut by_phase = BTreeMap::new();
        for phase in Phase::ALL {
            let usual = usual_spread(*phase);
            let mut read = |name: String, most: i64, usual: i64| match self.percent.get(&name).map(|text| text.trim()) {
                None | Some("") => usual,
                Some(text) => parse.number(&name, text, 0..=most).unwrap_or(usual),
            };
            let less = read(format!("less-{}", phase.code()), 100, usual.less);
            let more = read(format!("more-{}", phase.code()), 500, usual.more);
            by_phase.insert(*phase, Spread { less, more });
        }
        let overwrite = self.percent.get("overwrite").is_some_and(|text| !text.is_empty());
        parse.finish(|| Spreads { by_phase, overwrite })
    }
}

impl Spreads {
    /// The estimate for a task that shall get one: work with a duration, nobody has begun, and not
    /// estimated yet unless all are to be overwritten.
    pub fn suggest(&self, task: &Task) -> Option<ThreePoint> {
        let wanted = task.kind == Kind::Task && task.duration > 0 && task.actual_start.is_none();
        if !wanted || task.state.is_closed() || (task.estimate.is_some() && !self.overwrite) {
            return None;
        }
        let spread = self.by_phase.get(&task.phase).copied().unwrap_or_else(|| usual_spread(task.phase));
        Some(spread.around(task.duration))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn three_points_are_all_or_nothing_and_in_order() {
        let draft = |o: &str, l: &str, p: &str| EstimateDraft {
            optimistic_days: o.into(),
            likely_days: l.into(),
            pessimistic_days: p.into(),
            ..EstimateDraft::default()
        };
        assert_eq!(draft("", "", "").parse().expect("nothing").estimate, None);
        let three = draft("3", "4.5", "9").parse().expect("in order").estimate.expect("an estimate");
        assert_eq!((three.optimistic, three.likely, three.pessimistic), (3 * DAY, 4 * DAY + DAY / 2, 9 * DAY));
        let codes = |draft: EstimateDraft| draft.parse().unwrap_err()[0].code.clone();
        assert_eq!(codes(draft("3", "", "9")), "required");
        assert_eq!(codes(draft("5", "4", "9")), "estimate-order");
        assert_eq!(codes(draft("x", "4", "9")), "not-a-number");
    }

    #[test]
    fn money_goes_there_and_back() {
        let draft = EstimateDraft { budget: "12,500.5".into(), actual_cost: "7".into(), ..EstimateDraft::default() };
        let read = draft.parse().expect("amounts");
        assert_eq!((read.budget, read.actual_cost), (Some(1_250_050), 700));
        assert_eq!((money_text(1_250_050), money_text(700)), ("12500.50".into(), "7".into()));
    }
}
