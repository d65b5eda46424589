//! A view of a list by name: filter, order and columns as they stand in the list's address, kept for one person.

use crate::refusal::Parse;
use crate::{EditionId, Refusal, SavedViewId, UserId};
use serde::{Deserialize, Serialize};

/// The lists that have views by name.
pub const LISTS: &[&str] = &[
    "plan",
    "registrations",
    "groups",
    "campaigns",
    "codes",
    "invitations",
    "letters",
    "prints",
    "exhibitors",
    "stands",
    "applications",
    "parties",
    "scans",
    "conflicts",
    "journal",
];
/// Most views of one person in one list.
pub const MOST: usize = 40;

/// A kept view.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SavedView {
    /// Identity.
    pub id: SavedViewId,
    /// The edition.
    pub edition: EditionId,
    /// Whose.
    pub user: UserId,
    /// Which list.
    pub list: String,
    /// Its name.
    pub name: String,
    /// The query of the list's address, without `?`.
    pub query: String,
}

/// A view as typed.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct SavedViewDraft {
    /// Which list.
    pub list: String,
    /// Its name.
    pub name: String,
    /// The query of the list's address.
    pub query: String,
}

impl SavedViewDraft {
    /// Reads the draft; `have` is how many the person has in this list.
    ///
    /// # Errors
    /// A list there is none of, a name that is missing or too long, one too many.
    pub fn parse(
        &self,
        id: SavedViewId,
        edition: EditionId,
        user: UserId,
        have: usize,
    ) -> Result<SavedView, Vec<Refusal>> {
        let mut parse = Parse::new();
        let list = parse.choice("list", &self.list, |text| LISTS.iter().find(|list| **list == text).copied());
        let name = parse.required("name", &self.name, 60);
        let query = parse.optional("query", self.query.trim_start_matches('?'), 2_000);
        if have >= MOST {
            parse.refuse(Refusal::conflict("saved-view-many").at("name").with("most", MOST));
        }
        parse.finish(|| SavedView { id, edition, user, list: list.unwrap_or_default().to_owned(), name, query })
    }
}
