//! Mails: subject, text and HTML in the language of the receiver, all on one sheet.

pub mod access;
pub mod exhibitor;
pub mod invitation;
pub mod letter;
pub mod plan;
pub mod registration;
pub mod story;

pub use letter::Mail;
