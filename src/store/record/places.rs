//! The rules by which categories take people in, and the places they have given.

use super::registration::{COLUMNS, registration_of};
use crate::{Fault, Outcome, Query, Row, Tx, values};
use domain::{
    Bilingual, EditionId,
    registration::{Category, Intake, Registration},
};

const INTAKE: &str =
    "category, public, approval, capacity, opens_on, closes_on, waiting_list, promotes, hint_en, hint_zh, version";

fn intake_of(row: &Row) -> Outcome<Intake> {
    let category: String = row.get(0)?;
    Ok(Intake {
        category: Category::parse(&category).ok_or_else(|| Fault::impossible("registration_intake", &category))?,
        public: row.get(1)?,
        approval: row.get(2)?,
        capacity: row.get(3)?,
        opens_on: row.get(4)?,
        closes_on: row.get(5)?,
        waiting_list: row.get(6)?,
        promotes: row.get(7)?,
        hint: Bilingual::new(row.get::<String>(8)?, row.get::<String>(9)?),
        version: row.get(10)?,
    })
}

/// The rules of every category, in the order of lists; those nobody set are the standard ones.
///
/// # Errors
/// When the database does not answer.
pub async fn all(q: &impl Query, edition: EditionId) -> Outcome<Vec<Intake>> {
    let sql = format!("select {INTAKE} from registration_intake where edition_id = $1");
    let rows = q.rows(&sql, values![edition.uuid()]).await?;
    let set: Vec<Intake> = rows.iter().map(intake_of).collect::<Outcome<_>>()?;
    let of = |category: &Category| {
        set.iter().find(|one| one.category == *category).cloned().unwrap_or_else(|| Intake::standard(*category))
    };
    Ok(Category::ALL.iter().map(of).collect())
}

/// The rules of one category.
///
/// # Errors
/// When the database does not answer.
pub async fn of(q: &impl Query, edition: EditionId, category: Category) -> Outcome<Intake> {
    let sql = format!("select {INTAKE} from registration_intake where edition_id = $1 and category = $2");
    let found = q.rows(&sql, values![edition.uuid(), category.code()]).await?.first().map(intake_of).transpose()?;
    Ok(found.unwrap_or_else(|| Intake::standard(category)))
}

/// Saves the rules of a category.
///
/// # Errors
/// [`Fault::Stale`] when somebody else set them since `version`; `Taken` when somebody set the first ones just now.
pub async fn save(tx: &Tx, edition: EditionId, intake: &Intake) -> Outcome<()> {
    let row = values![
        edition.uuid(),
        intake.category.code(),
        intake.public,
        intake.approval,
        intake.capacity,
        intake.opens_on,
        intake.closes_on,
        intake.waiting_list,
        intake.promotes,
        intake.hint.en.as_str(),
        intake.hint.zh.as_str(),
        intake.version
    ];
    let touched = tx
        .run(
            "update registration_intake set public = $3, approval = $4, capacity = $5, opens_on = $6, closes_on = $7,
             waiting_list = $8, promotes = $9, hint_en = $10, hint_zh = $11, version = version + 1
             where edition_id = $1 and category = $2 and version = $12",
            row.clone(),
        )
        .await?;
    if touched > 0 {
        return Ok(());
    }
    if intake.version > 0 {
        return Err(Fault::Stale);
    }
    let columns = [
        "edition_id",
        "category",
        "public",
        "approval",
        "capacity",
        "opens_on",
        "closes_on",
        "waiting_list",
        "promotes",
        "hint_en",
        "hint_zh",
        "version",
    ];
    let mut first = row;
    first[11] = 1.into();
    tx.insert("registration_intake", &columns, vec![first]).await
}

/// How many hold a place of a category: everybody who is not refused, withdrawn or waiting for one.
///
/// # Errors
/// When the database does not answer.
pub async fn taken(q: &impl Query, edition: EditionId, category: Category) -> Outcome<i64> {
    // Those who wait are few; the others are counted in the index alone.
    let live = q
        .scalar::<i64>(
            "select count(*) from registration where edition_id = $1 and category = $2
             and status in ('invited', 'registered', 'approved')",
            values![edition.uuid(), category.code()],
        )
        .await?;
    Ok(live.unwrap_or(0) - waiting_count(q, edition, category).await?)
}

/// How many wait for a place of a category.
///
/// # Errors
/// When the database does not answer.
pub async fn waiting_count(q: &impl Query, edition: EditionId, category: Category) -> Outcome<i64> {
    let sql = "select count(*) from registration where edition_id = $1 and waiting_since is not null and category = $2
               and status = 'registered'";
    Ok(q.scalar(sql, values![edition.uuid(), category.code()]).await?.unwrap_or(0))
}

/// How many hold a place and how many wait, of every category.
///
/// # Errors
/// When the database does not answer.
pub async fn places(q: &impl Query, edition: EditionId) -> Outcome<Vec<(Category, i64, i64)>> {
    let live = q
        .rows(
            "select category, count(*) from registration where edition_id = $1
             and status in ('invited', 'registered', 'approved') group by category",
            values![edition.uuid()],
        )
        .await?;
    let waiting = q
        .rows(
            "select category, count(*) from registration where edition_id = $1 and waiting_since is not null
             and status = 'registered' group by category",
            values![edition.uuid()],
        )
        .await?;
    let pair = |row: &Row| -> Outcome<(String, i64)> { Ok((row.get(0)?, row.get(1)?)) };
    let live: Vec<(String, i64)> = live.iter().map(pair).collect::<Outcome<_>>()?;
    let waiting: Vec<(String, i64)> = waiting.iter().map(pair).collect::<Outcome<_>>()?;
    let of = |list: &[(String, i64)], code: &str| list.iter().find(|(c, _)| c == code).map_or(0, |(_, n)| *n);
    Ok(Category::ALL
        .iter()
        .map(|category| {
            let wait = of(&waiting, category.code());
            (*category, of(&live, category.code()) - wait, wait)
        })
        .collect())
}

/// The first of those who wait for a place of a category.
///
/// # Errors
/// When the database does not answer.
pub async fn first_waiting(tx: &Tx, edition: EditionId, category: Category, limit: i64) -> Outcome<Vec<Registration>> {
    let sql = format!(
        "select {COLUMNS} from registration where edition_id = $1 and waiting_since is not null and category = $2
         and status = 'registered' order by waiting_since, number limit {}",
        limit.clamp(0, 500)
    );
    let rows = tx.rows(&sql, values![edition.uuid(), category.code()]).await?;
    rows.iter().map(registration_of).collect()
}

/// How many stand before a registration on its waiting list.
///
/// # Errors
/// When the database does not answer.
pub async fn ahead(q: &impl Query, r: &Registration) -> Outcome<i64> {
    let Some(since) = r.waiting_since else { return Ok(0) };
    let sql = "select count(*) from registration where edition_id = $1 and waiting_since is not null and category = $2
               and status = 'registered' and (waiting_since < $3 or (waiting_since = $3 and number < $4))";
    Ok(q.scalar(sql, values![r.edition.uuid(), r.category.code(), since, r.number]).await?.unwrap_or(0))
}
