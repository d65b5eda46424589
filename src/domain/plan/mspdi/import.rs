//! A Microsoft Project file brought into a plan: what would come, what stands in the way, what is lost.
//! Tasks meet by code: known ones are changed, new ones added, all others stay. Nothing is decided
//! here about saving: the answer is the plan as it would be.

use super::jobs::rests;
use super::model::{FileLag, FileTask, Project, TICK};
use super::read::minutes;
use crate::plan::calendar::DAY;
use crate::plan::network::{Constraint, Kind};
use crate::plan::task::{LagKind, PRIORITY, Task, TaskLink, TaskState};
use crate::plan::vocabulary::{Function, Phase, PlaceKind};
use crate::plan::{ComputedDates, Sheet, axis};
use crate::{Bilingual, CalendarId, LinkId, TaskId, UserId};
use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};
use std::collections::{HashMap, HashSet};

/// Longest code taken from a file.
const CODE: usize = 24;
/// Longest name taken from a file, in characters.
const NAME: usize = 200;

/// Something about the file a person has to know.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Note {
    /// Stable code; its sentence is the Fluent message `mspdi-note-<code>`.
    pub code: String,
    /// The task, calendar or person it is about.
    pub subject: String,
    /// The other party or the value.
    pub detail: String,
}

/// What a file would do to a plan.
#[derive(Debug, Clone)]
pub struct Import {
    /// The plan as it would be, not yet computed.
    pub sheet: Sheet,
    /// Codes of new tasks.
    pub added: Vec<String>,
    /// Codes of known tasks that change.
    pub changed: Vec<String>,
    /// Known tasks that the file has as they are.
    pub same: usize,
    /// Links into the tasks of the file.
    pub links: usize,
    /// Calendars that come with it.
    pub calendars: Vec<String>,
    /// People of the file who are users here.
    pub people: Vec<String>,
    /// What cannot be used: the import is refused unless it may be left out.
    pub problems: Vec<Note>,
    /// What can be used but not kept as it is.
    pub lost: Vec<Note>,
}

/// What the import needs to know beside file and plan.
pub struct Setting<'a> {
    /// The moment.
    pub now: DateTime<Utc>,
    /// Users by lower-case e-mail address.
    pub people: &'a HashMap<String, UserId>,
    /// Phase and day of the opening decide the phase of a new task.
    pub opens: i64,
}

pub(super) struct Builder<'a, F: FnMut() -> uuid::Uuid> {
    pub(super) file: &'a Project,
    setting: &'a Setting<'a>,
    pub(super) fresh: F,
    pub(super) out: Import,
    /// UIDs of the resources on each task.
    assigned: HashMap<i64, Vec<i64>>,
    codes: Vec<Option<String>>,
    ids: Vec<Option<TaskId>>,
    pub(super) calendars: HashMap<i64, CalendarId>,
    pub(super) clock: Option<CalendarId>,
    /// Ticks of rest between the parts of split work, by task.
    rests: Vec<i64>,
}

/// What a file would do to a plan. `fresh` makes identities.
pub fn import(file: &Project, sheet: &Sheet, setting: &Setting<'_>, fresh: impl FnMut() -> uuid::Uuid) -> Import {
    let out = Import {
        sheet: sheet.clone(),
        added: Vec::new(),
        changed: Vec::new(),
        same: 0,
        links: 0,
        calendars: Vec::new(),
        people: Vec::new(),
        problems: Vec::new(),
        lost: Vec::new(),
    };
    let count = file.tasks.len();
    let mut builder = Builder {
        file,
        setting,
        fresh,
        out,
        assigned: HashMap::new(),
        codes: vec![None; count],
        ids: vec![None; count],
        calendars: HashMap::new(),
        clock: None,
        rests: rests(file),
    };
    for one in file.assignments.iter().filter(|one| one.resource >= 0) {
        builder.assigned.entry(one.task).or_default().push(one.resource);
    }
    builder.read_problems();
    builder.name_tasks();
    builder.bring_calendars();
    builder.bring_tasks();
    builder.bring_links();
    builder.out
}

impl<F: FnMut() -> uuid::Uuid> Builder<'_, F> {
    pub(super) fn problem(&mut self, code: &str, subject: &str, detail: impl ToString) {
        self.out.problems.push(Note { code: code.into(), subject: subject.into(), detail: detail.to_string() });
    }

    fn lose(&mut self, code: &str, subject: &str, detail: impl ToString) {
        self.out.lost.push(Note { code: code.into(), subject: subject.into(), detail: detail.to_string() });
    }

    fn read_problems(&mut self) {
        for one in &self.file.problems {
            self.problem(one.code, &one.subject, &one.detail);
        }
    }

    /// Gives every task that comes its code, and finds the known ones.
    fn name_tasks(&mut self) {
        let mut used: HashSet<String> = HashSet::new();
        let known: HashMap<String, TaskId> =
            self.out.sheet.tasks.iter().map(|task| (task.code.to_ascii_uppercase(), task.id)).collect();
        for (at, task) in self.file.tasks.iter().enumerate() {
            if task.null || task.uid == 0 {
                continue;
            }
            if !task.active || task.external {
                let code = if task.external { "external" } else { "inactive" };
                self.lose(code, &task.name, task.id);
                continue;
            }
            let wanted = task.wbs.trim();
            let fits = |code: &str| {
                !code.is_empty()
                    && code.len() <= CODE
                    && code.chars().all(|c| c.is_ascii_alphanumeric() || "._-".contains(c))
            };
            let mut code = if fits(wanted) { wanted.to_owned() } else { format!("MS{}", task.uid) };
            if !used.insert(code.to_ascii_uppercase()) {
                code = format!("MS{}", task.uid);
                used.insert(code.to_ascii_uppercase());
            }
            self.ids[at] = Some(match known.get(&code.to_ascii_uppercase()) {
                Some(&id) => id,
                None => TaskId::from_uuid((self.fresh)()),
            });
            self.codes[at] = Some(code);
        }
    }

    fn bring_tasks(&mut self) {
        let file = self.file;
        let mut next = self.out.sheet.tasks.iter().map(|task| task.sort).max().map_or(0, |sort| sort + 10);
        let mut at_of: HashMap<TaskId, usize> =
            self.out.sheet.tasks.iter().enumerate().map(|(at, task)| (task.id, at)).collect();
        for (at, from) in file.tasks.iter().enumerate() {
            let (Some(code), Some(id)) = (self.codes[at].clone(), self.ids[at]) else { continue };
            if let Some(&slot) = at_of.get(&id) {
                self.change(slot, at, from);
                continue;
            }
            let blank = self.blank(id, code.clone(), at, next);
            next += 10;
            let mut task = self.filled(blank, at, from);
            self.progress(&mut task, from);
            at_of.insert(id, self.out.sheet.tasks.len());
            self.out.sheet.tasks.push(task);
            self.out.added.push(code);
        }
    }

    fn change(&mut self, slot: usize, at: usize, from: &FileTask) {
        let old = self.out.sheet.tasks[slot].clone();
        if old.state.is_done() {
            self.lose("frozen", &from.name, &old.code);
            return;
        }
        let new = self.filled(old.clone(), at, from);
        if new == old {
            self.out.same += 1;
        } else {
            self.out.changed.push(old.code.clone());
            self.out.sheet.tasks[slot] = new;
        }
    }

    fn instant(&self, ticks: i64) -> DateTime<Utc> {
        axis::instant(minutes(ticks), self.out.sheet.zone)
    }

    fn blank(&self, id: TaskId, code: String, at: usize, sort: i32) -> Task {
        let start = self.file.tasks[at].stored.start.or(self.file.head.start).unwrap_or(self.setting.opens * TICK);
        let top = self.top(at);
        let date = self.instant(start);
        Task {
            id,
            code,
            phase: if minutes(start) < self.setting.opens - 14 * DAY { Phase::PreShow } else { Phase::OnSite },
            stage: Bilingual::new(top.clone(), top),
            sort,
            place_kind: PlaceKind::Office,
            role: Function::ShowManager,
            confirmer_role: Function::ProjectDirector,
            dates: ComputedDates::none(date),
            ..Task::blank(self.out.sheet.edition, self.setting.now)
        }
    }

    /// Name of the outermost summary above a task: its stage.
    fn top(&self, at: usize) -> String {
        let mut name = String::new();
        let mut up = self.file.tasks[at].parent;
        while let Some(parent) = up {
            if self.file.tasks[parent].uid != 0 {
                name = cut(&self.file.tasks[parent].name);
            }
            up = self.file.tasks[parent].parent;
        }
        name
    }

    /// A task with everything the file says about it.
    fn filled(&mut self, mut task: Task, at: usize, from: &FileTask) -> Task {
        if task.name.en != cut(&from.name) {
            task.name.en = cut(&from.name);
        }
        if task.name.zh.is_empty() {
            task.name.zh.clone_from(&task.name.en);
        }
        if !from.notes.is_empty() {
            task.objective = from.notes.chars().take(4_000).collect();
        }
        let ticks = from.duration.unwrap_or(0).max(0);
        task.kind = match (from.summary, ticks) {
            (true, _) => Kind::Summary,
            (false, 0) if task.kind == Kind::StartMilestone => Kind::StartMilestone,
            (false, 0) => Kind::FinishMilestone,
            _ => Kind::Task,
        };
        task.duration = if task.kind == Kind::Task { (ticks + TICK / 2) / TICK } else { 0 };
        let wish = match (from.manual, from.manual_start.or(from.stored.start)) {
            (true, Some(start)) if !from.summary => {
                self.lose("manual", &from.name, "");
                Constraint::Mso(start)
            }
            _ => from.constraint,
        };
        wish.code().clone_into(&mut task.constraint);
        task.constraint_at = wish.at().map(|at| self.instant(at));
        task.deadline_at = from.deadline.map(|at| self.instant(at));
        task.calendar = self.calendar_of(from, task.calendar);
        task.parent = from.parent.and_then(|up| self.ids[up]);
        task.priority = i32::try_from(from.priority.clamp(0, 1_000)).unwrap_or(PRIORITY);
        if let Some(cost) = from.cost.filter(|&cost| cost > 0 && !from.summary) {
            self.budget(&mut task, cost, &from.name);
        }
        if from.leveling_delay > 0 {
            self.lose("leveling-delay", &from.name, from.leveling_delay / TICK);
        }
        if self.rests[at] >= TICK {
            self.lose("split", &from.name, self.rests[at] / TICK);
        }
        self.owner(&mut task, from);
        debug_assert!(self.codes[at].is_some());
        task
    }

    fn calendar_of(&mut self, from: &FileTask, now: Option<CalendarId>) -> Option<CalendarId> {
        if from.elapsed && from.duration.is_some_and(|ticks| ticks > 0) {
            return (!self.rests_never()).then(|| self.clock());
        }
        if from.summary {
            return now;
        }
        let project = self.calendars.get(&self.file.head.calendar).copied();
        let own = from.calendar.and_then(|uid| self.calendars.get(&uid).copied()).or(project);
        own.filter(|&own| self.out.sheet.default_calendar != Some(own))
    }

    fn budget(&mut self, task: &mut Task, cost: i64, name: &str) {
        let theirs = &self.file.head.currency;
        if theirs.is_empty() || *theirs == self.out.sheet.currency {
            task.budget = Some(cost);
        } else if task.budget.is_none() {
            self.lose("currency", name, theirs.clone());
        }
    }

    /// The one person who works on it, when that person is a user here.
    fn owner(&mut self, task: &mut Task, from: &FileTask) {
        let file = self.file;
        let on = self.assigned.get(&from.uid).map_or(&[][..], Vec::as_slice);
        let people: Vec<_> =
            on.iter().filter_map(|uid| file.resources.iter().find(|resource| resource.uid == *uid)).collect();
        let known: Vec<UserId> =
            people.iter().filter_map(|one| self.setting.people.get(&one.email.to_ascii_lowercase()).copied()).collect();
        if let [one] = known[..] {
            task.owner = task.owner.or(Some(one));
        }
        for person in people {
            let user = self.setting.people.contains_key(&person.email.to_ascii_lowercase());
            if user && !self.out.people.contains(&person.name) {
                self.out.people.push(person.name.clone());
            }
            let own_calendar = person.calendar.and_then(|uid| file.calendars.iter().find(|one| one.uid == uid));
            let note = |code: &str| Note { code: code.into(), subject: person.name.clone(), detail: String::new() };
            if !user && !self.out.lost.contains(&note("person")) {
                self.out.lost.push(note("person"));
            }
            if own_calendar.is_some_and(|one| !one.days.is_empty() || one.week.iter().any(Option::is_some))
                && !self.out.lost.contains(&note("person-calendar"))
            {
                self.out.lost.push(note("person-calendar"));
            }
        }
    }

    /// Facts of a new task. A file is a claim: what it calls finished waits for its check here.
    fn progress(&mut self, task: &mut Task, from: &FileTask) {
        if from.summary || from.actual_start.is_none() && from.actual_finish.is_none() {
            return;
        }
        task.actual_start = from.actual_start.or(from.actual_finish).map(|at| self.instant(at));
        task.percent = i32::try_from(from.percent).unwrap_or(0);
        task.state = TaskState::InProgress;
        if let Some(finish) = from.actual_finish {
            task.actual_finish = Some(self.instant(finish));
            task.state = TaskState::Submitted;
            task.percent = 100;
            self.lose("finished", &from.name, "");
        } else {
            task.remaining_minutes = from.remaining.map(|ticks| ticks / TICK);
        }
    }

    fn bring_links(&mut self) {
        let file = self.file;
        let index: HashMap<i64, usize> = file.tasks.iter().enumerate().map(|(at, task)| (task.uid, at)).collect();
        let here: HashSet<TaskId> = self.ids.iter().flatten().copied().collect();
        let frozen: HashSet<TaskId> =
            self.out.sheet.tasks.iter().filter(|task| task.state.is_done()).map(|task| task.id).collect();
        let (old, kept): (Vec<TaskLink>, Vec<TaskLink>) = std::mem::take(&mut self.out.sheet.links)
            .into_iter()
            .partition(|link| here.contains(&link.to) && here.contains(&link.from) && !frozen.contains(&link.to));
        self.out.sheet.links = kept;
        let mut seen = HashSet::new();
        for (at, task) in file.tasks.iter().enumerate() {
            let Some(to) = self.ids[at].filter(|to| !frozen.contains(to)) else { continue };
            for link in &task.links {
                let from = index.get(&link.from).copied();
                let Some(from) = from.and_then(|from| self.ids[from]) else {
                    if link.cross || from.is_some() {
                        self.lose("link-outside", &task.name, link.from);
                    } else {
                        self.problem("dangling", &task.name, link.from);
                    }
                    continue;
                };
                if from == to || !seen.insert((from, to, link.kind)) {
                    self.problem("link-twice", &task.name, link.from);
                    continue;
                }
                let lag = match link.lag_kind {
                    FileLag::Working | FileLag::Elapsed => link.lag / TICK,
                    FileLag::Percent | FileLag::ElapsedPercent => link.lag,
                };
                let lag_kind = match link.lag_kind {
                    FileLag::Working => LagKind::Working,
                    FileLag::Elapsed => LagKind::Elapsed,
                    FileLag::Percent | FileLag::ElapsedPercent => LagKind::Percent,
                };
                if link.lag_kind == FileLag::ElapsedPercent {
                    self.lose("elapsed-percent", &task.name, link.lag);
                }
                let same = old.iter().find(|one| one.from == from && one.to == to && one.kind == link.kind);
                let made = match same {
                    Some(one) => TaskLink { lag, lag_kind, ..one.clone() },
                    None => {
                        let id = LinkId::from_uuid((self.fresh)());
                        TaskLink { lag_kind, ..TaskLink::logic(id, self.out.sheet.edition, from, to, link.kind, lag) }
                    }
                };
                self.out.sheet.links.push(made);
                self.out.links += 1;
            }
        }
    }
}

fn cut(name: &str) -> String {
    name.trim().chars().filter(|c| !c.is_control()).take(NAME).collect()
}
