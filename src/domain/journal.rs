//! Facts: what happened, to what, by whom. The journal is history for people and the feed for live screens.

use crate::{ContactId, DeviceId, EditionId, TokenId, UserId};
use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};
use uuid::Uuid;

/// What a fact is about.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Subject {
    /// Kind of record, the singular of its context's word, such as `task`.
    pub kind: SubjectKind,
    /// The record.
    pub id: Uuid,
}

macro_rules! subject_kinds {
    ($($name:ident $code:literal),* $(,)?) => {
        /// Kinds of records that have a timeline.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
        #[serde(rename_all = "snake_case")]
        #[allow(missing_docs)]
        pub enum SubjectKind { $($name),* }
        impl SubjectKind {
            /// All kinds.
            pub const ALL: &'static [Self] = &[$(Self::$name),*];
            /// The database spelling.
            pub const fn code(self) -> &'static str { match self { $(Self::$name => $code),* } }
            /// Reads the database spelling.
            pub fn parse(code: &str) -> Option<Self> { match code { $($code => Some(Self::$name),)* _ => None } }
        }
    };
}

subject_kinds! {
    Edition "edition", Series "series", User "user", Token "token", Task "task", Plan "plan", Deviation "deviation",
    Place "place", Stand "stand", Application "application", Party "party", Exhibitor "exhibitor", Contact "contact",
    Duty "duty", Registration "registration", Credential "credential", Device "device", Gate "gate",
    AccessRule "access_rule", Document "document", Scan "scan", Mail "mail", Venue "venue", Incident "incident",
    PhaseGate "phase_gate", Campaign "campaign", Delegation "delegation", Intake "intake",
    BadgeLayout "badge_layout", PrintStation "print_station",
}

impl Subject {
    /// Names a record.
    pub fn new(kind: SubjectKind, id: impl Into<Uuid>) -> Self {
        Self { kind, id: id.into() }
    }
}

/// Something that happened. Its sentence is the Fluent message `fact-<kind>` with `.` and `_` as `-`.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Fact {
    /// What happened, `subject.verb_in_the_past`, such as `task.submitted`.
    pub kind: String,
    /// To which record.
    pub subject: Subject,
    /// In which edition, if in one.
    pub edition: Option<EditionId>,
    /// Values: what was before and after, reasons. Never a secret.
    pub data: Map<String, Value>,
}

impl Fact {
    /// A fact without values.
    pub fn new(kind: &str, subject: Subject, edition: impl Into<Option<EditionId>>) -> Self {
        Self { kind: kind.to_owned(), subject, edition: edition.into(), data: Map::new() }
    }

    /// Adds a value.
    #[must_use]
    pub fn with(mut self, name: &str, value: impl Into<Value>) -> Self {
        self.data.insert(name.to_owned(), value.into());
        self
    }
}

/// Who acts. The kinds cannot be mistaken for each other.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "kind", rename_all = "snake_case")]
pub enum Actor {
    /// A member of the organizer's team.
    User { id: UserId, name: String },
    /// An exhibitor's contact, through the portal.
    Contact { id: ContactId, name: String },
    /// A device at a gate or desk.
    Device { id: DeviceId, name: String },
    /// A program on the network, acting for the user who made its token.
    Token { id: TokenId, user: UserId, name: String },
    /// Someone without a sign-in, such as a visitor at the public form.
    Public,
    /// Fairlead itself: jobs, the command line, the demonstration.
    System,
}

impl Actor {
    /// The database spelling of the kind.
    pub const fn code(&self) -> &'static str {
        match self {
            Self::User { .. } => "user",
            Self::Contact { .. } => "contact",
            Self::Device { .. } => "device",
            Self::Token { .. } => "token",
            Self::Public => "public",
            Self::System => "system",
        }
    }

    /// The acting record, if it is one.
    pub fn id(&self) -> Option<Uuid> {
        match self {
            Self::User { id, .. } => Some(id.uuid()),
            Self::Contact { id, .. } => Some(id.uuid()),
            Self::Device { id, .. } => Some(id.uuid()),
            Self::Token { id, .. } => Some(id.uuid()),
            Self::Public | Self::System => None,
        }
    }

    /// The name as it was at the time; empty for the public and the system.
    pub fn name(&self) -> &str {
        match self {
            Self::User { name, .. }
            | Self::Contact { name, .. }
            | Self::Device { name, .. }
            | Self::Token { name, .. } => name,
            Self::Public | Self::System => "",
        }
    }

    /// The team member behind the act: the user, or the one who made the token.
    pub fn user(&self) -> Option<UserId> {
        match self {
            Self::User { id, .. } => Some(*id),
            Self::Token { user, .. } => Some(*user),
            _ => None,
        }
    }
}

/// One line of a timeline, as pages show it.
#[derive(Clone, Debug, PartialEq)]
pub struct Entry {
    /// When, UTC.
    pub at: chrono::DateTime<chrono::Utc>,
    /// Kind of actor (see [`Actor::code`]).
    pub actor_kind: String,
    /// Name of the actor at the time.
    pub actor_name: String,
    /// What happened.
    pub fact: Fact,
}
