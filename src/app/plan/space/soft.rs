//! Soft links: one task after another because they want one place, with who said so and why; kept
//! apart from hard logic and taken away again without touching it.

use super::super::revise::keep_change;
use super::super::under_way::{compute, take};
use crate::{App, Error};
use domain::access::Viewer;
use domain::journal::{Fact, Subject, SubjectKind};
use domain::plan::delta::Delta;
use domain::plan::task::{LagKind, LinkOrigin, TaskLink};
use domain::plan::{LinkKind, Sheet};
use domain::refusal::Parse;
use domain::{EditionId, LinkId, Refusal};
use serde::{Deserialize, Serialize};
use store::record::plan as record;

/// A soft link as typed.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
#[serde(default)]
pub struct SoftDraft {
    /// Code of the first task.
    pub from: String,
    /// Code of the second.
    pub to: String,
    /// Minutes of the clock between them.
    pub lag: String,
    /// Why.
    pub reason: String,
}

impl SoftDraft {
    fn parse(&self, sheet: &Sheet, id: LinkId, viewer: &Viewer) -> Result<TaskLink, Vec<Refusal>> {
        let mut parse = Parse::new();
        let find =
            |code: &str| sheet.tasks.iter().find(|task| task.code.eq_ignore_ascii_case(code)).map(|task| task.id);
        let from = parse.pick("from", &self.from, find);
        let to = parse.pick("to", &self.to, find);
        let lag = parse.whole("lag", &self.lag, 0..=525_600).unwrap_or_default();
        let reason = parse.required("reason", &self.reason, 500);
        if from.is_some() && from == to {
            parse.refuse(Refusal::invalid("plan-link-self").at("to").with("value", self.to.trim()));
        }
        let known = |link: &TaskLink| Some(link.from) == from && Some(link.to) == to && link.kind == LinkKind::Fs;
        if sheet.links.iter().any(known) {
            parse.refuse(Refusal::conflict("plan-link-twice").at("to").with("value", self.to.trim()));
        }
        parse.complete(from.zip(to).map(|(from, to)| soft(id, sheet, from, to, lag, reason, viewer)))
    }
}

/// A soft link.
pub(super) fn soft(
    id: LinkId,
    sheet: &Sheet,
    from: domain::TaskId,
    to: domain::TaskId,
    lag: i64,
    reason: String,
    viewer: &Viewer,
) -> TaskLink {
    TaskLink {
        lag_kind: LagKind::Elapsed,
        origin: LinkOrigin::Soft,
        reason,
        by: Some(viewer.user),
        ..TaskLink::logic(id, sheet.edition, from, to, LinkKind::Fs, lag)
    }
}

/// Puts two tasks in an order.
///
/// # Errors
/// Unknown tasks, a ring (its tasks named), a missing reason.
pub async fn add_soft_link(
    app: &App,
    viewer: &Viewer,
    edition: EditionId,
    draft: &SoftDraft,
) -> Result<(LinkId, Delta), Error> {
    let mut work = app.begin(viewer.actor()).await?;
    let plan = take(&work, edition).await?;
    let link = draft.parse(&plan.old, work.id(), viewer)?;
    let mut new = plan.old.clone();
    new.links.push(link.clone());
    compute(&new, "to")?;
    record::add_links(work.tx(), std::slice::from_ref(&link)).await?;
    work.note([fact("plan.soft_link_added", &new, &link)]);
    let delta = keep_change(&mut work, &plan, new, None, "soft_link").await?;
    work.commit().await?;
    Ok((link.id, delta))
}

/// Takes a soft link away.
///
/// # Errors
/// `Missing` when there is no soft link with this id; hard logic is changed at its task.
pub async fn remove_soft_link(app: &App, viewer: &Viewer, edition: EditionId, id: LinkId) -> Result<Delta, Error> {
    let mut work = app.begin(viewer.actor()).await?;
    let plan = take(&work, edition).await?;
    let mut new = plan.old.clone();
    let soft = |link: &&TaskLink| link.id == id && link.origin == LinkOrigin::Soft;
    let gone = new.links.iter().find(soft).cloned().ok_or(Error::Missing)?;
    record::delete_links(work.tx(), &[id]).await?;
    new.links.retain(|link| link.id != id);
    work.note([fact("plan.soft_link_removed", &new, &gone)]);
    let delta = keep_change(&mut work, &plan, new, None, "soft_link").await?;
    work.commit().await?;
    Ok(delta)
}

/// The fact of a soft link, with both codes.
pub(super) fn fact(kind: &str, sheet: &Sheet, link: &TaskLink) -> Fact {
    let code = |task| sheet.position(task).map(|at| sheet.tasks[at].code.clone()).unwrap_or_default();
    Fact::new(kind, Subject::new(SubjectKind::Plan, sheet.edition), sheet.edition)
        .with("from", code(link.from))
        .with("to", code(link.to))
        .with("reason", link.reason.as_str())
}
