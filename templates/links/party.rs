//! Addresses of `party`: people and companies.

use super::{Href, segment};
use domain::PartyId;

/// The list of people and companies.
pub fn home(edition: &str) -> Href {
    Href::new(format!("/e/{}/party", segment(edition)))
}

/// The list as a file: `csv` or `xlsx`.
pub fn export(edition: &str, format: &str) -> Href {
    home(edition).then("export").then(format)
}

/// One person or company, seen from an edition.
pub fn record(edition: &str, id: PartyId) -> Href {
    home(edition).then(&id.to_string())
}

/// The form that changes it; POST changes.
pub fn edit(edition: &str, id: PartyId) -> Href {
    record(edition, id).then("edit")
}

/// One person or company, in whatever edition the reader may see it.
pub fn anywhere(id: PartyId) -> Href {
    Href::new(format!("/party/{id}"))
}
