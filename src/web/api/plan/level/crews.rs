//! Crews: reading them with their load, changing them, and what tasks need.

use super::board;
use crate::api::{ApiFail, Body, Problem};
use crate::guard::{Api, may};
use crate::path::Path;
use app::App;
use axum::Json;
use axum::extract::State;
use chrono::{DateTime, NaiveDate, Utc};
use domain::CrewId;
use domain::edition::Edition;
use domain::plan::axis;
use domain::plan::crew::CrewDraft;
use domain::plan::level::plan::propose::Overload;
use domain::plan::load::{CrewLoad, loads};
use domain::plan::space::Unit;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;
use store::read::plan as read;
use utoipa::ToSchema;

/// How many of a crew are needed on a day.
#[derive(Debug, Serialize, ToSchema)]
pub struct DayLoadOut {
    /// The day, in the venue's zone.
    day: NaiveDate,
    /// Needed at the busiest moment.
    needed: i64,
}

/// More is needed of a crew or a place than there is.
#[derive(Debug, Serialize, ToSchema)]
pub struct OverloadOut {
    /// `crew`, `place` (tasks that cannot be there together) or `room` (more at once than it takes).
    of: &'static str,
    /// Code of the crew or the place.
    code: String,
    /// What is counted at a place: `m2`, `kw`, `trucks_h`, `persons`.
    unit: Option<&'static str>,
    /// From.
    from: DateTime<Utc>,
    /// Until.
    until: DateTime<Utc>,
    /// Needed at the most; at a place in hundredths of the unit, without a unit in tasks.
    needed: i64,
    /// Available, counted alike.
    available: i64,
    /// Codes of the tasks that need them.
    tasks: Vec<String>,
}

impl OverloadOut {
    pub(super) fn of(one: &Overload, edition: &Edition) -> Self {
        Self {
            of: one.of.code(),
            code: one.code.clone(),
            unit: one.unit.map(Unit::code),
            from: axis::instant(one.from, edition.time_zone),
            until: axis::instant(one.to, edition.time_zone),
            needed: one.used,
            available: one.capacity,
            tasks: one.tasks.clone(),
        }
    }
}

/// A crew with its load.
#[derive(Debug, Serialize, ToSchema)]
pub struct CrewOut {
    /// Id.
    id: String,
    /// Short name.
    code: String,
    /// English name.
    name_en: String,
    /// Chinese name.
    name_zh: String,
    /// How many there are at once.
    quantity: i32,
    /// Code of its calendar.
    calendar: Option<String>,
    /// For changing it.
    version: i32,
    /// Needed of it, by task code.
    needs: BTreeMap<String, i32>,
    /// Needed day by day.
    days: Vec<DayLoadOut>,
    /// When it does not suffice.
    overloads: Vec<OverloadOut>,
}

async fn all(app: &App, edition: &Edition) -> Result<Vec<CrewOut>, ApiFail> {
    let board = board(app, edition).await?;
    let reader = app.reader();
    let crews = read::crews(&reader, edition.id).await?;
    let needs = read::crew_needs(&reader, edition.id).await?;
    let calendar = |load: &CrewLoad| {
        let found = board.sheet.calendars.iter().find(|one| Some(one.id) == load.crew.calendar);
        found.map(|one| one.code.clone())
    };
    let out = |load: CrewLoad| CrewOut {
        id: load.crew.id.to_string(),
        calendar: calendar(&load),
        code: load.crew.code,
        name_en: load.crew.name.en,
        name_zh: load.crew.name.zh,
        quantity: load.crew.quantity,
        version: load.crew.version,
        needs: load.demands.into_iter().map(|one| (one.code, one.quantity)).collect(),
        days: load.days.iter().map(|one| DayLoadOut { day: one.day, needed: one.used }).collect(),
        overloads: load.over.iter().map(|one| OverloadOut::of(one, edition)).collect(),
    };
    Ok(loads(&board.sheet, &board.computed, &crews, &needs).into_iter().map(out).collect())
}

/// The crews of a plan, how many are needed of them and when they do not suffice.
#[utoipa::path(get, path = "/api/v1/editions/{edition}/plan/crews", tag = "plan", security(("token" = [])),
    params(("edition" = String, Path)), responses((status = 200, body = [CrewOut])))]
pub(super) async fn list(caller: Api<may::PlanRead>, State(app): State<App>) -> Result<Json<Vec<CrewOut>>, ApiFail> {
    Ok(Json(all(&app, &caller.edition).await?))
}

/// A crew to add, or to change; for a change, what is absent stays.
#[derive(Debug, Default, Serialize, Deserialize, ToSchema)]
#[serde(default, deny_unknown_fields)]
pub struct CrewIn {
    /// Short name, no spaces.
    code: Option<String>,
    /// English name.
    name_en: Option<String>,
    /// Chinese name.
    name_zh: Option<String>,
    /// How many there are at once.
    quantity: Option<i64>,
    /// Id of a calendar; an empty text takes it away.
    calendar: Option<String>,
    /// Version that was read; the current one when absent.
    version: Option<i32>,
}

impl CrewIn {
    fn over(self, draft: CrewDraft) -> CrewDraft {
        CrewDraft {
            code: self.code.unwrap_or(draft.code),
            name_en: self.name_en.unwrap_or(draft.name_en),
            name_zh: self.name_zh.unwrap_or(draft.name_zh),
            quantity: self.quantity.map_or(draft.quantity, |number| number.to_string()),
            calendar: self.calendar.unwrap_or(draft.calendar),
        }
    }
}

/// Adds a crew; answers its id.
#[utoipa::path(post, path = "/api/v1/editions/{edition}/plan/crews", tag = "plan", security(("token" = [])),
    request_body = CrewIn, params(("edition" = String, Path)),
    responses((status = 200, body = String), (status = 409, body = Problem), (status = 422, body = Problem)))]
pub(super) async fn add(
    caller: Api<may::PlanEdit>,
    State(app): State<App>,
    Body(body): Body<CrewIn>,
) -> Result<Json<String>, ApiFail> {
    let draft = body.over(CrewDraft::default());
    let id = app::plan::add_crew(&app, &caller.viewer, caller.edition.id, &draft).await?;
    Ok(Json(id.to_string()))
}

fn id_of(text: &str) -> Result<CrewId, ApiFail> {
    text.parse().map_err(|_| ApiFail::Missing)
}

/// Changes a crew; answers its id.
#[utoipa::path(patch, path = "/api/v1/editions/{edition}/plan/crews/{crew}", tag = "plan", security(("token" = [])),
    request_body = CrewIn, params(("edition" = String, Path), ("crew" = String, Path, description = "id")),
    responses((status = 200, body = String), (status = 409, body = Problem), (status = 422, body = Problem)))]
pub(super) async fn change(
    caller: Api<may::PlanEdit>,
    State(app): State<App>,
    Path((_, crew)): Path<(String, String)>,
    Body(body): Body<CrewIn>,
) -> Result<Json<String>, ApiFail> {
    let id = id_of(&crew)?;
    let old = read::crew(&app.reader(), caller.edition.id, id).await?.ok_or(ApiFail::Missing)?;
    let version = body.version.unwrap_or(old.version);
    let draft = body.over(CrewDraft::of(&old));
    app::plan::change_crew(&app, &caller.viewer, caller.edition.id, id, &draft, version).await?;
    Ok(Json(id.to_string()))
}

/// Removes a crew, also from the tasks that need it; answers its code.
#[utoipa::path(delete, path = "/api/v1/editions/{edition}/plan/crews/{crew}", tag = "plan", security(("token" = [])),
    params(("edition" = String, Path), ("crew" = String, Path, description = "id")),
    responses((status = 200, body = String), (status = 404, body = Problem)))]
pub(super) async fn remove(
    caller: Api<may::PlanEdit>,
    State(app): State<App>,
    Path((_, crew)): Path<(String, String)>,
) -> Result<Json<String>, ApiFail> {
    let crew = app::plan::remove_crew(&app, &caller.viewer, caller.edition.id, id_of(&crew)?).await?;
    Ok(Json(crew.code))
}

/// What a task needs.
#[derive(Debug, Default, Serialize, Deserialize, ToSchema)]
#[serde(default, deny_unknown_fields)]
pub struct NeedsIn {
    /// Quantities by crew code; crews that are not named are not needed.
    crews: BTreeMap<String, i64>,
}

/// Says which crews a task needs, in place of all it needed before; answers the code of the task.
#[utoipa::path(post, path = "/api/v1/editions/{edition}/plan/tasks/{task}/crews", tag = "plan",
    security(("token" = [])), request_body = NeedsIn,
    params(("edition" = String, Path), ("task" = String, Path, description = "code or id")),
    responses((status = 200, body = String), (status = 409, body = Problem), (status = 422, body = Problem)))]
pub(super) async fn need(
    caller: Api<may::PlanEdit>,
    State(app): State<App>,
    Path((_, name)): Path<(String, String)>,
    Body(body): Body<NeedsIn>,
) -> Result<Json<String>, ApiFail> {
    let (id, code) = {
        let board = board(&app, &caller.edition).await?;
        let task = board.find(&name).ok_or(ApiFail::Missing)?;
        (task.id, task.code.clone())
    };
    let typed = body.crews.into_iter().map(|(code, number)| (code, number.to_string())).collect();
    app::plan::need_crews(&app, &caller.viewer, caller.edition.id, id, &typed).await?;
    Ok(Json(code))
}
