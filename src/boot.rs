//! Wiring: settings become a store, an app, a log.

use crate::{command::Ended, config::Config};
use app::{App, MailSettings, Settings, SystemClock};
use std::sync::Arc;
use store::Store;

/// Opens the database.
pub async fn open(config: &Config) -> Result<Store, Ended> {
    Store::open(&config.database(), config.connections).await.map_err(|e| Ended::Database(e.to_string()))
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
