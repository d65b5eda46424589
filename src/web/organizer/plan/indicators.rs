//! The indicators of a task, each a form.

use super::board;
use crate::answer::{Answer, Fail, page, refusals, refused, see_other_saying};
use crate::fields::Fields;
use crate::guard::{Staff, may};
use crate::{Need, Surface, path::Path};
use app::App;
use axum::extract::State;
use domain::access::Permission;
use domain::plan::IndicatorDraft;
use domain::{IndicatorId, TaskId};
use std::collections::BTreeMap;
use store::read;
use templates::components::Choice;
use templates::organizer::plan::Indicators;
use templates::{Flash, FormState, Markup, links};

pub(super) fn routes(s: &mut Surface) {
    let edit = Need::Staff(Permission::PlanEdit);
    s.get("/e/{edition}/plan/tasks/{task}/indicators", edit, list);
    s.post("/e/{edition}/plan/tasks/{task}/indicators", edit, add);
    s.post("/e/{edition}/plan/tasks/{task}/indicators/{indicator}", edit, change);
    s.post("/e/{edition}/plan/tasks/{task}/indicators/{indicator}/retire", edit, retire);
}

type Typed = BTreeMap<String, String>;

/// The flat fields of the form as a draft.
fn draft(typed: &Typed) -> IndicatorDraft {
    let text = |name: &str| typed.get(name).cloned().unwrap_or_default();
    let filter =
        typed.iter().filter_map(|(name, value)| Some((name.strip_prefix("filter_")?.to_owned(), value.clone())));
    IndicatorDraft {
        name_en: text("name_en"),
        name_zh: text("name_zh"),
        kind: text("kind"),
        unit: text("unit"),
        comparison: text("comparison"),
        target: text("target"),
        tolerance: text("tolerance"),
        stop: text("stop"),
        method: text("method"),
        source: text("source"),
        role: text("role"),
        mandatory: text("mandatory"),
        metric: text("metric"),
        filter: filter.collect(),
    }
}

async fn task_of<P>(staff: &Staff<P>, app: &App, name: &str) -> Result<(TaskId, String), Fail> {
    let board = board(app, &staff.edition).await?;
    let task = board.find(name).ok_or(Fail::Missing)?;
    Ok((task.id, task.code.clone()))
}

async fn render(
    staff: &Staff<may::PlanEdit>,
    app: &App,
    task: TaskId,
    refused: Option<(Option<IndicatorId>, FormState)>,
) -> Result<Markup, Fail> {
    let (reader, edition) = (app.reader(), &staff.edition);
    let board = board(app, edition).await?;
    let at = board.sheet.position(task).ok_or(Fail::Missing)?;
    let locale = staff.ui.lang.locale();
    let halls = read::venue::hall_choices(&reader, edition.venue, edition.id).await?;
    let duties = read::plan::duty_progress(&reader, edition.id).await?;
    let doors = read::admission::gates(&reader, edition.id).await?;
    let indicators = read::plan::indicators(&reader, edition.id, task).await?;
    let shown = Indicators {
        slug: &edition.slug,
        row: &board.rows[at],
        indicators: &indicators,
        halls: halls.into_iter().map(|(_, code)| Choice::new(code.clone(), code)).collect(),
        duties: duties.iter().map(|one| Choice::new(one.code.clone(), one.name.get(locale))).collect(),
        doors: doors.iter().map(|one| Choice::new(one.code.clone(), one.name.get(locale))).collect(),
        refused,
        frozen: board.sheet.tasks[at].state.is_closed(),
    };
    Ok(shown.render(&staff.shell()))
}

async fn list(staff: Staff<may::PlanEdit>, State(app): State<App>, Path((_, name)): Path<(String, String)>) -> Answer {
    let (task, _) = task_of(&staff, &app, &name).await?;
    page(render(&staff, &app, task, None).await?)
}

async fn add(
    staff: Staff<may::PlanEdit>,
    State(app): State<App>,
    Path((_, name)): Path<(String, String)>,
    Fields(typed): Fields<Typed>,
) -> Answer {
    let (task, code) = task_of(&staff, &app, &name).await?;
    match app::plan::add_indicator(&app, &staff.viewer, staff.edition.id, task, &draft(&typed)).await {
        Ok(_) => said(&staff, &code, "indicator-added"),
        Err(error) => {
            let state = FormState::new(&typed, &refusals(error)?);
            refused(render(&staff, &app, task, Some((None, state))).await?)
        }
    }
}

fn said(staff: &Staff<may::PlanEdit>, code: &str, flash: &str) -> Answer {
    see_other_saying(&links::gate::indicators(&staff.edition.slug, code), &Flash::good(flash).with("code", code))
}

async fn change(
    staff: Staff<may::PlanEdit>,
    State(app): State<App>,
    Path((_, name, indicator)): Path<(String, String, String)>,
    Fields(typed): Fields<Typed>,
) -> Answer {
    let (task, code) = task_of(&staff, &app, &name).await?;
    let id: IndicatorId = indicator.parse().map_err(|_| Fail::Missing)?;
    let version = typed.get("version").and_then(|text| text.parse().ok()).unwrap_or_default();
    let at = (task, id);
    match app::plan::change_indicator(&app, &staff.viewer, staff.edition.id, at, &draft(&typed), version).await {
        Ok(()) => said(&staff, &code, "indicator-changed"),
        Err(error) => {
            let state = FormState::new(&typed, &refusals(error)?);
            refused(render(&staff, &app, task, Some((Some(id), state))).await?)
        }
    }
}

async fn retire(
    staff: Staff<may::PlanEdit>,
    State(app): State<App>,
    Path((_, name, indicator)): Path<(String, String, String)>,
) -> Answer {
    let (task, code) = task_of(&staff, &app, &name).await?;
    let id: IndicatorId = indicator.parse().map_err(|_| Fail::Missing)?;
    app::plan::retire_indicator(&app, &staff.viewer, staff.edition.id, task, id).await?;
    said(&staff, &code, "indicator-retired")
}
