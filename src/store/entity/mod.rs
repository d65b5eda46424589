//! Rows as the database has them. Private: nothing of sea-orm leaves the crate.
