//! Rules by location and soft links: the page and its acts.

use super::{assessed, people};
use crate::answer::{Answer, Fail, page, refusals, refused, see_other_saying};
use crate::fields::Fields;
use crate::guard::{Staff, may};
use crate::path::Path;
use app::App;
use app::plan::space::{
    SoftDraft, add_rule, add_soft_link, change_rule, preview_rule, remove_rule, remove_soft_link, switch_rule,
};
use axum::extract::State;
use domain::access::Permission;
use domain::plan::space::RuleDraft;
use domain::{LinkId, LocationRuleId, Refusal};
use serde::Deserialize;
use templates::organizer::plan::space::{RuleAsk, RulePage, RulesAct, RulesPage};
use templates::{Flash, FormState, Markup, links};

async fn render<P>(staff: &Staff<P>, app: &App, refused: Option<(RulesAct, FormState)>) -> Result<Markup, Fail> {
    let (board, assessment) = assessed(app, &staff.edition).await?;
    let names = people(app, staff.edition.id).await?;
    let person = |id| names.get(&id).cloned().unwrap_or_default();
    let view = RulesPage {
        slug: &staff.edition.slug,
        board: &board,
        conflicts: assessment.groups(&board.sheet.space, &board.sheet.tasks).len() as u32,
        refused,
        person: &person,
        may_edit: staff.may(Permission::PlanEdit),
    };
    Ok(view.render(&staff.shell()))
}

pub(super) async fn list(staff: Staff<may::PlanRead>, State(app): State<App>) -> Answer {
    page(render(&staff, &app, None).await?)
}

fn back<P>(staff: &Staff<P>, flash: &Flash) -> Answer {
    see_other_saying(&links::space::rules(&staff.edition.slug), flash)
}

/// A rule as typed, and whether it is to be kept or only looked at.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub(super) struct Sent {
    act: String,
    #[serde(flatten)]
    draft: RuleDraft,
}

/// The page of one rule with what it comes to; what is refused stands above what was typed.
async fn look(
    staff: &Staff<may::PlanEdit>,
    app: &App,
    of: Option<LocationRuleId>,
    draft: Option<RuleDraft>,
    refusals: Vec<Refusal>,
) -> Answer {
    let board = super::super::board(app, &staff.edition).await?;
    let rule = match of {
        Some(id) => Some(board.sheet.space.rules.iter().find(|rule| rule.id == id).ok_or(Fail::Missing)?),
        None => None,
    };
    let draft = draft.or_else(|| rule.map(RuleDraft::of)).unwrap_or_default();
    let (mut all, mut ask) = (refusals, None);
    match preview_rule(app, &staff.edition, of, &draft).await {
        Ok(found) => {
            all.extend(found.effect.rings.iter().filter(|ring| !all.contains(ring)).cloned().collect::<Vec<_>>());
            ask = Some(RuleAsk { preview: found.board.preview(&found.delta), effect: found.effect });
        }
        Err(app::Error::Refused(found)) => all = found,
        Err(other) => return Err(other.into()),
    }
    let view = RulePage { slug: &staff.edition.slug, board: &board, rule, form: FormState::new(&draft, &all), ask };
    let markup = view.render(&staff.shell());
    if all.is_empty() { page(markup) } else { refused(markup) }
}

pub(super) async fn one(
    staff: Staff<may::PlanEdit>,
    State(app): State<App>,
    Path((_, rule)): Path<(String, String)>,
) -> Answer {
    let id: LocationRuleId = rule.parse().map_err(|_| Fail::Missing)?;
    look(&staff, &app, Some(id), None, Vec::new()).await
}

pub(super) async fn change(
    staff: Staff<may::PlanEdit>,
    State(app): State<App>,
    Path((_, rule)): Path<(String, String)>,
    Fields(Sent { act, draft }): Fields<Sent>,
) -> Answer {
    let id: LocationRuleId = rule.parse().map_err(|_| Fail::Missing)?;
    if act == "preview" {
        return look(&staff, &app, Some(id), Some(draft), Vec::new()).await;
    }
    match change_rule(&app, &staff.viewer, staff.edition.id, id, &draft, None).await {
        Ok(_) => back(&staff, &Flash::good("space-rule-changed")),
        Err(error) => look(&staff, &app, Some(id), Some(draft), refusals(error)?).await,
    }
}

/// Which way a rule is switched.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub(super) struct Switch {
    on: String,
}

pub(super) async fn switch(
    staff: Staff<may::PlanEdit>,
    State(app): State<App>,
    Path((_, rule)): Path<(String, String)>,
    Fields(asked): Fields<Switch>,
) -> Answer {
    let id: LocationRuleId = rule.parse().map_err(|_| Fail::Missing)?;
    let on = !asked.on.is_empty();
    match switch_rule(&app, &staff.viewer, staff.edition.id, id, on).await {
        Ok(_) => back(&staff, &Flash::good(if on { "space-rule-switched-on" } else { "space-rule-switched-off" })),
        Err(error) => look(&staff, &app, Some(id), None, refusals(error)?).await,
    }
}

pub(super) async fn add(
    staff: Staff<may::PlanEdit>,
    State(app): State<App>,
    Fields(Sent { act, draft }): Fields<Sent>,
) -> Answer {
    if act == "preview" {
        return look(&staff, &app, None, Some(draft), Vec::new()).await;
    }
    match add_rule(&app, &staff.viewer, staff.edition.id, &draft).await {
        Ok((_, derivation)) => back(&staff, &Flash::good("space-rule-added").with("links", derivation.added.len())),
        Err(error) => {
            let form = FormState::new(&draft, &refusals(error)?);
            refused(render(&staff, &app, Some((RulesAct::Rule, form))).await?)
        }
    }
}

pub(super) async fn remove(
    staff: Staff<may::PlanEdit>,
    State(app): State<App>,
    Path((_, rule)): Path<(String, String)>,
) -> Answer {
    let id: LocationRuleId = rule.parse().map_err(|_| Fail::Missing)?;
    remove_rule(&app, &staff.viewer, staff.edition.id, id).await?;
    back(&staff, &Flash::good("space-rule-removed"))
}

pub(super) async fn tie(
    staff: Staff<may::PlanEdit>,
    State(app): State<App>,
    Fields(draft): Fields<SoftDraft>,
) -> Answer {
    match add_soft_link(&app, &staff.viewer, staff.edition.id, &draft).await {
        Ok((_, delta)) => back(&staff, &Flash::good("space-soft-added").with("count", delta.moves.len())),
        Err(error) => {
            let form = FormState::new(&draft, &refusals(error)?);
            refused(render(&staff, &app, Some((RulesAct::Soft, form))).await?)
        }
    }
}

pub(super) async fn untie(
    staff: Staff<may::PlanEdit>,
    State(app): State<App>,
    Path((_, link)): Path<(String, String)>,
) -> Answer {
    let id: LinkId = link.parse().map_err(|_| Fail::Missing)?;
    let delta = remove_soft_link(&app, &staff.viewer, staff.edition.id, id).await?;
    back(&staff, &Flash::good("space-soft-removed").with("count", delta.moves.len()))
}
