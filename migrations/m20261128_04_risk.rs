//! The risk register, and simulations of the plan with what they found.

use crate::{migration, sheet::table};

migration!(manager => {
    table("risk_event")
        .id()
        .refer("edition_id", "edition")
        .int(&["number"])
        .text(&["name_en", "name_zh", "description"])
        .int(&["probability_permille"])
        .big(&["optimistic_minutes", "likely_minutes", "pessimistic_minutes"])
        .json(&["tasks"])
        .refer_null("owner_id", "user")
        .text(&["response"])
        .code("state", &["open", "closed"])
        .version()
        .at(&["created_at"])
        .unique(&["edition_id", "number"])
        .create(manager)
        .await?;
    table("risk_run")
        .id()
        .refer("edition_id", "edition")
        .code("state", &["waiting", "running", "done", "cancelled", "failed"])
        .int(&["runs", "made", "revision"])
        .text(&["seed", "shape", "aim", "basis"])
        .uuid_null("asked_by")
        .at(&["asked_at"])
        .at_null(&["finished_at"])
        .col(sea_orm_migration::prelude::ColumnDef::new("result").json_binary())
        .index(&["edition_id", "asked_at"])
        .create(manager)
        .await?;
});
