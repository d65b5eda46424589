//! The one integration binary: every layer that needs the whole house.
//!
//! `harness` starts an app the way `fairlead serve` does and owns the verbs (sign in, register, pair …);
//! the other folders are the layers. A test that touches the database is written once and runs on SQLite and
//! on PostgreSQL through `both_databases!`.

#![allow(clippy::disallowed_methods, reason = "tests may take time and chance where they find them")]

#[macro_use]
mod harness;

mod access;
mod api;
mod commands;
mod crash;
mod dialects;
mod house;
mod journeys;
