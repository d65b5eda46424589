//! Addresses of `registration`: registrations and badges.

use super::{Href, segment};
use domain::RegistrationId;

/// The list of registrations.
pub fn home(edition: &str) -> Href {
    Href::new(format!("/e/{}/registration", segment(edition)))
}

/// The registration curve.
pub fn curve(edition: &str) -> Href {
    home(edition).then("curve")
}

/// The list as a file: `csv` or `xlsx`.
pub fn export(edition: &str, format: &str) -> Href {
    home(edition).then("export").then(format)
}

/// The desk's form for a person who stands there; POST registers.
pub fn walk_in(edition: &str) -> Href {
    home(edition).then("walk-in")
}

/// One registration.
pub fn record(edition: &str, id: RegistrationId) -> Href {
    home(edition).then(&id.to_string())
}

/// The form that changes a registration; POST changes.
pub fn edit(edition: &str, id: RegistrationId) -> Href {
    record(edition, id).then("edit")
}

/// A deed on a registration (POST): `reprint`, `block`, `unblock`, `cancel`, `approve`, `reject`, `mail`.
pub fn act(edition: &str, id: RegistrationId, deed: &str) -> Href {
    record(edition, id).then(deed)
}

/// The badge, to print.
pub fn badge(edition: &str, id: RegistrationId) -> Href {
    record(edition, id).then("badge")
}

/// The badge as a PDF.
pub fn badge_pdf(edition: &str, id: RegistrationId) -> Href {
    record(edition, id).then("badge.pdf")
}

/// What the public sees after sending the form.
pub fn thanks(edition: &str) -> Href {
    super::public::register(edition).then("thanks")
}

/// The registrant's own page.
pub fn own(edition: &str, access: &str) -> Href {
    super::public::home(edition).then("r").then(access)
}

/// Where a new address is confirmed.
pub fn address(edition: &str, secret: &str) -> Href {
    super::public::home(edition).then("address").then(secret)
}

/// What is seen after an address was confirmed.
pub fn address_done(edition: &str) -> Href {
    super::public::home(edition).then("address")
}

/// A part of the registrant's own page: `edit`, `cancel`, `consent`, `badge`, `badge.pdf`, `data`, `data.json`,
/// `address`, `forget`.
pub fn own_part(edition: &str, access: &str, part: &str) -> Href {
    own(edition, access).then(part)
}
