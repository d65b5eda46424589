//! The calendars and the choices of a plan.

use crate::{Fault, Outcome, Query, Row, values};
use domain::plan::network::{LagCalendar, Progress};
use domain::plan::{PlanCalendar, PlanOptions};
use domain::{Bilingual, CalendarId, EditionId};
use uuid::Uuid;

/// The calendars of an edition's plan, by code.
pub(super) async fn calendars(q: &impl Query, edition: EditionId) -> Outcome<Vec<PlanCalendar>> {
    let sql = "select id, code, name_en, name_zh, pattern, parent_id from plan_calendar
               where edition_id = $1 order by code";
    let rows = q.rows(sql, values![edition.uuid()]).await?;
    rows.iter().map(calendar_of).collect()
}

fn calendar_of(row: &Row) -> Outcome<PlanCalendar> {
    let pattern: serde_json::Value = row.get(4)?;
    Ok(PlanCalendar {
        id: CalendarId::from_uuid(row.get(0)?),
        code: row.get(1)?,
        name: Bilingual::new(row.get::<String>(2)?, row.get::<String>(3)?),
        pattern: serde_json::from_value(pattern).map_err(|error| Fault::impossible("plan_calendar", error))?,
        parent: row.get::<Option<Uuid>>(5)?.map(CalendarId::from_uuid),
    })
}

/// The choices, from the columns 6 to 8 of the plan's row.
pub(super) fn options(row: &Row) -> Outcome<PlanOptions> {
    let (lag_calendar, progress): (String, String) = (row.get(7)?, row.get(8)?);
    Ok(PlanOptions {
        critical_threshold: row.get(6)?,
        lag_calendar: LagCalendar::parse(&lag_calendar).ok_or_else(|| Fault::impossible("plan", lag_calendar))?,
        progress: Progress::parse(&progress).ok_or_else(|| Fault::impossible("plan", progress))?,
    })
}
