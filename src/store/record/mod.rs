//! What use cases load and save, by context. Everything takes a [`crate::Tx`].

pub mod access;
pub mod admission;
pub mod calendar_feed;
pub mod commitment;
pub mod delegation;
pub mod deviation;
pub mod document;
pub mod edition;
pub mod exhibitor;
pub mod handheld;
pub mod incident;
pub mod intake;
pub mod job;
pub mod journal;
pub mod letter;
pub mod mail;
pub mod party;
pub mod plan;
pub mod printing;
pub mod registration;
pub mod sales;
pub mod saved_view;
pub mod search;
pub mod turnout;
pub mod venue;
pub mod voucher;
