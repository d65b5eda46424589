//! What pages show of a venue: plain values, no rules.

use super::{LayoutProblem, Place, PlaceKind, Rect};
use crate::id::{ParticipationId, PlaceId};
use crate::locale::Bilingual;
use crate::sales::StandKind;

/// A hall with the figures people ask for first.
#[derive(Debug, Clone, PartialEq)]
pub struct HallRow {
    /// The hall.
    pub id: PlaceId,
    /// Its code, such as `N1`.
    pub code: String,
    /// Its name.
    pub name: Bilingual,
    /// Gross area.
    pub area_dm2: i64,
    /// Persons.
    pub capacity_persons: Option<i32>,
    /// Stands in it.
    pub stands: i64,
    /// Stands somebody holds.
    pub assigned: i64,
    /// Area of its stands.
    pub net_dm2: i64,
    /// Area of the stands somebody holds.
    pub assigned_dm2: i64,
}

/// A line of the place tree, already in reading order.
#[derive(Debug, Clone, PartialEq)]
pub struct TreeRow {
    /// The place.
    pub place: Place,
    /// How deep it lies.
    pub depth: usize,
    /// How many places lie directly in it.
    pub children: i64,
}

/// A hall drawn with its stands.
#[derive(Debug, Clone, PartialEq)]
pub struct HallPlan {
    /// The hall.
    pub hall: HallRow,
    /// Its floor.
    pub floor: Rect,
    /// Its stands.
    pub stands: Vec<PlanStand>,
    /// Aisles, gates, rooms … that have a place on the floor.
    pub features: Vec<PlanFeature>,
    /// What is wrong with the layout.
    pub problems: Vec<LayoutProblem>,
}

/// A stand as drawn.
#[derive(Debug, Clone, PartialEq)]
pub struct PlanStand {
    /// The stand.
    pub id: PlaceId,
    /// Its number.
    pub number: String,
    /// How it is sold.
    pub kind: StandKind,
    /// Its area.
    pub area_dm2: i64,
    /// Where it lies.
    pub rect: Rect,
    /// Who holds it.
    pub holder: Option<(ParticipationId, Bilingual)>,
}

/// Something else on the floor.
#[derive(Debug, Clone, PartialEq)]
pub struct PlanFeature {
    /// What it is.
    pub kind: PlaceKind,
    /// What people call it.
    pub name: Bilingual,
    /// Where it lies.
    pub rect: Rect,
}
