//! A change of the plan as a value: what was there before and after, task by task and link by link. It can be
//! turned around, which is undo, and laid over a plan that has moved on, which names everything in its way.

use super::beside::Beside;
use crate::plan::Indicator;
use crate::plan::sheet::Sheet;
use crate::plan::space::Requirement;
use crate::plan::task::{LinkOrigin, Task, TaskLink};
use crate::{LinkId, Refusal, TaskId};
use serde::{Deserialize, Serialize};
use std::collections::{BTreeSet, HashMap, HashSet};

/// One field a person plans: its word, whether two tasks agree in it, and how to take it over.
struct Planned {
    name: &'static str,
    same: fn(&Task, &Task) -> bool,
    copy: fn(&mut Task, &Task),
}

/// Declares the fields of a task that belong to the plan. State, rounds, computed dates and actual dates are what
/// happened, not what is planned: no undo touches them.
macro_rules! planned {
    ($($name:literal: $($field:ident),+;)*) => {
        &[$(Planned {
            name: $name,
            same: |a, b| true $(&& a.$field == b.$field)+,
            copy: |to, from| { $(to.$field.clone_from(&from.$field);)+ },
        }),*]
    };
}

const PLANNED: &[Planned] = planned! {
    "name": name;
    "objective": objective;
    "phase": phase;
    "stage": stage;
    "order": sort;
    "kind": kind;
    "duration": duration;
    "estimate": estimate;
    "remaining": remaining_minutes;
    "calendar": calendar;
    "parent": parent;
    "priority": priority;
    "budget": budget, actual_cost;
    "start": offset_days, constraint, constraint_at;
    "deadline": deadline_at;
    "percent": percent;
    "place": place_kind, place;
    "role": role;
    "confirmer_role": confirmer_role;
    "owner": owner;
    "checker": checker;
    "confirmer": confirmer;
    "done_when": done_when;
};

/// Words of the fields in which two versions of a task differ.
pub fn differences(a: &Task, b: &Task) -> Vec<&'static str> {
    PLANNED.iter().filter(|field| !(field.same)(a, b)).map(|field| field.name).collect()
}

/// A task added (`before` is empty), taken away (`after` is empty) or changed.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct TaskChange {
    /// As it was.
    pub before: Option<Task>,
    /// As it is wanted.
    pub after: Option<Task>,
}

/// A link added, taken away or changed.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct LinkChange {
    /// As it was.
    pub before: Option<TaskLink>,
    /// As it is wanted.
    pub after: Option<TaskLink>,
}

/// Everything one accepted change did.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
pub struct ChangeSet {
    /// Tasks.
    pub tasks: Vec<TaskChange>,
    /// Links.
    pub links: Vec<LinkChange>,
    /// Indicators that come or go with the tasks added or taken away.
    pub indicators: Vec<Indicator>,
    /// What these tasks ask of places.
    #[serde(default)]
    pub requirements: Vec<Requirement>,
    /// Everything that is neither task nor link.
    #[serde(default)]
    pub beside: Beside,
}

impl TaskChange {
    /// The task it is about.
    pub fn task(&self) -> Option<&Task> {
        self.after.as_ref().or(self.before.as_ref())
    }
}

impl LinkChange {
    fn id(&self) -> Option<LinkId> {
        self.after.as_ref().or(self.before.as_ref()).map(|link| link.id)
    }
}

impl ChangeSet {
    /// What has to be done to make `new` of `old`. Only what people plan counts: dates, states and versions do not.
    pub fn between(old: &Sheet, new: &Sheet) -> ChangeSet {
        let before: HashMap<TaskId, &Task> = old.tasks.iter().map(|task| (task.id, task)).collect();
        let kept: HashSet<TaskId> = new.tasks.iter().map(|task| task.id).collect();
        let mut set = ChangeSet { beside: Beside::between(old, new), ..ChangeSet::default() };
        for task in old.tasks.iter().filter(|task| !kept.contains(&task.id)) {
            set.tasks.push(TaskChange { before: Some(task.clone()), after: None });
        }
        let theirs = |one: &&Requirement| before.contains_key(&one.task) != kept.contains(&one.task);
        set.requirements =
            [&old.space.requirements, &new.space.requirements].into_iter().flatten().filter(theirs).cloned().collect();
        for task in &new.tasks {
            match before.get(&task.id) {
                None => set.tasks.push(TaskChange { before: None, after: Some(task.clone()) }),
                Some(was) if differences(was, task).is_empty() => {}
                Some(was) => {
                    set.tasks.push(TaskChange { before: Some((*was).clone()), after: Some(task.clone()) });
                }
            }
        }
        // Derived links follow from places and states, and are laid anew with every change.
        let own = |link: &&TaskLink| link.origin != LinkOrigin::Derived;
        let linked: HashMap<LinkId, &TaskLink> = old.links.iter().filter(own).map(|link| (link.id, link)).collect();
        let stay: HashSet<LinkId> = new.links.iter().map(|link| link.id).collect();
        for link in old.links.iter().filter(own).filter(|link| !stay.contains(&link.id)) {
            set.links.push(LinkChange { before: Some(link.clone()), after: None });
        }
        for link in new.links.iter().filter(own) {
            match linked.get(&link.id) {
                None => set.links.push(LinkChange { before: None, after: Some(link.clone()) }),
                Some(was) if *was == link => {}
                Some(was) => set.links.push(LinkChange { before: Some((*was).clone()), after: Some(link.clone()) }),
            }
        }
        set
    }

    /// Nothing changes.
    pub fn is_empty(&self) -> bool {
        self.tasks.is_empty() && self.links.is_empty() && self.beside.is_empty()
    }

    /// The change that takes this one back.
    #[must_use]
    pub fn inverse(&self) -> ChangeSet {
        let task = |one: &TaskChange| TaskChange { before: one.after.clone(), after: one.before.clone() };
        let link = |one: &LinkChange| LinkChange { before: one.after.clone(), after: one.before.clone() };
        ChangeSet {
            tasks: self.tasks.iter().map(task).collect(),
            links: self.links.iter().map(link).collect(),
            indicators: self.indicators.clone(),
            requirements: self.requirements.clone(),
            beside: self.beside.inverse(),
        }
    }

    /// Tasks it takes away.
    pub fn removed(&self) -> impl Iterator<Item = &Task> {
        self.tasks.iter().filter(|one| one.after.is_none()).filter_map(|one| one.before.as_ref())
    }

    /// Tasks it adds.
    pub fn added(&self) -> impl Iterator<Item = &Task> {
        self.tasks.iter().filter(|one| one.before.is_none()).filter_map(|one| one.after.as_ref())
    }

    /// Codes of the tasks it touches; where it touches links alone, of the tasks that wait by them. A task that only
    /// made room in the order is not named beside others. `sheet` knows the codes.
    pub fn codes(&self, sheet: &Sheet) -> Vec<String> {
        let room = |one: &&TaskChange| match (&one.before, &one.after) {
            (Some(before), Some(after)) => differences(before, after) == ["order"],
            _ => false,
        };
        let code = |one: &TaskChange| one.task().map(|task| task.code.clone());
        let mut all: BTreeSet<String> = self.tasks.iter().filter(|one| !room(one)).filter_map(code).collect();
        all.extend(self.beside.loops.iter().map(|step| step.code.clone()));
        all.extend(self.beside.needs.iter().map(|one| one.code.clone()));
        if all.is_empty() {
            all = self.tasks.iter().filter_map(code).collect();
        }
        if all.is_empty() {
            let links = self.links.iter().filter_map(|one| one.after.as_ref().or(one.before.as_ref()));
            all = links.filter_map(|link| sheet.position(link.to)).map(|at| sheet.tasks[at].code.clone()).collect();
        }
        all.into_iter().collect()
    }

    /// Words of the fields it changes, each once.
    pub fn fields(&self) -> Vec<&'static str> {
        let pairs = self.tasks.iter().filter_map(|one| one.before.as_ref().zip(one.after.as_ref()));
        let mut fields: Vec<&'static str> = pairs.flat_map(|(a, b)| differences(a, b)).collect();
        if !self.links.is_empty() {
            fields.push("links");
        }
        fields.extend(self.beside.fields());
        fields.sort_unstable();
        fields.dedup();
        fields
    }

    /// The plan with this change laid over it. Fields the change does not touch stay as they are now.
    ///
    /// # Errors
    /// Everything somebody changed since that this change would overwrite, by code and field.
    pub fn apply(&self, sheet: &Sheet) -> Result<Sheet, Vec<Refusal>> {
        let mut new = sheet.clone();
        let mut refusals = Vec::new();
        for change in &self.tasks {
            lay_task(&mut new, change, &mut refusals);
        }
        for change in &self.links {
            lay_link(&mut new, change, &mut refusals);
        }
        self.beside.lay(&mut new, &mut refusals);
        let there: HashSet<TaskId> = new.tasks.iter().map(|task| task.id).collect();
        let ends = |link: &TaskLink| there.contains(&link.from) && there.contains(&link.to);
        new.links.retain(|link| link.origin != LinkOrigin::Derived || ends(link));
        new.space.requirements.retain(|one| there.contains(&one.task));
        let back: HashSet<TaskId> = self.added().map(|task| task.id).collect();
        new.space.requirements.extend(self.requirements.iter().filter(|one| back.contains(&one.task)).cloned());
        hanging(&new, &mut refusals);
        new.sort();
        if refusals.is_empty() { Ok(new) } else { Err(refusals) }
    }
}

fn changed(code: &str, field: &str) -> Refusal {
    Refusal::conflict("plan-undo-changed").with("code", code).with("field", field)
}

fn lay_task(new: &mut Sheet, change: &TaskChange, refusals: &mut Vec<Refusal>) {
    let Some(task) = change.task() else { return };
    let here = new.position(task.id);
    match (&change.before, &change.after, here) {
        (None, Some(after), None) if new.tasks.iter().all(|one| one.code != after.code) => {
            new.tasks.push(after.clone());
        }
        (None, Some(after), _) => {
            refusals.push(Refusal::conflict("plan-code-taken").with("code", &after.code));
        }
        (Some(before), None, Some(at)) => {
            let now = &new.tasks[at];
            if !now.state.is_ahead() {
                refusals.push(Refusal::conflict("plan-undo-begun").with("code", &before.code));
            } else if let Some(field) = differences(now, before).first() {
                refusals.push(changed(&before.code, field));
            } else {
                new.tasks.remove(at);
            }
        }
        (Some(before), Some(after), Some(at)) => {
            let now = &mut new.tasks[at];
            let touched = || PLANNED.iter().filter(|field| !(field.same)(before, after));
            if now.state.is_closed() {
                refusals.push(Refusal::conflict("plan-undo-closed").with("code", &before.code));
            } else if let Some(field) = touched().find(|field| !(field.same)(now, before)) {
                refusals.push(changed(&before.code, field.name));
            } else {
                touched().for_each(|field| (field.copy)(now, after));
            }
        }
        (Some(before), _, None) => {
            refusals.push(Refusal::conflict("plan-undo-gone").with("code", &before.code));
        }
        (None, None, _) => {}
    }
}

fn lay_link(new: &mut Sheet, change: &LinkChange, refusals: &mut Vec<Refusal>) {
    let Some(id) = change.id() else { return };
    let here = new.links.iter().position(|link| link.id == id);
    let same = |at: usize| change.before.as_ref() == Some(&new.links[at]);
    match (&change.before, &change.after, here) {
        (None, Some(after), None) => new.links.push(after.clone()),
        (Some(_), None, Some(at)) if same(at) => {
            new.links.remove(at);
        }
        (Some(_), Some(after), Some(at)) if same(at) => new.links[at] = after.clone(),
        // Gone already, as it is wanted.
        (Some(_), None, None) => {}
        _ => {
            let link = change.after.as_ref().or(change.before.as_ref());
            let code = |id: TaskId| new.position(id).map_or("?", |at| new.tasks[at].code.as_str());
            let (from, to) = link.map_or(("?", "?"), |link| (code(link.from), code(link.to)));
            refusals.push(Refusal::conflict("plan-undo-link").with("from", from).with("to", to));
        }
    }
}

/// Links and parents that would point nowhere.
fn hanging(new: &Sheet, refusals: &mut Vec<Refusal>) {
    let known: HashSet<TaskId> = new.tasks.iter().map(|task| task.id).collect();
    let code = |id: TaskId| new.position(id).map_or("", |at| new.tasks[at].code.as_str());
    for link in new.links.iter().filter(|link| !known.contains(&link.from) || !known.contains(&link.to)) {
        let stays = if known.contains(&link.from) { code(link.from) } else { code(link.to) };
        refusals.push(Refusal::conflict("plan-undo-linked").with("code", stays));
    }
    for task in &new.tasks {
        if task.parent.is_some_and(|parent| !known.contains(&parent)) {
            refusals.push(Refusal::conflict("plan-undo-parent").with("code", &task.code));
        }
    }
}
