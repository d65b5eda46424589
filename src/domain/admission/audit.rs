//! Audit profiles: who counts as a visitor, and what a visit is. They are data (`fixtures/admission/audit-profiles.json`)
//! with the rules they follow cited in them; another auditor's rules are another entry, not another program.

use crate::locale::Bilingual;
use crate::registration::Category;
use serde::{Deserialize, Serialize};
use std::sync::LazyLock;

/// What makes a visit.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum VisitRule {
    /// A person's first entry on each day of the venue.
    OnceADay,
    /// Every time somebody comes in.
    EveryEntry,
}

/// Which figure the auditor publishes first.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Headline {
    /// Different people.
    Visitors,
    /// Their visits.
    Visits,
}

/// The rules of one auditor.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct AuditProfile {
    /// Stable spelling.
    pub code: String,
    /// Whose rules they are.
    pub body: Bilingual,
    /// What is counted, in a few words.
    pub name: Bilingual,
    /// Categories of badges whose bearers are visitors.
    pub visitors: Vec<Category>,
    /// What a visit is.
    pub visit: VisitRule,
    /// The figure that is published first.
    pub headline: Headline,
    /// The rule in plain words.
    pub rule: Bilingual,
    /// Where it is written.
    pub source: Bilingual,
}

impl AuditProfile {
    /// Whether people with this badge are visitors.
    pub fn counts(&self, category: Category) -> bool {
        self.visitors.contains(&category)
    }
}

static PROFILES: LazyLock<Vec<AuditProfile>> = LazyLock::new(|| {
    serde_json::from_str(include_str!("../../../fixtures/admission/audit-profiles.json"))
        .expect("the audit profiles are sound; a test reads them")
});

/// All profiles, in the order of lists.
pub fn profiles() -> &'static [AuditProfile] {
    &PROFILES
}

/// The profile of a spelling.
pub fn profile(code: &str) -> Option<&'static AuditProfile> {
    PROFILES.iter().find(|profile| profile.code == code)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_profile_says_whose_rules_it_follows() {
        assert!(profiles().len() >= 5);
        for profile in profiles() {
            for text in [&profile.body, &profile.name, &profile.rule, &profile.source] {
                assert!(!text.en.is_empty() && !text.zh.is_empty(), "{}", profile.code);
            }
            assert!(!profile.visitors.is_empty(), "{}", profile.code);
            assert_eq!(profile, super::profile(&profile.code).expect("found by its code"));
        }
        assert!(profile("fkm").is_some_and(|fkm| !fkm.counts(Category::Media) && fkm.headline == Headline::Visits));
        assert!(profile("abc").is_some_and(|abc| abc.counts(Category::Media) && !abc.counts(Category::ExhibitorStaff)));
    }
}
