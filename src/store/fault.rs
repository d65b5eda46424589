//! What can go wrong with the database, and which constraint said no.

use sea_orm::{DbErr, SqlErr};

/// Why the database did not do it.
#[derive(Debug, thiserror::Error)]
pub enum Fault {
    /// The row was changed by somebody else since it was read.
    #[error("the row was changed in the meantime")]
    Stale,
    /// A unique constraint holds already; the name is the constraint's, the same on both databases.
    #[error("unique constraint {0} violated")]
    Taken(String),
    /// A reference points nowhere, or a row is still referred to.
    #[error("foreign key violated: {0}")]
    Reference(String),
    /// A row that cannot be: the database holds something the domain does not know.
    #[error("impossible row in {table}: {what}")]
    Impossible {
        /// The table.
        table: &'static str,
        /// What is wrong.
        what: String,
    },
    /// The address of the database is not one we can use.
    #[error("cannot use database address: {0}")]
    Address(String),
    /// Anything else the driver reports.
    #[error(transparent)]
    Database(DbErr),
    /// Reading or writing a file beside the database failed.
    #[error("{0}: {1}")]
    File(String, std::io::Error),
}

/// Result of everything here.
pub type Outcome<T> = Result<T, Fault>;

impl From<DbErr> for Fault {
    fn from(error: DbErr) -> Self {
        match error.sql_err() {
            Some(SqlErr::UniqueConstraintViolation(message)) => Self::Taken(constraint_name(&message)),
            Some(SqlErr::ForeignKeyConstraintViolation(message)) => Self::Reference(message),
            _ => Self::Database(error),
        }
    }
}

impl Fault {
    /// A row the domain cannot read.
    pub fn impossible(table: &'static str, what: impl ToString) -> Self {
        Self::Impossible { table, what: what.to_string() }
    }

    /// Whether this unique constraint said no.
    pub fn taken(&self, constraint: &str) -> bool {
        matches!(self, Self::Taken(name) if name == constraint)
    }
}

/// PostgreSQL names the constraint, SQLite the columns; our names are made of the columns, so both give one name.
/// `UNIQUE constraint failed: stand.edition_id, stand.number` and
/// `duplicate key value violates unique constraint "uq_stand_edition_id_number"` are the same conflict.
fn constraint_name(message: &str) -> String {
    if let Some(columns) = message.split("UNIQUE constraint failed: ").nth(1) {
        let mut parts = columns.split(", ").filter_map(|c| c.trim().split_once('.'));
        if let Some((table, first)) = parts.next() {
            let rest = parts.map(|(_, column)| column);
            return format!("uq_{table}_{}", std::iter::once(first).chain(rest).collect::<Vec<_>>().join("_"));
        }
    }
    message.split('"').nth(1).unwrap_or(message).to_owned()
}

#[cfg(test)]
mod tests {
    use super::constraint_name;

    #[test]
    fn both_spellings_give_one_name() {
        let sqlite =
            "error returned from database: (code: 2067) UNIQUE constraint failed: stand.edition_id, stand.number";
        let postgres = "duplicate key value violates unique constraint \"uq_stand_edition_id_number\"";
        assert_eq!(constraint_name(sqlite), "uq_stand_edition_id_number");
        assert_eq!(constraint_name(postgres), "uq_stand_edition_id_number");
    }
}
