//! Forms as they arrive: any encoding error is an answer, not a crash.

use crate::answer::Fail;
use axum::{
    extract::{FromRequest, Request},
    http::StatusCode,
};
use domain::Refusal;
use serde::de::DeserializeOwned;

/// A form body read into a draft. Fields that may be chosen several times arrive as lists (`scopes=a&scopes=b`);
/// unknown fields are passed over.
pub struct Fields<T>(pub T);

/// One form read into two drafts: what a verb takes, and what only the page asks beside it.
pub struct Both<A, B>(pub A, pub B);

impl<A: DeserializeOwned, B: DeserializeOwned, S: Send + Sync> FromRequest<S> for Both<A, B> {
    type Rejection = Fail;

    async fn from_request(request: Request, _: &S) -> Result<Self, Fail> {
        let bytes = body(request).await?;
        let first = serde_html_form::from_bytes(&bytes).map_err(|_| unreadable())?;
        let second = serde_html_form::from_bytes(&bytes).map_err(|_| unreadable())?;
        Ok(Self(first, second))
    }
}

/// The longest form body, bytes. Files have their own limit.
const LONGEST: usize = 256 * 1024;

impl<T: DeserializeOwned, S: Send + Sync> FromRequest<S> for Fields<T> {
    type Rejection = Fail;

    async fn from_request(request: Request, _: &S) -> Result<Self, Fail> {
        let bytes = body(request).await?;
        serde_html_form::from_bytes(&bytes).map(Self).map_err(|_| unreadable())
    }
}

/// The bytes of a form, at most [`LONGEST`].
pub(crate) async fn body(request: Request) -> Result<bytes::Bytes, Fail> {
    axum::body::to_bytes(request.into_body(), LONGEST).await.map_err(|_| unreadable())
}

fn unreadable() -> Fail {
    tracing::debug!(status = %StatusCode::UNPROCESSABLE_ENTITY, "a form could not be read");
    Refusal::invalid("form-unreadable").into()
}
