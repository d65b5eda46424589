//! What pages show of printing: plain values, no rules.

use super::job::{Job, JobState};
use super::layout::{Layout, Part, Rgb};
use super::station::Station;
use crate::registration::Category;
use crate::registration::view::Filter;
use crate::{BadgeLayoutId, BadgeLogoId, CredentialId, PrintBatchId, PrintStationId, RegistrationId};
use chrono::{DateTime, Utc};

/// A layout with its name.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NamedLayout {
    /// Id.
    pub id: BadgeLayoutId,
    /// Name for people.
    pub name: String,
    /// Categories printed with it; none for all that no other layout names.
    pub categories: Vec<Category>,
    /// The logo on it.
    pub logo: Option<BadgeLogoId>,
    /// What it looks like.
    pub layout: Layout,
    /// Version of the layout; also the check against concurrent edits.
    pub version: i32,
    /// When this version was made.
    pub at: DateTime<Utc>,
    /// By whom.
    pub by: String,
}

/// A version of a layout.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LayoutVersion {
    /// Which.
    pub version: i32,
    /// When it was made.
    pub at: DateTime<Utc>,
    /// By whom.
    pub by: String,
    /// Badges printed with it.
    pub printed: i64,
}

/// A logo, without its picture.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LogoLine {
    /// Id.
    pub id: BadgeLogoId,
    /// Name of the file.
    pub name: String,
    /// Width, pixels.
    pub width: i32,
    /// Height, pixels.
    pub height: i32,
}

/// A station with its queue.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct StationLine {
    /// The station.
    pub station: Station,
    /// Name of its layout.
    pub layout: Option<String>,
    /// Name of the station that stands in.
    pub failover: Option<String>,
    /// Badges in its queue.
    pub waiting: i64,
    /// Badges at its printer.
    pub printing: i64,
    /// Badges that somebody must look at.
    pub open: i64,
    /// Badges it printed today.
    pub printed: i64,
}

/// A job with what people know it by.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct JobLine {
    /// The job.
    pub job: Job,
    /// The person; empty for a test page.
    pub name: String,
    /// The company.
    pub company: String,
    /// Serial of the badge.
    pub serial: Option<i64>,
    /// Name of the station; none for a browser.
    pub station: Option<String>,
}

/// What the log is narrowed to.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct LogFilter {
    /// Words of the name or the company, or the number of the badge.
    pub words: String,
    /// Only jobs in one of these states; none for all.
    pub states: Vec<JobState>,
    /// Only jobs of this station.
    pub station: Option<PrintStationId>,
    /// Only jobs of this registration.
    pub registration: Option<RegistrationId>,
    /// Only jobs of this badge.
    pub credential: Option<CredentialId>,
    /// Only jobs of this larger print.
    pub batch: Option<PrintBatchId>,
}

/// How the print room is doing.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct PrintCounts {
    /// In queues.
    pub waiting: i64,
    /// At printers.
    pub printing: i64,
    /// Failed or nobody knows.
    pub open: i64,
    /// Printed today.
    pub printed_today: i64,
}

/// Badges printed in one go.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct BatchLine {
    /// Id.
    pub id: PrintBatchId,
    /// `station` or `file`.
    pub kind: String,
    /// `making`, `ready`, `failed`, `cancelled`.
    pub state: String,
    /// Name of the station it went to.
    pub station: Option<String>,
    /// Badges in it.
    pub total: i64,
    /// Badges done so far.
    pub done: i64,
    /// Who asked.
    pub by: String,
    /// When.
    pub created_at: DateTime<Utc>,
    /// Bytes of the file, when there is one.
    pub bytes: Option<i64>,
}

/// The order of a larger print.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum BatchOrder {
    /// By name, in pinyin order.
    #[default]
    Name,
    /// By company, then name.
    Company,
    /// By number.
    Number,
}

impl BatchOrder {
    /// All.
    pub const ALL: &'static [Self] = &[Self::Name, Self::Company, Self::Number];

    /// The stable spelling.
    #[must_use]
    pub const fn code(self) -> &'static str {
        match self {
            Self::Name => "name",
            Self::Company => "company",
            Self::Number => "number",
        }
    }

    /// Reads the stable spelling.
    #[must_use]
    pub fn parse(code: &str) -> Option<Self> {
        Self::ALL.iter().copied().find(|order| order.code() == code)
    }
}

/// Which badges are printed in one go.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Selection {
    /// Which registrations.
    pub filter: Filter,
    /// Also badges that are on paper already.
    pub again: bool,
    /// In which order.
    pub order: BatchOrder,
}

/// Somebody whose badge needs a look before it is printed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Concern {
    /// Who.
    pub registration: RegistrationId,
    /// The name.
    pub name: String,
    /// Texts that become very small.
    pub tight: Vec<Part>,
    /// Characters the fonts cannot draw.
    pub missing: Vec<char>,
}

/// What is known of a selection before it is printed.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Preflight {
    /// Badges that would be printed.
    pub badges: usize,
    /// Badges left out because they are on paper already.
    pub printed: i64,
    /// There are more than are printed in one go.
    pub more: bool,
    /// Badges that need a look, the first hundred.
    pub concerns: Vec<Concern>,
    /// How many need one.
    pub concerned: usize,
}

/// A shape of a drawn badge: path data in points, and its colour. Letters are outlines, so that a preview is what is
/// printed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Shape {
    /// SVG path data.
    pub d: String,
    /// Its colour.
    pub colour: Rgb,
}

/// A drawn badge.
#[derive(Clone, Debug, PartialEq)]
pub struct Preview {
    /// Width, points.
    pub width: f32,
    /// Height, points.
    pub height: f32,
    /// What is on it, in the order it is drawn.
    pub shapes: Vec<Shape>,
    /// Where the logo stands: left, top, width, height.
    pub logo: Option<[f32; 4]>,
    /// What it says, for those who do not see it.
    pub says: String,
    /// Texts that became smaller than the layout asks for.
    pub tight: Vec<Part>,
    /// Characters the fonts cannot draw.
    pub missing: Vec<char>,
}
