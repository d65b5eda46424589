//! Addresses of registration's set-up: the form, categories' rules, consents, texts of mails.

use super::{Href, registration};

/// The form as it is worked on.
pub fn home(edition: &str) -> Href {
    registration::home(edition).then("form")
}

/// A deed on the whole form (POST): `publish`, `discard`, `import`.
pub fn act(edition: &str, deed: &str) -> Href {
    home(edition).then(deed)
}

/// A section to be made; POST makes it.
pub fn new_section(edition: &str) -> Href {
    home(edition).then("sections")
}

/// One section; POST changes it.
pub fn section(edition: &str, code: &str) -> Href {
    new_section(edition).then(code)
}

/// A deed on a section (POST): `up`, `down`, `remove`.
pub fn section_act(edition: &str, code: &str, deed: &str) -> Href {
    section(edition, code).then(deed)
}

/// A question to be made in a section; POST makes it.
pub fn new_question(edition: &str, section_code: &str) -> Href {
    section(edition, section_code).then("questions")
}

/// One question; POST changes it.
pub fn question(edition: &str, code: &str) -> Href {
    home(edition).then("questions").then(code)
}

/// A deed on a question (POST): `up`, `down`, `remove`.
pub fn question_act(edition: &str, code: &str, deed: &str) -> Href {
    question(edition, code).then(deed)
}

/// The form as visitors will see it; POST tries it without registering anybody.
pub fn preview(edition: &str) -> Href {
    home(edition).then("preview")
}

/// The form as a file.
pub fn file(edition: &str) -> Href {
    home(edition).then("form.json")
}

/// Categories: who may choose them, how many there is room for, who waits.
pub fn categories(edition: &str) -> Href {
    registration::home(edition).then("categories")
}

/// The rules of one category; POST sets them.
pub fn category(edition: &str, code: &str) -> Href {
    categories(edition).then(code)
}

/// Consents, wordings, how long data is kept; POST changes the settings.
pub fn privacy(edition: &str) -> Href {
    registration::home(edition).then("privacy")
}

/// POST publishes new sentences.
pub fn wording(edition: &str) -> Href {
    privacy(edition).then("wording")
}

/// The mails registrants get.
pub fn mails(edition: &str) -> Href {
    registration::home(edition).then("mails")
}

/// The text of one mail; POST writes it.
pub fn mail(edition: &str, occasion: &str) -> Href {
    mails(edition).then(occasion)
}

/// POST shows what a text will look like without storing it.
pub fn mail_preview(edition: &str, occasion: &str) -> Href {
    mail(edition, occasion).then("preview")
}
