//! Tasks that join a running plan from outside the template: corrective actions, tasks of an incident. They go through
//! the same loop as all others.

use crate::{Error, Work};
use chrono::{DateTime, Utc};
use domain::access::Role;
use domain::edition::Edition;
use domain::plan::escalation::{Member, lead_of};
use domain::plan::task::{ComputedDates, Release, Task, TaskLink, TaskState};
use domain::plan::{Function, Indicator, LinkKind, Phase, PlaceKind, Sheet};
use domain::{Bilingual, PlaceId, TaskId, UserId};
use store::record::plan as record;
use store::record::search;

/// A task that joins.
#[derive(Clone, Debug)]
pub(super) struct Extra {
    pub(super) code: String,
    pub(super) name: Bilingual,
    pub(super) stage: Bilingual,
    pub(super) objective: String,
    pub(super) role: Function,
    pub(super) confirmer_role: Function,
    pub(super) owner: Option<UserId>,
    pub(super) minutes: i64,
    pub(super) starts: DateTime<Utc>,
    pub(super) deadline: Option<DateTime<Utc>>,
    pub(super) place: Option<PlaceId>,
    pub(super) place_kind: PlaceKind,
    /// Positions, in the list it comes in, of the tasks it waits for.
    pub(super) after: Vec<usize>,
}

/// The phase a plan is in: that of the task that began last by plan, or of its first task before it begins.
pub(super) fn phase_now(sheet: &Sheet, now: DateTime<Utc>) -> Phase {
    let begun = sheet.tasks.iter().filter(|task| task.dates.early_start <= now && task.state != TaskState::Cancelled);
    let last = begun.max_by_key(|task| (task.dates.early_start, task.sort));
    last.or(sheet.tasks.first()).map_or(Phase::OnSite, |task| task.phase)
}

/// The people of a task: whoever leads the team does it, another of the team (or a manager) measures it, whoever
/// leads the confirming team signs it; nobody in two parts.
pub(super) fn people(
    role: Function,
    confirmer: Function,
    owner: Option<UserId>,
    line: &[Member],
) -> (Option<UserId>, Option<UserId>, Option<UserId>) {
    let roles = |first: Role| [first, Role::Manager, Role::Director, Role::Operations];
    let find = |first: Role, but: &[Option<UserId>]| {
        let free = |role: Role| line.iter().find(|one| one.role == role && !but.contains(&Some(one.id)));
        roles(first).into_iter().find_map(free).map(|one| one.id)
    };
    let owner = owner.or_else(|| lead_of(role.role(), line).map(|one| one.id)).or_else(|| find(role.role(), &[]));
    let checker = find(role.role(), &[owner]);
    let confirmer = find(confirmer.role(), &[owner, checker]).or_else(|| find(confirmer.role(), &[owner]));
    (owner, checker, confirmer)
}

/// Adds tasks to a sheet and to the database; the caller settles the plan afterwards. Answers their ids in order.
pub(super) async fn join(
    work: &Work,
    edition: &Edition,
    sheet: &mut Sheet,
    extras: &[Extra],
    line: &[Member],
) -> Result<Vec<TaskId>, Error> {
    let mut sort = sheet.tasks.iter().map(|task| task.sort).max().unwrap_or(0);
    let phase = phase_now(sheet, work.now());
    let mut tasks: Vec<Task> = Vec::with_capacity(extras.len());
    for extra in extras {
        sort = sort.saturating_add(10);
        tasks.push(task(work, sheet, extra, phase, sort, line));
    }
    let mut links = Vec::new();
    for (at, extra) in extras.iter().enumerate() {
        for before in &extra.after {
            let Some(from) = tasks.get(*before) else { continue };
            let mut link = TaskLink::logic(work.id(), sheet.edition, from.id, tasks[at].id, LinkKind::Fs, 0);
            // In an emergency the doer's word is enough for the next to begin.
            link.release = Release::Submitted;
            links.push(link);
        }
    }
    record::insert_tasks(work.tx(), &tasks).await?;
    record::insert_links(work.tx(), &links).await?;
    let indicators: Vec<Indicator> = tasks.iter().map(|task| criterion(work, task)).collect();
    record::insert_indicators(work.tx(), &indicators).await?;
    let documents: Vec<_> = tasks.iter().map(|task| super::create::document(&edition.slug, task)).collect();
    search::insert(work.tx(), &documents).await?;
    let ids = tasks.iter().map(|task| task.id).collect();
    sheet.tasks.extend(tasks);
    sheet.links.extend(links);
    Ok(ids)
}

/// Done is when what the name says is done.
fn criterion(work: &Work, task: &Task) -> Indicator {
    Indicator::plain(work.id(), task.edition, task.id, task.name.clone())
}

fn task(work: &Work, sheet: &Sheet, extra: &Extra, phase: Phase, sort: i32, line: &[Member]) -> Task {
    let (owner, checker, confirmer) = people(extra.role, extra.confirmer_role, extra.owner, line);
    let at = extra.starts;
    Task {
        id: work.id(),
        code: extra.code.clone(),
        name: extra.name.clone(),
        objective: extra.objective.clone(),
        phase,
        stage: extra.stage.clone(),
        sort,
        duration: extra.minutes,
        constraint: "snet".to_owned(),
        constraint_at: Some(at),
        deadline_at: extra.deadline,
        place_kind: extra.place_kind,
        place: extra.place,
        role: extra.role,
        confirmer_role: extra.confirmer_role,
        owner,
        checker,
        confirmer,
        done_when: extra.name.en.clone(),
        dates: ComputedDates::none(at),
        ..Task::blank(sheet.edition, work.now())
    }
}
