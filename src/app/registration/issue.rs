//! Issuing badges and replacing them.

use super::{confirm, enter};
use crate::{App, Error, Work, chance};
use domain::{
    EditionId, RegistrationId,
    edition::{BadgeMode, Edition},
    journal::Actor,
    registration::{
        Credential, Registration, badge_code,
        credential::{self, Issue, Minting},
    },
};
use ed25519_dalek::SigningKey;
use store::{read, record::registration as record};

/// Issues a badge for an approved registration, replacing `old` if there is one.
pub(super) async fn issue(
    work: &mut Work,
    edition: &Edition,
    registration: &Registration,
    old: Option<&Credential>,
    serial: u32,
) -> Result<Credential, Error> {
    let signing = match edition.badge_mode {
        BadgeMode::Signed => Some(signing_key(work, edition.id).await?),
        BadgeMode::Random => None,
    };
    let minting = match &signing {
        Some((key_no, key)) => Minting::Signed { key_no: *key_no, key },
        None => Minting::Random(chance::bytes::<{ badge_code::RANDOM_CHARS }>()),
    };
    let open = (edition.opens_on, edition.closes_on);
    let valid = credential::valid_days(registration.category, edition.build_up_on, open, edition.breakdown_until);
    let issue = Issue { id: work.id(), serial, minting, valid, now: work.now() };
    let (new, replaced, facts) = credential::issue(registration, old, issue)?;
    // The old one first: a person has at most one active badge, and the database insists.
    if let Some(replaced) = &replaced {
        record::save_credential(work.tx(), replaced).await?;
    }
    record::insert_credentials(work.tx(), std::slice::from_ref(&new)).await?;
    work.note(facts);
    Ok(new)
}

/// The key that signs the edition's badges now.
pub(crate) async fn signing_key(work: &Work, edition: EditionId) -> Result<(u8, SigningKey), Error> {
    let keys = read::edition::keys(work.tx(), edition).await?;
    let active = keys.iter().find(|key| key.active && !key.secret.is_empty()).ok_or(Error::Missing)?;
    let secret: [u8; 32] = active.secret.as_slice().try_into().map_err(|_| Error::Outside("key length".to_owned()))?;
    let key_no = u8::try_from(active.key_no).map_err(|_| Error::Outside("key number".to_owned()))?;
    Ok((key_no, SigningKey::from_bytes(&secret)))
}

/// Prints a badge anew: the one before opens no gate from now on. Also issues the first one, if none was.
///
/// # Errors
/// `Missing`; `registration-not-approved`.
pub async fn reprint_badge(app: &App, actor: Actor, edition: &Edition, id: RegistrationId) -> Result<(), Error> {
    let mut work = app.begin(actor).await?;
    let registration = record::registration(work.tx(), edition.id, id).await?.ok_or(Error::Missing)?;
    replace(&mut work, edition, &registration).await?;
    work.commit().await
}

/// Replaces the current badge of a registration within an open use case.
pub(crate) async fn replace(work: &mut Work, edition: &Edition, r: &Registration) -> Result<Credential, Error> {
    let old = record::current_credential(work.tx(), r).await?;
    let (_, serial) = record::next_numbers(work.tx(), edition.id).await?;
    let new = issue(work, edition, r, old.as_ref(), serial).await?;
    enter::index(work, edition, r, Some(new.serial)).await?;
    if old.is_some() && !r.details.email.is_empty() {
        confirm::ask(work, r, confirm::Occasion::Replaced).await?;
    }
    Ok(new)
}
