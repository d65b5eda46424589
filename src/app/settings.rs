//! What use cases need to know of the installation. Read once by the root crate.

use std::path::PathBuf;

/// How mail leaves.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum MailSettings {
    /// Each mail becomes an `.eml` file in this folder: for demonstrations and tests.
    Folder(PathBuf),
    /// By SMTP: `smtp://user:password@host:587` (STARTTLS) or `smtps://…:465`.
    Smtp(String),
}

/// Settings of the installation.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Settings {
    /// Scheme and host people reach it by, without a slash at the end: for mails and QR codes.
    pub base_url: String,
    /// Sender of mails, `Name <address>`.
    pub mail_from: String,
    /// How mail leaves.
    pub mail: MailSettings,
}
