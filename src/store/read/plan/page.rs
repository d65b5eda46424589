//! The page of one task.

use super::{blocking_open, deviations, doer, duties_of, indicators, measured, reports};
use crate::read::metric::{self, Scope};
use crate::{Outcome, Reader};
use chrono::{DateTime, Utc};
use domain::TaskId;
use domain::plan::axis;
use domain::plan::readiness::unmet_to_start;
use domain::plan::view::{Board, TaskPage};

/// Everything on the page of one task of a plan, if it is one of its tasks.
///
/// # Errors
/// When the database does not answer.
pub async fn task_page(reader: &Reader, board: &Board, task: TaskId, now: DateTime<Utc>) -> Outcome<Option<TaskPage>> {
    let Some(at) = board.sheet.position(task) else { return Ok(None) };
    let (record, row) = (board.sheet.tasks[at].clone(), board.rows[at].clone());
    let edition = board.sheet.edition;
    let day = |instant| axis::day_of(axis::minute_at(instant, board.sheet.zone));
    let last = |instant| axis::day_of(axis::minute_at(instant, board.sheet.zone) - 1);
    let finish = matches!(record.constraint.as_str(), "fnet" | "fnlt" | "mfo");
    let unmet = if record.state.is_ahead() {
        unmet_to_start(&record, &board.sheet.before_of(task), &board.sheet.around_of(task, now), now)
    } else {
        Vec::new()
    };
    let indicators = indicators(reader, edition, task).await?;
    let mut live = Vec::new();
    for one in &indicators {
        if let Some(used) = &one.metric {
            live.push((one.id, metric::read(reader, &Scope::of_plan(&board.sheet, now), used).await?));
        }
    }
    Ok(Some(TaskPage {
        late_days: (day(record.dates.late_start), last(record.dates.late_finish)),
        constraint_on: record.constraint_at.map(|at| if finish { last(at) } else { day(at) }),
        before: board.neighbours(task, true),
        after: board.neighbours(task, false),
        why: board.computed.network.explain(&board.computed.schedule, at),
        on_path: board.head.path.contains(&record.code),
        room: board.head.room,
        unmet,
        indicators,
        live,
        measured: measured(reader, edition, task).await?,
        reports: reports(reader, edition, task).await?,
        deviations: deviations(reader, edition, Some(task), board.head.today).await?,
        duties: duties_of(reader, edition, task).await?,
        doer: doer(reader, edition, task, record.round).await?.map(|(user, _)| user),
        blocking: blocking_open(reader, edition, task).await?,
        corrects: super::watch::corrects(reader, edition, task).await?,
        incident: super::incident::of_task(reader, task).await?,
        task: record,
        row,
    }))
}
