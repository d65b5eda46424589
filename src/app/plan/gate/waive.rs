//! Letting a criterion pass, or a task start before its gate; and taking that back.

use super::{Review, refit};
use crate::{App, Error};
use domain::access::Viewer;
use domain::plan::axis;
use domain::plan::gate::lay::held;
use domain::plan::gate::waiver::{self, About, At, WaiverDraft};
use domain::{EditionId, GateWaiverId, Refusal};
use store::record::plan as record;

/// Grants a waiver.
///
/// # Errors
/// Every field that cannot be read; a criterion or task the gate does not have.
pub async fn waive(
    app: &App,
    viewer: &Viewer,
    edition: EditionId,
    gate: &str,
    draft: &WaiverDraft,
) -> Result<GateWaiverId, Error> {
    let mut work = app.begin(viewer.actor()).await?;
    // What an earlier waiver let go and its end has taken back is held again, before it is looked up.
    super::keep(&mut work, edition).await?;
    let mut review = Review::take(&work, edition, gate).await?;
    let sheet = &review.plan.old;
    let today = axis::day_of(axis::minute_at(work.now(), sheet.zone));
    let command = draft.parse(today)?;
    let about = match (draft.criterion.trim(), draft.task.trim()) {
        ("", "") => return Err(Refusal::invalid("required").at("criterion").into()),
        ("", code) => {
            let task = held(sheet, review.gate()).into_iter().find(|task| task.code == code);
            let task = task.ok_or_else(|| Refusal::invalid("unknown-choice").at("task").with("value", code))?;
            About::Task(task.id, task.code.clone())
        }
        (key, _) => {
            if !review.judged.criteria[review.at].iter().any(|one| one.key == key) {
                return Err(Refusal::invalid("unknown-choice").at("criterion").with("value", key).into());
            }
            About::Criterion(key.to_owned())
        }
    };
    let at =
        At { edition, gate: review.gate().id, code: review.code(), zone: sheet.zone, by: viewer.user, now: work.now() };
    let (granted, facts) = waiver::grant(work.id(), at, about, command);
    record::insert_waiver(work.tx(), &granted).await?;
    work.note(facts);
    let (id, early) = (granted.id, granted.task.is_some());
    review.judged.waivers.push(granted);
    if early {
        fit(&mut work, review).await?;
    }
    work.commit().await?;
    Ok(id)
}

/// Takes a waiver back before its day.
///
/// # Errors
/// `Missing` when there is none, `gate-waiver-over` when it does not hold any more.
pub async fn end_waiver(
    app: &App,
    viewer: &Viewer,
    edition: EditionId,
    gate: &str,
    id: GateWaiverId,
) -> Result<(), Error> {
    let mut work = app.begin(viewer.actor()).await?;
    let mut review = Review::take(&work, edition, gate).await?;
    let of_gate = review.gate().id;
    let at = review.judged.waivers.iter().position(|one| one.id == id && one.gate == of_gate).ok_or(Error::Missing)?;
    let (ended, facts) = waiver::end(review.judged.waivers[at].clone(), review.code(), work.now())?;
    record::end_waiver(work.tx(), &ended, work.now()).await?;
    work.note(facts);
    review.judged.waivers[at] = ended;
    fit(&mut work, review).await?;
    super::keep(&mut work, edition).await?;
    work.commit().await
}

async fn fit(work: &mut crate::Work, review: Review) -> Result<(), Error> {
    let mut new = review.plan.old.clone();
    if refit(work, &mut new, &review.judged.gates, &review.judged).await? {
        review.plan.settle(work, new, None).await?;
    }
    Ok(())
}
