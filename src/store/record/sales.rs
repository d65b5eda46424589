//! Loading and saving stands, assignments and applications.

use crate::{Fault, Outcome, Query, Row, Tx, dialect, read, values};
use chrono::{DateTime, Utc};
use domain::{
    ApplicationId, Bilingual, EditionId, Locale, ParticipationId, PlaceId, StandAssignmentId, UserId,
    sales::{Application, ApplicationState, Apply, Assignment, Exhibitor, Holder, OpenSides, Stand, StandKind},
    venue::{Footprint, Rect},
};
use uuid::Uuid;

const STAND: &str = "select s.id, s.edition_id, s.hall_id, s.number, s.kind, s.area_dm2, s.open_sides, p.x_mm, p.y_mm,
    p.w_mm, p.h_mm, s.version from stand s join place p on p.id = s.id";

pub(crate) fn kind_of(code: &str) -> Outcome<StandKind> {
    StandKind::parse(code).ok_or_else(|| Fault::impossible("stand", code))
}

fn stand(row: &Row) -> Outcome<Stand> {
    let sides: i32 = row.get(6)?;
    Ok(Stand {
        id: PlaceId::from_uuid(row.get(0)?),
        edition: EditionId::from_uuid(row.get(1)?),
        hall: PlaceId::from_uuid(row.get(2)?),
        number: row.get(3)?,
        kind: kind_of(&row.get::<String>(4)?)?,
        area_dm2: row.get(5)?,
        open_sides: OpenSides::new(sides).ok_or_else(|| Fault::impossible("stand", sides))?,
        rect: Rect::from_parts(row.get(7)?, row.get(8)?, row.get(9)?, row.get(10)?),
        version: row.get(11)?,
    })
}

/// A stand of the edition, locked until the transaction ends: whoever asks second waits and then sees the first.
///
/// # Errors
/// When the database does not answer.
pub async fn stand_of(tx: &Tx, edition: EditionId, id: PlaceId) -> Outcome<Option<Stand>> {
    // Both rows: whoever moves the place also waits.
    let lock = dialect::lock::for_update(tx.backend());
    let sql = format!("{STAND} where s.id = $1 and s.edition_id = $2{lock}");
    tx.rows(&sql, values![id.uuid(), edition.uuid()]).await?.first().map(stand).transpose()
}

/// Adds the commercial half of a stand; its place is added before.
///
/// # Errors
/// `Taken("uq_stand_edition_id_number")`.
pub async fn insert_stand(tx: &Tx, s: &Stand) -> Outcome<()> {
    insert_stands(tx, std::slice::from_ref(s)).await
}

/// Adds many stands.
///
/// # Errors
/// As [`insert_stand`].
pub async fn insert_stands(tx: &Tx, stands: &[Stand]) -> Outcome<()> {
    let rows = stands.iter().map(|s| {
        values![
            s.id.uuid(),
            s.edition.uuid(),
            s.hall.uuid(),
            s.number.as_str(),
            s.kind.code(),
            s.area_dm2,
            s.open_sides.count(),
            s.version
        ]
    });
    let columns = ["id", "edition_id", "hall_id", "number", "kind", "area_dm2", "open_sides", "version"];
    tx.insert("stand", &columns, rows).await
}

/// Saves a stand if nobody else changed it since.
///
/// # Errors
/// `Stale` when somebody did; `Taken("uq_stand_edition_id_number")`.
pub async fn save_stand(tx: &Tx, s: &Stand) -> Outcome<()> {
    let touched = tx
        .run(
            "update stand set hall_id = $2, number = $3, kind = $4, area_dm2 = $5, open_sides = $6, version = version + 1
             where id = $1 and version = $7",
            values![
                s.id.uuid(), s.hall.uuid(), s.number.as_str(), s.kind.code(), s.area_dm2, s.open_sides.count(), s.version
            ],
        )
        .await?;
    if touched == 0 { Err(Fault::Stale) } else { Ok(()) }
}

/// The stands of the edition as they lie in a hall; of other halls only the numbers matter, so they come without.
///
/// # Errors
/// When the database does not answer.
pub async fn neighbours(tx: &Tx, edition: EditionId, hall: PlaceId) -> Outcome<Vec<Footprint>> {
    let sql =
        "select s.id, s.number, s.area_dm2, p.x_mm, p.y_mm, p.w_mm, p.h_mm from stand s join place p on p.id = s.id
               where s.edition_id = $1 and s.hall_id = $2";
    read::venue::footprints(&tx.rows(sql, values![edition.uuid(), hall.uuid()]).await?)
}

/// Who holds a stand now.
///
/// # Errors
/// When the database does not answer.
pub async fn holder(q: &impl Query, stand: PlaceId) -> Outcome<Option<Holder>> {
    let sql = "select a.id, a.edition_id, a.stand_id, a.participation_id, a.assigned_by, a.assigned_at, p.name
               from stand_assignment a join participation n on n.id = a.participation_id join party p on p.id = n.party_id
               where a.stand_id = $1 and a.released_at is null";
    let rows = q.rows(sql, values![stand.uuid()]).await?;
    let Some(row) = rows.first() else { return Ok(None) };
    let assignment = Assignment {
        id: StandAssignmentId::from_uuid(row.get(0)?),
        edition: EditionId::from_uuid(row.get(1)?),
        stand: PlaceId::from_uuid(row.get(2)?),
        participation: ParticipationId::from_uuid(row.get(3)?),
        assigned_by: row.get::<Option<Uuid>>(4)?.map(UserId::from_uuid),
        assigned_at: row.get(5)?,
        released_at: None,
    };
    Ok(Some(Holder { assignment, company: row.get(6)? }))
}

/// An exhibitor of the edition that may hold stands.
///
/// # Errors
/// When the database does not answer.
pub async fn exhibitor(q: &impl Query, edition: EditionId, id: ParticipationId) -> Outcome<Option<Exhibitor>> {
    let sql = "select n.id, p.name, n.status from participation n join party p on p.id = n.party_id
               where n.id = $1 and n.edition_id = $2 and n.role = 'exhibitor'";
    let rows = q.rows(sql, values![id.uuid(), edition.uuid()]).await?;
    let one = |row: &Row| -> Outcome<Exhibitor> {
        let status: String = row.get(2)?;
        Ok(Exhibitor {
            participation: ParticipationId::from_uuid(row.get(0)?),
            company: row.get(1)?,
            active: status != "cancelled",
        })
    };
    rows.first().map(one).transpose()
}

/// Kinds of the stands a participation holds.
///
/// # Errors
/// When the database does not answer.
pub async fn held_kinds(tx: &Tx, participation: ParticipationId) -> Outcome<Vec<StandKind>> {
    let sql = "select s.kind from stand_assignment a join stand s on s.id = a.stand_id
               where a.participation_id = $1 and a.released_at is null";
    let rows = tx.rows(sql, values![participation.uuid()]).await?;
    rows.iter().map(|row| kind_of(&row.get::<String>(0)?)).collect()
}

/// Numbers of the stands a participation holds.
///
/// # Errors
/// When the database does not answer.
pub async fn held_numbers(tx: &Tx, participation: ParticipationId) -> Outcome<Vec<String>> {
    let sql = "select s.number from stand_assignment a join stand s on s.id = a.stand_id
               where a.participation_id = $1 and a.released_at is null order by s.number";
    tx.rows(sql, values![participation.uuid()]).await?.iter().map(|row| row.get(0)).collect()
}

/// Gives a stand.
///
/// # Errors
/// `Taken("uq_stand_assignment_stand_id")` when somebody was faster: the index has the last word.
pub async fn insert_assignment(tx: &Tx, a: &Assignment) -> Outcome<()> {
    insert_assignments(tx, std::slice::from_ref(a)).await
}

/// Gives many stands.
///
/// # Errors
/// As [`insert_assignment`].
pub async fn insert_assignments(tx: &Tx, assignments: &[Assignment]) -> Outcome<()> {
    let rows = assignments.iter().map(|a| {
        values![
            a.id.uuid(),
            a.edition.uuid(),
            a.stand.uuid(),
            a.participation.uuid(),
            a.assigned_by.map(UserId::uuid),
            a.assigned_at,
            a.released_at
        ]
    });
    let columns = ["id", "edition_id", "stand_id", "participation_id", "assigned_by", "assigned_at", "released_at"];
    tx.insert("stand_assignment", &columns, rows).await
}

/// Ends an assignment.
///
/// # Errors
/// `Stale` when it has ended already.
pub async fn end_assignment(tx: &Tx, a: &Assignment) -> Outcome<()> {
    let sql = "update stand_assignment set released_at = $2 where id = $1 and released_at is null";
    if tx.run(sql, values![a.id.uuid(), a.released_at]).await? == 0 { Err(Fault::Stale) } else { Ok(()) }
}

pub(crate) const APPLICATION: &str = "select a.id, a.edition_id, a.number, a.submission, a.company_en, a.company_zh, a.country,
    a.website, a.contact_name, a.contact_email, a.contact_phone, a.locale, a.stand_kind, a.area_dm2, a.open_sides, a.products,
    a.message, a.status, a.participation_id, a.reason, a.decided_by, a.decided_at, a.created_at, a.version from application a";

pub(crate) fn application(row: &Row) -> Outcome<Application> {
    let state: String = row.get(17)?;
    Ok(Application {
        id: ApplicationId::from_uuid(row.get(0)?),
        edition: EditionId::from_uuid(row.get(1)?),
        number: i64::from(row.get::<i32>(2)?),
        submission: row.get(3)?,
        content: Apply {
            company: Bilingual { en: row.get(4)?, zh: row.get(5)? },
            country: row.get(6)?,
            website: row.get(7)?,
            contact_name: row.get(8)?,
            contact_email: row.get(9)?,
            contact_phone: row.get(10)?,
            locale: Locale::parse(&row.get::<String>(11)?).unwrap_or_default(),
            stand_kind: kind_of(&row.get::<String>(12)?)?,
            area_dm2: row.get(13)?,
            open_sides: row.get::<Option<i32>>(14)?.and_then(OpenSides::new),
            products: row.get(15)?,
            message: row.get(16)?,
        },
        state: ApplicationState::parse(&state).ok_or_else(|| Fault::impossible("application", state))?,
        participation: row.get::<Option<Uuid>>(18)?.map(ParticipationId::from_uuid),
        reason: row.get(19)?,
        decided_by: row.get::<Option<Uuid>>(20)?.map(UserId::from_uuid),
        decided_at: row.get(21)?,
        created_at: row.get(22)?,
        version: row.get(23)?,
    })
}

/// An application of the edition, locked until the transaction ends.
///
/// # Errors
/// When the database does not answer.
pub async fn application_of(tx: &Tx, edition: EditionId, id: ApplicationId) -> Outcome<Option<Application>> {
    let lock = dialect::lock::for_update(tx.backend());
    let sql = format!("{APPLICATION} where a.id = $1 and a.edition_id = $2{lock}");
    tx.rows(&sql, values![id.uuid(), edition.uuid()]).await?.first().map(application).transpose()
}

/// The application that came with this submission.
///
/// # Errors
/// When the database does not answer.
pub async fn submitted(q: &impl Query, edition: EditionId, submission: Uuid) -> Outcome<Option<Application>> {
    let sql = format!("{APPLICATION} where a.submission = $1 and a.edition_id = $2");
    q.rows(&sql, values![submission, edition.uuid()]).await?.first().map(application).transpose()
}

/// The number after the last one. The edition's row is locked first, so that two at once get two numbers.
///
/// # Errors
/// When the database does not answer.
pub async fn next_number(tx: &Tx, edition: EditionId) -> Outcome<i64> {
    let lock = dialect::lock::for_update(tx.backend());
    tx.rows(&format!("select id from edition where id = $1{lock}"), values![edition.uuid()]).await?;
    let sql = "select coalesce(max(number), 0) + 1 from application where edition_id = $1";
    Ok(i64::from(tx.scalar::<i32>(sql, values![edition.uuid()]).await?.unwrap_or(1)))
}

/// Adds an application.
///
/// # Errors
/// `Taken("uq_application_submission")` for a second click that overtook the first.
pub async fn insert_application(tx: &Tx, a: &Application) -> Outcome<()> {
    insert_applications(tx, std::slice::from_ref(a)).await
}

/// Adds many applications.
///
/// # Errors
/// As [`insert_application`].
pub async fn insert_applications(tx: &Tx, applications: &[Application]) -> Outcome<()> {
    let columns = [
        "id",
        "edition_id",
        "submission",
        "number",
        "company_en",
        "company_zh",
        "country",
        "website",
        "contact_name",
        "contact_email",
        "contact_phone",
        "locale",
        "stand_kind",
        "area_dm2",
        "open_sides",
        "products",
        "message",
        "status",
        "participation_id",
        "decided_by",
        "decided_at",
        "reason",
        "created_at",
        "version",
    ];
    let rows = applications.iter().map(|a| {
        let c = &a.content;
        values![
            a.id.uuid(),
            a.edition.uuid(),
            a.submission,
            i32::try_from(a.number).unwrap_or(i32::MAX),
            c.company.en.as_str(),
            c.company.zh.as_str(),
            c.country.as_str(),
            c.website.as_str(),
            c.contact_name.as_str(),
            c.contact_email.as_str(),
            c.contact_phone.as_str(),
            c.locale.code(),
            c.stand_kind.code(),
            c.area_dm2,
            c.open_sides.map(OpenSides::count),
            c.products.as_str(),
            c.message.as_str(),
            a.state.code(),
            a.participation.map(ParticipationId::uuid),
            a.decided_by.map(UserId::uuid),
            a.decided_at,
            a.reason.clone(),
            a.created_at,
            a.version
        ]
    });
    tx.insert("application", &columns, rows).await
}

/// Saves the decision about an application if nobody else decided since.
///
/// # Errors
/// `Stale` when somebody did.
pub async fn save_application(tx: &Tx, a: &Application) -> Outcome<()> {
    let touched = tx
        .run(
            "update application set status = $2, participation_id = $3, decided_by = $4, decided_at = $5, reason = $6,
             version = version + 1 where id = $1 and version = $7",
            values![
                a.id.uuid(),
                a.state.code(),
                a.participation.map(ParticipationId::uuid),
                a.decided_by.map(UserId::uuid),
                a.decided_at,
                a.reason.clone(),
                a.version
            ],
        )
        .await?;
    if touched == 0 { Err(Fault::Stale) } else { Ok(()) }
}

/// When a stand was released, for tests of history.
///
/// # Errors
/// When the database does not answer.
pub async fn live_assignments(q: &impl Query, stand: PlaceId) -> Outcome<Vec<(ParticipationId, DateTime<Utc>)>> {
    let sql = "select participation_id, assigned_at from stand_assignment where stand_id = $1 and released_at is null";
    let rows = q.rows(sql, values![stand.uuid()]).await?;
    rows.iter().map(|row| Ok((ParticipationId::from_uuid(row.get(0)?), row.get(1)?))).collect()
}
