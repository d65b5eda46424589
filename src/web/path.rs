//! What a path names, as typed values. A name that cannot be one (an id that is no id, a format that is none) answers
//! like one that does not exist: 404, as a page or as a problem document.

use crate::answer::Fail;
use app::spreadsheet::Format;
use axum::{
    extract::{self, FromRequestParts},
    http::request::Parts,
};
use serde::{
    Deserialize, Deserializer,
    de::{DeserializeOwned, Error},
};

/// The parameters of the path, in order.
pub(crate) struct Path<T>(pub T);

#[expect(clippy::disallowed_types, reason = "the one place that may")]
impl<T, S> FromRequestParts<S> for Path<T>
where
    T: DeserializeOwned + Send,
    S: Send + Sync,
{
    type Rejection = Fail;

    async fn from_request_parts(parts: &mut Parts, state: &S) -> Result<Self, Fail> {
        match extract::Path::<T>::from_request_parts(parts, state).await {
            Ok(extract::Path(value)) => Ok(Self(value)),
            // A handler that asks for what its route does not have: ours to mend, not the caller's.
            Err(rejection) if rejection.status().is_server_error() => {
                Err(app::Error::Outside(rejection.body_text()).into())
            }
            Err(_) => Err(Fail::Missing),
        }
    }
}

/// The path of a list to download: the kind of file it ends with. Other kinds do not exist.
#[derive(Deserialize)]
pub(crate) struct Export {
    /// The kind of file.
    #[serde(deserialize_with = "format")]
    pub format: Format,
}

fn format<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Format, D::Error> {
    let ending = String::deserialize(deserializer)?;
    Format::parse(&ending).ok_or_else(|| D::Error::custom("no such kind of file"))
}
