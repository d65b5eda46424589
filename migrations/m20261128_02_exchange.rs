//! Files of other planning programs that wait between "show me" and "bring it in".

use crate::migration;
use crate::sheet::table;

migration!(manager => {
    table("plan_upload")
        .id()
        .refer("edition_id", "edition")
        .text(&["name"])
        .blob("content")
        .uuid("by")
        .at(&["at"])
        .index(&["edition_id"])
        .create(manager)
        .await?;
});
