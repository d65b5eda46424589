//! A person's own account: who holds it, what they may change of it, and what its page shows.

use super::PasswordDraft;
use crate::{ContactId, Locale, Refusal, SessionId, UserId, refusal::Parse};
use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};
use uuid::Uuid;

/// Who signs in with a password.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Holder {
    /// A member of the team.
    User(UserId),
    /// An exhibitor's contact.
    Contact(ContactId),
}

impl Holder {
    /// The database spelling of the kind.
    pub const fn kind(self) -> &'static str {
        match self {
            Self::User(_) => "staff",
            Self::Contact(_) => "contact",
        }
    }

    /// The raw identifier.
    pub const fn uuid(self) -> Uuid {
        match self {
            Self::User(id) => id.uuid(),
            Self::Contact(id) => id.uuid(),
        }
    }

    /// Reads the two columns.
    pub fn parse(kind: &str, id: Uuid) -> Option<Self> {
        match kind {
            "staff" => Some(Self::User(UserId::from_uuid(id))),
            "contact" => Some(Self::Contact(ContactId::from_uuid(id))),
            _ => None,
        }
    }
}

/// Name and language as typed.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
#[serde(default)]
pub struct SelfDraft {
    /// Name.
    pub name: String,
    /// Language tag.
    pub locale: String,
}

/// Name and language, checked.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SelfFields {
    /// Name.
    pub name: String,
    /// Language.
    pub locale: Locale,
}

impl SelfDraft {
    /// Name and language, or every field that cannot be accepted.
    ///
    /// # Errors
    /// One refusal a field.
    pub fn parse(&self) -> Result<SelfFields, Vec<Refusal>> {
        let mut parse = Parse::new();
        let name = parse.required("name", &self.name, 80);
        let locale = parse.choice("locale", &self.locale, Locale::parse);
        parse.finish(|| SelfFields { name, locale: locale.unwrap_or_default() })
    }
}

/// A change of one's own password as typed.
#[derive(Default, Clone, Serialize, Deserialize)]
#[serde(default)]
pub struct ChangeDraft {
    /// The password until now.
    #[serde(skip_serializing)]
    pub current: String,
    /// The new one.
    #[serde(skip_serializing)]
    pub password: String,
    /// Once more.
    #[serde(skip_serializing)]
    pub repeat: String,
}

/// By hand, so that a password can never reach a log.
impl std::fmt::Debug for ChangeDraft {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("ChangeDraft").finish_non_exhaustive()
    }
}

impl ChangeDraft {
    /// Checks the new password; the old one is compared by whoever knows its hash.
    ///
    /// # Errors
    /// `required` at `current`; the rules of [`PasswordDraft::parse`].
    pub fn parse(&self, email: &str) -> Result<String, Vec<Refusal>> {
        let mut read = Parse::new();
        if self.current.is_empty() {
            read.refuse(Refusal::invalid("required").at("current"));
        }
        let draft = PasswordDraft { password: self.password.clone(), repeat: self.repeat.clone() };
        let chosen = read.take(draft.parse(email));
        read.finish(|| chosen.unwrap_or_default())
    }
}

/// Where a person's second factor stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Factor {
    /// There is none.
    Off,
    /// It is asked for at every sign-in.
    On {
        /// Since when.
        since: DateTime<Utc>,
        /// Recovery codes not used yet.
        recovery_left: i64,
    },
}

/// A signed-in browser as its owner sees it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SessionLine {
    /// Its id.
    pub id: SessionId,
    /// It is this browser.
    pub here: bool,
    /// Since when.
    pub created_at: DateTime<Utc>,
    /// Last used, as far as noted.
    pub seen_at: DateTime<Utc>,
    /// Network address at sign-in.
    pub address: String,
    /// What the browser calls itself.
    pub agent: String,
}

impl SessionLine {
    /// Names of the browser and the system, as far as they can be told; what the browser calls itself is longer than
    /// anybody reads and names its rivals too, so the order matters.
    pub fn browser(&self) -> Option<(&'static str, &'static str)> {
        let known = |names: &[(&str, &'static str)]| {
            names.iter().find(|(mark, _)| self.agent.contains(mark)).map(|(_, name)| *name)
        };
        let browser = known(&[
            ("MicroMessenger", "WeChat"),
            ("Edg", "Edge"),
            ("OPR/", "Opera"),
            ("Firefox", "Firefox"),
            ("FxiOS", "Firefox"),
            ("Chrome", "Chrome"),
            ("CriOS", "Chrome"),
            ("Safari", "Safari"),
        ]);
        let system = known(&[
            ("Windows", "Windows"),
            ("iPhone", "iPhone"),
            ("iPad", "iPad"),
            ("Android", "Android"),
            ("Mac OS X", "macOS"),
            ("Linux", "Linux"),
        ]);
        browser.zip(system)
    }
}

/// A person's own account as its page shows it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Account {
    /// Name.
    pub name: String,
    /// Address, which is also the sign-in name.
    pub email: String,
    /// Language.
    pub locale: Locale,
    /// Second factor.
    pub factor: Factor,
    /// Signed-in browsers, the latest first.
    pub sessions: Vec<SessionLine>,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_holder_is_read_as_it_was_written() {
        let id = Uuid::from_u128(7);
        for holder in [Holder::User(UserId::from_uuid(id)), Holder::Contact(ContactId::from_uuid(id))] {
            assert_eq!(Holder::parse(holder.kind(), holder.uuid()), Some(holder));
        }
        assert_eq!(Holder::parse("device", id), None);
    }

    #[test]
    fn a_browser_is_named() {
        let line = |agent: &str| SessionLine {
            id: SessionId::from_uuid(Uuid::nil()),
            here: false,
            created_at: DateTime::UNIX_EPOCH,
            seen_at: DateTime::UNIX_EPOCH,
            address: String::new(),
            agent: agent.to_owned(),
        };
        let edge = "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 Chrome/126.0 Safari/537.36 Edg/126.0";
        assert_eq!(line(edge).browser(), Some(("Edge", "Windows")));
        let phone = "Mozilla/5.0 (iPhone; CPU iPhone OS 17_5 like Mac OS X) AppleWebKit/605 Version/17.5 Safari/604.1";
        assert_eq!(line(phone).browser(), Some(("Safari", "iPhone")));
        assert_eq!(line("curl/8").browser(), None);
    }

    #[test]
    fn every_field_that_is_wrong_is_named() {
        let draft = SelfDraft { name: " ".into(), locale: "xx".into() };
        let refused = draft.parse().expect_err("refused");
        assert_eq!(refused.iter().filter_map(|r| r.field.as_deref()).collect::<Vec<_>>(), ["name", "locale"]);
        let change =
            ChangeDraft { password: "correct horse".into(), repeat: "correct".into(), ..ChangeDraft::default() };
        let refused = change.parse("a@b.cn").expect_err("refused");
        assert_eq!(refused.iter().filter_map(|r| r.field.as_deref()).collect::<Vec<_>>(), ["current", "repeat"]);
        assert!(!format!("{change:?}").contains("horse"));
    }
}
