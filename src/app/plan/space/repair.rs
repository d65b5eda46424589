//! A way out of a conflict: first what it would move, then, when a person accepts it, the change.

use super::super::revise::keep_change;
use super::super::under_way::{UnderWay, compute, take};
use super::derive::rederive;
use super::soft::soft;
use crate::{App, Error, Work};
use domain::access::Viewer;
use domain::edition::Edition;
use domain::journal::{Fact, Subject, SubjectKind};
use domain::plan::delta::Delta;
use domain::plan::space::assess::Group;
use domain::plan::space::repair::{Offer, Repair, repairs};
use domain::plan::space::{Assessment, Requirement};
use domain::plan::view::Board;
use domain::plan::{Sheet, axis, sheet::Computed};
use domain::refusal::Parse;
use domain::{LinkId, Refusal, RequirementId, TaskId};
use store::read::plan as read;
use store::record::plan as record;

/// A way out with its conflict and its effect; nothing is saved.
#[derive(Clone, Debug)]
pub struct Way {
    /// The plan as it is.
    pub board: Board,
    /// What is wrong in it.
    pub assessment: Assessment,
    /// The conflict.
    pub group: Group,
    /// The way out.
    pub offer: Offer,
    /// What it would move.
    pub delta: Delta,
    /// Conflicts there would be, less those there are.
    pub conflicts_by: i64,
}

/// What a repair changes.
struct Changed {
    sheet: Sheet,
    task: Option<TaskId>,
    link: Option<domain::plan::TaskLink>,
    requirement: Option<Requirement>,
    replaced: Option<(RequirementId, Vec<Requirement>)>,
}

/// The conflict and the way out by their stable names.
fn find(sheet: &Sheet, computed: &Computed, assessment: &Assessment, key: &str, way: &str) -> Option<(Group, Offer)> {
    let group = assessment.groups(&sheet.space, &sheet.tasks).into_iter().find(|group| group.key == key)?;
    let offers = repairs(&sheet.space, &sheet.tasks, assessment, &computed.schedule, &group);
    let offer = offers.into_iter().find(|offer| offer.repair.code(&sheet.space, &sheet.tasks) == way)?;
    Some((group, offer))
}

fn gone() -> Error {
    Refusal::conflict("space-repair-gone").into()
}

/// What a way out would move and why.
///
/// # Errors
/// `space-repair-gone` when the conflict or the way out is there no more.
pub async fn preview_repair(app: &App, viewer: &Viewer, edition: &Edition, key: &str, way: &str) -> Result<Way, Error> {
    let now = app.now();
    let board = read::board(&app.reader(), edition.id, now).await?.ok_or(Error::Missing)?;
    let assessment = board.sheet.assess(&board.computed, now);
    let (group, offer) = find(&board.sheet, &board.computed, &assessment, key, way).ok_or_else(gone)?;
    let mut new = change(&board.sheet, &offer.repair, "", viewer, || app.id::<LinkId>(), || app.id::<RequirementId>());
    new.sheet.derive_links(|| app.id::<LinkId>());
    let computed = compute(&new.sheet, "way")?;
    let after = new.sheet.assess(&computed, now).groups(&new.sheet.space, &new.sheet.tasks).len();
    let before = assessment.groups(&board.sheet.space, &board.sheet.tasks).len();
    let delta = board.computed.delta(&computed, new.sheet.opening(), &codes(&new));
    Ok(Way { board, assessment, group, offer, delta, conflicts_by: after as i64 - before as i64 })
}

fn codes(changed: &Changed) -> Vec<&str> {
    let at = changed.task.and_then(|task| changed.sheet.position(task));
    at.map(|at| changed.sheet.tasks[at].code.as_str()).into_iter().collect()
}

/// Takes a way out whose effect the person has accepted.
///
/// # Errors
/// `Stale` when the plan changed since, `space-repair-gone`, `required` at `reason`.
pub async fn apply_repair(
    app: &App,
    viewer: &Viewer,
    edition: &Edition,
    (key, way): (&str, &str),
    reason: &str,
    revision: i32,
) -> Result<Delta, Error> {
    let mut parse = Parse::new();
    let reason = parse.required("reason", reason, 500);
    let reason = parse.finish(|| reason)?;
    let mut work = app.begin(viewer.actor()).await?;
    let plan = take(&work, edition.id).await?;
    if plan.old.revision != revision {
        return Err(Error::Stale);
    }
    let computed = compute(&plan.old, "way")?;
    let assessment = plan.old.assess(&computed, work.now());
    let (group, offer) = find(&plan.old, &computed, &assessment, key, way).ok_or_else(gone)?;
    let ids = || work.id::<RequirementId>();
    let changed = change(&plan.old, &offer.repair, &reason, viewer, || work.id::<LinkId>(), ids);
    let said = Fact::new("plan.conflict_repaired", Subject::new(SubjectKind::Plan, edition.id), edition.id);
    let said = said.with("kind", group.kind.code()).with("conflict", key).with("way", way).with("reason", reason);
    work.note([said]);
    let delta = save(&mut work, plan, changed).await?;
    work.commit().await?;
    Ok(delta)
}

async fn save(work: &mut Work, plan: UnderWay, changed: Changed) -> Result<Delta, Error> {
    let Changed { sheet: mut new, task, link, requirement, replaced } = changed;
    if let Some(link) = link {
        record::add_links(work.tx(), &[link]).await?;
    }
    if let Some(requirement) = requirement {
        record::space::save_requirement(work.tx(), &requirement).await?;
    }
    if let Some((old, zones)) = replaced {
        record::space::delete_requirement(work.tx(), old).await?;
        record::space::insert_requirements(work.tx(), &zones).await?;
    }
    rederive(work, &mut new).await?;
    keep_change(work, &plan, new, task, "conflict").await
}

/// The plan with the way out taken.
fn change(
    old: &Sheet,
    repair: &Repair,
    reason: &str,
    viewer: &Viewer,
    link_id: impl FnOnce() -> LinkId,
    mut fresh: impl FnMut() -> RequirementId,
) -> Changed {
    let mut changed = Changed { sheet: old.clone(), task: None, link: None, requirement: None, replaced: None };
    let sheet = &mut changed.sheet;
    match repair {
        Repair::Shift { task, start, .. } => {
            let zone = sheet.zone;
            let task = &mut sheet.tasks[*task as usize];
            task.constraint = "snet".to_owned();
            task.constraint_at = Some(axis::instant(*start, zone));
            changed.task = Some(task.id);
        }
        Repair::Order { first, second, lag, .. } => {
            let (from, to) = (sheet.tasks[*first as usize].id, sheet.tasks[*second as usize].id);
            let link = soft(link_id(), sheet, from, to, *lag, reason.to_owned(), viewer);
            sheet.links.push(link.clone());
            changed.link = Some(link);
        }
        Repair::Elsewhere { requirement, to, .. } => {
            let place = sheet.space.tree.spot(*to).id;
            let one = &mut sheet.space.requirements[*requirement as usize];
            one.place = Some(place);
            changed.requirement = Some(one.clone());
        }
        Repair::Narrow { requirement, to, .. } => {
            let old = sheet.space.requirements[*requirement as usize].clone();
            let zone = |at: &u32| Requirement {
                id: fresh(),
                place: Some(sheet.space.tree.spot(*at).id),
                version: 1,
                ..old.clone()
            };
            let zones: Vec<Requirement> = to.iter().map(zone).collect();
            sheet.space.requirements.retain(|one| one.id != old.id);
            sheet.space.requirements.extend(zones.iter().cloned());
            changed.replaced = Some((old.id, zones));
        }
    }
    changed
}
