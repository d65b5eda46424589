//! The overview as a table that comes back: columns recognised by their headings in English and Chinese, every row
//! judged on its own (new, changed, unchanged, rejected with all its reasons), and the plan as it would be.

mod columns;
mod fill;
mod rows;
#[cfg(test)]
mod tests;

pub use columns::{ImportField, guess};
pub use rows::{Imported, Line, Verdict, read};

use super::vocabulary::{Function, Phase, PlaceKind};
use serde::{Deserialize, Serialize};

/// A table as it was read from a file: headings, and rows with the line they stood in.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Grid {
    /// Headings.
    pub heads: Vec<String>,
    /// Line of the file, and its cells.
    pub rows: Vec<(u32, Vec<String>)>,
}

/// Most rows of a table that comes in.
pub const MOST_ROWS: usize = 20_000;
/// Most columns.
pub const MOST_COLUMNS: usize = 100;

/// The words people read for closed lists, in every language, folded.
#[derive(Debug, Clone, Default)]
pub struct Vocabulary {
    /// Phases.
    pub phases: Vec<(String, Phase)>,
    /// Teams.
    pub roles: Vec<(String, Function)>,
    /// Kinds of place.
    pub place_kinds: Vec<(String, PlaceKind)>,
}

impl Vocabulary {
    /// Reads a word or a code.
    fn find<T: Copy>(words: &[(String, T)], text: &str, by_code: impl FnOnce(&str) -> Option<T>) -> Option<T> {
        let folded = crate::text::fold(text);
        by_code(text.trim()).or_else(|| words.iter().find(|(word, _)| *word == folded).map(|(_, value)| *value))
    }
}
