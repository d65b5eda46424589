//! Mails: subject, text and HTML in the language of the receiver.

pub mod registration;
pub mod exhibitor;
