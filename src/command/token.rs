//! `fairlead token`.

use super::{Ended, say::say};
use crate::{boot, config::Config};
use app::access::{TokenDraft, create_token};
use clap::Subcommand;
use domain::{access::Permission, journal::Actor};

/// What to do with tokens.
#[derive(Subcommand)]
pub enum Command {
    /// Make a token that acts for a user; its value is printed once.
    Create {
        /// E-mail address of the user it acts for.
        #[arg(long)]
        user: String,
        /// What it is for.
        #[arg(long)]
        name: String,
        /// Rights, such as plan_read; repeat it, or `all` for whatever the user may.
        #[arg(long = "scope", required = true)]
        scopes: Vec<String>,
        /// Only in this edition (its slug).
        #[arg(long)]
        edition: Option<String>,
        /// Days until it ends; without it, never.
        #[arg(long, default_value = "")]
        days: String,
    },
}

/// Makes a token.
pub async fn run(command: Command, config: &Config) -> Result<(), Ended> {
    let Command::Create { user, name, mut scopes, edition, days } = command;
    if scopes.iter().any(|s| s == "all") {
        scopes = Permission::ALL.iter().map(|p| p.code().to_owned()).collect();
    }
    let app = boot::app(config).await?;
    let database = |e: store::Fault| Ended::Database(e.to_string());
    let found = store::read::access::user_by_email(&app.reader(), &user).await.map_err(database)?;
    let found = found.ok_or_else(|| Ended::Usage(format!("there is no user {user}")))?;
    let edition = match edition {
        None => String::new(),
        Some(slug) => {
            let edition = store::read::edition::by_slug(&app.reader(), &slug).await.map_err(database)?;
            edition.ok_or_else(|| Ended::Usage(format!("there is no edition {slug}")))?.id.to_string()
        }
    };
    let command = TokenDraft { name, edition, scopes, days }.parse()?;
    let secret = create_token(&app, Actor::System, found.id, command).await?;
    app.store().clone().close().await;
    say!("{secret}")
}
