//! Addresses of invitation and visa letters.

use super::{Href, segment};
use domain::{LetterId, RegistrationId};

/// All letters of an edition.
pub fn home(edition: &str) -> Href {
    super::registration::home(edition).then("letters")
}

/// The list of letters as a file: `csv` or `xlsx`.
pub fn export(edition: &str, format: &str) -> Href {
    home(edition).then("export").then(format)
}

/// The letters of a registration; POST issues one.
pub fn of(edition: &str, registration: RegistrationId) -> Href {
    super::registration::record(edition, registration).then("letters")
}

/// A letter as a PDF.
pub fn pdf(edition: &str, registration: RegistrationId, letter: LetterId) -> Href {
    of(edition, registration).then(&letter.to_string()).then("letter.pdf")
}

/// Takes a letter back (POST).
pub fn withdraw(edition: &str, registration: RegistrationId, letter: LetterId) -> Href {
    of(edition, registration).then(&letter.to_string()).then("withdraw")
}

/// The registrant's own letters; POST issues one.
pub fn own(edition: &str, access: &str) -> Href {
    super::registration::own_part(edition, access, "letters")
}

/// The registrant's own letter as a PDF.
pub fn own_pdf(edition: &str, access: &str, letter: LetterId) -> Href {
    own(edition, access).then(&letter.to_string()).then("letter.pdf")
}

/// Where anybody asks whether a letter stands.
pub fn verify(edition: &str) -> Href {
    Href::new(format!("/x/{}/letter", segment(edition)))
}

/// The answer for a code.
pub fn verified(edition: &str, code: &str) -> Href {
    verify(edition).then(code)
}
