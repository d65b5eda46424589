//! The views of the plan as a whole: overview, paper, files, Gantt, a person's own work.

use super::board;
use crate::answer::{Answer, Fail, download_file, page, refusals, refused, see_other_saying};
use crate::fields::Fields;
use crate::guard::{Staff, may};
use app::App;
use app::spreadsheet::{self, Format};
use axum::extract::{RawQuery, State};
use domain::TaskId;
use domain::access::Permission;
use domain::plan::Indicator;
use domain::plan::my_work::my_work;
use domain::plan::view::{Board, Filter};
use serde::{Deserialize, Serialize};
use std::collections::HashMap;
use store::read::plan;
use templates::organizer::plan::{Mine, NoPlan, Overview, OverviewSheet};
use templates::{Flash, FormState, Lang, links};

/// Columns may be chosen several times, so the query is read as a form is.
pub(super) fn filter(query: &RawQuery) -> Filter {
    serde_html_form::from_str(query.0.as_deref().unwrap_or_default()).unwrap_or_default()
}

fn shown<'a, P>(staff: &'a Staff<P>, board: &'a Board, filter: &'a Filter) -> Overview<'a> {
    Overview {
        slug: &staff.edition.slug,
        board,
        shown: filter.positions(board),
        filter,
        views: &[],
        edit: None,
        may_export: staff.may(Permission::ExportData),
    }
}

pub(super) async fn overview(staff: Staff<may::PlanRead>, State(app): State<App>, query: RawQuery) -> Answer {
    let reader = app.reader();
    let Some(board) = plan::board(&reader, staff.edition.id, app.now()).await? else {
        return page(no_plan(&staff, FormState::empty(), staff.ui.lang).render(&staff.shell()));
    };
    let filter = filter(&query);
    let views = crate::organizer::views::kept(&app, &staff, "plan").await?;
    let mut overview = shown(&staff, &board, &filter);
    overview.views = &views;
    if staff.may(Permission::PlanEdit) {
        overview.edit = Some(super::outline::bulk_fields(&staff, &app, &board).await?);
    }
    page(overview.render(&staff.shell()))
}

fn no_plan<P>(staff: &Staff<P>, form: FormState, lang: Lang) -> NoPlan<'_> {
    let templates = domain::plan::templates().iter();
    NoPlan {
        slug: &staff.edition.slug,
        templates: templates
            .map(|one| (one.code.as_str(), one.name.get(lang.locale()).to_owned(), one.tasks.len()))
            .collect(),
        form,
        may_edit: staff.may(Permission::PlanEdit),
    }
}

/// The template to begin with.
#[derive(Debug, Default, Serialize, Deserialize)]
#[serde(default)]
pub(super) struct Begin {
    template: String,
}

pub(super) async fn create(
    staff: Staff<may::PlanEdit>,
    State(app): State<App>,
    Fields(begin): Fields<Begin>,
) -> Answer {
    match app::plan::create_plan(&app, &staff.viewer, &staff.edition, &begin.template).await {
        Ok(count) => {
            let flash = Flash::good("plan-created").with("count", count);
            see_other_saying(&links::plan::home(&staff.edition.slug), &flash)
        }
        Err(error) => {
            let form = FormState::new(&begin, &refusals(error)?);
            refused(no_plan(&staff, form, staff.ui.lang).render(&staff.shell()))
        }
    }
}

pub(super) async fn print(staff: Staff<may::PlanRead>, State(app): State<App>, query: RawQuery) -> Answer {
    let board = board(&app, &staff.edition).await?;
    let (filter, lang) = (filter(&query), staff.ui.lang);
    let now = lang.instant(app.now(), staff.edition.time_zone);
    let footer = format!("{} · {now}", staff.edition.name.get(lang.locale()));
    page(shown(&staff, &board, &filter).print(lang, footer))
}

async fn sheet(staff: &Staff<may::ExportData>, app: &App, query: &RawQuery) -> Result<OverviewSheet, Fail> {
    let board = board(app, &staff.edition).await?;
    let filter = filter(query);
    Ok(shown(staff, &board, &filter).sheet(staff.ui.lang))
}

pub(super) async fn csv(staff: Staff<may::ExportData>, State(app): State<App>, query: RawQuery) -> Answer {
    let sheet = sheet(&staff, &app, &query).await?;
    let file = spreadsheet::file(Format::Csv, &sheet.head, sheet.rows)?;
    download_file(&format!("{}-plan.csv", staff.edition.slug), file)
}

pub(super) async fn xlsx(staff: Staff<may::ExportData>, State(app): State<App>, query: RawQuery) -> Answer {
    let sheet = sheet(&staff, &app, &query).await?;
    let file = spreadsheet::file(Format::Xlsx, &sheet.head, sheet.rows)?;
    download_file(&format!("{}-plan.xlsx", staff.edition.slug), file)
}

pub(super) async fn mine(staff: Staff<may::PlanRead>, State(app): State<App>) -> Answer {
    let board = board(&app, &staff.edition).await?;
    let mut asked: HashMap<TaskId, Vec<Indicator>> = HashMap::new();
    for one in plan::all_indicators(&app.reader(), staff.edition.id).await? {
        asked.entry(one.task).or_default().push(one);
    }
    let items = my_work(&board, staff.viewer.user, &asked, app.now());
    page(Mine { slug: &staff.edition.slug, head: &board.head, items: &items }.render(&staff.shell()))
}
