//! Registering: by the visitor, at the desk, by a program.

use super::{confirm, enter, issue, places};
use crate::{
    App, Error, Work,
    printing::{self, Queued},
    voucher,
};
use domain::{
    PrintStationId, Refusal, RegistrationId,
    edition::Edition,
    journal::{Actor, Fact, Subject, SubjectKind},
    party::matching::Reason,
    registration::{Channel, Registration, Status, draft::Wish, wording},
};
use store::record::{registration as record, setting as settings};

/// A registration that now exists.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Entered {
    pub id: RegistrationId,
    pub number: i32,
    /// It existed before: the same form sent twice, or the person had registered.
    pub known: bool,
    /// This very form made it, now or the first time it was sent: whoever sent it may see the badge.
    pub ours: bool,
}

impl Entered {
    pub(crate) fn of(registration: &Registration, known: bool) -> Self {
        Self { id: registration.id, number: registration.number, known, ours: !known }
    }

    pub(crate) fn sent_twice(registration: &Registration) -> Self {
        Self { ours: true, ..Self::of(registration, true) }
    }
}

/// A visitor registers himself. Whoever sends the form that makes a registration may see its badge at once (`ours`);
/// one that exists already is never opened by a form: its owner gets the mail again, the sender a page that says to
/// look into the mail.
///
/// # Errors
/// `registration-closed`; `category-closed`, `category-full`; what is wrong with the voucher, if one came with it.
pub async fn register_visitor(app: &App, edition: &Edition, wish: &Wish) -> Result<Entered, Error> {
    let outcome = visitor(app, edition, wish).await;
    once(app, edition, wish, outcome).await
}

async fn visitor(app: &App, edition: &Edition, wish: &Wish) -> Result<Entered, Error> {
    if !edition.registration_open {
        return Err(Refusal::unmet("registration-closed").into());
    }
    let mut work = app.begin(Actor::Public).await?;
    if let Some(same) = sent_before(&work, edition, wish).await? {
        return Ok(Entered::sent_twice(&same));
    }
    let claim = voucher::claim(&work, edition, &wish.voucher).await?;
    let wish = &agreed(&work, edition, &claim.upon(wish)).await?;
    // Asked before anything is looked up: what it says must not depend on who is registered.
    places::standing(&work, edition, wish, claim.channel(Channel::Pre)).await?;
    let (person, live) = enter::known(&work, edition, wish).await?;
    let address = domain::text::fold_email(&wish.details.email);
    // Equal name and telephone number do not open somebody's badge to another address.
    let mine = live.iter().find(|r| domain::text::fold_email(&r.details.email) == address);
    if let Some(registered) = mine {
        let fact =
            Fact::new("registration.asked_again", Subject::new(SubjectKind::Registration, registered.id), edition.id);
        work.note([fact]);
        confirm::ask(&work, registered, confirm::Occasion::Again).await?;
        let entered = Entered::of(registered, true);
        work.commit().await?;
        return Ok(entered);
    }
    let channel = claim.channel(Channel::Pre);
    let registration = enter::enter(&mut work, edition, wish, channel, person.map(|(id, _)| id)).await?;
    claim.redeem(&mut work, &registration).await?;
    if person.is_some_and(|(_, why)| why == Reason::NameAndPhone) && !live.is_empty() {
        let subject = Subject::new(SubjectKind::Registration, registration.id);
        let other = live.first().map(|r| r.id.to_string()).unwrap_or_default();
        work.note([Fact::new("registration.looks_double", subject, edition.id).with("other", other)]);
    }
    confirm::ask(&work, &registration, confirm::Occasion::Registered).await?;
    let entered = Entered::of(&registration, false);
    work.commit().await?;
    Ok(entered)
}

/// The wish with what the visitor was really asked: purposes the edition asks for, in words it has shown.
async fn agreed(work: &Work, edition: &Edition, wish: &Wish) -> Result<Wish, Error> {
    let asked = settings::setting(work.tx(), edition.id).await?.asked();
    let current = settings::current_wording(work.tx(), edition.id).await?;
    let consents = wish.consents.iter().copied().filter(|purpose| asked.contains(purpose)).collect();
    Ok(Wish { consents, wording: wording::shown(&wish.wording, current), ..wish.clone() })
}

/// Staff register a person who stands at the desk; the badge is there at once. A person already registered is found:
/// the answer is the registration that exists, with a badge.
///
/// # Errors
/// When the database does not answer.
pub async fn register_walk_in(app: &App, actor: Actor, edition: &Edition, wish: &Wish) -> Result<Entered, Error> {
    register_and_print(app, actor, edition, wish, None).await.map(|(entered, _)| entered)
}

/// Like [`register_walk_in`], and the badge goes to a station with the commit that made it. One that is on paper or on
/// its way already is left alone.
///
/// # Errors
/// `station-removed`; `Missing` for a station of another edition.
pub async fn register_and_print(
    app: &App,
    actor: Actor,
    edition: &Edition,
    wish: &Wish,
    station: Option<PrintStationId>,
) -> Result<(Entered, Option<Queued>), Error> {
    let (outcome, queued) = match walk_in(app, actor, edition, wish, station).await {
        Ok((entered, queued)) => (Ok(entered), queued),
        Err(error) => (Err(error), None),
    };
    Ok((once(app, edition, wish, outcome).await?, queued))
}

async fn walk_in(
    app: &App,
    actor: Actor,
    edition: &Edition,
    wish: &Wish,
    station: Option<PrintStationId>,
) -> Result<(Entered, Option<Queued>), Error> {
    let mut work = app.begin(actor).await?;
    if let Some(same) = sent_before(&work, edition, wish).await? {
        return Ok((Entered::sent_twice(&same), None));
    }
    let (person, live) = enter::known(&work, edition, wish).await?;
    if let Some(registered) = live.first() {
        if registered.status == Status::Approved && record::current_credential(work.tx(), registered).await?.is_none() {
            let (_, serial) = record::next_numbers(work.tx(), edition.id).await?;
            issue::issue(&mut work, edition, registered, None, serial).await?;
        }
        let queued = to_paper(&mut work, registered, station).await?;
        let entered = Entered::of(registered, true);
        work.commit().await?;
        return Ok((entered, queued));
    }
    let registration = enter::enter(&mut work, edition, wish, Channel::OnSite, person.map(|(id, _)| id)).await?;
    if !registration.details.email.is_empty() {
        confirm::ask(&work, &registration, confirm::Occasion::Registered).await?;
    }
    let queued = to_paper(&mut work, &registration, station).await?;
    let entered = Entered::of(&registration, false);
    work.commit().await?;
    Ok((entered, queued))
}

async fn to_paper(
    work: &mut Work,
    registration: &Registration,
    station: Option<PrintStationId>,
) -> Result<Option<Queued>, Error> {
    match station {
        Some(station) => printing::queue_unprinted(work, registration, station).await,
        None => Ok(None),
    }
}

/// A program registers a person.
///
/// # Errors
/// `already-registered` with the number of the registration that exists; what is wrong with the voucher.
pub async fn register_by_api(
    app: &App,
    actor: Actor,
    edition: &Edition,
    wish: &Wish,
    channel: Channel,
) -> Result<Entered, Error> {
    let outcome = by_api(app, actor, edition, wish, channel).await;
    once(app, edition, wish, outcome).await
}

async fn by_api(app: &App, actor: Actor, edition: &Edition, wish: &Wish, channel: Channel) -> Result<Entered, Error> {
    let mut work = app.begin(actor).await?;
    if let Some(same) = sent_before(&work, edition, wish).await? {
        return Ok(Entered::sent_twice(&same));
    }
    let claim = voucher::claim(&work, edition, &wish.voucher).await?;
    let wish = &claim.upon(wish);
    let (person, live) = enter::known(&work, edition, wish).await?;
    if let Some(registered) = live.first() {
        let refusal = Refusal::conflict("already-registered").at("email").with("number", registered.number);
        return Err(refusal.with("id", registered.id).into());
    }
    let registration = enter::enter(&mut work, edition, wish, channel, person.map(|(id, _)| id)).await?;
    claim.redeem(&mut work, &registration).await?;
    if !registration.details.email.is_empty() {
        confirm::ask(&work, &registration, confirm::Occasion::Registered).await?;
    }
    let entered = Entered::of(&registration, false);
    work.commit().await?;
    Ok(entered)
}

/// The registration this very form has made. One of another edition is nobody's business.
/// Asked only when nobody else registers any more: the same form a moment earlier has then been stored or undone.
pub(crate) async fn sent_before(work: &Work, edition: &Edition, wish: &Wish) -> Result<Option<Registration>, Error> {
    record::queue(work.tx(), edition.id).await?;
    let same = record::of_submission(work.tx(), wish.submission).await?;
    match same {
        Some(other) if other.edition != edition.id => Err(Error::Missing),
        same => Ok(same),
    }
}

/// Two equal forms at the same moment: the constraint lets one through, the other is answered with it.
pub(crate) async fn once(
    app: &App,
    edition: &Edition,
    wish: &Wish,
    outcome: Result<Entered, Error>,
) -> Result<Entered, Error> {
    match outcome {
        Err(Error::Fault(fault)) if fault.taken("uq_registration_submission") => {
            let again = app.begin(Actor::System).await?;
            let same = sent_before(&again, edition, wish).await?.ok_or(Error::Missing)?;
            Ok(Entered::sent_twice(&same))
        }
        outcome => outcome,
    }
}
