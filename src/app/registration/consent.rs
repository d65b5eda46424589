//! Giving and withdrawing a consent, by the registrant.

use crate::{App, Error};
use domain::{
    ConsentId, RegistrationId,
    edition::Edition,
    journal::Actor,
    registration::{Purpose, register, wording},
};
use store::record::{registration as record, setting};

/// Sets a consent. Setting it to what it is already does nothing.
///
/// # Errors
/// `Missing`; `consent-needs-cancel` for the one without which there is no registration.
pub async fn set_consent(
    app: &App,
    edition: &Edition,
    id: RegistrationId,
    purpose: Purpose,
    given: bool,
) -> Result<(), Error> {
    let mut work = app.begin(Actor::Public).await?;
    let registration = record::registration(work.tx(), edition.id, id).await?.ok_or(Error::Missing)?;
    let current = record::consents(work.tx(), id).await?;
    // Given to the sentence shown now, withdrawn from the one it was given to.
    let shown = wording::code(setting::current_wording(work.tx(), edition.id).await?);
    let held = current.iter().rfind(|consent| consent.purpose == purpose).map(|consent| consent.wording.clone());
    let wording = if given { shown } else { held.unwrap_or(shown) };
    let (consent, facts) = register::consent(&registration, &current, purpose, given, &wording, work.now())?;
    let Some(consent) = consent else { return Ok(()) };
    record::insert_consents(work.tx(), edition.id, &[(work.id::<ConsentId>(), id, consent)]).await?;
    work.note(facts);
    work.commit().await
}
