//! Baselines: the plan as it was at a moment, never changed again.

use crate::{migration, sheet::table};

migration!(manager => {
    table("baseline")
        .id()
        .refer("edition_id", "edition")
        .int(&["number"])
        .text(&["name_en", "name_zh", "reason"])
        .code("kind", &["gate", "manual"])
        .at(&["taken_at"])
        .uuid_null("taken_by")
        .int(&["revision"])
        .day(&["opens_on"])
        .big_null(&["room_minutes"])
        .int(&["task_count"])
        .flag(&["shown"])
        .json(&["frozen"])
        .unique(&["edition_id", "number"])
        .create(manager)
        .await?;
});
