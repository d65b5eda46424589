//! The one way in: person, company, participation, registration, consents, badge and what is found, in one transaction.

use super::{access_key, issue, places};
use crate::{
    Error, Work,
    party::{self, Newcomer},
};
use domain::{
    ConsentId, PartyId, RegistrationId,
    edition::Edition,
    party::{ParticipationStatus, matching::Reason},
    registration::{
        Channel, Registration, Standing, Status, access,
        draft::Wish,
        register::{self, Setting},
    },
};
use store::record::{form, registration as record, search};

/// The person a wish is about, if known, and the registrations that stand already: by person or by address.
/// The caller holds the queue of the edition, so nobody is made twice.
pub(crate) async fn known(
    work: &Work,
    edition: &Edition,
    wish: &Wish,
) -> Result<(Option<(PartyId, Reason)>, Vec<Registration>), Error> {
    let person = party::find_person(work, &Newcomer::from(&wish.details)).await?;
    let live = record::live_of(work.tx(), edition.id, &wish.details.email, person.map(|(id, _)| id)).await?;
    Ok((person, live))
}

/// Registers the person. A badge is issued at once when nobody has to approve.
/// What a form says about a known person's employer is believed only when staff typed it.
pub(crate) async fn enter(
    work: &mut Work,
    edition: &Edition,
    wish: &Wish,
    channel: Channel,
    known: Option<PartyId>,
) -> Result<Registration, Error> {
    let d = &wish.details;
    let person = match known {
        Some(person) => person,
        None => party::create_person(work, &Newcomer::from(d)).await?,
    };
    if !d.company.is_empty() && (known.is_none() || channel != Channel::Pre) {
        let organisation = party::find_or_create_organisation(work, &d.company, "", &d.country).await?;
        party::affiliate(work, person, organisation, &d.job_title).await?;
    }
    let role = register::role_of(wish.category);
    let standing = places::standing(work, edition, wish, channel).await?;
    let approved = standing == Standing::Approved;
    let status = if approved { ParticipationStatus::Confirmed } else { ParticipationStatus::Applied };
    let participation = party::participate(work, edition.id, person, role, status).await?;
    let (number, serial) = record::next_numbers(work.tx(), edition.id).await?;
    let setting = Setting {
        edition: edition.id,
        id: work.id::<RegistrationId>(),
        number,
        channel,
        party: Some(person),
        participation: Some(participation),
        standing,
        form: form::published_number(work.tx(), edition.id).await?,
        now: work.now(),
        local_day: edition.day(work.now()),
    };
    let (registration, consents, facts) = register::register(wish, setting);
    let key = access_key(work.tx(), edition.id, registration.id).await?;
    let hash = access::hash(&key).ok_or_else(|| Error::Outside("a key of ours has no hash".to_owned()))?;
    record::insert(work.tx(), &[(registration.clone(), hash)]).await?;
    let consents: Vec<_> =
        consents.into_iter().map(|consent| (work.id::<ConsentId>(), registration.id, consent)).collect();
    record::insert_consents(work.tx(), edition.id, &consents).await?;
    work.note(facts);
    let approved = registration.status == Status::Approved;
    if approved {
        issue::issue(work, edition, &registration, None, serial).await?;
    }
    index(work, edition, &registration, approved.then_some(serial)).await?;
    Ok(registration)
}

/// Keeps what a registration is found by in step with it.
pub(crate) async fn index(work: &Work, edition: &Edition, r: &Registration, serial: Option<u32>) -> Result<(), Error> {
    let link = templates::links::registration::record(&edition.slug, r.id).to_string();
    Ok(search::put(work.tx(), &record::document(r, serial, link)).await?)
}
