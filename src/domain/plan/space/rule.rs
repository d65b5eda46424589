//! From states and places to links: a needed state waits for the task that brings it, and rules by
//! location ("in every stand of hall 3: utilities before build") stand once and are spelled out
//! for every pair of tasks that meet in such a place.

use super::demand::Demand;
use super::mode::When;
use super::standing::Space;
use super::state::{PlaceState, machine};
use crate::plan::network::{Kind, PlanInput};
use crate::plan::task::{Release, Task};
use crate::refusal::{Parse, Refusal};
use crate::venue::PlaceKind;
use crate::{EditionId, LocationRuleId, PlaceId, TaskId};
use serde::{Deserialize, Serialize};
use std::collections::{BTreeMap, BTreeSet, HashMap};

/// One rule by location.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct LocationRule {
    /// Identity.
    pub id: LocationRuleId,
    /// The edition.
    pub edition: EditionId,
    /// Why, in words.
    pub reason: String,
    /// Within this place; the whole venue when none.
    pub within: Option<PlaceId>,
    /// In every place of this kind.
    pub each: PlaceKind,
    /// The work that comes first: task codes (`B05 B1*`) or `state:serviced`.
    pub before: String,
    /// The work that comes after it.
    pub after: String,
    /// When the first lets go.
    pub release: Release,
    /// Minutes between.
    pub lag: i64,
    /// It counts; a rule switched off is kept and nothing follows from it.
    pub on: bool,
    /// For the check against a change in between.
    pub version: i32,
}

/// A rule as typed.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct RuleDraft {
    /// Why.
    pub reason: String,
    /// Place id or empty.
    pub within: String,
    /// Kind of place.
    pub each: String,
    /// Work.
    pub before: String,
    /// Work.
    pub after: String,
    /// Release code; accepted when empty.
    pub release: String,
    /// Minutes; 0 when empty.
    pub lag: String,
    /// Version that was read; empty for the current one.
    pub version: String,
}

/// A link that follows from places.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DerivedLink {
    /// Predecessor.
    pub from: TaskId,
    /// Successor.
    pub to: TaskId,
    /// Minutes between.
    pub lag: i64,
    /// When the predecessor lets go.
    pub release: Release,
    /// What it follows from: `state:<state>` or `rule:<id>`.
    pub source: String,
}

/// What cannot be kept, each with the tasks named.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case", tag = "fault")]
pub enum SpaceFault {
    /// A state is needed that no task brings and that does not hold.
    NobodyProduces {
        /// Code of the task.
        code: String,
        /// The state.
        state: PlaceState,
        /// Codes of the places, the first few.
        places: Vec<String>,
        /// How many places.
        count: u32,
    },
    /// A link that follows from places would close a ring.
    Ring {
        /// Code of the predecessor.
        from: String,
        /// Code of the successor.
        to: String,
        /// What it follows from.
        source: String,
        /// Codes of the tasks from the successor round to the predecessor, in order.
        #[serde(default)]
        way: Vec<String>,
    },
}

impl RuleDraft {
    /// The draft that would leave the rule as it is.
    pub fn of(rule: &LocationRule) -> Self {
        RuleDraft {
            reason: rule.reason.clone(),
            within: rule.within.map(|place| place.to_string()).unwrap_or_default(),
            each: rule.each.code().to_owned(),
            before: rule.before.clone(),
            after: rule.after.clone(),
            release: rule.release.code().to_owned(),
            lag: rule.lag.to_string(),
            version: rule.version.to_string(),
        }
    }

    /// Reads the draft as a rule that is switched on.
    ///
    /// # Errors
    /// Every field that cannot be read; `space-rule-nobody` where no task is meant.
    pub fn parse(
        &self,
        id: LocationRuleId,
        edition: EditionId,
        space: &Space,
        tasks: &[Task],
    ) -> Result<LocationRule, Vec<Refusal>> {
        let mut parse = Parse::new();
        let reason = parse.required("reason", &self.reason, 300);
        let within = match self.within.trim() {
            "" => None,
            text => parse.choice("within", text, |text| {
                text.parse::<PlaceId>().ok().filter(|id| space.tree.find(*id).is_some())
            }),
        };
        let each = parse.pick("each", &self.each, PlaceKind::parse);
        let before = parse.required("before", &self.before, 200);
        let after = parse.required("after", &self.after, 200);
        for (field, text) in [("before", &before), ("after", &after)] {
            let meant = tasks.iter().any(|task| selects(text, task, space));
            if !text.is_empty() && !meant {
                parse.refuse(Refusal::invalid("space-rule-nobody").at(field).with("value", text));
            }
        }
        let release = match self.release.trim() {
            "" => Some(Release::Accepted),
            text => parse.choice("release", text, Release::parse),
        };
        let lag = parse.whole("lag", &self.lag, 0..=525_600).unwrap_or_default();
        let rule = each.zip(release).map(|(each, release)| LocationRule {
            id,
            edition,
            reason,
            within,
            each,
            before,
            after,
            release,
            lag,
            on: true,
            version: 1,
        });
        parse.complete(rule)
    }
}

/// Whether a piece of work is meant: by code, by the beginning of a code, or by the state it brings.
fn selects(text: &str, task: &Task, space: &Space) -> bool {
    text.split([' ', ',', ';', '、', '，']).filter(|part| !part.is_empty()).any(|part| {
        match (part.strip_prefix("state:"), part.strip_suffix('*')) {
            (Some(state), _) => {
                let state = PlaceState::parse(state);
                state.is_some() && space.requirements.iter().any(|one| one.task == task.id && one.produces == state)
            }
            (None, Some(beginning)) => task.code.to_lowercase().starts_with(&beginning.to_lowercase()),
            (None, None) => task.code.eq_ignore_ascii_case(part),
        }
    })
}

/// Every link that follows from states and rules, one for each pair of tasks, and what would close
/// a ring. `input` has the links a person made; derived ones are none of them.
pub fn derive(
    space: &Space,
    tasks: &[Task],
    demands: &[Demand],
    input: &PlanInput,
) -> (Vec<DerivedLink>, Vec<SpaceFault>) {
    let mut wanted: BTreeMap<(u32, u32), (i64, Release, String)> = BTreeMap::new();
    let mut want = |from: u32, to: u32, lag: i64, release: Release, source: &str| {
        if from != to {
            let slot = wanted.entry((from, to)).or_insert_with(|| (lag, release, source.to_owned()));
            slot.0 = slot.0.max(lag);
            if release == Release::Confirmed {
                slot.1 = release;
            }
        }
    };
    by_state(space, demands, &mut want);
    for rule in space.rules.iter().filter(|rule| rule.on) {
        by_rule(space, tasks, demands, rule, &mut want);
    }
    let mut graph = Graph::of(input);
    let (mut links, mut faults) = (Vec::new(), Vec::new());
    for ((from, to), (lag, release, source)) in wanted {
        if graph.has_fs(from, to) {
            continue;
        }
        let (first, second) = (&tasks[from as usize], &tasks[to as usize]);
        if let Some(way) = graph.way(to, from) {
            let way = way.into_iter().map(|at| tasks[at as usize].code.clone()).collect();
            faults.push(SpaceFault::Ring { from: first.code.clone(), to: second.code.clone(), source, way });
            continue;
        }
        graph.add(from, to);
        links.push(DerivedLink { from: first.id, to: second.id, lag, release, source });
    }
    (links, faults)
}

fn by_state(space: &Space, demands: &[Demand], want: &mut impl FnMut(u32, u32, i64, Release, &str)) {
    let mut bring: HashMap<(u32, PlaceState), BTreeMap<u32, i64>> = HashMap::new();
    for demand in demands {
        let requirement = &space.requirements[demand.requirement as usize];
        if let Some(state) = requirement.produces {
            let slot = bring.entry((demand.place, state)).or_default().entry(demand.task).or_default();
            *slot = (*slot).max(requirement.lead);
        }
    }
    for demand in demands {
        let Some(state) = space.requirements[demand.requirement as usize].needs else { continue };
        let source = format!("state:{}", state.code());
        for here in std::iter::once(demand.place).chain(space.tree.above(demand.place)) {
            if here != demand.place && !machine(space.tree.spot(here).kind).inherited(state) {
                continue;
            }
            for (from, lead) in bring.get(&(here, state)).into_iter().flatten() {
                want(*from, demand.task, *lead, Release::Confirmed, &source);
            }
        }
    }
}

fn by_rule(
    space: &Space,
    tasks: &[Task],
    demands: &[Demand],
    rule: &LocationRule,
    want: &mut impl FnMut(u32, u32, i64, Release, &str),
) {
    let within = match rule.within {
        Some(place) => match space.tree.find(place) {
            Some(at) => Some(at),
            None => return,
        },
        None => None,
    };
    let of = |text: &str| -> BTreeSet<u32> {
        tasks.iter().enumerate().filter(|(_, task)| selects(text, task, space)).map(|(at, _)| at as u32).collect()
    };
    let (first, second) = (of(&rule.before), of(&rule.after));
    let at = |set: &BTreeSet<u32>, place: u32| -> BTreeSet<u32> {
        let here = demands.iter().filter(|one| set.contains(&one.task) && space.tree.related(one.place, place));
        here.map(|one| one.task).collect()
    };
    let source = format!("rule:{}", rule.id);
    let mut pairs = BTreeSet::new();
    for place in space.tree.of_kind(within, rule.each) {
        let after = at(&second, place);
        for from in at(&first, place) {
            pairs.extend(after.iter().map(|to| (from, *to)));
        }
        if pairs.len() >= first.len() * second.len() {
            break;
        }
    }
    for (from, to) in pairs {
        want(from, to, rule.lag, rule.release, &source);
    }
}

/// The links there are, for asking what would close a ring.
struct Graph {
    next: Vec<Vec<u32>>,
    fs: BTreeSet<(u32, u32)>,
    tails: Vec<u32>,
}

impl Graph {
    fn of(input: &PlanInput) -> Graph {
        let count = input.activities.len();
        let tails: Vec<u32> = input
            .activities
            .iter()
            .enumerate()
            .map(|(at, one)| if one.kind == Kind::Summary { (at + count) as u32 } else { at as u32 })
            .collect();
        let mut graph = Graph { next: vec![Vec::new(); count * 2], fs: BTreeSet::new(), tails };
        for link in &input.links {
            graph.next[graph.tails[link.from as usize] as usize].push(link.to);
            if link.kind == crate::plan::LinkKind::Fs {
                graph.fs.insert((link.from, link.to));
            }
        }
        for (at, activity) in input.activities.iter().enumerate() {
            if let Some(parent) = activity.parent {
                graph.next[parent as usize].push(at as u32);
                graph.next[graph.tails[at] as usize].push(graph.tails[parent as usize]);
            }
        }
        graph
    }

    fn has_fs(&self, from: u32, to: u32) -> bool {
        self.fs.contains(&(from, to))
    }

    fn add(&mut self, from: u32, to: u32) {
        self.next[self.tails[from as usize] as usize].push(to);
    }

    /// The tasks from one to the other along links, both included; nothing where there is no way.
    fn way(&self, from: u32, to: u32) -> Option<Vec<u32>> {
        let mut came: Vec<Option<u32>> = vec![None; self.next.len()];
        let begin = [from, self.tails[from as usize]];
        let mut todo: Vec<u32> = begin.to_vec();
        let mut seen = vec![false; self.next.len()];
        begin.iter().for_each(|at| seen[*at as usize] = true);
        while let Some(here) = todo.pop() {
            if here == to {
                let count = self.next.len() as u32 / 2;
                // A summary is there twice, for its beginning and its end; people know it once.
                let steps = std::iter::successors(Some(here), |at| came[*at as usize]);
                let mut way: Vec<u32> = steps.map(|at| at % count).collect();
                way.reverse();
                way.dedup();
                return Some(way);
            }
            for next in &self.next[here as usize] {
                if !std::mem::replace(&mut seen[*next as usize], true) {
                    came[*next as usize] = Some(here);
                    todo.push(*next);
                }
            }
        }
        None
    }
}

/// Whether a need still stands when its task has begun.
pub(super) const fn still_needed(when: When, begun: bool) -> bool {
    !begun || matches!(when, When::Throughout)
}
