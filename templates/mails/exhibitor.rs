//! Mails to applicants and exhibitors: application received, declined, accepted with the invitation to the portal.

use domain::Bilingual;
use maud::{DOCTYPE, Markup, html};

use crate::Lang;

/// A mail ready to be sent.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ExhibitorMail {
    /// Subject line.
    pub subject: String,
    /// The plain text.
    pub text: String,
    /// The same as HTML.
    pub html: String,
}

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
    pub fn received(self, number: i64) -> ExhibitorMail {
        let (name, company, edition) = self.who();
        let args = [("number", number.into()), ("company", company.into()), ("edition", edition.into())];
        let subject = self.lang.with("mail-received-subject", &args);
        self.compose(subject, self.lang.with("mail-received-body", &args), None, "", name)
    }

    /// The application is declined, with the reason.
    pub fn declined(self, reason: &str) -> ExhibitorMail {
        let (name, company, edition) = self.who();
        let args = [("company", company.into()), ("edition", edition.into())];
        let subject = self.lang.with("mail-declined-subject", &args);
        self.compose(subject, self.lang.with("mail-declined-body", &args), None, reason, name)
    }

    /// The portal is open: where the password is chosen, until when, and the stands held.
    pub fn invitation(self, link: &str, until: &str, stands: &str) -> ExhibitorMail {
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

    fn who(&self) -> (&str, &str, &str) {
        (self.name, self.company, self.edition.get(self.lang.locale()))
    }

    fn compose(&self, subject: String, body: String, link: Option<&str>, quote: &str, name: &str) -> ExhibitorMail {
        let lang = self.lang;
        let hello = lang.with("mail-hello", &[("name", name.into())]);
        let bye = lang.with("mail-bye", &[("edition", self.edition.get(lang.locale()).into())]);
        let button = lang.t("mail-invitation-button");
        let mut text = vec![hello.clone(), body.clone()];
        text.extend((!quote.is_empty()).then(|| quote.to_owned()));
        text.extend(link.map(|link| format!("{button}\n{link}")));
        text.push(bye.clone());
        let html = self.html(&subject, &[&hello, &body], quote, link.map(|link| (link, button.as_str())), &bye);
        ExhibitorMail { subject, text: text.join("\n\n"), html: html.into_string() }
    }

    fn html(&self, title: &str, paragraphs: &[&str], quote: &str, button: Option<(&str, &str)>, bye: &str) -> Markup {
        html! {
            (DOCTYPE)
            html lang=(self.lang.code()) {
                head { meta charset="utf-8"; title { (title) } }
                body {
                    @for paragraph in paragraphs { p { (paragraph) } }
                    @if !quote.is_empty() { blockquote { (quote) } }
                    @if let Some((link, words)) = button { p { a href=(link) { (words) } } p { (link) } }
                    p { (bye) }
                }
            }
        }
    }
}
