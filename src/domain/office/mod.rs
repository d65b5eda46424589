//! The office: what stands on a person's desk today. No rules of its own: it looks at what the others decided.

mod saved_view;
pub mod view;

pub use saved_view::{LISTS, SavedView, SavedViewDraft};
