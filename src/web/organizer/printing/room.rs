//! The print room and its log; what people do with jobs; the card on a registration's page.

use super::{done, refused_there};
use crate::{
    answer::{Answer, Fail, download_file, page, see_other, see_other_saying},
    fields::Fields,
    guard::{Staff, may},
    organizer::views::kept,
    path::{Export, Path},
};
use app::App;
use app::printing::{self as verbs, Deed, PrintWish};
use axum::extract::{Query, State};
use domain::access::Permission;
use domain::printing::JobState;
use domain::printing::view::LogFilter;
use domain::registration::CredentialState;
use domain::registration::view::CredentialRow;
use domain::{PrintJobId, RegistrationId};
use serde::Deserialize;
use store::read::printing as read;
use templates::organizer::printing::{LogPage, LogQuery, PrintCard, PrintDraft, RoomPage};
use templates::{Flash, Markup, links};

/// Rows on a page of the log.
const PAGE: usize = 50;
/// Rows of the room's lists.
const LINES: usize = 12;
/// Jobs to look at that are shown in the room.
const OPEN: usize = 50;

const WORRIES: [JobState; 2] = [JobState::Failed, JobState::Unsure];

pub(super) async fn room(staff: Staff<may::RegistrationRead>, State(app): State<App>) -> Answer {
    let (reader, edition, now) = (app.reader(), staff.edition.id, app.now());
    let since = verbs::today_began(&staff.edition, now);
    let stations = read::station_lines(&reader, edition, since).await?;
    let counts = read::counts(&reader, edition, since).await?;
    let worries = LogFilter { states: WORRIES.to_vec(), ..LogFilter::default() };
    let open = read::jobs(&reader, edition, &worries, None, OPEN).await?.lines;
    let waiting = read::queue(&reader, edition, None, LINES as u32).await?;
    let through = LogFilter { states: vec![JobState::Printed], ..LogFilter::default() };
    let printed = read::jobs(&reader, edition, &through, None, LINES).await?.lines;
    let room = RoomPage {
        stations: &stations,
        open: &open,
        waiting: &waiting,
        printed: &printed,
        counts,
        zone: staff.edition.time_zone,
        now,
        may_edit: staff.may(Permission::RegistrationEdit),
        no_fonts: verbs::fonts_are_missing(),
    };
    page(room.render(&staff.shell()))
}

/// What the address says as a filter. A value nobody knows narrows nothing: old links go on working.
fn filter(query: &LogQuery) -> LogFilter {
    let states = match query.state.as_str() {
        "open" => WORRIES.to_vec(),
        code => JobState::parse(code).into_iter().collect(),
    };
    LogFilter {
        words: query.q.clone(),
        states,
        station: query.station.parse().ok(),
        registration: query.registration.parse().ok(),
        batch: query.batch.parse().ok(),
        ..LogFilter::default()
    }
}

pub(super) async fn log(
    staff: Staff<may::RegistrationRead>,
    State(app): State<App>,
    Query(query): Query<LogQuery>,
) -> Answer {
    let (reader, edition) = (app.reader(), staff.edition.id);
    let found = read::jobs(&reader, edition, &filter(&query), query.before.parse().ok(), PAGE).await?;
    let stations = read::stations(&reader, edition).await?;
    let log = LogPage {
        query: &query,
        lines: &found.lines,
        next: found.next.map(|id| id.to_string()),
        stations: &stations,
        zone: staff.edition.time_zone,
        views: &kept(&app, &staff, "prints").await?,
        may_export: staff.may(Permission::ExportData),
    };
    page(log.render(&staff.shell()))
}

/// Downloading is a right of its own; it does not open what the reader may not see.
pub(super) async fn export(
    staff: Staff<may::ExportData>,
    State(app): State<App>,
    Path(path): Path<Export>,
    Query(query): Query<LogQuery>,
) -> Answer {
    if !staff.may(Permission::RegistrationRead) {
        return Err(Fail::Missing);
    }
    let edition = &staff.edition;
    let name = format!("print-log-{}-{}.{}", edition.slug, edition.day(app.now()), path.format.ending());
    let look = (staff.ui.lang, edition.time_zone);
    download_file(&name, verbs::export_log(&app.reader(), edition.id, &filter(&query), look, path.format).await?)
}

#[derive(Default, Deserialize)]
#[serde(default)]
pub(super) struct Goal {
    station: String,
}

pub(super) async fn act(
    staff: Staff<may::RegistrationEdit>,
    State(app): State<App>,
    Path((_, job, deed)): Path<(String, PrintJobId, String)>,
    Fields(goal): Fields<Goal>,
) -> Answer {
    let (deed, said) = match deed.as_str() {
        "retry" => (Deed::Retry, "printing-said-retried"),
        "cancel" => (Deed::Cancel, "printing-said-cancelled"),
        "came-out" => (Deed::CameOut, "printing-said-settled"),
        "did-not" => (Deed::DidNot, "printing-said-retried"),
        "send" => (Deed::SendTo(goal.station.parse().map_err(|_| Fail::Missing)?), "printing-said-sent"),
        _ => return Err(Fail::Missing),
    };
    let outcome = verbs::act(&app, staff.viewer.actor(), &staff.edition, job, deed).await;
    done(&links::printing::home(&staff.edition.slug), said, outcome)
}

/// Prints a badge. The browser gets the file at once; a station gets it from the queue.
pub(super) async fn print(
    staff: Staff<may::RegistrationEdit>,
    State(app): State<App>,
    Path((_, id)): Path<(String, RegistrationId)>,
    Fields(draft): Fields<PrintDraft>,
) -> Answer {
    let slug = &staff.edition.slug;
    let record = links::registration::record(slug, id);
    let station = match draft.station.trim() {
        "" => None,
        text => Some(text.parse().map_err(|_| Fail::Missing)?),
    };
    let wish = PrintWish { station, again: draft.again.clone(), replace: draft.how == "replace" };
    match verbs::print_badge(&app, staff.viewer.actor(), &staff.edition, id, &wish).await {
        Ok(_) if station.is_none() => see_other(&links::registration::badge_pdf(slug, id)),
        Ok(queued) => {
            let flash =
                Flash::good("printing-said-queued").with("serial", queued.serial).with("station", queued.station);
            see_other_saying(&record, &flash)
        }
        Err(error) => refused_there(&record, error),
    }
}

/// The card on the page of a registration.
pub(crate) async fn card_of<P>(
    staff: &Staff<P>,
    app: &App,
    registration: RegistrationId,
    badges: &[CredentialRow],
) -> Result<Markup, Fail> {
    let (reader, edition) = (app.reader(), staff.edition.id);
    let of_person = LogFilter { registration: Some(registration), ..LogFilter::default() };
    let jobs = read::jobs(&reader, edition, &of_person, None, LINES).await?.lines;
    let stations = read::stations(&reader, edition).await?;
    let current = badges.iter().find(|badge| badge.state == CredentialState::Active.code());
    let usual = jobs.iter().find_map(|line| line.job.station).map(|id| id.to_string());
    let card = PrintCard {
        edition: &staff.edition.slug,
        registration,
        printable: current.is_some(),
        serial: current.map(|badge| badge.serial),
        jobs: &jobs,
        stations: &stations,
        usual,
        zone: staff.edition.time_zone,
        now: app.now(),
        may_edit: staff.may(Permission::RegistrationEdit),
    };
    Ok(card.render(staff.ui.lang))
}
