//! The whole plan as one picture: sheet, computed dates, names, and what follows from them.

use super::axis;
use super::delta::{Breach, Dates, Delta, Opening};
use super::explain::Step;
use super::sheet::{Computed, Sheet};
use super::story::Story;
use super::task::{Task, TaskState};
use super::view::{Counts, Head, Names, Neighbour, Person, Row, RowLink};
use super::vocabulary::Phase;
use crate::{Bilingual, TaskId};
use chrono::{DateTime, NaiveDate, Utc};
use std::collections::{HashMap, HashSet};

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
        let names: HashMap<&str, &Bilingual> = self.rows.iter().map(|row| (row.code.as_str(), &row.name)).collect();
        let name = |code: &str| names.get(code).map(|name| (*name).clone()).unwrap_or_default();
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
            story: Story::of(delta, &self.rows, self.head.opening.as_deref()),
        }
    }
}

/// What the plan cannot keep and someone could still do something about: where work has begun,
/// the order it really took is history.
fn standing_breaches(sheet: &Sheet, computed: &Computed) -> Vec<Breach> {
    let codes: HashSet<&str> =
        sheet.tasks.iter().filter(|task| task.state.is_ahead()).map(|task| task.code.as_str()).collect();
    let ahead = |code: &str| codes.contains(code);
    let mut all = super::delta::breaches(&computed.network, &computed.schedule);
    all.retain(|one| match one {
        Breach::Link { to, .. } | Breach::Apart { to, .. } => ahead(to),
        Breach::Ring { codes } => codes.iter().any(|code| ahead(code)),
        Breach::Missed { code, .. } | Breach::NoTime { code } => ahead(code),
    });
    all
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
    /// The same put in order for telling.
    pub story: Story,
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
