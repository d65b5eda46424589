//! What pages and the API show, by context. Everything takes a [`crate::Reader`]; one query per question.

pub mod access;
pub mod admission;
pub mod code;
pub mod delegation;
pub mod document;
pub mod edition;
pub mod exhibitor;
pub mod hub;
pub mod intake;
pub mod invitation;
pub mod journal;
pub mod letter;
pub mod metric;
pub mod office;
mod order;
pub mod party;
pub mod plan;
pub mod printing;
pub mod registration;
pub mod reminder;
pub mod sales;
pub mod search;
pub mod turnout;
pub mod venue;
pub mod visitor;
pub mod voucher;
