//! Mails about signing in: a forgotten password, and what happened to the second factor.

use super::letter::{Mail, Sheet};
use crate::Lang;

/// Where a new password is chosen, and how long the link works.
pub fn reset(lang: Lang, name: &str, link: &str, minutes: i64) -> Mail {
    let body = lang.with("mail-reset-body", &[("minutes", minutes.into())]);
    let button = Some((lang.t("mail-reset-button"), link.to_owned()));
    mail(lang, name, lang.t("mail-reset-subject"), body, button)
}

/// The second factor is asked for from now on.
pub fn factor_set(lang: Lang, name: &str) -> Mail {
    mail(lang, name, lang.t("mail-factor-set-subject"), lang.t("mail-factor-set-body"), None)
}

/// The second factor is not asked for any more; `by` ended it.
pub fn factor_ended(lang: Lang, name: &str, by: &str) -> Mail {
    let body = lang.with("mail-factor-ended-body", &[("by", by.into())]);
    mail(lang, name, lang.t("mail-factor-ended-subject"), body, None)
}

/// Somebody who knows the password guesses codes.
pub fn codes_guessed(lang: Lang, name: &str) -> Mail {
    mail(lang, name, lang.t("mail-guessed-subject"), lang.t("mail-guessed-body"), None)
}

fn mail(lang: Lang, name: &str, subject: String, body: String, button: Option<(String, String)>) -> Mail {
    Sheet {
        subject,
        show: "Fairlead".to_owned(),
        paragraphs: vec![lang.with("mail-hello", &[("name", name.into())]), body],
        button,
        bye: lang.t("mail-reset-bye"),
        ..Sheet::default()
    }
    .mail(lang)
}
