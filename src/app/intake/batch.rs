//! Many people registered at once: the same decisions as for one, saved with few statements a table. A thread of its own
//! makes them (signatures, words to be found by) while the database takes those before.

use crate::{
    Error, Work, chance,
    party::newcomer::{self, Newcomer},
    registration,
};
use chrono::{DateTime, Utc};
use domain::{
    ConsentId, DelegationId, PartyId, RegistrationId,
    edition::{BadgeMode, Edition},
    journal::Fact,
    party::{Affiliation, ContactPoint, Participation, ParticipationStatus, Party, matching::company_key},
    registration::{
        Channel, Consent, Credential, Details, Registration, Standing, access, badge_code,
        credential::{self, Issue, Minting},
        draft::Wish,
        register::{self, Setting},
    },
};
use std::collections::{HashMap, HashSet};
use store::record::{delegation, intake as there, job, party as parties, registration as record, search};
use tokio::sync::mpsc;

/// People made and saved together.
const HANDFUL: usize = 50;
/// Handfuls that may wait to be saved.
const AHEAD: usize = 4;

/// Everything of a handful of people that is saved.
#[derive(Default)]
struct Rows {
    parties: Vec<Party>,
    points: Vec<ContactPoint>,
    affiliations: Vec<Affiliation>,
    participations: Vec<Participation>,
    registrations: Vec<(Registration, String)>,
    consents: Vec<(ConsentId, RegistrationId, Consent)>,
    credentials: Vec<Credential>,
    documents: Vec<search::Document>,
    facts: Vec<Fact>,
}

/// Somebody to register: what the row says, the person it is about if known, where the registration stands.
pub(super) type Entrant = (Wish, Option<PartyId>, Standing);

/// Registers these people; a known person keeps what is known. Who waits for a place or for approval has no badge. The
/// caller has made sure that nobody of them is registered and nobody stands in the list twice.
///
/// # Errors
/// When the database does not answer.
pub(super) async fn register(
    work: &mut Work,
    edition: &Edition,
    wishes: Vec<Entrant>,
    (group, mail): (Option<DelegationId>, bool),
) -> Result<usize, Error> {
    if wishes.is_empty() {
        return Ok(0);
    }
    let maker = Maker::ready(work, edition, &wishes).await?;
    let numbers = record::next_numbers(work.tx(), edition.id).await?;
    let (sender, mut made) = mpsc::channel(AHEAD);
    let making = tokio::task::spawn_blocking(move || maker.make(&wishes, numbers, &sender));
    let mut count = 0;
    while let Some(rows) = made.recv().await {
        let rows = rows?;
        count += rows.registrations.len();
        save(work, edition, &rows).await?;
        if let Some(group) = group {
            let members: Vec<RegistrationId> = rows.registrations.iter().map(|(r, _)| r.id).collect();
            delegation::insert_members(work.tx(), (edition.id, group), &members, work.now()).await?;
        }
        if mail {
            write_to(work, &rows).await?;
        }
        work.note(rows.facts);
    }
    making.await.map_err(|e| Error::Outside(e.to_string()))?;
    Ok(count)
}

/// Asks for a letter to everybody who has an address.
async fn write_to(work: &Work, rows: &Rows) -> Result<(), Error> {
    let reached = rows.registrations.iter().filter(|(r, _)| !r.details.email.is_empty());
    let jobs: Result<Vec<job::NewJob>, Error> = reached.map(|(r, _)| registration::letter_job(work, r)).collect();
    Ok(job::insert(work.tx(), &jobs?, work.now()).await?)
}

async fn save(work: &Work, edition: &Edition, rows: &Rows) -> Result<(), Error> {
    let tx = work.tx();
    parties::insert(tx, &rows.parties, work.now()).await?;
    parties::insert_contacts(tx, &rows.points).await?;
    parties::insert_affiliations(tx, &rows.affiliations).await?;
    parties::insert_participations(tx, &rows.participations, work.now()).await?;
    record::insert(tx, &rows.registrations).await?;
    record::insert_consents(tx, edition.id, &rows.consents).await?;
    record::insert_credentials(tx, &rows.credentials).await?;
    Ok(search::insert(tx, &rows.documents).await?)
}

/// What every row needs, looked up once.
struct Maker {
    edition: Edition,
    now: DateTime<Utc>,
    /// The edition's first key: registrants' links are made from it.
    secret: [u8; 32],
    signing: Option<(u8, ed25519_dalek::SigningKey)>,
    organisations: HashMap<String, PartyId>,
    affiliations: HashSet<(PartyId, PartyId)>,
    participations: HashMap<(PartyId, domain::party::ParticipationRole), domain::ParticipationId>,
}

impl Maker {
    async fn ready(work: &Work, edition: &Edition, wishes: &[Entrant]) -> Result<Self, Error> {
        let keys = store::read::edition::keys(work.tx(), edition.id).await?;
        let first = keys.last().ok_or(Error::Missing)?;
        let secret = first.secret.as_slice().try_into().map_err(|_| Error::Outside("key length".to_owned()))?;
        let signing = match edition.badge_mode {
            BadgeMode::Signed => Some(registration::signing_key(work, edition.id).await?),
            BadgeMode::Random => None,
        };
        let companies: HashSet<String> = wishes.iter().map(|(wish, ..)| company_key(&wish.details.company)).collect();
        let companies: Vec<String> = companies.into_iter().filter(|key| !key.is_empty()).collect();
        let known: Vec<PartyId> = wishes.iter().filter_map(|(_, known, _)| *known).collect();
        Ok(Self {
            edition: edition.clone(),
            now: work.now(),
            secret,
            signing,
            organisations: there::organisations(work.tx(), &companies).await?,
            affiliations: there::affiliations(work.tx(), &known).await?,
            participations: there::participations(work.tx(), edition.id, &known).await?,
        })
    }

    /// Makes everybody, a handful at a time, and hands them on to be saved while the next are made.
    fn make(
        mut self,
        wishes: &[Entrant],
        (mut number, mut serial): (i32, u32),
        saved: &mpsc::Sender<Result<Rows, Error>>,
    ) {
        for some in wishes.chunks(HANDFUL) {
            let mut rows = Rows::default();
            let made = some.iter().try_for_each(|entrant| {
                self.person(&mut rows, entrant, (number, serial))?;
                number += 1;
                serial += u32::from(entrant.2 == Standing::Approved);
                Ok(())
            });
            // Nobody listens any more once something could not be saved.
            if saved.blocking_send(made.map(|()| rows)).is_err() {
                return;
            }
        }
    }

    fn person(
        &mut self,
        rows: &mut Rows,
        (wish, known, standing): &Entrant,
        (number, serial): (i32, u32),
    ) -> Result<(), Error> {
        let d = &wish.details;
        let approved = *standing == Standing::Approved;
        let person = known.unwrap_or_else(|| new_person(rows, d));
        self.affiliate(rows, person, d);
        let role = register::role_of(wish.category);
        let participation = *self.participations.entry((person, role)).or_insert_with(|| {
            let made = Participation {
                id: chance::id(),
                edition: self.edition.id,
                party: person,
                role,
                status: if approved { ParticipationStatus::Confirmed } else { ParticipationStatus::Applied },
                version: 0,
            };
            rows.participations.push(made.clone());
            made.id
        });
        let setting = Setting {
            edition: self.edition.id,
            id: chance::id(),
            number,
            channel: Channel::Imported,
            party: Some(person),
            participation: Some(participation),
            standing: *standing,
            form: None,
            now: self.now,
            local_day: self.edition.day(self.now),
        };
        let (registration, consents, facts) = register::register(wish, setting);
        rows.facts.extend(facts);
        if approved {
            let badge = self.badge(rows, &registration, serial)?;
            rows.credentials.push(badge);
        }
        let link = templates::links::registration::record(&self.edition.slug, registration.id).to_string();
        rows.documents.push(record::document(&registration, approved.then_some(serial), link));
        rows.consents.extend(consents.into_iter().map(|consent| (chance::id(), registration.id, consent)));
        let key = access::key(&self.secret, registration.id);
        let hash = access::hash(&key).ok_or_else(|| Error::Outside("a key of ours has no hash".to_owned()))?;
        rows.registrations.push((registration, hash));
        Ok(())
    }

    /// Whom the person works for, if the row says so and it is not known.
    fn affiliate(&mut self, rows: &mut Rows, person: PartyId, d: &Details) {
        if d.company.is_empty() {
            return;
        }
        let organisation = self.organisation(rows, d);
        if self.affiliations.insert((person, organisation)) {
            rows.affiliations.push(Affiliation {
                id: chance::id(),
                person,
                organisation,
                title: d.job_title.clone(),
                from_on: None,
                until_on: None,
            });
        }
    }

    fn badge(&self, rows: &mut Rows, registration: &Registration, serial: u32) -> Result<Credential, Error> {
        let minting = match &self.signing {
            Some((key_no, key)) => Minting::Signed { key_no: *key_no, key },
            None => Minting::Random(chance::bytes::<{ badge_code::RANDOM_CHARS }>()),
        };
        let e = &self.edition;
        let valid =
            credential::valid_days(registration.category, e.build_up_on, (e.opens_on, e.closes_on), e.breakdown_until);
        let issue = Issue { id: chance::id(), serial, minting, valid, now: self.now };
        let (badge, _, facts) = credential::issue(registration, None, issue)?;
        rows.facts.extend(facts);
        Ok(badge)
    }

    /// The company of a row: the known one, one of an earlier row, or a new one.
    fn organisation(&mut self, rows: &mut Rows, d: &Details) -> PartyId {
        let key = company_key(&d.company);
        if let Some(known) = self.organisations.get(&key) {
            return *known;
        }
        let party = newcomer::organisation(chance::id(), &d.company, "", &d.country);
        let id = party.id;
        rows.documents.push(parties::document(&party, &d.country, []));
        rows.facts.push(newcomer::created(&party));
        rows.parties.push(party);
        if !key.is_empty() {
            self.organisations.insert(key, id);
        }
        id
    }
}

fn new_person(rows: &mut Rows, d: &Details) -> PartyId {
    let person = Newcomer::from(d);
    let party = person.party(chance::id());
    let points = person.points(party.id);
    let texts = points.iter().flat_map(|point| [point.value.as_str(), &point.folded]);
    rows.documents.push(parties::document(&party, &d.company, texts));
    rows.points.extend(points);
    rows.facts.push(newcomer::created(&party));
    let id = party.id;
    rows.parties.push(party);
    id
}

/// Changes a registration that exists as a row says; a badge that would show something else is issued anew.
///
/// # Errors
/// When the database does not answer.
pub(super) async fn amend(
    work: &mut Work,
    edition: &Edition,
    (registered, change): (&Registration, &domain::registration::draft::Amendment),
) -> Result<(), Error> {
    let (changed, badge, facts) = register::amend(registered, change)?;
    record::save(work.tx(), &changed).await?;
    work.note(facts);
    let old = record::current_credential(work.tx(), &changed).await?;
    if badge && old.is_some() {
        registration::replace(work, edition, &changed).await?;
    } else {
        registration::index(work, edition, &changed, old.map(|c| c.serial)).await?;
    }
    Ok(())
}
