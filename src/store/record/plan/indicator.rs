//! Indicators as use cases save them. One that has been taken off stays: its measurements name it.

use crate::{Fault, Outcome, Query, Tx, values};
use chrono::{DateTime, Utc};
use domain::plan::{Function, Indicator};

const COLUMNS: [&str; 18] = [
    "id",
    "edition_id",
    "task_id",
    "name_en",
    "name_zh",
    "kind",
    "unit",
    "comparison",
    "target",
    "mandatory",
    "sort",
    "tolerance",
    "stop_limit",
    "method",
    "source",
    "role",
    "metric",
    "version",
];

fn values_of(one: &Indicator) -> Vec<sea_orm::Value> {
    let (comparison, target) = match one.target {
        Some(target) => (target.comparison.code(), target.value.to_string()),
        None => ("is", "1".to_owned()),
    };
    let number = |value: Option<f64>| value.map(|value| value.to_string()).unwrap_or_default();
    values![
        one.id.uuid(),
        one.edition.uuid(),
        one.task.uuid(),
        one.name.en.as_str(),
        one.name.zh.as_str(),
        one.kind.code(),
        one.unit.as_str(),
        comparison,
        target,
        one.mandatory,
        one.sort,
        number(one.tolerance),
        number(one.stop),
        one.method.as_str(),
        one.source.as_str(),
        one.role.map(Function::code).unwrap_or_default(),
        one.metric.as_ref().map(|used| used.text()).unwrap_or_default(),
        one.version
    ]
}

/// Adds indicators.
///
/// # Errors
/// When the database does not answer.
pub async fn insert_indicators(tx: &Tx, all: &[Indicator]) -> Outcome<()> {
    tx.insert("indicator", &COLUMNS, all.iter().map(values_of)).await
}

/// Saves an indicator if nobody else changed it since.
///
/// # Errors
/// `Stale` when somebody did.
pub async fn save_indicator(tx: &Tx, one: &Indicator) -> Outcome<()> {
    let mut bound = values![one.id.uuid(), one.version];
    let mut sets = Vec::new();
    let kept = ["id", "edition_id", "task_id", "version"];
    for (column, value) in COLUMNS.iter().zip(values_of(one)).filter(|(column, _)| !kept.contains(column)) {
        bound.push(value);
        sets.push(format!("\"{column}\" = ${}", bound.len()));
    }
    let sql = format!(
        "update indicator set {}, version = version + 1 where id = $1 and version = $2 and retired_at is null",
        sets.join(", ")
    );
    if tx.run(&sql, bound).await? == 0 { Err(Fault::Stale) } else { Ok(()) }
}

/// Takes an indicator off the list; what was measured stays.
///
/// # Errors
/// `Stale` when somebody changed it since.
pub async fn retire_indicator(tx: &Tx, one: &Indicator, now: DateTime<Utc>) -> Outcome<()> {
    let sql = "update indicator set retired_at = $3, version = version + 1
               where id = $1 and version = $2 and retired_at is null";
    let touched = tx.run(sql, values![one.id.uuid(), one.version, now]).await?;
    if touched == 0 { Err(Fault::Stale) } else { Ok(()) }
}
