//! Mails of control: a deviation was escalated to you, an incident was declared.

use super::letter::{Mail, Sheet};
use crate::Lang;
use chrono::{DateTime, Utc};
use chrono_tz::Tz;
use domain::Bilingual;
use domain::plan::contingency::Entry;
use domain::plan::deviation::Deviation;
use domain::plan::incident::Incident;

/// Deviations that came up the line of responsibility to the reader.
#[derive(Debug, Clone, Copy)]
pub struct Escalation<'a> {
    /// The receiver's language.
    pub lang: Lang,
    /// The receiver.
    pub name: &'a str,
    /// The edition.
    pub edition: &'a Bilingual,
    /// Its zone.
    pub zone: Tz,
    /// When it is written.
    pub now: DateTime<Utc>,
    /// Which deviations.
    pub deviations: &'a [Deviation],
    /// Where they are.
    pub link: &'a str,
}

impl Escalation<'_> {
    /// The mail.
    pub fn write(&self) -> Mail {
        let lang = self.lang;
        let show = self.edition.get(lang.locale());
        let count = [("count", self.deviations.len().into()), ("edition", show.into())];
        let line = |one: &Deviation| {
            let severity = lang.term("deviation-severity", one.severity.code());
            let age = lang.minutes((self.now - one.opened_at).num_minutes());
            let open = lang.with("mail-escalation-open", &[("age", age.into())]);
            format!("· {} ({severity}, {open})", one.title(lang.locale()))
        };
        let lines: Vec<String> = self.deviations.iter().map(line).collect();
        let sheet = Sheet {
            subject: lang.with("mail-escalation-subject", &count),
            show: show.to_owned(),
            under: lang.instant(self.now, self.zone),
            paragraphs: vec![
                lang.with("mail-hello", &[("name", self.name.into())]),
                lang.with("mail-escalation-body", &count),
            ],
            quote: lines.join("\n"),
            button: Some((lang.t("mail-escalation-button"), self.link.to_owned())),
            bye: lang.with("mail-bye", &[("edition", show.into())]),
            ..Sheet::default()
        };
        sheet.mail(lang)
    }
}

/// An incident was declared and the reader is called.
#[derive(Debug, Clone, Copy)]
pub struct Alert<'a> {
    /// The receiver's language.
    pub lang: Lang,
    /// The receiver.
    pub name: &'a str,
    /// The edition.
    pub edition: &'a Bilingual,
    /// Its zone.
    pub zone: Tz,
    /// The entry of the book.
    pub entry: &'a Entry,
    /// The incident.
    pub incident: &'a Incident,
    /// Who declared it.
    pub by: &'a str,
    /// Where it is.
    pub link: &'a str,
}

impl Alert<'_> {
    /// The mail.
    pub fn write(&self) -> Mail {
        let lang = self.lang;
        let locale = lang.locale();
        let (show, hazard) = (self.edition.get(locale), self.entry.hazard.get(locale));
        let place = self.incident.place_name.get(locale);
        let place = if place.is_empty() { show } else { place };
        let about = [("hazard", hazard.into()), ("place", place.into())];
        let mut facts = vec![
            (lang.t("incident-declared-at"), lang.instant(self.incident.declared_at, self.zone)),
            (lang.t("incident-declared-by"), self.by.to_owned()),
            (lang.t("incident-decision-owner"), lang.term("plan-function", self.entry.decision_owner.code())),
            (lang.t("incident-stand-down-when"), self.entry.stand_down.get(locale).to_owned()),
        ];
        if let Some(due) = self.incident.first_action_due(self.entry) {
            facts.insert(0, (lang.t("incident-first-action-due"), lang.clock(due, self.zone)));
        }
        if !self.incident.note.is_empty() {
            facts.push((lang.t("incident-note"), self.incident.note.clone()));
        }
        let sheet = Sheet {
            subject: lang.with("mail-alert-subject", &about),
            show: show.to_owned(),
            under: lang.with("incident-title", &[("number", i64::from(self.incident.number).into())]),
            paragraphs: vec![
                lang.with("mail-hello", &[("name", self.name.into())]),
                lang.with("mail-alert-body", &about),
            ],
            quote: self.entry.first_action.get(locale).to_owned(),
            button: Some((lang.t("mail-alert-button"), self.link.to_owned())),
            facts,
            bye: lang.with("mail-bye", &[("edition", show.into())]),
        };
        sheet.mail(lang)
    }
}
