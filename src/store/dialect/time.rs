//! Parts of a moment, computed in the database.

use crate::Backend;

/// Whole minutes since 1970 of a column that holds a moment.
pub fn minute(column: &str, backend: Backend) -> String {
    match backend {
        // Moments are RFC 3339 text; strftime reads it, offset included.
        Backend::Sqlite => format!("cast(strftime('%s', {column}) as integer) / 60"),
        Backend::Postgres => format!("cast(floor(extract(epoch from {column}) / 60) as bigint)"),
    }
}
