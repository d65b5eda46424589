//! Groups and their members as use cases load and save them.

use crate::{Fault, Outcome, Query, Row, Tx, dialect::lock, values};
use chrono::{DateTime, Utc};
use domain::{
    DelegationId, EditionId, Locale, ParticipationId, RegistrationId,
    registration::{
        Category,
        delegation::{Delegation, Kind},
    },
    text::fold_email,
};
use uuid::Uuid;

pub(crate) const DELEGATION: &str = "g.id, g.edition_id, g.number, g.kind, g.participation_id, g.name, g.contact_name, \
                                     g.contact_email, g.contact_phone, g.country, g.locale, g.category, g.quota, g.closed, \
                                     g.note, g.created_by, g.created_at, g.version";

/// Columns of [`DELEGATION`].
pub(crate) const DELEGATION_WIDTH: usize = 18;

pub(crate) fn delegation_of(row: &Row) -> Outcome<Delegation> {
    let wrong = |what: &str| Fault::impossible("delegation", what);
    let (kind, category): (String, String) = (row.get(3)?, row.get(11)?);
    Ok(Delegation {
        id: DelegationId::from_uuid(row.get(0)?),
        edition: EditionId::from_uuid(row.get(1)?),
        number: row.get(2)?,
        kind: Kind::parse(&kind).ok_or_else(|| wrong(&kind))?,
        participation: row.get::<Option<Uuid>>(4)?.map(ParticipationId::from_uuid),
        name: row.get(5)?,
        contact_name: row.get(6)?,
        contact_email: row.get(7)?,
        contact_phone: row.get(8)?,
        country: row.get(9)?,
        locale: Locale::parse(&row.get::<String>(10)?).unwrap_or_default(),
        category: Category::parse(&category).ok_or_else(|| wrong(&category))?,
        quota: row.get(12)?,
        closed: row.get(13)?,
        note: row.get(14)?,
        created_by: row.get(15)?,
        created_at: row.get(16)?,
        version: row.get(17)?,
    })
}

/// Adds groups, each with the hash of its key.
///
/// # Errors
/// When an id, a number or a key is taken.
pub async fn insert(tx: &Tx, groups: &[(Delegation, String)]) -> Outcome<()> {
    let columns = [
        "id",
        "edition_id",
        "number",
        "kind",
        "participation_id",
        "name",
        "contact_name",
        "contact_email",
        "folded_email",
        "contact_phone",
        "country",
        "locale",
        "category",
        "quota",
        "closed",
        "note",
        "access_hash",
        "created_by",
        "created_at",
        "version",
    ];
    let row = |(g, hash): &(Delegation, String)| {
        values![
            g.id.uuid(),
            g.edition.uuid(),
            g.number,
            g.kind.code(),
            g.participation.map(ParticipationId::uuid),
            g.name.as_str(),
            g.contact_name.as_str(),
            g.contact_email.as_str(),
            fold_email(&g.contact_email),
            g.contact_phone.as_str(),
            g.country.as_str(),
            g.locale.code(),
            g.category.code(),
            g.quota,
            g.closed,
            g.note.as_str(),
            hash.as_str(),
            g.created_by.as_str(),
            g.created_at,
            g.version
        ]
    };
    tx.insert("delegation", &columns, groups.iter().map(row)).await
}

/// The group, locked.
///
/// # Errors
/// When the database does not answer.
pub async fn delegation(tx: &Tx, edition: EditionId, id: DelegationId) -> Outcome<Option<Delegation>> {
    let lock = lock::for_update(tx.backend());
    let sql = format!("select {DELEGATION} from delegation g where g.id = $1 and g.edition_id = $2{lock}");
    tx.rows(&sql, values![id.uuid(), edition.uuid()]).await?.first().map(delegation_of).transpose()
}

/// The group as it is.
///
/// # Errors
/// When the database does not answer.
pub async fn by_id(db: &impl Query, edition: EditionId, id: DelegationId) -> Outcome<Option<Delegation>> {
    let sql = format!("select {DELEGATION} from delegation g where g.id = $1 and g.edition_id = $2");
    db.rows(&sql, values![id.uuid(), edition.uuid()]).await?.first().map(delegation_of).transpose()
}

/// The group of an exhibitor's own people, if there is one.
///
/// # Errors
/// When the database does not answer.
pub async fn staff_of(
    db: &impl Query,
    edition: EditionId,
    participation: ParticipationId,
) -> Outcome<Option<Delegation>> {
    let sql = format!(
        "select {DELEGATION} from delegation g where g.edition_id = $1 and g.participation_id = $2 and g.kind = 'staff'"
    );
    db.rows(&sql, values![edition.uuid(), participation.uuid()]).await?.first().map(delegation_of).transpose()
}

/// The next number of a group. The caller holds the queue of the edition.
///
/// # Errors
/// When the database does not answer.
pub async fn next_number(tx: &Tx, edition: EditionId) -> Outcome<i32> {
    let sql = "select max(number) from delegation where edition_id = $1";
    Ok(tx.scalar::<Option<i32>>(sql, values![edition.uuid()]).await?.flatten().unwrap_or(0) + 1)
}

/// Saves a changed group.
///
/// # Errors
/// [`Fault::Stale`] when somebody else changed it since it was read.
pub async fn save(tx: &Tx, g: &Delegation) -> Outcome<()> {
    let touched = tx
        .run(
            "update delegation set kind = $3, name = $4, contact_name = $5, contact_email = $6, folded_email = $7,
             contact_phone = $8, country = $9, locale = $10, category = $11, quota = $12, closed = $13, note = $14,
             version = version + 1 where id = $1 and version = $2",
            values![
                g.id.uuid(),
                g.version,
                g.kind.code(),
                g.name.as_str(),
                g.contact_name.as_str(),
                g.contact_email.as_str(),
                fold_email(&g.contact_email),
                g.contact_phone.as_str(),
                g.country.as_str(),
                g.locale.code(),
                g.category.code(),
                g.quota,
                g.closed,
                g.note.as_str()
            ],
        )
        .await?;
    if touched == 0 { Err(Fault::Stale) } else { Ok(()) }
}

/// Adds members: registration and since when.
///
/// # Errors
/// When a registration belongs to a group already.
pub async fn insert_members(
    tx: &Tx,
    (edition, group): (EditionId, DelegationId),
    members: &[RegistrationId],
    at: DateTime<Utc>,
) -> Outcome<()> {
    let columns = ["edition_id", "registration_id", "delegation_id", "at"];
    let row = |member: &RegistrationId| values![edition.uuid(), member.uuid(), group.uuid(), at];
    tx.insert("delegation_member", &columns, members.iter().map(row)).await
}

/// The group a registration belongs to.
///
/// # Errors
/// When the database does not answer.
pub async fn group_of(db: &impl Query, edition: EditionId, member: RegistrationId) -> Outcome<Option<Delegation>> {
    let sql = format!(
        "select {DELEGATION} from delegation_member m join delegation g on g.id = m.delegation_id
         where m.edition_id = $1 and m.registration_id = $2"
    );
    db.rows(&sql, values![edition.uuid(), member.uuid()]).await?.first().map(delegation_of).transpose()
}

/// How many live members a group has.
///
/// # Errors
/// When the database does not answer.
pub async fn live(db: &impl Query, group: DelegationId) -> Outcome<i64> {
    let sql = "select count(*) from delegation_member m join registration r on r.edition_id = m.edition_id
               and r.id = m.registration_id where m.delegation_id = $1 and r.status not in ('cancelled', 'rejected')";
    Ok(db.scalar(sql, values![group.uuid()]).await?.unwrap_or(0))
}
