//! Addresses of calendar feeds.

use super::{Href, plan, segment};

/// A person's feeds in an edition.
pub fn all(edition: &str) -> Href {
    plan::home(edition).then("feeds")
}

/// An act on a feed: `rotate`, `revoke`.
pub fn act(edition: &str, feed: domain::CalendarFeedId, act: &str) -> Href {
    all(edition).then(&feed.to_string()).then(act)
}

/// The calendar itself, for whoever holds the secret.
pub fn calendar(secret: &str) -> Href {
    Href::new(format!("/calendar/{}.ics", segment(secret)))
}
