//! Several tasks changed at once, all or none: people, place, calendar, phase, priority, and a shift by days.

use super::cell::{calendar, open, priority};
use super::{Around, find_all};
use crate::plan::axis;
use crate::plan::calendar::DAY;
use crate::plan::sheet::Sheet;
use crate::plan::task::Task;
use crate::plan::vocabulary::Phase;
use crate::plan::work::{self, Assignment};
use crate::refusal::Parse;
use crate::{CalendarId, PlaceId, Refusal, UserId};
use serde::{Deserialize, Serialize};

/// What is typed to take something away: empty means "leave as it is".
pub const NOBODY: &str = "none";

/// A bulk change as typed; an empty field leaves what is there.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct BulkDraft {
    /// Codes or ids.
    pub tasks: Vec<String>,
    /// User id or name, `none` for nobody.
    pub owner: String,
    /// User id or name, `none` for nobody.
    pub checker: String,
    /// User id or name, `none` for nobody.
    pub confirmer: String,
    /// Place id or name, `none` for none.
    pub place: String,
    /// Calendar id or code, `none` for the plan's.
    pub calendar: String,
    /// Phase code.
    pub phase: String,
    /// 0 to 1000.
    pub priority: String,
    /// Days, negative for earlier.
    pub shift_days: String,
}

/// A change of one field: what to put there, if anything.
type Put<T> = Option<Option<T>>;

struct Bulk {
    owner: Put<UserId>,
    checker: Put<UserId>,
    confirmer: Put<UserId>,
    place: Put<PlaceId>,
    calendar: Put<CalendarId>,
    phase: Option<Phase>,
    priority: Option<i32>,
    shift: i64,
}

fn put<T>(
    text: &str,
    refusals: &mut Vec<Refusal>,
    read: impl FnOnce(&str) -> Result<Option<T>, Vec<Refusal>>,
) -> Put<T> {
    match text.trim() {
        "" => None,
        NOBODY => Some(None),
        text => match read(text) {
            Ok(found) => Some(found),
            Err(found) => {
                refusals.extend(found);
                None
            }
        },
    }
}

impl BulkDraft {
    fn parse(&self, sheet: &Sheet, around: &Around) -> Result<Bulk, Vec<Refusal>> {
        let mut refusals = Vec::new();
        let mut parse = Parse::new();
        let person = |field: &'static str| move |text: &str| around.person(field, text);
        let bulk = Bulk {
            owner: put(&self.owner, &mut refusals, person("owner")),
            checker: put(&self.checker, &mut refusals, person("checker")),
            confirmer: put(&self.confirmer, &mut refusals, person("confirmer")),
            place: put(&self.place, &mut refusals, |text| around.place("place", text)),
            calendar: put(&self.calendar, &mut refusals, |text| calendar(sheet, text)),
            phase: match self.phase.trim() {
                "" => None,
                text => parse.choice("phase", text, Phase::parse),
            },
            priority: put(&self.priority, &mut refusals, |text| priority(text).map(Some)).flatten(),
            shift: match self.shift_days.trim() {
                "" => 0,
                text => {
                    parse.number("shift_days", text.trim_start_matches('+'), -3_650..=3_650).unwrap_or_default() * DAY
                }
            },
        };
        refusals.extend(parse.finish(|| ()).err().unwrap_or_default());
        if refusals.is_empty() && bulk.is_empty() {
            refusals.push(Refusal::invalid("plan-bulk-empty"));
        }
        if refusals.is_empty() { Ok(bulk) } else { Err(refusals) }
    }

    /// The plan with the change made to every chosen task.
    ///
    /// # Errors
    /// Fields that cannot be read, and every task that cannot take the change, by code.
    pub(super) fn decide(&self, sheet: &Sheet, around: &Around) -> Result<Sheet, Vec<Refusal>> {
        let chosen = find_all(sheet, &self.tasks);
        let (chosen, bulk) = match (chosen, self.parse(sheet, around)) {
            (Ok(chosen), Ok(bulk)) => (chosen, bulk),
            (chosen, bulk) => {
                return Err(chosen.err().into_iter().chain(bulk.err()).flatten().collect());
            }
        };
        let mut new = sheet.clone();
        let mut refusals = Vec::new();
        for at in chosen {
            match bulk.change(sheet, &sheet.tasks[at]) {
                Ok(task) => new.tasks[at] = task,
                Err(found) => {
                    let code = &sheet.tasks[at].code;
                    refusals.extend(found.into_iter().map(|one| named(one, code)));
                }
            }
        }
        if refusals.is_empty() { Ok(new) } else { Err(refusals) }
    }
}

/// A refusal among many says which task it is about.
fn named(refusal: Refusal, code: &str) -> Refusal {
    let has = refusal.params.iter().any(|(name, _)| name == "code");
    if has { refusal } else { refusal.with("code", code) }
}

impl Bulk {
    fn is_empty(&self) -> bool {
        let people = self.owner.is_none() && self.checker.is_none() && self.confirmer.is_none();
        let rest = self.place.is_none() && self.calendar.is_none() && self.phase.is_none() && self.priority.is_none();
        people && rest && self.shift == 0
    }

    fn change(&self, sheet: &Sheet, task: &Task) -> Result<Task, Vec<Refusal>> {
        let mut task = open(task)?;
        if self.owner.is_some() || self.checker.is_some() || self.confirmer.is_some() {
            let to = Assignment {
                owner: self.owner.unwrap_or(task.owner),
                checker: self.checker.unwrap_or(task.checker),
                confirmer: self.confirmer.unwrap_or(task.confirmer),
            };
            task = work::assign(task, to)?.0;
        }
        task.place = self.place.unwrap_or(task.place);
        task.calendar = self.calendar.unwrap_or(task.calendar);
        task.phase = self.phase.unwrap_or(task.phase);
        task.priority = self.priority.unwrap_or(task.priority);
        if self.shift != 0 {
            self.shift(sheet, &mut task)?;
        }
        Ok(task)
    }

    /// A date a task has moves; one without may then start no earlier than it would now, shifted. To come forward,
    /// such a task needs no date: what holds it has to move.
    fn shift(&self, sheet: &Sheet, task: &mut Task) -> Result<(), Vec<Refusal>> {
        if !task.state.is_ahead() {
            return Err(vec![Refusal::conflict("revise-shift-begun").with("code", &task.code)]);
        }
        let moved = |at| axis::instant(axis::minute_at(at, sheet.zone) + self.shift, sheet.zone);
        if let Some(at) = task.constraint_at {
            task.constraint_at = Some(moved(at));
        } else if self.shift > 0 {
            "snet".clone_into(&mut task.constraint);
            task.constraint_at = Some(moved(task.dates.early_start));
        }
        Ok(())
    }
}
