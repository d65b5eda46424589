//! `fairlead config`.

use super::{Ended, say};
use crate::config::Config;
use clap::Subcommand;

/// What to do with the settings.
#[derive(Subcommand)]
pub enum Command {
    /// Print the settings in force, as a file that can be used; passwords are hidden.
    Print,
}

/// Prints the settings.
pub fn run(command: &Command, config: &Config) -> Result<(), Ended> {
    let Command::Print = command;
    say::print(&toml::to_string_pretty(&config.without_secrets()).map_err(|e| Ended::Failed(e.to_string()))?)
}
