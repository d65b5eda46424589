//! Signing in to the portal: a session of its own kind, throttled like the staff's.

use super::join::{account, signed_in};
use crate::{
    App, Error,
    access::{Attempt, Open, count_failure, open_session, password, throttle},
};
use domain::{Refusal, journal::Actor};
use store::record::{access::SessionOf, exhibitor as record};

/// Signs a contact in. An address may belong to contacts of several editions: the latest whose password fits.
///
/// # Errors
/// `signin-throttled` after too many failures, `signin-wrong` otherwise; both say nothing about the account.
pub async fn sign_in(app: &App, attempt: &Attempt) -> Result<Open, Error> {
    let account = account(&attempt.email);
    throttle(app, &account, &attempt.address).await?;
    let candidates = record::sign_ins(&app.reader(), &attempt.email).await?;
    let mut found = None;
    for (contact, hash) in &candidates {
        if password::verify(&attempt.password, Some(hash.clone())).await? {
            found = Some(contact);
            break;
        }
    }
    if candidates.is_empty() {
        // As long as for an account that exists.
        password::verify(&attempt.password, None).await?;
    }
    let Some(contact) = found else {
        count_failure(app, &account, &attempt.address).await?;
        return Err(Refusal::invalid("signin-wrong").into());
    };
    let actor = Actor::Contact { id: contact.id, name: contact.name.clone() };
    open_session(app, SessionOf::Contact(contact.id), actor, signed_in(contact), &account, attempt).await
}
