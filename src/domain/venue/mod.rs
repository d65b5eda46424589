//! The venue as one tree of places, and the geometry of its plan.
//!
//! Begin with [`PlaceKind`] (what may lie in what), then [`Rect`] (millimetres on the hall's floor)
//! and [`inspect`], which lists what is wrong with a hall's layout. What a stand *is* commercially
//! belongs to `sales`; here it is only a place.

mod geometry;
mod layout;
mod place;
pub mod view;

pub use geometry::{MAX_EXTENT_MM, Rect};
pub use layout::{Footprint, LayoutProblem, inspect};
pub(crate) use place::read_rect;
pub use place::{Place, PlaceCommand, PlaceDraft, PlaceKind, check_parent};
