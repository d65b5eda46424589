//! `fairlead user`.

use super::{
    Ended,
    say::{remark, say},
};
use crate::{boot, config::Config};
use app::access::{UserDraft, create_user};
use clap::Subcommand;
use domain::journal::Actor;
use std::io::{IsTerminal, Read};

/// What to do with users.
#[derive(Subcommand)]
pub enum Command {
    /// Add a member of the team. The password is read from standard input.
    Add {
        /// E-mail address to sign in with.
        #[arg(long)]
        email: String,
        /// Name people see.
        #[arg(long)]
        name: String,
        /// A role in all editions: director, manager, sales, …
        #[arg(long, default_value = "")]
        role: String,
        /// May administer the installation.
        #[arg(long)]
        admin: bool,
        /// Language: en or zh-CN.
        #[arg(long, default_value = "en")]
        locale: String,
    },
}

/// Adds a user.
pub async fn run(command: Command, config: &Config) -> Result<(), Ended> {
    let Command::Add { email, name, role, admin, locale } = command;
    let password = read_password()?;
    let admin = if admin { "on".to_owned() } else { String::new() };
    let draft = UserDraft { name, email, password, locale, role, edition: String::new(), admin };
    let command = draft.parse()?;
    let app = boot::app(config).await?;
    let id = create_user(&app, Actor::System, command).await?;
    app.store().clone().close().await;
    say!("{id}")
}

/// One line from standard input, so that passwords stand neither in the process list nor in a shell's history.
fn read_password() -> Result<String, Ended> {
    let mut typed = String::new();
    if std::io::stdin().is_terminal() {
        remark("Password (visible while typing): ");
        std::io::stdin().read_line(&mut typed).map_err(|e| Ended::Failed(e.to_string()))?;
    } else {
        std::io::stdin().read_to_string(&mut typed).map_err(|e| Ended::Failed(e.to_string()))?;
    }
    Ok(typed.trim_end_matches(['\r', '\n']).to_owned())
}
