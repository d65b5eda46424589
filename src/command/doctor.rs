//! `fairlead doctor`: one line a check, exit code 1 when one fails.

use super::{Ended, say::say};
use crate::{boot, config::Config};
use store::{Backend, Store};

/// What was found so far.
struct Findings {
    sound: bool,
}

impl Findings {
    /// Says how a check went.
    fn note(&mut self, name: &str, problem: Option<String>) -> Result<(), Ended> {
        match problem {
            None => say!("ok    {name}"),
            Some(problem) => {
                self.sound = false;
                say!("FAIL  {name}: {problem}")
            }
        }
    }
}

/// Looks at everything needed.
pub async fn run(config: &Config) -> Result<(), Ended> {
    let mut found = Findings { sound: true };
    found.note(
        "styles and scripts are inside the binary",
        (!templates::assets::are_built()).then(|| "run make assets".to_owned()),
    )?;
    found.note("data folder can be written", writable(config))?;
    match boot::open(config).await {
        Err(error) => found.note("database answers", Some(error.to_string()))?,
        Ok(store) => {
            database(&mut found, &store, config).await?;
            store.close().await;
        }
    }
    let mail = if config.mail.smtp.is_empty() { "mail goes to a folder (no SMTP set)" } else { "mail goes by SMTP" };
    let sender = app::mail::check_sender(&config.mail.from).err();
    found.note(mail, sender.map(|e| format!("sender {}: {e}", config.mail.from)))?;
    if found.sound { Ok(()) } else { Err(Ended::Failed("not everything is sound".to_owned())) }
}

async fn database(found: &mut Findings, store: &Store, config: &Config) -> Result<(), Ended> {
    let kind = if store.backend() == Backend::Sqlite { "SQLite" } else { "PostgreSQL" };
    found.note(&format!("database answers ({kind})"), store.ping().await.err().map(|e| e.to_string()))?;
    match store.pending_migrations().await {
        Ok(0) => {
            found.note("schema is current", None)?;
            found.note("the key opens what it sealed", sealed_otherwise(store, config).await)?;
        }
        Ok(n) => {
            let problem = format!("{n} migrations are pending; run fairlead migrate");
            found.note("schema is current", Some(problem))?;
        }
        Err(error) => found.note("schema is current", Some(error.to_string()))?,
    }
    match store.check().await {
        Ok(problems) if problems.is_empty() => found.note("data is sound", None),
        Ok(problems) => found.note("data is sound", Some(problems.join("; "))),
        Err(error) => found.note("data is sound", Some(error.to_string())),
    }
}

/// Second factors sealed under another key: whoever has one cannot sign in with a code.
async fn sealed_otherwise(store: &Store, config: &Config) -> Option<String> {
    let key = match boot::key(config) {
        Ok(key) => key,
        Err(error) => return Some(error.to_string()),
    };
    match app::access::sealed_otherwise(&store.reader(), &key).await {
        Ok(0) => None,
        Ok(count) => Some(format!("{count} second factors were sealed under another key")),
        Err(error) => Some(error.to_string()),
    }
}

fn writable(config: &Config) -> Option<String> {
    let probe = config.data.join(".fairlead-probe");
    let write = std::fs::create_dir_all(&config.data)
        .and_then(|()| std::fs::write(&probe, b""))
        .and_then(|()| std::fs::remove_file(&probe));
    write.err().map(|e| format!("{}: {e}", config.data.display()))
}
