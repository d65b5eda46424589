//! Reading facts: timelines of records and the feed of an edition.

use super::{
    order::Order,
    sales::{Conditions, contains, page},
};
use crate::{Outcome, Query, Reader, Row, values, watch};
use chrono::{DateTime, Utc};
use domain::{
    EditionId,
    journal::{Entry, Fact, Subject, SubjectKind},
    sales::view::Page,
};
use uuid::Uuid;

/// The latest facts about a record, newest first.
///
/// # Errors
/// When the database does not answer.
pub async fn timeline(reader: &Reader, subject: Subject, limit: u32) -> Outcome<Vec<Entry>> {
    let sql = format!("{SELECT} where subject_id = $1 and subject_kind = $2 order by id desc limit {limit}");
    let rows = reader.rows(&sql, values![subject.id, subject.kind.code()]).await?;
    rows.iter().map(entry).collect()
}

/// The latest facts of an edition, newest first; `before` pages on.
///
/// # Errors
/// When the database does not answer.
pub async fn feed(
    reader: &Reader,
    edition: EditionId,
    before: Option<Uuid>,
    limit: u32,
) -> Outcome<Vec<(Uuid, Entry)>> {
    let before = before.unwrap_or(Uuid::max());
    let sql = format!("{SELECT} where edition_id = $1 and id < $2 order by id desc limit {limit}");
    let rows = reader.rows(&sql, values![edition.uuid(), before]).await?;
    rows.iter().map(|row| Ok((row.get(0)?, entry(row)?))).collect()
}

/// What the journal is narrowed to.
#[derive(Clone, Debug, Default)]
pub struct JournalFilter {
    /// Words of the name of who acted.
    pub who: String,
    /// The kind of record it is about.
    pub about: Option<SubjectKind>,
    /// From this moment on.
    pub from: Option<DateTime<Utc>>,
    /// Only before this moment.
    pub before: Option<DateTime<Utc>>,
    /// Cursor.
    pub after: String,
}

/// A page of the journal of an edition, newest first.
///
/// # Errors
/// When the database does not answer.
pub async fn journal(
    reader: &Reader,
    edition: EditionId,
    filter: &JournalFilter,
    limit: usize,
) -> Outcome<Page<Entry>> {
    let mut conditions = Conditions::new(values![edition.uuid()]);
    if !filter.who.trim().is_empty() {
        conditions.and("lower(actor_name) like ? escape '\\'", values![contains(&filter.who)]);
    }
    if let Some(about) = filter.about {
        conditions.and("subject_kind = ?", values![about.code()]);
    }
    if let Some(from) = filter.from {
        conditions.and("at >= ?", values![from]);
    }
    if let Some(before) = filter.before {
        conditions.and("at < ?", values![before]);
    }
    let order = Order::made("id", true);
    order.after(&mut conditions, &filter.after);
    let sql = format!("{SELECT} where edition_id = $1{}{} limit {}", conditions.sql(), order.sql(), limit + 1);
    let rows = reader.rows(&sql, conditions.bound()).await?;
    let rows = rows.iter().map(|row| Ok((row.get::<Uuid>(0)?, entry(row)?))).collect::<Outcome<Vec<_>>>()?;
    let found = page(rows, limit, |(id, _)| (String::new(), *id));
    Ok(Page { rows: found.rows.into_iter().map(|(_, entry)| entry).collect(), next: found.next })
}

const SELECT: &str =
    "select id, edition_id, at, actor_kind, actor_name, kind, subject_kind, subject_id, data from fact";

fn entry(row: &Row) -> Outcome<Entry> {
    let kind: String = row.get(6)?;
    let data: serde_json::Value = row.get(8)?;
    Ok(Entry {
        at: row.get(2)?,
        actor_kind: row.get(3)?,
        actor_name: row.get(4)?,
        fact: Fact {
            kind: row.get(5)?,
            subject: watch::subject(&kind, row.get(7)?)?,
            edition: row.get::<Option<Uuid>>(1)?.map(EditionId::from_uuid),
            data: data.as_object().cloned().unwrap_or_default(),
        },
    })
}
