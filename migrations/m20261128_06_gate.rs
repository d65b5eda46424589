//! Gates between phases with their decisions, signatures, conditions and waivers; indicators of every kind; and the
//! database's own word that a measurement, a signature and a decision once made are never changed.

use crate::migration;
use crate::sheet::{add_columns, table};
use sea_orm_migration::prelude::ColumnDef;
use sea_orm_migration::sea_orm::{ConnectionTrait, DbBackend};

migration!(manager => {
    let columns = [
        ColumnDef::new("tolerance").text().not_null().default("").take(),
        ColumnDef::new("stop_limit").text().not_null().default("").take(),
        ColumnDef::new("method").text().not_null().default("").take(),
        ColumnDef::new("source").text().not_null().default("").take(),
        ColumnDef::new("role").text().not_null().default("").take(),
        ColumnDef::new("metric").text().not_null().default("").take(),
        ColumnDef::new("retired_at").timestamp_with_time_zone().take(),
        ColumnDef::new("version").integer().not_null().default(1).take(),
    ];
    add_columns(manager, "indicator", columns).await?;
    table("phase_gate")
        .id()
        .refer("edition_id", "edition")
        .refer("task_id", "task")
        .text(&["code"])
        .refer_null("place_id", "place")
        .text(&["guards", "asks", "signers"])
        .int(&["majors"])
        .code("state", &["closed", "open", "conditional", "held", "recycled", "stopped", "reclosed"])
        .text(&["reason"])
        .at(&["since"])
        .int(&["sort"])
        .version()
        .unique(&["task_id"])
        .index(&["edition_id"])
        .create(manager)
        .await?;
    table("gate_decision")
        .id()
        .refer("edition_id", "edition")
        .refer("gate_id", "phase_gate")
        .int(&["number"])
        .code("outcome", &["go", "conditional", "hold", "recycle", "stop"])
        .code("state", &["proposed", "decided", "declined"])
        .text(&["text"])
        .json(&["criteria"])
        .uuid("proposed_by")
        .at(&["proposed_at"])
        .at_null(&["closed_at"])
        .text(&["closing", "baseline"])
        .version()
        .unique(&["gate_id", "number"])
        .index(&["edition_id", "state"])
        .create(manager)
        .await?;
    table("gate_signature")
        .id()
        .refer("edition_id", "edition")
        .refer("decision_id", "gate_decision")
        .text(&["function"])
        .uuid("signed_by")
        .at(&["at"])
        .text(&["text"])
        .unique(&["decision_id", "signed_by"])
        .create(manager)
        .await?;
    table("gate_condition")
        .id()
        .refer("edition_id", "edition")
        .refer("decision_id", "gate_decision")
        .text(&["text"])
        .uuid("owner_id")
        .day(&["due_on"])
        .uuid_null("task_id")
        .int(&["sort"])
        .index(&["decision_id"])
        .create(manager)
        .await?;
    table("gate_waiver")
        .id()
        .refer("edition_id", "edition")
        .refer("gate_id", "phase_gate")
        .text(&["criterion"])
        .refer_null("task_id", "task")
        .text(&["reason", "replacement"])
        .at(&["until"])
        .uuid("waived_by")
        .at(&["at"])
        .at_null(&["ended_at"])
        .index(&["gate_id"])
        .index(&["edition_id"])
        .create(manager)
        .await?;
    let connection = manager.get_connection();
    connection
        .execute_unprepared("create index ix_measurement_indicator_id_at on measurement (indicator_id, at)")
        .await?;
    for statement in keeping(manager.get_database_backend()) {
        connection.execute_unprepared(&statement).await?;
    }
});

/// Tables whose rows are never changed or taken away, and when: always, or once the old row is closed.
const KEPT: [(&str, &str); 3] =
    [("measurement", ""), ("gate_signature", ""), ("gate_decision", "old.state <> 'proposed'")];

fn keeping(backend: DbBackend) -> Vec<String> {
    let mut statements = Vec::new();
    if backend != DbBackend::Sqlite {
        let refuse = "create function keep_row() returns trigger language plpgsql as $$
            begin raise exception 'rows of % are kept as they were written', tg_table_name; end $$";
        statements.push(refuse.to_owned());
    }
    for (table, when) in KEPT {
        for act in ["update", "delete"] {
            let condition = if when.is_empty() { String::new() } else { format!(" when ({when})") };
            statements.push(match backend {
                DbBackend::Sqlite => format!(
                    "create trigger {table}_kept_on_{act} before {act} on {table} for each row{condition} begin
                     select raise(abort, 'rows of {table} are kept as they were written'); end"
                ),
                _ => format!(
                    "create trigger {table}_kept_on_{act} before {act} on {table} for each row{condition}
                     execute function keep_row()"
                ),
            });
        }
    }
    statements
}
