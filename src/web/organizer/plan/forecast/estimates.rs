//! Estimates, budgets and costs of tasks.

use super::board;
use crate::answer::{Answer, Fail, page, refusals, refused, see_other_saying};
use crate::fields::Fields;
use crate::guard::{Staff, may};
use crate::path::Path;
use app::App;
use axum::extract::State;
use domain::access::Permission;
use domain::plan::risk::estimate::{EstimateDraft, SpreadDraft};
use serde::Deserialize;
use templates::organizer::plan::{EstimateForm, Estimates};
use templates::{Flash, FormState, Markup, links};

async fn render<P>(staff: &Staff<P>, app: &App, form: FormState) -> Result<Markup, Fail> {
    let board = board(app, &staff.edition).await?;
    let list = Estimates {
        slug: &staff.edition.slug,
        head: &board.head,
        tasks: board.sheet.tasks.iter().zip(&board.rows).collect(),
        phases: board.phases(),
        currency: &board.sheet.currency,
        form,
        may_edit: staff.may(Permission::PlanEdit),
    };
    Ok(list.render(&staff.shell()))
}

pub(super) async fn list(staff: Staff<may::PlanRead>, State(app): State<App>) -> Answer {
    page(render(&staff, &app, FormState::empty()).await?)
}

pub(super) async fn suggest(
    staff: Staff<may::PlanEdit>,
    State(app): State<App>,
    Fields(draft): Fields<SpreadDraft>,
) -> Answer {
    match app::plan::suggest_estimates(&app, &staff.viewer, staff.edition.id, &draft).await {
        Ok(count) => {
            let flash = Flash::good("estimate-suggested-flash").with("count", count);
            see_other_saying(&links::plan::estimates(&staff.edition.slug), &flash)
        }
        Err(error) => refused(render(&staff, &app, FormState::new(&draft, &refusals(error)?)).await?),
    }
}

async fn one<P>(staff: &Staff<P>, app: &App, name: &str, typed: Option<FormState>) -> Result<Markup, Fail> {
    let board = board(app, &staff.edition).await?;
    let task = board.find(name).ok_or(Fail::Missing)?;
    let at = board.sheet.position(task.id).ok_or(Fail::Missing)?;
    let form = EstimateForm {
        slug: &staff.edition.slug,
        row: &board.rows[at],
        currency: &board.sheet.currency,
        form: typed.unwrap_or_else(|| FormState::of(&EstimateDraft::of(task))),
        version: task.version,
    };
    Ok(form.render(&staff.shell()))
}

pub(super) async fn form(
    staff: Staff<may::PlanEdit>,
    State(app): State<App>,
    Path((_, name)): Path<(String, String)>,
) -> Answer {
    page(one(&staff, &app, &name, None).await?)
}

/// The form as sent.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub(super) struct Sent {
    version: String,
    optimistic_days: String,
    likely_days: String,
    pessimistic_days: String,
    budget: String,
    actual_cost: String,
}

pub(super) async fn change(
    staff: Staff<may::PlanEdit>,
    State(app): State<App>,
    Path((_, name)): Path<(String, String)>,
    Fields(sent): Fields<Sent>,
) -> Answer {
    let board = board(&app, &staff.edition).await?;
    let task = board.find(&name).ok_or(Fail::Missing)?;
    let draft = EstimateDraft {
        optimistic_days: sent.optimistic_days,
        likely_days: sent.likely_days,
        pessimistic_days: sent.pessimistic_days,
        budget: sent.budget,
        actual_cost: sent.actual_cost,
    };
    let version = sent.version.parse().ok();
    match app::plan::estimate_task(&app, &staff.viewer, staff.edition.id, task.id, &draft, version).await {
        Ok(()) => {
            let flash = Flash::good("estimate-saved-flash").with("code", &task.code);
            see_other_saying(&links::plan::task(&staff.edition.slug, &task.code), &flash)
        }
        Err(error) => {
            let form = FormState::new(&draft, &refusals(error)?);
            refused(one(&staff, &app, &name, Some(form)).await?)
        }
    }
}
