//! Sending work back without figures, with a deviation that says why.

use super::under_way::{hand, take};
use crate::{App, Error};
use chrono::Days;
use domain::access::Viewer;
use domain::plan::deviation::{self, Found, OpenDeviation};
use domain::plan::{axis, work};
use domain::{EditionId, TaskId};
use store::read::plan as read;
use store::record::plan as record;

/// Sends a task back for another round.
///
/// # Errors
/// `required` at `reason`, the wrong state or person.
pub async fn reject(app: &App, viewer: &Viewer, edition: EditionId, task: TaskId, reason: &str) -> Result<(), Error> {
    let mut work = app.begin(viewer.actor()).await?;
    let plan = take(&work, edition).await?;
    let task = plan.task(task)?;
    let round = task.round;
    let doer = read::doer(work.tx(), edition, task.id, round).await?.map(|(user, _)| user);
    let (task, facts) = work::reject(task, reason, doer, hand(viewer, edition))?;
    work.note(facts);
    let reason = reason.trim().to_owned();
    let report = record::NewReport {
        id: work.id(),
        kind: "reject",
        round,
        text: reason.clone(),
        document: None,
        by: viewer.user,
    };
    record::insert_report(work.tx(), edition, task.id, &report, work.now()).await?;
    let today = axis::day_of(axis::minute_at(work.now(), plan.old.zone));
    let due = today.checked_add_days(Days::new(3)).unwrap_or(today);
    let title = reason.lines().next().unwrap_or_default().chars().take(200).collect();
    let wanted = OpenDeviation::from_check(title, reason, String::new(), task.owner, due);
    let found = Found { edition, task: Some(task.id), round };
    let (one, facts) = deviation::open(work.id(), found, wanted, viewer.user, work.now());
    record::insert_deviation(work.tx(), &one).await?;
    work.note(facts);
    let id = task.id;
    let new = plan.with(task);
    plan.settle(&mut work, new, Some(id)).await?;
    work.commit().await
}
