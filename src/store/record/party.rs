//! People and organisations as use cases load and save them.

use crate::{Fault, Outcome, Query, Row, Tx, dialect::lock, record::search, values};
use chrono::{DateTime, Utc};
use domain::{
    ContactPointId, EditionId, Locale, ParticipationId, PartyId,
    party::{
        Affiliation, ContactKind, ContactPoint, Participation, ParticipationRole, ParticipationStatus, Party,
        PartyKind, matching::KnownPerson,
    },
    search::index_tokens,
};
use std::collections::BTreeMap;
use uuid::Uuid;

pub(crate) const COLUMNS: &str = "id, kind, name, name_en, name_zh, country, locale, website, credit_code, family_name, \
                                  given_name, version";

pub(crate) fn party_of(row: &Row) -> Outcome<Party> {
    let kind: String = row.get(1)?;
    Ok(Party {
        id: PartyId::from_uuid(row.get(0)?),
        kind: PartyKind::parse(&kind).ok_or_else(|| Fault::impossible("party", &kind))?,
        name: row.get(2)?,
        name_en: row.get(3)?,
        name_zh: row.get(4)?,
        country: row.get(5)?,
        locale: row.get::<Option<String>>(6)?.as_deref().and_then(Locale::parse),
        website: row.get(7)?,
        credit_code: row.get(8)?,
        family_name: row.get(9)?,
        given_name: row.get(10)?,
        version: row.get(11)?,
    })
}

/// Adds parties.
///
/// # Errors
/// When the database does not answer.
pub async fn insert(tx: &Tx, parties: &[Party], at: DateTime<Utc>) -> Outcome<()> {
    let columns = [
        "id",
        "kind",
        "name",
        "name_en",
        "name_zh",
        "folded",
        "sort_key",
        "country",
        "locale",
        "website",
        "credit_code",
        "family_name",
        "given_name",
        "created_at",
        "version",
    ];
    let row = |p: &Party| {
        values![
            p.id.uuid(),
            p.kind.code(),
            p.name.as_str(),
            p.name_en.as_str(),
            p.name_zh.as_str(),
            p.folded(),
            p.sort_key(),
            p.country.clone(),
            p.locale.map(Locale::code),
            p.website.clone(),
            p.credit_code.clone(),
            p.family_name.clone(),
            p.given_name.clone(),
            at,
            p.version
        ]
    };
    tx.insert("party", &columns, parties.iter().map(row)).await
}

/// The party, locked.
///
/// # Errors
/// When the database does not answer.
pub async fn party(tx: &Tx, id: PartyId) -> Outcome<Option<Party>> {
    let sql = format!("select {COLUMNS} from party where id = $1{}", lock::for_update(tx.backend()));
    tx.rows(&sql, values![id.uuid()]).await?.first().map(party_of).transpose()
}

/// Saves a changed party.
///
/// # Errors
/// [`Fault::Stale`] when somebody else changed it since it was read.
pub async fn save(tx: &Tx, p: &Party) -> Outcome<()> {
    let touched = tx
        .run(
            "update party set name = $3, name_en = $4, name_zh = $5, folded = $6, sort_key = $7, country = $8, locale = $9,
             website = $10, credit_code = $11, family_name = $12, given_name = $13, version = version + 1
             where id = $1 and version = $2",
            values![
                p.id.uuid(), p.version, p.name.as_str(), p.name_en.as_str(), p.name_zh.as_str(), p.folded(), p.sort_key(),
                p.country.clone(), p.locale.map(Locale::code), p.website.clone(), p.credit_code.clone(),
                p.family_name.clone(), p.given_name.clone()
            ],
        )
        .await?;
    if touched == 0 { Err(Fault::Stale) } else { Ok(()) }
}

/// People who have this address or number, as candidates for being the same person.
///
/// # Errors
/// When the database does not answer.
pub async fn known_people(tx: &Tx, email: &str, phone: &str) -> Outcome<Vec<KnownPerson>> {
    let rows = tx
        .rows(
            "select p.id, p.folded, c.kind, c.folded from contact_point c join party p on p.id = c.party_id
             where p.kind = 'person' and c.kind = 'email' and c.folded = $1 and c.folded <> ''
             union all
             select p.id, p.folded, c.kind, c.folded from contact_point c join party p on p.id = c.party_id
             where p.kind = 'person' and c.kind in ('phone', 'mobile') and c.folded = $2 and c.folded <> ''
             order by 1 limit 200",
            values![domain::text::fold_email(email), domain::text::fold_phone(phone)],
        )
        .await?;
    let mut people: BTreeMap<Uuid, KnownPerson> = BTreeMap::new();
    for row in &rows {
        let id: Uuid = row.get(0)?;
        let folded: String = row.get(1)?;
        let person = people.entry(id).or_insert_with(|| KnownPerson {
            party: PartyId::from_uuid(id),
            folded,
            emails: Vec::new(),
            phones: Vec::new(),
        });
        let (kind, value): (String, String) = (row.get(2)?, row.get(3)?);
        if kind == ContactKind::Email.code() { person.emails.push(value) } else { person.phones.push(value) }
    }
    Ok(people.into_values().collect())
}

/// The organisation with this name key; the one known longest if there are several.
///
/// # Errors
/// When the database does not answer.
pub async fn organisation(tx: &Tx, folded: &str) -> Outcome<Option<PartyId>> {
    let sql = "select id from party where kind = 'organisation' and folded = $1 order by id limit 1";
    Ok(tx.scalar::<Uuid>(sql, values![folded]).await?.map(PartyId::from_uuid))
}

/// Adds contact points.
///
/// # Errors
/// When the database does not answer.
pub async fn insert_contacts(tx: &Tx, contacts: &[ContactPoint]) -> Outcome<()> {
    let columns = ["id", "party_id", "kind", "value", "folded", "is_primary"];
    let row = |c: &ContactPoint| {
        values![c.id.uuid(), c.party.uuid(), c.kind.code(), c.value.as_str(), c.folded.as_str(), c.primary]
    };
    tx.insert("contact_point", &columns, contacts.iter().map(row)).await
}

/// The contact points of a party.
///
/// # Errors
/// When the database does not answer.
pub async fn contacts(tx: &Tx, party: PartyId) -> Outcome<Vec<ContactPoint>> {
    let sql = "select id, kind, value, folded, is_primary from contact_point where party_id = $1 order by id";
    let rows = tx.rows(sql, values![party.uuid()]).await?;
    let contact = |row: &Row| -> Outcome<ContactPoint> {
        let kind: String = row.get(1)?;
        Ok(ContactPoint {
            id: ContactPointId::from_uuid(row.get(0)?),
            party,
            kind: ContactKind::parse(&kind).ok_or_else(|| Fault::impossible("contact_point", &kind))?,
            value: row.get(2)?,
            folded: row.get(3)?,
            primary: row.get(4)?,
        })
    };
    rows.iter().map(contact).collect()
}

/// Takes a contact point away.
///
/// # Errors
/// When the database does not answer.
pub async fn remove_contact(tx: &Tx, id: ContactPointId) -> Outcome<()> {
    tx.run("delete from contact_point where id = $1", values![id.uuid()]).await?;
    Ok(())
}

/// Adds affiliations.
///
/// # Errors
/// When the database does not answer.
pub async fn insert_affiliations(tx: &Tx, affiliations: &[Affiliation]) -> Outcome<()> {
    let columns = ["id", "person_id", "organisation_id", "title", "from_on", "until_on"];
    let row = |a: &Affiliation| {
        values![a.id.uuid(), a.person.uuid(), a.organisation.uuid(), a.title.as_str(), a.from_on, a.until_on]
    };
    tx.insert("affiliation", &columns, affiliations.iter().map(row)).await
}

/// Whether the person works for the organisation now.
///
/// # Errors
/// When the database does not answer.
pub async fn is_affiliated(tx: &Tx, person: PartyId, organisation: PartyId) -> Outcome<bool> {
    let sql = "select id from affiliation where person_id = $1 and organisation_id = $2 and until_on is null limit 1";
    Ok(tx.scalar::<Uuid>(sql, values![person.uuid(), organisation.uuid()]).await?.is_some())
}

/// Adds participations.
///
/// # Errors
/// When a party already has the role in the edition.
pub async fn insert_participations(tx: &Tx, participations: &[Participation], at: DateTime<Utc>) -> Outcome<()> {
    let columns = ["id", "edition_id", "party_id", "role", "status", "created_at", "version"];
    let row = |p: &Participation| {
        values![p.id.uuid(), p.edition.uuid(), p.party.uuid(), p.role.code(), p.status.code(), at, p.version]
    };
    tx.insert("participation", &columns, participations.iter().map(row)).await
}

/// The party's participation in a role, if it has one.
///
/// # Errors
/// When the database does not answer.
pub async fn participation(
    tx: &Tx,
    edition: EditionId,
    party: PartyId,
    role: ParticipationRole,
) -> Outcome<Option<Participation>> {
    let sql = format!(
        "select id, status, version from participation where edition_id = $1 and party_id = $2 and role = $3{}",
        lock::for_update(tx.backend())
    );
    let rows = tx.rows(&sql, values![edition.uuid(), party.uuid(), role.code()]).await?;
    let found = |row: &Row| -> Outcome<Participation> {
        let status: String = row.get(1)?;
        Ok(Participation {
            id: ParticipationId::from_uuid(row.get(0)?),
            edition,
            party,
            role,
            status: ParticipationStatus::parse(&status).ok_or_else(|| Fault::impossible("participation", &status))?,
            version: row.get(2)?,
        })
    };
    rows.first().map(found).transpose()
}

/// Moves a participation to another status.
///
/// # Errors
/// When the database does not answer.
pub async fn set_participation(tx: &Tx, id: ParticipationId, status: ParticipationStatus) -> Outcome<()> {
    let sql = "update participation set status = $2, version = version + 1 where id = $1";
    tx.run(sql, values![id.uuid(), status.code()]).await?;
    Ok(())
}

/// What a party is found by. `beside` is shown under its name: the company of a person, the country of a company.
#[must_use]
pub fn document<'a>(
    party: &'a Party,
    beside: &'a str,
    contacts: impl IntoIterator<Item = &'a str>,
) -> search::Document {
    let texts = [party.name.as_str(), &party.name_en, &party.name_zh, beside];
    search::Document {
        id: party.id.uuid(),
        edition: None,
        kind: match party.kind {
            PartyKind::Person => "person",
            PartyKind::Organisation => "organisation",
        },
        title: party.name.clone(),
        subtitle: beside.to_owned(),
        link: format!("/party/{}", party.id),
        tokens: index_tokens(texts.into_iter().chain(contacts)),
    }
}
