//! Crews, what tasks need of them, and levellings: asked for, computed beside requests, proposed, accepted or discarded.

use crate::{migration, sheet::table};

migration!(manager => {
    table("crew")
        .id()
        .refer("edition_id", "edition")
        .text(&["code", "name_en", "name_zh"])
        .int(&["quantity"])
        .refer_null("calendar_id", "plan_calendar")
        .version()
        .unique(&["edition_id", "code"])
        .create(manager)
        .await?;
    table("task_crew")
        .refer("task_id", "task")
        .refer("crew_id", "crew")
        .refer("edition_id", "edition")
        .int(&["quantity"])
        .key(&["task_id", "crew_id"])
        .index(&["edition_id"])
        .index(&["crew_id"])
        .create(manager)
        .await?;
    table("levelling")
        .id()
        .refer("edition_id", "edition")
        .code("state", &["queued", "running", "proposed", "accepted", "discarded", "cancelled", "failed"])
        .int(&["revision"])
        .big(&["seed", "budget", "built"])
        .json(&["standing", "proposal"])
        .flag(&["stop"])
        .uuid_null("asked_by")
        .at(&["asked_at", "touched_at"])
        .uuid_null("decided_by")
        .at_null(&["decided_at"])
        .version()
        .index(&["edition_id", "asked_at"])
        .create(manager)
        .await?;
});
