//! Letters that invite: a person to the show, a leader to name the people of a group.

use chrono::NaiveDate;
use domain::Bilingual;

use super::letter::{Mail, Sheet};
use crate::Lang;

/// An invitation or its reminder.
pub struct InvitationMail<'a> {
    pub lang: Lang,
    pub edition: &'a Bilingual,
    pub opens_on: NaiveDate,
    pub closes_on: NaiveDate,
    pub name: &'a str,
    /// The exhibitor who invites; empty for the organizer.
    pub invited_by: &'a str,
    /// As people read it.
    pub code: &'a str,
    pub link: &'a str,
    /// Sent for the second time.
    pub again: bool,
}

impl InvitationMail<'_> {
    fn show(&self) -> &str {
        self.edition.get(self.lang.locale())
    }

    fn subject(&self) -> String {
        let key = if self.again { "invitation-mail-again" } else { "invitation-mail-subject" };
        self.lang.with(key, &[("edition", self.show().into())])
    }

    fn sheet(&self) -> Sheet {
        let lang = self.lang;
        let said = if self.invited_by.is_empty() {
            lang.with("invitation-mail-organizer", &[("edition", self.show().into())])
        } else {
            let args = [("company", self.invited_by.into()), ("edition", self.show().into())];
            lang.with("invitation-mail-exhibitor", &args)
        };
        Sheet {
            subject: self.subject(),
            show: self.show().to_owned(),
            under: lang.date_range(self.opens_on, self.closes_on),
            paragraphs: vec![
                lang.with("badge-mail-hello", &[("name", self.name.into())]),
                said,
                lang.t("invitation-mail-how"),
            ],
            button: Some((lang.t("invitation-mail-button"), self.link.to_owned())),
            facts: vec![
                (lang.t("badge-mail-days"), lang.date_range(self.opens_on, self.closes_on)),
                (lang.t("voucher-code"), self.code.to_owned()),
            ],
            bye: lang.t("invitation-mail-bye"),
            ..Sheet::default()
        }
    }

    /// The letter as it is sent.
    pub fn mail(&self) -> Mail {
        self.sheet().mail(self.lang)
    }
}

/// The link with which a leader names the people of a group.
pub struct DelegationMail<'a> {
    pub lang: Lang,
    pub edition: &'a Bilingual,
    pub opens_on: NaiveDate,
    pub closes_on: NaiveDate,
    pub name: &'a str,
    pub group: &'a str,
    pub link: &'a str,
}

impl DelegationMail<'_> {
    fn subject(&self) -> String {
        let show = self.edition.get(self.lang.locale());
        self.lang.with("delegation-mail-subject", &[("group", self.group.into()), ("edition", show.into())])
    }

    fn sheet(&self) -> Sheet {
        let lang = self.lang;
        let show = self.edition.get(lang.locale());
        Sheet {
            subject: self.subject(),
            show: show.to_owned(),
            under: lang.date_range(self.opens_on, self.closes_on),
            paragraphs: vec![
                lang.with("badge-mail-hello", &[("name", self.name.into())]),
                lang.with("delegation-mail-text", &[("group", self.group.into()), ("edition", show.into())]),
            ],
            button: Some((lang.t("delegation-mail-button"), self.link.to_owned())),
            bye: lang.t("delegation-mail-bye"),
            ..Sheet::default()
        }
    }

    /// The letter as it is sent.
    pub fn mail(&self) -> Mail {
        self.sheet().mail(self.lang)
    }
}
