//! Exhibitors, their contacts and duties, as lists, records and the portal show them.

use crate::{
    Fault, Outcome, Query, Reader, Row,
    read::sales::{Conditions, company, contains, cursor, page, stands_of},
    values,
};
use chrono::{DateTime, Utc};
use domain::{
    Bilingual, ContactId, DocumentId, DutyId, EditionId, ExhibitorDutyId, Locale, ParticipationId, PartyId, PlaceId,
    TaskId,
    exhibitor::{
        AppliesTo, DutyState, light,
        view::{
            ChaseFilter, ChaseRow, ContactRow, DutyOverviewRow, DutyRow, ExhibitorFigures, ExhibitorFilter,
            ExhibitorRecord, ExhibitorRow, Progress,
        },
    },
    sales::view::Page,
};
use std::collections::BTreeMap;
use uuid::Uuid;

/// Open duties of `n` whose task's early finish lies before `?`.
const OVERDUE: &str =
    "exists (select 1 from exhibitor_duty x join duty d on d.id = x.duty_id join task t on t.id = d.task_id
    where x.participation_id = n.id and x.state = 'open' and t.early_finish < ?)";
const HOLDS: &str =
    "exists (select 1 from stand_assignment a where a.participation_id = n.id and a.released_at is null)";
const JOINED: &str = "exists (select 1 from contact c where c.participation_id = n.id and c.joined_at is not null)";
const OPEN: &str = "exists (select 1 from exhibitor_duty x where x.participation_id = n.id and x.state = 'open')";

fn conditions(edition: EditionId, filter: &ExhibitorFilter, now: DateTime<Utc>) -> Conditions {
    let mut conditions = Conditions::new(values![edition.uuid()]);
    if !filter.q.trim().is_empty() {
        let words = contains(&filter.q);
        conditions.and(
            "(lower(p.name || ' ' || p.name_en || ' ' || p.name_zh) like ? escape '\\' or exists (select 1 from stand_assignment a
             join stand s on s.id = a.stand_id where a.participation_id = n.id and a.released_at is null
             and lower(s.number) like ? escape '\\'))",
            values![words.as_str(), words.as_str()],
        );
    }
    if let Ok(hall) = filter.hall.parse::<PlaceId>() {
        conditions.and(
            "exists (select 1 from stand_assignment a join stand s on s.id = a.stand_id where a.participation_id = n.id
             and a.released_at is null and s.hall_id = ?)",
            values![hall.uuid()],
        );
    }
    match filter.stand.as_str() {
        "with" => conditions.and(HOLDS, vec![]),
        "without" => conditions.and(&format!("not {HOLDS}"), vec![]),
        _ => {}
    }
    match filter.duties.as_str() {
        "overdue" => conditions.and(OVERDUE, values![now]),
        "open" => conditions.and(OPEN, vec![]),
        "complete" => conditions.and(&format!("not {OPEN}"), vec![]),
        _ => {}
    }
    match filter.portal.as_str() {
        "joined" => conditions.and(JOINED, vec![]),
        "waiting" => conditions.and(&format!("not {JOINED}"), vec![]),
        _ => {}
    }
    conditions
}

const FROM: &str =
    " from participation n join party p on p.id = n.party_id where n.edition_id = $1 and n.role = 'exhibitor'";

/// A page of exhibitors by name.
///
/// # Errors
/// When the database does not answer.
pub async fn exhibitors(
    reader: &Reader,
    edition: EditionId,
    filter: &ExhibitorFilter,
    now: DateTime<Utc>,
    limit: usize,
) -> Outcome<Page<ExhibitorRow>> {
    let mut conditions = conditions(edition, filter, now);
    if let Some((value, id)) = cursor(&filter.after) {
        conditions.and("(p.sort_key, n.id) > (?, ?)", values![value, id]);
    }
    let sql = format!(
        "select n.id, p.name, p.name_en, p.name_zh, p.sort_key, coalesce(p.country, ''), n.status,
         (select count(*) from contact c where c.participation_id = n.id and c.joined_at is not null){FROM}{}
         order by p.sort_key, n.id limit {}",
        conditions.sql(),
        limit + 1
    );
    let one = |row: &Row| -> Outcome<ExhibitorRow> {
        Ok(ExhibitorRow {
            participation: ParticipationId::from_uuid(row.get(0)?),
            company: company(row.get(1)?, row.get(2)?, row.get(3)?),
            sort_key: row.get(4)?,
            country: row.get(5)?,
            status: row.get(6)?,
            joined: row.get(7)?,
            stands: Vec::new(),
            area_dm2: 0,
            progress: Progress::default(),
        })
    };
    let rows = reader.rows(&sql, conditions.bound()).await?;
    let rows = rows.iter().map(one).collect::<Outcome<Vec<_>>>()?;
    let mut found = page(rows, limit, |row| (row.sort_key.clone(), row.participation.uuid()));
    add_stands(reader, &mut found.rows).await?;
    add_progress(reader, &mut found.rows, now).await?;
    Ok(found)
}

/// `$2, $3 …` for a list of participations bound after `before` values.
fn places(rows: &[ExhibitorRow], before: usize) -> (String, Vec<sea_orm::Value>) {
    let places = (0..rows.len()).map(|i| format!("${}", i + before + 1)).collect::<Vec<_>>().join(", ");
    (places, rows.iter().map(|row| row.participation.uuid().into()).collect())
}

async fn add_stands(reader: &Reader, rows: &mut [ExhibitorRow]) -> Outcome<()> {
    if rows.is_empty() {
        return Ok(());
    }
    let (list, bound) = places(rows, 0);
    let sql = format!(
        "select a.participation_id, s.id, s.number, s.area_dm2 from stand_assignment a join stand s on s.id = a.stand_id
         where a.released_at is null and a.participation_id in ({list}) order by s.number"
    );
    let mut stands: BTreeMap<Uuid, Vec<(PlaceId, String, i64)>> = BTreeMap::new();
    for row in reader.rows(&sql, bound).await? {
        let stand = (PlaceId::from_uuid(row.get(1)?), row.get(2)?, row.get(3)?);
        stands.entry(row.get(0)?).or_default().push(stand);
    }
    for row in rows {
        for (id, number, area) in stands.remove(&row.participation.uuid()).unwrap_or_default() {
            row.area_dm2 += area;
            row.stands.push((id, number));
        }
    }
    Ok(())
}

async fn add_progress(reader: &Reader, rows: &mut [ExhibitorRow], now: DateTime<Utc>) -> Outcome<()> {
    if rows.is_empty() {
        return Ok(());
    }
    let (list, mut bound) = places(rows, 1);
    bound.insert(0, now.into());
    let sql = format!(
        "select x.participation_id, count(*), count(case when x.state <> 'open' then 1 end),
         count(case when x.state = 'open' and t.early_finish < $1 then 1 end)
         from exhibitor_duty x join duty d on d.id = x.duty_id left join task t on t.id = d.task_id
         where x.participation_id in ({list}) group by x.participation_id"
    );
    let mut progress: BTreeMap<Uuid, Progress> = BTreeMap::new();
    for row in reader.rows(&sql, bound).await? {
        progress.insert(row.get(0)?, Progress { total: row.get(1)?, done: row.get(2)?, overdue: row.get(3)? });
    }
    for row in rows {
        row.progress = progress.get(&row.participation.uuid()).copied().unwrap_or_default();
    }
    Ok(())
}

/// How many exhibitors a filter shows.
///
/// # Errors
/// When the database does not answer.
pub async fn count(reader: &Reader, edition: EditionId, filter: &ExhibitorFilter, now: DateTime<Utc>) -> Outcome<i64> {
    let conditions = conditions(edition, filter, now);
    let sql = format!("select count(*){FROM}{}", conditions.sql());
    Ok(reader.scalar(&sql, conditions.bound()).await?.unwrap_or(0))
}

/// Figures over all exhibitors of an edition.
///
/// # Errors
/// When the database does not answer.
pub async fn figures(reader: &Reader, edition: EditionId, now: DateTime<Utc>) -> Outcome<ExhibitorFigures> {
    let overdue = OVERDUE.replace('?', "$2");
    let sql = format!(
        "select count(*), count(case when {HOLDS} then 1 end), count(case when {JOINED} then 1 end),
         count(case when {overdue} then 1 end){FROM}"
    );
    let rows = reader.rows(&sql, values![edition.uuid(), now]).await?;
    let Some(row) = rows.first() else { return Ok(ExhibitorFigures::default()) };
    Ok(ExhibitorFigures { exhibitors: row.get(0)?, with_stand: row.get(1)?, joined: row.get(2)?, overdue: row.get(3)? })
}

/// An exhibitor with everything its page and the portal show.
///
/// # Errors
/// When the database does not answer.
pub async fn record(
    reader: &Reader,
    edition: EditionId,
    id: ParticipationId,
    now: DateTime<Utc>,
) -> Outcome<Option<ExhibitorRecord>> {
    let sql = "select n.id, p.id, n.number, p.name, p.name_en, p.name_zh, coalesce(p.country, ''), coalesce(p.website, ''), n.status,
               p.version, n.created_at, coalesce((select c.value from contact_point c where c.party_id = p.id
               and c.kind in ('phone', 'mobile') order by c.is_primary desc, c.id limit 1), '')
               from participation n join party p on p.id = n.party_id
               where n.id = $2 and n.edition_id = $1 and n.role = 'exhibitor'";
    let rows = reader.rows(sql, values![edition.uuid(), id.uuid()]).await?;
    let Some(row) = rows.first() else { return Ok(None) };
    Ok(Some(ExhibitorRecord {
        participation: ParticipationId::from_uuid(row.get(0)?),
        party: PartyId::from_uuid(row.get(1)?),
        number: row.get::<Option<i32>>(2)?.map(|n| n.to_string()).unwrap_or_default(),
        company: company(row.get(3)?, row.get(4)?, row.get(5)?),
        country: row.get(6)?,
        website: row.get(7)?,
        status: row.get(8)?,
        party_version: row.get(9)?,
        created_at: row.get(10)?,
        phone: row.get(11)?,
        stands: stands_of(reader, edition, id).await?,
        contacts: contacts(reader, id).await?,
        duties: duties(reader, id, now).await?,
    }))
}

async fn contacts(reader: &Reader, id: ParticipationId) -> Outcome<Vec<ContactRow>> {
    let sql = "select c.id, c.name, c.email, c.locale, c.invite_expires_at, c.joined_at, c.active,
               exists (select 1 from second_factor f where f.owner_id = c.id and f.confirmed_at is not null)
               from contact c where c.participation_id = $1 order by c.created_at, c.id";
    let one = |row: &Row| -> Outcome<ContactRow> {
        Ok(ContactRow {
            id: ContactId::from_uuid(row.get(0)?),
            name: row.get(1)?,
            email: row.get(2)?,
            locale: Locale::parse(&row.get::<String>(3)?).unwrap_or_default(),
            invited_until: row.get(4)?,
            joined_at: row.get(5)?,
            active: row.get(6)?,
            second_factor: row.get(7)?,
        })
    };
    reader.rows(sql, values![id.uuid()]).await?.iter().map(one).collect()
}

fn state_of(code: &str) -> Outcome<DutyState> {
    DutyState::parse(code).ok_or_else(|| Fault::impossible("exhibitor_duty", code))
}

/// The duties of an exhibitor with deadlines and lights, in the order of the list.
///
/// # Errors
/// When the database does not answer.
pub async fn duties(reader: &Reader, id: ParticipationId, now: DateTime<Utc>) -> Outcome<Vec<DutyRow>> {
    let sql = "select x.id, d.code, d.name_en, d.name_zh, d.help_en, d.help_zh, d.mandatory, x.state, t.early_finish, t.id, t.code,
               x.note, x.document_id, f.name, x.done_at, coalesce(c.name, u.name, ''), x.version
               from exhibitor_duty x join duty d on d.id = x.duty_id left join task t on t.id = d.task_id
               left join document f on f.id = x.document_id left join contact c on c.id = x.done_by
               left join \"user\" u on u.id = x.done_by where x.participation_id = $1 order by d.sort, d.code";
    let one = |row: &Row| -> Outcome<DutyRow> {
        let state = state_of(&row.get::<String>(7)?)?;
        let deadline: Option<DateTime<Utc>> = row.get(8)?;
        let task = row.get::<Option<Uuid>>(9)?.map(TaskId::from_uuid);
        let document = row.get::<Option<Uuid>>(12)?.map(DocumentId::from_uuid);
        Ok(DutyRow {
            id: ExhibitorDutyId::from_uuid(row.get(0)?),
            code: row.get(1)?,
            name: Bilingual { en: row.get(2)?, zh: row.get(3)? },
            help: Bilingual { en: row.get(4)?, zh: row.get(5)? },
            mandatory: row.get(6)?,
            state,
            light: light(state, deadline, now),
            deadline,
            task: task.zip(row.get::<Option<String>>(10)?),
            note: row.get(11)?,
            document: document.zip(row.get::<Option<String>>(13)?),
            done_at: row.get(14)?,
            done_by: row.get(15)?,
            version: row.get(16)?,
        })
    };
    reader.rows(sql, values![id.uuid()]).await?.iter().map(one).collect()
}

const OVERVIEW: &str = "select d.id, d.code, d.name_en, d.name_zh, d.applies_to, d.mandatory, t.id, t.code, t.name_en, t.name_zh,
    t.early_finish, count(case when x.state = 'done' then 1 end), count(case when x.state = 'waived' then 1 end),
    count(case when x.state = 'open' then 1 end)
    from duty d left join task t on t.id = d.task_id left join exhibitor_duty x on x.duty_id = d.id where d.edition_id = $1";
const OVERVIEW_GROUP: &str =
    " group by d.id, d.code, d.name_en, d.name_zh, d.applies_to, d.mandatory, d.sort, t.id, t.code,
    t.name_en, t.name_zh, t.early_finish order by d.sort, d.code";

fn overview_row(row: &Row, now: DateTime<Utc>) -> Outcome<DutyOverviewRow> {
    let applies: String = row.get(4)?;
    let deadline: Option<DateTime<Utc>> = row.get(10)?;
    let task = match row.get::<Option<Uuid>>(6)? {
        Some(id) => Some((TaskId::from_uuid(id), row.get(7)?, Bilingual { en: row.get(8)?, zh: row.get(9)? })),
        None => None,
    };
    Ok(DutyOverviewRow {
        id: DutyId::from_uuid(row.get(0)?),
        code: row.get(1)?,
        name: Bilingual { en: row.get(2)?, zh: row.get(3)? },
        applies_to: AppliesTo::parse(&applies).ok_or_else(|| Fault::impossible("duty", applies))?,
        mandatory: row.get(5)?,
        task,
        deadline,
        done: row.get(11)?,
        waived: row.get(12)?,
        open: row.get(13)?,
        overdue: deadline.is_some_and(|at| at < now),
    })
}

/// All duties of an edition with how far the exhibitors are.
///
/// # Errors
/// When the database does not answer.
pub async fn duty_overview(reader: &Reader, edition: EditionId, now: DateTime<Utc>) -> Outcome<Vec<DutyOverviewRow>> {
    let sql = format!("{OVERVIEW}{OVERVIEW_GROUP}");
    reader.rows(&sql, values![edition.uuid()]).await?.iter().map(|row| overview_row(row, now)).collect()
}

/// One duty with how far the exhibitors are.
///
/// # Errors
/// When the database does not answer.
pub async fn duty(
    reader: &Reader,
    edition: EditionId,
    id: DutyId,
    now: DateTime<Utc>,
) -> Outcome<Option<DutyOverviewRow>> {
    let sql = format!("{OVERVIEW} and d.id = $2{OVERVIEW_GROUP}");
    reader.rows(&sql, values![edition.uuid(), id.uuid()]).await?.first().map(|row| overview_row(row, now)).transpose()
}

/// Who has a duty in a state, by name.
///
/// # Errors
/// When the database does not answer.
pub async fn chase(
    reader: &Reader,
    edition: EditionId,
    duty: DutyId,
    filter: &ChaseFilter,
    now: DateTime<Utc>,
    limit: usize,
) -> Outcome<Page<ChaseRow>> {
    let state = DutyState::parse(&filter.state).unwrap_or(DutyState::Open);
    let mut conditions = Conditions::new(values![edition.uuid(), duty.uuid(), state.code()]);
    if let Some((value, id)) = cursor(&filter.after) {
        conditions.and("(p.sort_key, x.id) > (?, ?)", values![value, id]);
    }
    let sql = format!(
        "select x.id, n.id, p.name, p.name_en, p.name_zh, p.sort_key, x.state, x.note, x.done_at, t.early_finish,
         (select c.name from contact c where c.participation_id = n.id and c.active order by c.created_at, c.id limit 1),
         (select c.email from contact c where c.participation_id = n.id and c.active order by c.created_at, c.id limit 1),
         (select min(s.number) from stand_assignment a join stand s on s.id = a.stand_id
          where a.participation_id = n.id and a.released_at is null)
         from exhibitor_duty x join participation n on n.id = x.participation_id join party p on p.id = n.party_id
         join duty d on d.id = x.duty_id left join task t on t.id = d.task_id
         where x.edition_id = $1 and x.duty_id = $2 and x.state = $3{} order by p.sort_key, x.id limit {}",
        conditions.sql(),
        limit + 1
    );
    let one = |row: &Row| -> Outcome<ChaseRow> {
        let state = state_of(&row.get::<String>(6)?)?;
        Ok(ChaseRow {
            id: ExhibitorDutyId::from_uuid(row.get(0)?),
            participation: ParticipationId::from_uuid(row.get(1)?),
            company: company(row.get(2)?, row.get(3)?, row.get(4)?),
            sort_key: row.get(5)?,
            state,
            note: row.get(7)?,
            done_at: row.get(8)?,
            light: light(state, row.get(9)?, now),
            contact: row.get::<Option<String>>(10)?.zip(row.get::<Option<String>>(11)?),
            stands: row.get::<Option<String>>(12)?.unwrap_or_default(),
        })
    };
    let rows = reader.rows(&sql, conditions.bound()).await?;
    let rows = rows.iter().map(one).collect::<Outcome<Vec<_>>>()?;
    Ok(page(rows, limit, |row| (row.sort_key.clone(), row.id.uuid())))
}

/// A file handed in with a duty: name, media type, content. `only` limits it to one exhibitor.
///
/// # Errors
/// When the database does not answer.
pub async fn duty_file(
    reader: &Reader,
    edition: EditionId,
    only: Option<ParticipationId>,
    duty: ExhibitorDutyId,
) -> Outcome<Option<(String, String, Vec<u8>)>> {
    let mut conditions = Conditions::new(values![edition.uuid(), duty.uuid()]);
    if let Some(participation) = only {
        conditions.and("x.participation_id = ?", values![participation.uuid()]);
    }
    let sql = format!(
        "select f.name, f.media_type, f.content from exhibitor_duty x join document f on f.id = x.document_id
         where x.edition_id = $1 and x.id = $2{}",
        conditions.sql()
    );
    let rows = reader.rows(&sql, conditions.bound()).await?;
    rows.first().map(|row| Ok((row.get(0)?, row.get(1)?, row.get(2)?))).transpose()
}

/// Free stands with the words a choice shows.
///
/// # Errors
/// When the database does not answer.
pub async fn free_choices(reader: &Reader, edition: EditionId) -> Outcome<Vec<(PlaceId, String)>> {
    let free = crate::read::sales::free_stands(reader, edition, None, 500).await?;
    let words = |area: i64| domain::measure::show_hundredths(area);
    Ok(free.into_iter().map(|s| (s.id, format!("{} · {} · {} m²", s.number, s.hall_code, words(s.area_dm2)))).collect())
}

/// Whose duty it is.
///
/// # Errors
/// When the database does not answer.
pub async fn owner_of_duty(
    reader: &Reader,
    edition: EditionId,
    duty: ExhibitorDutyId,
) -> Outcome<Option<ParticipationId>> {
    let sql = "select participation_id from exhibitor_duty where edition_id = $1 and id = $2";
    let id = reader.scalar::<Uuid>(sql, values![edition.uuid(), duty.uuid()]).await?;
    Ok(id.map(ParticipationId::from_uuid))
}
