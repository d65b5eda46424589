//! The organizer's pages, a folder a context.

pub mod access;
pub mod admission;
pub mod delegation;
pub mod edition;
pub mod exhibitor;
pub mod intake;
pub mod journal;
pub mod letter;
pub mod party;
pub mod plan;
pub mod printing;
pub mod registration;
pub mod sales;
pub mod search;
pub mod today;
pub mod venue;
pub mod voucher;
