//! Wiring: settings become a store, an app, a log.

use crate::{command::Ended, config::Config};
use app::{App, InstallationKey, MailSettings, Settings, SystemClock};
use std::{io::Write, path::Path, sync::Arc};
use store::Store;

/// Opens the database.
pub async fn open(config: &Config) -> Result<Store, Ended> {
    Store::open(&config.database(), config.connections).await.map_err(|e| Ended::Database(e.to_string()))
}

/// The variable that makes a debug build acknowledge scans before they are committed: for the crash test, which must
/// notice. Any other build refuses to start with it.
pub const NEGATIVE_CONTROL: &str = "FAIRLEAD_TEST_ACKNOWLEDGE_BEFORE_COMMIT";

/// Turns the negative control on where it was asked for.
#[expect(clippy::disallowed_methods, reason = "not a setting of the installation, so no part of its settings")]
pub fn negative_control() -> Result<(), Ended> {
    if std::env::var(NEGATIVE_CONTROL).is_err() {
        return Ok(());
    }
    #[cfg(debug_assertions)]
    {
        app::admission::acknowledge_before_commit();
        tracing::warn!(
            "scans are acknowledged before they are committed: this loses data and is for the crash test only"
        );
        Ok(())
    }
    #[cfg(not(debug_assertions))]
    Err(Ended::Usage(format!("{NEGATIVE_CONTROL} is for tests; this build does not start with it")))
}

/// Opens the database, migrates it and wires the app.
pub async fn app(config: &Config) -> Result<App, Ended> {
    let store = open(config).await?;
    store.migrate().await.map_err(|e| Ended::Database(e.to_string()))?;
    Ok(App::new(store, Arc::new(SystemClock), settings(config)?))
}

fn settings(config: &Config) -> Result<Settings, Ended> {
    let mail = if config.mail.smtp.is_empty() {
        MailSettings::Folder(config.data.join("mail"))
    } else {
        MailSettings::Smtp(config.mail.smtp.clone())
    };
    let key = key(config)?;
    Ok(Settings { base_url: config.public_url(), mail_from: config.mail.from.clone(), mail, key })
}

/// The installation's key: as set, or from its file, which is made here when there is none. Never in the database: a
/// copy of that alone must open nothing.
pub fn key(config: &Config) -> Result<InstallationKey, Ended> {
    if !config.key.is_empty() {
        let wrong = || Ended::Usage("the key (FAIRLEAD_KEY) is 64 hexadecimal digits".to_owned());
        return InstallationKey::parse(&config.key).ok_or_else(wrong);
    }
    let file = config.key_file();
    let at = |error: std::io::Error| Ended::Failed(format!("{}: {error}", file.display()));
    match std::fs::read_to_string(&file) {
        Ok(text) => {
            let damaged = || Ended::Failed(format!("{} does not hold 64 hexadecimal digits", file.display()));
            InstallationKey::parse(&text).ok_or_else(damaged)
        }
        Err(error) if error.kind() == std::io::ErrorKind::NotFound => {
            make_key(config, &file).map_err(|e| Ended::Failed(format!("{}: {e} (or set FAIRLEAD_KEY)", file.display())))
        }
        Err(error) => Err(at(error)),
    }
}

/// Written whole under another name and then linked: of two commands that begin at once one makes the key, and nobody
/// ever reads half of it.
fn make_key(config: &Config, file: &Path) -> std::io::Result<InstallationKey> {
    let (key, text) = InstallationKey::fresh();
    std::fs::create_dir_all(&config.data)?;
    let draft = file.with_extension(format!("{}.new", std::process::id()));
    let mut options = std::fs::OpenOptions::new();
    options.write(true).create_new(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    let mut written = options.open(&draft)?;
    written.write_all(text.as_bytes())?;
    written.sync_all()?;
    let linked = std::fs::hard_link(&draft, file);
    std::fs::remove_file(&draft)?;
    match linked {
        Ok(()) => Ok(key),
        Err(error) if error.kind() == std::io::ErrorKind::AlreadyExists => {
            let text = std::fs::read_to_string(file)?;
            InstallationKey::parse(&text).ok_or_else(|| std::io::ErrorKind::InvalidData.into())
        }
        Err(error) => Err(error),
    }
}

/// Logs go to standard error, so that commands can print results on standard output.
pub fn start_log(config: &Config) {
    let filter = tracing_subscriber::EnvFilter::try_new(&config.log).unwrap_or_default();
    // A log nobody reads any more is no reason to stop: what cannot be written is not complained about by a panic.
    let log = tracing_subscriber::fmt().with_env_filter(filter).with_writer(std::io::stderr).log_internal_errors(false);
    if config.log_format == "json" {
        log.json().init();
    } else {
        log.with_target(false).init();
    }
}
