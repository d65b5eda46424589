//! The indicators of a task over the API: added, changed, taken off.

use super::board;
use crate::api::{ApiFail, Body, Problem};
use crate::guard::{Api, may};
use crate::{Need, Surface, path::Path};
use app::App;
use axum::Json;
use axum::extract::State;
use domain::access::Permission;
use domain::edition::Edition;
use domain::plan::IndicatorDraft;
use domain::{IndicatorId, TaskId};
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;
use utoipa::ToSchema;

pub(super) fn routes(s: &mut Surface) {
    let edit = Need::Token(Permission::PlanEdit);
    s.post("/api/v1/editions/{edition}/plan/tasks/{task}/indicators", edit, add);
    s.patch("/api/v1/editions/{edition}/plan/tasks/{task}/indicators/{indicator}", edit, change);
    s.delete("/api/v1/editions/{edition}/plan/tasks/{task}/indicators/{indicator}", edit, retire);
}

/// An indicator. On a change, what is left out stays as it is.
#[derive(Debug, Default, Serialize, Deserialize, ToSchema)]
#[serde(default)]
pub struct IndicatorIn {
    /// English name.
    name_en: Option<String>,
    /// Chinese name.
    name_zh: Option<String>,
    /// `yes_no`, `number`, `document`, `photo`, `live`.
    kind: Option<String>,
    /// Unit of a number.
    unit: Option<String>,
    /// `at_least`, `at_most`, `more_than`, `less_than`, `equal`.
    comparison: Option<String>,
    /// Wanted figure.
    target: Option<f64>,
    /// By how much it may be missed.
    tolerance: Option<f64>,
    /// Beyond which work stops.
    stop: Option<f64>,
    /// How it is measured.
    method: Option<String>,
    /// Where the value comes from.
    source: Option<String>,
    /// Code of the function that measures.
    role: Option<String>,
    /// Must pass before the work is accepted.
    mandatory: Option<bool>,
    /// Code of the metric of a live one.
    metric: Option<String>,
    /// What narrows the metric, by parameter.
    filter: Option<BTreeMap<String, String>>,
    /// Version it was read with; needed for a change.
    version: Option<i32>,
}

impl IndicatorIn {
    fn over(self, mut draft: IndicatorDraft) -> IndicatorDraft {
        let set = |to: &mut String, value: Option<String>| {
            if let Some(value) = value {
                *to = value;
            }
        };
        set(&mut draft.name_en, self.name_en);
        set(&mut draft.name_zh, self.name_zh);
        set(&mut draft.kind, self.kind);
        set(&mut draft.unit, self.unit);
        set(&mut draft.comparison, self.comparison);
        set(&mut draft.target, self.target.map(|value| value.to_string()));
        set(&mut draft.tolerance, self.tolerance.map(|value| value.to_string()));
        set(&mut draft.stop, self.stop.map(|value| value.to_string()));
        set(&mut draft.method, self.method);
        set(&mut draft.source, self.source);
        set(&mut draft.role, self.role);
        set(&mut draft.mandatory, self.mandatory.map(|yes| if yes { "on".to_owned() } else { String::new() }));
        set(&mut draft.metric, self.metric);
        if let Some(filter) = self.filter {
            draft.filter = filter;
        }
        draft
    }
}

async fn task_of(app: &App, edition: &Edition, name: &str) -> Result<TaskId, ApiFail> {
    Ok(board(app, edition).await?.find(name).ok_or(ApiFail::Missing)?.id)
}

/// Adds an indicator to a task or to the milestone of a gate; answers its id.
#[utoipa::path(post, path = "/api/v1/editions/{edition}/plan/tasks/{task}/indicators", tag = "plan",
    security(("token" = [])), request_body = IndicatorIn,
    params(("edition" = String, Path), ("task" = String, Path, description = "code or id")),
    responses((status = 200, body = String), (status = 409, body = Problem), (status = 422, body = Problem)))]
pub(super) async fn add(
    caller: Api<may::PlanEdit>,
    State(app): State<App>,
    Path((_, name)): Path<(String, String)>,
    Body(body): Body<IndicatorIn>,
) -> Result<Json<String>, ApiFail> {
    let task = task_of(&app, &caller.edition, &name).await?;
    let draft = body.over(IndicatorDraft { mandatory: "on".to_owned(), ..IndicatorDraft::default() });
    let id = app::plan::add_indicator(&app, &caller.viewer, caller.edition.id, task, &draft).await?;
    Ok(Json(id.to_string()))
}

/// Changes an indicator; what was measured stays as it was judged.
#[utoipa::path(patch, path = "/api/v1/editions/{edition}/plan/tasks/{task}/indicators/{indicator}", tag = "plan",
    security(("token" = [])), request_body = IndicatorIn,
    params(("edition" = String, Path), ("task" = String, Path, description = "code or id"),
        ("indicator" = String, Path, description = "id")),
    responses((status = 200, body = String), (status = 409, body = Problem), (status = 422, body = Problem)))]
pub(super) async fn change(
    caller: Api<may::PlanEdit>,
    State(app): State<App>,
    Path((_, name, indicator)): Path<(String, String, String)>,
    Body(body): Body<IndicatorIn>,
) -> Result<Json<String>, ApiFail> {
    let task = task_of(&app, &caller.edition, &name).await?;
    let id: IndicatorId = indicator.parse().map_err(|_| ApiFail::Missing)?;
    let all = store::read::plan::indicators(&app.reader(), caller.edition.id, task).await?;
    let old = all.iter().find(|one| one.id == id).ok_or(ApiFail::Missing)?;
    let version = body.version.unwrap_or(old.version);
    let draft = body.over(IndicatorDraft::of(old));
    app::plan::change_indicator(&app, &caller.viewer, caller.edition.id, (task, id), &draft, version).await?;
    Ok(Json(id.to_string()))
}

/// Takes an indicator off a task; its measurements stay.
#[utoipa::path(delete, path = "/api/v1/editions/{edition}/plan/tasks/{task}/indicators/{indicator}", tag = "plan",
    security(("token" = [])),
    params(("edition" = String, Path), ("task" = String, Path, description = "code or id"),
        ("indicator" = String, Path, description = "id")),
    responses((status = 200, body = String), (status = 404, body = Problem), (status = 409, body = Problem)))]
pub(super) async fn retire(
    caller: Api<may::PlanEdit>,
    State(app): State<App>,
    Path((_, name, indicator)): Path<(String, String, String)>,
) -> Result<Json<String>, ApiFail> {
    let task = task_of(&app, &caller.edition, &name).await?;
    let id: IndicatorId = indicator.parse().map_err(|_| ApiFail::Missing)?;
    app::plan::retire_indicator(&app, &caller.viewer, caller.edition.id, task, id).await?;
    Ok(Json(id.to_string()))
}
