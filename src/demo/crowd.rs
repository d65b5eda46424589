//! Saving the people, a day of registrations at a time, and making them findable.

use super::exhibitors::Holder;
use super::names::Names;
use super::people::{Desk, Firm, Guest};
use super::site::Made;
use super::stage::Stage;
use app::Error;
use domain::journal::Actor;
use domain::party::{Affiliation, Participation, Party};
use domain::registration::{Registration, access};
use std::collections::{BTreeMap, HashMap};
use store::Tx;
use store::record::{party, registration as record};

/// Registers everybody and saves them.
///
/// # Errors
/// When the database does not answer.
pub async fn register(
    stage: &mut Stage,
    made: &Made,
    (count, own): (usize, usize),
    holders: &[Holder],
    firms: &[Firm],
    names: &Names,
) -> Result<Vec<Guest>, Error> {
    let mut chance = stage.chance(&format!("people {}", made.edition.slug));
    let desk = Desk {
        edition: made.edition.id,
        calendar: stage.calendar,
        key: &made.key,
        key_no: 1,
        days: (
            offset(stage, made.edition.opens_on),
            offset(stage, made.edition.closes_on),
            offset(stage, made.edition.build_up_on),
            offset(stage, made.edition.breakdown_until),
        ),
        serials: std::cell::Cell::new(0),
    };
    let exhibitors: Vec<&Firm> = holders.iter().map(|holder| &holder.firm).collect();
    let mut guests = desk.guests((count, own), &exhibitors, firms, names, &mut chance);
    super::forms::answer_all(stage, &mut guests);
    let tx = stage.app.store().begin().await?;
    party::insert(&tx, &firms.iter().map(|firm| firm.party.clone()).collect::<Vec<_>>(), made_at(stage)).await?;
    save(&tx, made, &guests, &mut chance).await?;
    tx.commit().await?;
    find(stage, made, &guests, firms, &exhibitors);
    for guest in &mut guests {
        let by = actor(stage, &guest.registration);
        for (at, fact) in std::mem::take(&mut guest.facts) {
            stage.told.push((at, by.clone(), fact));
        }
    }
    Ok(guests)
}

fn offset(stage: &Stage, day: chrono::NaiveDate) -> i64 {
    (day - stage.calendar.d0).num_days()
}

fn made_at(stage: &Stage) -> chrono::DateTime<chrono::Utc> {
    stage.calendar.at(-210, 9 * 60)
}

/// Who registered them: themselves, or the desk.
fn actor(stage: &Stage, registration: &Registration) -> Actor {
    use domain::registration::Channel;
    match registration.channel {
        Channel::Pre | Channel::Invited => Actor::Public,
        Channel::OnSite | Channel::Imported => stage.actor(stage.member(domain::access::Role::Registration).id),
    }
}

async fn save(tx: &Tx, made: &Made, guests: &[Guest], chance: &mut super::chance::Chance) -> Result<(), Error> {
    let secret = made.key.to_bytes();
    let mut days: BTreeMap<_, Vec<&Guest>> = BTreeMap::new();
    for guest in guests {
        days.entry(guest.registration.local_day).or_default().push(guest);
    }
    for of_day in days.values() {
        let at = of_day[0].registration.created_at;
        let parties: Vec<Party> = of_day.iter().map(|guest| guest.party.clone()).collect();
        party::insert(tx, &parties, at).await?;
        let points: Vec<_> = of_day.iter().flat_map(|guest| guest.points.clone()).collect();
        party::insert_contacts(tx, &points).await?;
        let affiliations: Vec<Affiliation> = of_day
            .iter()
            .map(|guest| Affiliation {
                id: chance.id(guest.registration.created_at),
                person: guest.party.id,
                organisation: guest.employer,
                title: guest.title.clone(),
                from_on: None,
                until_on: None,
            })
            .collect();
        party::insert_affiliations(tx, &affiliations).await?;
        let participations: Vec<Participation> = of_day.iter().map(|guest| guest.participation.clone()).collect();
        party::insert_participations(tx, &participations, at).await?;
        let registrations: Vec<_> = of_day
            .iter()
            .map(|guest| {
                let hash = access::hash(&access::key(&secret, guest.registration.id)).expect("a key of ours");
                (guest.registration.clone(), hash)
            })
            .collect();
        record::insert(tx, &registrations).await?;
        let consents: Vec<_> = of_day
            .iter()
            .flat_map(|guest| guest.consents.iter().map(move |consent| (guest.registration.id, consent.clone())))
            .map(|(registration, consent)| (chance.id(consent.at), registration, consent))
            .collect();
        record::insert_consents(tx, made.edition.id, &consents).await?;
        let credentials: Vec<_> = of_day.iter().flat_map(|guest| guest.credentials.clone()).collect();
        record::insert_credentials(tx, &credentials).await?;
    }
    Ok(())
}

fn find(stage: &mut Stage, made: &Made, guests: &[Guest], firms: &[Firm], exhibitors: &[&Firm]) {
    let companies: HashMap<_, _> =
        firms.iter().chain(exhibitors.iter().copied()).map(|firm| (firm.party.id, firm.party.name.as_str())).collect();
    for firm in firms {
        stage.documents.push(party::document(&firm.party, &firm.company.country, []));
    }
    for guest in guests {
        let serial = guest.credentials.first().map(|badge| badge.serial);
        let link = templates::links::registration::record(&made.edition.slug, guest.registration.id).to_string();
        stage.documents.push(record::document(&guest.registration, serial, link));
        let company = companies.get(&guest.employer).copied().unwrap_or_default();
        let found_by = guest.points.iter().map(|point| point.value.as_str());
        stage.documents.push(party::document(&guest.party, company, found_by));
    }
}
