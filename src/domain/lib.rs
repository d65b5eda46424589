//! Fairlead's vocabulary, rules and decisions: pure, without clock, chance, database or HTTP.
//!
//! A folder is a context with the glossary's word. Shared ground: [`id`] (typed ids), [`refusal`] (why something
//! was not done), [`listing`] (how lists are sorted), [`locale`] (languages and bilingual names), [`access`] (who may do what), [`journal`] (facts)
//! and [`search`] (the token stream both databases index).
//! Deliberately absent: prose for people (Fluent, in `templates`), the current time, random numbers.

#[macro_use]
mod codes;

pub mod access;
pub mod document;
pub mod id;
pub mod journal;
pub mod listing;
pub mod locale;
pub mod measure;
pub mod refusal;
pub mod search;
pub mod text;

pub mod admission;
pub mod edition;
pub mod exhibitor;
pub mod office;
pub mod party;
pub mod plan;
pub mod printing;
pub mod registration;
pub mod sales;
pub mod venue;

pub use id::*;
pub use locale::{Bilingual, Locale};
pub use refusal::{Refusal, RefusalKind};
