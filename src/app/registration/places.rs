//! Setting how categories take people in, and giving places that become free to those who wait.

use super::{confirm, enter, issue};
use crate::{App, Error, Work};
use domain::{
    Refusal, RegistrationId,
    access::Viewer,
    edition::Edition,
    journal::{Fact, Subject, SubjectKind},
    party::ParticipationStatus,
    registration::{Category, Channel, Intake, Registration, Standing, Status, draft::Wish, register},
};
use store::record::{party, places as record, registration};

/// Where a wish that comes through this channel would stand. The caller holds the queue of the edition, so nobody
/// else takes the place meanwhile.
pub(super) async fn standing(work: &Work, edition: &Edition, wish: &Wish, channel: Channel) -> Result<Standing, Error> {
    if channel != Channel::Pre {
        return Ok(Standing::Approved);
    }
    let intake = record::of(work.tx(), edition.id, wish.category).await?;
    if !intake.open_on(edition.day(work.now())) {
        return Err(Refusal::unmet("category-closed").at("category").into());
    }
    let taken = match intake.capacity {
        Some(_) => record::taken(work.tx(), edition.id, wish.category).await?,
        None => 0,
    };
    Ok(intake.standing(taken)?)
}

/// Sets the rules of a category. Places that a greater capacity makes free go to the waiting list at once.
///
/// # Errors
/// `Stale`.
pub async fn set_intake(app: &App, viewer: &Viewer, edition: &Edition, intake: &Intake) -> Result<(), Error> {
    let mut work = app.begin(viewer.actor()).await?;
    registration::queue(work.tx(), edition.id).await?;
    let before = record::of(work.tx(), edition.id, intake.category).await?;
    if before == *intake {
        return Ok(());
    }
    match record::save(work.tx(), edition.id, intake).await {
        Err(store::Fault::Taken(_)) => return Err(Error::Stale),
        other => other?,
    }
    let subject = Subject::new(SubjectKind::Edition, edition.id);
    let mut fact = Fact::new("registration.intake_changed", subject, edition.id)
        .with("category", intake.category.code())
        .with("public", intake.public)
        .with("approval", intake.approval)
        .with("waiting_list", intake.waiting_list);
    if let Some(capacity) = intake.capacity {
        fact = fact.with("capacity", capacity);
    }
    work.note([fact]);
    fill(&mut work, edition, intake.category).await?;
    work.commit().await
}

/// Gives places that are free to the first who wait, if the category does that by itself.
pub(super) async fn fill(work: &mut Work, edition: &Edition, category: Category) -> Result<(), Error> {
    let waiting = record::waiting_count(work.tx(), edition.id, category).await?;
    if waiting == 0 {
        return Ok(());
    }
    registration::queue(work.tx(), edition.id).await?;
    let intake = record::of(work.tx(), edition.id, category).await?;
    let taken = record::taken(work.tx(), edition.id, category).await?;
    let up = intake.moves_up(taken, waiting);
    for waiting in record::first_waiting(work.tx(), edition.id, category, up).await? {
        promote(work, edition, &waiting, intake.approval).await?;
    }
    Ok(())
}

async fn promote(work: &mut Work, edition: &Edition, waiting: &Registration, approval: bool) -> Result<(), Error> {
    let (promoted, facts) = register::promote(waiting, approval)?;
    registration::save(work.tx(), &promoted).await?;
    work.note(facts);
    let mut serial = None;
    if promoted.status == Status::Approved {
        let (_, next) = registration::next_numbers(work.tx(), edition.id).await?;
        serial = Some(issue::issue(work, edition, &promoted, None, next).await?.serial);
        if let Some(participation) = promoted.participation {
            party::set_participation(work.tx(), participation, ParticipationStatus::Confirmed).await?;
        }
    }
    enter::index(work, edition, &promoted, serial).await?;
    if !promoted.details.email.is_empty() {
        confirm::ask(work, &promoted, confirm::Occasion::Promoted).await?;
    }
    Ok(())
}

/// Staff give somebody on the waiting list a place, whatever the capacity.
///
/// # Errors
/// `Missing`; `registration-not-on-list`.
pub async fn promote_registration(
    app: &App,
    viewer: &Viewer,
    edition: &Edition,
    id: RegistrationId,
) -> Result<(), Error> {
    let mut work = app.begin(viewer.actor()).await?;
    let waiting = registration::registration(work.tx(), edition.id, id).await?.ok_or(Error::Missing)?;
    let intake = record::of(work.tx(), edition.id, waiting.category).await?;
    promote(&mut work, edition, &waiting, intake.approval).await?;
    work.commit().await
}
