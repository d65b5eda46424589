//! Where a badge comes out and how far it is, in a sentence that says what to do when it does not.

use chrono::{DateTime, Utc};
use domain::admission::Profile;
use domain::printing::station::StationChoice;
use domain::printing::view::JobLine;
use domain::printing::{Failure, JobState, Station};
use domain::{PrintStationId, ScanId};
use maud::{Markup, html};

use crate::components::{Button, Choice, Icon, Tone, callout};
use crate::{Lang, links, organizer::printing::station_choices};

/// Seconds between two looks at a badge that is on its way, and at one that somebody must see to.
const LOOKS: (u8, u8) = (2, 5);

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
        let none = Choice::new(StationChoice::NOWHERE, lang.t("desk-paper-none"));
        station_choices(lang, &self.stations, self.now).into_iter().chain([none]).collect()
    }

    /// The same with what was chosen in a form that comes back.
    #[must_use]
    pub fn chosen(self, station: Option<PrintStationId>) -> Self {
        Self { here: station, ..self }
    }

    /// The value of the one at hand in a form.
    pub fn value(&self) -> String {
        self.here.map_or(StationChoice::Nowhere, StationChoice::At).code()
    }
}

/// A badge that was asked for at a station.
pub struct Paper {
    at: PrintStationId,
    station: String,
    state: JobState,
    failure: Option<Failure>,
    /// The station can be expected to print now.
    able: bool,
    /// The station that was shown at first.
    first: PrintStationId,
    /// Its name, when another took the badge since.
    instead_of: Option<String>,
}

impl Paper {
    /// What a job says; nothing for one that a browser printed.
    pub fn of(line: &JobLine, printers: &Printers) -> Option<Self> {
        let id = line.job.station?;
        let able = printers.stations.iter().any(|station| station.id == id && station.is_able(printers.now));
        let (state, failure) = (line.job.state, line.job.failure);
        let station = line.station.clone().unwrap_or_default();
        Some(Self { at: id, station, state, failure, able, first: id, instead_of: None })
    }

    /// The same for somebody who was shown another station at first: a badge that went on says from where.
    #[must_use]
    pub fn first_at(self, first: Option<PrintStationId>, printers: &Printers) -> Self {
        let Some(first) = first.filter(|first| *first != self.at) else { return self };
        let from = printers.stations.iter().find(|station| station.id == first);
        Self { first, instead_of: from.map(|station| station.name.clone()), ..self }
    }

    /// Where it is printed.
    pub fn station(&self) -> (PrintStationId, &str) {
        (self.at, &self.station)
    }

    /// How far it is.
    pub fn state(&self) -> JobState {
        self.state
    }

    /// What keeps it from being printed.
    pub fn failure(&self) -> Option<Failure> {
        self.failure
    }

    /// The station it was to come out at first, when another took it.
    pub fn instead_of(&self) -> Option<&str> {
        self.instead_of.as_deref()
    }

    /// Whether it changes by itself, soon. What waits for a station that takes nothing may be sent to another.
    pub fn is_moving(&self) -> bool {
        matches!(self.state, JobState::Printing) || (matches!(self.state, JobState::Waiting) && self.able)
    }

    /// Whether it may be on paper: another one needs to be said why, or takes its place.
    pub fn may_be_out(&self) -> bool {
        matches!(self.state, JobState::Printed | JobState::Unsure)
    }

    /// Whether it may still become something else, by itself or because somebody sees to it.
    pub fn is_open(&self) -> bool {
        !matches!(self.state, JobState::Printed | JobState::Cancelled)
    }

    /// The notice under a verdict, which the script keeps up to date: the page asks again until the badge is on paper.
    /// Whoever has no script looks again by a link.
    pub fn followed(&self, lang: Lang, scan: ScanId, profile: Profile) -> Markup {
        let alone = !profile.is_attended();
        let first = self.first.to_string();
        let follow = self.is_open().then(|| links::desk::paper(scan).query(&[("first", &first)]));
        let every = if self.is_moving() { LOOKS.0 } else { LOOKS.1 };
        html! {
            div.desk-paper id="paper" role="status" data-follow=[follow] data-every=(every) data-state=(self.mark()) {
                (self.notice(lang, alone))
                @if !alone && matches!(self.state, JobState::Failed | JobState::Cancelled) {
                    (Button::post(lang.t("desk-paper-again"), links::desk::paper(scan)).icon(Icon::Printer).plain())
                }
                @if self.is_open() {
                    noscript {
                        p { a href=(links::desk::home().query(&[("scan", &scan.to_string())])) { (lang.t("desk-paper-look")) } }
                    }
                }
            }
        }
    }

    /// Changes whenever something else is to be read: what says the same is not read out again.
    fn mark(&self) -> String {
        let failure = self.failure.map_or("", Failure::code);
        format!("{} {} {failure} {}", self.state.code(), self.at, self.able)
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
            JobState::Failed => (Tone::Bad, lang.with("desk-paper-failed", &[station]), help("desk-paper-failed-help")),
            JobState::Cancelled => {
                (Tone::Warn, lang.with("desk-paper-cancelled", &[station]), help("desk-paper-cancelled-help"))
            }
        };
        let moved = |from: &String| lang.with("desk-paper-moved", &[("from", from.as_str().into())]);
        let why = self.failure.filter(|_| !alone && matches!(self.state, JobState::Failed | JobState::Waiting));
        let body = html! {
            @if let Some(from) = &self.instead_of { p { (moved(from)) } }
            @if let Some(why) = why { p { (lang.term("print-failure", why.code())) } }
            @if !help.is_empty() { p { (help) } }
        };
        callout(tone, &said, &body)
    }
}
