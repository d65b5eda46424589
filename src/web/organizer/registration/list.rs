//! The list, the curve and the files.

use crate::{
    answer::{Answer, Fail, download_file, page},
    guard::{Staff, may},
    organizer::views::kept,
    path::{Export, Path},
};
use app::{App, registration as verbs};
use axum::extract::{Query, State};
use domain::{
    access::Permission,
    party::country,
    registration::{Category, Channel, Status, view::Filter},
};
use store::read::registration as read;
use templates::organizer::registration::{CurvePage, ListFilter, ListPage};

/// Rows on a page.
const PAGE: usize = 50;

/// What the address says as a filter. A value nobody knows narrows nothing: old links go on working.
fn filter(shown: &ListFilter) -> Filter {
    Filter {
        q: shown.q.clone(),
        category: Category::parse(&shown.category),
        status: Status::parse(&shown.status),
        channel: Channel::parse(&shown.channel),
        country: country::parse(&shown.country).map(str::to_owned),
        day: shown.day.parse().ok(),
        waiting: !shown.waiting.is_empty(),
    }
}

pub(super) async fn list(
    staff: Staff<may::RegistrationRead>,
    State(app): State<App>,
    Query(shown): Query<ListFilter>,
) -> Answer {
    let (reader, edition) = (app.reader(), staff.edition.id);
    let filter = filter(&shown);
    let counts = read::counts(&reader, edition).await?;
    let mut rows = read::list(&reader, edition, &filter, shown.before.parse().ok(), PAGE as u32 + 1).await?;
    let more = rows.len() > PAGE;
    rows.truncate(PAGE);
    let total = if filter == Filter::default() { counts.total } else { read::count(&reader, edition, &filter).await? };
    let today_is = staff.edition.day(app.now());
    let today = read::count(&reader, edition, &Filter { day: Some(today_is), ..Filter::default() }).await?;
    let days = read::days(&reader, edition).await?;
    let list = ListPage {
        filter: &shown,
        rows: &rows,
        total,
        at_least: !filter.q.trim().is_empty() && total >= read::MOST_COUNTED,
        counts: &counts,
        today,
        today_is,
        next: rows.last().filter(|_| more).map(|row| row.number),
        days: &days,
        zone: staff.edition.time_zone,
        views: &kept(&app, &staff, "registrations").await?,
        may_edit: staff.may(Permission::RegistrationEdit),
        may_export: staff.may(Permission::ExportData),
    };
    page(list.render(&staff.shell()))
}

pub(super) async fn curve(staff: Staff<may::RegistrationRead>, State(app): State<App>) -> Answer {
    let days = read::curve(&app.reader(), staff.edition.id).await?;
    let today = staff.edition.day(app.now());
    page(CurvePage { days: &days, opens_on: staff.edition.opens_on, today }.render(&staff.shell()))
}

/// Downloading is a right of its own; it does not open what the reader may not see.
pub(super) async fn export(
    staff: Staff<may::ExportData>,
    State(app): State<App>,
    Path(path): Path<Export>,
    Query(shown): Query<ListFilter>,
) -> Answer {
    if !staff.may(Permission::RegistrationRead) {
        return Err(Fail::Missing);
    }
    let (edition, filter) = (&staff.edition, filter(&shown));
    let name = format!("registrations-{}-{}.{}", edition.slug, edition.day(app.now()), path.format.ending());
    let look = (staff.ui.lang, edition.time_zone);
    download_file(&name, verbs::download_list(&app, &staff.viewer, edition, &filter, (look, path.format)).await?)
}
