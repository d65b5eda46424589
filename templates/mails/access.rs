//! The mail about a forgotten password.

use super::exhibitor::ExhibitorMail as Mail;
use super::letter::Sheet;
use crate::Lang;

/// Where a new password is chosen, and how long the link works.
pub fn reset(lang: Lang, name: &str, link: &str, minutes: i64) -> Mail {
    let sheet = Sheet {
        subject: lang.t("mail-reset-subject"),
        show: "Fairlead".to_owned(),
        paragraphs: vec![
            lang.with("mail-hello", &[("name", name.into())]),
            lang.with("mail-reset-body", &[("minutes", minutes.into())]),
        ],
        button: Some((lang.t("mail-reset-button"), link.to_owned())),
        bye: lang.t("mail-reset-bye"),
        ..Sheet::default()
    };
    let (text, html) = (sheet.text(lang), sheet.html(lang).into_string());
    Mail { subject: sheet.subject, text, html }
}
