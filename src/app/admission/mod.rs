//! Admission: recording scans, and what the back office does with gates, rules and devices.
//!
//! Begin with `gatekeeper` (one writer task a node, many scans a transaction) and `judge` (what it does with a
//! batch; `rejudge` says what it thinks of earlier scans once it hears of others). [`Admission`] is what a node keeps in
//! memory: the way to the writer, keys of devices, the last board.

mod board;
mod certificate;
mod choose_station;
mod conflicts;
mod count_workbook;
mod counting;
mod crowd;
mod devices;
mod edge;
mod export;
mod gatekeeper;
mod gates;
mod handheld;
mod hubs;
mod judge;
mod keys;
mod latest_count;
mod message;
mod move_device;
mod operations;
mod rejudge;
mod roster;
mod rules;

pub use board::board;
pub use certificate::{Sealed, certificate_pdf};
pub use choose_station::choose_station;
pub use conflicts::{
    conflict_scans, export_conflicts, look_again, look_again_everywhere, reopen_conflict, settle_conflict,
    settle_conflicts,
};
pub use count_workbook::count_workbook;
pub use counting::{check_freeze, count, freeze_count, frozen_log, seal_holds};
pub use crowd::zone_loads;
pub use devices::{NewPairing, create_device, offer_pairing, pair_device, pairing, revoke_device};
pub use edge::{Exchanged, Upstream, exchange, join};
pub use export::{Columns, export};
#[cfg(debug_assertions)]
pub use gatekeeper::negative_control::acknowledge_before_commit;
pub use gates::{change_gate, create_gate, switch_gate};
pub use handheld::{BadgeRecord, Briefing, Piece, badge_page, contact, passage_page};
pub use hubs::{enrol_hub, hear_hub, hub_config, take_people, take_scans, withdraw_hub};
pub use judge::ScanBy;
pub use keys::{KnownDevice, device_by_key, withdrawn_by_key};
pub use latest_count::{Counted, latest_count};
pub use message::send_message;
pub use move_device::move_device;
pub use roster::{RosterPiece, roster_piece};
pub use rules::{change_rule, create_rule, remove_rule};

use crate::{App, Error};
use domain::admission::Scan;
use domain::admission::view::Answer;
use domain::{EditionId, Refusal};
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};

/// What a node keeps in memory for its gates. Nothing here is the truth: the database is.
#[derive(Default)]
pub struct Admission {
    gatekeeper: gatekeeper::Gatekeeper,
    keys: keys::Keys,
    boards: board::Boards,
    loads: crowd::Loads,
    reports: handheld::Reports,
    looks: operations::Looks,
    counts: latest_count::LatestCounts,
    /// Raised when gates, rules or devices changed on this node; other nodes notice by age.
    generation: AtomicU64,
}

impl Admission {
    fn changed(&self) {
        self.generation.fetch_add(1, Ordering::Release);
    }

    fn generation(&self) -> u64 {
        self.generation.load(Ordering::Acquire)
    }
}

/// Records scans of one device, in their order; each gets its own answer. When this returns, they are on the disk.
///
/// # Errors
/// When the database does not answer: then nothing was recorded, and sending the same scans again is safe.
pub async fn record_scans(app: &App, by: Arc<ScanBy>, scans: Vec<Scan>) -> Result<Vec<Result<Answer, Refusal>>, Error> {
    app.admission().gatekeeper.record(app, by, scans).await
}

/// Records one scan.
///
/// # Errors
/// As [`record_scans`], and when the scan is refused (a device without a gate, an override it may not make).
pub async fn record_scan(app: &App, by: Arc<ScanBy>, scan: Scan) -> Result<Answer, Error> {
    let answers = record_scans(app, by, vec![scan]).await?;
    let answer = answers.into_iter().next().ok_or_else(|| Error::Outside("a scan was not answered".to_owned()))?;
    Ok(answer?)
}

/// The name under which live screens hear of scans.
pub const SCAN_RECORDED: &str = "scan.recorded";

fn heard(edition: EditionId, scan: uuid::Uuid) -> crate::Event {
    use domain::journal::{Subject, SubjectKind};
    crate::Event {
        edition: Some(edition),
        kind: SCAN_RECORDED.to_owned(),
        subject: Subject::new(SubjectKind::Scan, scan),
    }
}
