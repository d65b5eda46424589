//! Hubs on the venue's own network: those an installation knows, what an installation is when it is one itself, and how
//! far it has come with each thing it exchanges.

use crate::{migration, sheet::table};

migration!(manager => {
    table("hub")
        .id()
        .refer("edition_id", "edition")
        .int(&["number"])
        .text(&["name", "public_key"])
        .int(&["key_no"])
        .at(&["enrolled_at"])
        .at_null(&["seen_at"])
        .big(&["unsent", "offset_ms", "scans", "people"])
        .text(&["release"])
        .at_null(&["withdrawn_at"])
        .version()
        .unique(&["edition_id", "number"])
        .unique(&["edition_id", "public_key"])
        .create(manager)
        .await?;
    table("hub_self")
        .refer("edition_id", "edition")
        .uuid("hub_id")
        .text(&["name", "upstream"])
        .int(&["number", "first_number", "last_number"])
        .at(&["enrolled_at"])
        .at_null(&["contact_at", "tried_at"])
        .big(&["offset_ms"])
        .text(&["trouble"])
        .key(&["edition_id"])
        .create(manager)
        .await?;
    // Where a scan came from when it was not made here: the name of a hub, or `upstream`.
    let via = sea_orm_migration::prelude::ColumnDef::new("via").text().take();
    crate::sheet::add_columns(manager, "scan", [via]).await?;
    table("hub_mark")
        .uuid("edition_id")
        .text(&["what", "place"])
        .key(&["edition_id", "what"])
        .create(manager)
        .await?;
});
