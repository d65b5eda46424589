//! Callers: users and their roles, sessions, sign-in attempts. (Tokens name an edition: see the next file.)

use crate::{migration, sheet::table};

migration!(manager => {
    table("user")
        .id()
        .text(&["email", "folded", "name"])
        .text_null(&["password_hash"])
        .text(&["locale"])
        .flag(&["admin", "active"])
        .at(&["created_at"])
        .version()
        .unique(&["folded"])
        .create(manager)
        .await?;
    table("session")
        .id()
        .text(&["token_hash"])
        .code("kind", &["staff", "contact"])
        .uuid_null("user_id")
        .uuid_null("contact_id")
        .at(&["created_at", "seen_at", "expires_at"])
        .text(&["address", "agent"])
        .unique(&["token_hash"])
        .index(&["user_id"])
        .index(&["expires_at"])
        .create(manager)
        .await?;
    table("signin_attempt").id().text(&["key"]).at(&["at"]).flag(&["ok"]).index(&["key", "at"]).create(manager).await?;
    table("setting").col(sea_orm_migration::prelude::ColumnDef::new("key").text().not_null().primary_key()).text(&["value"]).create(manager).await?;
});
