//! Guards: extractors that prove who calls and that they may, and hand over the scope they proved.
//! A handler without one sees no edition, so it cannot forget to ask.

mod api;
mod contact;
mod device;
pub mod may;
mod public;
mod staff;
mod station;

pub use api::{AnyToken, Api};
pub use contact::{Contact, PORTAL_COOKIE};
pub use device::{ApiDevice, DEVICE_COOKIE, Device, LeavingApiDevice, LeavingDevice};
pub use public::{Public, PublicEdition};
pub use staff::{Admin, SESSION_COOKIE, SignedIn, Staff};
pub use station::PrintStation;

use axum::{
    extract::{ConnectInfo, FromRequestParts, RawPathParams},
    http::request::Parts,
};
use chrono::{DateTime, TimeDelta, Utc};
use std::net::SocketAddr;
use templates::shells::EditionRef;

/// How old the note of the last use of a session or token may get before it is written again.
const TOUCH_AFTER: TimeDelta = TimeDelta::minutes(10);

/// The `{edition}` of the path.
pub(crate) async fn edition_slug(parts: &mut Parts) -> Option<String> {
    let params = RawPathParams::from_request_parts(parts, &()).await.ok()?;
    params.iter().find(|(name, _)| *name == "edition").map(|(_, value)| value.to_owned())
}

/// The network address of the caller, as far as it is known.
pub(crate) fn address(parts: &Parts) -> String {
    parts.extensions.get::<ConnectInfo<SocketAddr>>().map(|c| c.0.ip().to_string()).unwrap_or_default()
}

/// What the caller's browser or program calls itself.
pub(crate) fn agent(parts: &Parts) -> String {
    let agent = parts.headers.get(axum::http::header::USER_AGENT).and_then(|v| v.to_str().ok());
    agent.unwrap_or_default().chars().take(200).collect()
}

fn needs_touch(seen: DateTime<Utc>, now: DateTime<Utc>) -> bool {
    now - seen > TOUCH_AFTER
}

/// An edition as shells name it.
pub(crate) fn edition_ref(edition: &domain::edition::Edition) -> EditionRef {
    EditionRef {
        slug: edition.slug.clone(),
        name: edition.name.clone(),
        opens_on: edition.opens_on,
        closes_on: edition.closes_on,
    }
}
