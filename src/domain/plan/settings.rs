//! What holds for a plan as a whole: its calendars, by name, and the choices its dates are computed under.

use super::calendar::{Calendar, Pattern};
use super::input::{LagCalendar, Options, Progress};
use super::sheet::Sheet;
use crate::{Bilingual, CalendarId};
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// The currency of a plan nobody chose one for (ISO 4217).
pub const CURRENCY: &str = "CNY";

/// A named working calendar of an edition's plan.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct PlanCalendar {
    /// Identity.
    pub id: CalendarId,
    /// Short name, unique in the plan.
    pub code: String,
    /// Name.
    pub name: Bilingual,
    /// Its week and its dated exceptions.
    pub pattern: Pattern,
    /// The calendar whose exceptions also hold here, unless this one says otherwise for the day.
    pub parent: Option<CalendarId>,
}

/// Compiles the calendars of a plan, each with the exceptions of those above it: its own before its parent's.
/// A ring of parents ends where it would begin again.
pub fn compile(calendars: &[PlanCalendar]) -> Vec<Calendar> {
    patterns(calendars).iter().map(Calendar::new).collect()
}

/// The same before compiling: each with the exceptions of those above it.
pub fn patterns(calendars: &[PlanCalendar]) -> Vec<Pattern> {
    let find = |id: CalendarId| calendars.iter().find(|one| one.id == id);
    let laid = calendars.iter().map(|one| {
        let mut exceptions = BTreeMap::new();
        let (mut at, mut steps) = (Some(one), 0);
        while let Some(calendar) = at
            && steps <= calendars.len()
        {
            for (day, spans) in &calendar.pattern.exceptions {
                exceptions.entry(*day).or_insert_with(|| spans.clone());
            }
            at = calendar.parent.and_then(find);
            steps += 1;
        }
        Pattern { weekly: one.pattern.weekly.clone(), exceptions }
    });
    laid.collect()
}

/// Choices that hold for a whole plan, as they are stored.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct PlanOptions {
    /// Critical at total float ≤ this many working minutes.
    pub critical_threshold: i64,
    /// Calendar of working lags.
    pub lag_calendar: LagCalendar,
    /// What happens to work that began before its predecessor was done.
    pub progress: Progress,
}

/// Everything that is chosen for a plan as a whole, as it is changed and taken back.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Choices {
    /// ISO 4217 code of budgets and costs.
    pub currency: String,
    /// How its dates are computed.
    pub options: PlanOptions,
    /// The calendar of tasks without one; round the clock when `None`.
    pub calendar: Option<CalendarId>,
}

impl Choices {
    /// The choices of a plan.
    pub fn of(sheet: &Sheet) -> Choices {
        Choices { currency: sheet.currency.clone(), options: sheet.options, calendar: sheet.default_calendar }
    }

    /// Makes them the plan's.
    pub fn put(self, sheet: &mut Sheet) {
        (sheet.currency, sheet.options, sheet.default_calendar) = (self.currency, self.options, self.calendar);
    }
}

impl PlanOptions {
    /// As the planner takes them.
    pub fn kernel(self) -> Options {
        Options {
            critical_threshold: self.critical_threshold,
            lag_calendar: self.lag_calendar,
            progress: self.progress,
        }
    }
}

impl LagCalendar {
    /// All, in the order of a choice list.
    pub const ALL: &'static [LagCalendar] =
        &[LagCalendar::Successor, LagCalendar::Predecessor, LagCalendar::Plan, LagCalendar::Always];

    /// The spelling in the database and in API calls.
    pub const fn code(self) -> &'static str {
        match self {
            LagCalendar::Successor => "successor",
            LagCalendar::Predecessor => "predecessor",
            LagCalendar::Plan => "plan",
            LagCalendar::Always => "always",
        }
    }

    /// The reverse of [`LagCalendar::code`].
    pub fn parse(text: &str) -> Option<LagCalendar> {
        LagCalendar::ALL.iter().copied().find(|one| one.code() == text)
    }
}

impl Progress {
    /// All, in the order of a choice list.
    pub const ALL: &'static [Progress] = &[Progress::RetainedLogic, Progress::Override];

    /// The spelling in the database and in API calls.
    pub const fn code(self) -> &'static str {
        match self {
            Progress::RetainedLogic => "retained_logic",
            Progress::Override => "override",
        }
    }

    /// The reverse of [`Progress::code`].
    pub fn parse(text: &str) -> Option<Progress> {
        Progress::ALL.iter().copied().find(|one| one.code() == text)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::plan::DAY;

    fn calendar(no: u128, parent: Option<u128>, day: i64, spans: Vec<(i64, i64)>) -> PlanCalendar {
        let id = |no| CalendarId::from_uuid(uuid::Uuid::from_u128(no));
        let mut pattern = Pattern::weekdays(vec![(480, 960)]);
        pattern.exceptions.insert(day, spans);
        PlanCalendar { id: id(no), code: no.to_string(), name: Bilingual::new("", ""), pattern, parent: parent.map(id) }
    }

    #[test]
    fn a_child_has_its_parents_holidays_unless_it_says_otherwise() {
        // Monday 2026-01-05 is day 20458 of the axis; Tuesday the day after.
        let parent = calendar(1, None, 20_458, vec![]);
        let child = calendar(2, Some(1), 20_459, vec![]);
        let own = calendar(3, Some(1), 20_458, vec![(0, 60)]);
        let compiled = compile(&[parent, child, own]);
        let (monday, tuesday) = (20_458 * DAY, 20_459 * DAY);
        assert_eq!(compiled[1].between(monday, tuesday + DAY), 0);
        assert_eq!(compiled[2].between(monday, tuesday), 60);
        assert_eq!(compiled[0].between(tuesday, tuesday + DAY), 480);
    }

    #[test]
    fn a_ring_of_parents_ends() {
        let ring = [calendar(1, Some(2), 20_458, vec![]), calendar(2, Some(1), 20_459, vec![])];
        assert_eq!(compile(&ring).len(), 2);
    }
}
