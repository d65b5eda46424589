//! The list of deviations, opening one without a task, closing one.

use super::{board, task::team};
use crate::answer::{Answer, Fail, page, refusals, refused, see_other_saying};
use crate::fields::Fields;
use crate::guard::{Staff, may};
use app::App;
use axum::extract::{Path, Query, State};
use domain::DeviationId;
use domain::access::Permission;
use domain::plan::DeviationDraft;
use serde::Deserialize;
use store::read::plan;
use templates::organizer::plan::{DeviationState, Deviations};
use templates::{Flash, FormState, Markup, links};

#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub(super) struct Shown {
    state: String,
}

async fn render<P>(staff: &Staff<P>, app: &App, shown: DeviationState, form: FormState) -> Result<Markup, Fail> {
    let board = board(app, &staff.edition).await?;
    let reader = app.reader();
    let all = plan::deviations(&reader, staff.edition.id, None, board.head.today).await?;
    let list = Deviations {
        slug: &staff.edition.slug,
        head: &board.head,
        all: &all,
        shown,
        zone: staff.edition.time_zone,
        team: team(&reader, staff.edition.id, staff.ui.lang).await?,
        form,
        may_work: staff.may(Permission::PlanWork),
    };
    Ok(list.render(&staff.shell()))
}

pub(super) async fn list(staff: Staff<may::PlanRead>, State(app): State<App>, Query(shown): Query<Shown>) -> Answer {
    let shown = if shown.state == "closed" { DeviationState::Closed } else { DeviationState::Open };
    page(render(&staff, &app, shown, FormState::empty()).await?)
}

pub(super) async fn open(
    staff: Staff<may::PlanWork>,
    State(app): State<App>,
    Fields(draft): Fields<DeviationDraft>,
) -> Answer {
    match app::plan::open_deviation(&app, &staff.viewer, staff.edition.id, None, &draft).await {
        Ok(_) => {
            let flash = Flash::good("plan-deviation-opened-flash");
            see_other_saying(&links::plan::deviations(&staff.edition.slug), &flash)
        }
        Err(error) => {
            let form = FormState::new(&draft, &refusals(error)?);
            refused(render(&staff, &app, DeviationState::Open, form).await?)
        }
    }
}

#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub(super) struct Proof {
    proof: String,
}

pub(super) async fn close(
    staff: Staff<may::PlanWork>,
    State(app): State<App>,
    Path((_, deviation)): Path<(String, String)>,
    Fields(sent): Fields<Proof>,
) -> Answer {
    let id: DeviationId = deviation.parse().map_err(|_| Fail::Missing)?;
    app::plan::close_deviation(&app, &staff.viewer, staff.edition.id, id, &sent.proof).await?;
    let flash = Flash::good("plan-deviation-closed-flash");
    see_other_saying(&links::plan::deviations(&staff.edition.slug), &flash)
}
