//! The venue in the plan: aisles, capacities, ways, the states halls and stands came into during build-up, the check
//! lists of this morning with one line that failed, and the clashes of the days to come.

use super::chance::Chance;
use super::floor::HALL_MM;
use super::site::{Made, Site};
use super::stage::Stage;
use app::Error;
use chrono::{DateTime, Duration, Utc};
use domain::access::Role;
use domain::journal::{Fact, Subject, SubjectKind};
use domain::plan::space::{Mode, PlaceCheck, PlaceState, Requirement, StateFact, Unit, When, check_list, decide};
use domain::plan::task::{LagKind, LinkOrigin, TaskLink, TaskState};
use domain::plan::{LinkKind, Sheet};
use domain::venue::{Place, PlaceKind, Rect};
use domain::{Bilingual, PlaceId, TaskId, UserId};
use store::record::plan as record;

/// Aisles of a hall.
const AISLES: [(&str, &str, &str); 3] =
    [("W", "West aisle", "西通道"), ("C", "Central aisle", "中央通道"), ("E", "East aisle", "东通道")];
/// The hall whose exits were found blocked this morning.
const TROUBLED: &str = "N3";

/// Puts the places into the plan. Stands exist by now.
///
/// # Errors
/// When the database does not answer.
pub async fn fill(stage: &mut Stage, site: &Site, made: &Made) -> Result<(), Error> {
    let mut chance = stage.chance("places");
    let edition = &made.edition;
    let mut stands: Vec<(PlaceId, PlaceId, i32)> = Vec::new();
    for (_, hall) in &site.halls {
        let plan = store::read::venue::hall_plan(&stage.app.reader(), site.venue, edition.id, *hall).await?;
        let drawn = plan.map(|plan| plan.stands).unwrap_or_default();
        stands.extend(drawn.iter().map(|stand| (stand.id, *hall, stand.rect.x_mm)));
    }
    let tx = stage.app.store().begin().await?;
    let aisles = aisles(stage, site, made, &mut chance);
    store::record::venue::insert_places(&tx, &aisles).await?;
    let mut sheet = store::read::plan::sheet(&tx, edition.id).await?.ok_or(Error::Missing)?;
    let (capacities, ways) = limits(site, &aisles, &stands);
    record::space::insert_limits(&tx, &capacities, &ways).await?;
    let clashes = clashes(&sheet, &mut chance, stage.calendar.at(-20, 600));
    record::space::insert_requirements(&tx, &clashes).await?;
    sheet.space = store::read::plan::space::space(&tx, edition.id).await?;
    let (facts, told) = states(stage, &sheet, site, &mut chance);
    record::space::insert_states(&tx, edition.id, &facts).await?;
    let checks = checks(stage, &sheet, site, &mut chance);
    record::space::insert_checks(&tx, edition.id, &checks).await?;
    sheet.space = store::read::plan::space::space(&tx, edition.id).await?;
    let derivation = sheet.derive_links(|| chance.id(stage.calendar.at(-20, 600)));
    record::delete_links(&tx, &derivation.removed).await?;
    let soft = soft(stage, &sheet, &mut chance);
    record::add_links(&tx, &[&derivation.added[..], &soft[..]].concat()).await?;
    sheet.links.extend(soft);
    if let Ok(computed) = sheet.compute() {
        sheet.settle(&computed, stage.calendar.now);
    }
    record::save_dates(&tx, &sheet.tasks).await?;
    tx.commit().await?;
    for (at, by, fact) in told {
        let actor = stage.actor(by);
        stage.tell(at, &actor, [fact]);
    }
    Ok(())
}

fn aisles(stage: &Stage, site: &Site, made: &Made, chance: &mut Chance) -> Vec<Place> {
    let at = stage.calendar.at(-410, 600);
    let mut all = Vec::new();
    for (hall, id) in &site.halls {
        for (n, (code, en, zh)) in AISLES.iter().enumerate() {
            let x = HALL_MM.0 / 6 + i32::try_from(n).unwrap_or(0) * HALL_MM.0 / 3;
            all.push(Place {
                id: chance.id(at),
                venue: site.venue,
                edition: Some(made.edition.id),
                parent: Some(*id),
                kind: PlaceKind::Aisle,
                code: format!("{hall}-{code}"),
                name: Bilingual::new(format!("{en} {hall}"), format!("{hall} {zh}")),
                area_dm2: None,
                capacity_persons: None,
                rect: Rect::new(x, 0, 3_000, 4_000),
                sort: 500 + i32::try_from(all.len()).unwrap_or(0),
                version: 1,
            });
        }
    }
    all
}

type Limits = (Vec<(PlaceId, Unit, i64)>, Vec<(PlaceId, PlaceId)>);

/// What places take, and how stands are reached: over the aisle of their third of the hall, the aisle over the dock.
fn limits(site: &Site, aisles: &[Place], stands: &[(PlaceId, PlaceId, i32)]) -> Limits {
    let mut capacities = Vec::new();
    for place in &site.places {
        match (place.kind, place.code.as_str()) {
            (PlaceKind::Hall, _) => {
                capacities.push((place.id, Unit::Power, 240_000));
                capacities.push((place.id, Unit::Load, 150_000));
            }
            (PlaceKind::Dock, _) => capacities.push((place.id, Unit::Trucks, 2_000)),
            (PlaceKind::Yard, _) => capacities.push((place.id, Unit::Trucks, 4_500)),
            (PlaceKind::Office, "SERVICE") => capacities.push((place.id, Unit::Persons, 2_000)),
            _ => {}
        }
    }
    let dock = |hall: PlaceId| site.places.iter().find(|p| p.kind == PlaceKind::Dock && p.parent == Some(hall));
    let mut ways: Vec<(PlaceId, PlaceId)> = Vec::new();
    for aisle in aisles {
        ways.extend(aisle.parent.and_then(dock).map(|dock| (aisle.id, dock.id)));
    }
    for (stand, hall, x) in stands {
        let third = usize::try_from(x * 3 / HALL_MM.0).unwrap_or(0).min(2);
        let of_hall = aisles.iter().filter(|aisle| aisle.parent == Some(*hall)).nth(third);
        ways.extend(of_hall.map(|aisle| (*stand, aisle.id)));
    }
    (capacities, ways)
}

/// What nobody thought of in time: empties in aisles that must be kept clear, a crowded service desk.
fn clashes(sheet: &Sheet, chance: &mut Chance, at: DateTime<Utc>) -> Vec<Requirement> {
    let mut wanted = |code: &str, each: Option<PlaceKind>, mode: Mode, persons: i64| {
        let task = sheet.tasks.iter().find(|task| task.code == code)?;
        Some(Requirement {
            id: chance.id(at),
            edition: sheet.edition,
            task: task.id,
            place: None,
            each,
            only: None,
            mode,
            quantity: persons * 100,
            unit: Unit::Persons,
            setup: 0,
            clear: 0,
            needs: None,
            when: When::Start,
            produces: None,
            lead: 0,
            version: 1,
        })
    };
    let empties = wanted("X02", Some(PlaceKind::Aisle), Mode::Shared, 0);
    let desk = wanted("O14", None, Mode::Shared, 8);
    empties.into_iter().chain(desk).collect()
}

type Told = Vec<(DateTime<Utc>, UserId, Fact)>;

/// States as they came about.
struct States<'a> {
    chance: &'a mut Chance,
    facts: Vec<StateFact>,
}

impl States<'_> {
    fn add(&mut self, place: PlaceId, state: PlaceState, at: DateTime<Utc>, task: Option<TaskId>, by: Option<UserId>) {
        self.facts.push(StateFact {
            id: self.chance.id(at),
            place,
            state,
            at,
            task,
            by,
            note: String::new(),
            document: None,
            until: None,
            ended_at: None,
            ended_by: None,
            ended_note: String::new(),
            version: 1,
        });
    }

    /// Set by hand, with a note.
    fn set(&mut self, place: PlaceId, state: PlaceState, at: DateTime<Utc>, by: UserId, note: &str) {
        self.add(place, state, at, None, Some(by));
        if let Some(last) = self.facts.last_mut() {
            last.note = note.to_owned();
        }
    }

    /// Those that confirmed tasks brought.
    fn brought(&mut self, stage: &Stage, sheet: &Sheet) {
        for one in &sheet.space.requirements {
            let (Some(state), Some(at)) = (one.produces, sheet.position(one.task)) else { continue };
            let task = &sheet.tasks[at];
            let Some(done) = task.actual_finish.filter(|_| task.state == TaskState::Confirmed) else { continue };
            let signed = (done + Duration::hours(2)).min(stage.calendar.now - Duration::minutes(25));
            for place in sheet.space.places_of(one, task.place) {
                self.add(sheet.space.tree.spot(place).id, state, signed, Some(task.id), task.confirmer);
            }
        }
    }
}

const WATER: &str = "Water from the ceiling above the rear seats";

/// The states that confirmed tasks brought, and those people set by hand.
fn states(stage: &Stage, sheet: &Sheet, site: &Site, chance: &mut Chance) -> (Vec<StateFact>, Told) {
    let hall_manager = stage.member(Role::HallManager).id;
    let mut states = States { chance, facts: Vec::new() };
    for (_, hall) in &site.halls {
        let note = "Released by the venue, keys and plans handed out";
        states.set(*hall, PlaceState::Released, stage.calendar.at(-8, 18 * 60), hall_manager, note);
    }
    states.brought(stage, sheet);
    // The opening is under way; two halls are open, the third waits.
    for (code, hall) in site.halls.iter().filter(|(code, _)| code != TROUBLED) {
        let at = stage.calendar.at(0, 9 * 60).min(stage.calendar.now - Duration::minutes(15));
        states.set(*hall, PlaceState::Live, at, hall_manager, &format!("Doors of {code} open"));
    }
    let mut told = Told::new();
    if let Some(room) = site.places.iter().find(|place| place.code == "M2") {
        let at = stage.calendar.now - Duration::minutes(50);
        states.set(room.id, PlaceState::Suspended, at, hall_manager, WATER);
        let said = Fact::new("place.closed", Subject::new(SubjectKind::Place, room.id), sheet.edition);
        let said = decide::named(said, &sheet.space, room.id);
        told.push((at, hall_manager, said.with("reason", WATER)));
    }
    let mut facts = states.facts;
    let until = stage.calendar.now + Duration::hours(4);
    if let Some(closed) = facts.iter_mut().find(|fact| fact.state == PlaceState::Suspended) {
        closed.until = Some(until);
    }
    end_established(stage, site, &mut facts);
    told.extend(failure(stage, sheet, site));
    (facts, told)
}

/// What the journal says of the hall whose exits were found blocked.
fn failure(stage: &Stage, sheet: &Sheet, site: &Site) -> Told {
    let Some((_, hall)) = site.halls.iter().find(|(code, _)| code == TROUBLED) else { return Told::new() };
    let safety = stage.member(Role::Safety).id;
    let subject = Subject::new(SubjectKind::Place, *hall);
    let failed = decide::named(Fact::new("place.check_failed", subject, sheet.edition), &sheet.space, *hall);
    let item = check_list(PlaceKind::Hall).find(|item| item.code == "exits").map(|item| item.name.clone());
    let item = item.unwrap_or_default();
    let failed = failed.with("item_en", item.en).with("item_zh", item.zh);
    let gone = decide::named(Fact::new("place.state_revoked", subject, sheet.edition), &sheet.space, *hall);
    let gone = gone.with("state", PlaceState::Established.code());
    vec![(found_at(stage), safety, failed), (found_at(stage), safety, gone)]
}

/// The exits of one hall were found blocked: *established* was taken back at that moment.
fn end_established(stage: &Stage, site: &Site, facts: &mut [StateFact]) {
    let hall = site.halls.iter().find(|(code, _)| code == TROUBLED).map(|(_, id)| *id);
    let found = found_at(stage);
    let broken = facts.iter_mut().filter(|fact| Some(fact.place) == hall && fact.state == PlaceState::Established);
    for fact in broken {
        fact.at = fact.at.min(found - Duration::minutes(90));
        fact.ended_at = Some(found);
        fact.ended_by = Some(stage.member(Role::Safety).id);
        fact.ended_note = "failed: exits".to_owned();
    }
}

fn found_at(stage: &Stage) -> DateTime<Utc> {
    stage.calendar.now - Duration::minutes(35)
}

/// This morning's round through the halls, and a few stands.
fn checks(stage: &Stage, sheet: &Sheet, site: &Site, chance: &mut Chance) -> Vec<PlaceCheck> {
    let safety = stage.member(Role::Safety).id;
    let mut all = Vec::new();
    let mut answer = |place: PlaceId, kind: PlaceKind, at: DateTime<Utc>, fails: Option<&str>| {
        for item in check_list(kind) {
            let passed = fails != Some(item.code.as_str());
            let at = if passed { at } else { found_at(stage) };
            all.push(PlaceCheck {
                id: chance.id(at),
                place,
                item: item.code.clone(),
                passed,
                note: if passed { String::new() } else { "Pallets in front of exits 3 and 4".to_owned() },
                document: None,
                by: Some(safety),
                at,
                expires_at: item.valid.filter(|_| passed).map(|valid| at + valid),
            });
        }
    };
    let morning = stage.calendar.at(0, 7 * 60 + 30).min(stage.calendar.now - Duration::minutes(100));
    for (code, hall) in &site.halls {
        answer(*hall, PlaceKind::Hall, morning, (code == TROUBLED).then_some("exits"));
    }
    let stands = sheet.space.tree.spots().iter().filter(|spot| spot.kind == PlaceKind::Stand);
    for (n, stand) in stands.step_by(29).take(9).enumerate() {
        answer(stand.id, PlaceKind::Stand, stage.calendar.at(-1, 15 * 60), (n == 4).then_some("electrics"));
    }
    for room in site.places.iter().filter(|place| ["M1", "REG-N"].contains(&place.code.as_str())) {
        answer(room.id, room.kind, morning, None);
    }
    all
}

/// An order agreed in the control room; it moves nothing.
fn soft(stage: &Stage, sheet: &Sheet, chance: &mut Chance) -> Vec<TaskLink> {
    let find = |code: &str| sheet.tasks.iter().find(|task| task.code == code).map(|task| task.id);
    let (Some(from), Some(to)) = (find("O12"), find("Q01")) else { return Vec::new() };
    let id = chance.id(stage.calendar.at(-12, 900));
    vec![TaskLink {
        lag_kind: LagKind::Elapsed,
        origin: LinkOrigin::Soft,
        reason: "One analyst for both: the daily statistics come first".to_owned(),
        by: Some(stage.member(Role::Manager).id),
        ..TaskLink::logic(id, sheet.edition, from, to, LinkKind::Fs, 0)
    }]
}
