//! The plan with its derived links laid anew: those that still follow stay, those that do not go.

use super::rule::{SpaceFault, derive};
use crate::plan::Sheet;
use crate::plan::gate::lay::GUARD;
use crate::plan::network::LinkKind;
use crate::plan::task::{LagKind, LinkOrigin, TaskLink};
use crate::{LinkId, LocationRuleId, Refusal};

/// What laying the derived links anew came to.
#[derive(Debug, Clone, Default)]
pub struct Derivation {
    /// Links that are new.
    pub added: Vec<TaskLink>,
    /// Links that follow from nothing any more.
    pub removed: Vec<LinkId>,
    /// Links that would close a ring.
    pub faults: Vec<SpaceFault>,
}

impl Derivation {
    /// A refusal for each ring that was not there before, with the tasks on it in order.
    pub fn rings_beyond(&self, before: &Derivation) -> Vec<Refusal> {
        let ends = |fault: &SpaceFault| match fault {
            SpaceFault::Ring { from, to, .. } => Some((from.clone(), to.clone())),
            SpaceFault::NobodyProduces { .. } => None,
        };
        let known: Vec<_> = before.faults.iter().filter_map(ends).collect();
        let new = self.faults.iter().filter(|fault| ends(fault).is_some_and(|ends| !known.contains(&ends)));
        new.filter_map(|fault| {
            let SpaceFault::Ring { from, way, .. } = fault else { return None };
            let ring = std::iter::once(from).chain(way).map(String::as_str).collect::<Vec<_>>().join(" → ");
            Some(Refusal::invalid("space-rule-ring").at("after").with("tasks", ring))
        })
        .take(MOST_RINGS)
        .collect()
    }
}

/// More rings than this say nothing new.
const MOST_RINGS: usize = 5;

/// A link that follows, or would follow, from a rule, by the codes of its tasks.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct RuleLink {
    /// Code of the predecessor.
    pub from: String,
    /// Code of the successor.
    pub to: String,
}

/// What a rule comes to in a plan, before it is kept.
#[derive(Debug, Clone, Default)]
pub struct RuleEffect {
    /// Links that come.
    pub added: Vec<RuleLink>,
    /// Links that stay.
    pub kept: Vec<RuleLink>,
    /// Links that go.
    pub removed: Vec<RuleLink>,
    /// Rings it would close, each a refusal with its tasks.
    pub rings: Vec<Refusal>,
}

impl RuleEffect {
    /// The effect of one rule between a plan as it is and the same plan with its rules changed and its derived
    /// links laid anew.
    pub fn between(old: &Sheet, new: &Sheet, rule: LocationRuleId, rings: Vec<Refusal>) -> RuleEffect {
        let (was, is) = (rule_links(old, rule), rule_links(new, rule));
        let (kept, added) = is.iter().cloned().partition(|link| was.contains(link));
        let removed = was.into_iter().filter(|link| !is.contains(link)).collect();
        RuleEffect { added, kept, removed, rings }
    }
}

/// The links of a plan that follow from a rule, in the order of their codes.
pub fn rule_links(sheet: &Sheet, rule: LocationRuleId) -> Vec<RuleLink> {
    let source = format!("rule:{rule}");
    let code = |id| sheet.position(id).map(|at| sheet.tasks[at].code.clone()).unwrap_or_default();
    let mine = sheet.links.iter().filter(|link| link.origin == LinkOrigin::Derived && link.reason == source);
    let mut links: Vec<RuleLink> = mine.map(|link| RuleLink { from: code(link.from), to: code(link.to) }).collect();
    links.sort();
    links
}

impl Sheet {
    /// A refusal for each ring that the derived links of this plan would close and those of `old` do not.
    pub fn rings_beyond(&self, old: &Sheet, mut fresh: impl FnMut() -> LinkId) -> Vec<Refusal> {
        let before = old.clone().derive_links(&mut fresh);
        self.clone().derive_links(fresh).rings_beyond(&before)
    }

    /// Lays derived links anew from states, rules and places. Work that has begun gets no new
    /// ones: what it was waiting for is history.
    pub fn derive_links(&mut self, mut fresh: impl FnMut() -> LinkId) -> Derivation {
        let (derived, own): (Vec<TaskLink>, Vec<TaskLink>) =
            // What gates hold is theirs to say.
            std::mem::take(&mut self.links)
                .into_iter()
                .partition(|link| link.origin == LinkOrigin::Derived && link.reason != GUARD);
        self.links = own;
        let demands = self.space.demands(&self.tasks);
        let (wanted, faults) = derive(&self.space, &self.tasks, &demands, &self.input());
        let mut derivation = Derivation { faults, ..Derivation::default() };
        let mut kept = Vec::new();
        for one in wanted {
            let same = |link: &&TaskLink| {
                let ends = link.from == one.from && link.to == one.to;
                ends && link.lag == one.lag && link.release == one.release && link.reason == one.source
            };
            if let Some(link) = derived.iter().find(same) {
                kept.push(link.clone());
                continue;
            }
            let ahead = self.position(one.to).is_some_and(|at| self.tasks[at].state.is_ahead());
            let known = derived.iter().any(|link| link.from == one.from && link.to == one.to);
            if ahead || known {
                derivation.added.push(TaskLink {
                    lag_kind: LagKind::Elapsed,
                    release: one.release,
                    origin: LinkOrigin::Derived,
                    reason: one.source,
                    ..TaskLink::logic(fresh(), self.edition, one.from, one.to, LinkKind::Fs, one.lag)
                });
            }
        }
        let gone = derived.iter().filter(|link| !kept.iter().any(|stays| stays.id == link.id));
        derivation.removed = gone.map(|link| link.id).collect();
        self.links.extend(kept);
        self.links.extend(derivation.added.iter().cloned());
        derivation
    }
}
