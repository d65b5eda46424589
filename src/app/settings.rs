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
    /// Seals what must not be read from a copy of the database.
    pub key: InstallationKey,
}

/// The installation's own key, 256 bits. It lies beside the database and not in it.
#[derive(Clone, PartialEq, Eq)]
pub struct InstallationKey([u8; 32]);

impl InstallationKey {
    /// A key of these bytes.
    pub const fn new(bytes: [u8; 32]) -> Self {
        Self(bytes)
    }

    /// Reads 64 hexadecimal digits.
    pub fn parse(text: &str) -> Option<Self> {
        domain::text::unhex(text)?.try_into().ok().map(Self)
    }

    /// A fresh one, with the text [`Self::parse`] reads.
    pub fn fresh() -> (Self, String) {
        let bytes = crate::chance::bytes();
        (Self(bytes), domain::text::hex(&bytes))
    }

    /// The bytes, for sealing.
    pub(crate) const fn bytes(&self) -> &[u8; 32] {
        &self.0
    }
}

/// By hand, so that the key can never reach a log.
impl std::fmt::Debug for InstallationKey {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("InstallationKey").finish_non_exhaustive()
    }
}
