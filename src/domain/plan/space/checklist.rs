//! What must hold before a place is established: the check list of its kind, the answers, and the rule.

use super::state::PlaceState;
use crate::plan::vocabulary::Function;
use crate::venue::PlaceKind;
use crate::{Bilingual, DocumentId, PlaceCheckId, PlaceId, UserId};
use chrono::{DateTime, TimeDelta, Utc};
use serde::{Deserialize, Serialize};
use std::sync::OnceLock;

/// One line of the check list of a kind of place.
#[derive(Debug, Clone, PartialEq)]
pub struct CheckItem {
    /// Kind of place.
    pub kind: PlaceKind,
    /// Stable code, unique in its kind.
    pub code: String,
    /// What is looked at.
    pub name: Bilingual,
    /// Must pass.
    pub mandatory: bool,
    /// How long a passing answer counts; for good when `None`.
    pub valid: Option<TimeDelta>,
    /// Who looks.
    pub role: Function,
}

/// One answer, by one person at one moment; never changed afterwards.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct PlaceCheck {
    /// Identity.
    pub id: PlaceCheckId,
    /// Where.
    pub place: PlaceId,
    /// Code of the line.
    pub item: String,
    /// Whether it passed.
    pub passed: bool,
    /// Remark.
    pub note: String,
    /// Evidence.
    pub document: Option<DocumentId>,
    /// Who looked.
    pub by: Option<UserId>,
    /// When.
    pub at: DateTime<Utc>,
    /// When it stops counting.
    pub expires_at: Option<DateTime<Utc>>,
}

/// Why a place is not established.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case", tag = "lack")]
pub enum Lack {
    /// The one responsible has not confirmed it.
    NotConfirmed,
    /// A mandatory line has no answer.
    NotChecked {
        /// Code of the line.
        item: String,
    },
    /// A mandatory line failed.
    Failed {
        /// Code of the line.
        item: String,
    },
    /// The answer to a mandatory line counts no more.
    Expired {
        /// Code of the line.
        item: String,
        /// Since when.
        at: DateTime<Utc>,
    },
    /// Blocking deviations are open.
    Deviations {
        /// How many.
        open: u32,
    },
    /// A place around it that must be established is not.
    Above {
        /// Which.
        place: PlaceId,
        /// Its code.
        code: String,
    },
    /// It, or a place around it, is closed for the time being.
    Suspended,
}

/// The check list of a kind of place; empty for kinds that have none.
pub fn check_list(kind: PlaceKind) -> impl Iterator<Item = &'static CheckItem> {
    items().iter().filter(move |item| item.kind == kind)
}

/// Whether places of a kind must be established: they have a check list.
pub fn is_checked(kind: PlaceKind) -> bool {
    check_list(kind).next().is_some()
}

fn items() -> &'static [CheckItem] {
    static ALL: OnceLock<Vec<CheckItem>> = OnceLock::new();
    ALL.get_or_init(|| read(include_str!("../../../../fixtures/plan/place-checks.csv")))
}

fn read(text: &str) -> Vec<CheckItem> {
    let mut reader = csv::Reader::from_reader(text.as_bytes());
    let row = |row: csv::StringRecord| {
        let cell = |at: usize| row.get(at).unwrap_or_default().trim().to_owned();
        Some(CheckItem {
            kind: PlaceKind::parse(&cell(0))?,
            code: cell(1),
            name: Bilingual::new(cell(2), cell(3)),
            mandatory: cell(4) == "yes",
            valid: cell(5).parse().ok().map(TimeDelta::hours),
            role: Function::parse(&cell(6))?,
        })
    };
    reader.records().flatten().filter_map(row).collect()
}

/// What a place's check list lacks at a moment. The latest answer to each line counts.
pub fn lacks(kind: PlaceKind, answers: &[&PlaceCheck], now: DateTime<Utc>) -> Vec<Lack> {
    let mut lacks = Vec::new();
    for item in check_list(kind).filter(|item| item.mandatory) {
        let of_item = answers.iter().filter(|answer| answer.item == item.code && answer.at <= now);
        let code = || item.code.clone();
        match of_item.max_by_key(|answer| (answer.at, answer.id)) {
            None => lacks.push(Lack::NotChecked { item: code() }),
            Some(last) if !last.passed => lacks.push(Lack::Failed { item: code() }),
            Some(last) => {
                if let Some(at) = last.expires_at.filter(|at| *at <= now) {
                    lacks.push(Lack::Expired { item: code(), at });
                }
            }
        }
    }
    lacks
}

/// Who confirms that a place of this kind is established.
pub const fn responsible(kind: PlaceKind) -> Function {
    match kind {
        PlaceKind::RegistrationArea => Function::Registration,
        PlaceKind::Room => Function::Conference,
        PlaceKind::Dock | PlaceKind::Yard | PlaceKind::Warehouse => Function::Logistics,
        _ => Function::HallManager,
    }
}

/// The state this rule is about.
pub const RULED: PlaceState = PlaceState::Established;

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_line_of_the_check_lists_can_be_read() {
        let text = include_str!("../../../../fixtures/plan/place-checks.csv");
        assert_eq!(read(text).len(), text.lines().count() - 1);
        assert!(is_checked(PlaceKind::Hall) && is_checked(PlaceKind::Stand) && !is_checked(PlaceKind::Venue));
    }
}
