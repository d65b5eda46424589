//! Ending a second factor: by its owner with password and code, or by the team for somebody who lost it. The owner gets
//! a mail either way.

use super::{super::person::Person, spend, wrong};
use crate::{App, Error, Work};
use domain::{
    ContactId, ParticipationId, Refusal, UserId,
    access::{Viewer, account::Holder},
    edition::Edition,
};
use store::{
    read,
    record::{exhibitor, second_factor as record},
};
use templates::{Lang, mails::access as mails};

/// Ends one's own.
///
/// # Errors
/// `password-wrong` at `end_password`, `code-wrong` at `end_code`, `signin-throttled`; `Missing` when there is none.
pub async fn end_factor(app: &App, of: Holder, password: &str, code: &str, address: &str) -> Result<(), Error> {
    let person = Person::load(&app.reader(), of).await?;
    person.prove(app, password, "end_password", address).await?;
    let mut work = app.begin(person.actor()).await?;
    if !spend(&mut work, &person, code, address).await? {
        work.commit().await?;
        return Err(wrong("end_code").into());
    }
    finish(work, &person).await
}

/// Ends that of a member of the team who cannot show a code any more. One's own is ended with a code, so that a browser
/// left open by an administrator is not enough.
///
/// # Errors
/// `factor-own`; `Missing` when there is no such user or no second factor.
pub async fn end_factor_of_user(app: &App, viewer: &Viewer, user: UserId) -> Result<(), Error> {
    if viewer.user == user {
        return Err(Refusal::conflict("factor-own").into());
    }
    let work = app.begin(viewer.actor()).await?;
    let person = read::access::user_by_id(work.tx(), user).await?.map(Person::of_user).ok_or(Error::Missing)?;
    finish(work, &person).await
}

/// Ends that of an exhibitor's contact who cannot show a code any more.
///
/// # Errors
/// `Missing` when the exhibitor has no such contact, or the contact no second factor.
pub async fn end_factor_of_contact(
    app: &App,
    viewer: &Viewer,
    edition: &Edition,
    participation: ParticipationId,
    id: ContactId,
) -> Result<(), Error> {
    let work = app.begin(viewer.actor()).await?;
    let contact = exhibitor::contact_of(work.tx(), participation, id).await?;
    let contact = contact.filter(|contact| contact.edition == edition.id).ok_or(Error::Missing)?;
    finish(work, &Person::of_contact(contact, None)).await
}

/// One that was never confirmed is none: it ends without a word when it is set up anew.
async fn finish(mut work: Work, person: &Person) -> Result<(), Error> {
    let factor = record::factor_locked(work.tx(), person.of).await?;
    factor.filter(|factor| factor.confirmed_at.is_some()).ok_or(Error::Missing)?;
    if !record::end(work.tx(), person.of).await? {
        return Err(Error::Missing);
    }
    work.note([person.fact("user.second_factor_ended", "exhibitor.contact_second_factor_ended")]);
    let by = work.actor().name().to_owned();
    person.write(&work, mails::factor_ended(Lang::new(person.locale), &person.name, &by)).await?;
    work.commit().await
}
