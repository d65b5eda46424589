//! What devices on site tell and are told, quotas of access rules, and the farewell of a withdrawn device.

use crate::{
    migration,
    sheet::{add_columns, table},
};
use sea_orm_migration::prelude::ColumnDef;

migration!(manager => {
    add_columns(manager, "access_rule", [
        ColumnDef::new("quota_scope").text().to_owned(),
        ColumnDef::new("quota_limit").big_integer().to_owned(),
    ])
    .await?;
    // The key of a withdrawn device opens nothing; it still names whose scans are handed in.
    add_columns(manager, "device", [ColumnDef::new("withdrawn_hash").text().to_owned()]).await?;
    // What a device said of itself last; one row a device, written over.
    table("device_state")
        .refer("edition_id", "edition")
        .refer("device_id", "device")
        .at(&["told_at"])
        .int_null(&["battery_percent"])
        .flag(&["charging"])
        .int(&["unsent", "refused", "badges"])
        .at_null(&["oldest_unsent_at", "data_at"])
        .big_null(&["offset_ms"])
        .text(&["agent"])
        .flag(&["kept"])
        .key(&["edition_id", "device_id"])
        .create(manager)
        .await?;
    // Words from the supervisors to one device, to all at a gate, or to all.
    table("device_message")
        .refer("edition_id", "edition")
        .uuid("id")
        .uuid_null("device_id")
        .uuid_null("gate_id")
        .text(&["text", "sent_by"])
        .at(&["sent_at", "until_at"])
        .key(&["edition_id", "id"])
        .create(manager)
        .await?;
    table("device_message_read")
        .refer("edition_id", "edition")
        .uuid("message_id")
        .uuid("device_id")
        .at(&["read_at"])
        .key(&["edition_id", "message_id", "device_id"])
        .create(manager)
        .await?;
});
