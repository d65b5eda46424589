//! Mails to applicants and exhibitors: application received, declined, accepted with the invitation to the portal.

use super::letter::{Mail, Sheet};
use crate::Lang;
use domain::Bilingual;

/// What all these mails know.
#[derive(Debug, Clone, Copy)]
pub struct Letter<'a> {
    /// The receiver's language.
    pub lang: Lang,
    /// The receiver.
    pub name: &'a str,
    /// The company.
    pub company: &'a str,
    /// The edition.
    pub edition: &'a Bilingual,
}

impl Letter<'_> {
    /// The application has arrived.
    pub fn received(self, number: i64) -> Mail {
        let (name, company, edition) = self.who();
        let args = [("number", number.into()), ("company", company.into()), ("edition", edition.into())];
        let subject = self.lang.with("mail-received-subject", &args);
        self.compose(subject, self.lang.with("mail-received-body", &args), None, "", name)
    }

    /// The application is declined, with the reason.
    pub fn declined(self, reason: &str) -> Mail {
        let (name, company, edition) = self.who();
        let args = [("company", company.into()), ("edition", edition.into())];
        let subject = self.lang.with("mail-declined-subject", &args);
        self.compose(subject, self.lang.with("mail-declined-body", &args), None, reason, name)
    }

    /// The portal is open: where the password is chosen, until when, and the stands held.
    pub fn invitation(self, link: &str, until: &str, stands: &str) -> Mail {
        let (name, company, edition) = self.who();
        let stand = if stands.is_empty() {
            String::new()
        } else {
            self.lang.with("mail-invitation-stand", &[("stands", stands.into())])
        };
        let args = [("company", company.into()), ("edition", edition.into()), ("until", until.into())];
        let subject = self.lang.with("mail-invitation-subject", &args);
        self.compose(subject, self.lang.with("mail-invitation-body", &args), Some(link), &stand, name)
    }

    /// Duties whose deadline is near.
    pub fn reminder(self, link: &str, day: &str, duties: &[String]) -> Mail {
        let (name, company, edition) = self.who();
        let args = [
            ("company", company.into()),
            ("edition", edition.into()),
            ("day", day.into()),
            ("count", duties.len().into()),
        ];
        let subject = self.lang.with("mail-reminder-subject", &args);
        let list: Vec<String> = duties.iter().map(|duty| format!("· {duty}")).collect();
        self.compose(subject, self.lang.with("mail-reminder-body", &args), Some(link), &list.join("\n"), name)
    }

    fn who(&self) -> (&str, &str, &str) {
        (self.name, self.company, self.edition.get(self.lang.locale()))
    }

    fn compose(&self, subject: String, body: String, link: Option<&str>, quote: &str, name: &str) -> Mail {
        let lang = self.lang;
        let show = self.edition.get(lang.locale());
        Sheet {
            subject,
            show: show.to_owned(),
            paragraphs: vec![lang.with("mail-hello", &[("name", name.into())]), body],
            quote: quote.to_owned(),
            button: link.map(|link| (lang.t("mail-invitation-button"), link.to_owned())),
            bye: lang.with("mail-bye", &[("edition", show.into())]),
            ..Sheet::default()
        }
        .mail(lang)
    }
}
