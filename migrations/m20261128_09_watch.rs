//! Supervision and contingency: what opened a deviation and how far it was escalated, its corrective actions, the
//! reporting rhythm, reports of progress; promises and whether they were kept; incidents with a log that only grows;
//! durations a series has learned.

use crate::{migration, sheet::table};
use sea_orm_migration::prelude::{ColumnDef, Table};
use sea_orm_migration::sea_orm::{ConnectionTrait, DbBackend};

migration!(manager => {
    let columns = [
        ColumnDef::new("source").text().not_null().default("person").to_owned(),
        ColumnDef::new("title_zh").text().not_null().default("").to_owned(),
        ColumnDef::new("dedup").text().to_owned(),
        ColumnDef::new("place_id").uuid().to_owned(),
        ColumnDef::new("level").integer().not_null().default(0).to_owned(),
        ColumnDef::new("level_at").timestamp_with_time_zone().to_owned(),
    ];
    for column in columns {
        manager.alter_table(Table::alter().table("deviation").add_column(column).to_owned()).await?;
    }
    let db = manager.get_connection();
    // One cause has at most one open deviation.
    db.execute_unprepared(
        "create unique index uq_deviation_edition_id_dedup on deviation (edition_id, dedup) where state = 'open'",
    )
    .await?;
    // What failed checks opened before their source was noted.
    db.execute_unprepared("update deviation set source = 'check' where task_id is not null and round > 0").await?;
    table("deviation_action")
        .id()
        .refer("edition_id", "edition")
        .refer("deviation_id", "deviation")
        .refer("task_id", "task")
        .at(&["created_at"])
        .unique(&["task_id"])
        .index(&["deviation_id"])
        .create(manager)
        .await?;
    table("plan_rhythm")
        .refer("edition_id", "edition")
        .text(&["phase"])
        .code("every", &["never", "weekly", "daily", "hourly"])
        .int(&["weekday"])
        .big(&["due_minute", "from_minute", "until_minute"])
        .code("closing_every", &["never", "weekly", "daily", "hourly"])
        .big(&["closing_days", "grace_minutes"])
        .version()
        .key(&["edition_id", "phase"])
        .create(manager)
        .await?;
    table("progress_report")
        .id()
        .refer("edition_id", "edition")
        .refer("task_id", "task")
        .int(&["percent"])
        .uuid_null("by")
        .at(&["at"])
        .index(&["edition_id", "task_id", "at"])
        .create(manager)
        .await?;
    table("commitment")
        .id()
        .refer("edition_id", "edition")
        .refer("task_id", "task")
        .code("span", &["week", "day"])
        .day(&["begins_on"])
        .text(&["team"])
        .int(&["goal"])
        .code("outcome", &["open", "done", "missed"])
        .text_null(&["reason"])
        .text(&["note"])
        .uuid_null("promised_by")
        .at(&["promised_at"])
        .uuid_null("judged_by")
        .at_null(&["judged_at"])
        .version()
        .unique(&["task_id", "span", "begins_on"])
        .index(&["edition_id", "span", "begins_on"])
        .create(manager)
        .await?;
    table("learned")
        .id()
        .refer("series_id", "series")
        .text(&["template"])
        .int(&["number"])
        .refer("edition_id", "edition")
        .json(&["durations"])
        .uuid_null("by")
        .at(&["at"])
        .unique(&["series_id", "template", "number"])
        .create(manager)
        .await?;
    incidents(manager).await?;
    for statement in guards(manager.get_database_backend()) {
        manager.get_connection().execute_unprepared(statement).await?;
    }
});

async fn incidents(
    manager: &sea_orm_migration::prelude::SchemaManager<'_>,
) -> Result<(), sea_orm_migration::prelude::DbErr> {
    table("incident")
        .id()
        .refer("edition_id", "edition")
        .int(&["number"])
        .text(&["entry"])
        .refer_null("place_id", "place")
        .text(&["place_en", "place_zh", "note"])
        .uuid_null("closure_id")
        .uuid("declared_by")
        .at(&["declared_at"])
        .at_null(&["first_action_at", "over_at"])
        .big(&["lines"])
        .text(&["head"])
        .version()
        .unique(&["edition_id", "number"])
        .index(&["edition_id", "over_at"])
        .create(manager)
        .await?;
    table("incident_line")
        .refer("incident_id", "incident")
        .big(&["seq"])
        .at(&["at"])
        .uuid_null("by")
        .text(&["by_name"])
        .code("kind", &["declared", "tasks", "closed", "alerted", "first_action", "note", "restored", "stood_down"])
        .text(&["text", "previous", "seal"])
        .key(&["incident_id", "seq"])
        .create(manager)
        .await?;
    table("incident_task")
        .refer("incident_id", "incident")
        .refer("task_id", "task")
        .key(&["incident_id", "task_id"])
        .index(&["task_id"])
        .create(manager)
        .await
}

/// The log of an incident only grows: the database itself refuses to change or remove a line.
fn guards(backend: DbBackend) -> &'static [&'static str] {
    match backend {
        DbBackend::Sqlite => &[
            "create trigger incident_line_kept before update on incident_line begin
             select raise(abort, 'the log of an incident only grows'); end",
            "create trigger incident_line_stays before delete on incident_line begin
             select raise(abort, 'the log of an incident only grows'); end",
        ],
        _ => &[
            "create function incident_line_kept() returns trigger language plpgsql as
             $$ begin raise exception 'the log of an incident only grows'; end $$",
            "create trigger incident_line_kept before update or delete on incident_line
             for each row execute function incident_line_kept()",
            "create trigger incident_line_whole before truncate on incident_line
             for each statement execute function incident_line_kept()",
        ],
    }
}
