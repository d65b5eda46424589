//! Issuing a letter and taking it back. A new letter takes the place of the one of its kind.

use crate::{App, Error, chance};
use domain::{
    LetterId, RegistrationId,
    edition::Edition,
    journal::Actor,
    registration::letter::{self, CHARS, Issue, LetterFields},
};
use store::record::{letter as record, registration};

/// Issues a letter for an approved registration.
///
/// # Errors
/// `Missing`; `registration-not-approved`.
pub async fn issue_letter(
    app: &App,
    actor: Actor,
    edition: &Edition,
    id: RegistrationId,
    fields: LetterFields,
) -> Result<LetterId, Error> {
    let mut work = app.begin(actor).await?;
    registration::queue(work.tx(), edition.id).await?;
    let r = registration::registration(work.tx(), edition.id, id).await?.ok_or(Error::Missing)?;
    let number = record::next_number(work.tx(), edition.id).await?;
    let by = work.actor().name().to_owned();
    let issue = Issue { id: work.id(), number, code: letter::code(chance::bytes::<CHARS>()), by: &by, now: work.now() };
    let (new, fact) = letter::issue(&r, fields, issue)?;
    for old in record::of_registration(work.tx(), edition.id, id).await?.iter().filter(|old| old.kind == new.kind) {
        if let Some((old, fact)) = old.withdrawn("", work.now()) {
            record::save(work.tx(), &old).await?;
            work.note([fact]);
        }
    }
    record::insert(work.tx(), std::slice::from_ref(&new)).await?;
    work.note([fact]);
    work.commit().await?;
    Ok(new.id)
}

/// Takes a letter back: whoever asks for its code is told so.
///
/// # Errors
/// `Missing`, also for a letter of another registration.
pub async fn withdraw_letter(
    app: &App,
    actor: Actor,
    edition: &Edition,
    (registration, id): (RegistrationId, LetterId),
    reason: &str,
) -> Result<(), Error> {
    let mut work = app.begin(actor).await?;
    let letters = record::of_registration(work.tx(), edition.id, registration).await?;
    let letter = letters.into_iter().find(|letter| letter.id == id).ok_or(Error::Missing)?;
    let Some((withdrawn, fact)) = letter.withdrawn(reason, work.now()) else { return Ok(()) };
    record::save(work.tx(), &withdrawn).await?;
    work.note([fact]);
    work.commit().await
}
