//! Changes of addresses that wait for a proof, who got personal data, and the removal of it.

use crate::{Fault, Outcome, Query, Row, Tx, values};
use chrono::{DateTime, Utc};
use domain::{
    EditionId, PartyId, RegistrationId,
    registration::disclosure::{Disclosure, Means, Recipient},
    text::fold_email,
};
use uuid::Uuid;

/// A change of an address that waits to be confirmed from it.
#[derive(Clone, Debug)]
pub struct AddressChange {
    pub id: Uuid,
    pub edition: EditionId,
    pub registration: RegistrationId,
    /// The new address.
    pub email: String,
    /// SHA-256 of the secret in the link, hex.
    pub secret_hash: String,
    pub asked_at: DateTime<Utc>,
    pub expires_at: DateTime<Utc>,
}

/// Adds a change that waits.
///
/// # Errors
/// When the database does not answer.
pub async fn insert_address_change(tx: &Tx, change: &AddressChange) -> Outcome<()> {
    let columns = ["id", "edition_id", "registration_id", "email", "secret_hash", "asked_at", "expires_at"];
    let row = values![
        change.id,
        change.edition.uuid(),
        change.registration.uuid(),
        change.email.as_str(),
        change.secret_hash.as_str(),
        change.asked_at,
        change.expires_at
    ];
    tx.insert("address_change", &columns, vec![row]).await
}

/// How many changes were asked for a registration since then.
///
/// # Errors
/// When the database does not answer.
pub async fn asked_since(tx: &Tx, registration: RegistrationId, since: DateTime<Utc>) -> Outcome<i64> {
    let sql = "select count(*) from address_change where registration_id = $1 and asked_at > $2";
    Ok(tx.scalar(sql, values![registration.uuid(), since]).await?.unwrap_or(0))
}

/// The change behind a secret, if it still waits.
///
/// # Errors
/// When the database does not answer.
pub async fn address_change(
    q: &impl Query,
    edition: EditionId,
    secret_hash: &str,
    now: DateTime<Utc>,
) -> Outcome<Option<AddressChange>> {
    let sql = "select id, registration_id, email, asked_at, expires_at from address_change
               where secret_hash = $1 and edition_id = $2 and done_at is null and expires_at > $3";
    let rows = q.rows(sql, values![secret_hash, edition.uuid(), now]).await?;
    let Some(row) = rows.first() else { return Ok(None) };
    Ok(Some(AddressChange {
        id: row.get(0)?,
        edition,
        registration: RegistrationId::from_uuid(row.get(1)?),
        email: row.get(2)?,
        secret_hash: secret_hash.to_owned(),
        asked_at: row.get(3)?,
        expires_at: row.get(4)?,
    }))
}

/// Notes that a change was confirmed; every other one of the registration is void with it.
///
/// # Errors
/// When the database does not answer.
pub async fn done_address_change(tx: &Tx, registration: RegistrationId, now: DateTime<Utc>) -> Outcome<()> {
    let sql = "update address_change set done_at = $2 where registration_id = $1 and done_at is null";
    tx.run(sql, values![registration.uuid(), now]).await?;
    Ok(())
}

/// Notes that somebody got personal data; once for a given id.
///
/// # Errors
/// When the database does not answer.
pub async fn insert_disclosure(tx: &Tx, edition: EditionId, one: &Disclosure) -> Outcome<()> {
    let filter = serde_json::to_value(&one.filter).map_err(|e| Fault::impossible("disclosure", e))?;
    tx.run(
        "insert into disclosure (edition_id, id, registration_id, recipient, name, means, filter, people, at)
         values ($1, $2, $3, $4, $5, $6, $7, $8, $9) on conflict (edition_id, id) do nothing",
        values![
            edition.uuid(),
            one.id,
            one.registration.map(RegistrationId::uuid),
            one.recipient.code(),
            one.name.as_str(),
            one.means.code(),
            filter,
            one.people,
            one.at
        ],
    )
    .await?;
    Ok(())
}

/// Whether a disclosure is noted already.
///
/// # Errors
/// When the database does not answer.
pub async fn is_disclosed(q: &impl Query, edition: EditionId, id: Uuid) -> Outcome<bool> {
    let sql = "select count(*) from disclosure where edition_id = $1 and id = $2";
    Ok(q.scalar::<i64>(sql, values![edition.uuid(), id]).await?.unwrap_or(0) > 0)
}

/// Disclosures that may have held a registration: of this very one, and of lists made since it came in; newest first.
///
/// # Errors
/// When the database does not answer.
pub async fn disclosures(
    q: &impl Query,
    edition: EditionId,
    (registration, since): (RegistrationId, DateTime<Utc>),
    limit: u32,
) -> Outcome<Vec<Disclosure>> {
    let sql = format!(
        "select id, registration_id, recipient, name, means, filter, people, at from disclosure
         where edition_id = $1 and at >= $3 and (registration_id is null or registration_id = $2)
         order by at desc limit {limit}"
    );
    let rows = q.rows(&sql, values![edition.uuid(), registration.uuid(), since]).await?;
    rows.iter().map(disclosure_of).collect()
}

fn disclosure_of(row: &Row) -> Outcome<Disclosure> {
    let (recipient, means): (String, String) = (row.get(2)?, row.get(4)?);
    let filter: serde_json::Value = row.get(5)?;
    let wrong = |what: &str| Fault::impossible("disclosure", what);
    Ok(Disclosure {
        id: row.get(0)?,
        registration: row.get::<Option<Uuid>>(1)?.map(RegistrationId::from_uuid),
        recipient: Recipient::parse(&recipient).ok_or_else(|| wrong(&recipient))?,
        name: row.get(3)?,
        means: Means::parse(&means).ok_or_else(|| wrong(&means))?,
        filter: serde_json::from_value(filter).map_err(|e| Fault::impossible("disclosure", e))?,
        people: row.get(6)?,
        at: row.get(7)?,
    })
}

/// Removes what else is kept of a registration that is anonymized: the values in its history (what happened stays),
/// mails to its address, changes of the address, what it is found by, and the key of its own page.
///
/// # Errors
/// When the database does not answer.
pub async fn forget(
    tx: &Tx,
    edition: EditionId,
    (registration, email): (RegistrationId, &str),
    new_access_hash: &str,
) -> Outcome<()> {
    let id = registration.uuid();
    tx.run("update fact set data = $2 where subject_id = $1", values![id, serde_json::json!({})]).await?;
    tx.run("delete from address_change where registration_id = $1", values![id]).await?;
    tx.run("delete from search_document where id = $1", values![id]).await?;
    tx.run(
        "update registration set access_hash = $3 where edition_id = $1 and id = $2",
        values![edition.uuid(), id, new_access_hash],
    )
    .await?;
    if !email.is_empty() {
        tx.run(
            "update mail set to_address = '', to_name = '', subject = '', body_text = '', body_html = '',
             attachments = $3, state = case when state = 'queued' then 'failed' else state end
             where edition_id = $1 and lower(to_address) = $2",
            values![edition.uuid(), fold_email(email), serde_json::json!([])],
        )
        .await?;
    }
    Ok(())
}

/// Whether a person is known for anything but anonymized registrations: another registration, a role in another
/// edition, a stand.
///
/// # Errors
/// When the database does not answer.
pub async fn is_known_elsewhere(tx: &Tx, edition: EditionId, party: PartyId) -> Outcome<bool> {
    let registered = tx
        .scalar::<i64>(
            "select count(*) from registration where party_id = $1 and status <> 'anonymized'",
            values![party.uuid()],
        )
        .await?;
    let takes_part = tx
        .scalar::<i64>(
            "select count(*) from participation where party_id = $1 and edition_id <> $2",
            values![party.uuid(), edition.uuid()],
        )
        .await?;
    Ok(registered.unwrap_or(0) + takes_part.unwrap_or(0) > 0)
}

/// Removes the name and every way to reach a person; the row stays for the counts.
///
/// # Errors
/// When the database does not answer.
pub async fn forget_party(tx: &Tx, party: PartyId) -> Outcome<()> {
    let id = party.uuid();
    tx.run("delete from contact_point where party_id = $1", values![id]).await?;
    tx.run("delete from affiliation where person_id = $1", values![id]).await?;
    tx.run("delete from search_document where id = $1", values![id]).await?;
    tx.run("update fact set data = $2 where subject_id = $1", values![id, serde_json::json!({})]).await?;
    Ok(())
}
