//! The plan with its derived links laid anew: those that still follow stay, those that do not go.

use super::rule::{SpaceFault, derive};
use crate::LinkId;
use crate::plan::Sheet;
use crate::plan::gate::lay::GUARD;
use crate::plan::network::LinkKind;
use crate::plan::task::{LagKind, LinkOrigin, TaskLink};

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

impl Sheet {
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
