//! The mail that tells a member of the team what moved in a plan and why.

use super::letter::{Mail, Sheet};
use crate::Lang;
use domain::Bilingual;

/// What the mail knows.
#[derive(Debug, Clone, Copy)]
pub struct StoryLetter<'a> {
    /// The receiver's language.
    pub lang: Lang,
    /// The receiver.
    pub name: &'a str,
    /// The edition.
    pub edition: &'a Bilingual,
    /// The change.
    pub revision: i32,
    /// Who sends it.
    pub from: &'a str,
    /// What the sender adds; may be empty.
    pub note: &'a str,
    /// Address of the page.
    pub link: &'a str,
}

impl StoryLetter<'_> {
    /// The mail with the change told in paragraphs.
    pub fn compose(&self, told: &[String]) -> Mail {
        let lang = self.lang;
        let show = self.edition.get(lang.locale());
        let args = [("revision", self.revision.into()), ("edition", show.into()), ("from", self.from.into())];
        let mut paragraphs =
            vec![lang.with("mail-hello", &[("name", self.name.into())]), lang.with("story-mail-intro", &args)];
        paragraphs.extend(told.iter().cloned());
        Sheet {
            subject: lang.with("story-mail-subject", &args),
            show: show.to_owned(),
            paragraphs,
            quote: self.note.to_owned(),
            button: Some((lang.t("story-mail-button"), self.link.to_owned())),
            bye: lang.with("mail-bye", &[("edition", show.into())]),
            ..Sheet::default()
        }
        .mail(lang)
    }
}
