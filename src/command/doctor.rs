//! `fairlead doctor`: one line a check, exit code 1 when one fails.

use super::Ended;
use crate::{boot, config::Config};
use store::Backend;

/// Looks at everything needed.
pub async fn run(config: &Config) -> Result<(), Ended> {
    let mut sound = true;
    let mut say = |name: &str, problem: Option<String>| match problem {
        None => println!("ok    {name}"),
        Some(problem) => {
            sound = false;
            println!("FAIL  {name}: {problem}");
        }
    };
    say(
        "styles and scripts are inside the binary",
        (!templates::assets::are_built()).then(|| "run make assets".to_owned()),
    );
    say("data folder can be written", writable(config));
    match boot::open(config).await {
        Err(error) => say("database answers", Some(error.to_string())),
        Ok(store) => {
            let kind = if store.backend() == Backend::Sqlite { "SQLite" } else { "PostgreSQL" };
            say(&format!("database answers ({kind})"), store.ping().await.err().map(|e| e.to_string()));
            match store.pending_migrations().await {
                Ok(0) => say("schema is current", None),
                Ok(n) => say("schema is current", Some(format!("{n} migrations are pending; run fairlead migrate"))),
                Err(error) => say("schema is current", Some(error.to_string())),
            }
            match store.check().await {
                Ok(problems) if problems.is_empty() => say("data is sound", None),
                Ok(problems) => say("data is sound", Some(problems.join("; "))),
                Err(error) => say("data is sound", Some(error.to_string())),
            }
            store.close().await;
        }
    }
    let mail = if config.mail.smtp.is_empty() { "mail goes to a folder (no SMTP set)" } else { "mail goes by SMTP" };
    say(mail, app::mail::check_sender(&config.mail.from).err().map(|e| format!("sender {}: {e}", config.mail.from)));
    if sound { Ok(()) } else { Err(Ended::Failed("not everything is sound".to_owned())) }
}

fn writable(config: &Config) -> Option<String> {
    let probe = config.data.join(".fairlead-probe");
    let write = std::fs::create_dir_all(&config.data)
        .and_then(|()| std::fs::write(&probe, b""))
        .and_then(|()| std::fs::remove_file(&probe));
    write.err().map(|e| format!("{}: {e}", config.data.display()))
}
