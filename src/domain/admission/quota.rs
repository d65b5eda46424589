//! Quotas of an access rule: how many different people of one company, or of one delegation, may come in under it.
//!
//! A quota belongs to a rule and counts for each company (or delegation) by itself: "exhibitor staff in hall N1, at
//! most twelve a company". Who came in once does not use it a second time.

use serde::{Deserialize, Serialize};

use crate::id::RegistrationId;
use crate::registration::Category;
use crate::text::fold;

/// Whom a quota holds together.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum QuotaScope {
    /// People of one company, by its name as on the badge (case and width of letters do not matter).
    Company,
    /// People who came with one invitation or group: the code that is kept with their registration.
    Delegation,
}

impl QuotaScope {
    /// All scopes.
    pub const ALL: &'static [Self] = &[Self::Company, Self::Delegation];

    /// The stable spelling.
    pub const fn code(self) -> &'static str {
        match self {
            Self::Company => "company",
            Self::Delegation => "delegation",
        }
    }

    /// From the stable spelling.
    pub fn parse(text: &str) -> Option<Self> {
        Self::ALL.iter().copied().find(|scope| scope.code() == text)
    }
}

/// The quota of a rule.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct RuleQuota {
    /// Whom it holds together.
    pub scope: QuotaScope,
    /// Different people who may come in, for each company or delegation.
    pub limit: i64,
}

/// A person as quotas see them.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Member {
    /// The registration.
    pub registration: RegistrationId,
    /// Category of the badge.
    pub category: Category,
    /// Company, folded; empty when none is known.
    company: String,
    /// Delegation; empty when the person came alone.
    delegation: String,
}

impl Member {
    /// A person with company and delegation as they are stored.
    pub fn new(registration: RegistrationId, category: Category, company: &str, delegation: &str) -> Self {
        Self { registration, category, company: fold(company), delegation: fold(delegation) }
    }

    /// The name of the group a quota of this scope counts the person in; `None` for people who belong to none:
    /// a quota does not hold them.
    pub fn group(&self, scope: QuotaScope) -> Option<&str> {
        let name = match scope {
            QuotaScope::Company => &self.company,
            QuotaScope::Delegation => &self.delegation,
        };
        (!name.is_empty()).then_some(name.as_str())
    }
}
