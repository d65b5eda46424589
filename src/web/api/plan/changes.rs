//! Accepted changes of the plan, told.

use super::board;
use super::why::WhyOut;
use crate::api::{ApiFail, Body, Problem};
use crate::guard::{Api, may};
use crate::path::Path;
use crate::pictures::file;
use app::App;
use axum::Json;
use axum::extract::{Query, RawQuery, State};
use axum::http::header::CONTENT_TYPE;
use axum::response::{IntoResponse, Response};
use chrono::{DateTime, NaiveDate, Utc};
use domain::UserId;
use domain::plan::story::{ChangeRecord, Story};
use domain::plan::view::Board;
use serde::{Deserialize, Serialize};
use store::read::plan as read;
use templates::Lang;
use templates::organizer::plan::{cause, telling};
use utoipa::{IntoParams, ToSchema};

/// Most changes in one answer.
const MOST: u32 = 100;

/// An accepted change.
#[derive(Debug, Serialize, ToSchema)]
pub struct ChangeOut {
    /// Counts accepted changes of the plan.
    revision: i32,
    /// Code of the changed task, or a word for another cause.
    reason: String,
    /// Who accepted it.
    by: Option<String>,
    /// When.
    at: DateTime<Utc>,
    /// How many tasks it moved.
    moved: usize,
    /// Working minutes before D0 until then.
    room_before_minutes: Option<i64>,
    /// Working minutes before D0 since.
    room_after_minutes: Option<i64>,
}

impl From<&ChangeRecord> for ChangeOut {
    fn from(one: &ChangeRecord) -> Self {
        Self {
            revision: one.revision,
            reason: one.reason.clone(),
            by: one.by.as_ref().map(|(_, name)| name.clone()),
            at: one.at,
            moved: one.delta.moves.len(),
            room_before_minutes: one.delta.opening.map(|opening| opening.before),
            room_after_minutes: one.delta.opening.map(|opening| opening.after),
        }
    }
}

/// A task a change has moved.
#[derive(Debug, Serialize, ToSchema)]
pub struct MovedOut {
    /// Code.
    code: String,
    /// First day before.
    started_on: NaiveDate,
    /// Last day before.
    ended_on: NaiveDate,
    /// First day after.
    starts_on: NaiveDate,
    /// Last day after.
    ends_on: NaiveDate,
    /// Minutes by which it moved.
    by_minutes: i64,
    /// Critical since.
    critical: bool,
    /// Codes of the chain that moved it.
    because: Vec<String>,
    /// The last step of it: what held the task itself, calendars and open hours included.
    why: Option<WhyOut>,
}

/// A change told.
#[derive(Debug, Serialize, ToSchema)]
pub struct StoryOut {
    /// The change.
    change: ChangeOut,
    /// The story in English, a paragraph each.
    text_en: Vec<String>,
    /// The story in Chinese.
    text_zh: Vec<String>,
    /// What moved, in plan order.
    moves: Vec<MovedOut>,
    /// Codes of moved tasks that are critical since.
    now_critical: Vec<String>,
    /// Codes of moved tasks that are not critical any more.
    no_longer_critical: Vec<String>,
}

impl StoryOut {
    fn of(board: &Board, change: &ChangeRecord) -> Self {
        let story = Story::of(&change.delta, &board.rows, board.head.opening.as_deref());
        let text = |lang: Lang| {
            let mut told = vec![cause(lang, board.sheet.zone, change, &board.rows)];
            told.extend(telling(lang, &story, true).paragraphs());
            told
        };
        let codes = |places: &[usize]| places.iter().map(|at| story.moved[*at].code.clone()).collect();
        let moves = story.moved.iter().zip(&change.delta.moves).map(|(one, moved)| MovedOut {
            code: one.code.clone(),
            started_on: one.before.0,
            ended_on: one.before.1,
            starts_on: one.after.0,
            ends_on: one.after.1,
            by_minutes: one.by,
            critical: one.critical.1,
            because: one.chain.clone(),
            why: WhyOut::last(&moved.chain, board.sheet.zone),
        });
        Self {
            change: change.into(),
            text_en: text(Lang::EN),
            text_zh: text(Lang::ZH),
            moves: moves.collect(),
            now_critical: codes(&story.now_critical),
            no_longer_critical: codes(&story.eased),
        }
    }
}

/// Where the list goes on.
#[derive(Debug, Default, Deserialize, IntoParams)]
pub(super) struct Page {
    /// Only changes before this revision.
    before: Option<i32>,
    /// At most so many, up to 100.
    limit: Option<u32>,
}

/// Who gets the story by mail.
#[derive(Debug, Default, Deserialize, ToSchema)]
#[serde(default, deny_unknown_fields)]
pub struct SendIn {
    /// User ids of members of the team.
    to: Vec<String>,
    /// A word with it.
    note: String,
}

/// Accepted changes, newest first.
#[utoipa::path(get, path = "/api/v1/editions/{edition}/plan/changes", tag = "plan", security(("token" = [])),
    params(("edition" = String, Path, description = "slug of the edition"), Page),
    responses((status = 200, body = Vec<ChangeOut>), (status = 404, body = Problem)))]
pub(super) async fn changes(
    caller: Api<may::PlanRead>,
    State(app): State<App>,
    Query(page): Query<Page>,
) -> Result<Json<Vec<ChangeOut>>, ApiFail> {
    let limit = page.limit.unwrap_or(30).clamp(1, MOST);
    let found = read::changes(&app.reader(), caller.edition.id, page.before, limit).await?;
    Ok(Json(found.iter().map(Into::into).collect()))
}

/// What one change moved and why.
#[utoipa::path(get, path = "/api/v1/editions/{edition}/plan/changes/{revision}", tag = "plan",
    security(("token" = [])),
    params(("edition" = String, Path, description = "slug of the edition"),
        ("revision" = i32, Path, description = "the change")),
    responses((status = 200, body = StoryOut), (status = 404, body = Problem)))]
pub(super) async fn change(
    caller: Api<may::PlanRead>,
    State(app): State<App>,
    Path((_, revision)): Path<(String, String)>,
) -> Result<Json<StoryOut>, ApiFail> {
    let revision = revision.parse().map_err(|_| ApiFail::Missing)?;
    let change = read::change(&app.reader(), caller.edition.id, revision).await?.ok_or(ApiFail::Missing)?;
    let board = board(&app, &caller.edition).await?;
    Ok(Json(StoryOut::of(&board, &change)))
}

/// A picture of the plan as a file, `.svg` or `.pdf`: `gantt`, `network`, `places`, `crews`, `risk`, `value`, `buffers`,
/// `promises`, `ageing`; the query is that of its page.
#[utoipa::path(get, path = "/api/v1/editions/{edition}/plan/pictures/{file}", tag = "plan",
    security(("token" = [])),
    params(("edition" = String, Path, description = "slug of the edition"),
        ("file" = String, Path, description = "name and format of the picture"),
        ("language" = Option<String>, Query, description = "`en` or `zh-CN`")),
    responses((status = 200, description = "SVG or PDF", content_type = "application/octet-stream"),
        (status = 404, body = Problem)))]
pub(super) async fn picture(
    caller: Api<may::PlanRead>,
    State(app): State<App>,
    Path((_, name)): Path<(String, String)>,
    Query(language): Query<Language>,
    query: RawQuery,
) -> Result<Response, ApiFail> {
    let lang = if language.language == "zh-CN" { Lang::ZH } else { Lang::EN };
    let (media_type, bytes) = file(&app, &caller.edition, lang, &name, &query).await?.ok_or(ApiFail::Missing)?;
    Ok(([(CONTENT_TYPE, media_type)], bytes).into_response())
}

/// The language of words within a picture.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub(super) struct Language {
    language: String,
}

/// Sends the story to members of the team; answers how many mails go out.
#[utoipa::path(post, path = "/api/v1/editions/{edition}/plan/changes/{revision}/send", tag = "plan",
    security(("token" = [])), request_body = SendIn,
    params(("edition" = String, Path, description = "slug of the edition"),
        ("revision" = i32, Path, description = "the change")),
    responses((status = 200, body = usize), (status = 404, body = Problem), (status = 422, body = Problem)))]
pub(super) async fn send(
    caller: Api<may::PlanWork>,
    State(app): State<App>,
    Path((_, revision)): Path<(String, String)>,
    Body(body): Body<SendIn>,
) -> Result<Json<usize>, ApiFail> {
    let revision = revision.parse().map_err(|_| ApiFail::Missing)?;
    let to: Vec<UserId> = body.to.iter().filter_map(|id| id.parse().ok()).collect();
    Ok(Json(app::plan::send_story(&app, &caller.viewer, &caller.edition, revision, &to, &body.note).await?))
}
