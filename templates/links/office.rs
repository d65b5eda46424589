//! Addresses of the shared desk: search, journal, gallery, live events.

use super::{Href, segment};

/// Search over everything the viewer may see; the command palette asks here too.
pub fn search() -> Href {
    Href::new("/search")
}

/// Search within one edition.
pub fn search_in(edition: &str) -> Href {
    search().query(&[("edition", edition)])
}

/// The journal of an edition.
pub fn journal(edition: &str) -> Href {
    Href::new(format!("/e/{}/journal", segment(edition)))
}

/// The journal as a file: `csv` or `xlsx`.
pub fn journal_export(edition: &str, format: &str) -> Href {
    journal(edition).then("export").then(format)
}

/// Every component in every state.
pub fn gallery() -> Href {
    Href::new("/gallery")
}

/// What the service answers without a network.
pub fn offline() -> Href {
    Href::new("/offline")
}

/// The description of the API.
pub fn api_docs() -> Href {
    Href::new("/api/docs")
}

/// The results of a search alone: what the palette shows. Empty outside editions.
pub fn search_results(edition: &str) -> Href {
    Href::new("/search/results").query(&[("edition", edition)])
}

/// Keeping a view of a list by name.
pub fn keep_view(edition: &str) -> Href {
    Href::new(format!("/e/{}/views", segment(edition)))
}

/// Forgetting one.
pub fn forget_view(edition: &str, view: domain::SavedViewId) -> Href {
    Href::new(format!("/e/{}/views/{view}/forget", segment(edition)))
}
