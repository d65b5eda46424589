//! The SQL that differs between SQLite and PostgreSQL. Each function has a test that both give the same answer.

pub mod lock;
pub mod search;
pub mod shape;
pub mod time;
