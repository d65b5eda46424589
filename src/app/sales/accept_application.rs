//! Accepting an application: the company becomes an exhibitor, its contact can be invited, and the stand may be given
//! in the same step. All of it or nothing.

use super::{apply::filed_name, assign_stand};
use crate::{App, Error, Work, exhibitor};
use domain::{
    ApplicationId, ParticipationId, PartyId, PlaceId,
    access::Viewer,
    edition::Edition,
    exhibitor::{InviteFields, new_contact},
    party::{
        Affiliation, ContactKind, ContactPoint, Participation, ParticipationRole, ParticipationStatus, Party,
        PartyKind, matching,
    },
    sales::{self, Apply, Decision},
};
use store::record::{exhibitor as contacts, party, sales as record, search};

/// Accepts, and gives `stand` when one is named. The exhibitor's first contact is invited to the portal by mail.
///
/// # Errors
/// `application-decided`, `stale`, `stand-taken` (with who holds it), `Missing`.
pub async fn accept_application(
    app: &App,
    viewer: &Viewer,
    edition: &Edition,
    id: ApplicationId,
    version: Option<i32>,
    stand: Option<PlaceId>,
) -> Result<ParticipationId, Error> {
    let mut work = app.begin(viewer.actor()).await?;
    let application = record::application_of(work.tx(), edition.id, id).await?.ok_or(Error::Missing)?;
    let content = application.content.clone();
    let company = company(&work, &content).await?;
    let participation = participation(&work, edition, company).await?;
    let decision = Decision { by: work.actor().user(), at: work.now(), version };
    let (accepted, facts) = sales::accept(&application, participation, &decision)?;
    record::save_application(work.tx(), &accepted).await?;
    work.note(facts);
    let person = person(&work, &content, company).await?;
    match stand {
        Some(stand) => assign_stand::give(&mut work, edition, stand, participation).await?,
        None => exhibitor::fit_duties(&work, edition, participation).await?,
    }
    index(&work, edition, participation, &content).await?;
    let fields = InviteFields { name: content.contact_name, email: content.contact_email, locale: content.locale };
    let known = contacts::contact_by_email(work.tx(), participation, &fields.email).await?;
    let contact = match known {
        Some(contact) => contact,
        None => {
            let mut contact = new_contact(work.id(), edition.id, participation, fields, work.now());
            contact.party = Some(person);
            contacts::insert_contact(work.tx(), &contact).await?;
            contact
        }
    };
    if contact.joined_at.is_none() && contact.active {
        exhibitor::send_invitation(&mut work, edition, &contact).await?;
    }
    work.commit().await.map_err(|error| assign_stand::named(error, stand))?;
    Ok(participation)
}

/// The organisation: the one already known by this name, or a new one.
async fn company(work: &Work, content: &Apply) -> Result<PartyId, Error> {
    for name in [&content.company.zh, &content.company.en] {
        let key = matching::company_key(name);
        if key.is_empty() {
            continue;
        }
        if let Some(known) = party::organisation(work.tx(), &key).await? {
            return Ok(known);
        }
    }
    let some = |text: &str| (!text.is_empty()).then(|| text.to_owned());
    let organisation = Party {
        id: work.id(),
        kind: PartyKind::Organisation,
        name: filed_name(content),
        name_en: content.company.en.clone(),
        name_zh: content.company.zh.clone(),
        country: some(&content.country),
        locale: Some(content.locale),
        website: some(&content.website),
        credit_code: None,
        family_name: None,
        given_name: None,
        version: 1,
    };
    party::insert(work.tx(), std::slice::from_ref(&organisation), work.now()).await?;
    search::put(work.tx(), &party::document(&organisation, &content.country, [])).await?;
    Ok(organisation.id)
}

/// The person: the one known by address, or a new one who works for the company.
async fn person(work: &Work, content: &Apply, company: PartyId) -> Result<PartyId, Error> {
    let known = party::known_people(work.tx(), &content.contact_email, &content.contact_phone).await?;
    let same = matching::same_person(&known, &content.contact_name, &content.contact_email, &content.contact_phone);
    let id = match same {
        Some((id, _)) => id,
        None => new_person(work, content).await?,
    };
    if !party::is_affiliated(work.tx(), id, company).await? {
        let affiliation = Affiliation {
            id: work.id(),
            person: id,
            organisation: company,
            title: String::new(),
            from_on: None,
            until_on: None,
        };
        party::insert_affiliations(work.tx(), &[affiliation]).await?;
    }
    Ok(id)
}

async fn new_person(work: &Work, content: &Apply) -> Result<PartyId, Error> {
    let name = content.contact_name.clone();
    let (name_en, name_zh) = domain::party::name::by_script(&name, "");
    let person = Party {
        id: work.id(),
        kind: PartyKind::Person,
        name,
        name_en,
        name_zh,
        country: None,
        locale: Some(content.locale),
        website: None,
        credit_code: None,
        family_name: None,
        given_name: None,
        version: 1,
    };
    party::insert(work.tx(), std::slice::from_ref(&person), work.now()).await?;
    let mut points = vec![(ContactKind::Email, &content.contact_email)];
    if !content.contact_phone.is_empty() {
        points.push((ContactKind::of_phone(&content.contact_phone), &content.contact_phone));
    }
    let points: Vec<ContactPoint> = points
        .into_iter()
        .map(|(kind, value)| ContactPoint {
            id: work.id(),
            party: person.id,
            kind,
            value: value.clone(),
            folded: kind.fold(value),
            primary: true,
        })
        .collect();
    party::insert_contacts(work.tx(), &points).await?;
    let found_by: Vec<&str> = points.iter().map(|point| point.value.as_str()).collect();
    let beside = content.company.get(content.locale);
    search::put(work.tx(), &party::document(&person, beside, found_by)).await?;
    Ok(person.id)
}

/// The company's part in the edition: taken up again when it had been cancelled.
async fn participation(work: &Work, edition: &Edition, company: PartyId) -> Result<ParticipationId, Error> {
    let role = ParticipationRole::Exhibitor;
    if let Some(known) = party::participation(work.tx(), edition.id, company, role).await? {
        if known.status != ParticipationStatus::Confirmed {
            party::set_participation(work.tx(), known.id, ParticipationStatus::Confirmed).await?;
        }
        return Ok(known.id);
    }
    let status = ParticipationStatus::Confirmed;
    let new = Participation { id: work.id(), edition: edition.id, party: company, role, status, version: 1 };
    party::insert_participations(work.tx(), std::slice::from_ref(&new), work.now()).await?;
    Ok(new.id)
}

async fn index(work: &Work, edition: &Edition, id: ParticipationId, content: &Apply) -> Result<(), Error> {
    let (en, zh) = (content.company.en.as_str(), content.company.zh.as_str());
    let document = search::Document {
        id: id.uuid(),
        edition: Some(edition.id),
        kind: "exhibitor",
        title: filed_name(content),
        subtitle: if en.is_empty() || zh.is_empty() { content.country.clone() } else { format!("{en} {zh}") },
        link: templates::links::exhibitor::record(&edition.slug, id).to_string(),
        tokens: domain::search::index_tokens([en, zh]),
    };
    Ok(search::put(work.tx(), &document).await?)
}
