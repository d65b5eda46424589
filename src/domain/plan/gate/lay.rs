//! Gates in a plan: their milestones, the links from the deliverables, the links to the tasks they hold.

use super::template::TemplateGate;
use super::{Gate, GateState, Waiver};
use crate::plan::network::{Kind, LinkKind};
use crate::plan::sheet::Sheet;
use crate::plan::task::{LinkOrigin, Release, Task, TaskLink, TaskState};
use crate::plan::{Indicator, axis};
use crate::{Bilingual, Id, LinkId, PlaceId, TaskId};
use chrono::{DateTime, Utc};
use std::collections::{HashMap, HashSet};
use uuid::Uuid;

/// The reason of a link by which a gate holds a task.
pub const GUARD: &str = "gate";

/// Where fresh identities come from.
pub type Fresh<'a> = &'a mut dyn FnMut() -> Uuid;

/// The places gates may be decided for, and the tree they stand in.
#[derive(Debug, Clone, Default)]
pub struct Places {
    /// The halls: identity, code, name.
    pub halls: Vec<(PlaceId, String, Bilingual)>,
    /// Each place's place above.
    pub parents: HashMap<PlaceId, Option<PlaceId>>,
}

impl Places {
    fn within(&self, inner: PlaceId, outer: PlaceId) -> bool {
        let mut at = Some(inner);
        for _ in 0..32 {
            match at {
                Some(place) if place == outer => return true,
                Some(place) => at = self.parents.get(&place).copied().flatten(),
                None => return false,
            }
        }
        false
    }

    /// Whether work at `task` has to do with the place of a gate: there, below it, above it, or at no place named.
    pub fn touch(&self, task: Option<PlaceId>, gate: Option<PlaceId>) -> bool {
        match (task, gate) {
            (Some(task), Some(gate)) => self.within(task, gate) || self.within(gate, task),
            _ => true,
        }
    }
}

/// Gates that were put into a plan. Milestones and links are in the sheet already.
#[derive(Debug, Clone, Default)]
pub struct Laid {
    /// The gates.
    pub gates: Vec<Gate>,
    /// Their own indicators.
    pub indicators: Vec<Indicator>,
}

/// Puts the gates of a template into a plan: by place where the template says so and `divided` is set.
pub fn lay<'a>(
    sheet: &mut Sheet,
    wanted: impl IntoIterator<Item = &'a TemplateGate>,
    places: &Places,
    divided: bool,
    fresh: Fresh,
    now: DateTime<Utc>,
) -> Laid {
    let mut laid = Laid::default();
    for template in wanted {
        let several = divided && !template.by_place.is_empty() && places.halls.len() > 1;
        let spots: Vec<Option<&(PlaceId, String, Bilingual)>> =
            if several { places.halls.iter().map(Some).collect() } else { vec![None] };
        for spot in spots {
            if let Some(gate) = one(sheet, template, spot, places, fresh, now) {
                laid.indicators.extend(indicators(sheet, &gate, &template.code, fresh));
                laid.gates.push(gate);
            }
        }
    }
    sheet.tasks.sort_by(|a, b| (a.sort, &a.code).cmp(&(b.sort, &b.code)));
    laid
}

fn one(
    sheet: &mut Sheet,
    template: &TemplateGate,
    spot: Option<&(PlaceId, String, Bilingual)>,
    places: &Places,
    fresh: Fresh,
    now: DateTime<Utc>,
) -> Option<Gate> {
    let place = spot.map(|(id, ..)| *id);
    let named = |code: &String| sheet.tasks.iter().find(|task| task.code == *code);
    let deliverables: Vec<TaskId> = template
        .deliverables
        .iter()
        .filter_map(named)
        .filter(|task| places.touch(task.place, place))
        .map(|task| task.id)
        .collect();
    let after = named(&template.after).or_else(|| sheet.tasks.iter().rfind(|task| deliverables.contains(&task.id)))?;
    if deliverables.is_empty() {
        return None;
    }
    let task = milestone(after, template, spot, fresh, now);
    if sheet.tasks.iter().any(|known| known.code == task.code) {
        return None;
    }
    let (id, sort, edition) = (task.id, task.sort, sheet.edition);
    sheet.links.extend(deliverables.into_iter().map(|from| {
        let link = TaskLink::logic(LinkId::from_uuid(fresh()), edition, from, id, LinkKind::Fs, 0);
        TaskLink { release: Release::Confirmed, ..link }
    }));
    sheet.tasks.push(task);
    Some(Gate {
        id: Id::from_uuid(fresh()),
        edition,
        task: id,
        code: template.code.clone(),
        place,
        guards: template.guards.clone(),
        asks: template.asks.clone(),
        majors: template.majors,
        signers: template.signers.clone(),
        state: GateState::Closed,
        reason: String::new(),
        since: now,
        sort,
        version: 1,
    })
}

fn milestone(
    after: &Task,
    template: &TemplateGate,
    spot: Option<&(PlaceId, String, Bilingual)>,
    fresh: Fresh,
    now: DateTime<Utc>,
) -> Task {
    let (code, name) = match spot {
        None => (template.code.clone(), template.name.clone()),
        Some((_, code, name)) => {
            let both = |gate: &str, place: &str| format!("{gate} · {place}");
            let name = Bilingual::new(both(&template.name.en, &name.en), both(&template.name.zh, &name.zh));
            (format!("{}-{code}", template.code), name)
        }
    };
    let role = template.signers.first().copied().unwrap_or(after.confirmer_role);
    Task {
        id: TaskId::from_uuid(fresh()),
        code,
        name,
        phase: after.phase,
        stage: after.stage.clone(),
        sort: after.sort + 5,
        kind: Kind::FinishMilestone,
        calendar: after.calendar,
        place_kind: after.place_kind,
        place: spot.map(|(id, ..)| *id),
        role,
        confirmer_role: role,
        dates: after.dates,
        ..Task::blank(after.edition, now)
    }
}

fn indicators(sheet: &Sheet, gate: &Gate, code: &str, fresh: Fresh) -> Vec<Indicator> {
    let own = super::template::indicators(&sheet.template, code).enumerate();
    own.map(|(at, wanted)| {
        let plain = Indicator::plain(Id::from_uuid(fresh()), gate.edition, gate.task, wanted.name.clone());
        let sort = i32::try_from(at).unwrap_or(i32::MAX);
        wanted.refine(Indicator { sort, ..plain })
    })
    .collect()
}

/// A link by which a gate holds a task.
pub fn is_guard(link: &TaskLink, gates: &HashSet<TaskId>) -> bool {
    link.origin == LinkOrigin::Derived && link.reason == GUARD && gates.contains(&link.from)
}

/// What has to change so that each gate holds exactly the tasks of its scope.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Refit {
    /// Links to add.
    pub added: Vec<TaskLink>,
    /// Links to take away.
    pub removed: Vec<LinkId>,
}

impl Refit {
    /// Nothing has to change.
    pub fn is_empty(&self) -> bool {
        self.added.is_empty() && self.removed.is_empty()
    }
}

/// Makes the links of the gates fit their scopes: a task that has not begun is held by every gate whose scope names it
/// and whose place it touches, unless a valid waiver lets it start early. Work that has begun keeps what it had.
pub fn refit(
    sheet: &mut Sheet,
    gates: &[Gate],
    waivers: &[Waiver],
    places: &Places,
    fresh: Fresh,
    now: DateTime<Utc>,
) -> Refit {
    let milestones: HashSet<TaskId> = gates.iter().map(|gate| gate.task).collect();
    let early = |gate: &Gate, task: TaskId| {
        waivers.iter().any(|one| one.gate == gate.id && one.task == Some(task) && one.is_valid(now))
    };
    let has: HashSet<(TaskId, TaskId)> =
        sheet.links.iter().filter(|link| is_guard(link, &milestones)).map(|link| (link.from, link.to)).collect();
    let mut wanted: HashSet<(TaskId, TaskId)> = HashSet::new();
    let mut missing = Vec::new();
    for gate in gates {
        let upstream = ancestors(sheet, gate.task);
        for task in sheet.tasks.iter().filter(|task| !milestones.contains(&task.id) && gate.guards(&task.code)) {
            let ahead = task.actual_start.is_none() && !task.state.is_closed();
            let held = ahead && places.touch(task.place, gate.place) && !early(gate, task.id);
            if !held && (ahead || !has.contains(&(gate.task, task.id))) {
                continue;
            }
            // A task the gate itself stands on cannot wait for it.
            if upstream.contains(&task.id) || !wanted.insert((gate.task, task.id)) {
                continue;
            }
            if !has.contains(&(gate.task, task.id)) {
                missing.push((gate.task, task.id));
            }
        }
    }
    let added = missing.into_iter().map(|(from, to)| guard(LinkId::from_uuid(fresh()), sheet, from, to));
    let refit = Refit {
        added: added.collect(),
        removed: sheet
            .links
            .iter()
            .filter(|link| is_guard(link, &milestones) && !wanted.contains(&(link.from, link.to)))
            .map(|link| link.id)
            .collect(),
    };
    sheet.links.retain(|link| !refit.removed.contains(&link.id));
    sheet.links.extend(refit.added.iter().cloned());
    refit
}

fn guard(id: LinkId, sheet: &Sheet, from: TaskId, to: TaskId) -> TaskLink {
    TaskLink {
        release: Release::Confirmed,
        origin: LinkOrigin::Derived,
        reason: GUARD.to_owned(),
        ..TaskLink::logic(id, sheet.edition, from, to, LinkKind::Fs, 0)
    }
}

/// Every task a task stands on, by links of any kind.
pub fn ancestors(sheet: &Sheet, task: TaskId) -> HashSet<TaskId> {
    let mut before: HashMap<TaskId, Vec<TaskId>> = HashMap::new();
    for link in &sheet.links {
        before.entry(link.to).or_default().push(link.from);
    }
    let (mut found, mut open) = (HashSet::new(), vec![task]);
    while let Some(at) = open.pop() {
        for from in before.get(&at).into_iter().flatten() {
            if found.insert(*from) {
                open.push(*from);
            }
        }
    }
    found
}

/// The tasks a gate holds, as the links say.
pub fn held<'a>(sheet: &'a Sheet, gate: &Gate) -> Vec<&'a Task> {
    let own: HashSet<TaskId> = [gate.task].into();
    let to: HashSet<TaskId> = sheet.links.iter().filter(|link| is_guard(link, &own)).map(|link| link.to).collect();
    sheet.tasks.iter().filter(|task| to.contains(&task.id)).collect()
}

/// The tasks that must be confirmed: those the milestone follows with a release that waits for the signature.
pub fn deliverables<'a>(sheet: &'a Sheet, gate: &Gate) -> Vec<&'a Task> {
    let wanted = |link: &&TaskLink| link.to == gate.task && link.release == Release::Confirmed;
    let from: HashSet<TaskId> = sheet.links.iter().filter(wanted).map(|link| link.from).collect();
    sheet.tasks.iter().filter(|task| from.contains(&task.id)).collect()
}

/// The milestone when its gate opens. The plan counts whole days: the milestone carries the day of the decision, the
/// decision its minute.
pub fn pass(sheet: &Sheet, milestone: &Task, now: DateTime<Utc>) -> Task {
    let day = axis::day_of(axis::minute_at(now, sheet.zone));
    let at = axis::instant(axis::midnight(day), sheet.zone);
    Task {
        state: TaskState::Confirmed,
        percent: 100,
        actual_start: Some(at),
        actual_finish: Some(at),
        ..milestone.clone()
    }
}

/// The milestone when its gate closes again: as if it had never been passed.
pub fn shut(milestone: &Task) -> Task {
    Task { state: TaskState::Planned, percent: 0, actual_start: None, actual_finish: None, ..milestone.clone() }
}
