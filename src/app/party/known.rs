//! A person or company that comes in with a form: the known one, or a new one.

use crate::{Error, Work};
use domain::{
    ContactPointId, EditionId, Locale, ParticipationId, PartyId,
    journal::{Fact, Subject, SubjectKind},
    party::{
        Affiliation, ContactKind, ContactPoint, Participation, ParticipationRole, ParticipationStatus, Party,
        PartyKind,
        matching::{self, Reason},
        name,
    },
};
use store::record::{party as record, search};

/// A person as a form brings them.
#[derive(Clone, Debug, Default)]
pub struct Newcomer {
    pub family_name: String,
    pub given_name: String,
    pub display_name: String,
    /// The name in the other script, may be empty.
    pub other_name: String,
    pub email: String,
    pub phone: String,
    pub company: String,
    pub country: String,
    pub locale: Locale,
}

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
    let (name_en, name_zh) = name::by_script(&person.display_name, &person.other_name);
    let party = Party {
        id: work.id(),
        kind: PartyKind::Person,
        name: person.display_name.clone(),
        name_en,
        name_zh,
        country: some(&person.country),
        locale: Some(person.locale),
        website: None,
        credit_code: None,
        family_name: some(&person.family_name),
        given_name: some(&person.given_name),
        version: 0,
    };
    create(
        work,
        &party,
        &person.company,
        &[(ContactKind::Email, &person.email), (ContactKind::of_phone(&person.phone), &person.phone)],
    )
    .await?;
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
    let (name_en, name_zh) = name::by_script(company, other_name);
    let party = Party {
        id: work.id(),
        kind: PartyKind::Organisation,
        name: company.to_owned(),
        name_en,
        name_zh,
        country: some(country),
        locale: None,
        website: None,
        credit_code: None,
        family_name: None,
        given_name: None,
        version: 0,
    };
    create(work, &party, country, &[]).await?;
    Ok(party.id)
}

async fn create(work: &mut Work, party: &Party, beside: &str, contacts: &[(ContactKind, &str)]) -> Result<(), Error> {
    record::insert(work.tx(), std::slice::from_ref(party), work.now()).await?;
    let points: Vec<ContactPoint> = contacts
        .iter()
        .filter(|(kind, value)| !kind.fold(value).is_empty())
        .map(|(kind, value)| ContactPoint {
            id: work.id::<ContactPointId>(),
            party: party.id,
            kind: *kind,
            value: (*value).to_owned(),
            folded: kind.fold(value),
            primary: true,
        })
        .collect();
    record::insert_contacts(work.tx(), &points).await?;
    let texts = points.iter().flat_map(|point| [point.value.as_str(), &point.folded]);
    search::put(work.tx(), &record::document(party, beside, texts)).await?;
    let fact = Fact::new("party.created", Subject::new(SubjectKind::Party, party.id), None)
        .with("kind", party.kind.code())
        .with("name", party.name.clone());
    work.note([fact]);
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

fn some(text: &str) -> Option<String> {
    (!text.is_empty()).then(|| text.to_owned())
}
