//! HTTP: routers, guards, handlers. A handler translates: parse, call one use case or one query, render.
//!
//! Every route is declared on a [`Surface`] with the right it needs, so the access matrix can walk them all.
//! `organizer`, `portal`, `desk`, `public` and `api` never import each other. Deliberately absent: SQL, rules,
//! transactions, sentences.
#![forbid(unsafe_code)]

mod account;
mod answer;
pub mod api;
mod arrival;
mod assets;
mod desk;
mod earned;
mod entering;
mod events;
mod fields;
mod gallery;
pub mod guard;
mod health;
mod letters;
mod live;
mod metric_right;
mod organizer;
mod path;
mod pictures;
mod portal;
mod printers;
mod public;
mod server;
mod surface;
mod typed;
mod ui;
mod upload;

pub use server::{routes, service};
pub use surface::{Declared, Need, Surface};
