//! Wiring: settings become a store, an app, a log.

use crate::{command::Ended, config::Config};
use app::{App, MailSettings, Settings, SystemClock};
use std::sync::Arc;
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
    Ok(App::new(store, Arc::new(SystemClock), settings(config)))
}

fn settings(config: &Config) -> Settings {
    let mail = if config.mail.smtp.is_empty() {
        MailSettings::Folder(config.data.join("mail"))
    } else {
        MailSettings::Smtp(config.mail.smtp.clone())
    };
    Settings { base_url: config.public_url(), mail_from: config.mail.from.clone(), mail }
}

/// Logs go to standard error, so that commands can print results on standard output.
pub fn start_log(config: &Config) {
    let filter = tracing_subscriber::EnvFilter::try_new(&config.log).unwrap_or_default();
    let log = tracing_subscriber::fmt().with_env_filter(filter).with_writer(std::io::stderr);
    if config.log_format == "json" {
        log.json().init();
    } else {
        log.with_target(false).init();
    }
}
