//! What a task asks of places: the page and its acts.

use super::super::board;
use crate::answer::{Answer, Fail, page, refusals, refused, see_other_saying};
use crate::fields::Fields;
use crate::guard::{Staff, may};
use crate::path::Path;
use app::App;
use app::plan::space::{add_requirement, change_requirement, remove_requirement};
use axum::extract::{Query, State};
use domain::access::Permission;
use domain::plan::space::RequirementDraft;
use domain::{RequirementId, TaskId};
use serde::Deserialize;
use templates::organizer::plan::space::RequirementsPage;
use templates::{Flash, FormState, Markup, links};

async fn render<P>(
    staff: &Staff<P>,
    app: &App,
    name: &str,
    open: Option<RequirementId>,
    refused: Option<FormState>,
) -> Result<Markup, Fail> {
    let board = board(app, &staff.edition).await?;
    let task = board.find(name).ok_or(Fail::Missing)?;
    let at = board.sheet.position(task.id).ok_or(Fail::Missing)?;
    let view = RequirementsPage {
        slug: &staff.edition.slug,
        board: &board,
        row: &board.rows[at],
        open,
        refused,
        may_edit: staff.may(Permission::PlanEdit) && !task.state.is_closed(),
    };
    Ok(view.render(&staff.shell()))
}

#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub(super) struct Shown {
    open: String,
}

pub(super) async fn list(
    staff: Staff<may::PlanRead>,
    State(app): State<App>,
    Path((_, name)): Path<(String, String)>,
    Query(shown): Query<Shown>,
) -> Answer {
    page(render(&staff, &app, &name, shown.open.parse().ok(), None).await?)
}

async fn task_of<P>(staff: &Staff<P>, app: &App, name: &str) -> Result<(TaskId, String), Fail> {
    let board = board(app, &staff.edition).await?;
    let task = board.find(name).ok_or(Fail::Missing)?;
    Ok((task.id, task.code.clone()))
}

fn saved<P>(staff: &Staff<P>, code: &str) -> Answer {
    let flash = Flash::good("space-requirement-saved").with("code", code);
    see_other_saying(&links::space::requirements(&staff.edition.slug, code), &flash)
}

pub(super) async fn add(
    staff: Staff<may::PlanEdit>,
    State(app): State<App>,
    Path((_, name)): Path<(String, String)>,
    Fields(draft): Fields<RequirementDraft>,
) -> Answer {
    let (task, code) = task_of(&staff, &app, &name).await?;
    match add_requirement(&app, &staff.viewer, staff.edition.id, task, &draft).await {
        Ok(_) => saved(&staff, &code),
        Err(error) => {
            let form = FormState::new(&draft, &refusals(error)?);
            refused(render(&staff, &app, &name, None, Some(form)).await?)
        }
    }
}

type OnePath = Path<(String, String, String)>;

pub(super) async fn change(
    staff: Staff<may::PlanEdit>,
    State(app): State<App>,
    Path((_, name, id)): OnePath,
    Fields(draft): Fields<RequirementDraft>,
) -> Answer {
    let (task, code) = task_of(&staff, &app, &name).await?;
    let id: RequirementId = id.parse().map_err(|_| Fail::Missing)?;
    match change_requirement(&app, &staff.viewer, staff.edition.id, task, id, &draft).await {
        Ok(()) => saved(&staff, &code),
        Err(error) => {
            let form = FormState::new(&draft, &refusals(error)?);
            refused(render(&staff, &app, &name, Some(id), Some(form)).await?)
        }
    }
}

pub(super) async fn remove(
    staff: Staff<may::PlanEdit>,
    State(app): State<App>,
    Path((_, name, id)): OnePath,
) -> Answer {
    let (task, code) = task_of(&staff, &app, &name).await?;
    let id: RequirementId = id.parse().map_err(|_| Fail::Missing)?;
    remove_requirement(&app, &staff.viewer, staff.edition.id, task, id).await?;
    saved(&staff, &code)
}
