//! The list of deviations with its filter, its files, and opening one without a task.

use super::super::{board, task::team};
use crate::answer::{Answer, Fail, download, page, refusals, refused, see_other_saying};
use crate::fields::Fields;
use crate::guard::{Staff, may};
use app::App;
use axum::extract::{Query, State};
use domain::access::Permission;
use domain::plan::DeviationDraft;
use domain::plan::supervision::DeviationFilter;
use domain::plan::view::{DeviationRow, Head, Person};
use store::read::plan;
use templates::organizer::plan::watch::{DeviationList, DeviationSheet};
use templates::{Flash, FormState, Markup, links};

/// Rows of a page.
const PAGE: usize = 100;

async fn found<P>(staff: &Staff<P>, app: &App) -> Result<(Head, Vec<DeviationRow>), Fail> {
    let board = board(app, &staff.edition).await?;
    let all = plan::deviations(&app.reader(), staff.edition.id, None, board.head.today).await?;
    Ok((board.head, all))
}

fn owners(all: &[DeviationRow]) -> Vec<Person> {
    let person = |row: &DeviationRow| row.deviation.owner.map(|id| Person { id, name: row.owner.clone() });
    let mut owners: Vec<Person> = all.iter().filter_map(person).collect();
    owners.sort_by(|a, b| (&a.name, a.id).cmp(&(&b.name, b.id)));
    owners.dedup_by_key(|person| person.id);
    owners
}

async fn render<P>(staff: &Staff<P>, app: &App, filter: &DeviationFilter, form: FormState) -> Result<Markup, Fail> {
    let (head, all) = found(staff, app).await?;
    let shown: Vec<&DeviationRow> = all.iter().filter(|row| filter.shows(row)).collect();
    let total = shown.len();
    let from = shown.iter().position(|row| row.id().to_string() == filter.after).map_or(0, |at| at + 1);
    let rows: Vec<&DeviationRow> = shown.into_iter().skip(from).take(PAGE).collect();
    let more = from + rows.len() < total;
    let list = DeviationList {
        slug: &staff.edition.slug,
        head: &head,
        all: &all,
        next: rows.last().filter(|_| more).map(|row| row.id().to_string()),
        rows,
        total,
        filter,
        owners: owners(&all),
        zone: staff.edition.time_zone,
        now: app.now(),
        team: team(&app.reader(), staff.edition.id, staff.ui.lang).await?,
        form,
        may_work: staff.may(Permission::PlanWork),
        may_export: staff.may(Permission::ExportData),
    };
    Ok(list.render(&staff.shell()))
}

pub(super) async fn list(
    staff: Staff<may::PlanRead>,
    State(app): State<App>,
    Query(filter): Query<DeviationFilter>,
) -> Answer {
    page(render(&staff, &app, &filter, FormState::empty()).await?)
}

pub(super) async fn open(
    staff: Staff<may::PlanWork>,
    State(app): State<App>,
    Fields(draft): Fields<DeviationDraft>,
) -> Answer {
    match app::plan::open_deviation(&app, &staff.viewer, staff.edition.id, None, &draft).await {
        Ok(id) => {
            let flash = Flash::good("plan-deviation-opened-flash");
            see_other_saying(&links::watch::deviation(&staff.edition.slug, id), &flash)
        }
        Err(error) => {
            let form = FormState::new(&draft, &refusals(error)?);
            refused(render(&staff, &app, &DeviationFilter::default(), form).await?)
        }
    }
}

async fn sheet(staff: &Staff<may::ExportData>, app: &App, filter: &DeviationFilter) -> Result<DeviationSheet, Fail> {
    // Taking the list away asks for the right to see it, too.
    if !staff.may(Permission::PlanRead) {
        return Err(Fail::Forbidden);
    }
    let (head, all) = found(staff, app).await?;
    let list = DeviationList {
        slug: &staff.edition.slug,
        head: &head,
        all: &all,
        rows: all.iter().filter(|row| filter.shows(row)).collect(),
        total: all.len(),
        next: None,
        filter,
        owners: Vec::new(),
        zone: staff.edition.time_zone,
        now: app.now(),
        team: Vec::new(),
        form: FormState::empty(),
        may_work: false,
        may_export: true,
    };
    Ok(list.sheet(staff.ui.lang))
}

pub(super) async fn csv(
    staff: Staff<may::ExportData>,
    State(app): State<App>,
    Query(filter): Query<DeviationFilter>,
) -> Answer {
    let sheet = sheet(&staff, &app, &filter).await?;
    let file = app::plan::export::csv(&sheet.head, &sheet.rows)?;
    download(&format!("{}-deviations.csv", staff.edition.slug), "text/csv; charset=utf-8", file)
}

pub(super) async fn xlsx(
    staff: Staff<may::ExportData>,
    State(app): State<App>,
    Query(filter): Query<DeviationFilter>,
) -> Answer {
    const XLSX: &str = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet";
    let sheet = sheet(&staff, &app, &filter).await?;
    let file = app::plan::export::xlsx(&staff.edition.slug, &sheet.head, &sheet.rows)?;
    download(&format!("{}-deviations.xlsx", staff.edition.slug), XLSX, file)
}
