//! Series and editions: the show, and one run of it, with the days everything hangs on.
//! [`draft`] reads what people type, [`decide`] makes and changes editions.

mod decide;
mod draft;

pub use decide::{change, create};
pub use draft::{ChangeEdition, Chosen, CreateEdition, EditionDraft, EditionPlan, NewSeries, NewVenue, TEMPLATES};

use crate::{
    Bilingual, EditionId, SeriesId, VenueId,
    journal::{Subject, SubjectKind},
};
use chrono::{DateTime, NaiveDate, NaiveDateTime, TimeZone, Utc};
use chrono_tz::Tz;
use serde::{Deserialize, Serialize};

/// What kind of event a series is; each has its own phases.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum SeriesKind {
    /// Exhibition: pre-show, on-site, post-show.
    Exhibition,
    /// Conference: planning, reception, in-session, closing, adjournment.
    Conference,
}

impl SeriesKind {
    /// Both.
    pub const ALL: &'static [Self] = &[Self::Exhibition, Self::Conference];
    /// The database spelling.
    pub const fn code(self) -> &'static str {
        match self {
            Self::Exhibition => "exhibition",
            Self::Conference => "conference",
        }
    }
    /// Reads the database spelling.
    pub fn parse(code: &str) -> Option<Self> {
        Self::ALL.iter().copied().find(|k| k.code() == code)
    }
}

/// A show that recurs.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Series {
    /// Its id.
    pub id: SeriesId,
    /// Short code.
    pub code: String,
    /// Name.
    pub name: Bilingual,
    /// Kind of event.
    pub kind: SeriesKind,
}

/// A venue, as far as an edition needs to know it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Venue {
    /// Its id.
    pub id: VenueId,
    /// Short code.
    pub code: String,
    /// Name.
    pub name: Bilingual,
    /// City.
    pub city: String,
    /// Country (ISO 3166-1 alpha-2).
    pub country: String,
    /// Its zone; editions there begin with it.
    pub time_zone: Tz,
}

/// Where an edition is in its life.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Status {
    /// Before build-up.
    Planning,
    /// From build-up to the end of breakdown.
    Running,
    /// Settled.
    Closed,
    /// Out of daily sight.
    Archived,
}

impl Status {
    /// All.
    pub const ALL: &'static [Self] = &[Self::Planning, Self::Running, Self::Closed, Self::Archived];
    /// The database spelling.
    pub const fn code(self) -> &'static str {
        match self {
            Self::Planning => "planning",
            Self::Running => "running",
            Self::Closed => "closed",
            Self::Archived => "archived",
        }
    }
    /// Reads the database spelling.
    pub fn parse(code: &str) -> Option<Self> {
        Self::ALL.iter().copied().find(|s| s.code() == code)
    }
}

/// How badge codes are made.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum BadgeMode {
    /// Signed: a gate without network tells a genuine badge.
    Signed,
    /// Short random code: known to the database only.
    Random,
}

impl BadgeMode {
    /// Both.
    pub const ALL: &'static [Self] = &[Self::Signed, Self::Random];
    /// The database spelling.
    pub const fn code(self) -> &'static str {
        match self {
            Self::Signed => "signed",
            Self::Random => "random",
        }
    }
    /// Reads the database spelling.
    pub fn parse(code: &str) -> Option<Self> {
        Self::ALL.iter().copied().find(|s| s.code() == code)
    }
}

/// One run of a series.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Edition {
    /// Its id.
    pub id: EditionId,
    /// The series.
    pub series: SeriesId,
    /// What addresses call it.
    pub slug: String,
    /// Name.
    pub name: Bilingual,
    /// Where.
    pub venue: VenueId,
    /// The zone in which its days begin.
    pub time_zone: Tz,
    /// Opening day, D0.
    pub opens_on: NaiveDate,
    /// Last open day.
    pub closes_on: NaiveDate,
    /// First day of build-up.
    pub build_up_on: NaiveDate,
    /// Last day of breakdown.
    pub breakdown_until: NaiveDate,
    /// Where it is in its life.
    pub status: Status,
    /// The public may register.
    pub registration_open: bool,
    /// Companies may apply.
    pub applications_open: bool,
    /// Gross space in dm².
    pub gross_area_dm2: i64,
    /// Plan template it was made from.
    pub template: Option<String>,
    /// How badge codes are made.
    pub badge_mode: BadgeMode,
    /// Version for concurrent changes.
    pub version: i32,
}

impl Edition {
    /// The local day of an instant.
    pub fn day(&self, at: DateTime<Utc>) -> NaiveDate {
        at.with_timezone(&self.time_zone).date_naive()
    }

    /// Days from D0 to an instant's local day: negative before opening.
    pub fn offset(&self, at: DateTime<Utc>) -> i64 {
        (self.day(at) - self.opens_on).num_days()
    }

    /// The instant of a local wall-clock time.
    pub fn instant(&self, local: NaiveDateTime) -> DateTime<Utc> {
        instant(self.time_zone, local)
    }

    /// The open days.
    pub fn open_days(&self) -> impl Iterator<Item = NaiveDate> + use<> {
        self.opens_on.iter_days().take_while({
            let last = self.closes_on;
            move |day| *day <= last
        })
    }

    /// What the journal calls it.
    pub fn subject(&self) -> Subject {
        Subject::new(SubjectKind::Edition, self.id)
    }
}

/// The instant of a local wall-clock time. A time that a clock change skips is read as if the clock had not changed;
/// one that occurs twice is the first.
pub fn instant(zone: Tz, local: NaiveDateTime) -> DateTime<Utc> {
    zone.from_local_datetime(&local).earliest().map_or_else(
        || {
            let before = local - chrono::TimeDelta::hours(3);
            let offset = zone.from_local_datetime(&before).earliest().map_or(0, |t| {
                use chrono::Offset;
                t.offset().fix().local_minus_utc()
            });
            Utc.from_utc_datetime(&(local - chrono::TimeDelta::seconds(offset.into())))
        },
        |t| t.with_timezone(&Utc),
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_skipped_hour_is_still_an_instant() {
        let zone: Tz = "Europe/Berlin".parse().expect("zone");
        let local = NaiveDate::from_ymd_opt(2027, 3, 28).and_then(|d| d.and_hms_opt(2, 30, 0)).expect("time");
        assert_eq!(instant(zone, local).to_rfc3339(), "2027-03-28T01:30:00+00:00");
    }
}
