//! Rules by location: stored once, spelled out in derived links. What a rule would come to is shown before it is kept;
//! one that would make tasks wait for each other is refused with the tasks named.

use super::super::revise::keep_change;
use super::super::under_way::{UnderWay, compute, take};
use super::derive::rederive;
use crate::{App, Error, Work};
use domain::access::Viewer;
use domain::edition::Edition;
use domain::journal::{Fact, Subject, SubjectKind};
use domain::plan::Sheet;
use domain::plan::delta::Delta;
use domain::plan::space::{Derivation, LocationRule, RuleDraft, RuleEffect};
use domain::plan::view::Board;
use domain::{EditionId, LinkId, LocationRuleId};
use store::read::plan as read;
use store::record::plan as record;

/// A rule as it would be, with its effect; nothing is saved.
#[derive(Clone, Debug)]
pub struct RulePreview {
    /// The plan as it is.
    pub board: Board,
    /// The links it would bring, keep and take away, and the rings it would close.
    pub effect: RuleEffect,
    /// What those links would move.
    pub delta: Delta,
}

/// What a new rule, or a rule changed as typed, would come to.
///
/// # Errors
/// Every field that cannot be read; `space-rule-nobody` where no task is meant; `Missing` without a plan or the rule.
pub async fn preview_rule(
    app: &App,
    edition: &Edition,
    of: Option<LocationRuleId>,
    draft: &RuleDraft,
) -> Result<RulePreview, Error> {
    let board = read::board(&app.reader(), edition.id, app.now()).await?.ok_or(Error::Missing)?;
    let sheet = &board.sheet;
    let rule = draft.parse(of.unwrap_or_else(|| app.id()), edition.id, &sheet.space, &sheet.tasks)?;
    let mut new = sheet.clone();
    match of {
        Some(id) => {
            let slot = find(&mut new, id)?;
            // A rule that is off is shown as it would be when on: that is what one wants to know of it.
            *slot = LocationRule { version: slot.version, ..rule.clone() };
        }
        None => new.space.rules.push(rule.clone()),
    }
    let before = sheet.clone().derive_links(|| app.id::<LinkId>());
    let rings = new.derive_links(|| app.id::<LinkId>()).rings_beyond(&before);
    let computed = compute(&new, "after")?;
    let delta = board.computed.delta(&computed, new.opening(), &[]);
    let effect = RuleEffect::between(sheet, &new, rule.id, rings);
    Ok(RulePreview { board, effect, delta })
}

/// Adds a rule; answers what it came to.
///
/// # Errors
/// Every field that cannot be read; `space-rule-nobody` where no task is meant; `space-rule-ring` for every ring it
/// would close, with the tasks on it.
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

/// Changes a rule, and switches it where asked; one that is off stays off otherwise.
///
/// # Errors
/// As [`add_rule`]; `Missing`; `Stale` when somebody changed it since it was read.
pub async fn change_rule(
    app: &App,
    viewer: &Viewer,
    edition: EditionId,
    id: LocationRuleId,
    draft: &RuleDraft,
    on: Option<bool>,
) -> Result<Derivation, Error> {
    let mut work = app.begin(viewer.actor()).await?;
    let plan = take(&work, edition).await?;
    let rule = draft.parse(id, edition, &plan.old.space, &plan.old.tasks)?;
    let mut new = plan.old.clone();
    let slot = find(&mut new, id)?;
    let seen = draft.version.trim();
    if !seen.is_empty() && seen.parse() != Ok(slot.version) {
        return Err(Error::Stale);
    }
    let was_on = slot.on;
    *slot = LocationRule { on: on.unwrap_or(was_on), version: slot.version, ..rule };
    record::space::save_rule(work.tx(), slot).await?;
    work.note([fact("plan.rule_changed", edition, slot)]);
    if slot.on != was_on {
        work.note([switched(edition, slot)]);
    }
    finish(work, plan, new).await
}

/// Switches a rule on or off: off, it is kept and nothing follows from it. Nothing happens when it is so already.
///
/// # Errors
/// `Missing`; `space-rule-ring` where it would close a ring once on.
pub async fn switch_rule(
    app: &App,
    viewer: &Viewer,
    edition: EditionId,
    id: LocationRuleId,
    on: bool,
) -> Result<Derivation, Error> {
    let mut work = app.begin(viewer.actor()).await?;
    let plan = take(&work, edition).await?;
    let mut new = plan.old.clone();
    let slot = find(&mut new, id)?;
    if slot.on == on {
        return Ok(Derivation::default());
    }
    slot.on = on;
    record::space::save_rule(work.tx(), slot).await?;
    work.note([switched(edition, slot)]);
    finish(work, plan, new).await
}

/// Takes a rule and the links that follow from it away.
///
/// # Errors
/// `Missing` when there is no such rule.
pub async fn remove_rule(app: &App, viewer: &Viewer, edition: EditionId, id: LocationRuleId) -> Result<(), Error> {
    let mut work = app.begin(viewer.actor()).await?;
    let plan = take(&work, edition).await?;
    let mut new = plan.old.clone();
    let gone = find(&mut new, id)?.clone();
    record::space::delete_rule(work.tx(), id).await?;
    work.note([fact("plan.rule_removed", edition, &gone)]);
    new.space.rules.retain(|rule| rule.id != id);
    finish(work, plan, new).await?;
    Ok(())
}

fn find(sheet: &mut Sheet, id: LocationRuleId) -> Result<&mut LocationRule, Error> {
    sheet.space.rules.iter_mut().find(|rule| rule.id == id).ok_or(Error::Missing)
}

async fn finish(mut work: Work, plan: UnderWay, mut new: Sheet) -> Result<Derivation, Error> {
    let before = plan.old.clone().derive_links(|| work.id::<LinkId>());
    let derivation = rederive(&work, &mut new).await?;
    let rings = derivation.rings_beyond(&before);
    if !rings.is_empty() {
        return Err(rings.into());
    }
    keep_change(&mut work, &plan, new, None, "rules").await?;
    work.commit().await?;
    Ok(derivation)
}

fn switched(edition: EditionId, rule: &LocationRule) -> Fact {
    fact(if rule.on { "plan.rule_on" } else { "plan.rule_off" }, edition, rule)
}

fn fact(kind: &str, edition: EditionId, rule: &LocationRule) -> Fact {
    Fact::new(kind, Subject::new(SubjectKind::Plan, edition), edition).with("reason", rule.reason.as_str())
}
