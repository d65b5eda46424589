//! A group's people, one by one: registered at once with a badge and the mail that carries it.

use super::staff;
use crate::{
    App, Error, Work,
    registration::{self, Entered, Occasion},
};
use domain::{
    DelegationId, ParticipationId, Refusal, RegistrationId,
    edition::Edition,
    journal::Actor,
    registration::{Channel, Draft, Entry, delegation::Delegation, draft::Wish},
};
use store::record::{delegation as record, registration as people};

/// For which group, and who says so.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum By {
    /// Staff or the leader, who proved it with the group's link.
    Group(DelegationId),
    /// An exhibitor, for its own people.
    Exhibitor(ParticipationId),
}

/// The group, with everybody else of the edition waiting; an exhibitor's is made if need be.
pub(crate) async fn group(work: &mut Work, edition: &Edition, by: By) -> Result<Delegation, Error> {
    match by {
        By::Group(id) => {
            people::queue(work.tx(), edition.id).await?;
            record::delegation(work.tx(), edition.id, id).await?.ok_or(Error::Missing)
        }
        By::Exhibitor(exhibitor) => staff::group(work, edition, exhibitor).await,
    }
}

/// Adds a person to a group.
///
/// # Errors
/// Field refusals; `delegation-closed`, `delegation-full`, `allowance-staff`; `member-known` for a person who is
/// registered already: nothing of that registration is shown to the leader, its owner gets the mail once more.
pub async fn add_member(app: &App, actor: Actor, edition: &Edition, by: By, draft: &Draft) -> Result<Entered, Error> {
    let mut work = app.begin(actor).await?;
    let group = group(&mut work, edition, by).await?;
    let wish = group.complete(draft).parse(Entry::Api)?;
    if let Some(same) = registration::sent_before(&work, edition, &wish).await? {
        return Ok(Entered::sent_twice(&same));
    }
    let live = record::live(work.tx(), group.id).await?;
    group.admits(live, 1)?;
    if let Some(exhibitor) = group.participation {
        staff::room(&work, edition, exhibitor, 1).await?;
    }
    let (person, known) = registration::known(&work, edition, &wish).await?;
    if let Some(registered) = known.first() {
        registration::ask(&work, registered, Occasion::Again).await?;
        work.commit().await?;
        return Err(Refusal::conflict("member-known").at("email").into());
    }
    let outcome = enter(work, edition, &group, &wish, person.map(|(id, _)| id)).await;
    registration::once(app, edition, &wish, outcome).await
}

async fn enter(
    mut work: Work,
    edition: &Edition,
    group: &Delegation,
    wish: &Wish,
    person: Option<domain::PartyId>,
) -> Result<Entered, Error> {
    let registration = registration::enter(&mut work, edition, wish, Channel::Invited, person).await?;
    record::insert_members(work.tx(), (edition.id, group.id), &[registration.id], work.now()).await?;
    work.note([group
        .fact("member_added")
        .with("name", registration.details.display_name.clone())
        .with("number", registration.number)]);
    if !registration.details.email.is_empty() {
        registration::ask(&work, &registration, Occasion::Registered).await?;
    }
    let entered = Entered::of(&registration, false);
    work.commit().await?;
    Ok(entered)
}

/// Takes a member's registration back; the badge opens nothing from then on.
///
/// # Errors
/// `Missing` for somebody of another group; `registration-over`.
pub async fn cancel_member(
    app: &App,
    actor: Actor,
    edition: &Edition,
    by: By,
    member: RegistrationId,
) -> Result<(), Error> {
    let group = record::group_of(&app.reader(), edition.id, member).await?.ok_or(Error::Missing)?;
    let own = match by {
        By::Group(id) => group.id == id,
        By::Exhibitor(exhibitor) => group.participation == Some(exhibitor),
    };
    if !own {
        return Err(Error::Missing);
    }
    registration::cancel_registration(app, actor, edition, member, "").await
}
