//! The database: SQLite inside the binary or PostgreSQL, one code base.
//!
//! [`Store`] holds the connections, [`Reader`] is all a page may have, [`Tx`] is a write transaction that only `app`
//! opens. [`record`] loads and saves what a use case changes; [`read`] answers what pages and the API show, one
//! purpose-made query each. `entity` is private: no sea-orm type leaves this crate. SQL that differs between the two
//! databases lives in [`dialect`] and nowhere else.

pub mod dialect;
mod entity;
mod fault;
mod open;
mod query;
pub mod read;
pub mod record;
mod watch;

pub use fault::{Fault, Outcome};
pub use open::{Backend, Reader, Store, Tx};
pub use query::{Query, Row};
pub use watch::{Watch, Watched};
