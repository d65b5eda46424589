//! What SQLite's planner believes about the tables that grow with the people of a show. Without it the planner takes
//! every index for equally good and, where one also gives the order that is asked for, walks a whole edition for the
//! badge of one person. The figures are fixed, so that plans are the same in every installation and in tests; they are
//! those of the demonstration: `analyze`, then `select tbl, idx, stat from sqlite_stat1`. An index that comes later to one
//! of these tables brings its line in its own migration; a test asks for it.
//! <https://sqlite.org/optoverview.html#statically_generated_analyze_results>

use crate::migration;
use sea_orm_migration::sea_orm::{ConnectionTrait, DbBackend, Statement};

/// Table, index, and the figures of `sqlite_stat1`.
const STATISTICS: &str = include_str!("statistics.csv");

migration!(manager => {
    if manager.get_database_backend() == DbBackend::Sqlite {
        let db = manager.get_connection();
        // Makes the table of statistics, which nobody else may make.
        db.execute_unprepared("analyze edition").await?;
        db.execute_unprepared("delete from sqlite_stat1").await?;
        for line in STATISTICS.lines().skip(1) {
            let values = line.splitn(3, ',').map(Into::into);
            let sql = "insert into sqlite_stat1 (tbl, idx, stat) values (?, ?, ?)";
            db.execute_raw(Statement::from_sql_and_values(DbBackend::Sqlite, sql, values)).await?;
        }
        db.execute_unprepared("analyze sqlite_schema").await?;
    }
});
