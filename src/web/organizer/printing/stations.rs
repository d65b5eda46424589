//! Stations: a new one, one of them, what is done with it.

use super::{done, refused_there};
use crate::{
    answer::{Answer, Fail, page, refusals, refused, see_other_saying},
    fields::Fields,
    guard::{Staff, may},
    path::Path,
};
use app::App;
use app::printing::{self as verbs, NewStation};
use axum::extract::State;
use domain::PrintStationId;
use domain::journal::{Subject, SubjectKind};
use domain::printing::station::StationDraft;
use domain::printing::view::LogFilter;
use serde::Deserialize;
use store::read::{journal, printing as read};
use templates::organizer::printing::{KeyShown, NewStationPage, StationPage};
use templates::{Flash, FormState, Markup, links};

type Editor = Staff<may::RegistrationEdit>;
/// Lines of the timeline and of jobs shown.
const LINES: usize = 20;

async fn new_page(staff: &Editor, app: &App, form: &FormState) -> Result<Markup, Fail> {
    let reader = app.reader();
    let layouts = read::layouts(&reader, staff.edition.id).await?;
    let stations = read::stations(&reader, staff.edition.id).await?;
    Ok(NewStationPage { form, layouts: &layouts, stations: &stations }.render(&staff.shell()))
}

pub(super) async fn new(staff: Editor, State(app): State<App>) -> Answer {
    page(new_page(&staff, &app, &FormState::empty()).await?)
}

/// The key is in this answer and nowhere else, so there is no redirect to lose it on.
pub(super) async fn create(staff: Editor, State(app): State<App>, Fields(draft): Fields<StationDraft>) -> Answer {
    let outcome = match draft.parse() {
        Ok(change) => verbs::create_station(&app, &staff.viewer, &staff.edition, change).await,
        Err(refusals) => Err(refusals.into()),
    };
    match outcome {
        Ok(new) => page(station(&staff, &app, new.station, None, Some(&new)).await?),
        Err(error) => refused(new_page(&staff, &app, &FormState::new(&draft, &refusals(error)?)).await?),
    }
}

async fn station(
    staff: &Editor,
    app: &App,
    id: PrintStationId,
    form: Option<FormState>,
    key: Option<&NewStation>,
) -> Result<Markup, Fail> {
    let (reader, edition, now) = (app.reader(), staff.edition.id, app.now());
    let lines = read::station_lines(&reader, edition, verbs::today_began(&staff.edition, now)).await?;
    let line = lines.iter().find(|line| line.station.id == id).ok_or(Fail::Missing)?;
    let others: Vec<_> = lines.iter().map(|line| line.station.clone()).filter(|station| station.id != id).collect();
    let layouts = read::layouts(&reader, edition).await?;
    let of_station = LogFilter { station: Some(id), ..LogFilter::default() };
    let jobs = read::jobs(&reader, edition, &of_station, None, LINES).await?.lines;
    let subject = Subject::new(SubjectKind::PrintStation, id);
    let history = journal::timeline(&reader, subject, LINES as u32).await?;
    let form = form.unwrap_or_else(|| FormState::of(&StationDraft::of(&line.station)));
    let server = app.settings().base_url.trim_end_matches('/');
    let html = StationPage {
        line,
        form: &form,
        layouts: &layouts,
        others: &others,
        key: key.map(|new| KeyShown { key: &new.key, server }),
        jobs: &jobs,
        history: &history,
        zone: staff.edition.time_zone,
        now,
    };
    Ok(html.render(&staff.shell()))
}

pub(super) async fn show(
    staff: Editor,
    State(app): State<App>,
    Path((_, id)): Path<(String, PrintStationId)>,
) -> Answer {
    page(station(&staff, &app, id, None, None).await?)
}

pub(super) async fn change(
    staff: Editor,
    State(app): State<App>,
    Path((_, id)): Path<(String, PrintStationId)>,
    Fields(draft): Fields<StationDraft>,
) -> Answer {
    let outcome = match draft.parse() {
        Ok(change) => verbs::change_station(&app, &staff.viewer, &staff.edition, id, change).await,
        Err(refusals) => Err(refusals.into()),
    };
    match outcome {
        Ok(()) => {
            let to = links::printing::station(&staff.edition.slug, id);
            see_other_saying(&to, &Flash::good("printing-said-station-saved"))
        }
        Err(error) => {
            let form = FormState::new(&draft, &refusals(error)?);
            refused(station(&staff, &app, id, Some(form), None).await?)
        }
    }
}

#[derive(Default, Deserialize)]
#[serde(default)]
pub(super) struct Goal {
    station: String,
}

pub(super) async fn act(
    staff: Editor,
    State(app): State<App>,
    Path((_, id, deed)): Path<(String, PrintStationId, String)>,
    Fields(goal): Fields<Goal>,
) -> Answer {
    let (viewer, edition) = (&staff.viewer, &staff.edition);
    let here = links::printing::station(&edition.slug, id);
    let room = links::printing::home(&edition.slug);
    match deed.as_str() {
        "pause" => done(&room, "printing-said-paused", verbs::pause_station(&app, viewer, edition, id, true).await),
        "resume" => done(&room, "printing-said-resumed", verbs::pause_station(&app, viewer, edition, id, false).await),
        "test" => done(&here, "printing-said-test", verbs::print_test_page(&app, viewer, edition, id).await),
        "key" => {
            let new = verbs::renew_key(&app, viewer, edition, id).await?;
            page(station(&staff, &app, id, None, Some(&new)).await?)
        }
        "remove" => match verbs::remove_station(&app, viewer, edition, id).await {
            Ok(()) => see_other_saying(&room, &Flash::good("printing-said-station-removed")),
            Err(error) => refused_there(&here, error),
        },
        "send" => {
            let to = goal.station.parse().map_err(|_| Fail::Missing)?;
            match verbs::clear_queue_to(&app, viewer, edition, id, to).await {
                Ok(count) => see_other_saying(&here, &Flash::good("printing-said-queue-sent").with("count", count)),
                Err(error) => refused_there(&here, error),
            }
        }
        _ => Err(Fail::Missing),
    }
}
