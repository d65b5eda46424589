//! Plain read models of the conflict inbox. No rules here.

use super::conflict::{ConflictKind, ConflictState};
use super::view::ScanLine;
use crate::id::{PlaceId, ScanId};
use chrono::{DateTime, NaiveDate, Utc};

/// A conflict in a list.
#[derive(Debug, Clone)]
pub struct ConflictLine {
    /// What it is.
    pub kind: ConflictKind,
    /// Where it stands.
    pub state: ConflictState,
    /// The scan that came out wrong.
    pub scan: ScanLine,
    /// The scan it collides with.
    pub other: Option<ScanId>,
    /// When that scan counts for and at which gate it was made.
    pub other_at: Option<(DateTime<Utc>, String)>,
    /// Which of the two came first cannot be said.
    pub order_unknown: bool,
    /// When it was found.
    pub found_at: DateTime<Utc>,
    /// Who settled it.
    pub settled_name: String,
    /// When.
    pub settled_at: Option<DateTime<Utc>>,
    /// What it was, in their words.
    pub note: String,
    /// For the check against concurrent edits.
    pub version: i32,
}

/// What is asked of the inbox; every field narrows it.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct ConflictFilter {
    /// Where it stands; none means all.
    pub state: Option<ConflictState>,
    /// What it is.
    pub kind: Option<ConflictKind>,
    /// The gate of the scan.
    pub gate: Option<PlaceId>,
    /// A day of the venue.
    pub day: Option<NaiveDate>,
}

/// How many conflicts there are of a kind in a state.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct ConflictCount {
    /// What they are.
    pub kind: ConflictKind,
    /// Where they stand.
    pub state: ConflictState,
    /// How many.
    pub count: i64,
}

/// All about one conflict.
#[derive(Debug, Clone)]
pub struct ConflictRecord {
    /// The conflict.
    pub line: ConflictLine,
    /// The scan it collides with, in full.
    pub other: Option<ScanLine>,
    /// Everything the person did at the gates, newest first.
    pub history: Vec<ScanLine>,
}
