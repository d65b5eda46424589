//! Calendar feeds: a person's own tasks, or those of a place, by a secret address its owner can change and revoke.

use crate::{Bilingual, CalendarFeedId, EditionId, PlaceId, UserId};
use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};

/// Longest list of feeds of one person in an edition.
pub const MOST: usize = 30;

/// What a feed is about.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum About {
    /// The tasks its owner does, checks or confirms.
    Person,
    /// The tasks of a place and of what lies within it.
    Place(PlaceId),
}

impl About {
    /// The spelling in the database.
    pub const fn code(self) -> &'static str {
        match self {
            About::Person => "person",
            About::Place(_) => "place",
        }
    }
}

/// A feed as its owner sees it. The secret itself is known to nobody: only its hash is kept.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Feed {
    /// Identity.
    pub id: CalendarFeedId,
    /// The edition.
    pub edition: EditionId,
    /// Whose.
    pub user: UserId,
    /// What it is about.
    pub about: About,
    /// Name of the place.
    pub place: Option<Bilingual>,
    /// When it was made.
    pub created_at: DateTime<Utc>,
    /// When a calendar last asked for it, to the hour.
    pub used_at: Option<DateTime<Utc>>,
}

/// A feed as asked for.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct FeedDraft {
    /// `person` or `place`.
    pub about: String,
    /// Place id.
    pub place: String,
}
