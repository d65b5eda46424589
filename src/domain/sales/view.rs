//! What pages show of stands and applications: plain values, no rules.

use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};

use super::{Application, ApplicationState, OpenSides, StandKind};
use crate::id::{ApplicationId, ParticipationId, PlaceId};
use crate::listing::Sortable;
use crate::locale::{Bilingual, Locale};

/// A stand in a list.
#[derive(Debug, Clone, PartialEq)]
pub struct StandRow {
    /// The stand.
    pub id: PlaceId,
    /// Its number.
    pub number: String,
    /// Its hall.
    pub hall: PlaceId,
    /// The hall's code.
    pub hall_code: String,
    /// How it is sold.
    pub kind: StandKind,
    /// Its area.
    pub area_dm2: i64,
    /// Sides that face an aisle.
    pub open_sides: OpenSides,
    /// Who holds it.
    pub holder: Option<(ParticipationId, Bilingual)>,
}

/// A stand as shown on its own page.
#[derive(Debug, Clone, PartialEq)]
pub struct StandRecord {
    /// The facts of the list.
    pub row: StandRow,
    /// The hall's name.
    pub hall: Bilingual,
    /// Where it lies.
    pub rect: Option<crate::venue::Rect>,
    /// Version for the edit form.
    pub version: i32,
    /// Since when it is held.
    pub held_since: Option<DateTime<Utc>>,
    /// Everyone who held it, latest first.
    pub history: Vec<AssignmentRow>,
}

/// A line of a stand's history.
#[derive(Debug, Clone, PartialEq)]
pub struct AssignmentRow {
    /// Who held it.
    pub participation: ParticipationId,
    /// The company.
    pub company: Bilingual,
    /// From when.
    pub assigned_at: DateTime<Utc>,
    /// Who gave it.
    pub assigned_by: String,
    /// Until when.
    pub released_at: Option<DateTime<Utc>>,
}

/// Figures above the stand list.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct StandFigures {
    /// All stands.
    pub stands: i64,
    /// Held ones.
    pub assigned: i64,
    /// Area of all.
    pub net_dm2: i64,
    /// Area of the held ones.
    pub assigned_dm2: i64,
}

/// An application in a list.
#[derive(Debug, Clone, PartialEq)]
pub struct ApplicationRow {
    /// The application.
    pub id: ApplicationId,
    /// Its number.
    pub number: i64,
    /// Who applies.
    pub company: Bilingual,
    /// Where from.
    pub country: String,
    /// The person to talk to.
    pub contact_name: String,
    /// The stand wished for.
    pub stand_kind: StandKind,
    /// The area wished for.
    pub area_dm2: i64,
    /// Where it stands.
    pub state: ApplicationState,
    /// The language it was written in.
    pub locale: Locale,
    /// When it arrived.
    pub created_at: DateTime<Utc>,
}

/// How many applications stand where.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct ApplicationFigures {
    /// Waiting.
    pub submitted: i64,
    /// Accepted.
    pub accepted: i64,
    /// Declined.
    pub declined: i64,
    /// Taken back.
    pub withdrawn: i64,
    /// Area the waiting ones ask for.
    pub waiting_dm2: i64,
}

/// An application as shown on its own page.
#[derive(Debug, Clone, PartialEq)]
pub struct ApplicationRecord {
    /// Everything written and decided.
    pub application: Application,
    /// Who decided.
    pub decided_by: String,
    /// Stands of the exhibitor it became.
    pub stands: Vec<(PlaceId, String)>,
    /// Free stands near the wish, best first.
    pub suggestions: Vec<StandRow>,
    /// Companies already known that could be the same.
    pub known: Vec<KnownCompany>,
}

/// A company already on file.
#[derive(Debug, Clone, PartialEq)]
pub struct KnownCompany {
    /// The company.
    pub party: crate::PartyId,
    /// Its name.
    pub name: Bilingual,
    /// Its country.
    pub country: String,
    /// Whether it exhibits in this edition already.
    pub exhibits: bool,
}

/// Which stands a list shows, as its address says.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
#[serde(default)]
pub struct StandFilter {
    /// Hall id.
    pub hall: String,
    /// Kind code.
    pub kind: String,
    /// `free`, `assigned` or all.
    pub state: String,
    /// Words: number or company.
    pub q: String,
    /// `number`, `area`, or one of them with `-` before it.
    pub sort: String,
    /// Where the page begins.
    pub after: String,
}

impl StandFilter {
    /// What stands can be sorted by.
    pub const SORTS: Sortable = &["number", "area"];

    /// As query parameters of an address; a page's beginning is not part of it.
    #[must_use]
    pub fn pairs(&self) -> [(&'static str, &str); 5] {
        [("hall", &self.hall), ("kind", &self.kind), ("state", &self.state), ("q", &self.q), ("sort", &self.sort)]
    }
}

/// Which applications a list shows, as its address says.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
#[serde(default)]
pub struct ApplicationFilter {
    /// State code; the waiting ones when empty, `all` for all.
    pub state: String,
    /// Stand kind.
    pub kind: String,
    /// Words.
    pub q: String,
    /// Where the page begins.
    pub after: String,
}

impl ApplicationFilter {
    /// As query parameters of an address; a page's beginning is not part of it.
    #[must_use]
    pub fn pairs(&self) -> [(&'static str, &str); 3] {
        [("state", &self.state), ("kind", &self.kind), ("q", &self.q)]
    }
}

/// A page of a list and where the next one begins.
#[derive(Debug, Clone, PartialEq)]
pub struct Page<T> {
    /// The rows.
    pub rows: Vec<T>,
    /// The cursor of the next page.
    pub next: Option<String>,
}
