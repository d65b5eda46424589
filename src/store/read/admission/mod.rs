//! Gates, rules, devices, the scan log and the live board, as pages, devices and the scan writer read them.

mod board;
mod conflicts;
mod counting;
mod crowd;
mod devices;
mod gates;
mod handheld;
mod log;
mod operations;
mod roster;
mod scanning;

pub use board::board;
pub use conflicts::{
    ConflictPage, TraceRow, conflict, conflict_counts, conflict_record, conflicts, editions_with_strangers, strangers,
    traces,
};
pub use counting::{
    After, Passed, freeze, freeze_by_code, freeze_checks, freezes, home_country, log_lines, newest_scan, passed,
    unnamed,
};
pub use crowd::{CrowdRow, crowd};
pub use devices::{DeviceKey, DeviceRefs, device, device_by_key, device_by_pairing, devices, paired, withdrawn_by_key};
pub use gates::{Checkpoint, checkpoint, gate, gate_lines, gates, places, rule, rule_lines, rules};
pub use handheld::{
    BadgeKept, PassageKept, active_code, badges_after, badges_of, messages, messages_for, newest_fact, passages_after,
    registrations_after,
};
pub use log::{LogPage, answers, count, export, log, own_answer};
pub use operations::{inside, print_tally, quarters, zones};
pub use roster::{expected_after, expected_of_ids};
pub use scanning::{BadgeRow, PassageRow, badges, passages, sequence_tally};
pub(crate) use scanning::{bind, places as listed};
