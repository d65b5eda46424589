//! Rules by location and soft links: the page and its acts.

use super::{assessed, people};
use crate::answer::{Answer, Fail, page, refusals, refused, see_other_saying};
use crate::fields::Fields;
use crate::guard::{Staff, may};
use crate::path::Path;
use app::App;
use app::plan::space::{SoftDraft, add_rule, add_soft_link, remove_rule, remove_soft_link};
use axum::extract::State;
use domain::access::Permission;
use domain::plan::space::RuleDraft;
use domain::{LinkId, LocationRuleId};
use templates::organizer::plan::space::{RulesAct, RulesPage};
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

pub(super) async fn add(
    staff: Staff<may::PlanEdit>,
    State(app): State<App>,
    Fields(draft): Fields<RuleDraft>,
) -> Answer {
    match add_rule(&app, &staff.viewer, staff.edition.id, &draft).await {
        Ok((_, derivation)) => {
            let (links, rings) = (derivation.added.len(), derivation.faults.len());
            back(&staff, &Flash::good("space-rule-added").with("links", links).with("rings", rings))
        }
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
