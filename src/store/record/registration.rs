//! Registrations, consents and badges as use cases load and save them.

use crate::{Fault, Outcome, Query, Row, Tx, dialect::lock, query::asked, record::search, values};
use domain::{
    ConsentId, CredentialId, EditionId, Locale, ParticipationId, PartyId, RegistrationId,
    registration::{
        Answers, Category, Channel, Consent, Credential, CredentialState, Details, Purpose, Registration, Status,
    },
    search::index_tokens,
    text::{fold_email, sort_key},
};
use sea_orm::Value;
use uuid::Uuid;

/// The name in the other script travels with the answers: a key no form can have.
const OTHER_NAME: &str = "@other_name";

pub(crate) const COLUMNS: &str = "edition_id, id, number, submission, party_id, participation_id, category, channel, \
                                  status, family_name, given_name, display_name, company, job_title, email, phone, \
                                  country, locale, answers, voucher, created_at, local_day, version, form_number, \
                                  waiting_since";

pub(crate) fn registration_of(row: &Row) -> Outcome<Registration> {
    let wrong = |what: &str| Fault::impossible("registration", what);
    let (category, channel, status): (String, String, String) = (row.get(6)?, row.get(7)?, row.get(8)?);
    let (other_name, answers) = answers_of_row(row, 18)?;
    Ok(Registration {
        edition: EditionId::from_uuid(row.get(0)?),
        id: RegistrationId::from_uuid(row.get(1)?),
        number: row.get(2)?,
        submission: row.get(3)?,
        party: row.get::<Option<Uuid>>(4)?.map(PartyId::from_uuid),
        participation: row.get::<Option<Uuid>>(5)?.map(ParticipationId::from_uuid),
        category: Category::parse(&category).ok_or_else(|| wrong(&category))?,
        channel: Channel::parse(&channel).ok_or_else(|| wrong(&channel))?,
        status: Status::parse(&status).ok_or_else(|| wrong(&status))?,
        details: Details {
            family_name: row.get(9)?,
            given_name: row.get(10)?,
            display_name: row.get(11)?,
            other_name,
            company: row.get(12)?,
            job_title: row.get(13)?,
            email: row.get(14)?,
            phone: row.get(15)?,
            country: row.get(16)?,
            locale: Locale::parse(&row.get::<String>(17)?).unwrap_or_default(),
            answers,
        },
        voucher: row.get(19)?,
        created_at: row.get(20)?,
        local_day: row.get(21)?,
        version: row.get(22)?,
        form: row.get(23)?,
        waiting_since: row.get(24)?,
    })
}

/// The name in the other script and the answers, as they are kept in one document.
pub(crate) fn answers_of_row(row: &Row, column: usize) -> Outcome<(String, Answers)> {
    let json: serde_json::Value = row.get(column)?;
    let mut answers: Answers = serde_json::from_value(json).map_err(|e| Fault::impossible("registration", e))?;
    Ok((answers.remove(OTHER_NAME).unwrap_or_default(), answers))
}

fn answers_of(details: &Details) -> serde_json::Value {
    let mut answers = details.answers.clone();
    if !details.other_name.is_empty() {
        answers.insert(OTHER_NAME.to_owned(), details.other_name.clone());
    }
    serde_json::json!(answers)
}

/// Adds registrations, each with the hash of its registrant's key.
///
/// # Errors
/// When a submission, number or key is taken.
pub async fn insert(tx: &Tx, registrations: &[(Registration, String)]) -> Outcome<()> {
    let columns = [
        "edition_id",
        "id",
        "number",
        "submission",
        "party_id",
        "participation_id",
        "category",
        "channel",
        "status",
        "family_name",
        "given_name",
        "display_name",
        "sort_key",
        "company",
        "job_title",
        "email",
        "folded_email",
        "phone",
        "country",
        "locale",
        "answers",
        "voucher",
        "access_hash",
        "created_at",
        "local_day",
        "version",
        "form_number",
        "waiting_since",
    ];
    let row = |(r, access_hash): &(Registration, String)| {
        let d = &r.details;
        values![
            r.edition.uuid(),
            r.id.uuid(),
            r.number,
            r.submission,
            r.party.map(PartyId::uuid),
            r.participation.map(ParticipationId::uuid),
            r.category.code(),
            r.channel.code(),
            r.status.code(),
            d.family_name.as_str(),
            d.given_name.as_str(),
            d.display_name.as_str(),
            sort_key(&d.display_name),
            d.company.as_str(),
            d.job_title.as_str(),
            d.email.as_str(),
            fold_email(&d.email),
            d.phone.as_str(),
            d.country.as_str(),
            d.locale.code(),
            answers_of(d),
            r.voucher.clone(),
            access_hash.as_str(),
            r.created_at,
            r.local_day,
            r.version,
            r.form,
            r.waiting_since
        ]
    };
    tx.insert("registration", &columns, registrations.iter().map(row)).await
}

/// Saves a changed registration.
///
/// # Errors
/// [`Fault::Stale`] when somebody else changed it since it was read.
pub async fn save(tx: &Tx, r: &Registration) -> Outcome<()> {
    let d = &r.details;
    let touched = tx
        .run(
            "update registration set category = $4, status = $5, family_name = $6, given_name = $7, display_name = $8,
             sort_key = $9, company = $10, job_title = $11, email = $12, folded_email = $13, phone = $14, country = $15,
             locale = $16, answers = $17, party_id = $18, participation_id = $19, waiting_since = $20,
             version = version + 1
             where edition_id = $1 and id = $2 and version = $3",
            values![
                r.edition.uuid(),
                r.id.uuid(),
                r.version,
                r.category.code(),
                r.status.code(),
                d.family_name.as_str(),
                d.given_name.as_str(),
                d.display_name.as_str(),
                sort_key(&d.display_name),
                d.company.as_str(),
                d.job_title.as_str(),
                d.email.as_str(),
                fold_email(&d.email),
                d.phone.as_str(),
                d.country.as_str(),
                d.locale.code(),
                answers_of(d),
                r.party.map(PartyId::uuid),
                r.participation.map(ParticipationId::uuid),
                r.waiting_since
            ],
        )
        .await?;
    if touched == 0 { Err(Fault::Stale) } else { Ok(()) }
}

/// The registration, locked.
///
/// # Errors
/// When the database does not answer.
pub async fn registration(tx: &Tx, edition: EditionId, id: RegistrationId) -> Outcome<Option<Registration>> {
    let sql = format!(
        "select {COLUMNS} from registration where edition_id = $1 and id = $2{}",
        lock::for_update(tx.backend())
    );
    tx.rows(&sql, values![edition.uuid(), id.uuid()]).await?.first().map(registration_of).transpose()
}

/// The registration a form has already made.
///
/// # Errors
/// When the database does not answer.
pub async fn of_submission(tx: &Tx, submission: Uuid) -> Outcome<Option<Registration>> {
    let sql = format!("select {COLUMNS} from registration where submission = $1");
    tx.rows(&sql, values![submission]).await?.first().map(registration_of).transpose()
}

/// The live registrations in the edition with this address or of this person, oldest first; twenty at most.
///
/// # Errors
/// When the database does not answer.
pub async fn live_of(tx: &Tx, edition: EditionId, email: &str, party: Option<PartyId>) -> Outcome<Vec<Registration>> {
    let emails: Vec<String> = Some(fold_email(email)).filter(|email| !email.is_empty()).into_iter().collect();
    let mut found = standing(tx, edition, &emails, party.as_slice(), &[]).await?;
    found.sort_by_key(|r| r.number);
    found.truncate(20);
    found.dedup_by_key(|r| r.id);
    Ok(found)
}

/// The live registrations of the edition with one of these addresses, people or submissions.
///
/// # Errors
/// When the database does not answer.
pub async fn standing(
    db: &impl Query,
    edition: EditionId,
    emails: &[String],
    parties: &[PartyId],
    submissions: &[Uuid],
) -> Outcome<Vec<Registration>> {
    let emails: Vec<Value> = emails.iter().map(|text| Value::from(text.as_str())).collect();
    let parties: Vec<Value> = parties.iter().map(|id| Value::from(id.uuid())).collect();
    let submissions: Vec<Value> = submissions.iter().map(|id| Value::from(*id)).collect();
    let within = values![edition.uuid()];
    let mut found = Vec::new();
    // Each question names the columns of one index and no other: given more, SQLite walks the whole edition. What else
    // is asked of the answers is looked at here.
    for (condition, first, list, whatever_became_of_it) in [
        ("edition_id = $1 and folded_email in ({})", &within[..], emails, false),
        ("party_id in ({})", &[], parties, false),
        ("submission in ({})", &[], submissions, true),
    ] {
        let sql = format!("select {COLUMNS} from registration where {condition}");
        let rows = asked(db, &sql, first, &list, registration_of).await?;
        let counts = |r: &Registration| r.edition == edition && (whatever_became_of_it || r.status.live());
        found.extend(rows.into_iter().filter(counts));
    }
    Ok(found)
}

/// Waits until nobody else registers in the edition, and keeps others waiting until this transaction ends.
/// SQLite has one writer anyway.
///
/// # Errors
/// When the database does not answer.
pub async fn queue(tx: &Tx, edition: EditionId) -> Outcome<()> {
    let lock = lock::for_numbering(tx.backend());
    tx.rows(&format!("select id from edition where id = $1{lock}"), values![edition.uuid()]).await?;
    Ok(())
}

/// The next registration number and badge serial of the edition. Others who ask wait until this transaction ends.
///
/// # Errors
/// When the database does not answer.
pub async fn next_numbers(tx: &Tx, edition: EditionId) -> Outcome<(i32, u32)> {
    queue(tx, edition).await?;
    // A hub gives out numbers of its own, so that nobody else gives the same while it is alone.
    let (first, last) = crate::read::hub::own_numbers(tx, edition).await?;
    let sql = "select max(number) from registration where edition_id = $1 and number between $2 and $3";
    let number = tx.scalar::<Option<i32>>(sql, values![edition.uuid(), first, last]).await?.flatten();
    let sql = "select max(serial) from credential where edition_id = $1 and serial between $2 and $3";
    let serial = tx.scalar::<Option<i64>>(sql, values![edition.uuid(), i64::from(first), i64::from(last)]).await?;
    let serial = serial.flatten().map_or(i64::from(first), |serial| serial + 1);
    let serial = u32::try_from(serial).map_err(|e| Fault::impossible("credential", e))?;
    Ok((number.map_or(first, |number| number + 1), serial))
}

/// Adds consents.
///
/// # Errors
/// When the database does not answer.
pub async fn insert_consents(
    tx: &Tx,
    edition: EditionId,
    consents: &[(ConsentId, RegistrationId, Consent)],
) -> Outcome<()> {
    let columns = ["id", "edition_id", "registration_id", "purpose", "wording", "given", "at"];
    let row = |(id, registration, c): &(ConsentId, RegistrationId, Consent)| {
        values![id.uuid(), edition.uuid(), registration.uuid(), c.purpose.code(), c.wording.as_str(), c.given, c.at]
    };
    tx.insert("consent", &columns, consents.iter().map(row)).await
}

/// The consents of a registration, oldest first.
///
/// # Errors
/// When the database does not answer.
pub async fn consents(db: &impl Query, registration: RegistrationId) -> Outcome<Vec<Consent>> {
    let sql = "select purpose, wording, given, at from consent where registration_id = $1 order by at, id";
    let rows = db.rows(sql, values![registration.uuid()]).await?;
    let consent = |row: &Row| -> Outcome<Consent> {
        let purpose: String = row.get(0)?;
        Ok(Consent {
            purpose: Purpose::parse(&purpose).ok_or_else(|| Fault::impossible("consent", &purpose))?,
            wording: row.get(1)?,
            given: row.get(2)?,
            at: row.get(3)?,
        })
    };
    rows.iter().map(consent).collect()
}

pub(crate) const CREDENTIAL: &str = "edition_id, id, registration_id, serial, category, code, state, reprint_no, \
                                     valid_from, valid_until, issued_at, replaced_by";

pub(crate) fn credential_of(row: &Row) -> Outcome<Credential> {
    let wrong = |what: &dyn ToString| Fault::impossible("credential", what.to_string());
    let (category, state): (String, String) = (row.get(4)?, row.get(6)?);
    let (serial, reprint_no): (i64, i32) = (row.get(3)?, row.get(7)?);
    Ok(Credential {
        edition: EditionId::from_uuid(row.get(0)?),
        id: CredentialId::from_uuid(row.get(1)?),
        registration: RegistrationId::from_uuid(row.get(2)?),
        serial: u32::try_from(serial).map_err(|e| wrong(&e))?,
        category: Category::parse(&category).ok_or_else(|| wrong(&category))?,
        code: row.get(5)?,
        state: CredentialState::parse(&state).ok_or_else(|| wrong(&state))?,
        reprint_no: u8::try_from(reprint_no).map_err(|e| wrong(&e))?,
        valid_from: row.get(8)?,
        valid_until: row.get(9)?,
        issued_at: row.get(10)?,
        replaced_by: row.get::<Option<Uuid>>(11)?.map(CredentialId::from_uuid),
    })
}

/// Adds badges. Mark the old one of the same person first: only one may be active.
///
/// # Errors
/// When a serial or code is taken, or the person has an active badge.
pub async fn insert_credentials(tx: &Tx, credentials: &[Credential]) -> Outcome<()> {
    let columns = [
        "edition_id",
        "id",
        "registration_id",
        "serial",
        "category",
        "code",
        "code_hash",
        "state",
        "reprint_no",
        "valid_from",
        "valid_until",
        "issued_at",
        "replaced_by",
    ];
    let row = |c: &Credential| {
        values![
            c.edition.uuid(),
            c.id.uuid(),
            c.registration.uuid(),
            i64::from(c.serial),
            c.category.code(),
            c.code.as_str(),
            domain::registration::credential::code_hash(&c.code),
            c.state.code(),
            i32::from(c.reprint_no),
            c.valid_from,
            c.valid_until,
            c.issued_at,
            c.replaced_by.map(CredentialId::uuid)
        ]
    };
    tx.insert("credential", &columns, credentials.iter().map(row)).await
}

/// Saves a badge's state.
///
/// # Errors
/// When the database does not answer.
pub async fn save_credential(tx: &Tx, c: &Credential) -> Outcome<()> {
    tx.run(
        "update credential set state = $3, replaced_by = $4 where edition_id = $1 and id = $2",
        values![c.edition.uuid(), c.id.uuid(), c.state.code(), c.replaced_by.map(CredentialId::uuid)],
    )
    .await?;
    Ok(())
}

/// The badge of a registration that is active or blocked, if there is one, locked.
///
/// # Errors
/// When the database does not answer.
pub async fn current_credential(tx: &Tx, r: &Registration) -> Outcome<Option<Credential>> {
    let sql = format!(
        "select {CREDENTIAL} from credential where registration_id = $1 and edition_id = $2
         and state in ('active', 'blocked') order by serial desc limit 1{}",
        lock::for_update(tx.backend())
    );
    tx.rows(&sql, values![r.id.uuid(), r.edition.uuid()]).await?.first().map(credential_of).transpose()
}

/// What a registration is found by: names in both scripts, company, address, telephone, its numbers.
#[must_use]
pub fn document(r: &Registration, serial: Option<u32>, link: String) -> search::Document {
    let (number, serial) = (r.number.to_string(), serial.map(|s| s.to_string()).unwrap_or_default());
    let phone = domain::text::fold_phone(&r.details.phone);
    let texts = r.details.search_texts().into_iter().chain([phone.as_str(), &number, &serial]);
    let texts = texts.chain(domain::search::endings(&phone));
    search::Document {
        id: r.id.uuid(),
        edition: Some(r.edition),
        kind: "registration",
        title: r.details.display_name.clone(),
        subtitle: r.details.company.clone(),
        link,
        tokens: index_tokens(texts),
    }
}
