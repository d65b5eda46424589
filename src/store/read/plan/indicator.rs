//! Indicators: those of a task, those of a whole plan, and the latest answer to each.

use crate::{Fault, Outcome, Query, Row, values};
use chrono::{DateTime, Utc};
use domain::plan::{Comparison, Function, Indicator, IndicatorKind, MetricUse, Target};
use domain::{Bilingual, DocumentId, EditionId, IndicatorId, TaskId};
use std::collections::HashMap;
use uuid::Uuid;

const INDICATOR: &str = "i.id, i.edition_id, i.task_id, i.name_en, i.name_zh, i.kind, i.unit, i.comparison, i.target, \
    i.mandatory, i.sort, i.tolerance, i.stop_limit, i.method, i.source, i.role, i.metric, i.version";

fn indicator_of(row: &Row) -> Outcome<Indicator> {
    let (kind, comparison, target): (String, String, String) = (row.get(5)?, row.get(7)?, row.get(8)?);
    let number = |column: usize| row.get::<String>(column).map(|text| text.parse::<f64>().ok());
    let wanted = Comparison::parse(&comparison).zip(target.parse::<f64>().ok());
    let metric: String = row.get(16)?;
    let role: String = row.get(15)?;
    Ok(Indicator {
        id: IndicatorId::from_uuid(row.get(0)?),
        edition: EditionId::from_uuid(row.get(1)?),
        task: TaskId::from_uuid(row.get(2)?),
        name: Bilingual::new(row.get::<String>(3)?, row.get::<String>(4)?),
        kind: IndicatorKind::parse(&kind).ok_or_else(|| Fault::impossible("indicator", kind))?,
        unit: row.get(6)?,
        target: wanted.map(|(comparison, value)| Target::new(comparison, value)),
        tolerance: number(11)?,
        stop: number(12)?,
        method: row.get(13)?,
        source: row.get(14)?,
        role: Function::parse(&role),
        metric: MetricUse::parse(&metric),
        mandatory: row.get(9)?,
        sort: row.get(10)?,
        version: row.get(17)?,
    })
}

/// The criteria of a task, in order.
///
/// # Errors
/// When the database does not answer or holds what the domain does not know.
pub async fn indicators(q: &impl Query, edition: EditionId, task: TaskId) -> Outcome<Vec<Indicator>> {
    let sql = format!(
        "select {INDICATOR} from indicator i where i.edition_id = $1 and i.task_id = $2 and i.retired_at is null
         order by i.sort, i.id"
    );
    q.rows(&sql, values![edition.uuid(), task.uuid()]).await?.iter().map(indicator_of).collect()
}

/// The criteria of every task of a plan.
///
/// # Errors
/// When the database does not answer or holds what the domain does not know.
pub async fn all_indicators(q: &impl Query, edition: EditionId) -> Outcome<Vec<Indicator>> {
    let sql = format!(
        "select {INDICATOR} from indicator i where i.edition_id = $1 and i.retired_at is null order by i.task_id, i.sort, i.id"
    );
    q.rows(&sql, values![edition.uuid()]).await?.iter().map(indicator_of).collect()
}

/// The latest answer to an indicator.
#[derive(Debug, Clone, PartialEq)]
pub struct Latest {
    /// The value.
    pub value: f64,
    /// Evidence: identity and name.
    pub document: Option<(DocumentId, String)>,
    /// Who measured.
    pub by: String,
    /// When.
    pub at: DateTime<Utc>,
}

/// The latest answer to each indicator of a plan.
///
/// # Errors
/// When the database does not answer.
pub async fn latest(q: &impl Query, edition: EditionId) -> Outcome<HashMap<IndicatorId, Latest>> {
    let sql = "select m.indicator_id, m.value, m.document_id, d.name, coalesce(u.name, ''), m.at from measurement m
               left join document d on d.id = m.document_id left join \"user\" u on u.id = m.measured_by
               where m.edition_id = $1 and not exists (select 1 from measurement n where n.indicator_id = m.indicator_id
               and (n.at > m.at or (n.at = m.at and n.id > m.id)))";
    let rows = q.rows(sql, values![edition.uuid()]).await?;
    rows.iter()
        .map(|row| {
            let value: String = row.get(1)?;
            let document = row.get::<Option<Uuid>>(2)?.map(DocumentId::from_uuid);
            let latest = Latest {
                value: value.parse().map_err(|_| Fault::impossible("measurement", &value))?,
                document: document.zip(row.get::<Option<String>>(3)?),
                by: row.get(4)?,
                at: row.get(5)?,
            };
            Ok((IndicatorId::from_uuid(row.get(0)?), latest))
        })
        .collect()
}
