//! Plans of other programs over the API: a Microsoft Project file in and out, with a dry run.

use super::change::DeltaOut;
use crate::api::{ApiFail, Problem};
use crate::guard::{Api, may};
use app::App;
use axum::Json;
use axum::body::Bytes;
use axum::extract::{Query, State};
use axum::http::header::CONTENT_TYPE;
use axum::response::IntoResponse;
use domain::plan::mspdi::Note;
use serde::{Deserialize, Serialize};
use templates::Lang;
use utoipa::{IntoParams, ToSchema};

/// How a file is brought in.
#[derive(Debug, Default, Deserialize, IntoParams)]
#[serde(default)]
pub(super) struct ImportQuery {
    /// Only say what would come; nothing is saved.
    dry_run: bool,
    /// Leave out what cannot be used instead of refusing the file.
    leave_out: bool,
    /// Revision of the plan whose effect was seen; refused when the plan changed since.
    revision: Option<i32>,
}

/// Something about the file a person has to know.
#[derive(Debug, Serialize, ToSchema)]
pub struct NoteOut {
    /// Stable code.
    code: String,
    /// In words.
    text: String,
    /// The task, calendar or person it is about.
    subject: String,
    /// The other party or the value.
    detail: String,
}

impl NoteOut {
    fn of(one: &Note) -> Self {
        Self {
            code: one.code.clone(),
            text: templates::organizer::plan::note(Lang::EN, one),
            subject: one.subject.clone(),
            detail: one.detail.clone(),
        }
    }
}

/// What a file brings, or brought.
#[derive(Debug, Serialize, ToSchema)]
pub struct ImportOut {
    /// It was saved.
    saved: bool,
    /// Codes of new tasks.
    added: Vec<String>,
    /// Codes of known tasks that change.
    changed: Vec<String>,
    /// Known tasks that the file has as they are.
    same: usize,
    /// Links into the tasks of the file.
    links: usize,
    /// Calendars that come with it.
    calendars: Vec<String>,
    /// People of the file who are users here.
    people: Vec<String>,
    /// What cannot be used.
    problems: Vec<NoteOut>,
    /// What cannot be kept as it is.
    lost: Vec<NoteOut>,
    /// What moves among the tasks that are here.
    delta: Option<DeltaOut>,
    /// Why it cannot be brought in as it is, in words.
    refused: Vec<String>,
}

/// Brings a Microsoft Project XML file into the plan; the body is the file. Without a plan it becomes the plan.
#[utoipa::path(post, path = "/api/v1/editions/{edition}/plan/mspdi", tag = "plan", security(("token" = [])),
    params(("edition" = String, Path, description = "slug of the edition"), ImportQuery),
    request_body(content = String, content_type = "application/xml"),
    responses((status = 200, body = ImportOut), (status = 409, body = Problem), (status = 422, body = Problem)))]
pub(super) async fn bring(
    caller: Api<may::PlanEdit>,
    State(app): State<App>,
    Query(query): Query<ImportQuery>,
    body: Bytes,
) -> Result<Json<ImportOut>, ApiFail> {
    let proposed = app::plan::preview_import(&app, &caller.edition, &body, query.leave_out).await?;
    if !query.dry_run {
        let revision = query.revision;
        app::plan::import_mspdi(&app, &caller.viewer, &caller.edition, &body, revision, query.leave_out).await?;
    }
    let import = &proposed.import;
    Ok(Json(ImportOut {
        saved: !query.dry_run,
        added: import.added.clone(),
        changed: import.changed.clone(),
        same: import.same,
        links: import.links,
        calendars: import.calendars.clone(),
        people: import.people.clone(),
        problems: import.problems.iter().map(NoteOut::of).collect(),
        lost: import.lost.iter().map(NoteOut::of).collect(),
        delta: proposed.board.as_ref().zip(proposed.delta.as_ref()).map(|(board, delta)| DeltaOut::of(board, delta)),
        refused: proposed.refusals.iter().map(|one| Lang::EN.refusal(one)).collect(),
    }))
}

/// The plan as a Microsoft Project XML file.
#[utoipa::path(get, path = "/api/v1/editions/{edition}/plan/mspdi", tag = "plan", security(("token" = [])),
    params(("edition" = String, Path, description = "slug of the edition")),
    responses((status = 200, body = String, content_type = "application/xml")))]
pub(super) async fn take(caller: Api<may::PlanRead>, State(app): State<App>) -> Result<impl IntoResponse, ApiFail> {
    let title = caller.edition.name.get(Lang::EN.locale()).to_owned();
    let text = app::plan::export_mspdi(&app, &caller.edition, &title).await?;
    Ok(([(CONTENT_TYPE, "application/xml; charset=utf-8")], text))
}
