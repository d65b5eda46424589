//! Microsoft Project XML: read without trust ([`xml`], [`read`]), scheduled by the conventions of
//! Microsoft Project ([`passes`], [`rows`]), brought into a plan ([`import`]) and written from one ([`export`]).

mod calendars;
pub mod export;
pub mod import;
mod import_calendars;
mod jobs;
pub mod model;
pub mod passes;
pub mod read;
pub mod rows;
pub mod xml;

pub use import::{Import, Note, Setting};
pub use model::Project;
pub use passes::Dates;
pub use read::project;
pub use rows::{schedule, table};

#[cfg(test)]
mod score_tests;
#[cfg(test)]
mod xml_tests;
