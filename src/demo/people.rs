//! Twenty thousand people: who they are, what they work for, how they registered, which badge they hold.

use super::calendar::{Calendar, Curve};
use super::chance::Chance;
use super::companies::{Companies, Company};
use super::names::{Names, Person};
use chrono::{DateTime, Duration, Utc};
use domain::journal::Fact;
use domain::party::{ContactKind, ContactPoint, Participation, ParticipationStatus, Party, PartyKind, name};
use domain::registration::credential::{self, Credential, Issue, Minting};
use domain::registration::register::{self, Setting};
use domain::registration::{Category, Channel, Consent, Draft, Entry, Registration, Standing, Status};
use domain::{EditionId, PartyId};
use std::cell::Cell;

/// A registered person with everything that belongs to the registration.
pub struct Guest {
    pub registration: Registration,
    pub consents: Vec<Consent>,
    /// The badges, the last one standing first.
    pub credentials: Vec<Credential>,
    pub party: Party,
    pub points: Vec<ContactPoint>,
    pub employer: PartyId,
    pub title: String,
    pub participation: Participation,
    pub facts: Vec<(DateTime<Utc>, Fact)>,
}

/// A company that visitors work for.
pub struct Firm {
    pub company: Company,
    pub party: Party,
}

/// What registering needs to know about the edition.
pub struct Desk<'a> {
    pub edition: EditionId,
    pub calendar: Calendar,
    pub key: &'a ed25519_dalek::SigningKey,
    pub key_no: u8,
    /// First and last open day, build-up, breakdown, as offsets.
    pub days: (i64, i64, i64, i64),
    /// The last badge serial given.
    pub serials: Cell<u32>,
}

/// How many of a thousand registrations are of a category.
const CATEGORIES: [(Category, usize); 7] = [
    (Category::TradeVisitor, 878),
    (Category::HostedBuyer, 18),
    (Category::Media, 13),
    (Category::Speaker, 7),
    (Category::Contractor, 48),
    (Category::Organizer, 11),
    (Category::Vip, 25),
];

/// The organisation behind a company.
pub fn organisation(company: &Company, id: PartyId) -> Party {
    let zh = &company.name.zh;
    Party {
        id,
        kind: PartyKind::Organisation,
        name: if zh.is_empty() { company.name.en.clone() } else { zh.clone() },
        name_en: company.name.en.clone(),
        name_zh: zh.clone(),
        country: Some(company.country.clone()),
        locale: Some(domain::registration::locale_of(&company.country)),
        website: Some(company.website.clone()),
        credit_code: company.credit_code.clone(),
        family_name: None,
        given_name: None,
        version: 1,
    }
}

/// The person behind a registration or a contact.
pub fn individual(person: &Person, id: PartyId) -> Party {
    let display = name::person(&person.family, &person.given);
    let (name_en, name_zh) = name::by_script(&display, &person.other);
    Party {
        id,
        kind: PartyKind::Person,
        name: display,
        name_en,
        name_zh,
        country: Some(person.country.clone()),
        locale: Some(person.locale),
        website: None,
        credit_code: None,
        family_name: Some(person.family.clone()),
        given_name: Some(person.given.clone()),
        version: 1,
    }
}

/// How to reach a person.
pub fn points(person: &Person, party: PartyId, at: DateTime<Utc>, chance: &mut Chance) -> Vec<ContactPoint> {
    let mut point = |kind: ContactKind, value: &str| ContactPoint {
        id: chance.id(at),
        party,
        kind,
        value: value.to_owned(),
        folded: kind.fold(value),
        primary: true,
    };
    vec![point(ContactKind::Email, &person.email), point(ContactKind::of_phone(&person.phone), &person.phone)]
}

/// Companies that send visitors.
pub fn firms(
    count: usize,
    names: &Names,
    companies: &mut Companies,
    made: DateTime<Utc>,
    chance: &mut Chance,
) -> Vec<Firm> {
    (0..count)
        .map(|_| {
            let country = names.country(chance);
            let company = companies.company(chance, &country);
            let party = organisation(&company, chance.id(made));
            Firm { company, party }
        })
        .collect()
}

impl Desk<'_> {
    /// Registers `count` people: `own` of them on the stands of `exhibitors`, the others from `firms`.
    pub fn guests(
        &self,
        (count, own): (usize, usize),
        exhibitors: &[&Firm],
        firms: &[Firm],
        names: &Names,
        chance: &mut Chance,
    ) -> Vec<Guest> {
        let curve = Curve::of(&self.calendar);
        let mut moments: Vec<(DateTime<Utc>, bool)> = (0..count)
            .map(|index| {
                let staff = index < own;
                // Exhibitors name their people late.
                let offset = if staff { -chance.between(4, 60) } else { curve.draw(chance) };
                (self.moment(offset, chance), staff)
            })
            .collect();
        moments.sort_unstable();
        moments
            .into_iter()
            .enumerate()
            .map(|(index, (at, staff))| {
                let firm: &Firm = if staff { chance.pick::<&Firm>(exhibitors) } else { chance.pick(firms) };
                let category =
                    if staff { Category::ExhibitorStaff } else { chance.weighted(&CATEGORIES, |(_, w)| *w).0 };
                let person = names.person(chance, &firm.company.country, index + 1, &firm.company.domain);
                self.register(index, at, category, &person, firm, chance)
            })
            .collect()
    }

    /// A moment of that day, mostly in the evening and at work, never after now.
    fn moment(&self, offset: i64, chance: &mut Chance) -> DateTime<Utc> {
        let hour = *chance.weighted(
            &[
                (8, 5),
                (9, 12),
                (10, 14),
                (11, 10),
                (12, 6),
                (13, 8),
                (14, 11),
                (15, 11),
                (16, 9),
                (17, 6),
                (19, 4),
                (20, 6),
                (21, 6),
                (22, 3),
                (1, 1),
            ],
            |(_, weight): &(i64, usize)| *weight,
        );
        let minute = hour.0 * 60 + chance.between(0, 59);
        let at = self.calendar.at(offset, minute) + Duration::milliseconds(chance.between(0, 59_999));
        if at < self.calendar.now {
            return at;
        }
        // Of the day that is not over: some time between eight and now.
        let doors = self.calendar.at(0, 8 * 60);
        let open = (self.calendar.now - doors).num_seconds().max(2);
        doors + Duration::seconds(chance.between(0, open - 1))
    }

    fn register(
        &self,
        index: usize,
        at: DateTime<Utc>,
        category: Category,
        person: &Person,
        firm: &Firm,
        chance: &mut Chance,
    ) -> Guest {
        let channel = self.channel(at, category, chance);
        let wish =
            self.draft(category, person, firm, chance.uuid(at), chance).parse(Entry::Api).unwrap_or_else(|refusals| {
                panic!("a drawn person is sound: {person:?} {refusals:?}");
            });
        let party = individual(person, chance.id(at));
        let participation = Participation {
            id: chance.id(at),
            edition: self.edition,
            party: party.id,
            role: register::role_of(category),
            status: ParticipationStatus::Confirmed,
            version: 1,
        };
        let setting = Setting {
            edition: self.edition,
            id: chance.id(at),
            number: i32::try_from(index + 1).expect("a registration number"),
            channel,
            party: Some(party.id),
            participation: Some(participation.id),
            standing: match channel {
                Channel::Pre if category.needs_approval() => Standing::Review,
                _ => Standing::Approved,
            },
            form: None,
            now: at,
            local_day: self.calendar.local_day(at),
        };
        let (registration, consents, facts) = register::register(&wish, setting);
        let mut guest = Guest {
            points: points(person, party.id, at, chance),
            registration,
            consents,
            credentials: Vec::new(),
            party,
            employer: firm.party.id,
            title: person.title.clone(),
            participation,
            facts: facts.into_iter().map(|fact| (at, fact)).collect(),
        };
        self.settle(&mut guest, at, chance);
        guest
    }

    fn channel(&self, at: DateTime<Utc>, category: Category, chance: &mut Chance) -> Channel {
        if self.calendar.local_day(at) >= self.calendar.d0 {
            return Channel::OnSite;
        }
        match category {
            Category::TradeVisitor => {
                *chance.weighted(&[(Channel::Pre, 83), (Channel::Invited, 13), (Channel::Imported, 4)], |(_, w)| *w)
            }
            Category::Media => (Channel::Pre, 0),
            Category::ExhibitorStaff | Category::Contractor => (Channel::Imported, 0),
            _ => (Channel::Invited, 0),
        }
        .0
    }

    fn draft(
        &self,
        category: Category,
        person: &Person,
        firm: &Firm,
        submission: uuid::Uuid,
        chance: &mut Chance,
    ) -> Draft {
        let tick = |yes: bool| if yes { "on".to_owned() } else { String::new() };
        let name = &firm.company.name;
        Draft {
            submission: submission.to_string(),
            category: category.code().to_owned(),
            family_name: person.family.clone(),
            given_name: person.given.clone(),
            other_name: person.other.clone(),
            email: person.email.clone(),
            phone: person.phone.clone(),
            company: if name.zh.is_empty() { name.en.clone() } else { name.zh.clone() },
            job_title: person.title.clone(),
            country: person.country.clone(),
            locale: person.locale.code().to_owned(),
            data_processing: "on".to_owned(),
            organizer_news: tick(chance.percent(58)),
            exhibitor_contact: tick(chance.percent(64)),
            ..Draft::default()
        }
    }

    /// What became of it: approved and given a badge, reprinted, blocked, cancelled, rejected.
    fn settle(&self, guest: &mut Guest, at: DateTime<Utc>, chance: &mut Chance) {
        let later = (at + Duration::hours(chance.between(2, 70))).min(self.calendar.now - Duration::minutes(2)).max(at);
        if guest.registration.status == Status::Registered {
            match chance.below(10) {
                // Some wait on.
                0..2 => return,
                2 => return self.end(guest, later, register::review(&guest.registration, false)),
                _ => self.end(guest, later, register::review(&guest.registration, true)),
            }
        }
        self.badge(guest, later, chance);
        match chance.below(1000) {
            0..14 => {
                self.end(guest, later, register::cancel(&guest.registration, "Cannot come"));
                let ended = guest.credentials.first().and_then(credential::revoke);
                self.change(guest, later, ended);
            }
            14..18 => {
                let ended =
                    guest.credentials.first().map(|badge| credential::block(badge, "Shared with another person"));
                self.change(guest, later, ended.and_then(Result::ok));
            }
            18..44 => self.badge(guest, later, chance),
            _ => {}
        }
    }

    /// Takes the decision over; a refusal leaves things as they were.
    fn end(
        &self,
        guest: &mut Guest,
        at: DateTime<Utc>,
        decided: Result<(Registration, Vec<Fact>), Vec<domain::Refusal>>,
    ) {
        if let Ok((registration, facts)) = decided {
            guest.registration = registration;
            guest.facts.extend(facts.into_iter().map(|fact| (at, fact)));
            if !guest.registration.status.live() {
                guest.participation.status = ParticipationStatus::Cancelled;
            }
        }
    }

    fn change(&self, guest: &mut Guest, at: DateTime<Utc>, decided: Option<(Credential, Vec<Fact>)>) {
        if let Some((badge, facts)) = decided {
            guest.credentials[0] = badge;
            guest.facts.extend(facts.into_iter().map(|fact| (at, fact)));
        }
    }

    /// Issues a badge, or the next one in place of the one that stands.
    fn badge(&self, guest: &mut Guest, at: DateTime<Utc>, chance: &mut Chance) {
        let (first, last, build_up, breakdown) = self.days;
        let day = |offset| self.calendar.day(offset);
        let valid =
            credential::valid_days(guest.registration.category, day(build_up), (day(first), day(last)), day(breakdown));
        let serial = self.serials.get() + 1;
        self.serials.set(serial);
        let issue = Issue {
            id: chance.id(at),
            serial,
            minting: Minting::Signed { key_no: self.key_no, key: self.key },
            valid,
            now: at,
        };
        let old = guest.credentials.first().cloned();
        let Ok((new, replaced, facts)) = credential::issue(&guest.registration, old.as_ref(), issue) else { return };
        if let Some(replaced) = replaced {
            guest.credentials[0] = replaced;
        }
        guest.credentials.insert(0, new);
        guest.facts.extend(facts.into_iter().map(|fact| (at, fact)));
    }
}
