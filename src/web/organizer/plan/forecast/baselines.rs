//! Baselines: the list, freezing one, comparing one with the present, choosing the one pictures show.

use super::board;
use crate::answer::{Answer, Fail, download_file, page, refusals, refused, see_other_saying};
use crate::fields::Fields;
use crate::guard::{Staff, may};
use crate::path::Path;
use app::App;
use app::spreadsheet::{self, Format};
use axum::extract::{Query, State};
use domain::access::Permission;
use domain::plan::baseline::{BaselineDraft, Change, Comparison, FrozenPlan, compare as compare_with};
use domain::plan::view::Board;
use serde::Deserialize;
use store::read::plan;
use templates::organizer::plan::{BaselinePage, Baselines};
use templates::{Flash, FormState, Markup, links};

async fn render<P>(staff: &Staff<P>, app: &App, form: FormState) -> Result<Markup, Fail> {
    let board = board(app, &staff.edition).await?;
    let all = plan::baselines(&app.reader(), staff.edition.id).await?;
    let list = Baselines {
        slug: &staff.edition.slug,
        head: &board.head,
        all: &all,
        zone: staff.edition.time_zone,
        form,
        may_edit: staff.may(Permission::PlanEdit),
    };
    Ok(list.render(&staff.shell()))
}

pub(super) async fn list(staff: Staff<may::PlanRead>, State(app): State<App>) -> Answer {
    page(render(&staff, &app, FormState::empty()).await?)
}

pub(super) async fn freeze(
    staff: Staff<may::PlanEdit>,
    State(app): State<App>,
    Fields(draft): Fields<BaselineDraft>,
) -> Answer {
    match app::plan::take_baseline(&app, &staff.viewer, staff.edition.id, &draft).await {
        Ok(taken) => {
            let flash = Flash::good("baseline-frozen-flash").with("number", taken.number);
            see_other_saying(&links::plan::baselines(&staff.edition.slug), &flash)
        }
        Err(error) => refused(render(&staff, &app, FormState::new(&draft, &refusals(error)?)).await?),
    }
}

/// A baseline with its comparison.
struct Found {
    board: Board,
    plan: FrozenPlan,
    comparison: Comparison,
    by: String,
}

async fn found<P>(staff: &Staff<P>, app: &App, number: &str) -> Result<Found, Fail> {
    let number: i32 = number.parse().map_err(|_| Fail::Missing)?;
    let board = board(app, &staff.edition).await?;
    let reader = app.reader();
    let plan = plan::baseline(&reader, staff.edition.id, number).await?.ok_or(Fail::Missing)?;
    let all = plan::baselines(&reader, staff.edition.id).await?;
    let by = all.into_iter().find(|(one, _)| one.number == number).map(|(_, by)| by).unwrap_or_default();
    let comparison = compare_with(&plan, &board.rows, board.head.room, staff.edition.time_zone);
    Ok(Found { board, plan, comparison, by })
}

#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub(super) struct Shown {
    only: String,
}

fn shown<'a, P>(staff: &'a Staff<P>, found: &'a Found, only: &str) -> BaselinePage<'a> {
    BaselinePage {
        slug: &staff.edition.slug,
        head: &found.board.head,
        baseline: &found.plan.baseline,
        by: &found.by,
        comparison: &found.comparison,
        only: Change::parse(only),
        all: only == "all",
        zone: staff.edition.time_zone,
        may_edit: staff.may(Permission::PlanEdit),
        may_export: staff.may(Permission::ExportData),
    }
}

pub(super) async fn compare(
    staff: Staff<may::PlanRead>,
    State(app): State<App>,
    Path((_, number)): Path<(String, String)>,
    Query(query): Query<Shown>,
) -> Answer {
    let found = found(&staff, &app, &number).await?;
    page(shown(&staff, &found, &query.only).render(&staff.shell()))
}

pub(super) async fn export(
    staff: Staff<may::ExportData>,
    State(app): State<App>,
    Path((_, number)): Path<(String, String)>,
) -> Answer {
    let found = found(&staff, &app, &number).await?;
    let sheet = shown(&staff, &found, "all").sheet(staff.ui.lang);
    let file = spreadsheet::file(Format::Csv, &sheet.head, sheet.rows)?;
    let name = format!("{}-baseline-{}.csv", staff.edition.slug, found.plan.baseline.number);
    download_file(&name, file)
}

#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub(super) struct Choice {
    on: String,
}

pub(super) async fn show(
    staff: Staff<may::PlanEdit>,
    State(app): State<App>,
    Path((_, number)): Path<(String, String)>,
    Fields(choice): Fields<Choice>,
) -> Answer {
    let number: i32 = number.parse().map_err(|_| Fail::Missing)?;
    let on = !choice.on.is_empty();
    app::plan::show_baseline(&app, &staff.viewer, staff.edition.id, number, on).await?;
    let flash = if on { Flash::good("baseline-shown-flash") } else { Flash::good("baseline-hidden-flash") };
    see_other_saying(&links::plan::baselines(&staff.edition.slug), &flash.with("number", number))
}
