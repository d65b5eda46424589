//! Changing the plan: accepted changes that can be taken back, views of lists by name, calendar feeds by secret
//! address.

use crate::{migration, sheet::table};

migration!(manager => {
    table("plan_edit")
        .id()
        .refer("edition_id", "edition")
        .refer("user_id", "user")
        .at(&["at"])
        .int(&["revision"])
        .text(&["word"])
        .json(&["codes", "changes"])
        .code("state", &["done", "undone", "dropped"])
        .at_null(&["undone_at"])
        .index(&["edition_id", "user_id", "state", "at"])
        .create(manager)
        .await?;
    table("saved_view")
        .id()
        .refer("edition_id", "edition")
        .refer("user_id", "user")
        .text(&["list", "name", "query"])
        .at(&["created_at"])
        .unique(&["edition_id", "user_id", "list", "name"])
        .create(manager)
        .await?;
    table("calendar_feed")
        .id()
        .refer("edition_id", "edition")
        .refer("user_id", "user")
        .code("about", &["person", "place"])
        .refer_null("place_id", "place")
        .text(&["secret_hash"])
        .at(&["created_at"])
        .at_null(&["used_at", "revoked_at"])
        .unique(&["secret_hash"])
        .index(&["edition_id", "user_id"])
        .create(manager)
        .await?;
});
