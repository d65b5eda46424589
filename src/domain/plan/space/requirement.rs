//! What a task asks of places, as it is kept and as it is typed.

use super::mode::{Mode, Unit, When};
use super::state::PlaceState;
use crate::journal::{Fact, Subject, SubjectKind};
use crate::measure::show_hundredths;
use crate::plan::task::Task;
use crate::refusal::{Parse, Refusal};
use crate::sales::StandKind;
use crate::venue::PlaceKind;
use crate::{EditionId, PlaceId, RequirementId, TaskId};
use serde::{Deserialize, Serialize};

/// Set-up and clear-out may not last longer: ten days.
const MOST_MINUTES: i64 = 14_400;

/// What one task asks of a place, or of every place of a kind.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Requirement {
    /// Identity.
    pub id: RequirementId,
    /// The edition.
    pub edition: EditionId,
    /// Whose it is.
    pub task: TaskId,
    /// The place; with `each` the place within which; none is the task's own place, with `each` the whole venue.
    pub place: Option<PlaceId>,
    /// Meant is every place of this kind.
    pub each: Option<PlaceKind>,
    /// Of the stands only those sold so.
    pub only: Option<StandKind>,
    /// How the place is used.
    pub mode: Mode,
    /// How much of it, in hundredths of the unit; at each place. 0 is nothing that counts.
    pub quantity: i64,
    /// What the quantity counts.
    pub unit: Unit,
    /// Minutes before the task.
    pub setup: i64,
    /// Minutes after it.
    pub clear: i64,
    /// State the place must have.
    pub needs: Option<PlaceState>,
    /// When it must have it.
    pub when: When,
    /// State the place has once the task is confirmed.
    pub produces: Option<PlaceState>,
    /// Minutes from the task's finish to its confirmation, as planned.
    pub lead: i64,
    /// For the check against a change in between.
    pub version: i32,
}

/// A requirement as typed. Field names are those of the form and of refusals.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct RequirementDraft {
    /// Place id; empty for the task's own place, or for the whole venue.
    pub place: String,
    /// Kind of place; empty for the one place.
    pub each: String,
    /// How the stands are sold; empty for all.
    pub only: String,
    /// Mode code.
    pub mode: String,
    /// Quantity; empty for none.
    pub quantity: String,
    /// Unit code.
    pub unit: String,
    /// Minutes.
    pub setup: String,
    /// Minutes.
    pub clear: String,
    /// State code or empty.
    pub needs: String,
    /// When code.
    pub when: String,
    /// State code or empty.
    pub produces: String,
    /// Minutes.
    pub lead: String,
    /// The version the form was drawn from; empty for a new one.
    pub version: String,
}

/// A requirement read from a draft, without identity.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RequirementCommand {
    /// As kept.
    pub as_kept: Requirement,
    /// The version the form was drawn from.
    pub version: Option<i32>,
}

impl RequirementDraft {
    /// The draft that would leave the requirement as it is.
    pub fn of(kept: &Requirement) -> Self {
        let code = |state: Option<PlaceState>| state.map(|state| state.code().to_owned()).unwrap_or_default();
        RequirementDraft {
            place: kept.place.map(|place| place.to_string()).unwrap_or_default(),
            each: kept.each.map(|kind| kind.code().to_owned()).unwrap_or_default(),
            only: kept.only.map(|kind| kind.code().to_owned()).unwrap_or_default(),
            mode: kept.mode.code().to_owned(),
            quantity: if kept.quantity == 0 { String::new() } else { show_hundredths(kept.quantity) },
            unit: kept.unit.code().to_owned(),
            setup: kept.setup.to_string(),
            clear: kept.clear.to_string(),
            needs: code(kept.needs),
            when: kept.when.code().to_owned(),
            produces: code(kept.produces),
            lead: kept.lead.to_string(),
            version: kept.version.to_string(),
        }
    }

    /// Reads the draft for a task. The places named must be known: `knows`.
    ///
    /// # Errors
    /// Every field that cannot be read; `task-frozen` when the task is closed.
    pub fn parse(
        &self,
        id: RequirementId,
        task: &Task,
        knows: impl Fn(PlaceId) -> bool,
    ) -> Result<RequirementCommand, Vec<Refusal>> {
        let mut parse = Parse::new();
        if task.state.is_closed() {
            parse.refuse(Refusal::conflict("task-frozen"));
        }
        let place = match self.place.trim() {
            "" => None,
            text => parse.choice("place", text, |text| text.parse::<PlaceId>().ok().filter(|id| knows(*id))),
        };
        let each = optional(&mut parse, "each", &self.each, PlaceKind::parse);
        let only = optional(&mut parse, "only", &self.only, StandKind::parse);
        if only.is_some() && each != Some(PlaceKind::Stand) {
            parse.refuse(Refusal::invalid("space-only-stands").at("only"));
        }
        let mode = parse.pick("mode", &self.mode, Mode::parse);
        let unit = match self.unit.trim() {
            "" => Some(Unit::Area),
            text => parse.choice("unit", text, Unit::parse),
        };
        let quantity = parse.hundredths("quantity", &self.quantity, 0..=1_000_000_000);
        let mut minutes = |field: &str, text: &str| parse.whole(field, text, 0..=MOST_MINUTES).unwrap_or_default();
        let (setup, clear, lead) =
            (minutes("setup", &self.setup), minutes("clear", &self.clear), minutes("lead", &self.lead));
        let needs = optional(&mut parse, "needs", &self.needs, known_state);
        let produces = optional(&mut parse, "produces", &self.produces, known_state);
        if needs.is_some() && needs == produces {
            parse.refuse(Refusal::invalid("space-needs-own-state").at("produces"));
        }
        let when = match self.when.trim() {
            "" => Some(When::Start),
            text => parse.choice("when", text, When::parse),
        };
        let version = parse.whole("version", &self.version, 0..=i64::from(i32::MAX));
        let read = mode.zip(unit).zip(when);
        let command = read.map(|((mode, unit), when)| RequirementCommand {
            as_kept: Requirement {
                id,
                edition: task.edition,
                task: task.id,
                place,
                each,
                only,
                mode,
                quantity: quantity.unwrap_or_default(),
                unit,
                setup,
                clear,
                needs,
                when,
                produces,
                lead,
                version: 1,
            },
            version: version.and_then(|version| i32::try_from(version).ok()),
        });
        parse.complete(command)
    }
}

/// States a task may ask for or bring about: closing a place for the time being is not work.
fn known_state(code: &str) -> Option<PlaceState> {
    PlaceState::parse(code).filter(|state| *state != PlaceState::Suspended)
}

fn optional<T>(parse: &mut Parse, field: &str, text: &str, read: impl FnOnce(&str) -> Option<T>) -> Option<T> {
    if text.trim().is_empty() { None } else { parse.choice(field, text, read) }
}

/// The fact of a requirement that came, changed or went.
pub fn fact(kind: &str, task: &Task, requirement: &Requirement) -> Fact {
    let said = Fact::new(kind, Subject::new(SubjectKind::Task, task.id), task.edition)
        .with("code", task.code.as_str())
        .with("mode", requirement.mode.code());
    match (requirement.needs, requirement.produces) {
        (needs, Some(produces)) => {
            said.with("needs", needs.map(PlaceState::code).unwrap_or_default()).with("produces", produces.code())
        }
        (Some(needs), None) => said.with("needs", needs.code()),
        (None, None) => said,
    }
}
