//! Programs, by the token in `Authorization: Bearer flt_…`. A cookie never opens the API, a token never a page.

use super::{edition_slug, may::May};
use crate::api::ApiFail;
use app::{App, chance};
use axum::{
    extract::FromRequestParts,
    http::{header::AUTHORIZATION, request::Parts},
};
use domain::{access::Viewer, edition::Edition};
use std::marker::PhantomData;
use store::read::{access, edition};

/// Any valid token.
pub struct AnyToken {
    /// On whose behalf, narrowed by the token.
    pub viewer: Viewer,
}

/// The value of the bearer header, if it begins with the prefix of its kind.
pub(crate) fn bearer<'a>(parts: &'a Parts, prefix: &str) -> Option<&'a str> {
    let value = parts.headers.get(AUTHORIZATION)?.to_str().ok()?;
    let (scheme, secret) = value.split_once(' ')?;
    (scheme.eq_ignore_ascii_case("bearer") && secret.starts_with(prefix)).then_some(secret.trim())
}

impl FromRequestParts<App> for AnyToken {
    type Rejection = ApiFail;

    async fn from_request_parts(parts: &mut Parts, app: &App) -> Result<Self, ApiFail> {
        let secret = bearer(parts, "flt_").ok_or(ApiFail::Unauthorized)?;
        let found = access::token_viewer(&app.reader(), &chance::hash_secret(secret), app.now()).await?;
        let (viewer, used_at) = found.ok_or(ApiFail::Unauthorized)?;
        if used_at.is_none_or(|at| super::needs_touch(at, app.now()))
            && let Some(token) = &viewer.token
        {
            app::access::touch_token(app, token.id).await?;
        }
        Ok(Self { viewer })
    }
}

/// A token with the right `P` in the edition that the path names.
pub struct Api<P> {
    /// On whose behalf, narrowed by the token.
    pub viewer: Viewer,
    /// The edition.
    pub edition: Edition,
    right: PhantomData<P>,
}

impl<P: May> FromRequestParts<App> for Api<P> {
    type Rejection = ApiFail;

    async fn from_request_parts(parts: &mut Parts, app: &App) -> Result<Self, ApiFail> {
        let AnyToken { viewer } = AnyToken::from_request_parts(parts, app).await?;
        let slug = edition_slug(parts).await.ok_or(ApiFail::Missing)?;
        let edition =
            edition::by_slug(&app.reader(), &slug).await?.filter(|e| viewer.sees(e.id)).ok_or(ApiFail::Missing)?;
        if viewer.may(P::PERMISSION, edition.id) {
            Ok(Self { viewer, edition, right: PhantomData })
        } else {
            Err(ApiFail::Forbidden)
        }
    }
}
