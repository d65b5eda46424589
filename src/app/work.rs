//! A use case under way: the transaction, who acts, when, and what it causes.

use crate::{App, Error, Event};
use chrono::{DateTime, TimeDelta, Utc};
use domain::{
    EditionId, Id, JobId, Locale, MailId,
    journal::{Actor, Fact},
};
use serde_json::json;
use store::{
    Tx,
    record::{self, job::NewJob, mail::Attachment},
};
use templates::mails::Mail;

/// More notices than this in one transaction and the other nodes hear only the first ones: screens read afresh anyway.
const MOST_NOTICES: usize = 50;

/// A mail to be sent when the use case commits.
#[derive(Clone, Debug)]
pub struct Outgoing {
    /// The edition it is about.
    pub edition: Option<EditionId>,
    /// Address.
    pub to: String,
    /// Name of the person.
    pub to_name: String,
    /// Language it is written in.
    pub locale: Locale,
    /// What it says.
    pub mail: Mail,
    /// Files.
    pub attachments: Vec<Attachment>,
}

/// An open use case. Dropping it undoes everything; [`Work::commit`] makes it last.
pub struct Work {
    app: App,
    tx: Tx,
    actor: Actor,
    now: DateTime<Utc>,
    facts: Vec<Fact>,
}

impl Work {
    pub(crate) fn new(app: App, tx: Tx, actor: Actor) -> Self {
        // Read after the transaction began: on SQLite it may have waited for the writer before it.
        let now = app.now();
        Self { app, tx, actor, now, facts: Vec::new() }
    }

    /// The transaction, for `store::record`.
    pub fn tx(&self) -> &Tx {
        &self.tx
    }

    /// The instant of this use case: one for everything it writes.
    pub fn now(&self) -> DateTime<Utc> {
        self.now
    }

    /// The ports, for settings.
    pub fn app(&self) -> &App {
        &self.app
    }

    /// Who acts.
    pub fn actor(&self) -> &Actor {
        &self.actor
    }

    /// A fresh identifier.
    pub fn id<T: Id>(&self) -> T {
        self.app.id()
    }

    /// Notes what happened: journal rows with the commit, notices after it.
    pub fn note(&mut self, facts: impl IntoIterator<Item = Fact>) {
        self.facts.extend(facts);
    }

    /// Asks the worker to do something, at the earliest after `delay`; at most once for a `dedup` key.
    ///
    /// # Errors
    /// When the database does not answer.
    pub async fn enqueue(
        &self,
        kind: &str,
        payload: serde_json::Value,
        delay: TimeDelta,
        dedup: Option<String>,
    ) -> Result<(), Error> {
        let job = NewJob { id: self.id::<JobId>(), kind: kind.to_owned(), payload, run_at: self.now + delay, dedup };
        Ok(record::job::enqueue(&self.tx, &job, self.now).await?)
    }

    /// Puts a mail into the outbox; it leaves after the commit.
    ///
    /// # Errors
    /// When the database does not answer.
    pub async fn mail(&self, outgoing: Outgoing) -> Result<MailId, Error> {
        let id = self.id::<MailId>();
        let row = record::mail::Mail {
            id,
            edition: outgoing.edition,
            to_address: outgoing.to,
            to_name: outgoing.to_name,
            locale: outgoing.locale,
            subject: outgoing.mail.subject,
            text: outgoing.mail.text,
            html: outgoing.mail.html,
            attachments: outgoing.attachments,
        };
        record::mail::insert(&self.tx, &row, self.now).await?;
        let payload = json!({ "mail": id });
        self.enqueue(crate::mail::SEND, payload, TimeDelta::zero(), Some(format!("mail:{id}"))).await?;
        Ok(id)
    }

    /// Writes the journal, makes everything last, and tells the live screens.
    ///
    /// # Errors
    /// When the database refuses; nothing is changed then.
    pub async fn commit(self) -> Result<(), Error> {
        let rows: Vec<_> = self.facts.iter().map(|fact| (self.app.id(), fact.clone())).collect();
        record::journal::write(&self.tx, &self.actor, self.now, &rows).await?;
        let events = self.facts.into_iter().map(|f| Event { edition: f.edition, kind: f.kind, subject: f.subject });
        let events: Vec<Event> = events.collect();
        for event in events.iter().take(MOST_NOTICES) {
            self.app.events().notice(event).announce(&self.tx).await?;
        }
        self.tx.commit().await?;
        for event in events {
            self.app.events().publish(event);
        }
        Ok(())
    }
}
