//! Forgotten passwords: a link by mail, of which the hash is kept.

use crate::{migration, sheet::table};

migration!(manager => {
    table("password_reset")
        .id()
        .code("kind", &["staff", "contact"])
        .text(&["folded", "token_hash"])
        .at(&["created_at", "expires_at"])
        .at_null(&["used_at"])
        .unique(&["token_hash"])
        .index(&["kind", "folded", "created_at"])
        .create(manager)
        .await?;
});
