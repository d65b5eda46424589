//! Invitation and visa letters as use cases load and save them.

use crate::{Fault, Outcome, Query, Row, Tx, values};
use domain::{
    EditionId, LetterId, Locale, RegistrationId,
    registration::letter::{Kind, Letter},
};

pub(crate) const LETTER: &str = "l.edition_id, l.id, l.registration_id, l.number, l.code, l.kind, l.locale, l.name, l.company, \
                                 l.job_title, l.passport, l.nationality, l.born_on, l.arrives_on, l.departs_on, l.issued_at, \
                                 l.issued_by, l.withdrawn_at, l.reason";

pub(crate) fn letter_of(row: &Row) -> Outcome<Letter> {
    let kind: String = row.get(5)?;
    Ok(Letter {
        edition: EditionId::from_uuid(row.get(0)?),
        id: LetterId::from_uuid(row.get(1)?),
        registration: RegistrationId::from_uuid(row.get(2)?),
        number: row.get(3)?,
        code: row.get(4)?,
        kind: Kind::parse(&kind).ok_or_else(|| Fault::impossible("visa_letter", &kind))?,
        locale: Locale::parse(&row.get::<String>(6)?).unwrap_or_default(),
        name: row.get(7)?,
        company: row.get(8)?,
        job_title: row.get(9)?,
        passport: row.get(10)?,
        nationality: row.get(11)?,
        born_on: row.get(12)?,
        arrives_on: row.get(13)?,
        departs_on: row.get(14)?,
        issued_at: row.get(15)?,
        issued_by: row.get(16)?,
        withdrawn_at: row.get(17)?,
        reason: row.get(18)?,
    })
}

/// Adds letters. Withdraw the old one of the same kind first: only one may stand.
///
/// # Errors
/// When a number or code is taken, or a letter of the kind stands.
pub async fn insert(tx: &Tx, letters: &[Letter]) -> Outcome<()> {
    let columns = [
        "edition_id",
        "id",
        "registration_id",
        "number",
        "code",
        "kind",
        "locale",
        "name",
        "company",
        "job_title",
        "passport",
        "nationality",
        "born_on",
        "arrives_on",
        "departs_on",
        "issued_at",
        "issued_by",
        "withdrawn_at",
        "reason",
    ];
    let row = |l: &Letter| {
        values![
            l.edition.uuid(),
            l.id.uuid(),
            l.registration.uuid(),
            l.number,
            l.code.as_str(),
            l.kind.code(),
            l.locale.code(),
            l.name.as_str(),
            l.company.as_str(),
            l.job_title.as_str(),
            l.passport.as_str(),
            l.nationality.as_str(),
            l.born_on,
            l.arrives_on,
            l.departs_on,
            l.issued_at,
            l.issued_by.as_str(),
            l.withdrawn_at,
            l.reason.as_str()
        ]
    };
    tx.insert("visa_letter", &columns, letters.iter().map(row)).await
}

/// Saves that a letter was taken back.
///
/// # Errors
/// When the database does not answer.
pub async fn save(tx: &Tx, l: &Letter) -> Outcome<()> {
    let sql = "update visa_letter set withdrawn_at = $3, reason = $4 where edition_id = $1 and id = $2";
    tx.run(sql, values![l.edition.uuid(), l.id.uuid(), l.withdrawn_at, l.reason.as_str()]).await?;
    Ok(())
}

/// The letters of a registration, newest first.
///
/// # Errors
/// When the database does not answer.
pub async fn of_registration(
    db: &impl Query,
    edition: EditionId,
    registration: RegistrationId,
) -> Outcome<Vec<Letter>> {
    let sql = format!(
        "select {LETTER} from visa_letter l where l.edition_id = $1 and l.registration_id = $2 order by l.number desc"
    );
    db.rows(&sql, values![edition.uuid(), registration.uuid()]).await?.iter().map(letter_of).collect()
}

/// The next number of a letter. The caller holds the queue of the edition.
///
/// # Errors
/// When the database does not answer.
pub async fn next_number(tx: &Tx, edition: EditionId) -> Outcome<i32> {
    let sql = "select max(number) from visa_letter where edition_id = $1";
    Ok(tx.scalar::<Option<i32>>(sql, values![edition.uuid()]).await?.flatten().unwrap_or(0) + 1)
}

/// Forgets what letters say of a person whose data are removed: they no longer stand and name nobody.
///
/// # Errors
/// When the database does not answer.
pub async fn forget(
    tx: &Tx,
    edition: EditionId,
    registration: RegistrationId,
    now: chrono::DateTime<chrono::Utc>,
) -> Outcome<()> {
    tx.run(
        "update visa_letter set name = '', company = '', job_title = '', passport = '', nationality = '', born_on = null,
         arrives_on = null, departs_on = null, withdrawn_at = coalesce(withdrawn_at, $3)
         where edition_id = $1 and registration_id = $2",
        values![edition.uuid(), registration.uuid(), now],
    )
    .await?;
    Ok(())
}
