//! Scenarios: changes tried on the plan without touching it.

use crate::{migration, sheet::table};

migration!(manager => {
    table("scenario")
        .id()
        .refer("edition_id", "edition")
        .int(&["number"])
        .text(&["name_en", "name_zh", "description"])
        .int(&["revision"])
        .code("state", &["draft", "promoted", "dropped"])
        .json(&["steps"])
        .uuid_null("created_by")
        .version()
        .at(&["created_at"])
        .unique(&["edition_id", "number"])
        .create(manager)
        .await?;
});
