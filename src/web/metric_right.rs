//! Which right opens the figures of an area of the metrics' catalogue: the one that opens the records they count.

use domain::access::Permission;

/// The right for an area.
pub(crate) fn metric_right(area: &str) -> Permission {
    match area {
        "stands" | "applications" => Permission::SalesRead,
        "duties" => Permission::ExhibitorRead,
        "registrations" | "badges" => Permission::RegistrationRead,
        "scans" => Permission::AdmissionRead,
        _ => Permission::PlanRead,
    }
}
