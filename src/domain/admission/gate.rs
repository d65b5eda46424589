//! Gates: where people pass, in which direction, into which zones.

use serde::{Deserialize, Serialize};
use std::sync::Arc;

use crate::id::{EditionId, PlaceId};
use crate::locale::Bilingual;
use crate::refusal::{Parse, Refusal};

/// Which way one scan goes.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Direction {
    /// Into the zones behind the gate.
    #[default]
    In,
    /// Out of them.
    Out,
}

impl Direction {
    /// Both ways.
    pub const ALL: &'static [Self] = &[Self::In, Self::Out];

    /// The stable spelling.
    pub fn code(self) -> &'static str {
        match self {
            Self::In => "in",
            Self::Out => "out",
        }
    }

    /// From the stable spelling.
    pub fn parse(text: &str) -> Option<Self> {
        Self::ALL.iter().copied().find(|direction| direction.code() == text)
    }
}

/// Which ways a gate works.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum GateDirection {
    /// Entry only.
    In,
    /// Exit only.
    Out,
    /// Both.
    #[default]
    Both,
}

impl GateDirection {
    /// All kinds.
    pub const ALL: &'static [Self] = &[Self::In, Self::Out, Self::Both];

    /// The stable spelling.
    pub fn code(self) -> &'static str {
        match self {
            Self::In => "in",
            Self::Out => "out",
            Self::Both => "both",
        }
    }

    /// From the stable spelling.
    pub fn parse(text: &str) -> Option<Self> {
        Self::ALL.iter().copied().find(|direction| direction.code() == text)
    }

    /// Whether somebody may go this way here.
    pub fn allows(self, direction: Direction) -> bool {
        match self {
            Self::Both => true,
            Self::In => direction == Direction::In,
            Self::Out => direction == Direction::Out,
        }
    }

    /// What a scan means here when the device does not say.
    pub fn default_direction(self) -> Direction {
        if self == Self::Out { Direction::Out } else { Direction::In }
    }
}

/// A gate of an edition; its id is the id of its place.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Gate {
    /// Place id.
    pub id: PlaceId,
    /// The edition it serves.
    pub edition: EditionId,
    /// Short name on signs and devices.
    pub code: String,
    /// Name for people.
    pub name: Bilingual,
    /// Which ways it works.
    pub direction: GateDirection,
    /// The zone behind it and the places that zone lies in, innermost first. Shared with the
    /// passages made here.
    pub zones: Arc<[PlaceId]>,
    /// Whether people may go in now.
    pub open: bool,
    /// For the check against concurrent edits.
    pub version: i32,
}

impl Gate {
    /// The zone directly behind the gate.
    pub fn zone(&self) -> Option<PlaceId> {
        self.zones.first().copied()
    }

    /// Whether this place is the gate itself or holds the zone behind it.
    pub fn lies_at(&self, place: PlaceId) -> bool {
        self.id == place || self.zones.contains(&place)
    }
}

/// A gate as typed.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
#[serde(default)]
pub struct GateDraft {
    /// Short code.
    pub code: String,
    /// English name.
    pub name_en: String,
    /// Chinese name.
    pub name_zh: String,
    /// `in`, `out` or `both`.
    pub direction: String,
    /// Zone id, or empty.
    pub zone: String,
    /// Present when open (a check box).
    pub open: Option<String>,
    /// Version the form was made from; empty for a new gate.
    pub version: String,
}

/// A gate to create or to change, parsed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct GateChange {
    /// Short code, upper case.
    pub code: String,
    /// Name for people.
    pub name: Bilingual,
    /// Which ways it works.
    pub direction: GateDirection,
    /// Zone behind it.
    pub zone: Option<PlaceId>,
    /// Open or shut.
    pub open: bool,
    /// Version seen, for a change.
    pub version: i32,
}

impl GateDraft {
    /// Parses, naming every field that is wrong.
    ///
    /// # Errors
    /// All refusals at once.
    pub fn parse(&self) -> Result<GateChange, Vec<Refusal>> {
        let mut parse = Parse::new();
        let code = parse.required("code", &self.code, 20).to_uppercase();
        if !code.chars().all(|c| c.is_alphanumeric() || matches!(c, '-' | '.' | '/')) {
            parse.refuse(Refusal::invalid("gate-code-letters").at("code"));
        }
        let name = Bilingual {
            en: parse.optional("name_en", &self.name_en, 120),
            zh: parse.optional("name_zh", &self.name_zh, 120),
        };
        if name.en.is_empty() && name.zh.is_empty() {
            parse.refuse(Refusal::invalid("required").at("name_en"));
        }
        let direction = parse.choice("direction", &self.direction, GateDirection::parse).unwrap_or_default();
        let zone = match self.zone.trim() {
            "" => None,
            text => parse.choice("zone", text, |id| id.parse().ok()),
        };
        let version = self.version.trim().parse().unwrap_or(0);
        parse.finish(|| GateChange { code, name, direction, zone, open: self.open.is_some(), version })
    }
}
