//! What use cases load and save, by context. Everything takes a [`crate::Tx`].

pub mod access;
pub mod document;
pub mod admission;
pub mod edition;
pub mod job;
pub mod journal;
pub mod mail;
pub mod party;
pub mod registration;
pub mod plan;
pub mod search;
