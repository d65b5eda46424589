//! Lists beside the plan: deviations, exhibitors' duties, and the deadline the portal asks for.

use super::loop_records::{DEVIATION, DEVIATION_COLUMNS as AFTER, deviation_of};
use crate::{Outcome, Query, Reader, Row, values};
use chrono::{DateTime, NaiveDate, Utc};
use domain::plan::view::{DeviationRow, DutyProgress};
use domain::{Bilingual, DeviationId, EditionId, TaskId};

const NAMED: &str = "t.code, t.name_en, t.name_zh, o.name, p.name, c.name from deviation v
    left join task t on t.id = v.task_id left join \"user\" o on o.id = v.owner_id
    left join \"user\" p on p.id = v.opened_by left join \"user\" c on c.id = v.closed_by";

/// Deviations of an edition (of one task, if named): open ones first, then the latest.
///
/// # Errors
/// When the database does not answer.
pub async fn deviations(
    reader: &Reader,
    edition: EditionId,
    task: Option<TaskId>,
    today: NaiveDate,
) -> Outcome<Vec<DeviationRow>> {
    let only = if task.is_some() { "and v.task_id = $2" } else { "" };
    let sql = format!(
        "select {DEVIATION}, {NAMED} where v.edition_id = $1 {only}
         order by case v.state when 'open' then 0 else 1 end,
         case v.severity when 'blocking' then 0 when 'major' then 1 else 2 end, v.opened_at desc, v.id"
    );
    let mut bound = values![edition.uuid()];
    bound.extend(task.map(|task| sea_orm::Value::from(task.uuid())));
    let rows = reader.rows(&sql, bound).await?;
    rows.iter().map(|row| deviation_row_of(row, today)).collect()
}

/// One deviation with names.
///
/// # Errors
/// When the database does not answer.
pub async fn deviation_row(
    reader: &Reader,
    edition: EditionId,
    id: DeviationId,
    today: NaiveDate,
) -> Outcome<Option<DeviationRow>> {
    let sql = format!("select {DEVIATION}, {NAMED} where v.edition_id = $1 and v.id = $2");
    let rows = reader.rows(&sql, values![edition.uuid(), id.uuid()]).await?;
    rows.first().map(|row| deviation_row_of(row, today)).transpose()
}

fn deviation_row_of(row: &Row, today: NaiveDate) -> Outcome<DeviationRow> {
    let deviation = deviation_of(row)?;
    let name = |column: usize| row.get::<Option<String>>(column).map(Option::unwrap_or_default);
    let task = row.get::<Option<String>>(AFTER)?;
    let overdue = deviation.closed_at.is_none() && deviation.due_on.is_some_and(|due| due < today);
    Ok(DeviationRow {
        task: match task {
            Some(code) => Some((code, Bilingual::new(name(AFTER + 1)?, name(AFTER + 2)?))),
            None => None,
        },
        owner: name(AFTER + 3)?,
        opened_by: name(AFTER + 4)?,
        closed_by: name(AFTER + 5)?,
        overdue,
        deviation,
    })
}

/// How far the exhibitors are with the duties tied to a task.
///
/// # Errors
/// When the database does not answer.
pub async fn duties_of(reader: &Reader, edition: EditionId, task: TaskId) -> Outcome<Vec<DutyProgress>> {
    duties(reader, edition, Some(task)).await
}

/// How far the exhibitors are with every duty of the edition.
///
/// # Errors
/// When the database does not answer.
pub async fn duty_progress(reader: &Reader, edition: EditionId) -> Outcome<Vec<DutyProgress>> {
    duties(reader, edition, None).await
}

async fn duties(reader: &Reader, edition: EditionId, task: Option<TaskId>) -> Outcome<Vec<DutyProgress>> {
    let only = if task.is_some() { "and d.task_id = $2" } else { "" };
    let sql = format!(
        "select d.code, d.name_en, d.name_zh, sum(case when x.state = 'done' then 1 else 0 end),
         sum(case when x.state = 'waived' then 1 else 0 end), sum(case when x.state = 'open' then 1 else 0 end)
         from duty d left join exhibitor_duty x on x.duty_id = d.id
         where d.edition_id = $1 {only} group by d.id, d.code, d.name_en, d.name_zh, d.sort order by d.sort, d.code"
    );
    let mut bound = values![edition.uuid()];
    bound.extend(task.map(|task| sea_orm::Value::from(task.uuid())));
    let rows = reader.rows(&sql, bound).await?;
    let count = |row: &Row, column: usize| -> Outcome<u32> {
        Ok(row.get::<Option<i64>>(column)?.and_then(|n| u32::try_from(n).ok()).unwrap_or_default())
    };
    rows.iter()
        .map(|row| {
            Ok(DutyProgress {
                code: row.get(0)?,
                name: Bilingual::new(row.get::<String>(1)?, row.get::<String>(2)?),
                done: count(row, 3)?,
                waived: count(row, 4)?,
                open: count(row, 5)?,
            })
        })
        .collect()
}

/// When a task is to be through: what the portal shows as the deadline of a duty tied to it. The
/// task's own deadline wins over its computed finish.
///
/// # Errors
/// When the database does not answer.
pub async fn deadline(q: &impl Query, task: TaskId) -> Outcome<Option<DateTime<Utc>>> {
    q.scalar("select coalesce(deadline_at, early_finish) from task where id = $1", values![task.uuid()]).await
}
