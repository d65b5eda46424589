//! The organizer's pages of `admission`: live board, scan log, gates, rules with the simulator, devices.

use crate::Surface;
use domain::admission::Gate;
use domain::admission::view::PlaceChoice;

mod board;
mod care;
mod conflicts;
mod counts;
mod devices;
mod gates;
mod hubs;
mod rules;
mod scans;

pub(crate) fn routes(s: &mut Surface) {
    board::routes(s);
    conflicts::routes(s);
    counts::routes(s);
    scans::routes(s);
    gates::routes(s);
    hubs::routes(s);
    rules::routes(s);
    devices::routes(s);
    care::routes(s);
}

/// Gates as choices of a form.
fn choices(gates: &[Gate]) -> Vec<PlaceChoice> {
    let choice = |gate: &Gate| PlaceChoice {
        id: gate.id,
        code: gate.code.clone(),
        name: gate.name.clone(),
        kind: "gate".to_owned(),
    };
    gates.iter().map(choice).collect()
}
