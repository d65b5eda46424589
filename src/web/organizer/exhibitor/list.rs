//! The list of exhibitors and its export.

use super::{ALL, PAGE};
use crate::{
    Need, Surface,
    answer::{Answer, Fail, download_file, page},
    guard::{Staff, may},
    organizer::views::kept,
};
use app::{
    App,
    spreadsheet::{self, Cell, Format},
};
use axum::extract::{Query, State};
use domain::{
    access::Permission,
    exhibitor::view::{ExhibitorFilter, ExhibitorRow},
};
use store::read;
use templates::{Lang, organizer::exhibitor::ExhibitorsPage};

pub(crate) fn routes(s: &mut Surface) {
    s.get("/e/{edition}/exhibitor", Need::Staff(Permission::ExhibitorRead), list);
    s.get("/e/{edition}/exhibitor/export.csv", Need::Staff(Permission::ExportData), export_csv);
    s.get("/e/{edition}/exhibitor/export.xlsx", Need::Staff(Permission::ExportData), export_xlsx);
}

async fn list(
    staff: Staff<may::ExhibitorRead>,
    State(app): State<App>,
    Query(filter): Query<ExhibitorFilter>,
) -> Answer {
    let (reader, edition, now) = (app.reader(), &staff.edition, app.now());
    let found = read::exhibitor::exhibitors(&reader, edition.id, &filter, now, PAGE).await?;
    let halls = read::venue::hall_choices(&reader, edition.venue, edition.id).await?;
    let view = ExhibitorsPage {
        slug: &edition.slug,
        filter: &filter,
        rows: &found.rows,
        next: found.next,
        later: !filter.after.is_empty(),
        figures: read::exhibitor::figures(&reader, edition.id, now).await?,
        total: read::exhibitor::count(&reader, edition.id, &filter, now).await?,
        halls: &halls,
        views: &kept(&app, &staff, "exhibitors").await?,
        may_export: staff.may(Permission::ExportData),
    };
    page(view.render(&staff.shell()))
}

async fn rows(
    staff: &Staff<may::ExportData>,
    app: &App,
    filter: &ExhibitorFilter,
) -> Result<(Vec<String>, Vec<Vec<Cell>>), Fail> {
    // Taking the list away asks for the right to see it, too.
    if !staff.may(Permission::ExhibitorRead) {
        return Err(Fail::Forbidden);
    }
    let lang = staff.ui.lang;
    let whole = ExhibitorFilter { after: String::new(), ..filter.clone() };
    // The stands and duties of a page are asked for with one list of ids, which has a limit.
    let mut found = Vec::new();
    let mut after = String::new();
    while found.len() < ALL {
        let part = ExhibitorFilter { after, ..whole.clone() };
        let page = read::exhibitor::exhibitors(&app.reader(), staff.edition.id, &part, app.now(), 1_000).await?;
        found.extend(page.rows.iter().map(|row| cells(lang, row)));
        match page.next {
            Some(next) => after = next,
            None => break,
        }
    }
    let heads = [
        "apply-company-en",
        "apply-company-zh",
        "apply-country",
        "exhibitor-stands",
        "sales-area-m2",
        "exhibitor-done",
        "exhibitor-all-duties",
        "exhibitor-overdue",
        "exhibitor-portal",
    ];
    Ok((heads.iter().map(|key| lang.t(key)).collect(), found))
}

fn cells(lang: Lang, row: &ExhibitorRow) -> Vec<Cell> {
    let stands: Vec<&str> = row.stands.iter().map(|(_, number)| number.as_str()).collect();
    let portal = if row.joined > 0 { "joined" } else { "waiting" };
    vec![
        row.company.en.as_str().into(),
        row.company.zh.as_str().into(),
        row.country.as_str().into(),
        stands.join(" ").into(),
        Cell::Number(row.area_dm2 as f64 / 100.0),
        row.progress.done.into(),
        row.progress.total.into(),
        row.progress.overdue.into(),
        lang.term("exhibitor-portal", portal).into(),
    ]
}

async fn export_csv(
    staff: Staff<may::ExportData>,
    State(app): State<App>,
    Query(filter): Query<ExhibitorFilter>,
) -> Answer {
    let (heads, rows) = rows(&staff, &app, &filter).await?;
    let name = format!("exhibitors-{}.csv", staff.edition.slug);
    download_file(&name, spreadsheet::file(Format::Csv, &heads, rows)?)
}

async fn export_xlsx(
    staff: Staff<may::ExportData>,
    State(app): State<App>,
    Query(filter): Query<ExhibitorFilter>,
) -> Answer {
    let (heads, rows) = rows(&staff, &app, &filter).await?;
    download_file(&format!("exhibitors-{}.xlsx", staff.edition.slug), spreadsheet::file(Format::Xlsx, &heads, rows)?)
}
