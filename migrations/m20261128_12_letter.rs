//! Invitation and visa letters: what was certified to whom, under which number, found by the code printed on them.

use crate::{migration, sheet::table};

migration!(manager => {
    table("visa_letter")
        .refer("edition_id", "edition")
        .uuid("id")
        .uuid("registration_id")
        .int(&["number"])
        .text(&["code"])
        .code("kind", &["invitation", "visa"])
        .text(&["locale", "name", "company", "job_title", "passport", "nationality"])
        .day_null(&["born_on", "arrives_on", "departs_on"])
        .at(&["issued_at"])
        .text(&["issued_by"])
        .at_null(&["withdrawn_at"])
        .text(&["reason"])
        .key(&["edition_id", "id"])
        .unique(&["id"])
        .unique(&["edition_id", "number"])
        .unique(&["edition_id", "code"])
        .unique_where(&["edition_id", "registration_id", "kind"], "withdrawn_at is null")
        .create(manager)
        .await?;
});
