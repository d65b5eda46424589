//! Signing in to the portal: a session of its own kind, throttled like the staff's.

use crate::{
    App, Error,
    access::{
        Attempt, Entered, count_failure, enter, password,
        person::{Person, account},
        throttle,
    },
};
use domain::Refusal;
use store::record::exhibitor as record;

/// Signs a contact in. An address may belong to contacts of several editions: the latest whose password fits.
///
/// # Errors
/// `signin-throttled` after too many failures, `signin-wrong` otherwise; both say nothing about the account.
pub async fn sign_in(app: &App, attempt: &Attempt) -> Result<Entered, Error> {
    let account = account("contact", &attempt.email);
    throttle(app, &account, &attempt.address).await?;
    let candidates = record::sign_ins(&app.reader(), &attempt.email).await?;
    if candidates.is_empty() {
        // As long as for an account that exists.
        password::verify(&attempt.password, None).await?;
    }
    for (contact, hash) in candidates {
        if password::verify(&attempt.password, Some(hash.clone())).await? {
            return enter(app, &Person::of_contact(contact, Some(hash)), attempt).await;
        }
    }
    count_failure(app, &account, &attempt.address).await?;
    Err(Refusal::invalid("signin-wrong").into())
}
