//! The risk register.

use super::board;
use crate::answer::{Answer, Fail, page, refusals, refused, see_other_saying};
use crate::fields::Fields;
use crate::guard::{Staff, may};
use crate::organizer::plan::task::team;
use crate::path::Path;
use app::App;
use axum::extract::State;
use domain::access::Permission;
use domain::plan::risk::register::{RiskDraft, RiskEvent};
use store::read::plan;
use templates::organizer::plan::{RiskForm, Risks};
use templates::{Flash, FormState, Markup, links};

async fn render<P>(staff: &Staff<P>, app: &App, form: FormState) -> Result<Markup, Fail> {
    let board = board(app, &staff.edition).await?;
    let reader = app.reader();
    let all = plan::risks(&reader, staff.edition.id).await?;
    let list = Risks {
        slug: &staff.edition.slug,
        head: &board.head,
        sheet: &board.sheet,
        all: &all,
        team: team(&reader, staff.edition.id, staff.ui.lang).await?,
        form,
        may_edit: staff.may(Permission::PlanEdit),
    };
    Ok(list.render(&staff.shell()))
}

pub(super) async fn list(staff: Staff<may::PlanRead>, State(app): State<App>) -> Answer {
    page(render(&staff, &app, FormState::empty()).await?)
}

pub(super) async fn add(
    staff: Staff<may::PlanEdit>,
    State(app): State<App>,
    Fields(draft): Fields<RiskDraft>,
) -> Answer {
    match app::plan::add_risk(&app, &staff.viewer, staff.edition.id, &draft).await {
        Ok(risk) => {
            let flash = Flash::good("risk-added-flash").with("number", risk.number);
            see_other_saying(&links::plan::risks(&staff.edition.slug), &flash)
        }
        Err(error) => refused(render(&staff, &app, FormState::new(&draft, &refusals(error)?)).await?),
    }
}

async fn one<P>(staff: &Staff<P>, app: &App, number: &str) -> Result<RiskEvent, Fail> {
    let number: i32 = number.parse().map_err(|_| Fail::Missing)?;
    plan::risk(&app.reader(), staff.edition.id, number).await?.ok_or(Fail::Missing)
}

pub(super) async fn form(
    staff: Staff<may::PlanEdit>,
    State(app): State<App>,
    Path((_, number)): Path<(String, String)>,
) -> Answer {
    let risk = one(&staff, &app, &number).await?;
    let board = board(&app, &staff.edition).await?;
    let team = team(&app.reader(), staff.edition.id, staff.ui.lang).await?;
    let form = FormState::of(&RiskDraft::of(&risk, &board.sheet));
    page(RiskForm { slug: &staff.edition.slug, risk: &risk, team, form }.render(&staff.shell()))
}

pub(super) async fn change(
    staff: Staff<may::PlanEdit>,
    State(app): State<App>,
    Path((_, number)): Path<(String, String)>,
    Fields(draft): Fields<RiskDraft>,
) -> Answer {
    let risk = one(&staff, &app, &number).await?;
    match app::plan::change_risk(&app, &staff.viewer, staff.edition.id, risk.number, &draft).await {
        Ok(risk) => {
            let flash = Flash::good("risk-changed-flash").with("number", risk.number);
            see_other_saying(&links::plan::risks(&staff.edition.slug), &flash)
        }
        Err(error) => {
            let team = team(&app.reader(), staff.edition.id, staff.ui.lang).await?;
            let form = FormState::new(&draft, &refusals(error)?);
            refused(RiskForm { slug: &staff.edition.slug, risk: &risk, team, form }.render(&staff.shell()))
        }
    }
}
