//! Settings: small structs, read once, from defaults, a file, and the environment, in this order.

use serde::{Deserialize, Serialize};
use std::{
    net::SocketAddr,
    path::{Path, PathBuf},
};

/// All settings of the installation. Without any, Fairlead runs on SQLite in `./data` on this machine only.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Config {
    /// Folder for the SQLite database and, without SMTP, for mails.
    pub data: PathBuf,
    /// `sqlite:PATH` or `postgres://…`. Empty: `fairlead.db` in the data folder.
    pub database_url: String,
    /// Connections to the database (readers on SQLite).
    pub connections: u32,
    /// Address and port to serve on.
    pub listen: SocketAddr,
    /// Scheme and host people reach it by. Empty: `http://` and the address served on.
    pub base_url: String,
    /// `text` or `json`.
    pub log_format: String,
    /// What to log, in the syntax of `RUST_LOG`.
    pub log: String,
    /// Mail.
    pub mail: Mail,
    /// What seals secrets in the database: 64 hexadecimal digits, the same on every node. Empty: the file `key` in the
    /// data folder, made when it is first needed.
    pub key: String,
}

/// How mail leaves.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Mail {
    /// Sender, `Name <address>`.
    pub from: String,
    /// `smtp://user:password@host:587` or `smtps://…:465`. Empty: mails become files in `mail/` of the data folder.
    pub smtp: String,
}

impl Default for Config {
    fn default() -> Self {
        Self {
            data: PathBuf::from("data"),
            database_url: String::new(),
            connections: 8,
            listen: SocketAddr::from(([127, 0, 0, 1], 8080)),
            base_url: String::new(),
            log_format: "text".to_owned(),
            log: "info,sqlx=warn,sea_orm_migration=warn".to_owned(),
            mail: Mail::default(),
            key: String::new(),
        }
    }
}

impl Default for Mail {
    fn default() -> Self {
        Self { from: "Fairlead <noreply@fairlead.example>".to_owned(), smtp: String::new() }
    }
}

impl Config {
    /// Reads the settings.
    ///
    /// # Errors
    /// A sentence for the person at the terminal that names the file or variable.
    #[expect(clippy::disallowed_methods, reason = "the one place that reads the environment")]
    pub fn read(file: Option<&Path>) -> Result<Self, String> {
        let mut config = match file {
            None => Self::default(),
            Some(path) => {
                let text = std::fs::read_to_string(path).map_err(|e| format!("cannot read {}: {e}", path.display()))?;
                toml::from_str(&text).map_err(|e| format!("{}: {e}", path.display()))?
            }
        };
        let variable = |name: &str| std::env::var(name).ok().filter(|value| !value.is_empty());
        let texts: [(&str, &mut String); 7] = [
            ("DATABASE_URL", &mut config.database_url),
            ("FAIRLEAD_BASE_URL", &mut config.base_url),
            ("FAIRLEAD_KEY", &mut config.key),
            ("FAIRLEAD_LOG", &mut config.log),
            ("FAIRLEAD_LOG_FORMAT", &mut config.log_format),
            ("FAIRLEAD_MAIL_FROM", &mut config.mail.from),
            ("FAIRLEAD_SMTP", &mut config.mail.smtp),
        ];
        for (name, place) in texts {
            if let Some(value) = variable(name) {
                *place = value;
            }
        }
        if let Some(value) = variable("FAIRLEAD_DATA") {
            config.data = PathBuf::from(value);
        }
        if let Some(value) = variable("FAIRLEAD_LISTEN") {
            config.listen =
                value.parse().map_err(|_| format!("FAIRLEAD_LISTEN: {value} is not an address and port"))?;
        }
        if let Some(value) = variable("FAIRLEAD_CONNECTIONS") {
            config.connections = value.parse().map_err(|_| format!("FAIRLEAD_CONNECTIONS: {value} is not a number"))?;
        }
        if !["text", "json"].contains(&config.log_format.as_str()) {
            return Err(format!("log_format is text or json, not {}", config.log_format));
        }
        Ok(config)
    }

    /// The address of the database.
    pub fn database(&self) -> String {
        if self.database_url.is_empty() {
            format!("sqlite:{}", self.data.join("fairlead.db").display())
        } else {
            self.database_url.clone()
        }
    }

    /// Scheme and host people reach it by.
    pub fn public_url(&self) -> String {
        if self.base_url.is_empty() {
            format!("http://{}", self.listen)
        } else {
            self.base_url.trim_end_matches('/').to_owned()
        }
    }

    /// The same with passwords taken out, for printing.
    pub fn without_secrets(&self) -> Self {
        let mut shown = self.clone();
        shown.database_url = hide_password(&shown.database_url);
        shown.mail.smtp = hide_password(&shown.mail.smtp);
        if !shown.key.is_empty() {
            shown.key = "***".to_owned();
        }
        shown
    }

    /// The file the installation's key lies in when no setting says it.
    pub fn key_file(&self) -> PathBuf {
        self.data.join("key")
    }
}

/// `scheme://user:password@host` with stars for the password.
fn hide_password(url: &str) -> String {
    let Some((scheme, rest)) = url.split_once("://") else { return url.to_owned() };
    match rest.rsplit_once('@').and_then(|(login, host)| Some((login.split_once(':')?.0, host))) {
        Some((user, host)) => format!("{scheme}://{user}:***@{host}"),
        None => url.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn passwords_are_hidden() {
        assert_eq!(hide_password("postgres://me:se@cret@db/fair"), "postgres://me:***@db/fair");
        assert_eq!(hide_password("sqlite:data/x.db"), "sqlite:data/x.db");
    }

    #[test]
    fn a_file_with_an_unknown_setting_is_refused_by_name() {
        let error = toml::from_str::<Config>("colour = 'red'").expect_err("unknown");
        assert!(error.to_string().contains("colour"));
    }
}
