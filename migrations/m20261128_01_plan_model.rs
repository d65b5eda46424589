//! What a plan needs beyond its first shape: working calendars, three-point durations, priorities, money, summaries;
//! lags of every kind, maximum lags, and where a link comes from.

use crate::migration;
use crate::sheet::{add_columns, table};
use sea_orm_migration::prelude::ColumnDef;

migration!(manager => {
    table("plan_calendar")
        .id()
        .refer("edition_id", "edition")
        .text(&["code", "name_en", "name_zh"])
        .json(&["pattern"])
        .uuid_null("parent_id")
        .unique(&["edition_id", "code"])
        .create(manager)
        .await?;
    let columns = [
        ColumnDef::new("currency").text().not_null().default("CNY").take(),
        ColumnDef::new("critical_threshold").big_integer().not_null().default(0).take(),
        ColumnDef::new("lag_calendar").text().not_null().default("successor").take(),
        ColumnDef::new("progress").text().not_null().default("retained_logic").take(),
        ColumnDef::new("calendar_id").uuid().take(),
    ];
    add_columns(manager, "plan", columns).await?;
    let columns = [
        ColumnDef::new("optimistic_minutes").big_integer().take(),
        ColumnDef::new("likely_minutes").big_integer().take(),
        ColumnDef::new("pessimistic_minutes").big_integer().take(),
        ColumnDef::new("remaining_minutes").big_integer().take(),
        ColumnDef::new("calendar_id").uuid().take(),
        ColumnDef::new("parent_id").uuid().take(),
        ColumnDef::new("priority").integer().not_null().default(500).take(),
        ColumnDef::new("budget_minor").big_integer().take(),
        ColumnDef::new("actual_cost_minor").big_integer().not_null().default(0).take(),
    ];
    add_columns(manager, "task", columns).await?;
    let columns = [
        ColumnDef::new("lag_kind").text().not_null().default("working").take(),
        ColumnDef::new("max_lag_minutes").big_integer().take(),
        ColumnDef::new("origin").text().not_null().default("logic").take(),
        ColumnDef::new("reason").text().not_null().default("").take(),
        ColumnDef::new("by").uuid().take(),
    ];
    add_columns(manager, "task_link", columns).await?;
});
