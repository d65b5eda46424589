//! Editions: the list, the form for a new one, the settings of one.

mod form;
mod list;

pub use form::{EditionForm, EditionSettings, SeriesChoice, VenueChoice};
pub use list::{EditionLine, EditionsPage};
