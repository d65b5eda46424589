//! What gates are judged by, gathered for all gates of a plan at once: one query a kind of evidence.

use super::{decisions, gates, places, waivers};
use crate::read::metric::{self, Scope};
use crate::read::plan::{Latest, all_indicators, latest};
use crate::{Outcome, Query, values};
use chrono::{DateTime, Utc};
use domain::plan::gate::judge::{Cost, Deliverable, Evidence, Found, NextGate, OpenDeviations, PlaceStanding, judge};
use domain::plan::gate::lay::{ancestors, deliverables, held};
use domain::plan::gate::{Criterion, CriterionKind, Decision, Gate, Waiver, lay::Places};
use domain::plan::{Indicator, IndicatorKind, Kind, Reading, Severity, Sheet, TaskState, axis};
use domain::{EditionId, IndicatorId, TaskId};
use std::collections::{HashMap, HashSet};
use uuid::Uuid;

/// The gates of a plan, judged.
#[derive(Debug, Clone)]
pub struct Judged {
    /// The gates, in order.
    pub gates: Vec<Gate>,
    /// The criteria of each.
    pub criteria: Vec<Vec<Criterion>>,
    /// Titles of open blocking deviations of what each stands on.
    pub blocking: Vec<Vec<String>>,
    /// All decisions, newest first.
    pub decisions: Vec<Decision>,
    /// All waivers, newest first.
    pub waivers: Vec<Waiver>,
    /// All indicators of the plan.
    pub indicators: Vec<Indicator>,
    /// Places.
    pub places: Places,
    /// What the live indicators of gates say now, by the text of their use.
    pub live: HashMap<String, Reading>,
    /// By when 80 of 100 runs of the last simulation reach a date, on the axis, by the key of the date.
    pub p80: HashMap<String, i64>,
}

/// An open deviation as gates look at it.
struct Open {
    task: Option<TaskId>,
    severity: Severity,
    title: String,
    loose: bool,
}

async fn open_deviations(q: &impl Query, edition: EditionId) -> Outcome<Vec<Open>> {
    let sql =
        "select task_id, severity, title, owner_id, due_on from deviation where edition_id = $1 and state = 'open'
               order by opened_at, id";
    let rows = q.rows(sql, values![edition.uuid()]).await?;
    rows.iter()
        .map(|row| {
            let severity: String = row.get(1)?;
            let owned = row.get::<Option<Uuid>>(3)?.is_some() && row.get::<Option<chrono::NaiveDate>>(4)?.is_some();
            Ok(Open {
                task: row.get::<Option<Uuid>>(0)?.map(TaskId::from_uuid),
                severity: Severity::parse(&severity).unwrap_or(Severity::Blocking),
                title: row.get(2)?,
                loose: !owned,
            })
        })
        .collect()
}

/// Judges every gate of a plan now.
///
/// # Errors
/// When the database does not answer.
pub async fn judged(q: &impl Query, sheet: &Sheet, scope: &Scope) -> Outcome<Judged> {
    let edition = sheet.edition;
    let gates = gates(q, edition).await?;
    let mut judged = Judged {
        criteria: Vec::new(),
        blocking: Vec::new(),
        decisions: decisions(q, edition).await?,
        waivers: waivers(q, edition).await?,
        indicators: all_indicators(q, edition).await?,
        places: places(q, edition).await?,
        live: HashMap::new(),
        p80: HashMap::new(),
        gates,
    };
    if judged.gates.iter().any(|gate| gate.asks(CriterionKind::Forecast)) {
        let run = crate::read::plan::latest_risk_run(q, edition).await?;
        let aims = run.and_then(|run| run.result).map(|result| result.aims).unwrap_or_default();
        judged.p80 = aims.iter().map(|one| (one.aim.key.clone(), one.percentile(80))).collect();
    }
    let milestones: HashSet<TaskId> = judged.gates.iter().map(|gate| gate.task).collect();
    // Collected: a filtering iterator held over an await is not `Send` to the compiler.
    let own = judged.indicators.iter().filter(|one| milestones.contains(&one.task));
    let uses: Vec<_> = own.filter_map(|one| one.metric.clone()).collect();
    judged.live = metric::read_all(q, scope, &uses).await?;
    let (latest, open) = (latest(q, edition).await?, open_deviations(q, edition).await?);
    for gate in &judged.gates {
        let evidence = of_gate(sheet, gate, &judged, &latest, &open, scope.now);
        judged.blocking.push(evidence.deviations.blocking.clone());
        judged.criteria.push(judge(gate, &evidence, &judged.waivers, scope.now));
    }
    Ok(judged)
}

fn of_gate(
    sheet: &Sheet,
    gate: &Gate,
    judged: &Judged,
    latest: &HashMap<IndicatorId, Latest>,
    open: &[Open],
    now: DateTime<Utc>,
) -> Evidence {
    let wanted = deliverables(sheet, gate);
    let ids: HashSet<TaskId> =
        wanted.iter().filter(|task| task.state != TaskState::Cancelled).map(|task| task.id).collect();
    let upstream = ancestors(sheet, gate.task);
    let found = |one: &Indicator| found(one, latest, &judged.live);
    let theirs = judged
        .indicators
        .iter()
        .filter(|one| ids.contains(&one.task) && one.mandatory && one.kind != IndicatorKind::Live);
    Evidence {
        deliverables: wanted
            .iter()
            .map(|task| Deliverable { code: task.code.clone(), name: task.name.clone(), state: task.state })
            .collect(),
        own: judged.indicators.iter().filter(|one| one.task == gate.task).map(found).collect(),
        theirs: theirs.map(found).collect(),
        places: standing(gate, &judged.places, sheet, now),
        deviations: deviations(open, &upstream),
        next: next_gate(sheet, gate, judged),
        cost: cost(sheet, gate, &upstream),
    }
}

fn found(one: &Indicator, latest: &HashMap<IndicatorId, Latest>, live: &HashMap<String, Reading>) -> Found {
    if let (IndicatorKind::Live, Some(used)) = (one.kind, &one.metric) {
        let value = live.get(&used.text()).and_then(|reading| reading.value);
        return Found { indicator: one.clone(), value, document: None, by: String::new(), at: None };
    }
    let last = latest.get(&one.id);
    Found {
        indicator: one.clone(),
        value: last.map(|last| last.value),
        document: last.and_then(|last| last.document.clone()),
        by: last.map(|last| last.by.clone()).unwrap_or_default(),
        at: last.map(|last| last.at),
    }
}

fn standing(gate: &Gate, places: &Places, sheet: &Sheet, now: DateTime<Utc>) -> Vec<PlaceStanding> {
    if !gate.asks(CriterionKind::Established) {
        return Vec::new();
    }
    let of_gate = |id: &domain::PlaceId| gate.place.is_none_or(|place| place == *id);
    let halls = places.halls.iter().filter(|(id, ..)| of_gate(id));
    halls
        .map(|(id, _, name)| PlaceStanding {
            name: name.clone(),
            established: Some(sheet.space.established(*id, now).is_empty()),
        })
        .collect()
}

fn deviations(open: &[Open], upstream: &HashSet<TaskId>) -> OpenDeviations {
    let mut found = OpenDeviations::default();
    for one in open.iter().filter(|one| one.task.is_none_or(|task| upstream.contains(&task))) {
        match one.severity {
            Severity::Blocking => found.blocking.push(one.title.clone()),
            Severity::Major => {
                found.majors += 1;
                found.loose += u32::from(one.loose);
            }
            Severity::Minor => {}
        }
    }
    found
}

fn next_gate(sheet: &Sheet, gate: &Gate, judged: &Judged) -> Option<NextGate> {
    if !gate.asks(CriterionKind::Forecast) {
        return None;
    }
    let after = |other: &&Gate| (other.sort, &other.code) > (gate.sort, &gate.code) && other.code != gate.code;
    let next = judged.gates.iter().filter(after).min_by_key(|other| (other.sort, other.code.clone()))?;
    let task = sheet.tasks.iter().find(|task| task.id == next.task)?;
    let key = format!("milestone-{}", task.code);
    let p80 = judged.p80.get(&key).map(|minute| axis::instant(*minute, sheet.zone));
    Some(NextGate { code: task.code.clone(), name: task.name.clone(), p80, latest: task.dates.late_finish })
}

/// Budget and cost of what the gate stands on, back to the plan's beginning.
fn cost(sheet: &Sheet, gate: &Gate, upstream: &HashSet<TaskId>) -> Cost {
    if !gate.asks(CriterionKind::Budget) {
        return Cost::default();
    }
    let tasks = sheet.tasks.iter().filter(|task| upstream.contains(&task.id) && task.kind == Kind::Task);
    let mut cost = Cost { budget: None, spent: 0, currency: sheet.currency.clone() };
    for task in tasks {
        if let Some(budget) = task.budget {
            cost.budget = Some(cost.budget.unwrap_or(0) + budget);
        }
        cost.spent += task.actual_cost;
    }
    cost
}

impl Judged {
    /// Position of the gate whose milestone has this code or id, or whose template code it is where that is the only one.
    pub fn find(&self, sheet: &Sheet, name: &str) -> Option<usize> {
        let named = |gate: &Gate| {
            let task = sheet.tasks.iter().find(|task| task.id == gate.task);
            task.is_some_and(|task| task.code == name) || gate.id.to_string() == name
        };
        self.gates.iter().position(named)
    }

    /// Tasks a gate holds: not begun, in all.
    pub fn held(&self, sheet: &Sheet, at: usize) -> (u32, u32) {
        let held = held(sheet, &self.gates[at]);
        let ahead = held.iter().filter(|task| task.actual_start.is_none() && !task.state.is_closed()).count();
        (u32::try_from(ahead).unwrap_or(u32::MAX), u32::try_from(held.len()).unwrap_or(u32::MAX))
    }

    /// The decisions of a gate, newest first.
    pub fn decisions_of(&self, at: usize) -> impl Iterator<Item = &Decision> + '_ {
        let gate = self.gates[at].id;
        self.decisions.iter().filter(move |one| one.gate == gate)
    }
}
