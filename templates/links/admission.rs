//! Addresses of `admission`: gates, devices, rules, the scan log, the live board.

use domain::{AccessRuleId, DeviceId, FreezeId, HubId, PlaceId, RegistrationId, ScanId};

use super::{Href, segment};

fn under(edition: &str, rest: &str) -> Href {
    Href::new(format!("/e/{}/admission{rest}", segment(edition)))
}

/// The live board.
pub fn home(edition: &str) -> Href {
    under(edition, "")
}

/// The stream that draws it anew while badges pass.
pub fn board_events(edition: &str) -> Href {
    Href::new(format!("/events/{}/admission", segment(edition)))
}

/// Gates.
pub fn gates(edition: &str) -> Href {
    under(edition, "/gates")
}

/// A gate to be made.
pub fn new_gate(edition: &str) -> Href {
    under(edition, "/gates/new")
}

/// One gate.
pub fn gate(edition: &str, gate: PlaceId) -> Href {
    under(edition, &format!("/gates/{gate}"))
}

/// Opens or shuts a gate.
pub fn gate_switch(edition: &str, gate: PlaceId) -> Href {
    under(edition, &format!("/gates/{gate}/switch"))
}

/// Access rules and the simulator.
pub fn rules(edition: &str) -> Href {
    under(edition, "/rules")
}

/// A rule to be made.
pub fn new_rule(edition: &str) -> Href {
    under(edition, "/rules/new")
}

/// One rule.
pub fn rule(edition: &str, rule: AccessRuleId) -> Href {
    under(edition, &format!("/rules/{rule}"))
}

/// Takes a rule away.
pub fn rule_remove(edition: &str, rule: AccessRuleId) -> Href {
    under(edition, &format!("/rules/{rule}/remove"))
}

/// Devices.
pub fn devices(edition: &str) -> Href {
    under(edition, "/devices")
}

/// A device to be made.
pub fn new_device(edition: &str) -> Href {
    under(edition, "/devices/new")
}

/// One device: what it is, its pairing code while one is out.
pub fn device(edition: &str, device: DeviceId) -> Href {
    under(edition, &format!("/devices/{device}"))
}

/// Puts a fresh pairing code out.
pub fn device_pair(edition: &str, device: DeviceId) -> Href {
    under(edition, &format!("/devices/{device}/pair"))
}

/// Gives a device another name, gate or use.
pub fn device_move(edition: &str, device: DeviceId) -> Href {
    under(edition, &format!("/devices/{device}/move"))
}

/// Words to devices.
pub fn messages(edition: &str) -> Href {
    under(edition, "/messages")
}

/// Withdraws a device.
pub fn device_revoke(edition: &str, device: DeviceId) -> Href {
    under(edition, &format!("/devices/{device}/revoke"))
}

/// The count of the log by an auditor's rules.
pub fn counts(edition: &str) -> Href {
    under(edition, "/counts")
}

/// The same as a workbook.
pub fn counts_export(edition: &str) -> Href {
    under(edition, "/counts.xlsx")
}

/// A frozen count.
pub fn freeze(edition: &str, freeze: FreezeId) -> Href {
    under(edition, &format!("/counts/{freeze}"))
}

/// Looks at a frozen count again.
pub fn freeze_check(edition: &str, freeze: FreezeId) -> Href {
    under(edition, &format!("/counts/{freeze}/check"))
}

/// A file of a frozen count: `certificate.pdf`, `figures.xlsx`, `log.csv`.
pub fn freeze_file(edition: &str, freeze: FreezeId, file: &str) -> Href {
    under(edition, &format!("/counts/{freeze}/{file}"))
}

/// Hubs on the venue's own network.
pub fn hubs(edition: &str) -> Href {
    under(edition, "/hubs")
}

/// Withdraws a hub.
pub fn hub_withdraw(edition: &str, hub: HubId) -> Href {
    under(edition, &format!("/hubs/{hub}/withdraw"))
}

/// The conflict inbox.
pub fn conflicts(edition: &str) -> Href {
    under(edition, "/conflicts")
}

/// The conflict inbox as a file.
pub fn conflicts_export(edition: &str, format: &str) -> Href {
    under(edition, &format!("/conflicts.{format}"))
}

/// One conflict, by its scan.
pub fn conflict(edition: &str, scan: ScanId) -> Href {
    under(edition, &format!("/conflicts/{scan}"))
}

/// Opens a conflict again.
pub fn conflict_reopen(edition: &str, scan: ScanId) -> Href {
    under(edition, &format!("/conflicts/{scan}/reopen"))
}

/// The scan log.
pub fn scans(edition: &str) -> Href {
    under(edition, "/scans")
}

/// The scan log as a file.
pub fn scans_export(edition: &str, format: &str) -> Href {
    under(edition, &format!("/scans.{format}"))
}

/// The scans of one person.
pub fn scans_of(edition: &str, registration: RegistrationId) -> Href {
    scans(edition).query(&[("registration", &registration.to_string())])
}

/// The registration behind a badge.
pub fn person(edition: &str, registration: RegistrationId) -> Href {
    Href::new(format!("/e/{}/registration/{registration}", segment(edition)))
}
