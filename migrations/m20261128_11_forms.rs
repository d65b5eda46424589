//! What visitors are asked and agree to: registration forms by version, categories' rules, waiting lists, wordings of
//! consents, texts of mails, changes of an address, and who got a visitor's data.

use crate::{
    migration,
    sheet::{add_columns, table},
};
use sea_orm_migration::prelude::ColumnDef;
use sea_orm_migration::sea_orm::ConnectionTrait;

migration!(manager => {
    let columns = [
        ColumnDef::new("form_number").integer().to_owned(),
        ColumnDef::new("waiting_since").timestamp_with_time_zone().to_owned(),
    ];
    add_columns(manager, "registration", columns).await?;
    let db = manager.get_connection();
    // Counting the places of a category, and who is first on its list.
    for statement in [
        "create index ix_registration_edition_id_category_status on registration (edition_id, category, status)",
        "create index ix_registration_edition_id_waiting_since on registration (edition_id, waiting_since)
         where waiting_since is not null",
    ] {
        db.execute_unprepared(statement).await?;
    }
    table("registration_form")
        .refer("edition_id", "edition")
        .int(&["number"])
        .code("state", &["draft", "published", "retired"])
        .json(&["document"])
        .text(&["by_name"])
        .at(&["changed_at"])
        .at_null(&["published_at"])
        .version()
        .key(&["edition_id", "number"])
        .unique_where(&["edition_id", "state"], "state <> 'retired'")
        .create(manager)
        .await?;
    table("registration_intake")
        .refer("edition_id", "edition")
        .text(&["category"])
        .flag(&["public", "approval", "waiting_list", "promotes"])
        .int_null(&["capacity"])
        .day_null(&["opens_on", "closes_on"])
        .text(&["hint_en", "hint_zh"])
        .version()
        .key(&["edition_id", "category"])
        .create(manager)
        .await?;
    table("registration_setting")
        .refer("edition_id", "edition")
        // Whether the public sees a new badge at once, which tells a stranger that the address was not registered.
        .flag(&["badge_at_once"])
        .text(&["remind_days", "purposes"])
        .int_null(&["keep_days"])
        .version()
        .key(&["edition_id"])
        .create(manager)
        .await?;
    table("consent_wording")
        .refer("edition_id", "edition")
        .int(&["number"])
        .json(&["texts"])
        .text(&["by_name"])
        .at(&["published_at"])
        .key(&["edition_id", "number"])
        .create(manager)
        .await?;
    table("mail_text")
        .refer("edition_id", "edition")
        .text(&["occasion", "subject_en", "subject_zh", "body_en", "body_zh"])
        .version()
        .key(&["edition_id", "occasion"])
        .create(manager)
        .await?;
    table("address_change")
        .id()
        .refer("edition_id", "edition")
        .refer("registration_id", "registration")
        .text(&["email", "secret_hash"])
        .at(&["asked_at", "expires_at"])
        .at_null(&["done_at"])
        .unique(&["secret_hash"])
        .index(&["registration_id", "asked_at"])
        .create(manager)
        .await?;
    table("disclosure")
        .refer("edition_id", "edition")
        .uuid("id")
        .uuid_null("registration_id")
        .code("recipient", &["team", "program", "exhibitor"])
        .text(&["name"])
        .code("means", &["list", "scan", "program"])
        .json(&["filter"])
        .big(&["people"])
        .at(&["at"])
        .key(&["edition_id", "id"])
        .index(&["edition_id", "at"])
        .create(manager)
        .await?;
    db.execute_unprepared(
        "create index ix_disclosure_registration_id on disclosure (registration_id) where registration_id is not null",
    )
    .await?;
});
