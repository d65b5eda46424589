//! Registrations as pages and the API show them.

use crate::{
    Fault, Outcome, Query, Reader, Row, dialect,
    record::{places, registration as record},
    values,
};
use chrono::NaiveDate;
use domain::{
    Bilingual, CredentialId, EditionId, RegistrationId,
    registration::{
        Category, Consent, Credential, Intake, Registration,
        view::{Badge, CredentialRow, DayCount, Filter, RegistrationCounts, RegistrationRow, ScanRow},
    },
    search::query_terms,
};
use sea_orm::Value;
use uuid::Uuid;

pub(crate) const LIST: &str =
    "select r.id, r.number, r.display_name, r.answers, r.company, r.job_title, r.email, r.phone, r.country,
    r.category, r.channel, r.status, r.created_at, r.local_day,
    (select c.serial from credential c where c.registration_id = r.id and c.edition_id = r.edition_id
       order by c.serial desc limit 1),
    (select c.state from credential c where c.registration_id = r.id and c.edition_id = r.edition_id
       order by c.serial desc limit 1), r.waiting_since";

/// Counting what a search finds stops here; a person narrows it down long before.
pub const MOST_COUNTED: i64 = 1_000;

/// How a filter is answered: tables, condition, order, and the values bound from `$1` on.
pub(super) struct Search {
    pub(super) from: String,
    pub(super) condition: String,
    order: String,
    /// Where the walk through the index is, if words are looked for.
    walk: Option<&'static str>,
    pub(super) bound: Vec<Value>,
}

/// `None` when nothing can match. Words walk the index from its newest document, which is the order of numbers.
pub(super) fn search(reader: &Reader, edition: EditionId, filter: &Filter) -> Option<Search> {
    let mut bound = values![edition.uuid()];
    let mut parts = vec!["r.edition_id = $1".to_owned()];
    let mut equals = |column: &str, value: Option<Value>| {
        if let Some(value) = value {
            bound.push(value);
            parts.push(format!("r.{column} = ${}", bound.len()));
        }
    };
    equals("category", filter.category.map(|c| c.code().into()));
    equals("status", filter.status.map(|s| s.code().into()));
    equals("channel", filter.channel.map(|c| c.code().into()));
    equals("country", filter.country.clone().map(Into::into));
    equals("local_day", filter.day.map(Into::into));
    if filter.waiting {
        parts.push("r.waiting_since is not null".to_owned());
    }
    let (mut from, mut order, mut place) = ("registration r".to_owned(), "r.number desc".to_owned(), None);
    if !filter.q.trim().is_empty() {
        let walk = dialect::search::newest(reader.backend(), &query_terms(&filter.q), bound.len() + 1)?;
        bound.push(walk.expression.as_str().into());
        parts.push(format!("{} and d.kind = 'registration' and d.edition_id = $1 and r.id = d.id", walk.condition));
        from = format!("{} cross join registration r", walk.from);
        (order, place) = (walk.order(), Some(walk.place));
    }
    Some(Search { from, condition: parts.join(" and "), order, walk: place, bound })
}

/// Registrations of an edition, newest number first, those before `before`.
///
/// # Errors
/// When the database does not answer.
pub async fn list(
    reader: &Reader,
    edition: EditionId,
    filter: &Filter,
    before: Option<i32>,
    limit: u32,
) -> Outcome<Vec<RegistrationRow>> {
    let Some(Search { from, mut condition, order, walk, mut bound }) = search(reader, edition, filter) else {
        return Ok(Vec::new());
    };
    bound.push(before.unwrap_or(i32::MAX).into());
    let place = bound.len();
    if let (Some(walk), Some(_)) = (walk, before) {
        condition.push_str(&format!(
            " and {walk} < coalesce((select l.row_no from registration e join search_document l on l.id = e.id
               where e.edition_id = $1 and e.number = ${place}), {})",
            i64::MAX
        ));
    }
    let sql = format!("{LIST} from {from} where {condition} and r.number < ${place} order by {order} limit {limit}");
    reader.rows(&sql, bound).await?.iter().map(list_row).collect()
}

/// One registration as the list shows it.
///
/// # Errors
/// When the database does not answer.
pub async fn row(reader: &Reader, edition: EditionId, id: RegistrationId) -> Outcome<Option<RegistrationRow>> {
    let sql = format!("{LIST} from registration r where r.edition_id = $1 and r.id = $2");
    reader.rows(&sql, values![edition.uuid(), id.uuid()]).await?.first().map(list_row).transpose()
}

/// The registrations of one person in an edition, newest first.
///
/// # Errors
/// When the database does not answer.
pub async fn of_party(reader: &Reader, edition: EditionId, party: Uuid) -> Outcome<Vec<RegistrationRow>> {
    let sql = format!(
        "{LIST} from registration r where r.party_id = $1 and r.edition_id = $2 order by r.number desc limit 20"
    );
    reader.rows(&sql, values![party, edition.uuid()]).await?.iter().map(list_row).collect()
}

pub(crate) fn list_row(row: &Row) -> Outcome<RegistrationRow> {
    let (other_name, answers) = record::answers_of_row(row, 3)?;
    let serial: Option<i64> = row.get(14)?;
    let state: Option<String> = row.get(15)?;
    Ok(RegistrationRow {
        id: RegistrationId::from_uuid(row.get(0)?),
        number: row.get(1)?,
        display_name: row.get(2)?,
        other_name,
        answers,
        waiting_since: row.get(16)?,
        company: row.get(4)?,
        job_title: row.get(5)?,
        email: row.get(6)?,
        phone: row.get(7)?,
        country: row.get(8)?,
        category: row.get(9)?,
        channel: row.get(10)?,
        status: row.get(11)?,
        created_at: row.get(12)?,
        local_day: row.get(13)?,
        badge: serial.zip(state),
    })
}

/// How many match a filter; what words find is counted up to [`MOST_COUNTED`].
///
/// # Errors
/// When the database does not answer.
pub async fn count(reader: &Reader, edition: EditionId, filter: &Filter) -> Outcome<i64> {
    let Some(Search { from, condition, bound, .. }) = search(reader, edition, filter) else { return Ok(0) };
    let sql = match filter.q.trim() {
        "" => format!("select count(*) from {from} where {condition}"),
        _ => format!("select count(*) from (select 1 from {from} where {condition} limit {MOST_COUNTED}) t"),
    };
    Ok(reader.scalar(&sql, bound).await?.unwrap_or(0))
}

/// The counts of an edition by each thing the list can be narrowed to: one pass over one index.
///
/// # Errors
/// When the database does not answer.
pub async fn counts(reader: &Reader, edition: EditionId) -> Outcome<RegistrationCounts> {
    let sql = "select status, category, channel, country, count(*) from registration where edition_id = $1
               group by status, category, channel, country";
    let rows = reader.rows(sql, values![edition.uuid()]).await?;
    let group = |row: &Row| -> Outcome<([String; 4], i64)> {
        Ok(([row.get(0)?, row.get(1)?, row.get(2)?, row.get(3)?], row.get(4)?))
    };
    Ok(RegistrationCounts::of(&rows.iter().map(group).collect::<Outcome<Vec<_>>>()?))
}

/// How many came in on each day, by channel.
///
/// # Errors
/// When the database does not answer.
pub async fn curve(reader: &Reader, edition: EditionId) -> Outcome<Vec<DayCount>> {
    let sql = "select local_day, channel, count(*) from registration where edition_id = $1
               and status not in ('cancelled', 'rejected') group by local_day, channel order by local_day, channel";
    let rows = reader.rows(sql, values![edition.uuid()]).await?;
    rows.iter().map(|row| Ok(DayCount { day: row.get(0)?, channel: row.get(1)?, count: row.get(2)? })).collect()
}

/// One registration.
///
/// # Errors
/// When the database does not answer.
pub async fn registration(reader: &Reader, edition: EditionId, id: RegistrationId) -> Outcome<Option<Registration>> {
    let sql = format!("select {} from registration where edition_id = $1 and id = $2", record::COLUMNS);
    reader.rows(&sql, values![edition.uuid(), id.uuid()]).await?.first().map(record::registration_of).transpose()
}

/// The registration a registrant's key opens, by the key's hash.
///
/// # Errors
/// When the database does not answer.
pub async fn by_access(reader: &Reader, edition: EditionId, access_hash: &str) -> Outcome<Option<Registration>> {
    let sql = format!("select {} from registration where access_hash = $1 and edition_id = $2", record::COLUMNS);
    reader.rows(&sql, values![access_hash, edition.uuid()]).await?.first().map(record::registration_of).transpose()
}

/// The consents of a registration, oldest first.
///
/// # Errors
/// When the database does not answer.
pub async fn consents(reader: &Reader, id: RegistrationId) -> Outcome<Vec<Consent>> {
    record::consents(reader, id).await
}

/// The badges of a registration, newest first.
///
/// # Errors
/// When the database does not answer.
pub async fn credentials(reader: &Reader, edition: EditionId, id: RegistrationId) -> Outcome<Vec<CredentialRow>> {
    let sql = "select id, serial, category, state, reprint_no, valid_from, valid_until, issued_at from credential
               where registration_id = $1 and edition_id = $2 order by serial desc";
    let rows = reader.rows(sql, values![id.uuid(), edition.uuid()]).await?;
    let credential = |row: &Row| -> Outcome<CredentialRow> {
        Ok(CredentialRow {
            id: CredentialId::from_uuid(row.get(0)?),
            serial: row.get(1)?,
            category: row.get(2)?,
            state: row.get(3)?,
            reprint_no: row.get::<i32>(4)?.into(),
            valid_from: row.get(5)?,
            valid_until: row.get(6)?,
            issued_at: row.get(7)?,
        })
    };
    rows.iter().map(credential).collect()
}

/// The active badge of a registration with its code.
///
/// # Errors
/// When the database does not answer.
pub async fn active_credential(reader: &Reader, edition: EditionId, id: RegistrationId) -> Outcome<Option<Credential>> {
    let sql = format!(
        "select {} from credential where registration_id = $1 and edition_id = $2 and state = 'active'",
        record::CREDENTIAL
    );
    reader.rows(&sql, values![id.uuid(), edition.uuid()]).await?.first().map(record::credential_of).transpose()
}

/// What is printed on the active badge of a registration; `None` without one.
///
/// # Errors
/// When the database does not answer.
pub async fn badge(reader: &Reader, edition: EditionId, id: RegistrationId) -> Outcome<Option<Badge>> {
    let Some(credential) = active_credential(reader, edition, id).await? else { return Ok(None) };
    let Some(r) = registration(reader, edition, id).await? else { return Ok(None) };
    let sql = "select e.name_en, e.name_zh, v.name_en, v.name_zh, e.opens_on, e.closes_on
               from edition e join venue v on v.id = e.venue_id where e.id = $1";
    let rows = reader.rows(sql, values![edition.uuid()]).await?;
    let show = rows.first().ok_or_else(|| Fault::impossible("registration", "its edition is gone"))?;
    let text = |en: usize, zh: usize| -> Outcome<Bilingual> {
        Ok(Bilingual::new(show.get::<String>(en)?, show.get::<String>(zh)?))
    };
    Ok(Some(Badge {
        edition: text(0, 1)?,
        place: text(2, 3)?,
        opens_on: show.get(4)?,
        closes_on: show.get(5)?,
        name: r.details.display_name,
        other_name: r.details.other_name,
        company: r.details.company,
        job_title: r.details.job_title,
        category: credential.category.code().to_owned(),
        country: r.details.country,
        serial: i64::from(credential.serial),
        number: r.number,
        code: credential.code,
        locale: r.details.locale,
    }))
}

/// When and where the badges of a registration were presented, newest first.
///
/// # Errors
/// When the database does not answer.
pub async fn scans(reader: &Reader, edition: EditionId, id: RegistrationId, limit: u32) -> Outcome<Vec<ScanRow>> {
    // Through the badges: the log is indexed by them, and it is the largest table of all.
    let sql = format!(
        "select s.entry_time, coalesce(g.name_en, ''), coalesce(g.name_zh, ''), s.direction, s.verdict, s.reason, s.offline,
           d.name
         from scan s left join gate g on g.id = s.gate_id left join device d on d.id = s.device_id
         where s.edition_id = $1 and s.credential_id in
           (select id from credential where registration_id = $2 and edition_id = $1)
         order by s.entry_time desc limit {limit}"
    );
    let rows = reader.rows(&sql, values![edition.uuid(), id.uuid()]).await?;
    let scan = |row: &Row| -> Outcome<ScanRow> {
        Ok(ScanRow {
            at: row.get(0)?,
            gate_en: row.get(1)?,
            gate_zh: row.get(2)?,
            direction: row.get(3)?,
            verdict: row.get(4)?,
            reason: row.get(5)?,
            offline: row.get(6)?,
            device: row.get(7)?,
        })
    };
    rows.iter().map(scan).collect()
}

/// The days registrations came in on, for the filter's list; newest first.
///
/// # Errors
/// When the database does not answer.
pub async fn days(reader: &Reader, edition: EditionId) -> Outcome<Vec<NaiveDate>> {
    // From day to day through the index: `distinct` would read every registration.
    let sql = "with recursive came(day) as (
                 select max(local_day) from registration where edition_id = $1
                 union all
                 select (select max(r.local_day) from registration r where r.edition_id = $1 and r.local_day < came.day)
                 from came where came.day is not null)
               select day from came where day is not null limit 400";
    reader.rows(sql, values![edition.uuid()]).await?.iter().map(|row| row.get(0)).collect()
}

/// How many stand before a registration on its waiting list.
///
/// # Errors
/// When the database does not answer.
pub async fn ahead(reader: &Reader, registration: &Registration) -> Outcome<i64> {
    places::ahead(reader, registration).await
}

/// The rules of every category.
///
/// # Errors
/// When the database does not answer.
pub async fn intakes(reader: &Reader, edition: EditionId) -> Outcome<Vec<Intake>> {
    places::all(reader, edition).await
}

/// How many hold a place and how many wait, by category.
///
/// # Errors
/// When the database does not answer.
pub async fn places(reader: &Reader, edition: EditionId) -> Outcome<Vec<(Category, i64, i64)>> {
    places::places(reader, edition).await
}
