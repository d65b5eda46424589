//! Verbs of a person's own desk: views of lists kept by name; noting that a list was taken away.

mod download;
mod saved_view;

pub(crate) use download::note_download;
pub use saved_view::{forget_view, keep_view};
