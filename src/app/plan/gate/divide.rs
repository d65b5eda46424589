//! Deciding a gate hall by hall: one gate becomes one for each hall of the venue.

use super::{Review, refit};
use crate::{App, Error};
use domain::access::Viewer;
use domain::edition::Edition;
use domain::journal::{Fact, Subject, SubjectKind};
use domain::plan::gate::lay as laying;
use domain::plan::gate::template::{TemplateGate, gates};
use domain::{LinkId, Refusal};
use store::record::plan as record;
use uuid::Uuid;

/// Divides a gate nothing was decided, waived or measured on.
///
/// # Errors
/// `gate-decided` when something was, `gate-no-halls` when the venue has fewer than two halls.
pub async fn divide(app: &App, viewer: &Viewer, edition: &Edition, gate: &str) -> Result<usize, Error> {
    let mut work = app.begin(viewer.actor()).await?;
    let review = Review::take(&work, edition.id, gate).await?;
    let (old, code) = (review.gate().clone(), review.code().to_owned());
    let touched = review.last().is_some() || review.judged.waivers.iter().any(|one| one.gate == old.id);
    let measured = !store::read::plan::measurements(work.tx(), edition.id, old.task).await?.is_empty();
    if touched || measured || old.place.is_some() {
        return Err(Refusal::conflict("gate-decided").into());
    }
    if review.judged.places.halls.len() < 2 {
        return Err(Refusal::conflict("gate-no-halls").into());
    }
    let template = template_of(&review, &old);
    let mut new = review.plan.old.clone();
    new.tasks.retain(|task| task.id != old.task);
    new.links.retain(|link| link.from != old.task && link.to != old.task);
    let mut ids = || work.id::<LinkId>().uuid();
    let fresh = &mut ids as &mut dyn FnMut() -> Uuid;
    let laid = laying::lay(&mut new, [&template], &review.judged.places, true, fresh, work.now());
    record::delete_gate(work.tx(), &old).await?;
    store::record::search::remove(work.tx(), old.task.uuid()).await?;
    let is_new = |id| laid.gates.iter().any(|gate| gate.task == id);
    let tasks: Vec<_> = new.tasks.iter().filter(|task| is_new(task.id)).cloned().collect();
    let links: Vec<_> = new.links.iter().filter(|link| is_new(link.to)).cloned().collect();
    record::insert_tasks(work.tx(), &tasks).await?;
    record::insert_links(work.tx(), &links).await?;
    record::insert_indicators(work.tx(), &laid.indicators).await?;
    record::insert_gates(work.tx(), &laid.gates).await?;
    let documents: Vec<_> = tasks.iter().map(|task| super::super::create::document(&edition.slug, task)).collect();
    store::record::search::insert(work.tx(), &documents).await?;
    let mut all: Vec<_> = review.judged.gates.iter().filter(|gate| gate.id != old.id).cloned().collect();
    all.extend(laid.gates.iter().cloned());
    refit(&work, &mut new, &all, &review.judged).await?;
    let fact = Fact::new("phase_gate.divided", Subject::new(SubjectKind::Plan, edition.id), edition.id)
        .with("code", code)
        .with("count", laid.gates.len());
    work.note([fact]);
    review.plan.settle(&mut work, new, None).await?;
    work.commit().await?;
    Ok(laid.gates.len())
}

/// The gate as its template has it, with what was changed on it since.
fn template_of(review: &Review, gate: &domain::plan::Gate) -> TemplateGate {
    let sheet = &review.plan.old;
    let known = gates(&sheet.template).find(|one| one.code == gate.code);
    let milestone = sheet.tasks.iter().find(|task| task.id == gate.task);
    let wanted = laying::deliverables(sheet, gate);
    let before = sheet.tasks.iter().rev().find(|task| wanted.iter().any(|one| one.id == task.id));
    TemplateGate {
        template: sheet.template.clone(),
        code: gate.code.clone(),
        name: milestone.map(|task| task.name.clone()).unwrap_or_default(),
        after: known.map_or_else(|| before.map(|task| task.code.clone()).unwrap_or_default(), |one| one.after.clone()),
        deliverables: wanted.iter().map(|task| task.code.clone()).collect(),
        guards: gate.guards.clone(),
        by_place: "hall".to_owned(),
        asks: gate.asks.clone(),
        majors: gate.majors,
        signers: gate.signers.clone(),
    }
}
