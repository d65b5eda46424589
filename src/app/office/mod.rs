//! Verbs of a person's own desk: views of lists kept by name; taking the journal away, noting
//! that a list was.

mod download;
mod journal;
mod saved_view;

pub(crate) use download::note_download;
pub use journal::download_journal;
pub use saved_view::{forget_view, keep_view};
