//! What people read: pages, components, shells, mails, links and the words in both languages.
//!
//! A page is a struct of read models with one `render(&self, shell)`. It never queries and never reads the
//! clock. Every text is a Fluent message of `locales/`, every address comes from [`links`], every picture is
//! SVG made here. `gallery` shows each component in each state.
#![forbid(unsafe_code)]

pub mod account;
pub mod assets;
pub mod charts;
pub mod components;
pub mod desk;
pub mod form;
pub mod gallery;
mod lang;
pub mod links;
pub mod mails;
pub mod organizer;
pub mod portal;
pub mod public;
pub mod shells;

pub use assets::asset;
pub use components::{Badge, Icon, Tone};
pub use form::FormState;
pub use lang::Lang;
pub use links::Href;
pub use maud::{Markup, Render, html};
pub use shells::{DeskShell, Flash, PortalShell, PrintShell, PublicShell, Shell, Theme};

#[cfg(test)]
mod tests;
