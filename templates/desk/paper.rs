//! Where a badge comes out and how far it is, in a sentence that says what to do when it does not.

use chrono::{DateTime, Utc};
use domain::PrintStationId;
use domain::printing::view::JobLine;
use domain::printing::{Failure, JobState, Station};
use maud::{Markup, html};

use crate::components::{Choice, Tone, callout};
use crate::{Lang, organizer::printing::station_choices};

/// What a form and a browser's memory say for: do not print. Not empty, as an empty answer is none.
pub const NOWHERE: &str = "none";

/// The stations of an edition, seen from a place.
pub struct Printers {
    /// Those that take badges.
    pub stations: Vec<Station>,
    /// The one at hand.
    pub here: Option<PrintStationId>,
    /// Now: whether a station's agent is there depends on it.
    pub now: DateTime<Utc>,
}

impl Printers {
    /// Stations to choose from, with how they are doing; not to print is a choice as well.
    pub fn choices(&self, lang: Lang) -> Vec<Choice> {
        let none = Choice::new(NOWHERE, lang.t("desk-paper-none"));
        station_choices(lang, &self.stations, self.now).into_iter().chain([none]).collect()
    }

    /// The same with what was chosen in a form that comes back.
    #[must_use]
    pub fn chosen(self, station: Option<PrintStationId>) -> Self {
        Self { here: station, ..self }
    }

    /// The value of the one at hand in a form.
    pub fn value(&self) -> String {
        self.here.map_or_else(|| NOWHERE.to_owned(), |id| id.to_string())
    }
}

/// A badge that was asked for at a station.
pub struct Paper {
    station: String,
    state: JobState,
    failure: Option<Failure>,
    /// The station can be expected to print now.
    able: bool,
}

impl Paper {
    /// What a job says; nothing for one that a browser printed or that was taken out of the queue.
    pub fn of(line: &JobLine, printers: &Printers) -> Option<Self> {
        let id = line.job.station.filter(|_| line.job.state != JobState::Cancelled)?;
        let able = printers.stations.iter().any(|station| station.id == id && station.is_able(printers.now));
        let station = line.station.clone().unwrap_or_default();
        Some(Self { station, state: line.job.state, failure: line.job.failure, able })
    }

    /// Whether it changes by itself, soon. What waits for a station that takes nothing may be sent to another.
    pub fn is_moving(&self) -> bool {
        matches!(self.state, JobState::Printing) || (matches!(self.state, JobState::Waiting) && self.able)
    }

    /// Whether it may be on paper: another one needs to be said why, or takes its place.
    pub fn may_be_out(&self) -> bool {
        matches!(self.state, JobState::Printed | JobState::Unsure)
    }

    /// Where it comes out, how far it is, what to do. `alone`: nobody of the staff reads it.
    pub fn notice(&self, lang: Lang, alone: bool) -> Markup {
        let station = ("station", self.station.as_str().into());
        let help = |key| if alone { lang.t("desk-paper-ask") } else { lang.t(key) };
        let (tone, said, help) = match self.state {
            JobState::Waiting if self.able => (Tone::Info, lang.with("desk-paper-waiting", &[station]), String::new()),
            JobState::Waiting => (Tone::Warn, lang.with("desk-paper-held", &[station]), help("desk-paper-held-help")),
            JobState::Printing => (Tone::Info, lang.with("desk-paper-printing", &[station]), String::new()),
            JobState::Printed => (Tone::Good, lang.with("desk-paper-printed", &[station]), String::new()),
            JobState::Unsure => {
                (Tone::Warn, lang.with("desk-paper-unsure", &[station]), help("desk-paper-unsure-help"))
            }
            JobState::Failed | JobState::Cancelled => {
                (Tone::Bad, lang.with("desk-paper-failed", &[station]), help("desk-paper-failed-help"))
            }
        };
        let why = self.failure.filter(|_| !alone && matches!(self.state, JobState::Failed | JobState::Waiting));
        let body = html! {
            @if let Some(why) = why { p { (lang.term("print-failure", why.code())) } }
            @if !help.is_empty() { p { (help) } }
        };
        callout(tone, &said, &body)
    }
}
