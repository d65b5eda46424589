//! The second step of signing in: the password was right, a code is asked for.

use super::{super::person::Person, spend, wrong};
use crate::{
    App, Error,
    access::{Attempt, Door, Open, sign_in::open_session},
    chance,
};
use domain::{Refusal, access::account::Holder};
use store::record::second_factor as record;

/// Whether a sign-in still waits behind this cookie.
///
/// # Errors
/// When the database does not answer.
pub async fn waits(app: &App, door: Door, secret: &str) -> Result<bool, Error> {
    Ok(waiting(app, door, secret).await?.is_some())
}

async fn waiting(app: &App, door: Door, secret: &str) -> Result<Option<Holder>, Error> {
    let hash = chance::hash_secret(secret);
    Ok(record::waiting(&app.reader(), door.kind(), &hash, app.now()).await?)
}

/// Opens the session of a sign-in that waits, for a code that was never used before.
///
/// # Errors
/// `code-wrong` for any code that does not fit, was used, or is no code at all; `signin-throttled`; `Missing` when
/// nothing waits (any more), and the way in begins at the password again.
pub async fn pass(app: &App, door: Door, secret: &str, typed: &str, attempt: &Attempt) -> Result<Open, Error> {
    let of = waiting(app, door, secret).await?.ok_or(Error::Missing)?;
    let person = Person::load(&app.reader(), of).await?;
    if typed.trim().is_empty() {
        return Err(Refusal::invalid("required").at("code").into());
    }
    let mut work = app.begin(person.actor()).await?;
    if !spend(&mut work, &person, typed, &attempt.address).await? {
        work.commit().await?;
        return Err(wrong("code").into());
    }
    // Taken within the transaction: a password chosen anew meanwhile has ended what waited.
    if !record::take_waiting(work.tx(), &chance::hash_secret(secret)).await? {
        return Err(Error::Missing);
    }
    let open = open_session(&mut work, &person, attempt).await?;
    work.commit().await?;
    Ok(open)
}
