//! Template learning: the preview and its acceptance.

use super::super::board;
use crate::answer::{Answer, Fail, page, refusals, refused, see_other_saying};
use crate::fields::Fields;
use crate::guard::{Staff, may};
use app::App;
use axum::extract::State;
use domain::access::Permission;
use serde::{Deserialize, Serialize};
use templates::organizer::plan::watch::LearningPage;
use templates::{Flash, FormState, Markup, links};

async fn render<P>(staff: &Staff<P>, app: &App, form: FormState) -> Result<Markup, Fail> {
    let board = board(app, &staff.edition).await?;
    let preview = app::plan::preview_learning(app, &staff.edition).await?;
    let learning = LearningPage {
        slug: &staff.edition.slug,
        head: &board.head,
        lessons: &preview.lessons,
        versions: &preview.versions,
        editions: preview.editions,
        finished: preview.finished,
        zone: staff.edition.time_zone,
        refused: form,
        may_edit: staff.may(Permission::PlanEdit),
    };
    Ok(learning.render(&staff.shell()))
}

pub(super) async fn show(staff: Staff<may::PlanRead>, State(app): State<App>) -> Answer {
    page(render(&staff, &app, FormState::empty()).await?)
}

/// The version the person has compared with.
#[derive(Debug, Default, Serialize, Deserialize)]
#[serde(default)]
pub(super) struct Seen {
    seen: String,
}

pub(super) async fn accept(staff: Staff<may::PlanEdit>, State(app): State<App>, Fields(sent): Fields<Seen>) -> Answer {
    let seen = sent.seen.parse().unwrap_or(-1);
    match app::plan::accept_learning(&app, &staff.viewer, &staff.edition, seen).await {
        Ok(number) => {
            let flash = Flash::good("learning-accepted-flash").with("number", number);
            see_other_saying(&links::watch::learning(&staff.edition.slug), &flash)
        }
        Err(error) => {
            let form = FormState::new(&sent, &refusals(error)?);
            refused(render(&staff, &app, form).await?)
        }
    }
}
