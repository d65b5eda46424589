//! Crews: teams of people of one trade, how many there are, when they work, and which task needs how many.

use super::settings::PlanCalendar;
use crate::journal::{Fact, Subject, SubjectKind};
use crate::refusal::Parse;
use crate::{Bilingual, CalendarId, CrewId, EditionId, Refusal, TaskId};
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// Most people of one crew.
const MOST: i64 = 100_000;

/// A crew of an edition.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Crew {
    /// Identity.
    pub id: CrewId,
    /// The edition.
    pub edition: EditionId,
    /// Short name, unique in the edition.
    pub code: String,
    /// Name.
    pub name: Bilingual,
    /// How many people, or teams, there are at once.
    pub quantity: i32,
    /// When it works: the calendar of its tasks that have none of their own.
    pub calendar: Option<CalendarId>,
    /// For the check against a change in between.
    pub version: i32,
}

/// How much of a crew a task needs while it lasts.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct CrewNeed {
    /// The task.
    pub task: TaskId,
    /// The crew.
    pub crew: CrewId,
    /// How many people, or teams.
    pub quantity: i32,
}

/// A crew as typed.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct CrewDraft {
    /// Short name.
    pub code: String,
    /// Name in English.
    pub name_en: String,
    /// Name in Chinese.
    pub name_zh: String,
    /// How many there are.
    pub quantity: String,
    /// Id of a calendar; may be empty.
    pub calendar: String,
}

/// A crew as read from a draft.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CrewWanted {
    code: String,
    name: Bilingual,
    quantity: i32,
    calendar: Option<CalendarId>,
}

impl CrewDraft {
    /// The draft that would leave the crew as it is.
    pub fn of(crew: &Crew) -> CrewDraft {
        CrewDraft {
            code: crew.code.clone(),
            name_en: crew.name.en.clone(),
            name_zh: crew.name.zh.clone(),
            quantity: crew.quantity.to_string(),
            calendar: crew.calendar.map(|id| id.to_string()).unwrap_or_default(),
        }
    }

    /// Reads the draft.
    ///
    /// # Errors
    /// Every field that cannot be read, a calendar the plan does not have.
    pub fn parse(&self, calendars: &[PlanCalendar]) -> Result<CrewWanted, Vec<Refusal>> {
        let mut parse = Parse::new();
        let code = parse.required("code", &self.code, 12).to_uppercase();
        if code.chars().any(char::is_whitespace) {
            parse.refuse(Refusal::invalid("crew-code-spaces").at("code"));
        }
        let name_en = parse.required("name_en", &self.name_en, 120);
        let name_zh = parse.optional("name_zh", &self.name_zh, 120);
        let quantity = parse.number("quantity", &self.quantity, 0..=MOST);
        let known = |text: &str| text.parse().ok().filter(|id| calendars.iter().any(|one| one.id == *id));
        let calendar = match self.calendar.trim() {
            "" => None,
            text => parse.choice("calendar", text, known),
        };
        parse.finish(|| CrewWanted {
            code,
            name: Bilingual::new(name_en, name_zh),
            quantity: quantity.and_then(|number| i32::try_from(number).ok()).unwrap_or_default(),
            calendar,
        })
    }
}

impl CrewWanted {
    /// A new crew.
    pub fn create(self, id: CrewId, edition: EditionId) -> (Crew, Fact) {
        let crew = Crew {
            id,
            edition,
            code: self.code,
            name: self.name,
            quantity: self.quantity,
            calendar: self.calendar,
            version: 1,
        };
        let fact = fact("plan.crew_added", &crew);
        (crew, fact)
    }

    /// The crew changed to what is wanted.
    pub fn change(self, crew: Crew) -> (Crew, Fact) {
        let before = crew.quantity;
        let crew = Crew { code: self.code, name: self.name, quantity: self.quantity, calendar: self.calendar, ..crew };
        let fact = fact("plan.crew_changed", &crew).with("before", before);
        (crew, fact)
    }
}

/// The fact that a crew is no more.
pub fn removed(crew: &Crew) -> Fact {
    fact("plan.crew_removed", crew)
}

fn fact(kind: &str, crew: &Crew) -> Fact {
    Fact::new(kind, Subject::new(SubjectKind::Plan, crew.edition), crew.edition)
        .with("code", crew.code.as_str())
        .with("quantity", crew.quantity)
}

/// Reads what a task needs: quantities by crew code, as typed; empty or 0 for none.
///
/// # Errors
/// Every quantity that cannot be read, every crew the edition does not have.
pub fn parse_needs(
    task: TaskId,
    crews: &[Crew],
    typed: &BTreeMap<String, String>,
) -> Result<Vec<CrewNeed>, Vec<Refusal>> {
    let mut parse = Parse::new();
    let mut needs = Vec::new();
    for (code, text) in typed {
        let field = format!("crew-{code}");
        let Some(crew) = crews.iter().find(|crew| crew.code.eq_ignore_ascii_case(code)) else {
            parse.refuse(Refusal::invalid("unknown-choice").at(&field).with("value", code));
            continue;
        };
        if text.trim().is_empty() {
            continue;
        }
        if let Some(number) = parse.number(&field, text, 0..=MOST)
            && number > 0
        {
            needs.push(CrewNeed { task, crew: crew.id, quantity: i32::try_from(number).unwrap_or(i32::MAX) });
        }
    }
    parse.finish(|| needs)
}

/// What the journal keeps of what a task needs.
pub fn needs_fact(edition: EditionId, task: TaskId, code: &str, crews: &[Crew], needs: &[CrewNeed]) -> Fact {
    let one = |need: &CrewNeed| {
        let crew = crews.iter().find(|crew| crew.id == need.crew).map_or("", |crew| crew.code.as_str());
        format!("{crew} {}", need.quantity)
    };
    let list: Vec<String> = needs.iter().map(one).collect();
    Fact::new("task.crewed", Subject::new(SubjectKind::Task, task), edition)
        .with("code", code)
        .with("crews", if list.is_empty() { "–".to_owned() } else { list.join(", ") })
}
