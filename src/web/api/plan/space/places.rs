//! Places of the plan: states, check lists, closing and opening, limits.

use super::super::change::DeltaOut;
use super::assessed;
use crate::api::{ApiFail, Body, Listing, Problem};
use crate::guard::{Api, may};
use crate::path::Path;
use app::App;
use app::plan::space::{self as verbs, HoursDraft, LimitsDraft};
use axum::Json;
use axum::extract::State;
use chrono::{DateTime, Utc};
use domain::edition::Edition;
use domain::plan::Sheet;
use domain::plan::axis;
use domain::plan::space::decide::{self, CheckDraft, CloseDraft, StateDraft};
use domain::plan::space::view::place_view;
use domain::plan::space::{PlaceState, Standing};
use domain::{PlaceId, PlaceStateId};
use serde::{Deserialize, Serialize};
use templates::Lang;
use utoipa::ToSchema;
use uuid::Uuid;

/// A place of the plan.
#[derive(Debug, Serialize, ToSchema)]
pub struct PlanPlaceOut {
    /// Identity.
    id: Uuid,
    /// The place around it.
    parent: Option<Uuid>,
    /// `hall`, `stand`, `aisle` …
    kind: &'static str,
    /// Short code.
    code: String,
    /// English name.
    name_en: String,
    /// Chinese name.
    name_zh: String,
    /// States that hold now.
    states: Vec<&'static str>,
    /// The latest state on record.
    latest: Option<&'static str>,
    /// Closed for the time being.
    closed: bool,
    /// Code of the calendar of its own open hours.
    calendar: Option<String>,
}

impl PlanPlaceOut {
    fn of(sheet: &Sheet, at: u32, standing: &Standing) -> Self {
        let spot = sheet.space.tree.spot(at);
        let hours = sheet.space.hours.get(&spot.id);
        Self {
            id: spot.id.uuid(),
            parent: spot.parent.map(PlaceId::uuid),
            kind: spot.kind.code(),
            code: spot.code.clone(),
            name_en: spot.name.en.clone(),
            name_zh: spot.name.zh.clone(),
            states: standing.states.list().map(PlaceState::code).collect(),
            latest: standing.latest.map(PlaceState::code),
            closed: standing.suspended.is_some(),
            calendar: sheet.calendars.iter().find(|one| Some(&one.id) == hours).map(|one| one.code.clone()),
        }
    }
}

/// A state on record.
#[derive(Debug, Serialize, ToSchema)]
pub struct PlaceStateOut {
    /// Identity.
    id: Uuid,
    /// The state.
    state: &'static str,
    /// Since when.
    at: DateTime<Utc>,
    /// The task whose confirmation brought it.
    task: Option<Uuid>,
    /// Who set it.
    by: Option<Uuid>,
    /// In words.
    note: String,
    /// When a closure is expected to end.
    until: Option<DateTime<Utc>>,
    /// When it was taken back.
    ended_at: Option<DateTime<Utc>>,
    /// Why.
    ended_note: String,
}

/// A line of the check list with its latest answer.
#[derive(Debug, Serialize, ToSchema)]
pub struct PlaceCheckOut {
    /// Code of the line.
    item: String,
    /// What is looked at.
    name_en: String,
    /// In Chinese.
    name_zh: String,
    /// Must pass before the place is established.
    mandatory: bool,
    /// The latest answer; absent when nobody has looked.
    passed: Option<bool>,
    /// When.
    at: Option<DateTime<Utc>>,
    /// When it stops counting.
    expires_at: Option<DateTime<Utc>>,
    /// Remark.
    note: String,
}

/// A task at the place.
#[derive(Debug, Serialize, ToSchema)]
pub struct BookingOut {
    /// Code of the task.
    task: String,
    /// `x`, `s`, `p`, `k`.
    mode: &'static str,
    /// How much.
    quantity: f64,
    /// Of what.
    unit: &'static str,
    /// From when on the place is taken.
    from: DateTime<Utc>,
    /// Until when.
    until: DateTime<Utc>,
    /// State it needs.
    needs: Option<&'static str>,
    /// State it brings.
    produces: Option<&'static str>,
    /// Kind of the worst conflict it is in here.
    conflict: Option<&'static str>,
}

/// One place of the plan with everything about it.
#[derive(Debug, Serialize, ToSchema)]
pub struct PlanPlaceDetail {
    /// The place.
    #[serde(flatten)]
    place: PlanPlaceOut,
    /// Whether it is established; absent for kinds without a check list.
    established: Option<bool>,
    /// What it lacks, in words.
    lacks: Vec<String>,
    /// Its check list.
    checks: Vec<PlaceCheckOut>,
    /// States on record, the latest first.
    history: Vec<PlaceStateOut>,
    /// Tasks here, by time.
    bookings: Vec<BookingOut>,
}

/// Places of the plan, depth first, with the states that hold now.
#[utoipa::path(get, path = "/api/v1/editions/{edition}/plan/places", tag = "plan", security(("token" = [])),
    params(("edition" = String, Path)), responses((status = 200, body = Vec<PlanPlaceOut>)))]
pub(super) async fn list(
    caller: Api<may::PlanRead>,
    State(app): State<App>,
) -> Result<Json<Listing<PlanPlaceOut>>, ApiFail> {
    let board = super::board(&app, &caller.edition).await?;
    let space = &board.sheet.space;
    let out = |at: u32| PlanPlaceOut::of(&board.sheet, at, &space.standing(at, app.now()));
    Ok(Json(Listing { items: (0..space.tree.len() as u32).map(out).collect(), next: None }))
}

type PlacePath = Path<(String, PlaceId)>;

/// One place with its states, its check list and the tasks at it.
#[utoipa::path(get, path = "/api/v1/editions/{edition}/plan/places/{place}", tag = "plan", security(("token" = [])),
    params(("edition" = String, Path), ("place" = Uuid, Path)), responses((status = 200, body = PlanPlaceDetail)))]
pub(super) async fn one(
    caller: Api<may::PlanRead>,
    State(app): State<App>,
    Path((_, place)): PlacePath,
) -> Result<Json<PlanPlaceDetail>, ApiFail> {
    detail(&app, &caller.edition, place).await
}

async fn detail(app: &App, edition: &Edition, place: PlaceId) -> Result<Json<PlanPlaceDetail>, ApiFail> {
    let (board, assessment) = assessed(app, edition).await?;
    let view = place_view(&board, &assessment, place, app.now()).ok_or(ApiFail::Missing)?;
    let space = &board.sheet.space;
    let at = space.tree.find(place).ok_or(ApiFail::Missing)?;
    let instant = |minute: i64| axis::instant(minute, edition.time_zone);
    let lacks = view.lacks.as_deref().unwrap_or_default();
    let checks = view.checks.iter().map(|(item, answer)| PlaceCheckOut {
        item: item.code.clone(),
        name_en: item.name.en.clone(),
        name_zh: item.name.zh.clone(),
        mandatory: item.mandatory,
        passed: answer.as_ref().map(|one| one.passed),
        at: answer.as_ref().map(|one| one.at),
        expires_at: answer.as_ref().and_then(|one| one.expires_at),
        note: answer.as_ref().map(|one| one.note.clone()).unwrap_or_default(),
    });
    let history = view.facts.iter().map(|fact| PlaceStateOut {
        id: fact.id.uuid(),
        state: fact.state.code(),
        at: fact.at,
        task: fact.task.map(Into::into),
        by: fact.by.map(Into::into),
        note: fact.note.clone(),
        until: fact.until,
        ended_at: fact.ended_at,
        ended_note: fact.ended_note.clone(),
    });
    let bookings = view.bookings.iter().map(|one| BookingOut {
        task: one.code.clone(),
        mode: one.mode.code(),
        quantity: one.quantity.0 as f64 / 100.0,
        unit: one.quantity.1.code(),
        from: instant(one.taken.0),
        until: instant(one.taken.1),
        needs: one.needs.map(PlaceState::code),
        produces: one.produces.map(PlaceState::code),
        conflict: one.conflict.map(domain::plan::space::ConflictKind::code),
    });
    Ok(Json(PlanPlaceDetail {
        place: PlanPlaceOut::of(&board.sheet, at, &view.standing),
        established: view.lacks.as_ref().map(Vec::is_empty),
        lacks: lacks.iter().map(|lack| Lang::EN.refusal(&decide::refusal(space, at, lack))).collect(),
        checks: checks.collect(),
        history: history.collect(),
        bookings: bookings.collect(),
    }))
}

/// Setting a state.
#[derive(Debug, Default, Deserialize, ToSchema)]
#[serde(default, deny_unknown_fields)]
pub struct PlaceStateIn {
    /// `handed_over`, `built`, `established` …
    state: String,
    /// What was seen.
    note: String,
}

/// Sets a state of a place; everything that stands against it is answered at once.
#[utoipa::path(post, path = "/api/v1/editions/{edition}/plan/places/{place}/states", tag = "plan",
    security(("token" = [])), request_body = PlaceStateIn,
    params(("edition" = String, Path), ("place" = Uuid, Path)),
    responses((status = 200, body = PlanPlaceDetail), (status = 409, body = Problem), (status = 422, body = Problem)))]
pub(super) async fn set_state(
    caller: Api<may::PlanConfirm>,
    State(app): State<App>,
    Path((_, place)): PlacePath,
    Body(body): Body<PlaceStateIn>,
) -> Result<Json<PlanPlaceDetail>, ApiFail> {
    let draft = StateDraft { state: body.state, note: body.note };
    verbs::set_state(&app, &caller.viewer, caller.edition.id, place, &draft, None).await?;
    detail(&app, &caller.edition, place).await
}

/// Why.
#[derive(Debug, Default, Deserialize, ToSchema)]
#[serde(default, deny_unknown_fields)]
pub struct PlaceReasonIn {
    /// In words.
    reason: String,
}

/// Takes a state back; work that needs it stops at once.
#[utoipa::path(post, path = "/api/v1/editions/{edition}/plan/places/{place}/states/{state}/revoke", tag = "plan",
    security(("token" = [])), request_body = PlaceReasonIn,
    params(("edition" = String, Path), ("place" = Uuid, Path), ("state" = Uuid, Path)),
    responses((status = 200, body = PlanPlaceDetail), (status = 409, body = Problem), (status = 422, body = Problem)))]
pub(super) async fn revoke_state(
    caller: Api<may::PlanConfirm>,
    State(app): State<App>,
    Path((_, _, state)): Path<(String, PlaceId, PlaceStateId)>,
    Body(body): Body<PlaceReasonIn>,
) -> Result<Json<PlanPlaceDetail>, ApiFail> {
    let place = verbs::take_state_back(&app, &caller.viewer, caller.edition.id, state, &body.reason).await?;
    detail(&app, &caller.edition, place).await
}

/// An answer to a line of the check list.
#[derive(Debug, Default, Deserialize, ToSchema)]
#[serde(default, deny_unknown_fields)]
pub struct PlaceCheckIn {
    /// Code of the line.
    item: String,
    /// Whether it passed.
    passed: bool,
    /// Remark; needed when it failed.
    note: String,
}

/// Keeps an answer to a line of a place's check list. A failed mandatory line takes `established` back.
#[utoipa::path(post, path = "/api/v1/editions/{edition}/plan/places/{place}/checks", tag = "plan",
    security(("token" = [])), request_body = PlaceCheckIn,
    params(("edition" = String, Path), ("place" = Uuid, Path)),
    responses((status = 200, body = PlanPlaceDetail), (status = 422, body = Problem)))]
pub(super) async fn check(
    caller: Api<may::PlanCheck>,
    State(app): State<App>,
    Path((_, place)): PlacePath,
    Body(body): Body<PlaceCheckIn>,
) -> Result<Json<PlanPlaceDetail>, ApiFail> {
    let passed = if body.passed { "yes" } else { "no" }.to_owned();
    let draft = CheckDraft { item: body.item, passed, remark: body.note };
    verbs::check_place(&app, &caller.viewer, caller.edition.id, place, &draft, None).await?;
    detail(&app, &caller.edition, place).await
}

/// Closing a place.
#[derive(Debug, Default, Deserialize, ToSchema)]
#[serde(default, deny_unknown_fields)]
pub struct PlaceCloseIn {
    /// Why.
    note: String,
    /// Local day and time it is expected to open again, `YYYY-MM-DDTHH:MM`.
    until: String,
}

/// Closes a place, and everything in it, for the time being.
#[utoipa::path(post, path = "/api/v1/editions/{edition}/plan/places/{place}/close", tag = "plan",
    security(("token" = [])), request_body = PlaceCloseIn,
    params(("edition" = String, Path), ("place" = Uuid, Path)),
    responses((status = 200, body = PlanPlaceDetail), (status = 409, body = Problem), (status = 422, body = Problem)))]
pub(super) async fn close(
    caller: Api<may::PlanConfirm>,
    State(app): State<App>,
    Path((_, place)): PlacePath,
    Body(body): Body<PlaceCloseIn>,
) -> Result<Json<PlanPlaceDetail>, ApiFail> {
    let draft = CloseDraft { why: body.note, until: body.until };
    verbs::close_place(&app, &caller.viewer, &caller.edition, place, &draft).await?;
    detail(&app, &caller.edition, place).await
}

/// Opens a closed place again.
#[utoipa::path(post, path = "/api/v1/editions/{edition}/plan/places/{place}/open", tag = "plan",
    security(("token" = [])), request_body = PlaceReasonIn,
    params(("edition" = String, Path), ("place" = Uuid, Path)),
    responses((status = 200, body = PlanPlaceDetail), (status = 409, body = Problem), (status = 422, body = Problem)))]
pub(super) async fn open(
    caller: Api<may::PlanConfirm>,
    State(app): State<App>,
    Path((_, place)): PlacePath,
    Body(body): Body<PlaceReasonIn>,
) -> Result<Json<PlanPlaceDetail>, ApiFail> {
    verbs::open_place(&app, &caller.viewer, caller.edition.id, place, &body.reason).await?;
    detail(&app, &caller.edition, place).await
}

/// How much a place takes; absent is no limit.
#[derive(Debug, Default, Deserialize, ToSchema)]
#[serde(default, deny_unknown_fields)]
pub struct PlaceLimitsIn {
    /// Square metres.
    m2: Option<f64>,
    /// Kilowatts.
    kw: Option<f64>,
    /// Trucks an hour.
    trucks_h: Option<f64>,
    /// Persons.
    persons: Option<f64>,
    /// Kilograms on a square metre.
    kg_m2: Option<f64>,
    /// Codes or ids of the places it is reached over.
    over: Vec<String>,
}

/// Sets how much a place takes and over which places it is reached.
#[utoipa::path(post, path = "/api/v1/editions/{edition}/plan/places/{place}/limits", tag = "plan",
    security(("token" = [])), request_body = PlaceLimitsIn,
    params(("edition" = String, Path), ("place" = Uuid, Path)),
    responses((status = 200, body = PlanPlaceDetail), (status = 422, body = Problem)))]
pub(super) async fn limits(
    caller: Api<may::VenueEdit>,
    State(app): State<App>,
    Path((_, place)): PlacePath,
    Body(body): Body<PlaceLimitsIn>,
) -> Result<Json<PlanPlaceDetail>, ApiFail> {
    let text = |amount: Option<f64>| amount.map(|amount| amount.to_string()).unwrap_or_default();
    let draft = LimitsDraft {
        m2: text(body.m2),
        kw: text(body.kw),
        trucks_h: text(body.trucks_h),
        persons: text(body.persons),
        kg_m2: text(body.kg_m2),
        over: body.over.join(","),
    };
    verbs::set_limits(&app, &caller.viewer, caller.edition.id, place, &draft).await?;
    detail(&app, &caller.edition, place).await
}

/// Open hours of a place.
#[derive(Debug, Default, Deserialize, ToSchema)]
#[serde(default, deny_unknown_fields)]
pub struct PlaceHoursIn {
    /// Code of a calendar of the plan; empty for no hours of its own.
    calendar: String,
    /// Revision of the plan whose preview was seen; the current one when absent.
    revision: Option<i32>,
    /// Answers what it would move and saves nothing.
    preview: bool,
}

/// Gives a place open hours, or takes them from it: a task there works only while its own calendar and the place's, or
/// those of the places around it, all do. Answers what moves.
#[utoipa::path(post, path = "/api/v1/editions/{edition}/plan/places/{place}/hours", tag = "plan",
    security(("token" = [])), request_body = PlaceHoursIn,
    params(("edition" = String, Path), ("place" = Uuid, Path)),
    responses((status = 200, body = DeltaOut), (status = 409, body = Problem), (status = 422, body = Problem)))]
pub(super) async fn hours(
    caller: Api<may::PlanEdit>,
    State(app): State<App>,
    Path((_, place)): PlacePath,
    Body(body): Body<PlaceHoursIn>,
) -> Result<Json<DeltaOut>, ApiFail> {
    let draft = HoursDraft { calendar: body.calendar };
    if body.preview {
        let (before, delta) = verbs::preview_hours(&app, &caller.edition, place, &draft).await?;
        return Ok(Json(DeltaOut::of(&before, &delta)));
    }
    let delta = verbs::set_hours(&app, &caller.viewer, &caller.edition, place, &draft, body.revision).await?;
    Ok(Json(DeltaOut::of(&super::board(&app, &caller.edition).await?, &delta)))
}
