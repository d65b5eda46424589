//! Reading promises, and what a series has lived and learned.

use crate::{Fault, Outcome, Query, Reader, Row, values};
use chrono::NaiveDate;
use domain::plan::Function;
use domain::plan::commitment::{Commitment, Outcome as Kept, Span};
use domain::plan::learning::{Durations, Lived, Version};
use domain::{Bilingual, CommitmentId, EditionId, SeriesId, TaskId, UserId};
use std::collections::HashMap;
use uuid::Uuid;

/// The columns [`commitment_of`] reads.
pub(crate) const COMMITMENT: &str = "c.id, c.edition_id, c.task_id, c.span, c.begins_on, c.team, c.goal, c.outcome, \
    c.reason, c.note, c.promised_by, c.promised_at, c.judged_by, c.judged_at, c.version";

pub(crate) fn commitment_of(row: &Row) -> Outcome<Commitment> {
    let (span, team, outcome): (String, String, String) = (row.get(3)?, row.get(5)?, row.get(7)?);
    let user = |column: usize| row.get::<Option<Uuid>>(column).map(|id| id.map(UserId::from_uuid));
    Ok(Commitment {
        id: CommitmentId::from_uuid(row.get(0)?),
        edition: EditionId::from_uuid(row.get(1)?),
        task: TaskId::from_uuid(row.get(2)?),
        span: Span::parse(&span).ok_or_else(|| Fault::impossible("commitment", span))?,
        begins_on: row.get(4)?,
        team: Function::parse(&team).ok_or_else(|| Fault::impossible("commitment", team))?,
        goal: row.get(6)?,
        outcome: Kept::parse(&outcome).ok_or_else(|| Fault::impossible("commitment", outcome))?,
        reason: row.get(8)?,
        note: row.get(9)?,
        promised_by: user(10)?.unwrap_or(UserId::from_uuid(Uuid::nil())),
        promised_at: row.get(11)?,
        judged_by: user(12)?,
        judged_at: row.get(13)?,
        version: row.get(14)?,
    })
}

/// Promises of an edition whose period begins on or after a day, the oldest first.
///
/// # Errors
/// When the database does not answer.
pub async fn since(q: &impl Query, edition: EditionId, span: Span, from: NaiveDate) -> Outcome<Vec<Commitment>> {
    let sql = format!(
        "select {COMMITMENT} from commitment c where c.edition_id = $1 and c.span = $2 and c.begins_on >= $3
         order by c.begins_on, c.team, c.id"
    );
    q.rows(&sql, values![edition.uuid(), span.code(), from]).await?.iter().map(commitment_of).collect()
}

/// Tasks of finished editions of a series as they really went, by template, with the edition each was lived in.
///
/// # Errors
/// When the database does not answer.
pub async fn lived(reader: &Reader, series: SeriesId, template: &str) -> Outcome<Vec<(EditionId, Lived)>> {
    let sql = "select t.edition_id, t.id, t.code, t.actual_start, t.actual_finish, t.round,
         (select min(r.at) from task_report r where r.task_id = t.id and r.kind = 'submit')
         from task t join edition e on e.id = t.edition_id join plan p on p.edition_id = e.id
         where e.series_id = $1 and p.template = $2 and e.status in ('closed', 'archived') and t.kind = 'task'
         and t.state in ('accepted', 'confirmed') and t.actual_start is not null and t.actual_finish is not null
         order by e.opens_on, t.sort";
    let rows = reader.rows(sql, values![series.uuid(), template]).await?;
    let sql = "select c.task_id, c.reason from commitment c join edition e on e.id = c.edition_id
               where e.series_id = $1 and c.outcome = 'missed' and c.reason is not null order by c.begins_on";
    let mut reasons: HashMap<Uuid, Vec<String>> = HashMap::new();
    for row in reader.rows(sql, values![series.uuid()]).await? {
        reasons.entry(row.get(0)?).or_default().push(row.get(1)?);
    }
    rows.iter()
        .map(|row| {
            let accepted = row.get(4)?;
            let lived = Lived {
                code: row.get(2)?,
                began: row.get(3)?,
                first_in: row.get::<Option<_>>(6)?.unwrap_or(accepted),
                accepted,
                rounds: row.get(5)?,
                reasons: reasons.remove(&row.get::<Uuid>(1)?).unwrap_or_default(),
            };
            Ok((EditionId::from_uuid(row.get(0)?), lived))
        })
        .collect()
}

/// The versions of a template's durations a series has learned, the newest first.
///
/// # Errors
/// When the database does not answer.
pub async fn versions(q: &impl Query, series: SeriesId, template: &str) -> Outcome<Vec<Version>> {
    let sql = "select l.number, l.edition_id, e.name_en, e.name_zh, l.durations, u.name, l.at from learned l
               join edition e on e.id = l.edition_id left join \"user\" u on u.id = l.\"by\"
               where l.series_id = $1 and l.template = $2 order by l.number desc";
    let rows = q.rows(sql, values![series.uuid(), template]).await?;
    rows.iter()
        .map(|row| {
            let durations: serde_json::Value = row.get(4)?;
            let durations: Durations =
                serde_json::from_value(durations).map_err(|error| Fault::impossible("learned", error))?;
            Ok(Version {
                number: row.get(0)?,
                edition: EditionId::from_uuid(row.get(1)?),
                edition_name: Bilingual::new(row.get::<String>(2)?, row.get::<String>(3)?),
                durations,
                by: row.get::<Option<String>>(5)?.unwrap_or_default(),
                at: row.get(6)?,
            })
        })
        .collect()
}
