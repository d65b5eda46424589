//! Letters' use cases: issuing one, by staff or by the registrant, taking it back, the letter as a PDF, the list as
//! a file.

mod download;
mod issue;
mod pdf;

pub use download::download_letters;
pub use issue::{issue_letter, withdraw_letter};
pub use pdf::{Sheet, letter_pdf};
