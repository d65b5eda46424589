//! Registrations that come as a table: the import, its rows in parts as they came, and the rows that were not taken.

use crate::{migration, sheet::table};

migration!(manager => {
    table("intake")
        .id()
        .refer("edition_id", "edition")
        .refer_null("delegation_id", "delegation")
        .text(&["name"])
        .json(&["heads", "mapping", "options"])
        .code("state", &["kept", "judging", "judged", "running", "done", "stopped"])
        .int(&["total", "done", "fresh", "updated", "known", "rejected", "parts", "next_part"])
        .flag(&["stop"])
        .text(&["created_by"])
        .at(&["created_at", "touched_at"])
        .version()
        .index(&["edition_id", "id"])
        .index(&["state", "touched_at"])
        .create(manager)
        .await?;
    table("intake_part")
        .refer("intake_id", "intake")
        .int(&["part"])
        .blob("content")
        .key(&["intake_id", "part"])
        .create(manager)
        .await?;
    table("intake_fault")
        .refer("intake_id", "intake")
        .int(&["line"])
        .json(&["cells", "reasons"])
        .key(&["intake_id", "line"])
        .create(manager)
        .await?;
});
