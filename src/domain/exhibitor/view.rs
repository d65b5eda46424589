//! What pages show of exhibitors: plain values, no rules.

use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};

use super::{AppliesTo, DutyState, Light};
use crate::id::{ContactId, DocumentId, DutyId, ExhibitorDutyId, ParticipationId, PartyId, PlaceId, TaskId};
use crate::locale::{Bilingual, Locale};
use crate::sales::view::StandRow;

/// How far an exhibitor is with its duties.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Progress {
    /// Done or waived.
    pub done: i64,
    /// All it has.
    pub total: i64,
    /// Open past the deadline.
    pub overdue: i64,
}

/// An exhibitor in a list.
#[derive(Debug, Clone, PartialEq)]
pub struct ExhibitorRow {
    /// The exhibitor.
    pub participation: ParticipationId,
    /// The company.
    pub company: Bilingual,
    /// The key it is sorted by.
    pub sort_key: String,
    /// Where from.
    pub country: String,
    /// Status of the participation.
    pub status: String,
    /// Numbers of its stands.
    pub stands: Vec<(PlaceId, String)>,
    /// Area of its stands.
    pub area_dm2: i64,
    /// Its duties.
    pub progress: Progress,
    /// Contacts with a password.
    pub joined: i64,
}

/// Figures above the exhibitor list.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct ExhibitorFigures {
    /// All.
    pub exhibitors: i64,
    /// With a stand.
    pub with_stand: i64,
    /// With a contact that signed in.
    pub joined: i64,
    /// With an overdue duty.
    pub overdue: i64,
}

/// An exhibitor as shown on its own page and in the portal.
#[derive(Debug, Clone, PartialEq)]
pub struct ExhibitorRecord {
    /// The exhibitor.
    pub participation: ParticipationId,
    /// The company's party.
    pub party: PartyId,
    /// Running number of the participation, if it has one.
    pub number: String,
    /// The company.
    pub company: Bilingual,
    /// Where from.
    pub country: String,
    /// Web site.
    pub website: String,
    /// Phone.
    pub phone: String,
    /// Status of the participation.
    pub status: String,
    /// Version of the party, for the profile form.
    pub party_version: i32,
    /// Since when.
    pub created_at: DateTime<Utc>,
    /// Its stands.
    pub stands: Vec<StandRow>,
    /// Its contacts.
    pub contacts: Vec<ContactRow>,
    /// Its duties.
    pub duties: Vec<DutyRow>,
}

impl ExhibitorRecord {
    /// How far it is.
    #[must_use]
    pub fn progress(&self) -> Progress {
        let count = |wanted: &[Light]| self.duties.iter().filter(|d| wanted.contains(&d.light)).count() as i64;
        Progress {
            done: count(&[Light::Done, Light::Waived]),
            total: self.duties.len() as i64,
            overdue: count(&[Light::Overdue]),
        }
    }

    /// The open duty with the nearest deadline.
    #[must_use]
    pub fn next(&self) -> Option<&DutyRow> {
        self.duties.iter().filter(|d| d.state == DutyState::Open && d.deadline.is_some()).min_by_key(|d| d.deadline)
    }
}

/// A contact of an exhibitor.
#[derive(Debug, Clone, PartialEq)]
pub struct ContactRow {
    /// The contact.
    pub id: ContactId,
    /// Name.
    pub name: String,
    /// E-mail.
    pub email: String,
    /// Language.
    pub locale: Locale,
    /// Until when the open invitation can be used.
    pub invited_until: Option<DateTime<Utc>>,
    /// When it set a password.
    pub joined_at: Option<DateTime<Utc>>,
    /// A code is asked for at sign-in.
    pub second_factor: bool,
    /// Whether it may sign in.
    pub active: bool,
}

/// One exhibitor's duty with everything a person needs.
#[derive(Debug, Clone, PartialEq)]
pub struct DutyRow {
    /// The exhibitor's duty.
    pub id: ExhibitorDutyId,
    /// Code of the duty.
    pub code: String,
    /// Name.
    pub name: Bilingual,
    /// What to do.
    pub help: Bilingual,
    /// Whether the show depends on it.
    pub mandatory: bool,
    /// Where it stands.
    pub state: DutyState,
    /// How urgent it is.
    pub light: Light,
    /// The plan task's early finish.
    pub deadline: Option<DateTime<Utc>>,
    /// The plan task.
    pub task: Option<(TaskId, String)>,
    /// What was said.
    pub note: String,
    /// What was handed in.
    pub document: Option<(DocumentId, String)>,
    /// When it was done.
    pub done_at: Option<DateTime<Utc>>,
    /// By whom.
    pub done_by: String,
    /// Version for the form.
    pub version: i32,
}

/// A duty of the edition over all exhibitors.
#[derive(Debug, Clone, PartialEq)]
pub struct DutyOverviewRow {
    /// The duty.
    pub id: DutyId,
    /// Its code.
    pub code: String,
    /// Its name.
    pub name: Bilingual,
    /// Who has it.
    pub applies_to: AppliesTo,
    /// Whether the show depends on it.
    pub mandatory: bool,
    /// The plan task.
    pub task: Option<(TaskId, String, Bilingual)>,
    /// The plan task's early finish.
    pub deadline: Option<DateTime<Utc>>,
    /// Done.
    pub done: i64,
    /// Waived.
    pub waived: i64,
    /// Open.
    pub open: i64,
    /// Open although the deadline has passed.
    pub overdue: bool,
}

/// A line of the chase list: who has not done a duty.
#[derive(Debug, Clone, PartialEq)]
pub struct ChaseRow {
    /// The exhibitor's duty.
    pub id: ExhibitorDutyId,
    /// The exhibitor.
    pub participation: ParticipationId,
    /// The company.
    pub company: Bilingual,
    /// Key it is sorted by.
    pub sort_key: String,
    /// Numbers of its stands.
    pub stands: String,
    /// Its first contact, to write to.
    pub contact: Option<(String, String)>,
    /// Where it stands.
    pub state: DutyState,
    /// What was said.
    pub note: String,
    /// When it was done.
    pub done_at: Option<DateTime<Utc>>,
    /// How urgent.
    pub light: Light,
}

/// Which exhibitors a list shows, as its address says.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
#[serde(default)]
pub struct ExhibitorFilter {
    /// Words: company or stand number.
    pub q: String,
    /// Hall id.
    pub hall: String,
    /// `with` or `without` a stand.
    pub stand: String,
    /// `overdue`, `complete`, `open`.
    pub duties: String,
    /// `joined`, `waiting`.
    pub portal: String,
    /// Where the page begins.
    pub after: String,
}

impl ExhibitorFilter {
    /// As query parameters of an address; a page's beginning is not part of it.
    #[must_use]
    pub fn pairs(&self) -> [(&'static str, &str); 5] {
        [
            ("q", &self.q),
            ("hall", &self.hall),
            ("stand", &self.stand),
            ("duties", &self.duties),
            ("portal", &self.portal),
        ]
    }
}

/// Which exhibitors a chase list shows, as its address says.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
#[serde(default)]
pub struct ChaseFilter {
    /// State code; the open ones when empty.
    pub state: String,
    /// Where the page begins.
    pub after: String,
}
