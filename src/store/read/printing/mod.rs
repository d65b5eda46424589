//! Printing as pages, agents and the API see it: layouts and badges here, stations, queue and log in [`log`].

mod log;

pub use log::{
    LogPage, batch, batch_file, batches, counts, job_line, jobs, printed_since, queue, station, station_by_key,
    station_lines, stations, waits,
};

use crate::read::registration::search;
use crate::{Fault, Outcome, Query, Reader, Row, values};
use domain::printing::view::{BatchOrder, LayoutVersion, LogoLine, NamedLayout, Selection};
use domain::printing::{Failure, Job, JobState, Layout, Purpose};
use domain::registration::{Category, view::Badge};
use domain::{
    BadgeLayoutId, BadgeLogoId, Bilingual, CredentialId, EditionId, Locale, PrintBatchId, PrintJobId, PrintStationId,
    RegistrationId,
};
use sea_orm::Value;
use uuid::Uuid;

/// The states in which a badge is on paper or on its way.
const COUNTS: &str = "('waiting', 'printing', 'printed', 'unsure')";

/// `$n` placeholders from `first` on, and the values they stand for.
pub(crate) fn list_of(ids: impl Iterator<Item = Uuid>, first: usize) -> (String, Vec<Value>) {
    let bound: Vec<Value> = ids.map(Value::from).collect();
    let places: Vec<String> = (0..bound.len()).map(|at| format!("${}", first + at)).collect();
    (places.join(", "), bound)
}

pub(crate) const JOB: &str = "j.edition_id, j.id, j.station_id, j.registration_id, j.credential_id, j.layout_id, \
                              j.layout_version, j.purpose, j.state, j.batch_id, j.attempt, j.tries, j.not_before, \
                              j.lease_until, j.holder, j.failure, j.note, j.asked_by, j.created_at, j.finished_at";
/// How many columns [`JOB`] has.
const JOB_WIDTH: usize = 20;

pub(crate) fn job_of(row: &Row) -> Outcome<Job> {
    let wrong = |what: &str| Fault::impossible("print_job", what);
    let (purpose, state): (String, String) = (row.get(7)?, row.get(8)?);
    let failure: Option<String> = row.get(15)?;
    let id = |column: usize| row.get::<Option<Uuid>>(column);
    Ok(Job {
        edition: EditionId::from_uuid(row.get(0)?),
        id: PrintJobId::from_uuid(row.get(1)?),
        station: id(2)?.map(PrintStationId::from_uuid),
        registration: id(3)?.map(RegistrationId::from_uuid),
        credential: id(4)?.map(CredentialId::from_uuid),
        layout: id(5)?.map(BadgeLayoutId::from_uuid),
        layout_version: row.get(6)?,
        purpose: Purpose::parse(&purpose).ok_or_else(|| wrong(&purpose))?,
        state: JobState::parse(&state).ok_or_else(|| wrong(&state))?,
        batch: id(9)?.map(PrintBatchId::from_uuid),
        attempt: row.get(10)?,
        tries: row.get(11)?,
        not_before: row.get(12)?,
        lease_until: row.get(13)?,
        holder: id(14)?,
        failure: failure.map(|code| Failure::parse(&code).ok_or_else(|| wrong(&code))).transpose()?,
        note: row.get(16)?,
        asked_by: row.get(17)?,
        created_at: row.get(18)?,
        finished_at: row.get(19)?,
    })
}

const LAYOUT: &str = "select l.id, l.name, l.categories, l.logo_id, v.document, v.version, v.at, v.by_name
                      from badge_layout l join badge_layout_version v on v.layout_id = l.id";

fn layout_of(row: &Row) -> Outcome<NamedLayout> {
    let wrong = |e: serde_json::Error| Fault::impossible("badge_layout", e);
    Ok(NamedLayout {
        id: BadgeLayoutId::from_uuid(row.get(0)?),
        name: row.get(1)?,
        categories: serde_json::from_value(row.get(2)?).map_err(wrong)?,
        logo: row.get::<Option<Uuid>>(3)?.map(BadgeLogoId::from_uuid),
        layout: serde_json::from_value::<Layout>(row.get(4)?).map_err(wrong)?,
        version: row.get(5)?,
        at: row.get(6)?,
        by: row.get(7)?,
    })
}

/// The layouts of an edition that are in use, by name.
///
/// # Errors
/// When the database does not answer.
pub async fn layouts(q: &impl Query, edition: EditionId) -> Outcome<Vec<NamedLayout>> {
    let sql = format!(
        "{LAYOUT} and v.version = l.version where l.edition_id = $1 and l.removed_at is null order by l.name, l.id"
    );
    q.rows(&sql, values![edition.uuid()]).await?.iter().map(layout_of).collect()
}

/// One layout of an edition, in its version of now or an earlier one.
///
/// # Errors
/// When the database does not answer.
pub async fn layout(
    q: &impl Query,
    edition: EditionId,
    id: BadgeLayoutId,
    version: Option<i32>,
) -> Outcome<Option<NamedLayout>> {
    let sql = format!(
        "{LAYOUT} where l.edition_id = $1 and l.id = $2 and l.removed_at is null and v.version = coalesce($3, l.version)"
    );
    q.rows(&sql, values![edition.uuid(), id.uuid(), version]).await?.first().map(layout_of).transpose()
}

/// The versions of a layout, newest first, with what was printed with them.
///
/// # Errors
/// When the database does not answer.
pub async fn layout_versions(reader: &Reader, edition: EditionId, id: BadgeLayoutId) -> Outcome<Vec<LayoutVersion>> {
    let sql = "select v.version, v.at, v.by_name, coalesce(p.count, 0) from badge_layout_version v
               left join (select layout_version, count(*) as count from print_job
                          where edition_id = $2 and layout_id = $1 and state = 'printed' group by layout_version) p
                 on p.layout_version = v.version
               where v.layout_id = $1 order by v.version desc limit 100";
    let rows = reader.rows(sql, values![id.uuid(), edition.uuid()]).await?;
    let version = |row: &Row| -> Outcome<LayoutVersion> {
        Ok(LayoutVersion { version: row.get(0)?, at: row.get(1)?, by: row.get(2)?, printed: row.get(3)? })
    };
    rows.iter().map(version).collect()
}

/// The logos of an edition, newest first.
///
/// # Errors
/// When the database does not answer.
pub async fn logos(q: &impl Query, edition: EditionId) -> Outcome<Vec<LogoLine>> {
    let sql = "select id, name, width, height from badge_logo where edition_id = $1 order by at desc limit 50";
    let logo = |row: &Row| -> Outcome<LogoLine> {
        Ok(LogoLine {
            id: BadgeLogoId::from_uuid(row.get(0)?),
            name: row.get(1)?,
            width: row.get(2)?,
            height: row.get(3)?,
        })
    };
    q.rows(sql, values![edition.uuid()]).await?.iter().map(logo).collect()
}

/// The picture of a logo.
///
/// # Errors
/// When the database does not answer.
pub async fn logo(q: &impl Query, edition: EditionId, id: BadgeLogoId) -> Outcome<Option<Vec<u8>>> {
    let sql = "select content from badge_logo where edition_id = $1 and id = $2";
    q.scalar(sql, values![edition.uuid(), id.uuid()]).await
}

/// A badge to print.
#[derive(Clone, Debug)]
pub struct PrintBadge {
    /// Whose.
    pub registration: RegistrationId,
    /// Which.
    pub credential: CredentialId,
    /// It opens gates.
    pub active: bool,
    /// What is printed on it.
    pub badge: Badge,
}

const BADGE: &str = "r.id, r.number, r.display_name, r.answers, r.company, r.job_title, r.country, r.locale, c.id, \
                     c.serial, c.category, c.code, c.state, e.name_en, e.name_zh, v.name_en, v.name_zh, e.opens_on, \
                     e.closes_on";
const OF_BADGE: &str = "join credential c on c.registration_id = r.id and c.edition_id = r.edition_id
                        join edition e on e.id = r.edition_id join venue v on v.id = e.venue_id";

fn badge_of(row: &Row) -> Outcome<PrintBadge> {
    let text =
        |en: usize| -> Outcome<Bilingual> { Ok(Bilingual::new(row.get::<String>(en)?, row.get::<String>(en + 1)?)) };
    let answers: serde_json::Value = row.get(3)?;
    let badge = Badge {
        edition: text(13)?,
        place: text(15)?,
        opens_on: row.get(17)?,
        closes_on: row.get(18)?,
        name: row.get(2)?,
        other_name: answers.get("@other_name").and_then(|v| v.as_str()).unwrap_or_default().to_owned(),
        company: row.get(4)?,
        job_title: row.get(5)?,
        category: row.get(10)?,
        country: row.get(6)?,
        serial: row.get(9)?,
        number: row.get(1)?,
        code: row.get(11)?,
        locale: Locale::parse(&row.get::<String>(7)?).unwrap_or_default(),
    };
    Ok(PrintBadge {
        registration: RegistrationId::from_uuid(row.get(0)?),
        credential: CredentialId::from_uuid(row.get(8)?),
        active: row.get::<String>(12)? == "active",
        badge,
    })
}

/// One badge, active or not.
///
/// # Errors
/// When the database does not answer.
pub async fn badge(q: &impl Query, edition: EditionId, credential: CredentialId) -> Outcome<Option<PrintBadge>> {
    let sql = format!("select {BADGE} from registration r {OF_BADGE} where c.edition_id = $1 and c.id = $2");
    q.rows(&sql, values![edition.uuid(), credential.uuid()]).await?.first().map(badge_of).transpose()
}

/// The badges of a larger print, in its order.
///
/// # Errors
/// When the database does not answer.
pub async fn batch_badges(q: &impl Query, edition: EditionId, batch: PrintBatchId) -> Outcome<Vec<PrintBadge>> {
    let sql = format!(
        "select {BADGE} from print_job j join registration r on r.id = j.registration_id {OF_BADGE}
         where j.edition_id = $1 and j.batch_id = $2 and c.id = j.credential_id order by j.id"
    );
    q.rows(&sql, values![edition.uuid(), batch.uuid()]).await?.iter().map(badge_of).collect()
}

/// The badges a selection would print, at most `limit`.
///
/// # Errors
/// When the database does not answer.
pub async fn selected(
    reader: &Reader,
    edition: EditionId,
    selection: &Selection,
    limit: usize,
) -> Outcome<Vec<PrintBadge>> {
    let Some(found) = search(reader, edition, &selection.filter) else { return Ok(Vec::new()) };
    let order = match selection.order {
        BatchOrder::Name => "r.sort_key, r.id",
        BatchOrder::Company => "r.company, r.sort_key, r.id",
        BatchOrder::Number => "r.number",
    };
    let fresh = if selection.again { String::new() } else { format!(" and not exists {}", printed_before()) };
    let sql = format!(
        "select {BADGE} from {} {OF_BADGE} where {} and r.status = 'approved' and c.state = 'active'{fresh}
         order by {order} limit {limit}",
        found.from, found.condition
    );
    reader.rows(&sql, found.bound).await?.iter().map(badge_of).collect()
}

/// How many badges of a selection are on paper or on their way already.
///
/// # Errors
/// When the database does not answer.
pub async fn selected_before(reader: &Reader, edition: EditionId, selection: &Selection) -> Outcome<i64> {
    let Some(found) = search(reader, edition, &selection.filter) else { return Ok(0) };
    let sql = format!(
        "select count(*) from (select 1 from {} join credential c on c.registration_id = r.id and c.edition_id = r.edition_id
         where {} and r.status = 'approved' and c.state = 'active' and exists {} limit 10000) t",
        found.from,
        found.condition,
        printed_before()
    );
    Ok(reader.scalar(&sql, found.bound).await?.unwrap_or(0))
}

fn printed_before() -> String {
    format!(
        "(select 1 from print_job j where j.edition_id = r.edition_id and j.registration_id = r.id
          and j.credential_id = c.id and j.state in {COUNTS})"
    )
}

/// The show as badges name it, with nobody on it.
///
/// # Errors
/// When the database does not answer.
pub async fn show(q: &impl Query, edition: EditionId) -> Outcome<Option<Badge>> {
    let sql = "select e.name_en, e.name_zh, v.name_en, v.name_zh, e.opens_on, e.closes_on
               from edition e join venue v on v.id = e.venue_id where e.id = $1";
    let rows = q.rows(sql, values![edition.uuid()]).await?;
    let Some(row) = rows.first() else { return Ok(None) };
    let text =
        |en: usize| -> Outcome<Bilingual> { Ok(Bilingual::new(row.get::<String>(en)?, row.get::<String>(en + 1)?)) };
    Ok(Some(Badge {
        edition: text(0)?,
        place: text(2)?,
        opens_on: row.get(4)?,
        closes_on: row.get(5)?,
        name: String::new(),
        other_name: String::new(),
        company: String::new(),
        job_title: String::new(),
        category: Category::TradeVisitor.code().to_owned(),
        country: String::new(),
        serial: 0,
        number: 0,
        code: String::new(),
        locale: Locale::En,
    }))
}
