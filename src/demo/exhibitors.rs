//! Six hundred exhibitors: how they applied, which stands they hold, who signs in for them.

use super::chance::Chance;
use super::companies::Companies;
use super::floor::{self, Drawn};
use super::names::{Names, Person};
use super::people::{self, Firm};
use super::site::{Made, Site};
use super::stage::{Show, Stage};
use app::Error;
use chrono::{DateTime, Duration, Utc};
use domain::access::Role;
use domain::exhibitor::{self, Contact, InviteFields};
use domain::journal::Actor;
use domain::party::{Affiliation, ContactPoint, Participation, ParticipationRole, ParticipationStatus, Party};
use domain::sales::{
    self as selling, Application, ApplicationDraft, Assignment, Decision, Exhibitor, Stand, StandCommand, StandKind,
};
use domain::venue::{Place, PlaceKind};
use domain::{Bilingual, Locale, ParticipationId, UserId};
use store::record::search::Document;
use store::record::{exhibitor as contacts, party, sales, venue};

/// The address of the exhibitor who can be tried out.
pub const PORTAL_SIGN_IN: &str = "exhibitor@fairlead.example";

/// An exhibitor of the show.
pub struct Holder {
    pub participation: ParticipationId,
    pub firm: Firm,
    pub held: Vec<StandKind>,
}

/// Everything about exhibitors that is saved together.
#[derive(Default)]
struct Rows {
    parties: Vec<Party>,
    points: Vec<ContactPoint>,
    affiliations: Vec<Affiliation>,
    participations: Vec<Participation>,
    assignments: Vec<Assignment>,
    applications: Vec<Application>,
    contacts: Vec<(Contact, Joined)>,
}

/// How far a contact has come.
#[derive(Clone, Copy)]
enum Joined {
    At(DateTime<Utc>),
    Invited,
}

/// Draws the halls' stands and saves them.
///
/// # Errors
/// When the database does not answer.
pub async fn stands(stage: &mut Stage, site: &Site, made: &Made) -> Result<Vec<Stand>, Error> {
    let mut chance = stage.chance(&format!("stands {}", made.edition.slug));
    let drawn_at = stage.calendar.at(-400, 15 * 60);
    let (mut places, mut all) = (Vec::new(), Vec::new());
    for (hall, hall_id) in &site.halls {
        for drawn in floor::draw(hall, &mut chance) {
            let id = chance.id(drawn_at);
            places.push(place(site, made, &drawn, id, *hall_id, all.len()));
            let command = StandCommand {
                hall: *hall_id,
                number: drawn.number,
                kind: drawn.kind,
                area_dm2: drawn.rect.area_dm2(),
                open_sides: drawn.open_sides,
                rect: Some(drawn.rect),
                version: None,
            };
            let (one, _) = selling::create_stand(id, made.edition.id, command);
            stage.documents.push(Document {
                id: id.uuid(),
                edition: Some(made.edition.id),
                kind: "stand",
                title: one.number.clone(),
                subtitle: format!("{} m²", domain::measure::show_hundredths(one.area_dm2)),
                link: templates::links::sales::stand(&made.edition.slug, id).to_string(),
                tokens: domain::search::index_tokens([one.number.as_str()]),
            });
            all.push(one);
        }
    }
    let tx = stage.app.store().begin().await?;
    venue::insert_places(&tx, &places).await?;
    sales::insert_stands(&tx, &all).await?;
    tx.commit().await?;
    Ok(all)
}

fn place(site: &Site, made: &Made, drawn: &Drawn, id: domain::PlaceId, hall: domain::PlaceId, sort: usize) -> Place {
    Place {
        id,
        venue: site.venue,
        edition: Some(made.edition.id),
        parent: Some(hall),
        kind: PlaceKind::Stand,
        code: drawn.number.clone(),
        name: Bilingual::new(format!("Stand {}", drawn.number), format!("{} 展位", drawn.number)),
        area_dm2: Some(drawn.rect.area_dm2()),
        capacity_persons: None,
        rect: Some(drawn.rect),
        sort: i32::try_from(1000 + sort).expect("a few hundred"),
        version: 1,
    }
}

/// Sells the stands to `count` exhibitors.
///
/// # Errors
/// When the database does not answer.
pub async fn sell(
    stage: &mut Stage,
    made: &Made,
    count: usize,
    mut stands: Vec<Stand>,
    (names, companies): (&Names, &mut Companies),
) -> Result<Vec<Holder>, Error> {
    let mut chance = stage.chance(&format!("exhibitors {}", made.edition.slug));
    chance.shuffle(&mut stands);
    let mut seller = Seller { stage, show: made.show(), chance, rows: Rows::default(), number: 0 };
    let mut holders = Vec::with_capacity(count);
    for index in 0..count {
        let company = companies.exhibitor(&mut seller.chance);
        let mut wanted = vec![stands.pop().expect("more stands than exhibitors")];
        // A few hold a second stand; the last stands stay free.
        if index % 40 == 7 && stands.len() > count - index + 20 {
            wanted.extend(stands.pop());
        }
        holders.push(seller.exhibitor(index, company, wanted, names));
    }
    for index in 0..seller.stage.scaled(91, 6) {
        let company = companies.exhibitor(&mut seller.chance);
        seller.undecided(index, &company, names);
    }
    let rows = seller.rows;
    save(stage, rows).await?;
    Ok(holders)
}

struct Seller<'a> {
    stage: &'a mut Stage,
    show: Show,
    chance: Chance,
    rows: Rows,
    number: i64,
}

impl Seller<'_> {
    fn exhibitor(
        &mut self,
        index: usize,
        company: super::companies::Company,
        wanted: Vec<Stand>,
        names: &Names,
    ) -> Holder {
        let applied = self.stage.calendar.office_hours(-self.chance.between(70, 330), &mut self.chance);
        let decided = applied + Duration::hours(self.chance.between(20, 200));
        let organisation = people::organisation(&company, self.chance.id(applied));
        let firm = Firm { company, party: organisation };
        let participation = self.participation(&firm, applied);
        let mut person = names.person(&mut self.chance, &firm.company.country, 30_000 + index, &firm.company.domain);
        if index == 0 {
            person.email = PORTAL_SIGN_IN.to_owned();
        }
        let seller = self.stage.member(Role::Sales).id;
        let first = &wanted[0];
        // Every fifth rebooked at the last show's desk and never applied.
        if index % 5 != 4
            && let Some(open) = self.apply(&firm, &person, first.kind, first.area_dm2, applied)
        {
            let decision = Decision { by: Some(seller), at: decided, version: None };
            let outcome = selling::accept(&open, participation.id, &decision);
            self.decide(open, outcome, seller, decided);
        }
        for stand in &wanted {
            self.assign(stand, &participation, &firm, seller, decided + Duration::minutes(4));
        }
        self.contact(&firm, &person, &participation, decided + Duration::minutes(9), index);
        self.file(&firm, &participation);
        self.rows.parties.push(firm.party.clone());
        self.rows.participations.push(participation.clone());
        Holder { participation: participation.id, held: wanted.iter().map(|stand| stand.kind).collect(), firm }
    }

    fn participation(&mut self, firm: &Firm, at: DateTime<Utc>) -> Participation {
        Participation {
            id: self.chance.id(at),
            edition: self.show.id,
            party: firm.party.id,
            role: ParticipationRole::Exhibitor,
            status: ParticipationStatus::Confirmed,
            version: 1,
        }
    }

    /// An application as the public form sends it.
    fn apply(
        &mut self,
        firm: &Firm,
        person: &Person,
        kind: StandKind,
        area_dm2: i64,
        at: DateTime<Utc>,
    ) -> Option<Application> {
        self.number += 1;
        let draft = ApplicationDraft {
            submission: self.chance.uuid(at).to_string(),
            company_en: firm.company.name.en.clone(),
            company_zh: firm.company.name.zh.clone(),
            country: firm.company.country.clone(),
            website: firm.company.website.clone(),
            contact_name: domain::party::name::person(&person.family, &person.given),
            contact_email: person.email.clone(),
            contact_phone: person.phone.clone(),
            stand_kind: kind.code().to_owned(),
            area: domain::measure::show_hundredths(area_dm2),
            products: firm.company.products.clone(),
            ..ApplicationDraft::default()
        };
        let content = draft.parse(person.locale).ok()?;
        let (open, facts) = selling::submit(self.chance.id(at), self.show.id, self.number, true, content, at).ok()?;
        self.stage.tell(at, &Actor::Public, facts);
        Some(open)
    }

    fn decide(
        &mut self,
        open: Application,
        outcome: Result<(Application, Vec<domain::journal::Fact>), Vec<domain::Refusal>>,
        by: UserId,
        at: DateTime<Utc>,
    ) {
        let Ok((closed, facts)) = outcome else { return self.rows.applications.push(open) };
        let actor = self.stage.actor(by);
        self.stage.tell(at, &actor, facts);
        self.rows.applications.push(closed);
    }

    fn assign(&mut self, stand: &Stand, to: &Participation, firm: &Firm, by: UserId, at: DateTime<Utc>) {
        let exhibitor = Exhibitor { participation: to.id, company: firm.party.name.clone(), active: true };
        let given = selling::assign(self.chance.id(at), stand, None, &exhibitor, Some(by), at);
        if let Ok(Some((given, facts))) = given {
            let actor = self.stage.actor(by);
            self.stage.tell(at, &actor, facts);
            self.rows.assignments.push(given);
        }
    }

    fn contact(&mut self, firm: &Firm, person: &Person, to: &Participation, at: DateTime<Utc>, index: usize) {
        let party = people::individual(person, self.chance.id(at));
        let fields = InviteFields {
            name: party.name.clone(),
            email: person.email.clone(),
            locale: if index == 0 { Locale::En } else { person.locale },
        };
        let mut new = exhibitor::new_contact(self.chance.id(at), self.show.id, to.id, fields, at);
        new.party = Some(party.id);
        self.rows.points.extend(people::points(person, party.id, at, &mut self.chance));
        self.rows.affiliations.push(Affiliation {
            id: self.chance.id(at),
            person: party.id,
            organisation: firm.party.id,
            title: person.title.clone(),
            from_on: None,
            until_on: None,
        });
        let beside = firm.party.display(person.locale);
        self.stage.documents.push(party::document(&party, beside, [person.email.as_str()]));
        self.rows.parties.push(party);
        let Ok((invited, facts)) = exhibitor::invite(&new, at) else { return };
        let actor = self.stage.actor(self.stage.member(Role::Sales).id);
        self.stage.tell(at, &actor, facts);
        let joined = at + Duration::hours(self.chance.between(1, 300));
        let has_joined = index == 0 || self.chance.percent(91);
        let state = if has_joined { Joined::At(joined.min(self.stage.calendar.now)) } else { Joined::Invited };
        self.rows.contacts.push((invited, state));
    }

    /// Makes the exhibitor and its company findable.
    fn file(&mut self, firm: &Firm, participation: &Participation) {
        let Bilingual { en, zh } = &firm.company.name;
        self.stage.documents.push(party::document(&firm.party, &firm.company.country, []));
        self.stage.documents.push(Document {
            id: participation.id.uuid(),
            edition: Some(self.show.id),
            kind: "exhibitor",
            title: firm.party.name.clone(),
            subtitle: if zh.is_empty() { firm.company.country.clone() } else { en.clone() },
            link: templates::links::exhibitor::record(&self.show.slug, participation.id).to_string(),
            tokens: domain::search::index_tokens([en.as_str(), zh.as_str()]),
        });
    }

    /// Applications that did not lead to a stand: still open, declined, withdrawn.
    fn undecided(&mut self, index: usize, company: &super::companies::Company, names: &Names) {
        let days = if index % 9 < 4 { self.chance.between(0, 20) } else { self.chance.between(30, 300) };
        let at = self.stage.calendar.office_hours(-days, &mut self.chance);
        let person = names.person(&mut self.chance, &company.country, 40_000 + index, &company.domain);
        let firm = Firm { company: company.clone(), party: people::organisation(company, self.chance.id(at)) };
        let (kind, area) = *self.chance.pick(&[
            (StandKind::Shell, 900),
            (StandKind::Package, 1_200),
            (StandKind::Shell, 1_800),
            (StandKind::Raw, 3_600),
            (StandKind::Raw, 7_200),
        ]);
        let Some(open) = self.apply(&firm, &person, kind, area, at) else { return };
        let by = self.stage.member(Role::Sales).id;
        let later = (at + Duration::days(6)).min(self.stage.calendar.now);
        let decision = Decision { by: Some(by), at: later, version: None };
        match index % 9 {
            0..4 => self.rows.applications.push(open),
            4..8 => {
                let reason = *self.chance.pick(&[
                    "Products do not fit the show's groups",
                    "No stand of this size left in the hall asked for",
                    "Documents were not handed in",
                ]);
                let outcome = selling::decline(&open, reason, &decision);
                self.decide(open, outcome, by, later);
            }
            _ => {
                let outcome = selling::withdraw(&open, "Budget was cut", &decision);
                self.decide(open, outcome, by, later);
            }
        }
    }
}

async fn save(stage: &mut Stage, mut rows: Rows) -> Result<(), Error> {
    let hash = app::access::password::hash(super::team::PASSWORD).await?;
    let filed = stage.calendar.at(-300, 9 * 60);
    rows.applications.sort_by_key(|one| one.number);
    let tx = stage.app.store().begin().await?;
    party::insert(&tx, &rows.parties, filed).await?;
    party::insert_contacts(&tx, &rows.points).await?;
    party::insert_affiliations(&tx, &rows.affiliations).await?;
    party::insert_participations(&tx, &rows.participations, filed).await?;
    sales::insert_assignments(&tx, &rows.assignments).await?;
    sales::insert_applications(&tx, &rows.applications).await?;
    let mut joined_facts = Vec::new();
    for (invited, state) in &rows.contacts {
        contacts::insert_contact(&tx, invited).await?;
        let secret = app::chance::hash_secret(&app::chance::secret("fli_"));
        contacts::save_invitation(&tx, invited, &secret).await?;
        if let Joined::At(at) = state {
            let mut current = Contact { version: invited.version + 1, ..invited.clone() };
            current.invited_until = Some(*at + Duration::days(1));
            if let Ok((joined, facts)) = exhibitor::join(&current, *at) {
                contacts::save_joined(&tx, &joined, &hash).await?;
                joined_facts.push((*at, Actor::Contact { id: joined.id, name: joined.name.clone() }, facts));
            }
        }
    }
    tx.commit().await?;
    for (at, actor, facts) in joined_facts {
        stage.tell(at, &actor, facts);
    }
    Ok(())
}
