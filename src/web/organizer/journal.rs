//! The journal of an edition.

use super::views::kept;
use crate::{
    Need, Surface,
    answer::{Answer, download_file, page},
    guard::{Staff, may},
    path::{Export, Path},
};
use app::{App, office as verbs};
use axum::extract::{Query, State};
use chrono::{Days, NaiveDate, NaiveTime};
use domain::{access::Permission, edition::Edition, journal::SubjectKind};
use store::read::journal::{self as read, JournalFilter};
use templates::organizer::journal::{JournalPage, JournalQuery};

/// Facts on a page.
const PAGE: usize = 60;

pub(super) fn routes(s: &mut Surface) {
    s.get("/e/{edition}/journal", Need::Staff(Permission::JournalRead), list);
    s.get("/e/{edition}/journal/export/{format}", Need::Staff(Permission::ExportData), export);
}

/// What the address says as a filter. A value nobody knows narrows nothing: old links go on working.
fn filter(edition: &Edition, query: &JournalQuery) -> JournalFilter {
    let midnight = |day: NaiveDate| edition.instant(day.and_time(NaiveTime::MIN));
    let day = |text: &str| text.parse::<NaiveDate>().ok();
    JournalFilter {
        who: query.q.clone(),
        about: SubjectKind::parse(&query.about),
        from: day(&query.from).map(midnight),
        // The last day is meant whole.
        before: day(&query.until).and_then(|day| day.checked_add_days(Days::new(1))).map(midnight),
        after: query.after.clone(),
    }
}

async fn list(staff: Staff<may::JournalRead>, State(app): State<App>, Query(query): Query<JournalQuery>) -> Answer {
    let filter = filter(&staff.edition, &query);
    let found = read::journal(&app.reader(), staff.edition.id, &filter, PAGE).await?;
    let journal = JournalPage {
        query: &query,
        entries: &found.rows,
        zone: staff.edition.time_zone,
        next: found.next,
        views: &kept(&app, &staff, "journal").await?,
        may_export: staff.may(Permission::ExportData),
    };
    page(journal.render(&staff.shell()))
}

async fn export(
    staff: Staff<may::ExportData>,
    State(app): State<App>,
    Path(path): Path<Export>,
    Query(query): Query<JournalQuery>,
) -> Answer {
    staff.must(Permission::JournalRead)?;
    let edition = &staff.edition;
    let filter = JournalFilter { after: String::new(), ..filter(edition, &query) };
    let look = (staff.ui.lang, path.format);
    let file = verbs::download_journal(&app, &staff.viewer, edition, &filter, look).await?;
    download_file(&format!("journal-{}-{}.{}", edition.slug, edition.day(app.now()), path.format.ending()), file)
}
