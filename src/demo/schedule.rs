//! The plan of the show: made from the template as for any new edition, then lived up to now.

use super::chance::Chance;
use super::control::{History, Life, Team};
use super::reviews::{Decided, Reviews};
use super::site::{Made, Site};
use super::stage::Stage;
use app::Error;
use chrono::{DateTime, Utc};
use domain::access::{Role, Viewer};
use domain::plan::gate::{Gate, lay::deliverables};
use domain::plan::metric::{Metric, Param};
use domain::plan::{Indicator, PlaceKind, Sheet};
use domain::venue::PlaceKind as Venue;
use domain::{EditionId, TaskId};
use std::collections::HashMap;
use store::{Tx, record::plan as record};

/// Makes and lives the plan. Answers each task's end, which deadlines of exhibitors' duties follow.
///
/// # Errors
/// When the database does not answer.
pub async fn live(stage: &mut Stage, site: &Site, made: &Made) -> Result<HashMap<TaskId, DateTime<Utc>>, Error> {
    begin(stage, made).await?;
    let tx = stage.app.store().begin().await?;
    let mut sheet = store::read::plan::sheet(&tx, made.edition.id).await?.ok_or(Error::Missing)?;
    let mut indicators = HashMap::new();
    for one in store::read::plan::all_indicators(&tx, made.edition.id).await? {
        let one = goal(&tx, one, stage.scaled(20_000, 200)).await?;
        indicators.entry(one.task).or_insert_with(Vec::new).push(one);
    }
    let gates = store::read::plan::gate::gates(&tx, made.edition.id).await?;
    let awaited = gates.iter().flat_map(|gate| deliverables(&sheet, gate)).map(|task| task.id).collect();
    let places = store::read::plan::gate::places(&tx, made.edition.id).await?;
    place(&mut sheet, site);
    let fresh: Vec<_> = sheet.tasks.iter().map(|task| task.version).collect();
    let team = Team { by_role: stage.by_role() };
    let mut chance = stage.chance(&format!("plan {}", made.edition.slug));
    let decided = Decided { gates: gates.clone(), ..Decided::default() };
    let calendar = stage.calendar;
    let reviews = Reviews { calendar, team: &team, places, indicators: &indicators, decided };
    let history = History::default();
    let mut life = Life { calendar, team: &team, indicators: &indicators, history, reviews, awaited };
    life.live(&mut sheet, &mut chance);
    let lived = Lived { history: life.history, decided: life.reviews.decided };
    sheet.tasks.extend(lived.decided.tasks.iter().cloned());
    super::shifts::lay(&mut sheet, stage.calendar, &mut chance);
    sheet.data_date = Some(stage.calendar.at(0, 0));
    if let Ok(computed) = sheet.compute() {
        sheet.settle(&computed, stage.calendar.now);
    }
    for (task, version) in sheet.tasks.iter_mut().zip(fresh) {
        task.version = version;
    }
    keep_plan(&tx, made.edition.id, &sheet, lived.decided.tasks.len(), stage.calendar.now).await?;
    lived.keep(&tx, made.edition.id, &gates, &mut chance).await?;
    tx.commit().await?;
    for (at, by, fact) in lived.history.facts.into_iter().chain(lived.decided.facts) {
        let actor = stage.actor(by);
        stage.told.push((at, actor, fact));
    }
    Ok(sheet.tasks.iter().map(|task| (task.id, task.dates.early_finish)).collect())
}

/// The plan as it was made a year and a half ago. Fire and structure are passed, and the halls returned, one by one.
async fn begin(stage: &mut Stage, made: &Made) -> Result<(), Error> {
    let created = stage.calendar.at(-545, 9 * 60 + 30);
    stage.clock.set(created);
    let director = stage.actor(stage.member(Role::Director).id);
    let template = made.edition.template.as_deref();
    let mut work = stage.app.begin(director).await?;
    app::plan::prepare_plan(&mut work, &made.edition, template.unwrap_or("trade-show")).await?;
    let mut money = stage.chance(&format!("budget {}", made.edition.slug));
    super::forecast::begin(&mut work, &made.edition, &mut money).await?;
    work.commit().await?;
    let viewer = Viewer {
        user: stage.member(Role::Director).id,
        name: stage.member(Role::Director).name.clone(),
        admin: true,
        grants: Vec::new(),
        token: None,
    };
    for gate in ["G5", "G8"].iter().filter(|_| template == Some("trade-show")) {
        app::plan::gate::divide(&stage.app, &viewer, &made.edition, gate).await?;
    }
    stage.clock.set(stage.calendar.now);
    Ok(())
}

/// The plan as it stands now; the last `added` of its tasks were not there before.
async fn keep_plan(tx: &Tx, edition: EditionId, sheet: &Sheet, added: usize, now: DateTime<Utc>) -> Result<(), Error> {
    record::insert_calendars(tx, edition, &sheet.calendars).await?;
    let (before, made_later) = sheet.tasks.split_at(sheet.tasks.len() - added);
    for task in before {
        record::save(tx, task).await?;
    }
    record::insert_tasks(tx, made_later).await?;
    record::save_dates(tx, &sheet.tasks).await?;
    Ok(record::save_plan(tx, sheet, now).await?)
}

/// What came of the tasks and of the gates between them.
struct Lived {
    history: History,
    decided: Decided,
}

impl Lived {
    /// Measurements, reports, decisions and the files they were proved with.
    async fn keep(&self, tx: &Tx, edition: EditionId, gates: &[Gate], chance: &mut Chance) -> Result<(), Error> {
        let (history, decided) = (&self.history, &self.decided);
        record::insert_indicators(tx, &decided.indicators).await?;
        for paper in history.papers.iter().chain(&decided.papers) {
            let (upload, by) = (&paper.upload, Some(paper.by.uuid()));
            let digest = app::plan::digest(upload);
            store::record::document::insert(tx, paper.id, edition, upload, &digest, by, paper.at).await?;
        }
        record::insert_measurements(tx, &history.measurements).await?;
        record::insert_measurements(tx, &decided.measurements).await?;
        keep_decisions(tx, gates, decided).await?;
        for one in history.reports.iter().chain(&decided.reports) {
            let report = record::NewReport {
                id: chance.id(one.at),
                kind: one.kind,
                round: one.round,
                text: one.text.clone(),
                document: None,
                by: one.by,
            };
            record::insert_report(tx, edition, one.task, &report, one.at).await?;
        }
        for one in &history.deviations {
            record::insert_deviation(tx, one).await?;
        }
        Ok(())
    }
}

/// Registrations are planned for a show of this size.
async fn goal(tx: &Tx, mut one: Indicator, size: usize) -> Result<Indicator, Error> {
    if let Some(used) = one.metric.as_mut().filter(|used| used.metric == Metric::RegistrationsPlan) {
        used.filter.insert(Param::Goal, size.to_string());
        record::save_indicator(tx, &one).await?;
    }
    Ok(one)
}

/// The gates as they stand, with decisions, signatures and waivers.
async fn keep_decisions(tx: &Tx, before: &[Gate], decided: &Decided) -> Result<(), Error> {
    for gate in decided.gates.iter().filter(|gate| !before.contains(gate)) {
        record::save_gate(tx, gate).await?;
    }
    for one in &decided.decisions {
        record::insert_decision(tx, one).await?;
        for signature in &one.signatures {
            record::insert_signature(tx, one, signature).await?;
        }
    }
    for one in &decided.waivers {
        record::insert_waiver(tx, one).await?;
    }
    Ok(())
}

/// Gives tasks the place of their kind where the venue has exactly the one.
fn place(sheet: &mut Sheet, site: &Site) {
    let named = |code: &str| site.places.iter().find(|place| place.code == code).map(|place| place.id);
    let single = |kind: Venue| site.places.iter().find(|place| place.kind == kind).map(|place| place.id);
    for task in &mut sheet.tasks {
        task.place = match task.place_kind {
            PlaceKind::Office => named("OFFICE"),
            PlaceKind::ServiceCentre => named("SERVICE"),
            PlaceKind::ControlRoom => named("CTRL"),
            PlaceKind::PressCentre => named("PRESS"),
            PlaceKind::ConferenceRoom => named("M1"),
            PlaceKind::MeetingRoom => named("M3"),
            PlaceKind::Yard => single(Venue::Yard),
            PlaceKind::Warehouse => single(Venue::Warehouse),
            PlaceKind::RegistrationArea => named("REG-N"),
            PlaceKind::AllPlaces => Some(site.root),
            _ => None,
        };
    }
}
