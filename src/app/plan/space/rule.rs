//! Rules by location: stored once, spelled out in derived links.

use super::super::under_way::{UnderWay, take};
use super::derive::rederive;
use crate::{App, Error, Work};
use domain::access::Viewer;
use domain::journal::{Fact, Subject, SubjectKind};
use domain::plan::Sheet;
use domain::plan::space::{Derivation, LocationRule, RuleDraft};
use domain::{EditionId, LocationRuleId};
use store::record::plan as record;

/// Adds a rule; answers what it came to: the links that follow and those that would close a ring.
///
/// # Errors
/// Every field that cannot be read; `space-rule-nobody` where no task is meant.
pub async fn add_rule(
    app: &App,
    viewer: &Viewer,
    edition: EditionId,
    draft: &RuleDraft,
) -> Result<(LocationRuleId, Derivation), Error> {
    let mut work = app.begin(viewer.actor()).await?;
    let plan = take(&work, edition).await?;
    let rule = draft.parse(work.id(), edition, &plan.old.space, &plan.old.tasks)?;
    record::space::insert_rules(work.tx(), std::slice::from_ref(&rule)).await?;
    work.note([fact("plan.rule_added", edition, &rule)]);
    let mut new = plan.old.clone();
    let id = rule.id;
    new.space.rules.push(rule);
    Ok((id, finish(work, plan, new).await?))
}

/// Takes a rule and the links that follow from it away.
///
/// # Errors
/// `Missing` when there is no such rule.
pub async fn remove_rule(app: &App, viewer: &Viewer, edition: EditionId, id: LocationRuleId) -> Result<(), Error> {
    let mut work = app.begin(viewer.actor()).await?;
    let plan = take(&work, edition).await?;
    let mut new = plan.old.clone();
    let gone = new.space.rules.iter().find(|rule| rule.id == id).cloned().ok_or(Error::Missing)?;
    record::space::delete_rule(work.tx(), id).await?;
    work.note([fact("plan.rule_removed", edition, &gone)]);
    new.space.rules.retain(|rule| rule.id != id);
    finish(work, plan, new).await?;
    Ok(())
}

async fn finish(mut work: Work, plan: UnderWay, mut new: Sheet) -> Result<Derivation, Error> {
    let derivation = rederive(&work, &mut new).await?;
    new.revision += 1;
    let (id, now, by) = (work.id(), work.now(), work.actor().user());
    let delta = plan.settle(&mut work, new.clone(), None).await?;
    record::insert_change(work.tx(), id, &new, "rules", &delta, by, now).await?;
    work.commit().await?;
    Ok(derivation)
}

fn fact(kind: &str, edition: EditionId, rule: &LocationRule) -> Fact {
    Fact::new(kind, Subject::new(SubjectKind::Plan, edition), edition).with("reason", rule.reason.as_str())
}
