//! The criteria of a gate, computed from evidence: met, not met, or waived. What has no data is not met.

use super::{CriterionKind, Gate, Waiver};
use crate::plan::indicator::{Indicator, IndicatorKind, Target};
use crate::plan::task::TaskState;
use crate::{Bilingual, DocumentId};
use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};

codes! {
    /// Where a criterion stands.
    Standing {
        /// As it should be.
        Met "met",
        /// Not as it should be, or unknown.
        NotMet "not_met",
        /// Not as it should be, and let pass.
        Waived "waived",
    }
}

/// A figure, a state or a count, as it was found or is wanted.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case", tag = "is")]
pub enum Value {
    /// Nothing is known.
    NoData,
    /// A task stands there.
    State {
        /// Where.
        state: TaskState,
    },
    /// Yes or no.
    Answer {
        /// Yes.
        yes: bool,
    },
    /// A file is there.
    File {
        /// Its name.
        name: String,
    },
    /// A figure.
    Figure {
        /// The figure.
        value: f64,
        /// Unit.
        unit: String,
    },
    /// A figure compared with a target.
    Target {
        /// The target.
        target: Target,
        /// By how much it may be missed.
        tolerance: Option<f64>,
        /// Unit.
        unit: String,
    },
    /// So many of so many.
    Of {
        /// How many.
        count: u32,
        /// Of how many.
        total: u32,
    },
    /// Open deviations.
    Open {
        /// Blocking ones.
        blocking: u32,
        /// Major ones.
        majors: u32,
        /// Major ones without owner or day.
        loose: u32,
    },
    /// A moment.
    Day {
        /// When.
        at: DateTime<Utc>,
    },
    /// An amount in minor units.
    Money {
        /// How much.
        minor: i64,
        /// ISO 4217 code.
        currency: String,
    },
}

/// A criterion with its standing: what pages show, and what a decision keeps.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Criterion {
    /// Names it for waivers: `deliverable:E10`, `indicator:<id>`, `deviations` …
    pub key: String,
    /// Kind.
    pub kind: CriterionKind,
    /// What it is about: name of the task, indicator or place; empty where the kind says it.
    pub name: Bilingual,
    /// Code of the task it leads to.
    pub code: String,
    /// As it should be.
    pub wanted: Value,
    /// As it is.
    pub found: Value,
    /// Standing.
    pub standing: Standing,
    /// Evidence.
    pub document: Option<DocumentId>,
    /// Who measured, where somebody did.
    pub by: String,
    /// When it was measured.
    pub at: Option<DateTime<Utc>>,
    /// What is wrong, one line each: failing indicators, blocking deviations, places.
    pub details: Vec<Bilingual>,
}

/// A task that must be confirmed.
#[derive(Debug, Clone, PartialEq)]
pub struct Deliverable {
    /// Code.
    pub code: String,
    /// Name.
    pub name: Bilingual,
    /// Where it stands.
    pub state: TaskState,
}

/// An indicator with what was found last.
#[derive(Debug, Clone, PartialEq)]
pub struct Found {
    /// The indicator.
    pub indicator: Indicator,
    /// The latest value, or the live one.
    pub value: Option<f64>,
    /// Evidence: identity and name.
    pub document: Option<(DocumentId, String)>,
    /// Who measured.
    pub by: String,
    /// When.
    pub at: Option<DateTime<Utc>>,
}

impl Found {
    /// The value passes; no value does not.
    pub fn passes(&self) -> bool {
        self.value.is_some_and(|value| self.indicator.passes(value))
    }
}

/// A place that must be established.
#[derive(Debug, Clone, PartialEq)]
pub struct PlaceStanding {
    /// Name.
    pub name: Bilingual,
    /// Whether it is; `None` when nobody keeps its state.
    pub established: Option<bool>,
}

/// Open deviations of what the gate stands on.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct OpenDeviations {
    /// Titles of the blocking ones.
    pub blocking: Vec<String>,
    /// Major ones.
    pub majors: u32,
    /// Major ones without owner or day.
    pub loose: u32,
}

/// The next gate as the simulation sees it.
#[derive(Debug, Clone, PartialEq)]
pub struct NextGate {
    /// Code of its milestone.
    pub code: String,
    /// Name.
    pub name: Bilingual,
    /// By then it is passed in 80 of 100 runs; `None` without a simulation.
    pub p80: Option<DateTime<Utc>>,
    /// When it must be passed at the latest.
    pub latest: DateTime<Utc>,
}

/// Cost of what the gate stands on.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Cost {
    /// Planned, minor units; `None` when nothing is budgeted.
    pub budget: Option<i64>,
    /// Spent, minor units.
    pub spent: i64,
    /// ISO 4217 code.
    pub currency: String,
}

/// Everything a gate is judged by.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Evidence {
    /// Tasks that must be confirmed.
    pub deliverables: Vec<Deliverable>,
    /// The gate's own indicators.
    pub own: Vec<Found>,
    /// Mandatory indicators of the deliverables that are not live.
    pub theirs: Vec<Found>,
    /// Places that must be established.
    pub places: Vec<PlaceStanding>,
    /// Open deviations.
    pub deviations: OpenDeviations,
    /// The next gate.
    pub next: Option<NextGate>,
    /// Cost.
    pub cost: Cost,
}

/// Judges a gate. Blocking deviations are never waived.
pub fn judge(gate: &Gate, evidence: &Evidence, waivers: &[Waiver], now: DateTime<Utc>) -> Vec<Criterion> {
    let mut all: Vec<Criterion> = evidence.deliverables.iter().map(deliverable).collect();
    all.extend(evidence.own.iter().filter(|one| one.indicator.mandatory).map(indicator));
    if gate.asks(CriterionKind::Indicators) {
        all.push(theirs(&evidence.theirs));
    }
    if gate.asks(CriterionKind::Established) {
        all.push(established(&evidence.places));
    }
    if gate.asks(CriterionKind::Deviations) {
        all.push(deviations(gate, &evidence.deviations));
    }
    if gate.asks(CriterionKind::Forecast)
        && let Some(next) = &evidence.next
    {
        all.push(forecast(next));
    }
    if gate.asks(CriterionKind::Budget) {
        all.push(budget(&evidence.cost));
    }
    let waived = |one: &Criterion| {
        let blocking = matches!(one.found, Value::Open { blocking, .. } if blocking > 0);
        !blocking && waivers.iter().any(|w| w.gate == gate.id && w.criterion == one.key && w.is_valid(now))
    };
    for one in &mut all {
        if one.standing == Standing::NotMet && waived(one) {
            one.standing = Standing::Waived;
        }
    }
    all
}

fn standing(met: bool) -> Standing {
    if met { Standing::Met } else { Standing::NotMet }
}

fn plain(kind: CriterionKind, wanted: Value, found: Value, met: bool) -> Criterion {
    Criterion {
        key: kind.code().to_owned(),
        kind,
        name: Bilingual::default(),
        code: String::new(),
        wanted,
        found,
        standing: standing(met),
        document: None,
        by: String::new(),
        at: None,
        details: Vec::new(),
    }
}

fn deliverable(one: &Deliverable) -> Criterion {
    let met = matches!(one.state, TaskState::Confirmed | TaskState::Waived | TaskState::Cancelled);
    let wanted = Value::State { state: TaskState::Confirmed };
    Criterion {
        key: format!("deliverable:{}", one.code),
        name: one.name.clone(),
        code: one.code.clone(),
        ..plain(CriterionKind::Deliverable, wanted, Value::State { state: one.state }, met)
    }
}

fn indicator(one: &Found) -> Criterion {
    let own = &one.indicator;
    let wanted = match own.target.filter(|_| own.kind.is_figure()) {
        Some(target) => Value::Target { target, tolerance: own.tolerance, unit: own.unit.clone() },
        None => Value::Answer { yes: true },
    };
    let found = match (one.value, &one.document) {
        (None, _) => Value::NoData,
        (Some(value), _) if own.kind.is_figure() => Value::Figure { value, unit: own.unit.clone() },
        (Some(value), Some((_, name))) if value != 0.0 => Value::File { name: name.clone() },
        (Some(value), _) => Value::Answer { yes: value != 0.0 },
    };
    Criterion {
        key: format!("indicator:{}", own.id),
        name: own.name.clone(),
        document: one.document.as_ref().map(|(id, _)| *id),
        by: one.by.clone(),
        at: one.at.filter(|_| own.kind != IndicatorKind::Live),
        ..plain(CriterionKind::Indicator, wanted, found, one.passes())
    }
}

fn theirs(all: &[Found]) -> Criterion {
    let count = |n: usize| u32::try_from(n).unwrap_or(u32::MAX);
    let failing: Vec<&Found> = all.iter().filter(|one| !one.passes()).collect();
    let total = count(all.len());
    let passing = total - count(failing.len());
    let met = failing.is_empty() && total > 0;
    let found = if total == 0 { Value::NoData } else { Value::Of { count: passing, total } };
    let mut one = plain(CriterionKind::Indicators, Value::Of { count: total, total }, found, met);
    one.details = failing.iter().map(|one| one.indicator.name.clone()).collect();
    one
}

fn established(places: &[PlaceStanding]) -> Criterion {
    let count = |n: usize| u32::try_from(n).unwrap_or(u32::MAX);
    let known = places.iter().any(|place| place.established.is_some());
    let holding = places.iter().filter(|place| place.established == Some(true)).count();
    let met = !places.is_empty() && holding == places.len();
    let total = count(places.len());
    let found = if known { Value::Of { count: count(holding), total } } else { Value::NoData };
    let mut one = plain(CriterionKind::Established, Value::Of { count: total, total }, found, met);
    if known {
        let open = places.iter().filter(|place| place.established != Some(true));
        one.details = open.map(|place| place.name.clone()).collect();
    }
    one
}

fn deviations(gate: &Gate, open: &OpenDeviations) -> Criterion {
    let most = u32::try_from(gate.majors).unwrap_or(0);
    let blocking = u32::try_from(open.blocking.len()).unwrap_or(u32::MAX);
    let met = blocking == 0 && open.majors <= most && open.loose == 0;
    let wanted = Value::Open { blocking: 0, majors: most, loose: 0 };
    let found = Value::Open { blocking, majors: open.majors, loose: open.loose };
    let mut one = plain(CriterionKind::Deviations, wanted, found, met);
    one.details = open.blocking.iter().map(|title| Bilingual::new(title.as_str(), "")).collect();
    one
}

fn forecast(next: &NextGate) -> Criterion {
    let found = next.p80.map_or(Value::NoData, |at| Value::Day { at });
    let met = next.p80.is_some_and(|at| at <= next.latest);
    Criterion {
        name: next.name.clone(),
        code: next.code.clone(),
        ..plain(CriterionKind::Forecast, Value::Day { at: next.latest }, found, met)
    }
}

fn budget(cost: &Cost) -> Criterion {
    let money = |minor: i64| Value::Money { minor, currency: cost.currency.clone() };
    let met = cost.budget.is_some_and(|budget| cost.spent <= budget);
    let found = if cost.budget.is_some() { money(cost.spent) } else { Value::NoData };
    plain(CriterionKind::Budget, cost.budget.map_or(Value::NoData, money), found, met)
}

/// Nothing stands against the gate.
pub fn passes(criteria: &[Criterion]) -> bool {
    criteria.iter().all(|one| one.standing != Standing::NotMet)
}

/// Blocking deviations are open.
pub fn is_blocked(criteria: &[Criterion]) -> bool {
    criteria.iter().any(|one| matches!(one.found, Value::Open { blocking, .. } if blocking > 0))
}

/// How many are met, waived, and in all.
pub fn counts(criteria: &[Criterion]) -> (u32, u32, u32) {
    let count = |wanted: Standing| criteria.iter().filter(|one| one.standing == wanted).count() as u32;
    (count(Standing::Met), count(Standing::Waived), criteria.len() as u32)
}
