//! One row of `task` as the domain knows it.

use crate::{Fault, Outcome, Row};
use domain::plan::task::{ComputedDates, Task, TaskState, ThreePoint};
use domain::plan::{Function, Kind, Phase, PlaceKind};
use domain::{Bilingual, CalendarId, EditionId, PlaceId, TaskId, UserId};
use uuid::Uuid;

/// The columns [`task_of`] reads, in its order.
pub(crate) const TASK_COLUMNS: &str = "t.id, t.edition_id, t.code, t.name_en, t.name_zh, t.objective, t.phase, \
    t.stage_en, t.stage_zh, t.sort, t.kind, t.duration_minutes, t.offset_days, t.constraint_kind, t.constraint_at, \
    t.deadline_at, t.actual_start, t.actual_finish, t.percent, t.place_kind, t.place_id, t.role, t.confirmer_role, \
    t.owner_id, t.checker_id, t.confirmer_id, t.done_when, t.state, t.round, t.early_start, t.early_finish, \
    t.late_start, t.late_finish, t.total_float_minutes, t.critical, t.blocked_reason, t.version, t.created_at, \
    t.optimistic_minutes, t.likely_minutes, t.pessimistic_minutes, t.remaining_minutes, t.calendar_id, t.parent_id, \
    t.priority, t.budget_minor, t.actual_cost_minor";

fn known<T>(text: &str, parse: impl FnOnce(&str) -> Option<T>) -> Outcome<T> {
    parse(text).ok_or_else(|| Fault::impossible("task", text))
}

/// Three points or none: a row with only some of them never was written.
fn estimate_of(row: &Row) -> Outcome<Option<ThreePoint>> {
    let points: (Option<i64>, Option<i64>, Option<i64>) = (row.get(38)?, row.get(39)?, row.get(40)?);
    Ok(match points {
        (Some(optimistic), Some(likely), Some(pessimistic)) => Some(ThreePoint { optimistic, likely, pessimistic }),
        _ => None,
    })
}

pub(crate) fn task_of(row: &Row) -> Outcome<Task> {
    let code = |column: usize| row.get::<String>(column);
    let user = |column: usize| row.get::<Option<Uuid>>(column).map(|id| id.map(UserId::from_uuid));
    Ok(Task {
        id: TaskId::from_uuid(row.get(0)?),
        edition: EditionId::from_uuid(row.get(1)?),
        code: row.get(2)?,
        name: Bilingual::new(code(3)?, code(4)?),
        objective: row.get(5)?,
        phase: known(&code(6)?, Phase::parse)?,
        stage: Bilingual::new(code(7)?, code(8)?),
        sort: row.get(9)?,
        kind: known(&code(10)?, Kind::parse)?,
        duration: row.get(11)?,
        estimate: estimate_of(row)?,
        remaining_minutes: row.get(41)?,
        calendar: row.get::<Option<Uuid>>(42)?.map(CalendarId::from_uuid),
        parent: row.get::<Option<Uuid>>(43)?.map(TaskId::from_uuid),
        priority: row.get(44)?,
        budget: row.get(45)?,
        actual_cost: row.get(46)?,
        offset_days: row.get(12)?,
        constraint: row.get(13)?,
        constraint_at: row.get(14)?,
        deadline_at: row.get(15)?,
        actual_start: row.get(16)?,
        actual_finish: row.get(17)?,
        percent: row.get(18)?,
        place_kind: known(&code(19)?, PlaceKind::parse)?,
        place: row.get::<Option<Uuid>>(20)?.map(PlaceId::from_uuid),
        role: known(&code(21)?, Function::parse)?,
        confirmer_role: known(&code(22)?, Function::parse)?,
        owner: user(23)?,
        checker: user(24)?,
        confirmer: user(25)?,
        done_when: row.get(26)?,
        state: known(&code(27)?, TaskState::parse)?,
        round: row.get(28)?,
        dates: ComputedDates {
            early_start: row.get(29)?,
            early_finish: row.get(30)?,
            late_start: row.get(31)?,
            late_finish: row.get(32)?,
            total_float: row.get(33)?,
            critical: row.get(34)?,
        },
        reason: row.get(35)?,
        version: row.get(36)?,
        created_at: row.get(37)?,
    })
}
