//! Loading and saving contacts and duties of exhibitors.

use crate::{Fault, Outcome, Query, Row, Tx, dialect, values};
use domain::{
    Bilingual, ContactId, DocumentId, DutyId, EditionId, ExhibitorDutyId, Locale, ParticipationId, PartyId, TaskId,
    exhibitor::{AppliesTo, Contact, Duty, DutyState, ExhibitorDuty},
};
use uuid::Uuid;

const CONTACT: &str = "select c.id, c.edition_id, c.participation_id, c.party_id, c.name, c.email, c.locale,
    c.invite_expires_at, c.joined_at, c.active, c.created_at, c.version, c.password_hash from contact c";

fn contact(row: &Row) -> Outcome<Contact> {
    Ok(Contact {
        id: ContactId::from_uuid(row.get(0)?),
        edition: EditionId::from_uuid(row.get(1)?),
        participation: ParticipationId::from_uuid(row.get(2)?),
        party: row.get::<Option<Uuid>>(3)?.map(PartyId::from_uuid),
        name: row.get(4)?,
        email: row.get(5)?,
        locale: Locale::parse(&row.get::<String>(6)?).unwrap_or_default(),
        invited_until: row.get(7)?,
        joined_at: row.get(8)?,
        active: row.get(9)?,
        created_at: row.get(10)?,
        version: row.get(11)?,
    })
}

/// A contact of an exhibitor, locked until the transaction ends.
///
/// # Errors
/// When the database does not answer.
pub async fn contact_of(tx: &Tx, participation: ParticipationId, id: ContactId) -> Outcome<Option<Contact>> {
    let lock = dialect::lock::for_update(tx.backend());
    let sql = format!("{CONTACT} where c.id = $1 and c.participation_id = $2{lock}");
    tx.rows(&sql, values![id.uuid(), participation.uuid()]).await?.first().map(contact).transpose()
}

/// The contact with this address, if the exhibitor has one.
///
/// # Errors
/// When the database does not answer.
pub async fn contact_by_email(tx: &Tx, participation: ParticipationId, email: &str) -> Outcome<Option<Contact>> {
    let lock = dialect::lock::for_update(tx.backend());
    let sql = format!("{CONTACT} where c.folded_email = $1 and c.participation_id = $2{lock}");
    let bound = values![domain::text::fold_email(email), participation.uuid()];
    tx.rows(&sql, bound).await?.first().map(contact).transpose()
}

/// The contact an invitation's hash belongs to.
///
/// # Errors
/// When the database does not answer.
pub async fn invited(q: &impl Query, invite_hash: &str) -> Outcome<Option<Contact>> {
    let sql = format!("{CONTACT} where c.invite_hash = $1");
    q.rows(&sql, values![invite_hash]).await?.first().map(contact).transpose()
}

/// Contacts that may sign in with this address, the latest edition first, with their password hashes.
///
/// # Errors
/// When the database does not answer.
pub async fn sign_ins(q: &impl Query, email: &str) -> Outcome<Vec<(Contact, String)>> {
    let sql = format!(
        "{CONTACT} join edition e on e.id = c.edition_id where c.folded_email = $1 and c.active and c.password_hash is not null
         order by e.opens_on desc, c.id desc limit 5"
    );
    let rows = q.rows(&sql, values![domain::text::fold_email(email)]).await?;
    rows.iter().map(|row| Ok((contact(row)?, row.get(12)?))).collect()
}

/// A contact that may sign in, with its password hash if it has joined.
///
/// # Errors
/// When the database does not answer.
pub async fn active_contact(q: &impl Query, id: ContactId) -> Outcome<Option<(Contact, Option<String>)>> {
    let rows = q.rows(&format!("{CONTACT} where c.id = $1 and c.active"), values![id.uuid()]).await?;
    rows.first().map(|row| Ok((contact(row)?, row.get(12)?))).transpose()
}

/// Saves name and language of a contact if nobody else changed it since.
///
/// # Errors
/// `Stale` when somebody did.
pub async fn save_person(tx: &Tx, c: &Contact) -> Outcome<()> {
    let sql = "update contact set name = $2, locale = $3, version = version + 1 where id = $1 and version = $4";
    let touched = tx.run(sql, values![c.id.uuid(), c.name.as_str(), c.locale.code(), c.version]).await?;
    if touched == 0 { Err(Fault::Stale) } else { Ok(()) }
}

/// Adds a contact.
///
/// # Errors
/// `Taken("uq_contact_participation_id_folded_email")` when the exhibitor has one with this address.
pub async fn insert_contact(tx: &Tx, c: &Contact) -> Outcome<()> {
    tx.run(
        "insert into contact (id, edition_id, participation_id, party_id, name, email, folded_email, locale, active,
         created_at, version) values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)",
        values![
            c.id.uuid(),
            c.edition.uuid(),
            c.participation.uuid(),
            c.party.map(PartyId::uuid),
            c.name.as_str(),
            c.email.as_str(),
            domain::text::fold_email(&c.email),
            c.locale.code(),
            c.active,
            c.created_at,
            c.version
        ],
    )
    .await?;
    Ok(())
}

/// Opens an invitation: only the secret's hash is kept.
///
/// # Errors
/// `Stale` when somebody else changed the contact.
pub async fn save_invitation(tx: &Tx, c: &Contact, invite_hash: &str) -> Outcome<()> {
    let touched = tx
        .run(
            "update contact set invite_hash = $2, invite_expires_at = $3, version = version + 1 where id = $1 and version = $4",
            values![c.id.uuid(), invite_hash, c.invited_until, c.version],
        )
        .await?;
    if touched == 0 { Err(Fault::Stale) } else { Ok(()) }
}

/// Spends an invitation: the contact has a password now.
///
/// # Errors
/// `Stale` when somebody else used it first.
pub async fn save_joined(tx: &Tx, c: &Contact, password_hash: &str) -> Outcome<()> {
    let touched = tx
        .run(
            "update contact set invite_hash = null, invite_expires_at = null, joined_at = $2, password_hash = $3,
             version = version + 1 where id = $1 and version = $4 and invite_hash is not null",
            values![c.id.uuid(), c.joined_at, password_hash, c.version],
        )
        .await?;
    if touched == 0 { Err(Fault::Stale) } else { Ok(()) }
}

/// Gives every contact with this address who has a password this one instead: it is one person at one mailbox.
///
/// # Errors
/// When the database does not answer.
pub async fn save_passwords(tx: &Tx, contacts: &[Contact], password_hash: &str) -> Outcome<()> {
    for contact in contacts {
        tx.run(
            "update contact set password_hash = $2, version = version + 1 where id = $1 and password_hash is not null",
            values![contact.id.uuid(), password_hash],
        )
        .await?;
    }
    Ok(())
}

const DUTY: &str =
    "select d.id, d.edition_id, d.code, d.name_en, d.name_zh, d.help_en, d.help_zh, d.task_id, d.applies_to,
    d.mandatory, d.sort from duty d";

fn duty(row: &Row) -> Outcome<Duty> {
    let applies: String = row.get(8)?;
    Ok(Duty {
        id: DutyId::from_uuid(row.get(0)?),
        edition: EditionId::from_uuid(row.get(1)?),
        code: row.get(2)?,
        name: Bilingual { en: row.get(3)?, zh: row.get(4)? },
        help: Bilingual { en: row.get(5)?, zh: row.get(6)? },
        task: row.get::<Option<Uuid>>(7)?.map(TaskId::from_uuid),
        applies_to: AppliesTo::parse(&applies).ok_or_else(|| Fault::impossible("duty", applies))?,
        mandatory: row.get(9)?,
        sort: row.get(10)?,
    })
}

/// All duties of an edition, in the order of the list.
///
/// # Errors
/// When the database does not answer.
pub async fn duties(q: &impl Query, edition: EditionId) -> Outcome<Vec<Duty>> {
    let sql = format!("{DUTY} where d.edition_id = $1 order by d.sort, d.code");
    q.rows(&sql, values![edition.uuid()]).await?.iter().map(duty).collect()
}

/// Adds duties.
///
/// # Errors
/// `Taken("uq_duty_edition_id_code")`.
pub async fn insert_duties(tx: &Tx, duties: &[Duty]) -> Outcome<()> {
    let rows = duties.iter().map(|d| {
        values![
            d.id.uuid(),
            d.edition.uuid(),
            d.code.as_str(),
            d.name.en.as_str(),
            d.name.zh.as_str(),
            d.help.en.as_str(),
            d.help.zh.as_str(),
            d.task.map(TaskId::uuid),
            d.applies_to.code(),
            d.mandatory,
            d.sort
        ]
    });
    let columns = [
        "id",
        "edition_id",
        "code",
        "name_en",
        "name_zh",
        "help_en",
        "help_zh",
        "task_id",
        "applies_to",
        "mandatory",
        "sort",
    ];
    tx.insert("duty", &columns, rows).await
}

/// Ids of the edition's plan tasks by code.
///
/// # Errors
/// When the database does not answer.
pub async fn tasks_by_code(tx: &Tx, edition: EditionId) -> Outcome<Vec<(String, TaskId)>> {
    let rows = tx.rows("select code, id from task where edition_id = $1", values![edition.uuid()]).await?;
    rows.iter().map(|row| Ok((row.get(0)?, TaskId::from_uuid(row.get(1)?)))).collect()
}

const OWN: &str = "select x.id, x.edition_id, x.duty_id, x.participation_id, x.state, x.note, x.document_id, x.done_at,
    x.done_by, x.version, p.name
    from exhibitor_duty x join participation n on n.id = x.participation_id join party p on p.id = n.party_id";

fn own(row: &Row) -> Outcome<ExhibitorDuty> {
    let state: String = row.get(4)?;
    Ok(ExhibitorDuty {
        id: ExhibitorDutyId::from_uuid(row.get(0)?),
        edition: EditionId::from_uuid(row.get(1)?),
        duty: DutyId::from_uuid(row.get(2)?),
        participation: ParticipationId::from_uuid(row.get(3)?),
        company: row.get(10)?,
        state: DutyState::parse(&state).ok_or_else(|| Fault::impossible("exhibitor_duty", state))?,
        note: row.get(5)?,
        document: row.get::<Option<Uuid>>(6)?.map(DocumentId::from_uuid),
        done_at: row.get(7)?,
        done_by: row.get(8)?,
        version: row.get(9)?,
    })
}

/// One exhibitor's duty with what it is, locked until the transaction ends. The scope is the edition and, for the
/// portal, the exhibitor: another one's duty does not exist.
///
/// # Errors
/// When the database does not answer.
pub async fn own_duty(
    tx: &Tx,
    edition: EditionId,
    only: Option<ParticipationId>,
    id: ExhibitorDutyId,
) -> Outcome<Option<(ExhibitorDuty, Duty)>> {
    let lock = dialect::lock::for_update(tx.backend());
    // Only the duty's own row: the company is nobody's to lock here.
    let lock = if lock.is_empty() { lock } else { " for update of x" };
    let sql = format!("{OWN} where x.id = $1 and x.edition_id = $2{lock}");
    let rows = tx.rows(&sql, values![id.uuid(), edition.uuid()]).await?;
    let Some(found) = rows.first().map(own).transpose()? else { return Ok(None) };
    if only.is_some_and(|participation| participation != found.participation) {
        return Ok(None);
    }
    let rows = tx.rows(&format!("{DUTY} where d.id = $1"), values![found.duty.uuid()]).await?;
    let duty = rows.first().map(duty).transpose()?;
    let duty = duty.ok_or_else(|| Fault::impossible("exhibitor_duty", "its duty is missing"))?;
    Ok(Some((found, duty)))
}

/// What an exhibitor has of the duties.
///
/// # Errors
/// When the database does not answer.
pub async fn own_duties(tx: &Tx, participation: ParticipationId) -> Outcome<Vec<ExhibitorDuty>> {
    let sql = format!("{OWN} where x.participation_id = $1");
    tx.rows(&sql, values![participation.uuid()]).await?.iter().map(own).collect()
}

/// Exhibitors of an edition that still take part.
///
/// # Errors
/// When the database does not answer.
pub async fn exhibitors(tx: &Tx, edition: EditionId) -> Outcome<Vec<ParticipationId>> {
    let sql = "select id from participation where edition_id = $1 and role = 'exhibitor' and status <> 'cancelled'";
    let rows = tx.rows(sql, values![edition.uuid()]).await?;
    rows.iter().map(|row| Ok(ParticipationId::from_uuid(row.get(0)?))).collect()
}

/// Gives exhibitors duties.
///
/// # Errors
/// `Taken("uq_exhibitor_duty_duty_id_participation_id")` when one has it already.
pub async fn insert_own_duties(tx: &Tx, duties: &[ExhibitorDuty]) -> Outcome<()> {
    let rows = duties.iter().map(|x| {
        values![
            x.id.uuid(),
            x.edition.uuid(),
            x.duty.uuid(),
            x.participation.uuid(),
            x.state.code(),
            x.note.as_str(),
            x.document.map(DocumentId::uuid),
            x.done_at,
            x.done_by,
            x.version
        ]
    });
    let columns = [
        "id",
        "edition_id",
        "duty_id",
        "participation_id",
        "state",
        "note",
        "document_id",
        "done_at",
        "done_by",
        "version",
    ];
    tx.insert("exhibitor_duty", &columns, rows).await
}

/// Takes an open duty from an exhibitor that no longer has a stand of the kind.
///
/// # Errors
/// When the database does not answer.
pub async fn delete_own_duty(tx: &Tx, id: ExhibitorDutyId) -> Outcome<()> {
    tx.run("delete from exhibitor_duty where id = $1 and state = 'open'", values![id.uuid()]).await?;
    Ok(())
}

/// Saves an exhibitor's duty if nobody else changed it since.
///
/// # Errors
/// `Stale` when somebody did.
pub async fn save_own_duty(tx: &Tx, x: &ExhibitorDuty) -> Outcome<()> {
    let touched = tx
        .run(
            "update exhibitor_duty set state = $2, note = $3, document_id = $4, done_at = $5, done_by = $6,
             version = version + 1 where id = $1 and version = $7",
            values![
                x.id.uuid(),
                x.state.code(),
                x.note.as_str(),
                x.document.map(DocumentId::uuid),
                x.done_at,
                x.done_by,
                x.version
            ],
        )
        .await?;
    if touched == 0 { Err(Fault::Stale) } else { Ok(()) }
}
