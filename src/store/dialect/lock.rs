//! Row locks: PostgreSQL takes them by name; on SQLite the immediate transaction already holds the whole file.

use crate::Backend;

/// The ending of a `select` that locks the rows it finds until the transaction ends.
pub const fn for_update(backend: Backend) -> &'static str {
    match backend {
        Backend::Sqlite => "",
        Backend::Postgres => " for update",
    }
}

/// The same for a row that many others refer to: does not hold up those who only add a reference to it.
pub const fn for_numbering(backend: Backend) -> &'static str {
    match backend {
        Backend::Sqlite => "",
        Backend::Postgres => " for no key update",
    }
}

/// The same for one table of a join.
pub fn for_update_of(backend: Backend, alias: &str) -> String {
    match backend {
        Backend::Sqlite => String::new(),
        Backend::Postgres => format!(" for update of {alias}"),
    }
}
