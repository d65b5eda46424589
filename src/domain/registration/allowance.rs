//! What an exhibitor may give out: staff badges and invitations by the area of its stands, unless somebody set another
//! number for this one.

use crate::{Bilingual, ParticipationId, Refusal, refusal::Parse};
use serde::{Deserialize, Serialize};

codes! {
    /// What is given out.
    Kind {
        /// Badges for the people on the stand.
        Staff "staff",
        /// Invitations to visitors.
        Invitation "invitation",
    }
}

/// How many an exhibitor may have: `base`, and `per_step` for every begun step of area, at most `most`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Rule {
    pub kind: Kind,
    pub base: i32,
    pub per_step: i32,
    /// Square decimetres.
    pub step_dm2: i64,
    pub most: i32,
    pub version: i32,
}

impl Rule {
    /// What holds until somebody says otherwise: three badges for each booth of nine square metres and no fewer than
    /// two, a hundred invitations and fifty for each booth more.
    #[must_use]
    pub const fn usual(kind: Kind) -> Self {
        match kind {
            Kind::Staff => Self { kind, base: 2, per_step: 3, step_dm2: 900, most: 200, version: 0 },
            Kind::Invitation => Self { kind, base: 100, per_step: 50, step_dm2: 900, most: 5_000, version: 0 },
        }
    }

    /// What the rule gives for an area in square decimetres.
    #[must_use]
    pub fn allowed(&self, area_dm2: i64) -> i64 {
        let step = self.step_dm2.max(1);
        let steps = (area_dm2.max(0) + step - 1) / step;
        (i64::from(self.base) + steps * i64::from(self.per_step)).min(i64::from(self.most))
    }
}

/// An exhibitor's account of one kind.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Account {
    pub allowed: i64,
    pub used: i64,
    /// Somebody set the number for this exhibitor.
    pub set: bool,
}

impl Account {
    /// How many more.
    #[must_use]
    pub fn left(&self) -> i64 {
        (self.allowed - self.used).max(0)
    }

    /// Whether `more` can be given out.
    ///
    /// # Errors
    /// `allowance-spent` with how many are left.
    pub fn take(&self, kind: Kind, more: usize) -> Result<(), Refusal> {
        if i64::try_from(more).is_ok_and(|more| more <= self.left()) {
            return Ok(());
        }
        let refusal = match kind {
            Kind::Staff => Refusal::unmet("allowance-staff"),
            Kind::Invitation => Refusal::unmet("allowance-invitation"),
        };
        Err(refusal.with("left", self.left()).with("allowed", self.allowed))
    }
}

/// An exhibitor with both accounts.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct AccountRow {
    pub participation: ParticipationId,
    pub company: Bilingual,
    pub sort_key: String,
    pub area_dm2: i64,
    pub staff: Account,
    pub invitations: Account,
}

/// A rule as typed.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
#[serde(default)]
pub struct RuleDraft {
    pub kind: String,
    pub base: String,
    pub per_step: String,
    /// Square metres.
    pub step: String,
    pub most: String,
    pub version: String,
}

impl RuleDraft {
    /// Reads the rule.
    ///
    /// # Errors
    /// One refusal for each field that cannot be accepted.
    pub fn parse(&self) -> Result<Rule, Vec<Refusal>> {
        let mut p = Parse::new();
        let kind = p.choice("kind", &self.kind, Kind::parse);
        let mut number = |field: &str, text: &str, low: i64| p.number(field, text, low..=1_000_000).unwrap_or(low);
        let (base, per_step) = (number("base", &self.base, 0), number("per_step", &self.per_step, 0));
        let (step, most) = (number("step", &self.step, 1), number("most", &self.most, 0));
        let version = number("version", &self.version, 0);
        let small = |n: i64| i32::try_from(n).expect("within the range asked for");
        p.finish(|| Rule {
            kind: kind.expect("refused above"),
            base: small(base),
            per_step: small(per_step),
            step_dm2: step * 100,
            most: small(most),
            version: small(version),
        })
    }

    /// The form filled with what holds.
    #[must_use]
    pub fn of(rule: &Rule) -> Self {
        Self {
            kind: rule.kind.code().to_owned(),
            base: rule.base.to_string(),
            per_step: rule.per_step.to_string(),
            step: (rule.step_dm2 / 100).to_string(),
            most: rule.most.to_string(),
            version: rule.version.to_string(),
        }
    }
}

/// A number for one exhibitor as typed; empty takes it away, so that the rule holds again.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
#[serde(default)]
pub struct GrantDraft {
    pub kind: String,
    pub allowed: String,
    pub note: String,
}

/// A number for one exhibitor.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Grant {
    pub kind: Kind,
    pub allowed: Option<i32>,
    pub note: String,
}

impl GrantDraft {
    /// Reads it.
    ///
    /// # Errors
    /// One refusal for each field that cannot be accepted.
    pub fn parse(&self) -> Result<Grant, Vec<Refusal>> {
        let mut p = Parse::new();
        let kind = p.choice("kind", &self.kind, Kind::parse);
        let typed = !self.allowed.trim().is_empty();
        let allowed = typed.then(|| p.number("allowed", &self.allowed, 0..=100_000)).flatten();
        let note = p.optional("note", &self.note, 200);
        p.finish(|| Grant {
            kind: kind.expect("refused above"),
            allowed: allowed.and_then(|n| i32::try_from(n).ok()),
            note,
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn begun_steps_count_and_the_bound_holds() {
        let rule = Rule::usual(Kind::Staff);
        assert_eq!(rule.allowed(0), 2);
        assert_eq!(rule.allowed(900), 5);
        assert_eq!(rule.allowed(901), 8);
        assert_eq!(rule.allowed(10_000_000), 200);
    }

    #[test]
    fn an_account_is_not_overdrawn() {
        let account = Account { allowed: 5, used: 4, set: false };
        assert!(account.take(Kind::Staff, 1).is_ok());
        assert_eq!(account.take(Kind::Staff, 2).unwrap_err().code, "allowance-staff");
        assert_eq!(Account { allowed: 3, used: 9, set: true }.left(), 0, "a bound set lower later takes nothing away");
    }

    proptest! {
        #[test]
        fn more_area_never_gives_less(base in 0..1000, per in 0..100, step in 1i64..10_000, a in 0i64..1_000_000, b in 0i64..1_000_000) {
            let rule = Rule { kind: Kind::Staff, base, per_step: per, step_dm2: step, most: 5000, version: 0 };
            prop_assert!(rule.allowed(a.min(b)) <= rule.allowed(a.max(b)));
        }
    }
}
