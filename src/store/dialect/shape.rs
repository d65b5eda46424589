//! The shape of a table as the database tells it, and its rows as JSON: how a hub copies tables without knowing their
//! columns one by one. Both databases give the same JSON for the same row.

use crate::{Backend, Fault, Outcome, Query, Row, values};
use chrono::{DateTime, NaiveDate, SecondsFormat, Utc};
use sea_orm::Value;
use serde_json::{Map, Value as Json};
use uuid::Uuid;

/// What a column holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Holds {
    /// Text.
    Text,
    /// A uuid.
    Id,
    /// A 32-bit whole number.
    Small,
    /// A 64-bit whole number.
    Big,
    /// Yes or no.
    Flag,
    /// A moment.
    At,
    /// A day.
    Day,
    /// A document.
    Json,
    /// Bytes.
    Bytes,
}

/// A column.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Column {
    /// Its name.
    pub name: String,
    /// What it holds.
    pub holds: Holds,
}

/// The columns of a table in their order. Names of tables are ours, never typed by anybody.
///
/// # Errors
/// When the database does not answer, or has a type nobody here knows.
pub async fn columns(q: &impl Query, table: &'static str) -> Outcome<Vec<Column>> {
    let (sql, bound) = match q.backend() {
        Backend::Sqlite => (format!("select name, type from pragma_table_info('{table}') order by cid"), vec![]),
        Backend::Postgres => (
            "select column_name::text, udt_name::text from information_schema.columns
             where table_schema = current_schema() and table_name = $1 order by ordinal_position"
                .to_owned(),
            values![table],
        ),
    };
    let rows = q.rows(&sql, bound).await?;
    let column = |row: &Row| -> Outcome<Column> {
        let kind: String = row.get(1)?;
        let holds =
            holds(&kind.to_ascii_lowercase()).ok_or_else(|| Fault::impossible(table, format!("type {kind}")))?;
        Ok(Column { name: row.get(0)?, holds })
    };
    rows.iter().map(column).collect()
}

fn holds(kind: &str) -> Option<Holds> {
    Some(match kind {
        kind if kind.starts_with("uuid") => Holds::Id,
        kind if kind.starts_with("timestamp") => Holds::At,
        kind if kind.starts_with("date") => Holds::Day,
        kind if kind.starts_with("json") => Holds::Json,
        kind if kind.starts_with("bool") => Holds::Flag,
        "bigint" | "int8" => Holds::Big,
        "integer" | "int4" | "int" => Holds::Small,
        "blob" | "bytea" => Holds::Bytes,
        kind if kind.contains("text") || kind.contains("char") => Holds::Text,
        _ => return None,
    })
}

/// A row as JSON, columns in the order they were asked for.
///
/// # Errors
/// When a value is not what its column says.
pub fn json_of(columns: &[Column], row: &Row) -> Outcome<Map<String, Json>> {
    let mut map = Map::with_capacity(columns.len());
    for (at, column) in columns.iter().enumerate() {
        let value = match column.holds {
            Holds::Text => row.get::<Option<String>>(at)?.map(Json::from),
            Holds::Id => row.get::<Option<Uuid>>(at)?.map(|id| Json::from(id.to_string())),
            Holds::Small => row.get::<Option<i32>>(at)?.map(Json::from),
            Holds::Big => row.get::<Option<i64>>(at)?.map(Json::from),
            Holds::Flag => row.get::<Option<bool>>(at)?.map(Json::from),
            Holds::At => {
                let at: Option<DateTime<Utc>> = row.get(at)?;
                at.map(|at| Json::from(at.to_rfc3339_opts(SecondsFormat::Micros, true)))
            }
            Holds::Day => row.get::<Option<NaiveDate>>(at)?.map(|day| Json::from(day.to_string())),
            Holds::Json => row.get::<Option<Json>>(at)?,
            Holds::Bytes => row.get::<Option<Vec<u8>>>(at)?.map(|bytes| Json::from(domain::text::hex(&bytes))),
        };
        map.insert(column.name.clone(), value.unwrap_or(Json::Null));
    }
    Ok(map)
}

/// The values of a row that came as JSON, to be bound; a column the other side does not have is null.
///
/// # Errors
/// When a value is not what its column says.
pub fn values_of(columns: &[Column], map: &Map<String, Json>) -> Outcome<Vec<Value>> {
    columns.iter().map(|column| value_of(column, map.get(&column.name).unwrap_or(&Json::Null))).collect()
}

fn value_of(column: &Column, json: &Json) -> Outcome<Value> {
    let bad = || Fault::impossible("exchange", format!("{} is not {:?}", column.name, column.holds));
    let text = || json.as_str().ok_or_else(bad);
    let given = !json.is_null();
    Ok(match column.holds {
        Holds::Text => given.then(text).transpose()?.map(str::to_owned).into(),
        Holds::Id => given.then(|| text()?.parse::<Uuid>().map_err(|_| bad())).transpose()?.into(),
        Holds::Small => {
            let whole = || json.as_i64().and_then(|n| i32::try_from(n).ok()).ok_or_else(bad);
            given.then(whole).transpose()?.into()
        }
        Holds::Big => given.then(|| json.as_i64().ok_or_else(bad)).transpose()?.into(),
        Holds::Flag => given.then(|| json.as_bool().ok_or_else(bad)).transpose()?.into(),
        Holds::At => given.then(|| text()?.parse::<DateTime<Utc>>().map_err(|_| bad())).transpose()?.into(),
        Holds::Day => given.then(|| text()?.parse::<NaiveDate>().map_err(|_| bad())).transpose()?.into(),
        Holds::Json => given.then(|| json.clone()).into(),
        Holds::Bytes => given.then(|| domain::text::unhex(text()?).ok_or_else(bad)).transpose()?.into(),
    })
}
