//! Conflicts of the scan log: one row a scan that came out wrong once everything was known, with what people said of it.

use crate::{migration, sheet::table};

migration!(manager => {
    table("scan_conflict")
        .refer("edition_id", "edition")
        .uuid("scan_id")
        .code("kind", &[
            "admitted_twice", "withdrawn", "against_rules", "unknown_badge", "not_ours", "turned_away", "clock_unknown",
        ])
        .code("state", &["open", "settled", "gone"])
        .uuid("gate_id")
        .uuid_null("registration_id")
        .uuid_null("other_scan")
        .flag(&["order_unknown"])
        .at(&["entry_time", "found_at"])
        .uuid_null("settled_by")
        .text(&["settled_name", "note"])
        .at_null(&["settled_at"])
        .version()
        .key(&["edition_id", "scan_id"])
        .index(&["edition_id", "state", "entry_time"])
        .index(&["edition_id", "registration_id"])
        .create(manager)
        .await?;
});
