//! Beginning to set up a second factor: a fresh secret that counts for nothing until its owner has shown a code.

use super::super::person::Person;
use crate::{App, Error, chance};
use chrono::TimeDelta;
use domain::{
    Refusal,
    access::{
        account::Holder,
        second_factor::{self as rules, SECRET_BYTES},
    },
    registration::view::Qr,
};
use store::record::second_factor as record;

/// How long the setting up may take.
const SETUP_MINUTES: i64 = 30;

/// What an authenticator app must be told.
#[derive(Clone, PartialEq, Eq)]
pub struct Setup {
    /// To type in: base32 in groups.
    pub secret: String,
    /// To take a picture of.
    pub picture: Qr,
}

/// Begins. The password is asked for, so that a browser left open cannot be used to lock its owner out.
///
/// # Errors
/// `password-wrong` at `begin_password`, `signin-throttled`; `factor-there` when there is one already.
pub async fn begin_factor(app: &App, of: Holder, password: &str, address: &str) -> Result<(), Error> {
    let person = Person::load(&app.reader(), of).await?;
    person.prove(app, password, "begin_password", address).await?;
    let secret = chance::bytes::<SECRET_BYTES>();
    let sealed = rules::seal(app.settings().key.bytes(), chance::bytes(), of.uuid(), &secret);
    let sealed = sealed.ok_or_else(|| Error::Outside("a secret could not be sealed".to_owned()))?;
    let work = app.begin(person.actor()).await?;
    if !record::begin(work.tx(), of, &sealed, work.now()).await? {
        return Err(Refusal::conflict("factor-there").into());
    }
    work.commit().await
}

/// What is being set up: nothing when nobody began lately, or when it is done.
///
/// # Errors
/// When the database does not answer.
pub async fn setup(app: &App, of: Holder) -> Result<Option<Setup>, Error> {
    let reader = app.reader();
    let Some(secret) = fresh(app, of, record::factor(&reader, of).await?) else { return Ok(None) };
    let person = Person::load(&reader, of).await?;
    let picture = crate::registration::qr(&rules::uri(&secret, &person.email));
    Ok(Some(Setup { secret: rules::secret_text(&secret), picture }))
}

/// The secret of a second factor that is being set up: not one that is confirmed, nor one begun too long ago.
pub(super) fn fresh(app: &App, of: Holder, row: Option<record::FactorRow>) -> Option<Vec<u8>> {
    let limit = TimeDelta::minutes(SETUP_MINUTES);
    let open = row.filter(|row| row.confirmed_at.is_none() && app.now() - row.created_at < limit)?;
    super::opened(app, of, &open.sealed)
}
