//! What pages show of a plan: plain structs without rules, built by the store, and the filter of
//! the overview.

use super::axis;
use super::delta::{Breach, Dates, Delta, Opening};
use super::deviation::Deviation;
use super::explain::Step;
use super::indicator::{Indicator, Measurement};
use super::network::{Kind, LinkKind};
use super::sheet::{Computed, Sheet};
use super::task::{Task, TaskState};
use super::template;
use super::vocabulary::{Function, Phase, PlaceKind};
use super::work::Unmet;
use crate::{Bilingual, DeviationId, DocumentId, PlaceId, TaskId, UserId};
use chrono::{DateTime, NaiveDate, Utc};
use serde::{Deserialize, Serialize};
use std::collections::HashMap;

/// A member of the team, as named beside tasks.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Person {
    /// Identity.
    pub id: UserId,
    /// Name.
    pub name: String,
}

/// One line of the overview and one bar of the Gantt.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Row {
    /// The task.
    pub id: TaskId,
    /// Its code.
    pub code: String,
    /// Its name.
    pub name: Bilingual,
    /// What it is for.
    pub objective: Bilingual,
    /// Phase.
    pub phase: Phase,
    /// Stage.
    pub stage: Bilingual,
    /// Task, milestone or summary.
    pub kind: Kind,
    /// Kind of place.
    pub place_kind: PlaceKind,
    /// Name of the place, once chosen.
    pub place: Option<Bilingual>,
    /// Team.
    pub role: Function,
    /// Who signs, as a team or body.
    pub confirmer_role: Function,
    /// Who answers for it.
    pub owner: Option<Person>,
    /// Who measures.
    pub checker: Option<Person>,
    /// Who signs.
    pub confirmer: Option<Person>,
    /// When it is done.
    pub done_when: Bilingual,
    /// Where it stands.
    pub state: TaskState,
    /// Round of work.
    pub round: i32,
    /// How far.
    pub percent: i32,
    /// First day.
    pub starts_on: NaiveDate,
    /// Last day.
    pub ends_on: NaiveDate,
    /// Early start on the axis.
    pub start: i64,
    /// Early finish on the axis.
    pub finish: i64,
    /// Late finish on the axis.
    pub late_finish: i64,
    /// Planned working minutes.
    pub duration: i64,
    /// Total float in working minutes.
    pub total_float: i64,
    /// On a critical path.
    pub critical: bool,
    /// Should be done, or begun, by now and is not.
    pub late: bool,
    /// Wanted last day.
    pub deadline_on: Option<NaiveDate>,
    /// Open deviations.
    pub deviations: u32,
}

/// Names that stand beside tasks, by identity.
#[derive(Debug, Clone, Default)]
pub struct Names {
    /// Members of the team.
    pub people: HashMap<UserId, String>,
    /// Places.
    pub places: HashMap<PlaceId, Bilingual>,
    /// Open deviations of tasks.
    pub deviations: HashMap<TaskId, u32>,
}

impl Names {
    /// The name of a member of the team; empty for nobody.
    pub fn person(&self, id: Option<UserId>) -> String {
        id.and_then(|id| self.people.get(&id)).cloned().unwrap_or_default()
    }

    fn named(&self, id: Option<UserId>) -> Option<Person> {
        id.map(|id| Person { id, name: self.person(Some(id)) })
    }
}

impl Row {
    /// The line of a task, with days in the venue's zone.
    pub fn of(task: &Task, sheet: &Sheet, now: DateTime<Utc>, names: &Names) -> Row {
        let zone = sheet.zone;
        // Words the template brought and nobody has changed are known in both languages.
        let known = template::template(&sheet.template).and_then(|template| template.task(&task.code));
        let objective = known.filter(|known| known.objective.en == task.objective).map(|known| &known.objective);
        let done_zh = known.filter(|known| known.done_when == task.done_when).map(|known| known.done_when_zh.as_str());
        let minute = |at| axis::minute_at(at, zone);
        let (start, finish) = (minute(task.dates.early_start), minute(task.dates.early_finish));
        Row {
            id: task.id,
            code: task.code.clone(),
            name: task.name.clone(),
            objective: objective.cloned().unwrap_or_else(|| Bilingual::new(task.objective.as_str(), "")),
            phase: task.phase,
            stage: task.stage.clone(),
            kind: task.kind,
            place_kind: task.place_kind,
            place: task.place.and_then(|id| names.places.get(&id)).cloned(),
            role: task.role,
            confirmer_role: task.confirmer_role,
            owner: names.named(task.owner),
            checker: names.named(task.checker),
            confirmer: names.named(task.confirmer),
            done_when: Bilingual::new(task.done_when.as_str(), done_zh.unwrap_or_default()),
            state: task.state,
            round: task.round,
            percent: task.percent,
            starts_on: axis::day_of(start),
            ends_on: axis::last_day_of(start, finish),
            start,
            finish,
            late_finish: minute(task.dates.late_finish),
            duration: task.duration,
            total_float: task.dates.total_float,
            critical: task.dates.critical,
            late: task.is_late(now),
            deadline_on: task.deadline_at.map(|at| axis::day_of(minute(at) - 1)),
            deviations: names.deviations.get(&task.id).copied().unwrap_or(0),
        }
    }
}

/// A link between two rows, by position.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct RowLink {
    /// Position of the predecessor.
    pub from: usize,
    /// Position of the successor.
    pub to: usize,
    /// Which ends are tied.
    pub kind: LinkKind,
    /// Decides the successor's start.
    pub driving: bool,
}

/// The head of a plan: what stands above every view of it.
#[derive(Debug, Clone, PartialEq)]
pub struct Head {
    /// Template code.
    pub template: String,
    /// D0.
    pub opens_on: NaiveDate,
    /// Today, in the venue's zone.
    pub today: NaiveDate,
    /// Code of the opening task.
    pub opening: Option<String>,
    /// Working minutes before D0.
    pub room: Option<i64>,
    /// Codes on the critical path to the opening, in order.
    pub path: Vec<String>,
    /// Up to here everything is fact.
    pub data_date: Option<NaiveDate>,
    /// Counts accepted changes.
    pub revision: i32,
    /// Wishes the plan cannot keep.
    pub breaches: Vec<Breach>,
    /// All tasks, done tasks, late tasks, open deviations.
    pub counts: Counts,
}

/// Figures above the overview.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize)]
pub struct Counts {
    /// Tasks that are not cancelled.
    pub tasks: u32,
    /// Accepted, confirmed or waived.
    pub done: u32,
    /// Late.
    pub late: u32,
    /// Critical and not done.
    pub critical: u32,
    /// Open deviations.
    pub deviations: u32,
}

/// What the overview shows; lives in the address.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Filter {
    /// Words in code, name, objective, done-when.
    pub q: String,
    /// Phase code.
    pub phase: String,
    /// State code.
    pub state: String,
    /// User id, or `none`.
    pub owner: String,
    /// `critical`, `late`, `path`.
    pub only: String,
    /// Columns; the usual ones when empty.
    pub col: Vec<String>,
}

codes! {
    /// A column of the overview that can be left out. Code and name always stand.
    Column {
        /// What the task is for.
        Objective "objective",
        /// The team.
        Role "role",
        /// Who answers for it.
        Owner "owner",
        /// Where.
        Place "place",
        /// First day.
        Start "start",
        /// Last day.
        Finish "finish",
        /// Days of work.
        Duration "duration",
        /// Total float.
        Float "float",
        /// When it is done.
        DoneWhen "done_when",
        /// Who measures.
        Checker "checker",
        /// Who signs.
        Confirmer "confirmer",
        /// How far.
        Percent "percent",
        /// Where it stands.
        State "state",
    }
}

impl Column {
    /// What the classic sheet shows.
    pub const USUAL: &'static [Column] = &[
        Column::Objective,
        Column::Owner,
        Column::Place,
        Column::Start,
        Column::Finish,
        Column::DoneWhen,
        Column::Checker,
        Column::State,
    ];
}

impl Filter {
    /// The columns shown, in their fixed order.
    pub fn columns(&self) -> Vec<Column> {
        let chosen: Vec<Column> =
            Column::ALL.iter().copied().filter(|column| self.col.iter().any(|code| code == column.code())).collect();
        if chosen.is_empty() { Column::USUAL.to_vec() } else { chosen }
    }

    /// The filter as it stands in an address.
    pub fn pairs(&self) -> Vec<(&str, &str)> {
        let mut pairs = vec![
            ("q", self.q.as_str()),
            ("phase", &self.phase),
            ("state", &self.state),
            ("owner", &self.owner),
            ("only", &self.only),
        ];
        pairs.extend(self.col.iter().map(|code| ("col", code.as_str())));
        pairs
    }

    /// Whether anything is left out.
    pub fn is_active(&self) -> bool {
        [&self.q, &self.phase, &self.state, &self.owner, &self.only].iter().any(|text| !text.is_empty())
    }

    /// Whether a row is shown; `path` are the codes on the critical path to the opening.
    pub fn shows(&self, row: &Row, path: &[String]) -> bool {
        let owner = match self.owner.as_str() {
            "" => true,
            "none" => row.owner.is_none(),
            id => row.owner.as_ref().is_some_and(|person| person.id.to_string() == id),
        };
        let only = match self.only.as_str() {
            "critical" => row.critical,
            "late" => row.late,
            "path" => path.contains(&row.code),
            _ => true,
        };
        let phase = self.phase.is_empty() || row.phase.code() == self.phase;
        let state = self.state.is_empty() || row.state.code() == self.state;
        phase && state && owner && only && self.finds(row)
    }

    fn finds(&self, row: &Row) -> bool {
        let wanted = crate::text::fold(&self.q);
        if wanted.is_empty() {
            return true;
        }
        let owner = row.owner.as_ref().map_or("", |person| person.name.as_str());
        let words = [&row.objective.en, &row.objective.zh, &row.done_when.en, &row.done_when.zh];
        let own = [&*row.code, &row.name.en, &row.name.zh, owner];
        let all: Vec<String> =
            own.into_iter().chain(words.into_iter().map(String::as_str)).map(crate::text::fold).collect();
        wanted.split(' ').all(|word| all.iter().any(|text| text.contains(word)))
    }
}

/// A task beside the one shown, with the link between.
#[derive(Debug, Clone, PartialEq)]
pub struct Neighbour {
    /// The task.
    pub id: TaskId,
    /// Its code.
    pub code: String,
    /// Its name.
    pub name: Bilingual,
    /// Where it stands.
    pub state: TaskState,
    /// First day.
    pub starts_on: NaiveDate,
    /// Last day.
    pub ends_on: NaiveDate,
    /// Which ends are tied.
    pub kind: LinkKind,
    /// Working minutes between.
    pub lag: i64,
    /// Decides the date of the successor.
    pub driving: bool,
}

/// What was said at a step of the loop.
#[derive(Debug, Clone, PartialEq)]
pub struct Report {
    /// Round.
    pub round: i32,
    /// `submit`, `check`, `confirm`, `reject`, `note`.
    pub kind: String,
    /// Words.
    pub text: String,
    /// Evidence.
    pub document: Option<File>,
    /// Who.
    pub by: String,
    /// When.
    pub at: DateTime<Utc>,
}

/// A stored file, as linked.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct File {
    /// Identity.
    pub id: DocumentId,
    /// Name as uploaded.
    pub name: String,
    /// Bytes.
    pub size: i64,
}

/// A measurement with the name of who made it.
#[derive(Debug, Clone, PartialEq)]
pub struct Measured {
    /// The measurement.
    pub measurement: Measurement,
    /// Who.
    pub by: String,
    /// Evidence.
    pub document: Option<File>,
}

/// A deviation with names.
#[derive(Debug, Clone, PartialEq)]
pub struct DeviationRow {
    /// The deviation.
    pub deviation: Deviation,
    /// Task code and name.
    pub task: Option<(String, Bilingual)>,
    /// Who puts it right.
    pub owner: String,
    /// Who found it.
    pub opened_by: String,
    /// Who closed it.
    pub closed_by: String,
    /// Due and not closed.
    pub overdue: bool,
}

impl DeviationRow {
    /// Identity.
    pub fn id(&self) -> DeviationId {
        self.deviation.id
    }
}

/// How far the exhibitors are with the duty that hangs on a task.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct DutyProgress {
    /// Code of the duty.
    pub code: String,
    /// Name of the duty.
    pub name: Bilingual,
    /// Exhibitors who are through with it.
    pub done: u32,
    /// Exhibitors it was waived for.
    pub waived: u32,
    /// Exhibitors who still owe it.
    pub open: u32,
}

impl DutyProgress {
    /// Everyone it applies to.
    pub fn total(&self) -> u32 {
        self.done + self.waived + self.open
    }
}

/// A computed plan with everything named: what every view of the plan is made from.
#[derive(Debug, Clone)]
pub struct Board {
    /// The plan.
    pub sheet: Sheet,
    /// Its dates and their reasons.
    pub computed: Computed,
    /// A row for each task, in plan order.
    pub rows: Vec<Row>,
    /// What stands above.
    pub head: Head,
    /// Names.
    pub names: Names,
}

impl Board {
    /// Puts a plan and its names together. `None` when the stored links run in a ring, which no
    /// accepted change can bring about.
    pub fn of(sheet: Sheet, names: Names, now: DateTime<Utc>) -> Option<Board> {
        let computed = sheet.compute().ok()?;
        let rows: Vec<Row> = sheet.tasks.iter().map(|task| Row::of(task, &sheet, now, &names)).collect();
        let live = || rows.iter().filter(|row| row.state != TaskState::Cancelled);
        let counts = Counts {
            tasks: live().count() as u32,
            done: live().filter(|row| row.state.is_done()).count() as u32,
            late: live().filter(|row| row.late).count() as u32,
            critical: live().filter(|row| row.critical).count() as u32,
            deviations: rows.iter().map(|row| row.deviations).sum(),
        };
        let code = |at: usize| sheet.tasks[at].code.clone();
        let head = Head {
            template: sheet.template.clone(),
            opens_on: sheet.opens_on,
            today: axis::day_of(axis::minute_at(now, sheet.zone)),
            opening: sheet.opening().map(str::to_owned),
            room: computed.room(),
            path: computed.path_to_opening().into_iter().map(code).collect(),
            data_date: sheet.data_date.map(|at| axis::day_of(axis::minute_at(at, sheet.zone))),
            revision: sheet.revision,
            breaches: standing_breaches(&sheet, &computed),
            counts,
        };
        Some(Board { sheet, computed, rows, head, names })
    }

    /// The task a path names: by its code, or by its id.
    pub fn find(&self, name: &str) -> Option<&Task> {
        let by_code = self.sheet.tasks.iter().find(|task| task.code == name);
        by_code.or_else(|| name.parse().ok().and_then(|id: TaskId| self.sheet.tasks.iter().find(|task| task.id == id)))
    }

    /// What waits for a member of the team, the most urgent first. Work that lies more than two
    /// weeks ahead does not wait yet.
    pub fn todos(&self, user: UserId) -> Vec<Todo> {
        let near = self.head.today + chrono::Days::new(14);
        let is = |person: &Option<Person>| person.as_ref().is_some_and(|person| person.id == user);
        let part = |row: &Row| match row.state {
            TaskState::Submitted | TaskState::Checking if is(&row.checker) => Some("check"),
            TaskState::Accepted if is(&row.confirmer) => Some("confirm"),
            TaskState::Draft | TaskState::Planned | TaskState::Ready if is(&row.owner) && row.starts_on <= near => {
                Some("do")
            }
            TaskState::InProgress | TaskState::Rework | TaskState::Rejected | TaskState::Blocked if is(&row.owner) => {
                Some("do")
            }
            _ => None,
        };
        let mut todos: Vec<Todo> = self
            .rows
            .iter()
            .filter_map(|row| part(row).map(|part| Todo { row: row.clone(), part: part.to_owned() }))
            .collect();
        todos.sort_by_key(|todo| (todo.row.finish, todo.row.code.clone()));
        todos
    }

    /// Everyone who owns a task, by name.
    pub fn owners(&self) -> Vec<&Person> {
        let mut owners: Vec<&Person> = self.rows.iter().filter_map(|row| row.owner.as_ref()).collect();
        owners.sort_by(|a, b| (&a.name, a.id).cmp(&(&b.name, b.id)));
        owners.dedup_by_key(|person| person.id);
        owners
    }

    /// The phases the plan has, in plan order.
    pub fn phases(&self) -> Vec<Phase> {
        let mut phases = Vec::new();
        for row in &self.rows {
            if !phases.contains(&row.phase) {
                phases.push(row.phase);
            }
        }
        phases
    }

    /// The links between rows, for pictures.
    pub fn links(&self) -> Vec<RowLink> {
        let links = self.computed.network.input().links.iter().enumerate();
        links
            .map(|(at, link)| RowLink {
                from: link.from as usize,
                to: link.to as usize,
                kind: link.kind,
                driving: self.computed.network.driving_link(&self.computed.schedule, link.to as usize) == Some(at),
            })
            .collect()
    }

    /// What a task waits for (`true`) or what waits for it.
    pub fn neighbours(&self, task: TaskId, before: bool) -> Vec<Neighbour> {
        let Some(here) = self.sheet.position(task) else { return Vec::new() };
        let links = self.links();
        let wanted =
            links.iter().zip(&self.sheet.links).filter(|(link, _)| if before { link.to } else { link.from } == here);
        wanted
            .map(|(link, stored)| {
                let row = &self.rows[if before { link.from } else { link.to }];
                Neighbour {
                    id: row.id,
                    code: row.code.clone(),
                    name: row.name.clone(),
                    state: row.state,
                    starts_on: row.starts_on,
                    ends_on: row.ends_on,
                    kind: link.kind,
                    lag: stored.lag,
                    driving: link.driving,
                }
            })
            .collect()
    }

    /// A change of dates with names and days.
    pub fn preview(&self, delta: &Delta) -> Preview {
        let days = |dates: &Dates| (axis::day_of(dates.start), axis::last_day_of(dates.start, dates.finish));
        let name =
            |code: &str| self.rows.iter().find(|row| row.code == code).map(|row| row.name.clone()).unwrap_or_default();
        let moves = delta.moves.iter().map(|one| PreviewMove {
            code: one.code.clone(),
            name: name(&one.code),
            before: days(&one.before),
            after: days(&one.after),
            by: if one.start_by() == 0 { one.finish_by() } else { one.start_by() },
            float: one.after.float,
            critical: one.after.critical,
            chain: one.chain.clone(),
        });
        Preview {
            moves: moves.collect(),
            float_changes: delta.float_changes,
            opening: delta.opening,
            breaches: delta.breaches.clone(),
            repaired: delta.repaired.clone(),
        }
    }
}

/// What the plan cannot keep and someone could still do something about: where work has begun,
/// the order it really took is history.
fn standing_breaches(sheet: &Sheet, computed: &Computed) -> Vec<Breach> {
    let ahead = |code: &str| sheet.tasks.iter().any(|task| task.code == code && task.state.is_ahead());
    let mut all = super::delta::breaches(&computed.network, &computed.schedule);
    all.retain(|one| match one {
        Breach::Link { to, .. } => ahead(to),
        Breach::Missed { code, .. } | Breach::NoTime { code } => ahead(code),
    });
    all
}

/// Everything on the page of one task.
#[derive(Debug, Clone, PartialEq)]
pub struct TaskPage {
    /// The record.
    pub task: Task,
    /// As a row, with names and days.
    pub row: Row,
    /// Late start and late finish as days.
    pub late_days: (NaiveDate, NaiveDate),
    /// Constraint as people write it: its day.
    pub constraint_on: Option<NaiveDate>,
    /// What it waits for.
    pub before: Vec<Neighbour>,
    /// What waits for it.
    pub after: Vec<Neighbour>,
    /// Why it starts when it does.
    pub why: Vec<Step>,
    /// On the critical path to the opening.
    pub on_path: bool,
    /// Room of the plan before D0.
    pub room: Option<i64>,
    /// What keeps it from beginning.
    pub unmet: Vec<Unmet>,
    /// Its criteria.
    pub indicators: Vec<Indicator>,
    /// All answers, newest first.
    pub measured: Vec<Measured>,
    /// What was said, newest first.
    pub reports: Vec<Report>,
    /// Its deviations.
    pub deviations: Vec<DeviationRow>,
    /// Exhibitors' duties tied to it.
    pub duties: Vec<DutyProgress>,
    /// Who handed in the current round.
    pub doer: Option<UserId>,
    /// Blocking deviations that are open.
    pub blocking: u32,
}

/// One thing that waits for a person.
#[derive(Debug, Clone, PartialEq)]
pub struct Todo {
    /// The task.
    pub row: Row,
    /// What the person is to it: `do`, `check`, `confirm`.
    pub part: String,
}

/// A change of dates shown to people: names beside codes.
#[derive(Debug, Clone, PartialEq)]
pub struct Preview {
    /// The moved tasks: row as it is now, new first and last day, minutes of finish, chain.
    pub moves: Vec<PreviewMove>,
    /// Tasks that only gain or lose float.
    pub float_changes: u32,
    /// Effect on D0.
    pub opening: Option<Opening>,
    /// Broken by the change.
    pub breaches: Vec<Breach>,
    /// Repaired by the change.
    pub repaired: Vec<Breach>,
}

/// One moved task of a preview.
#[derive(Debug, Clone, PartialEq)]
pub struct PreviewMove {
    /// Code.
    pub code: String,
    /// Name.
    pub name: Bilingual,
    /// Days now.
    pub before: (NaiveDate, NaiveDate),
    /// Days then.
    pub after: (NaiveDate, NaiveDate),
    /// Minutes by which it moves: the start, or the finish where only that moves.
    pub by: i64,
    /// Float then.
    pub float: i64,
    /// Critical then.
    pub critical: bool,
    /// Why.
    pub chain: Vec<Step>,
}
