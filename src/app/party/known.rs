//! A person or company that comes in with a form: the known one, or a new one.

use super::newcomer::{self, Newcomer};
use crate::{Error, Work};
use domain::{
    EditionId, ParticipationId, PartyId,
    journal::{Fact, Subject, SubjectKind},
    party::{
        Affiliation, ContactPoint, Participation, ParticipationRole, ParticipationStatus, Party,
        matching::{self, Reason},
    },
};
use store::record::{party as record, search};

/// The known person whom a form is about, and why it is taken for that person.
///
/// # Errors
/// When the database does not answer.
pub async fn find_person(work: &Work, person: &Newcomer) -> Result<Option<(PartyId, Reason)>, Error> {
    let candidates = record::known_people(work.tx(), &person.email, &person.phone).await?;
    Ok(matching::same_person(&candidates, &person.display_name, &person.email, &person.phone))
}

/// The known person, or a new one. A known person is not changed by what a form says.
///
/// # Errors
/// When the database does not answer.
pub async fn find_or_create_person(work: &mut Work, person: &Newcomer) -> Result<PartyId, Error> {
    match find_person(work, person).await? {
        Some((known, _)) => Ok(known),
        None => create_person(work, person).await,
    }
}

/// A new person with contact points; look first with [`find_person`].
///
/// # Errors
/// When the database does not answer.
pub async fn create_person(work: &mut Work, person: &Newcomer) -> Result<PartyId, Error> {
    let party = person.party(work.id());
    let points = person.points(party.id);
    create(work, &party, &person.company, &points).await?;
    Ok(party.id)
}

/// The known organisation of this name, or a new one. `other_name` is its name in the other script, may be empty.
///
/// # Errors
/// When the database does not answer.
pub async fn find_or_create_organisation(
    work: &mut Work,
    company: &str,
    other_name: &str,
    country: &str,
) -> Result<PartyId, Error> {
    for text in [company, other_name] {
        let key = matching::company_key(text);
        if let Some(known) = if key.is_empty() { None } else { record::organisation(work.tx(), &key).await? } {
            return Ok(known);
        }
    }
    let party = newcomer::organisation(work.id(), company, other_name, country);
    create(work, &party, country, &[]).await?;
    Ok(party.id)
}

async fn create(work: &mut Work, party: &Party, beside: &str, points: &[ContactPoint]) -> Result<(), Error> {
    record::insert(work.tx(), std::slice::from_ref(party), work.now()).await?;
    record::insert_contacts(work.tx(), points).await?;
    let texts = points.iter().flat_map(|point| [point.value.as_str(), &point.folded]);
    search::put(work.tx(), &record::document(party, beside, texts)).await?;
    work.note([newcomer::created(party)]);
    Ok(())
}

/// Notes that a person works for an organisation, unless it is known.
///
/// # Errors
/// When the database does not answer.
pub async fn affiliate(work: &mut Work, person: PartyId, organisation: PartyId, title: &str) -> Result<(), Error> {
    if record::is_affiliated(work.tx(), person, organisation).await? {
        return Ok(());
    }
    let affiliation =
        Affiliation { id: work.id(), person, organisation, title: title.to_owned(), from_on: None, until_on: None };
    record::insert_affiliations(work.tx(), &[affiliation]).await?;
    let fact = Fact::new("party.affiliated", Subject::new(SubjectKind::Party, person), None)
        .with("organisation", organisation.to_string())
        .with("title", title);
    work.note([fact]);
    Ok(())
}

/// The party's participation in a role of the edition: made, or brought to `status` if it had been cancelled or was
/// less far.
///
/// # Errors
/// When the database does not answer.
pub async fn participate(
    work: &mut Work,
    edition: EditionId,
    party: PartyId,
    role: ParticipationRole,
    status: ParticipationStatus,
) -> Result<ParticipationId, Error> {
    if let Some(known) = record::participation(work.tx(), edition, party, role).await? {
        let further = known.status == ParticipationStatus::Cancelled || known.status < status;
        if further && known.status != ParticipationStatus::Present {
            record::set_participation(work.tx(), known.id, status).await?;
        }
        return Ok(known.id);
    }
    let participation = Participation { id: work.id(), edition, party, role, status, version: 0 };
    record::insert_participations(work.tx(), std::slice::from_ref(&participation), work.now()).await?;
    let fact = Fact::new("party.participates", Subject::new(SubjectKind::Party, party), edition)
        .with("role", role.code())
        .with("status", status.code());
    work.note([fact]);
    Ok(participation.id)
}
