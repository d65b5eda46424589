//! Gates, rules, devices, the scan log and the live board, as pages, devices and the scan writer read them.

mod board;
mod devices;
mod gates;
mod log;
mod scanning;

pub use board::board;
pub use devices::{DeviceKey, DeviceRefs, device, device_by_key, device_by_pairing, devices};
pub use gates::{Checkpoint, checkpoint, gate, gate_lines, gates, places, rule, rule_lines, rules};
pub use log::{LogPage, answers, count, export, log};
pub use scanning::{BadgeRow, PassageRow, badges, passages, sequence_tally};
