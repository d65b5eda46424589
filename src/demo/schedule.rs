//! The plan of the show: made from the template as for any new edition, then lived up to now.

use super::control::{Life, Team};
use super::site::{Made, Site};
use super::stage::Stage;
use app::Error;
use chrono::{DateTime, Utc};
use domain::TaskId;
use domain::access::Role;
use domain::plan::{PlaceKind, Sheet};
use domain::venue::PlaceKind as Venue;
use std::collections::HashMap;
use store::record::plan as record;

/// Makes and lives the plan. Answers each task's end, which deadlines of exhibitors' duties follow.
///
/// # Errors
/// When the database does not answer.
pub async fn live(stage: &mut Stage, site: &Site, made: &Made) -> Result<HashMap<TaskId, DateTime<Utc>>, Error> {
    let created = stage.calendar.at(-545, 9 * 60 + 30);
    stage.clock.set(created);
    let director = stage.actor(stage.member(Role::Director).id);
    let mut work = stage.app.begin(director).await?;
    app::plan::prepare_plan(&mut work, &made.edition, made.edition.template.as_deref().unwrap_or("trade-show")).await?;
    work.commit().await?;
    stage.clock.set(stage.calendar.now);

    let tx = stage.app.store().begin().await?;
    let mut sheet = store::read::plan::sheet(&tx, made.edition.id).await?.ok_or(Error::Missing)?;
    let mut indicators = HashMap::new();
    for task in &sheet.tasks {
        indicators.insert(task.id, store::read::plan::indicators(&tx, made.edition.id, task.id).await?);
    }
    place(&mut sheet, site);
    let fresh: Vec<_> = sheet.tasks.iter().map(|task| (task.id, task.version)).collect();
    let team = Team { by_role: stage.by_role() };
    let mut chance = stage.chance(&format!("plan {}", made.edition.slug));
    let mut life = Life { calendar: stage.calendar, team: &team, indicators: &indicators, history: Default::default() };
    life.live(&mut sheet, &mut chance);
    let history = life.history;
    super::shifts::lay(&mut sheet, stage.calendar, &mut chance);
    record::insert_calendars(&tx, made.edition.id, &sheet.calendars).await?;
    sheet.data_date = Some(stage.calendar.at(0, 0));
    if let Ok(computed) = sheet.compute() {
        sheet.settle(&computed, stage.calendar.now);
    }
    for (task, (_, version)) in sheet.tasks.iter_mut().zip(fresh) {
        task.version = version;
        record::save(&tx, task).await?;
    }
    record::save_dates(&tx, &sheet.tasks).await?;
    record::save_plan(&tx, &sheet, stage.calendar.now).await?;
    record::insert_measurements(&tx, &history.measurements).await?;
    for one in &history.reports {
        let report = record::NewReport {
            id: chance.id(one.at),
            kind: one.kind,
            round: one.round,
            text: one.text.clone(),
            document: None,
            by: one.by,
        };
        record::insert_report(&tx, made.edition.id, one.task, &report, one.at).await?;
    }
    for one in &history.deviations {
        record::insert_deviation(&tx, one).await?;
    }
    tx.commit().await?;
    for (at, by, fact) in history.facts {
        let actor = stage.actor(by);
        stage.told.push((at, actor, fact));
    }
    Ok(sheet.tasks.iter().map(|task| (task.id, task.dates.early_finish)).collect())
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
