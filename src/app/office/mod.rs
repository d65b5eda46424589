//! Verbs of a person's own desk: views of lists kept by name.

mod saved_view;

pub use saved_view::{forget_view, keep_view};
