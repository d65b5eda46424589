//! Stands and applications as lists and records show them.

use super::order::Order;
use crate::{
    Fault, Outcome, Query, Reader, Row,
    record::sales::{APPLICATION, application, kind_of},
    values,
};
use domain::{
    ApplicationId, Bilingual, EditionId, Locale, ParticipationId, PartyId, PlaceId,
    listing::Sort,
    sales::{
        Application, ApplicationState, OpenSides, StandKind,
        view::{
            ApplicationFigures, ApplicationFilter, ApplicationRecord, ApplicationRow, AssignmentRow, KnownCompany,
            Page, StandFigures, StandFilter, StandRecord, StandRow,
        },
    },
    text::fold,
    venue::Rect,
};
use sea_orm::Value;
use uuid::Uuid;

/// A company's name in both languages from what the party has; the name as first given stands in for what is missing.
pub(crate) fn company(name: String, en: String, zh: String) -> Bilingual {
    if en.is_empty() && zh.is_empty() { Bilingual { en: name, zh: String::new() } } else { Bilingual { en, zh } }
}

/// Conditions and what they bind, growing together so that the numbers of the placeholders fit.
pub(crate) struct Conditions {
    sql: String,
    bound: Vec<Value>,
}

impl Conditions {
    pub(crate) fn new(bound: Vec<Value>) -> Self {
        Self { sql: String::new(), bound }
    }

    /// Adds a condition; each `?` becomes the next placeholder.
    pub(crate) fn and(&mut self, condition: &str, bound: Vec<Value>) {
        self.sql.push_str(" and ");
        let mut bound = bound.into_iter();
        for c in condition.chars() {
            if c != '?' {
                self.sql.push(c);
                continue;
            }
            self.bound.extend(bound.next());
            self.sql.push('$');
            self.sql.push_str(&self.bound.len().to_string());
        }
    }

    pub(crate) fn sql(&self) -> &str {
        &self.sql
    }

    pub(crate) fn bound(&self) -> Vec<Value> {
        self.bound.clone()
    }
}

/// Text to look for with `like`: folded, wildcards taken literally.
pub(crate) fn contains(words: &str) -> String {
    let folded = fold(words).replace('\\', "\\\\").replace('%', "\\%").replace('_', "\\_");
    format!("%{folded}%")
}

/// Takes a cursor apart: the sort value and the id of the last row.
pub(crate) fn cursor(after: &str) -> Option<(String, Uuid)> {
    let (value, id) = after.rsplit_once('~')?;
    Some((value.to_owned(), Uuid::parse_str(id).ok()?))
}

/// One row more than a page was asked for: cut it off and say where the next page begins.
pub(crate) fn page<T>(mut rows: Vec<T>, limit: usize, key: impl Fn(&T) -> (String, Uuid)) -> Page<T> {
    let more = rows.len() > limit;
    rows.truncate(limit);
    let next = more.then(|| rows.last().map(&key)).flatten().map(|(value, id)| format!("{value}~{id}"));
    Page { rows, next }
}

const STANDS: &str =
    "select s.id, s.number, s.hall_id, h.code, s.kind, s.area_dm2, s.open_sides, a.participation_id, o.name,
    o.name_en, o.name_zh";
const STANDS_FROM: &str = " from stand s join place h on h.id = s.hall_id
    left join stand_assignment a on a.stand_id = s.id and a.released_at is null
    left join participation n on n.id = a.participation_id left join party o on o.id = n.party_id where s.edition_id = $1";

fn stand_row(row: &Row) -> Outcome<StandRow> {
    let sides: i32 = row.get(6)?;
    let holder = match row.get::<Option<Uuid>>(7)? {
        Some(id) => Some((ParticipationId::from_uuid(id), company(row.get(8)?, row.get(9)?, row.get(10)?))),
        None => None,
    };
    Ok(StandRow {
        id: PlaceId::from_uuid(row.get(0)?),
        number: row.get(1)?,
        hall: PlaceId::from_uuid(row.get(2)?),
        hall_code: row.get(3)?,
        kind: kind_of(&row.get::<String>(4)?)?,
        area_dm2: row.get(5)?,
        open_sides: OpenSides::new(sides).ok_or_else(|| Fault::impossible("stand", sides))?,
        holder,
    })
}

fn stand_conditions(edition: EditionId, filter: &StandFilter) -> Conditions {
    let mut conditions = Conditions::new(values![edition.uuid()]);
    if let Ok(hall) = filter.hall.parse::<PlaceId>() {
        conditions.and("s.hall_id = ?", values![hall.uuid()]);
    }
    if let Some(kind) = StandKind::parse(&filter.kind) {
        conditions.and("s.kind = ?", values![kind.code()]);
    }
    match filter.state.as_str() {
        "free" => conditions.and("a.id is null", vec![]),
        "assigned" => conditions.and("a.id is not null", vec![]),
        _ => {}
    }
    if !filter.q.trim().is_empty() {
        let words = contains(&filter.q);
        conditions.and(
            "(lower(s.number) like ? escape '\\' or lower(o.name || ' ' || o.name_en || ' ' || o.name_zh) like ? escape '\\')",
            values![words.as_str(), words.as_str()],
        );
    }
    conditions
}

/// A page of stands.
///
/// # Errors
/// When the database does not answer.
pub async fn stands(
    reader: &Reader,
    edition: EditionId,
    filter: &StandFilter,
    limit: usize,
) -> Outcome<Page<StandRow>> {
    let mut conditions = stand_conditions(edition, filter);
    let sort = Sort::read(&filter.sort, StandFilter::SORTS);
    let by_area = sort.by() == "area";
    let order = if by_area {
        Order::number("s.area_dm2", "s.id", sort.down())
    } else {
        Order::text("s.number", "s.id", sort.down())
    };
    order.after(&mut conditions, &filter.after);
    let sql = format!("{STANDS}{STANDS_FROM}{}{} limit {}", conditions.sql(), order.sql(), limit + 1);
    let rows = reader.rows(&sql, conditions.bound()).await?;
    let rows = rows.iter().map(stand_row).collect::<Outcome<Vec<_>>>()?;
    let key = |row: &StandRow| (if by_area { row.area_dm2.to_string() } else { row.number.clone() }, row.id.uuid());
    Ok(page(rows, limit, key))
}

/// Sums over what the filter shows.
///
/// # Errors
/// When the database does not answer.
pub async fn stand_figures(reader: &Reader, edition: EditionId, filter: &StandFilter) -> Outcome<StandFigures> {
    let conditions = stand_conditions(edition, filter);
    let sql = format!(
        "select count(*), count(a.id), cast(coalesce(sum(s.area_dm2), 0) as bigint),
         cast(coalesce(sum(case when a.id is null then 0 else s.area_dm2 end), 0) as bigint){STANDS_FROM}{}",
        conditions.sql()
    );
    let rows = reader.rows(&sql, conditions.bound()).await?;
    let Some(row) = rows.first() else { return Ok(StandFigures::default()) };
    Ok(StandFigures { stands: row.get(0)?, assigned: row.get(1)?, net_dm2: row.get(2)?, assigned_dm2: row.get(3)? })
}

/// Free stands, those nearest to a wish first.
///
/// # Errors
/// When the database does not answer.
pub async fn free_stands(
    reader: &Reader,
    edition: EditionId,
    wish: Option<(StandKind, i64)>,
    limit: usize,
) -> Outcome<Vec<StandRow>> {
    let (kind, area) = wish.map_or(("", 0), |(kind, area)| (kind.code(), area));
    let sql = format!(
        "{STANDS}{STANDS_FROM} and a.id is null
         order by case when s.kind = $2 then 0 else 1 end, abs(s.area_dm2 - $3), s.number limit {limit}"
    );
    let rows = reader.rows(&sql, values![edition.uuid(), kind, area]).await?;
    rows.iter().map(stand_row).collect()
}

/// Stands a participation holds.
///
/// # Errors
/// When the database does not answer.
pub async fn stands_of(reader: &Reader, edition: EditionId, participation: ParticipationId) -> Outcome<Vec<StandRow>> {
    let sql = format!("{STANDS}{STANDS_FROM} and a.participation_id = $2 order by s.number");
    reader.rows(&sql, values![edition.uuid(), participation.uuid()]).await?.iter().map(stand_row).collect()
}

/// A stand with its history.
///
/// # Errors
/// When the database does not answer.
pub async fn stand(reader: &Reader, edition: EditionId, id: PlaceId) -> Outcome<Option<StandRecord>> {
    let sql = format!(
        "{STANDS}, h.name_en, h.name_zh, s.version, a.assigned_at, q.x_mm, q.y_mm, q.w_mm, q.h_mm{} and s.id = $2",
        STANDS_FROM.replace(" where ", " join place q on q.id = s.id where ")
    );
    let rows = reader.rows(&sql, values![edition.uuid(), id.uuid()]).await?;
    let Some(row) = rows.first() else { return Ok(None) };
    let history = "select a.participation_id, o.name, o.name_en, o.name_zh, a.assigned_at, coalesce(u.name, ''), a.released_at
        from stand_assignment a join participation n on n.id = a.participation_id join party o on o.id = n.party_id
        left join \"user\" u on u.id = a.assigned_by where a.stand_id = $1 order by a.assigned_at desc, a.id desc limit 50";
    let line = |row: &Row| -> Outcome<AssignmentRow> {
        Ok(AssignmentRow {
            participation: ParticipationId::from_uuid(row.get(0)?),
            company: company(row.get(1)?, row.get(2)?, row.get(3)?),
            assigned_at: row.get(4)?,
            assigned_by: row.get(5)?,
            released_at: row.get(6)?,
        })
    };
    let lines = reader.rows(history, values![id.uuid()]).await?;
    Ok(Some(StandRecord {
        row: stand_row(row)?,
        hall: Bilingual { en: row.get(11)?, zh: row.get(12)? },
        version: row.get(13)?,
        held_since: row.get(14)?,
        rect: Rect::from_parts(row.get(15)?, row.get(16)?, row.get(17)?, row.get(18)?),
        history: lines.iter().map(line).collect::<Outcome<_>>()?,
    }))
}

/// Exhibitors a stand can be given to: those without one first, then by name.
///
/// # Errors
/// When the database does not answer.
pub async fn takers(reader: &Reader, edition: EditionId, locale: Locale) -> Outcome<Vec<(ParticipationId, String)>> {
    let sql = "select n.id, o.name, o.name_en, o.name_zh from participation n join party o on o.id = n.party_id
               where n.edition_id = $1 and n.role = 'exhibitor' and n.status <> 'cancelled'
               order by case when exists (select 1 from stand_assignment a where a.participation_id = n.id
               and a.released_at is null) then 1 else 0 end, o.sort_key, n.id limit 2000";
    let rows = reader.rows(sql, values![edition.uuid()]).await?;
    let one = |row: &Row| -> Outcome<_> {
        let name = company(row.get(1)?, row.get(2)?, row.get(3)?);
        Ok((ParticipationId::from_uuid(row.get(0)?), name.get(locale).to_owned()))
    };
    rows.iter().map(one).collect()
}

fn application_row(a: Application) -> ApplicationRow {
    ApplicationRow {
        id: a.id,
        number: a.number,
        company: a.content.company,
        country: a.content.country,
        contact_name: a.content.contact_name,
        stand_kind: a.content.stand_kind,
        area_dm2: a.content.area_dm2,
        state: a.state,
        locale: a.content.locale,
        created_at: a.created_at,
    }
}

/// A page of applications. Waiting ones begin with the longest waiting, all others with the latest.
///
/// # Errors
/// When the database does not answer.
pub async fn applications(
    reader: &Reader,
    edition: EditionId,
    filter: &ApplicationFilter,
    limit: usize,
) -> Outcome<Page<ApplicationRow>> {
    let mut conditions = Conditions::new(values![edition.uuid()]);
    let state = if filter.state.is_empty() { "submitted" } else { &filter.state };
    if let Some(state) = ApplicationState::parse(state) {
        conditions.and("a.status = ?", values![state.code()]);
    }
    if let Some(kind) = StandKind::parse(&filter.kind) {
        conditions.and("a.stand_kind = ?", values![kind.code()]);
    }
    if !filter.q.trim().is_empty() {
        let words = contains(&filter.q);
        conditions.and(
            "lower(a.company_en || ' ' || a.company_zh || ' ' || a.contact_name || ' ' || a.contact_email) like ? escape '\\'",
            values![words],
        );
    }
    let (sign, direction) = if state == "submitted" { (">", "asc") } else { ("<", "desc") };
    if let Some((value, id)) = cursor(&filter.after) {
        let number = value.parse::<i32>().unwrap_or(0);
        conditions.and(&format!("(a.number, a.id) {sign} (?, ?)"), values![number, id]);
    }
    let sql = format!(
        "{APPLICATION} where a.edition_id = $1{} order by a.number {direction}, a.id {direction} limit {}",
        conditions.sql(),
        limit + 1
    );
    let rows = reader.rows(&sql, conditions.bound()).await?;
    let rows = rows.iter().map(|row| application(row).map(application_row)).collect::<Outcome<Vec<_>>>()?;
    Ok(page(rows, limit, |row| (row.number.to_string(), row.id.uuid())))
}

/// How many applications stand where.
///
/// # Errors
/// When the database does not answer.
pub async fn application_figures(reader: &Reader, edition: EditionId) -> Outcome<ApplicationFigures> {
    let sql =
        "select status, count(*), cast(coalesce(sum(area_dm2), 0) as bigint) from application where edition_id = $1
               group by status";
    let mut figures = ApplicationFigures::default();
    for row in reader.rows(sql, values![edition.uuid()]).await? {
        let (state, count, area): (String, i64, i64) = (row.get(0)?, row.get(1)?, row.get(2)?);
        match ApplicationState::parse(&state) {
            Some(ApplicationState::Submitted) => (figures.submitted, figures.waiting_dm2) = (count, area),
            Some(ApplicationState::Accepted) => figures.accepted = count,
            Some(ApplicationState::Declined) => figures.declined = count,
            Some(ApplicationState::Withdrawn) => figures.withdrawn = count,
            None => {}
        }
    }
    Ok(figures)
}

/// One application with what helps to decide about it.
///
/// # Errors
/// When the database does not answer.
pub async fn application_record(
    reader: &Reader,
    edition: EditionId,
    id: ApplicationId,
) -> Outcome<Option<ApplicationRecord>> {
    let sql = format!("{APPLICATION} where a.id = $1 and a.edition_id = $2");
    let rows = reader.rows(&sql, values![id.uuid(), edition.uuid()]).await?;
    let Some(application) = rows.first().map(application).transpose()? else { return Ok(None) };
    let decided_by = match application.decided_by {
        Some(user) => reader
            .scalar::<String>("select name from \"user\" where id = $1", values![user.uuid()])
            .await?
            .unwrap_or_default(),
        None => String::new(),
    };
    let stands = match application.participation {
        Some(participation) => stands_of(reader, edition, participation).await?,
        None => Vec::new(),
    };
    let wish = (application.content.stand_kind, application.content.area_dm2);
    let waiting = application.state == ApplicationState::Submitted;
    Ok(Some(ApplicationRecord {
        suggestions: if waiting { free_stands(reader, edition, Some(wish), 200).await? } else { Vec::new() },
        known: if waiting { known_companies(reader, edition, &application).await? } else { Vec::new() },
        stands: stands.into_iter().map(|stand| (stand.id, stand.number)).collect(),
        decided_by,
        application,
    }))
}

async fn known_companies(reader: &Reader, edition: EditionId, a: &Application) -> Outcome<Vec<KnownCompany>> {
    let key = |name: &str| domain::party::matching::company_key(name);
    let (en, zh) = (key(&a.content.company.en), key(&a.content.company.zh));
    let sql = "select p.id, p.name, p.name_en, p.name_zh, coalesce(p.country, ''), exists (select 1 from participation n
               where n.party_id = p.id and n.edition_id = $1 and n.role = 'exhibitor')
               from party p where p.kind = 'organisation' and p.folded <> '' and p.folded in ($2, $3) order by p.id limit 5";
    let rows = reader.rows(sql, values![edition.uuid(), en, zh]).await?;
    let one = |row: &Row| -> Outcome<KnownCompany> {
        Ok(KnownCompany {
            party: PartyId::from_uuid(row.get(0)?),
            name: company(row.get(1)?, row.get(2)?, row.get(3)?),
            country: row.get(4)?,
            exhibits: row.get(5)?,
        })
    };
    rows.iter().map(one).collect()
}

/// The application that came with this submission, for the page that thanks for it.
///
/// # Errors
/// When the database does not answer.
pub async fn submitted(reader: &Reader, edition: EditionId, submission: Uuid) -> Outcome<Option<Application>> {
    crate::record::sales::submitted(reader, edition, submission).await
}
