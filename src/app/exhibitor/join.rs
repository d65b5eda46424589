//! Using an invitation: a password is chosen and the person is signed in at once.

use crate::{
    App, Error,
    access::{Attempt, Entered, enter, password, person::Person},
    chance,
};
use domain::{
    Bilingual,
    access::PasswordDraft,
    edition::Edition,
    exhibitor::{self, Contact},
    journal::Actor,
};
use store::{read, record::exhibitor as record};

/// An open invitation, as its page shows it.
#[derive(Debug, Clone)]
pub struct Invited {
    /// Who is invited.
    pub contact: Contact,
    /// The edition.
    pub edition: Edition,
    /// The company.
    pub company: Bilingual,
}

/// What an invitation's secret opens.
///
/// # Errors
/// `Missing` for an unknown, spent, replaced or expired one: all the same to the caller.
pub async fn invited(app: &App, secret: &str) -> Result<Invited, Error> {
    let reader = app.reader();
    let contact = record::invited(&reader, &chance::hash_secret(secret)).await?.ok_or(Error::Missing)?;
    if !contact.active || contact.invited_until.is_none_or(|until| until <= app.now()) {
        return Err(Error::Missing);
    }
    let edition = read::edition::by_id(&reader, contact.edition).await?.ok_or(Error::Missing)?;
    let company = read::exhibitor::record(&reader, contact.edition, contact.participation, app.now()).await?;
    let company = company.ok_or(Error::Missing)?.company;
    Ok(Invited { contact, edition, company })
}

/// Sets the password, spends the invitation and lets the person in.
///
/// # Errors
/// The password rules at `password` and `repeat`; `Missing` when the invitation cannot be used.
pub async fn join(app: &App, secret: &str, draft: &PasswordDraft, attempt: &Attempt) -> Result<Entered, Error> {
    let open = invited(app, secret).await?;
    let chosen = draft.parse(&open.contact.email)?;
    let hash = password::hash(&chosen).await?;
    let actor = Actor::Contact { id: open.contact.id, name: open.contact.name.clone() };
    let mut work = app.begin(actor).await?;
    // Read again within the transaction: a second click finds the invitation spent.
    let contact = record::invited(work.tx(), &chance::hash_secret(secret)).await?.ok_or(Error::Missing)?;
    let (joined, facts) = exhibitor::join(&contact, work.now())?;
    record::save_joined(work.tx(), &joined, &hash).await.map_err(|_| Error::Missing)?;
    work.note(facts);
    work.commit().await?;
    enter(app, &Person::of_contact(joined, Some(hash)), attempt).await
}
