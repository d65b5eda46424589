//! Scenarios: the list, one with its effect, several side by side.

use super::board;
use crate::answer::{Answer, Fail, page, refusals, refused, see_other_saying};
use crate::fields::Fields;
use crate::guard::{Staff, may};
use crate::path::Path;
use app::App;
use axum::extract::{Query, RawQuery, State};
use domain::access::Permission;
use domain::plan::scenario::{Scenario, ScenarioDraft, StepDraft};
use serde::Deserialize;
use store::read::plan;
use templates::organizer::plan::{ComparePage, ScenarioPage, Scenarios, StepKind};
use templates::{Flash, FormState, Markup, links};

async fn render<P>(staff: &Staff<P>, app: &App, form: FormState) -> Result<Markup, Fail> {
    let board = board(app, &staff.edition).await?;
    let reader = app.reader();
    let all = plan::scenarios(&reader, staff.edition.id).await?;
    let baselines = plan::baselines(&reader, staff.edition.id).await?;
    let list = Scenarios {
        slug: &staff.edition.slug,
        head: &board.head,
        all: &all,
        baselines: &baselines,
        form,
        zone: staff.edition.time_zone,
        may_edit: staff.may(Permission::PlanEdit),
    };
    Ok(list.render(&staff.shell()))
}

pub(super) async fn list(staff: Staff<may::PlanRead>, State(app): State<App>) -> Answer {
    page(render(&staff, &app, FormState::empty()).await?)
}

pub(super) async fn create(
    staff: Staff<may::PlanEdit>,
    State(app): State<App>,
    Fields(draft): Fields<ScenarioDraft>,
) -> Answer {
    match app::plan::create_scenario(&app, &staff.viewer, staff.edition.id, &draft).await {
        Ok(one) => {
            let flash = Flash::good("scenario-created-flash").with("number", one.number);
            see_other_saying(&links::plan::scenario(&staff.edition.slug, one.number), &flash)
        }
        Err(error) => refused(render(&staff, &app, FormState::new(&draft, &refusals(error)?)).await?),
    }
}

async fn found<P>(staff: &Staff<P>, app: &App, number: &str) -> Result<Scenario, Fail> {
    let number: i32 = number.parse().map_err(|_| Fail::Missing)?;
    plan::scenario(&app.reader(), staff.edition.id, number).await?.ok_or(Fail::Missing)
}

async fn one<P>(
    staff: &Staff<P>,
    app: &App,
    scenario: &Scenario,
    form: FormState,
    stale: bool,
) -> Result<Markup, Fail> {
    let board = board(app, &staff.edition).await?;
    let tried = app::plan::try_scenario(app, &board, scenario);
    let preview = tried.as_ref().ok().map(|tried| board.preview(&tried.delta));
    let reasons = tried.as_ref().err().map(|refusals| refusals.iter().map(|one| staff.ui.lang.refusal(one)).collect());
    let scenario_page = ScenarioPage {
        slug: &staff.edition.slug,
        head: &board.head,
        scenario,
        preview: preview.as_ref(),
        refusals: reasons.unwrap_or_default(),
        clashes: tried.as_ref().map_or(&[], |tried| &tried.applied.clashes),
        calendars: &board.sheet.calendars,
        codes: board.sheet.tasks.iter().map(|task| task.code.clone()).collect(),
        kind: StepKind::parse(&form.value("kind")),
        opens_on: board.sheet.opens_on,
        form,
        stale,
        may_edit: staff.may(Permission::PlanEdit),
    };
    Ok(scenario_page.render(&staff.shell()))
}

/// Which kind of change is being typed.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub(super) struct Shown {
    kind: String,
}

pub(super) async fn show(
    staff: Staff<may::PlanRead>,
    State(app): State<App>,
    Path((_, number)): Path<(String, String)>,
    Query(shown): Query<Shown>,
) -> Answer {
    let scenario = found(&staff, &app, &number).await?;
    let form = FormState::of(&StepDraft { kind: shown.kind, ..StepDraft::default() });
    page(one(&staff, &app, &scenario, form, false).await?)
}

pub(super) async fn add_step(
    staff: Staff<may::PlanEdit>,
    State(app): State<App>,
    Path((_, number)): Path<(String, String)>,
    Fields(draft): Fields<StepDraft>,
) -> Answer {
    let scenario = found(&staff, &app, &number).await?;
    match app::plan::add_step(&app, &staff.viewer, staff.edition.id, scenario.number, &draft).await {
        Ok(()) => {
            let flash = Flash::good("scenario-step-flash");
            see_other_saying(&links::plan::scenario(&staff.edition.slug, scenario.number), &flash)
        }
        Err(error) => {
            let form = FormState::new(&draft, &refusals(error)?);
            refused(one(&staff, &app, &scenario, form, false).await?)
        }
    }
}

#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub(super) struct Place {
    step: String,
}

pub(super) async fn remove_step(
    staff: Staff<may::PlanEdit>,
    State(app): State<App>,
    Path((_, number)): Path<(String, String)>,
    Fields(place): Fields<Place>,
) -> Answer {
    let scenario = found(&staff, &app, &number).await?;
    let step = place.step.parse().unwrap_or(0);
    app::plan::remove_step(&app, &staff.viewer, staff.edition.id, scenario.number, step).await?;
    let flash = Flash::good("scenario-step-removed-flash");
    see_other_saying(&links::plan::scenario(&staff.edition.slug, scenario.number), &flash)
}

pub(super) async fn put_away(
    staff: Staff<may::PlanEdit>,
    State(app): State<App>,
    Path((_, number)): Path<(String, String)>,
) -> Answer {
    let scenario = found(&staff, &app, &number).await?;
    app::plan::drop_scenario(&app, &staff.viewer, staff.edition.id, scenario.number).await?;
    see_other_saying(&links::plan::scenarios(&staff.edition.slug), &Flash::good("scenario-dropped-flash"))
}

#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub(super) struct Accept {
    revision: String,
}

pub(super) async fn promote(
    staff: Staff<may::PlanEdit>,
    State(app): State<App>,
    Path((_, number)): Path<(String, String)>,
    Fields(accept): Fields<Accept>,
) -> Answer {
    let scenario = found(&staff, &app, &number).await?;
    let revision = accept.revision.parse().unwrap_or_default();
    match app::plan::promote_scenario(&app, &staff.viewer, &staff.edition, scenario.number, revision).await {
        Ok(delta) => {
            let flash = Flash::good("scenario-promoted-flash").with("count", delta.moves.len());
            see_other_saying(&links::plan::home(&staff.edition.slug), &flash)
        }
        Err(app::Error::Stale) => refused(one(&staff, &app, &scenario, FormState::empty(), true).await?),
        Err(other) => Err(other.into()),
    }
}

#[derive(Debug, Default, Deserialize)]
#[serde(default)]
struct Chosen {
    scenario: Vec<i32>,
    baseline: Vec<i32>,
}

pub(super) async fn compare(staff: Staff<may::PlanRead>, State(app): State<App>, query: RawQuery) -> Answer {
    let chosen: Chosen = serde_html_form::from_str(query.0.as_deref().unwrap_or_default()).unwrap_or_default();
    let board = board(&app, &staff.edition).await?;
    let columns = app::plan::compare_plans(&app, &board, &chosen.baseline, &chosen.scenario).await?;
    let compare_page = ComparePage {
        slug: &staff.edition.slug,
        head: &board.head,
        columns: &columns,
        tasks: board.rows.iter().map(|row| (row.code.as_str(), &row.name)).collect(),
    };
    page(compare_page.render(&staff.shell()))
}
