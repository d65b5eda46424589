//! Judging the rows of a table against the plan. Empty cells leave what is there; a lone dash takes it away.

use super::{Grid, ImportField, Vocabulary};
use crate::plan::board::Board;
use crate::plan::calendar::DAY;
use crate::plan::network::Kind;
use crate::plan::revision::{Around, Fresh, differences, next_code};
use crate::plan::sheet::Sheet;
use crate::plan::task::{LagKind, LinkOrigin, Task, TaskLink};
use crate::plan::{LinkKind, sheet};
use crate::{Refusal, TaskId};
use std::collections::{HashMap, HashSet};

/// What became of a row.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Verdict {
    /// A task the plan does not have yet.
    New,
    /// A task with other values; words of the fields.
    Changed(Vec<&'static str>),
    /// As it is.
    Unchanged,
    /// Every reason why not; the field of a refusal is that of its column.
    Rejected(Vec<Refusal>),
}

/// A judged row.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Line {
    /// Line of the file.
    pub line: u32,
    /// Code of its task.
    pub code: String,
    /// What became of it.
    pub verdict: Verdict,
}

/// A judged table.
#[derive(Debug, Clone)]
pub struct Imported {
    /// The plan with every row that was not rejected.
    pub sheet: Sheet,
    /// The rows, in the order of the file.
    pub lines: Vec<Line>,
}

impl Imported {
    /// Rows that were rejected.
    pub fn rejected(&self) -> impl Iterator<Item = &Line> {
        self.lines.iter().filter(|line| matches!(line.verdict, Verdict::Rejected(_)))
    }
}

/// A predecessor as written: code of the other task, type, lag.
pub(super) type Written = (String, LinkKind, i64, LagKind);

/// One row under way.
pub(super) struct Row<'a> {
    pub(super) cells: HashMap<ImportField, &'a str>,
    pub(super) refusals: Vec<Refusal>,
}

impl Row<'_> {
    /// The text of a cell; `None` leaves what is there.
    pub(super) fn text(&self, field: ImportField) -> Option<&str> {
        self.cells.get(&field).map(|text| text.trim()).filter(|text| !text.is_empty())
    }

    pub(super) fn refuse(&mut self, field: ImportField, code: &str) {
        let value: String = self.text(field).unwrap_or_default().chars().take(60).collect();
        self.refusals.push(Refusal::invalid(code).at(field.code()).with("value", value));
    }

    /// A value read from a cell; a dash means none of it.
    pub(super) fn read<T>(
        &mut self,
        field: ImportField,
        code: &str,
        read: impl FnOnce(&str) -> Option<T>,
    ) -> Option<Option<T>> {
        let text = self.text(field)?;
        if matches!(text, "-" | "–" | "—") {
            return Some(None);
        }
        let found = read(text);
        if found.is_none() {
            self.refuse(field, code);
        }
        found.map(Some)
    }
}

/// Judges a table. `mapping` says what each column fills.
pub fn read(
    board: &Board,
    grid: &Grid,
    mapping: &[Option<ImportField>],
    words: &Vocabulary,
    around: &Around,
    fresh: &mut dyn Fresh,
) -> Imported {
    let mut table = Table {
        old: &board.sheet,
        board,
        words,
        around,
        new: board.sheet.clone(),
        links: HashMap::new(),
        known: board.sheet.tasks.iter().enumerate().map(|(at, task)| (fold(&task.code), at)).collect(),
        after: HashMap::new(),
    };
    let mut lines: Vec<(Line, Option<TaskId>)> = Vec::with_capacity(grid.rows.len());
    let mut seen: HashSet<String> = HashSet::new();
    let mut above: Option<TaskId> = None;
    for (line, cells) in &grid.rows {
        let pairs = mapping.iter().zip(cells).filter_map(|(field, cell)| Some(((*field)?, cell.as_str())));
        let mut row = Row { cells: pairs.collect(), refusals: Vec::new() };
        let typed = row.text(ImportField::Code).unwrap_or_default().to_owned();
        let (code, id) = if typed.is_empty() || seen.insert(fold(&typed)) {
            table.row(&mut row, above, fresh)
        } else {
            row.refuse(ImportField::Code, "table-code-twice");
            (typed, None)
        };
        above = id.or(above);
        let verdict = if row.refusals.is_empty() { Verdict::Unchanged } else { Verdict::Rejected(row.refusals) };
        lines.push((Line { line: *line, code, verdict }, id));
    }
    table.finish(lines, fresh)
}

pub(super) fn fold(code: &str) -> String {
    code.trim().to_lowercase()
}

/// The plan under way.
pub(super) struct Table<'a> {
    pub(super) old: &'a Sheet,
    pub(super) board: &'a Board,
    pub(super) words: &'a Vocabulary,
    pub(super) around: &'a Around,
    pub(super) new: Sheet,
    /// Predecessors as written, by task.
    links: HashMap<TaskId, Vec<Written>>,
    known: HashMap<String, usize>,
    /// New tasks by the task they stand below in the file.
    after: HashMap<TaskId, TaskId>,
}

impl Table<'_> {
    /// Reads one row into the plan under way. Answers its code and task.
    fn row(&mut self, row: &mut Row<'_>, above: Option<TaskId>, fresh: &mut dyn Fresh) -> (String, Option<TaskId>) {
        let typed = row.text(ImportField::Code).unwrap_or_default().to_owned();
        let at = self.known.get(&fold(&typed)).copied();
        let (mut task, is_new) = match at {
            Some(at) => (self.new.tasks[at].clone(), false),
            None => {
                let beside = above.and_then(|id| self.new.position(id)).or(self.new.tasks.len().checked_sub(1));
                let Some(beside) = beside else {
                    row.refuse(ImportField::Code, "plan-unknown-task");
                    return (typed, None);
                };
                (self.blank(row, &typed, beside, fresh), true)
            }
        };
        if !is_new && task.state.is_closed() && self.differs(row, at) {
            row.refusals.push(Refusal::conflict("task-frozen").with("code", &task.code));
            return (task.code, Some(task.id));
        }
        self.fill(row, &mut task, is_new);
        let links = self.predecessors(row, &task, is_new);
        let (code, id) = (task.code.clone(), task.id);
        if !row.refusals.is_empty() {
            return (code, at.map(|_| id));
        }
        if let Some(links) = links {
            self.links.insert(id, links);
        }
        match at {
            Some(at) => self.new.tasks[at] = task,
            None => {
                self.known.insert(fold(&code), self.new.tasks.len());
                self.new.tasks.push(task);
                if let Some(above) = above {
                    self.after.insert(id, above);
                }
            }
        }
        (code, Some(id))
    }

    /// A closed task may stand in the file as it is: the row then says nothing new.
    fn differs(&self, row: &Row<'_>, at: Option<usize>) -> bool {
        let Some(at) = at else { return true };
        let mut task = self.new.tasks[at].clone();
        let mut probe = Row { cells: row.cells.clone(), refusals: Vec::new() };
        self.fill(&mut probe, &mut task, false);
        !probe.refusals.is_empty() || !differences(&self.new.tasks[at], &task).is_empty()
    }

    /// A new task made of the one beside it.
    fn blank(&self, row: &mut Row<'_>, typed: &str, beside: usize, fresh: &mut dyn Fresh) -> Task {
        let beside = &self.new.tasks[beside];
        let code = if typed.is_empty() { next_code(&self.new, &beside.code) } else { typed.to_uppercase() };
        let plain = code.len() <= 16 && code.chars().all(|c| c.is_ascii_alphanumeric() || "-._".contains(c));
        if !plain {
            row.refuse(ImportField::Code, "plan-code-syntax");
        }
        Task {
            id: fresh.task(),
            code,
            phase: beside.phase,
            stage: beside.stage.clone(),
            sort: beside.sort,
            duration: DAY,
            parent: if beside.kind == Kind::Summary { Some(beside.id) } else { beside.parent },
            place_kind: beside.place_kind,
            role: beside.role,
            confirmer_role: beside.confirmer_role,
            dates: beside.dates,
            ..Task::blank(beside.edition, self.around.now)
        }
    }

    /// Links are tied when every task is there; what hangs in the air or runs in a ring is rejected with its row.
    fn finish(mut self, mut lines: Vec<(Line, Option<TaskId>)>, fresh: &mut dyn Fresh) -> Imported {
        self.place_new();
        let row_of: HashMap<TaskId, usize> =
            lines.iter().enumerate().filter_map(|(at, (_, id))| id.map(|id| (id, at))).collect();
        for (line, id) in &mut lines {
            let (Some(id), Verdict::Unchanged) = (*id, &line.verdict) else { continue };
            let Some(written) = self.links.get(&id) else { continue };
            let missing = |code: &str| !self.known.contains_key(&fold(code));
            let dangling = written.iter().filter(|one| missing(&one.0));
            let refusals: Vec<Refusal> = dangling
                .map(|one| Refusal::invalid("plan-unknown-task").at("predecessors").with("value", &one.0))
                .collect();
            if !refusals.is_empty() {
                line.verdict = Verdict::Rejected(refusals);
                self.links.remove(&id);
                self.withdraw(id);
            }
        }
        self.tie(fresh);
        while let Err(faults) = self.new.compute() {
            let mut blamed = false;
            for fault in &faults {
                let refusals = sheet::refusals(std::slice::from_ref(fault), "predecessors");
                let crate::plan::NetworkFault::Cycle { codes } = fault else { continue };
                for code in codes {
                    let id = self.new.tasks.iter().find(|task| task.code == *code).map(|task| task.id);
                    let Some(id) = id.filter(|id| self.links.remove(id).is_some()) else { continue };
                    blamed = true;
                    self.untie(id);
                    if let Some(&at) = row_of.get(&id) {
                        lines[at].0.verdict = Verdict::Rejected(refusals.clone());
                    }
                    self.withdraw(id);
                }
            }
            if !blamed {
                break;
            }
        }
        self.judge(lines)
    }

    /// New tasks go below the task they stand below in the file.
    fn place_new(&mut self) {
        let count = self.old.tasks.len();
        let fresh: Vec<Task> = self.new.tasks.drain(count..).collect();
        let mut behind: HashMap<Option<TaskId>, Vec<Task>> = HashMap::new();
        for task in fresh {
            behind.entry(self.after.get(&task.id).copied()).or_default().push(task);
        }
        let mut order: Vec<Task> = Vec::with_capacity(self.new.tasks.len());
        let mut stack: Vec<Task> = std::mem::take(&mut self.new.tasks).into_iter().rev().collect();
        stack.extend(behind.remove(&None).unwrap_or_default().into_iter().rev());
        let mut moved = false;
        while let Some(task) = stack.pop() {
            if let Some(below) = behind.remove(&Some(task.id)) {
                moved = true;
                stack.extend(below.into_iter().rev());
            }
            order.push(task);
        }
        self.new.tasks = order;
        if moved || self.new.tasks.len() > count {
            crate::plan::revision::number_new(&mut self.new, |id| self.after.contains_key(&id));
        }
        self.known = self.new.tasks.iter().enumerate().map(|(at, task)| (fold(&task.code), at)).collect();
    }

    fn tie(&mut self, fresh: &mut dyn Fresh) {
        let old: HashMap<(TaskId, TaskId, LinkKind), TaskLink> = self
            .old
            .links
            .iter()
            .filter(|link| link.origin == LinkOrigin::Logic)
            .map(|link| ((link.from, link.to, link.kind), link.clone()))
            .collect();
        let written: HashSet<TaskId> = self.links.keys().copied().collect();
        // Soft and derived links are not written in tables and stay, unless hard logic says the same.
        let said: HashSet<(TaskId, TaskId, LinkKind)> = self
            .links
            .iter()
            .flat_map(|(to, all)| all.iter().map(move |(code, kind, ..)| (code, *to, *kind)))
            .filter_map(|(code, to, kind)| Some((self.new.tasks[*self.known.get(&fold(code))?].id, to, kind)))
            .collect();
        self.new.links.retain(|link| {
            let own = link.origin == LinkOrigin::Logic;
            !written.contains(&link.to) || (!own && !said.contains(&(link.from, link.to, link.kind)))
        });
        let mut order: Vec<(usize, TaskId)> =
            written.iter().filter_map(|id| self.new.position(*id).map(|at| (at, *id))).collect();
        order.sort_unstable();
        for (_, to) in order {
            for (code, kind, lag, lag_kind) in &self.links[&to] {
                let Some(from) = self.known.get(&fold(code)).map(|&at| self.new.tasks[at].id) else { continue };
                let link = match old.get(&(from, to, *kind)) {
                    Some(link) => TaskLink { lag: *lag, lag_kind: *lag_kind, ..link.clone() },
                    None => TaskLink {
                        lag_kind: *lag_kind,
                        by: Some(self.around.hand.user),
                        ..TaskLink::logic(fresh.link(), self.new.edition, from, to, *kind, *lag)
                    },
                };
                self.new.links.push(link);
            }
        }
    }

    /// The links a task had before.
    fn untie(&mut self, id: TaskId) {
        self.new.links.retain(|link| link.to != id);
        let known: HashSet<TaskId> = self.new.tasks.iter().map(|task| task.id).collect();
        let back = self.old.links.iter().filter(|link| link.to == id && known.contains(&link.from));
        self.new.links.extend(back.cloned());
    }

    /// A rejected row leaves its task as it was; a new one is not there.
    fn withdraw(&mut self, id: TaskId) {
        match (self.new.position(id), self.old.position(id)) {
            (Some(at), Some(was)) => {
                let sort = self.new.tasks[at].sort;
                self.new.tasks[at] = Task { sort, ..self.old.tasks[was].clone() };
            }
            (Some(at), None) => {
                self.new.tasks.remove(at);
                self.new.links.retain(|link| link.from != id && link.to != id);
                self.known = self.new.tasks.iter().enumerate().map(|(at, task)| (fold(&task.code), at)).collect();
            }
            _ => {}
        }
    }

    fn judge(self, lines: Vec<(Line, Option<TaskId>)>) -> Imported {
        let of = |sheet: &Sheet| -> HashMap<TaskId, Vec<TaskLink>> {
            let mut all: HashMap<TaskId, Vec<TaskLink>> = HashMap::new();
            for link in &sheet.links {
                all.entry(link.to).or_default().push(link.clone());
            }
            all.values_mut().for_each(|links| links.sort_by_key(|link| link.id));
            all
        };
        let (before, after) = (of(self.old), of(&self.new));
        let olds: HashMap<TaskId, &Task> = self.old.tasks.iter().map(|task| (task.id, task)).collect();
        let news: HashMap<TaskId, &Task> = self.new.tasks.iter().map(|task| (task.id, task)).collect();
        let judged = lines.into_iter().map(|(mut line, id)| {
            let (Some(id), Verdict::Unchanged) = (id, &line.verdict) else { return line };
            line.verdict = match (olds.get(&id), news.get(&id)) {
                (None, _) => Verdict::New,
                (Some(was), Some(is)) => {
                    let mut fields = differences(was, is);
                    fields.retain(|field| *field != "order");
                    if before.get(&id) != after.get(&id) {
                        fields.push("links");
                    }
                    if fields.is_empty() { Verdict::Unchanged } else { Verdict::Changed(fields) }
                }
                (Some(_), None) => Verdict::Unchanged,
            };
            line
        });
        let lines = judged.collect();
        Imported { lines, sheet: self.new }
    }
}
