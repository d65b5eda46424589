//! Ending a token.

use crate::{App, Error};
use domain::{
    TokenId,
    access::Viewer,
    journal::{Fact, Subject, SubjectKind},
};
use store::{read, record::access};

/// Revokes a token of the viewer's own.
///
/// # Errors
/// `Missing` when it is not theirs or already revoked.
pub async fn revoke_token(app: &App, viewer: &Viewer, token: TokenId) -> Result<(), Error> {
    let own = read::access::tokens(&app.reader(), viewer.user).await?;
    if !own.iter().any(|line| line.id == token) {
        return Err(Error::Missing);
    }
    let mut work = app.begin(viewer.actor()).await?;
    if !access::revoke_token(work.tx(), token, work.now()).await? {
        return Err(Error::Missing);
    }
    work.note([Fact::new("token.revoked", Subject::new(SubjectKind::Token, token), None)]);
    work.commit().await
}
