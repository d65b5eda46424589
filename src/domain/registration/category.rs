//! What a registered person is at the show, and the number that stands for it in a badge code.

use serde::{Deserialize, Serialize};

/// The kinds of people a badge is issued to. The order is the order of lists and legends.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Category {
    TradeVisitor,
    HostedBuyer,
    Media,
    Speaker,
    ExhibitorStaff,
    Contractor,
    Organizer,
    Vip,
}

impl Category {
    /// Every category, in the order of lists.
    pub const ALL: &'static [Self] = &[
        Self::TradeVisitor,
        Self::HostedBuyer,
        Self::Media,
        Self::Speaker,
        Self::ExhibitorStaff,
        Self::Contractor,
        Self::Organizer,
        Self::Vip,
    ];

    /// What a member of the public may choose for himself; the others are given by the organizer.
    pub const PUBLIC: &'static [Self] = &[Self::TradeVisitor, Self::Media];

    /// Whether somebody must approve what the public asks for: press privileges are checked, a visit is not.
    #[must_use]
    pub const fn needs_approval(self) -> bool {
        !matches!(self, Self::TradeVisitor)
    }

    /// The stable spelling in the database, the API and text keys.
    #[must_use]
    pub const fn code(self) -> &'static str {
        match self {
            Self::TradeVisitor => "trade_visitor",
            Self::HostedBuyer => "hosted_buyer",
            Self::Media => "media",
            Self::Speaker => "speaker",
            Self::ExhibitorStaff => "exhibitor_staff",
            Self::Contractor => "contractor",
            Self::Organizer => "organizer",
            Self::Vip => "vip",
        }
    }

    /// The category of a spelling, if there is one.
    #[must_use]
    pub fn parse(code: &str) -> Option<Self> {
        Self::ALL.iter().copied().find(|c| c.code() == code)
    }

    /// The number inside a signed badge code. Never reuse one: badges outlive releases.
    #[must_use]
    pub const fn wire(self) -> u8 {
        match self {
            Self::TradeVisitor => 1,
            Self::HostedBuyer => 2,
            Self::Media => 3,
            Self::Speaker => 4,
            Self::ExhibitorStaff => 5,
            Self::Contractor => 6,
            Self::Organizer => 7,
            Self::Vip => 8,
        }
    }

    /// The category behind the number of a badge code.
    #[must_use]
    pub fn from_wire(number: u8) -> Option<Self> {
        Self::ALL.iter().copied().find(|c| c.wire() == number)
    }
}
