//! What pages show of registrations and badges: plain values, no rules.

use super::{Answers, Category, Channel, Form, Status};
use crate::{Bilingual, CampaignId, CredentialId, DelegationId, Locale, PartyId, RegistrationId};
use chrono::{DateTime, NaiveDate, Utc};
use std::collections::BTreeMap;

/// Where a version of a form is in its life.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum FormState {
    /// Being worked on.
    Draft,
    /// What visitors see.
    Published,
    /// What visitors saw before.
    Retired,
}

impl FormState {
    /// The database spelling.
    #[must_use]
    pub const fn code(self) -> &'static str {
        match self {
            Self::Draft => "draft",
            Self::Published => "published",
            Self::Retired => "retired",
        }
    }

    /// Reads the database spelling.
    #[must_use]
    pub fn parse(code: &str) -> Option<Self> {
        [Self::Draft, Self::Published, Self::Retired].into_iter().find(|state| state.code() == code)
    }
}

/// A version of an edition's registration form.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FormVersion {
    pub number: i32,
    pub state: FormState,
    pub form: Form,
    /// Who changed it last.
    pub by: String,
    pub changed_at: DateTime<Utc>,
    pub published_at: Option<DateTime<Utc>>,
    /// Raised with every change of the draft.
    pub version: i32,
}

impl FormVersion {
    /// What an editor saw: changes with every change of the form at hand.
    #[must_use]
    pub fn seen(&self) -> String {
        format!("{}.{}.{}", self.number, self.state.code(), self.version)
    }
}

/// A row of the registrations list.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RegistrationRow {
    pub id: RegistrationId,
    pub number: i32,
    pub display_name: String,
    pub other_name: String,
    pub company: String,
    pub job_title: String,
    pub email: String,
    pub phone: String,
    pub country: String,
    pub category: String,
    pub channel: String,
    pub status: String,
    /// Serial and state of the newest badge.
    pub badge: Option<(i64, String)>,
    pub local_day: NaiveDate,
    pub created_at: DateTime<Utc>,
    /// Answers to the form's own questions.
    pub answers: Answers,
    /// Since when it waits for a place.
    pub waiting_since: Option<DateTime<Utc>>,
}

/// What a list of registrations is narrowed to.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Filter {
    /// Words as typed: names, pinyin, company, telephone, e-mail, numbers.
    pub q: String,
    pub category: Option<Category>,
    pub status: Option<Status>,
    pub channel: Option<Channel>,
    pub country: Option<String>,
    /// The local day it came in.
    pub day: Option<NaiveDate>,
    /// Only those on a waiting list.
    pub waiting: bool,
}

/// How many registrations a filter's choices have.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct RegistrationCounts {
    pub total: i64,
    pub by_category: Vec<(String, i64)>,
    pub by_status: Vec<(String, i64)>,
    pub by_channel: Vec<(String, i64)>,
    pub by_country: Vec<(String, i64)>,
}

impl RegistrationCounts {
    /// From groups of status, category, channel and country; each list with the most frequent first.
    pub fn of(groups: &[([String; 4], i64)]) -> RegistrationCounts {
        let by = |at: usize| {
            let mut sums: BTreeMap<&str, i64> = BTreeMap::new();
            for (keys, count) in groups {
                *sums.entry(&keys[at]).or_default() += count;
            }
            let mut list: Vec<(String, i64)> = sums.into_iter().map(|(key, sum)| (key.to_owned(), sum)).collect();
            list.sort_by_key(|(_, sum)| std::cmp::Reverse(*sum));
            list
        };
        RegistrationCounts {
            total: groups.iter().map(|(_, count)| count).sum(),
            by_status: by(0),
            by_category: by(1),
            by_channel: by(2),
            by_country: by(3),
        }
    }
}

/// Registrations that came in on a day.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DayCount {
    pub day: NaiveDate,
    pub channel: String,
    pub count: i64,
}

/// A badge on the record page.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CredentialRow {
    pub id: CredentialId,
    pub serial: i64,
    pub category: String,
    pub state: String,
    pub reprint_no: i64,
    pub valid_from: NaiveDate,
    pub valid_until: NaiveDate,
    pub issued_at: DateTime<Utc>,
}

/// By what a registration came in.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Origin {
    /// The campaign whose voucher was redeemed: id, name, code.
    pub campaign: Option<(CampaignId, String, String)>,
    /// The group it belongs to: id, name.
    pub group: Option<(DelegationId, String)>,
}

/// A presentation of the badge at a gate.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ScanRow {
    pub at: DateTime<Utc>,
    pub gate_en: String,
    pub gate_zh: String,
    pub direction: String,
    pub verdict: String,
    pub reason: Option<String>,
    pub offline: bool,
    pub device: Option<String>,
}

/// Everything printed on a badge.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Badge {
    pub edition: Bilingual,
    pub place: Bilingual,
    pub opens_on: NaiveDate,
    pub closes_on: NaiveDate,
    pub name: String,
    pub other_name: String,
    pub company: String,
    pub job_title: String,
    pub category: String,
    pub country: String,
    pub serial: i64,
    pub number: i32,
    pub code: String,
    /// The language of the category and the dates on it.
    pub locale: Locale,
}

/// A person known from elsewhere and not registered here, found at the desk before anything is typed twice.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FoundPerson {
    pub party: PartyId,
    pub name: String,
    pub company: String,
}

/// A QR picture: dark modules by row.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Qr {
    /// Modules on a side, without the quiet zone.
    pub size: usize,
    /// `size × size`, row by row.
    pub dark: Vec<bool>,
}

impl Qr {
    /// Runs of dark modules as (x, y, length): what is drawn, in any format.
    pub fn runs(&self) -> impl Iterator<Item = (usize, usize, usize)> + '_ {
        self.dark.chunks(self.size.max(1)).enumerate().flat_map(|(y, row)| {
            let mut runs = Vec::new();
            let mut x = 0;
            while x < row.len() {
                let length = row[x..].iter().take_while(|dark| **dark).count();
                if length > 0 {
                    runs.push((x, y, length));
                }
                x += length.max(1);
            }
            runs
        })
    }
}
