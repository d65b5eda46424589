//! Registration: a person in an edition, the badge that proves it, and the consents given on the way.

pub mod badge_code;
pub mod category;

pub use category::Category;
