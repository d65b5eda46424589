//! `fairlead`: one binary, all commands. Wiring only: rules are in `domain`, verbs in `app`, pages in `web`.

mod boot;
mod command;
mod config;
mod demo;
mod edge;
mod worker;

/// Answering a scan takes some hundred small pieces of memory: a sixth of the time went to the allocator of libc. Without
/// huge pages (`no_thp`), which made an idle program twice as large.
#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

use clap::{Parser, Subcommand};
use command::Ended;
use std::{path::PathBuf, process::ExitCode};

/// Runs trade shows: the people, the space, the gates, and the plan that holds it all.
#[derive(Parser)]
#[command(name = "fairlead", version, max_term_width = 100)]
struct Arguments {
    /// Settings file (TOML); what the environment says wins over it.
    #[arg(long, global = true, env = "FAIRLEAD_CONFIG", value_name = "FILE")]
    config: Option<PathBuf>,
    #[command(subcommand)]
    command: Command,
}

#[derive(Subcommand)]
enum Command {
    /// Serve pages, API and live screens; migrates first.
    Serve,
    /// Serve as a hub on the venue's own network, with an upstream.
    Edge(command::edge::Edge),
    /// Bring the database to the schema of this binary.
    Migrate,
    /// Load the demonstration show into an empty database.
    Demo(command::demo::Demo),
    /// Members of the team.
    #[command(subcommand)]
    User(command::user::Command),
    /// Keys for programs on the network.
    #[command(subcommand)]
    Token(command::token::Command),
    /// Write a copy of the database while it is in use.
    Backup(command::backup::Backup),
    /// Bring a backup back into an empty place.
    Restore(command::backup::Restore),
    /// Print the OpenAPI description of the API.
    Openapi,
    /// Run the kernels on public file formats.
    #[command(subcommand)]
    Lab(command::lab::Command),
    /// Print badges at the printer of this computer.
    PrintAgent(command::print_agent::PrintAgent),
    /// Look whether everything needed is there and sound.
    Doctor,
    /// Settings.
    #[command(subcommand)]
    Config(command::settings::Command),
}

#[tokio::main]
async fn main() -> ExitCode {
    let arguments = Arguments::parse();
    match run(arguments).await {
        Ok(()) => ExitCode::SUCCESS,
        Err(ended) => {
            command::say::remark(&format!("fairlead: {ended}\n"));
            ExitCode::from(ended.code())
        }
    }
}

async fn run(arguments: Arguments) -> Result<(), Ended> {
    if let Command::Openapi = arguments.command {
        return command::openapi();
    }
    if let Command::Lab(it) = arguments.command {
        return command::lab::run(it);
    }
    let config = config::Config::read(arguments.config.as_deref()).map_err(Ended::Usage)?;
    if let Command::Config(print) = arguments.command {
        return command::settings::run(&print, &config);
    }
    boot::start_log(&config);
    match arguments.command {
        Command::Serve => command::serve(&config).await,
        Command::Edge(it) => command::edge::run(it, &config).await,
        Command::Migrate => command::migrate(&config).await,
        Command::Demo(it) => command::demo::run(it, &config).await,
        Command::User(it) => command::user::run(it, &config).await,
        Command::Token(it) => command::token::run(it, &config).await,
        Command::Backup(it) => command::backup::back_up(it, &config).await,
        Command::Restore(it) => command::backup::restore(it, &config).await,
        Command::PrintAgent(it) => command::print_agent::run(it).await,
        Command::Doctor => command::doctor::run(&config).await,
        Command::Openapi | Command::Lab(_) | Command::Config(_) => Ok(()),
    }
}
