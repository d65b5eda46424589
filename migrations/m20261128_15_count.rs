//! Frozen counts: figures by an auditor's rules with the hash of the log they were counted from, kept as they were
//! written, and the looks somebody took at them later.

use crate::{migration, sheet::table};
use sea_orm_migration::sea_orm::{ConnectionTrait, DbBackend};

migration!(manager => {
    table("count_freeze")
        .id()
        .refer("edition_id", "edition")
        .int(&["number"])
        .text(&["profile", "certificate", "log_hash", "seal", "code", "note", "frozen_name"])
        .big(&["scans"])
        .day(&["first_day", "last_day"])
        .at(&["cutoff", "frozen_at"])
        .uuid("frozen_by")
        .unique(&["edition_id", "number"])
        .unique(&["code"])
        .create(manager)
        .await?;
    table("count_check")
        .id()
        .refer("freeze_id", "count_freeze")
        .flag(&["same"])
        .big(&["scans"])
        .text(&["log_hash", "checked_name"])
        .at(&["checked_at"])
        .index(&["freeze_id", "checked_at"])
        .create(manager)
        .await?;
    let connection = manager.get_connection();
    for act in ["update", "delete"] {
        let statement = match manager.get_database_backend() {
            DbBackend::Sqlite => format!(
                "create trigger count_freeze_kept_on_{act} before {act} on count_freeze for each row begin
                 select raise(abort, 'rows of count_freeze are kept as they were written'); end"
            ),
            _ => format!(
                "create trigger count_freeze_kept_on_{act} before {act} on count_freeze for each row
                 execute function keep_row()"
            ),
        };
        connection.execute_unprepared(&statement).await?;
    }
});
