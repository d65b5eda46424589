//! A station: a printer at a desk or gate, with an agent beside it that fetches what is to be printed.

use super::job::Failure;
use super::zpl::RESOLUTIONS;
use crate::refusal::{Parse, Refusal};
use crate::{BadgeLayoutId, EditionId, PrintStationId};
use chrono::{DateTime, TimeDelta, Utc};
use serde::{Deserialize, Serialize};

codes! {
    /// What a station's printer takes.
    StationFormat {
        /// Label printers: the badge as dots in ZPL.
        Zpl "zpl",
        /// Everything the operating system can print: a PDF.
        Pdf "pdf",
    }
}

codes! {
    /// How a station is doing.
    StationState {
        /// Its agent is there.
        Ready "ready",
        /// Its agent is there, its printer is not well.
        Trouble "trouble",
        /// Somebody told it to wait.
        Paused "paused",
        /// Its agent has not been heard of.
        Away "away",
        /// No agent has ever called.
        Waiting "waiting",
        /// Taken out of use.
        Removed "removed",
    }
}

/// An agent that has not asked for this long is away. It asks at least every 25 seconds.
pub const AWAY_AFTER: TimeDelta = TimeDelta::seconds(60);

/// A printer somewhere. Its key is kept as a hash outside the domain.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Station {
    /// Id.
    pub id: PrintStationId,
    /// Its edition.
    pub edition: EditionId,
    /// Name for people.
    pub name: String,
    /// Where it stands; may be empty.
    pub place: String,
    /// What its printer takes.
    pub format: StationFormat,
    /// Dots in an inch, for ZPL.
    pub dpi: u16,
    /// The layout it prints, whatever the category; by category when none.
    pub layout: Option<BadgeLayoutId>,
    /// Who prints when it cannot.
    pub failover: Option<PrintStationId>,
    /// Somebody told it to wait.
    pub paused: bool,
    /// What its printer last complained of; gone with the next badge that came out.
    pub trouble: Option<Failure>,
    /// Since when.
    pub trouble_at: Option<DateTime<Utc>>,
    /// When its agent last asked.
    pub seen_at: Option<DateTime<Utc>>,
    /// What its agent says of itself and its printer.
    pub agent: String,
    /// When it was taken out of use.
    pub removed_at: Option<DateTime<Utc>>,
    /// For the check against concurrent edits.
    pub version: i32,
}

impl Station {
    /// How it is doing.
    #[must_use]
    pub fn state(&self, now: DateTime<Utc>) -> StationState {
        match (self.removed_at, self.paused, self.seen_at) {
            (Some(_), ..) => StationState::Removed,
            (None, true, _) => StationState::Paused,
            (None, false, None) => StationState::Waiting,
            (None, false, Some(seen)) if now - seen > AWAY_AFTER => StationState::Away,
            _ if self.trouble.is_some() => StationState::Trouble,
            _ => StationState::Ready,
        }
    }

    /// Whether it can be expected to print now.
    #[must_use]
    pub fn is_able(&self, now: DateTime<Utc>) -> bool {
        self.state(now) == StationState::Ready
    }

    /// Whether jobs may be put into its queue at all.
    #[must_use]
    pub const fn takes_jobs(&self) -> bool {
        self.removed_at.is_none()
    }
}

/// What people at a place chose last for where badges come out. A device's is kept with the device, never by its
/// browser: what a browser says could be another place's.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum StationChoice {
    /// Nothing was chosen: the station that stands at the gate.
    #[default]
    AtGate,
    /// No badge is to come out.
    Nowhere,
    /// This station.
    At(PrintStationId),
}

impl StationChoice {
    /// What forms and memories say for [`Self::Nowhere`]. Not empty, as an empty answer is none.
    pub const NOWHERE: &'static str = "none";

    /// The stable spelling: empty, `none`, or the station's id.
    #[must_use]
    pub fn code(self) -> String {
        match self {
            Self::AtGate => String::new(),
            Self::Nowhere => Self::NOWHERE.to_owned(),
            Self::At(id) => id.to_string(),
        }
    }

    /// Reads the stable spelling. What cannot be read is no choice.
    #[must_use]
    pub fn parse(code: &str) -> Self {
        match code.trim() {
            Self::NOWHERE => Self::Nowhere,
            code => code.parse().map_or(Self::AtGate, Self::At),
        }
    }

    /// The station, if it is one.
    #[must_use]
    pub const fn station(self) -> Option<PrintStationId> {
        match self {
            Self::At(id) => Some(id),
            Self::AtGate | Self::Nowhere => None,
        }
    }
}

/// The station at hand for people at a place: the one chosen there last as long as it takes badges, else the one whose
/// place is the code of the gate they stand at; none where no badge is to come out.
#[must_use]
pub fn at_hand<'a>(stations: &'a [Station], choice: StationChoice, gate: &str) -> Option<&'a Station> {
    if choice == StationChoice::Nowhere {
        return None;
    }
    let gate = gate.trim().to_lowercase();
    let mut open = stations.iter().filter(|station| station.takes_jobs());
    let picked = open.clone().find(|station| Some(station.id) == choice.station());
    picked.or_else(|| open.find(|station| !gate.is_empty() && station.place.trim().to_lowercase() == gate))
}

/// A station as typed.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
#[serde(default)]
pub struct StationDraft {
    /// Name for people.
    pub name: String,
    /// Where it stands.
    pub place: String,
    /// `zpl` or `pdf`.
    pub format: String,
    /// 203, 300 or 600.
    pub dpi: String,
    /// Layout id, or empty.
    pub layout: String,
    /// Station id, or empty.
    pub failover: String,
    /// Version the form was made from; empty for a new one.
    pub version: String,
}

/// A station to create or change, parsed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct StationChange {
    /// Name for people.
    pub name: String,
    /// Where it stands.
    pub place: String,
    /// What its printer takes.
    pub format: StationFormat,
    /// Dots in an inch.
    pub dpi: u16,
    /// The layout it prints.
    pub layout: Option<BadgeLayoutId>,
    /// Who prints when it cannot.
    pub failover: Option<PrintStationId>,
    /// Version seen.
    pub version: i32,
}

impl StationDraft {
    /// The form of a station as it is.
    #[must_use]
    pub fn of(station: &Station) -> Self {
        Self {
            name: station.name.clone(),
            place: station.place.clone(),
            format: station.format.code().to_owned(),
            dpi: station.dpi.to_string(),
            layout: station.layout.map(|id| id.to_string()).unwrap_or_default(),
            failover: station.failover.map(|id| id.to_string()).unwrap_or_default(),
            version: station.version.to_string(),
        }
    }

    /// Parses, naming every field that is wrong.
    ///
    /// # Errors
    /// All refusals at once.
    pub fn parse(&self) -> Result<StationChange, Vec<Refusal>> {
        let mut parse = Parse::new();
        let name = parse.required("name", &self.name, 60);
        let place = parse.optional("place", &self.place, 80);
        let format = parse.choice("format", &self.format, StationFormat::parse);
        let known = |text: &str| text.parse().ok().filter(|dpi| RESOLUTIONS.contains(dpi));
        let dpi = if self.dpi.trim().is_empty() { Some(RESOLUTIONS[0]) } else { parse.choice("dpi", &self.dpi, known) };
        let layout = match self.layout.trim() {
            "" => None,
            text => parse.choice("layout", text, |id| id.parse().ok()),
        };
        let failover = match self.failover.trim() {
            "" => None,
            text => parse.choice("failover", text, |id| id.parse().ok()),
        };
        let version = self.version.trim().parse().unwrap_or(0);
        parse.finish(|| StationChange {
            name,
            place,
            format: format.unwrap_or(StationFormat::Pdf),
            dpi: dpi.unwrap_or(RESOLUTIONS[0]),
            layout,
            failover,
            version,
        })
    }
}

#[cfg(test)]
pub(super) mod tests {
    use super::*;
    use uuid::Uuid;

    /// A station that is well at `now`.
    pub fn station(no: u128, now: DateTime<Utc>) -> Station {
        Station {
            id: PrintStationId::from_uuid(Uuid::from_u128(no)),
            edition: EditionId::from_uuid(Uuid::nil()),
            name: format!("Desk {no}"),
            place: String::new(),
            format: StationFormat::Zpl,
            dpi: 203,
            layout: None,
            failover: None,
            paused: false,
            trouble: None,
            trouble_at: None,
            seen_at: Some(now),
            agent: String::new(),
            removed_at: None,
            version: 1,
        }
    }

    #[test]
    fn a_station_is_what_worries_most() {
        let now: DateTime<Utc> = "2027-03-24T08:00:00Z".parse().unwrap();
        let well = station(1, now);
        assert_eq!(well.state(now), StationState::Ready);
        assert_eq!(well.state(now + TimeDelta::minutes(2)), StationState::Away);
        let troubled = Station { trouble: Some(Failure::PaperOut), ..well.clone() };
        assert_eq!(troubled.state(now), StationState::Trouble);
        assert_eq!(Station { paused: true, ..troubled.clone() }.state(now), StationState::Paused);
        assert_eq!(Station { seen_at: None, ..well.clone() }.state(now), StationState::Waiting);
        assert_eq!(Station { removed_at: Some(now), ..troubled }.state(now), StationState::Removed);
    }

    #[test]
    fn the_station_at_hand_is_the_chosen_one_or_the_one_at_the_gate() {
        let now: DateTime<Utc> = "2027-03-24T08:00:00Z".parse().unwrap();
        let at = |no, place: &str| Station { place: place.to_owned(), ..station(no, now) };
        let stations = [at(1, ""), at(2, " n1 "), Station { removed_at: Some(now), ..at(3, "S2") }];
        let id = |no| PrintStationId::from_uuid(Uuid::from_u128(no));
        let found = |choice, gate| at_hand(&stations, choice, gate).map(|station| station.id);
        assert_eq!(found(StationChoice::At(id(1)), "N1"), Some(id(1)));
        assert_eq!(found(StationChoice::AtGate, "N1"), Some(id(2)));
        assert_eq!(found(StationChoice::At(id(3)), "N1"), Some(id(2)), "one out of use is no choice any more");
        assert_eq!(found(StationChoice::AtGate, "S2"), None);
        assert_eq!(found(StationChoice::AtGate, ""), None, "no gate is not a station without a place");
        assert_eq!(found(StationChoice::Nowhere, "N1"), None, "not to print is a choice as well");
    }

    #[test]
    fn a_choice_is_read_as_it_was_written_and_nonsense_is_none() {
        let station = PrintStationId::from_uuid(Uuid::from_u128(7));
        for choice in [StationChoice::AtGate, StationChoice::Nowhere, StationChoice::At(station)] {
            assert_eq!(StationChoice::parse(&choice.code()), choice);
        }
        assert_eq!(StationChoice::parse("../../etc"), StationChoice::AtGate);
    }

    #[test]
    fn every_wrong_field_is_named() {
        let draft = StationDraft { format: "dots".into(), dpi: "72".into(), layout: "x".into(), ..Default::default() };
        let fields: Vec<_> = draft.parse().unwrap_err().into_iter().filter_map(|r| r.field).collect();
        assert_eq!(fields, ["name", "format", "dpi", "layout"]);
        let draft = StationDraft { name: "A".into(), format: "zpl".into(), ..Default::default() };
        assert_eq!(draft.parse().unwrap().dpi, 203);
    }
}
