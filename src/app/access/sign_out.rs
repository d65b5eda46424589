//! Signing out: the session is gone from the database, not only from the browser.

use crate::{App, Error, chance};
use domain::journal::Actor;

/// Ends the session of a cookie; one that does not exist is fine.
///
/// # Errors
/// When the database does not answer.
pub async fn sign_out(app: &App, actor: Actor, secret: &str) -> Result<(), Error> {
    let work = app.begin(actor).await?;
    store::record::access::delete_session(work.tx(), &chance::hash_secret(secret)).await?;
    work.commit().await
}
