//! Second factors: the sealed secret, recovery codes by hash, and sign-ins that wait for a code.

use crate::{migration, sheet::table};

migration!(manager => {
    table("second_factor")
        .uuid("owner_id")
        .code("kind", &["staff", "contact"])
        .text(&["sealed"])
        .big_null(&["last_step"])
        .at(&["created_at"])
        .at_null(&["confirmed_at"])
        .key(&["owner_id"])
        .create(manager)
        .await?;
    table("recovery_code")
        .uuid("owner_id")
        .text(&["code_hash"])
        .at_null(&["used_at"])
        .key(&["owner_id", "code_hash"])
        .create(manager)
        .await?;
    table("signin_waiting")
        .id()
        .code("kind", &["staff", "contact"])
        .uuid("owner_id")
        .text(&["token_hash"])
        .at(&["created_at", "expires_at"])
        .unique(&["token_hash"])
        .index(&["owner_id"])
        .index(&["expires_at"])
        .create(manager)
        .await?;
});
