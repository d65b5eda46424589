//! Pages of `printing`: the print room, stations, layouts with their editor, many badges in one go, the log.

mod bulk;
mod card;
mod editor;
mod layouts;
mod log;
mod preview;
mod room;
mod station;

pub use bulk::{BulkForm, BulkPage};
pub use card::{PrintCard, PrintDraft};
pub use editor::EditorPage;
pub use layouts::{LayoutCard, LayoutsPage};
pub use log::{LogPage, LogQuery};
pub use preview::{PreviewPart, badge_svg};
pub use room::RoomPage;
pub use station::{KeyShown, NewStationPage, StationPage};

use chrono::{DateTime, Utc};
use chrono_tz::Tz;
use domain::printing::station::StationState;
use domain::printing::view::JobLine;
use domain::printing::{Failure, JobState, Purpose, Station};
use maud::{Markup, Render, html};

use crate::{
    Badge, Lang, Tone,
    components::{Choice, Icon, Tab, cell_lines, tabs},
    links,
};

/// The views of the print room.
fn views(lang: Lang, edition: &str, here: &str) -> Markup {
    let tab = |key: &str, link, name: &str, icon| Tab::new(lang.t(key), link, here == name).icon(icon);
    tabs(
        lang,
        &lang.t("printing-title"),
        &[
            tab("printing-room", links::printing::home(edition), "room", Icon::Printer),
            tab("printing-bulk", links::printing::bulk(edition), "bulk", Icon::Layers),
            tab("printing-layouts", links::printing::layouts(edition), "layouts", Icon::Badge),
            tab("printing-log", links::printing::log(edition), "log", Icon::History),
        ],
    )
}

fn job_state(lang: Lang, state: JobState) -> Badge {
    let (tone, icon) = match state {
        JobState::Waiting => (Tone::Neutral, Icon::Hourglass),
        JobState::Printing => (Tone::Info, Icon::Printer),
        JobState::Printed => (Tone::Good, Icon::Check),
        JobState::Failed => (Tone::Bad, Icon::Close),
        JobState::Unsure => (Tone::Warn, Icon::Help),
        JobState::Cancelled => (Tone::Neutral, Icon::Ban),
    };
    Badge::new(lang.term("print-state", state.code()), tone).icon(icon)
}

fn station_state(lang: Lang, state: StationState) -> Badge {
    let (tone, icon) = match state {
        StationState::Ready => (Tone::Good, Icon::CheckCircle),
        StationState::Trouble => (Tone::Bad, Icon::Alert),
        StationState::Paused => (Tone::Warn, Icon::Pause),
        StationState::Away => (Tone::Bad, Icon::Offline),
        StationState::Waiting => (Tone::Neutral, Icon::Hourglass),
        StationState::Removed => (Tone::Neutral, Icon::Ban),
    };
    Badge::new(lang.term("print-station-state", state.code()), tone).icon(icon)
}

fn failure(lang: Lang, failure: Failure) -> String {
    lang.term("print-failure", failure.code())
}

/// Whose badge a job prints, with company and number below.
fn whose(lang: Lang, edition: &str, line: &JobLine) -> Markup {
    let Some(registration) = line.job.registration else {
        return html! { (lang.term("print-purpose", Purpose::Test.code())) };
    };
    let name = html! { a href=(links::registration::record(edition, registration)) { (line.name) } };
    let serial = line.serial.map(|serial| format!("{} {serial}", lang.t("badge-serial"))).unwrap_or_default();
    let below: Vec<&str> =
        [line.company.as_str(), serial.as_str()].into_iter().filter(|text| !text.is_empty()).collect();
    cell_lines(name, &below.join(" · "))
}

fn where_to(lang: Lang, line: &JobLine) -> String {
    line.station.clone().unwrap_or_else(|| lang.t("printing-browser"))
}

fn when(lang: Lang, zone: Tz, at: DateTime<Utc>) -> Markup {
    html! { time datetime=(at.to_rfc3339()) { (lang.moment(at, zone)) } }
}

fn ago(lang: Lang, zone: Tz, at: Option<DateTime<Utc>>) -> Markup {
    html! {
        @match at {
            Some(at) => time datetime=(at.to_rfc3339()) data-ago { (lang.moment(at, zone)) },
            None => span.muted { "–" },
        }
    }
}

/// The state of a job with what went wrong and why it is printed once more.
fn state_cell(lang: Lang, line: &JobLine) -> Markup {
    let job = &line.job;
    let said = match (job.failure, job.purpose) {
        (Some(what), _) => failure(lang, what),
        (None, Purpose::Again) if !job.note.is_empty() => job.note.clone(),
        (None, Purpose::Again) => lang.term("print-purpose", job.purpose.code()),
        _ => String::new(),
    };
    html! { (cell_lines(job_state(lang, job.state).render(), &said)) }
}

/// Stations to choose from, with how they are doing.
pub(crate) fn station_choices(lang: Lang, stations: &[Station], now: DateTime<Utc>) -> Vec<Choice> {
    let name = |station: &Station| {
        let state = station.state(now);
        if state == StationState::Ready {
            station.name.clone()
        } else {
            format!("{} ({})", station.name, lang.term("print-station-state", state.code()))
        }
    };
    stations.iter().map(|station| Choice::new(station.id.to_string(), name(station))).collect()
}
