//! Things of a plan that come, go or change as a whole: rules by location, what tasks ask of places, calendars. Such a
//! change can be turned round and laid over a plan that has moved on, as long as nobody changed the same thing since.

use crate::plan::settings::PlanCalendar;
use crate::plan::space::{LocationRule, Requirement};
use crate::{CalendarId, LocationRuleId, RequirementId};
use serde::{Deserialize, Serialize};
use std::collections::{HashMap, HashSet};
use std::hash::Hash;

/// A thing before and after a change.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Swap<T> {
    /// As it was; nothing where the thing came.
    pub before: Option<T>,
    /// As it is wanted; nothing where the thing went.
    pub after: Option<T>,
}

/// A thing of a plan that is kept in a list and known by its identity.
pub trait Kept: Clone {
    /// What it is known by.
    type Id: Copy + Eq + Hash;

    /// Its identity, whatever it says.
    fn id(&self) -> Self::Id;

    /// Whether both say the same. How often a thing was saved says nothing.
    fn says(&self, other: &Self) -> bool;

    /// This one, to be saved in place of what stands there now.
    #[must_use]
    fn over(&self, now: &Self) -> Self;
}

impl Kept for LocationRule {
    type Id = LocationRuleId;

    fn id(&self) -> LocationRuleId {
        self.id
    }
    fn says(&self, other: &Self) -> bool {
        self.over(other) == *other
    }
    fn over(&self, now: &Self) -> Self {
        LocationRule { version: now.version, ..self.clone() }
    }
}

impl Kept for Requirement {
    type Id = RequirementId;

    fn id(&self) -> RequirementId {
        self.id
    }
    fn says(&self, other: &Self) -> bool {
        self.over(other) == *other
    }
    fn over(&self, now: &Self) -> Self {
        Requirement { version: now.version, ..self.clone() }
    }
}

impl Kept for PlanCalendar {
    type Id = CalendarId;

    fn id(&self) -> CalendarId {
        self.id
    }
    fn says(&self, other: &Self) -> bool {
        self == other
    }
    fn over(&self, _: &Self) -> Self {
        self.clone()
    }
}

impl<T: Kept> Swap<T> {
    /// The thing it is about, as it is wanted where it stays.
    pub fn thing(&self) -> Option<&T> {
        self.after.as_ref().or(self.before.as_ref())
    }

    pub(super) fn inverse(&self) -> Swap<T> {
        Swap { before: self.after.clone(), after: self.before.clone() }
    }

    /// What has to be done to make `new` of `old`, in the order of the new list; what goes stands first.
    pub(super) fn between(old: &[T], new: &[T]) -> Vec<Swap<T>> {
        let known: HashMap<T::Id, &T> = old.iter().map(|one| (one.id(), one)).collect();
        let stay: HashSet<T::Id> = new.iter().map(Kept::id).collect();
        let gone = old.iter().filter(|one| !stay.contains(&one.id()));
        let gone = gone.map(|one| Swap { before: Some(one.clone()), after: None });
        let other = new.iter().filter(|one| !known.get(&one.id()).is_some_and(|was| was.says(one)));
        let other = other.map(|one| Swap { before: known.get(&one.id()).copied().cloned(), after: Some(one.clone()) });
        gone.chain(other).collect()
    }

    /// Makes the change in a list. Answers whether nobody was in the way; the list stays as it is where somebody was.
    #[must_use]
    pub(super) fn lay(&self, list: &mut Vec<T>) -> bool {
        let Some(thing) = self.thing() else { return true };
        let here = list.iter().position(|one| one.id() == thing.id());
        match (&self.before, &self.after, here) {
            (None, Some(after), None) => list.push(after.clone()),
            (Some(before), None, Some(at)) if before.says(&list[at]) => {
                list.remove(at);
            }
            // Gone already, as it is wanted.
            (Some(_), None, None) => {}
            (Some(before), Some(after), Some(at)) if before.says(&list[at]) => list[at] = after.over(&list[at]),
            _ => return false,
        }
        true
    }
}
