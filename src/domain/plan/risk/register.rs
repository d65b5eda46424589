//! The risk register: what may happen, how likely, which tasks it would delay and by how much, who
//! looks after it and what is done about it.

use super::estimate::three_points;
use super::law::Law;
use super::model::Event;
use crate::journal::{Fact, Subject, SubjectKind};
use crate::plan::edit::days_text;
use crate::plan::{Sheet, ThreePoint};
use crate::refusal::Parse;
use crate::{Bilingual, EditionId, Refusal, RiskEventId, TaskId, UserId};
use serde::{Deserialize, Serialize};

codes! {
    /// Whether a risk can still strike.
    RiskState {
        /// It can.
        Open "open",
        /// It has struck, or cannot any more.
        Closed "closed",
    }
}

/// A risk of the register.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct RiskEvent {
    /// Identity.
    pub id: RiskEventId,
    /// The edition.
    pub edition: EditionId,
    /// Counts the risks of the edition, from 1.
    pub number: i32,
    /// Name.
    pub name: Bilingual,
    /// Cause and effect in words.
    pub description: String,
    /// Chance to strike, in thousandths.
    pub probability: i32,
    /// Delay of each task it touches, working minutes.
    pub delay: ThreePoint,
    /// Tasks it touches.
    pub tasks: Vec<TaskId>,
    /// Who looks after it.
    pub owner: Option<UserId>,
    /// What is done about it.
    pub response: String,
    /// Whether it can still strike.
    pub state: RiskState,
    /// For the check against a change in between.
    pub version: i32,
}

impl RiskEvent {
    /// Expected delay in working minutes: chance × mean delay.
    pub fn exposure(&self) -> f64 {
        f64::from(self.probability) / 1_000.0 * self.law().mean()
    }

    fn law(&self) -> Law {
        law(self.delay, false)
    }

    /// The risk as the simulation takes it; nothing when it can touch no task.
    pub fn event(&self, sheet: &Sheet) -> Option<Event> {
        let at = |task: &TaskId| sheet.position(*task).and_then(|at| u32::try_from(at).ok());
        let activities: Vec<u32> = self.tasks.iter().filter_map(at).collect();
        let strikes = self.state == RiskState::Open && self.probability > 0 && !activities.is_empty();
        strikes.then(|| Event {
            code: format!("risk {}", self.number),
            probability: f64::from(self.probability) / 1_000.0,
            delay: self.law(),
            activities,
        })
    }
}

/// Three points as a law: beta-PERT or triangular.
pub(super) fn law(three: ThreePoint, triangular: bool) -> Law {
    let (min, mode, max) = (three.optimistic as f64, three.likely as f64, three.pessimistic as f64);
    if triangular { Law::Triangular { min, mode, max } } else { Law::Pert { min, mode, max } }
}

/// A risk as typed.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct RiskDraft {
    /// Name in English.
    pub name_en: String,
    /// Name in Chinese; may be empty.
    pub name_zh: String,
    /// Cause and effect.
    pub description: String,
    /// Percent, one decimal.
    pub probability: String,
    /// Days of delay at least.
    pub optimistic_days: String,
    /// Days of delay as a rule.
    pub likely_days: String,
    /// Days of delay at most.
    pub pessimistic_days: String,
    /// Codes of the tasks, `L02; L03`.
    pub tasks: String,
    /// User id, or empty.
    pub owner: String,
    /// What is done about it.
    pub response: String,
    /// `open` or `closed`; open when empty.
    pub state: String,
    /// Version that was read, when it is a change.
    pub version: String,
}

/// A draft, read against the plan.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NewRisk {
    name: Bilingual,
    description: String,
    probability: i32,
    delay: ThreePoint,
    tasks: Vec<TaskId>,
    owner: Option<UserId>,
    response: String,
    state: RiskState,
}

impl RiskDraft {
    /// The form that would leave the risk as it is.
    pub fn of(risk: &RiskEvent, sheet: &Sheet) -> Self {
        let codes: Vec<&str> = risk
            .tasks
            .iter()
            .filter_map(|id| sheet.tasks.iter().find(|task| task.id == *id))
            .map(|task| task.code.as_str())
            .collect();
        RiskDraft {
            name_en: risk.name.en.clone(),
            name_zh: risk.name.zh.clone(),
            description: risk.description.clone(),
            probability: percent_text(risk.probability),
            optimistic_days: days_text(risk.delay.optimistic),
            likely_days: days_text(risk.delay.likely),
            pessimistic_days: days_text(risk.delay.pessimistic),
            tasks: codes.join("; "),
            owner: risk.owner.map(|id| id.to_string()).unwrap_or_default(),
            response: risk.response.clone(),
            state: risk.state.code().to_owned(),
            version: risk.version.to_string(),
        }
    }

    /// Reads the draft against the plan; `team` may look after risks.
    ///
    /// # Errors
    /// Every field that cannot be accepted, every task that does not exist.
    pub fn parse(&self, sheet: &Sheet, team: &[UserId]) -> Result<NewRisk, Vec<Refusal>> {
        let mut parse = Parse::new();
        let name_en = parse.required("name_en", &self.name_en, 160);
        let name_zh = parse.optional("name_zh", &self.name_zh, 160);
        let description = parse.optional("description", &self.description, 2_000);
        let probability = percent(&mut parse, &self.probability);
        let fields = [
            ("optimistic_days", &self.optimistic_days),
            ("likely_days", &self.likely_days),
            ("pessimistic_days", &self.pessimistic_days),
        ];
        let delay = three_points(&mut parse, fields, false);
        let tasks = self.tasks(sheet, &mut parse);
        let owner = self.owner.trim();
        let known = owner.parse::<UserId>().ok().filter(|id| team.contains(id));
        if known.is_none() && !owner.is_empty() {
            parse.refuse(Refusal::invalid("task-not-on-team").at("owner"));
        }
        let response = parse.optional("response", &self.response, 2_000);
        let state = match self.state.trim() {
            "" => Some(RiskState::Open),
            text => parse.choice("state", text, RiskState::parse),
        };
        parse.finish(|| NewRisk {
            name: Bilingual::new(name_en, name_zh),
            description,
            probability: probability.unwrap_or(0),
            delay: delay.unwrap_or(ThreePoint { optimistic: 0, likely: 0, pessimistic: 0 }),
            tasks,
            owner: known,
            response,
            state: state.unwrap_or(RiskState::Open),
        })
    }

    fn tasks(&self, sheet: &Sheet, parse: &mut Parse) -> Vec<TaskId> {
        let mut found: Vec<TaskId> = Vec::new();
        for code in self.tasks.split([';', ',', '；', '，', '、', '\n']).map(str::trim).filter(|code| !code.is_empty())
        {
            match sheet.tasks.iter().find(|task| task.code.eq_ignore_ascii_case(code)) {
                Some(task) if !found.contains(&task.id) => found.push(task.id),
                Some(_) => {}
                None => parse.refuse(Refusal::invalid("plan-unknown-task").at("tasks").with("value", code)),
            }
        }
        if found.is_empty() && self.tasks.trim().is_empty() {
            parse.refuse(Refusal::invalid("required").at("tasks"));
        }
        found
    }
}

impl NewRisk {
    /// The risk, new or changed.
    pub fn risk(self, id: RiskEventId, edition: EditionId, number: i32, version: i32) -> RiskEvent {
        RiskEvent {
            id,
            edition,
            number,
            name: self.name,
            description: self.description,
            probability: self.probability,
            delay: self.delay,
            tasks: self.tasks,
            owner: self.owner,
            response: self.response,
            state: self.state,
            version,
        }
    }
}

/// What the journal keeps of a risk that was added or changed.
pub fn fact(risk: &RiskEvent, new: bool) -> Fact {
    let subject = Subject::new(SubjectKind::Plan, risk.edition);
    let fact = match new {
        true => Fact::new("plan.risk_added", subject, risk.edition),
        false => Fact::new("plan.risk_changed", subject, risk.edition),
    };
    fact.with("number", risk.number)
        .with("name_en", risk.name.en.as_str())
        .with("name_zh", risk.name.get(crate::Locale::ZhCn))
        .with("percent", percent_text(risk.probability))
        .with("state", risk.state.code())
}

fn percent(parse: &mut Parse, text: &str) -> Option<i32> {
    let text = text.trim().trim_end_matches(['%', '％']).trim().replace(',', ".");
    match text.parse::<f64>() {
        Ok(percent) if (0.0..=100.0).contains(&percent) => Some((percent * 10.0).round() as i32),
        Ok(_) => {
            parse.refuse(Refusal::invalid("out-of-range").at("probability").with("min", 0).with("max", 100));
            None
        }
        Err(_) if text.is_empty() => {
            parse.refuse(Refusal::invalid("required").at("probability"));
            None
        }
        Err(_) => {
            parse.refuse(Refusal::invalid("not-a-number").at("probability"));
            None
        }
    }
}

/// Thousandths as percent.
pub fn percent_text(permille: i32) -> String {
    if permille % 10 == 0 { (permille / 10).to_string() } else { format!("{}.{}", permille / 10, permille % 10) }
}
