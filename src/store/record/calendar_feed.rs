//! Calendar feeds by secret address.

use crate::{Outcome, Query, Row, Tx, values};
use chrono::{DateTime, Utc};
use domain::plan::feed::{About, Feed};
use domain::{Bilingual, CalendarFeedId, EditionId, PlaceId, UserId};
use uuid::Uuid;

const COLUMNS: &str = "f.id, f.edition_id, f.user_id, f.place_id, p.name_en, p.name_zh, f.created_at, f.used_at";

fn feed_of(row: &Row) -> Outcome<Feed> {
    let place = row.get::<Option<Uuid>>(3)?.map(PlaceId::from_uuid);
    let name = match place {
        Some(_) => Some(Bilingual::new(row.get::<String>(4)?, row.get::<String>(5)?)),
        None => None,
    };
    Ok(Feed {
        id: CalendarFeedId::from_uuid(row.get(0)?),
        edition: EditionId::from_uuid(row.get(1)?),
        user: UserId::from_uuid(row.get(2)?),
        about: place.map_or(About::Person, About::Place),
        place: name,
        created_at: row.get(6)?,
        used_at: row.get(7)?,
    })
}

/// The living feeds of a person in an edition.
///
/// # Errors
/// When the database does not answer.
pub async fn all(q: &impl Query, edition: EditionId, user: UserId) -> Outcome<Vec<Feed>> {
    let sql = format!(
        "select {COLUMNS} from calendar_feed f left join place p on p.id = f.place_id
         where f.edition_id = $1 and f.user_id = $2 and f.revoked_at is null order by f.created_at, f.id"
    );
    let rows = q.rows(&sql, values![edition.uuid(), user.uuid()]).await?;
    rows.iter().map(feed_of).collect()
}

/// The living feed behind a secret.
///
/// # Errors
/// When the database does not answer.
pub async fn by_secret(q: &impl Query, hash: &str) -> Outcome<Option<Feed>> {
    let sql = format!(
        "select {COLUMNS} from calendar_feed f left join place p on p.id = f.place_id
         where f.secret_hash = $1 and f.revoked_at is null"
    );
    q.rows(&sql, values![hash]).await?.first().map(feed_of).transpose()
}

/// Adds a feed.
///
/// # Errors
/// When the database does not answer.
pub async fn insert(tx: &Tx, feed: &Feed, hash: &str) -> Outcome<()> {
    let columns = ["id", "edition_id", "user_id", "about", "place_id", "secret_hash", "created_at"];
    let place = match feed.about {
        About::Place(place) => Some(place.uuid()),
        About::Person => None,
    };
    let row =
        values![feed.id.uuid(), feed.edition.uuid(), feed.user.uuid(), feed.about.code(), place, hash, feed.created_at];
    tx.insert("calendar_feed", &columns, vec![row]).await
}

/// Gives a feed another secret; the old address is nothing from then on.
///
/// # Errors
/// When the database does not answer.
pub async fn rotate(tx: &Tx, id: CalendarFeedId, hash: &str) -> Outcome<()> {
    tx.run("update calendar_feed set secret_hash = $2, used_at = null where id = $1", values![id.uuid(), hash]).await?;
    Ok(())
}

/// Ends a feed.
///
/// # Errors
/// When the database does not answer.
pub async fn revoke(tx: &Tx, id: CalendarFeedId, now: DateTime<Utc>) -> Outcome<()> {
    tx.run("update calendar_feed set revoked_at = $2 where id = $1", values![id.uuid(), now]).await?;
    Ok(())
}

/// Notes that a calendar asked.
///
/// # Errors
/// When the database does not answer.
pub async fn used(tx: &Tx, id: CalendarFeedId, now: DateTime<Utc>) -> Outcome<()> {
    tx.run("update calendar_feed set used_at = $2 where id = $1", values![id.uuid(), now]).await?;
    Ok(())
}
