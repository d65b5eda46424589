//! A way out of a conflict: looked at, then taken.

use crate::answer::{Answer, Fail, page, refusals, refused, see_other_saying};
use crate::fields::Fields;
use crate::guard::{Staff, may};
use app::App;
use app::plan::space::{Way, apply_repair, preview_repair};
use axum::extract::{Query, State};
use domain::plan::space::view::ConflictRow;
use serde::{Deserialize, Serialize};
use templates::organizer::plan::space::RepairPage;
use templates::{Flash, FormState, Markup, links};

#[derive(Debug, Default, Serialize, Deserialize)]
#[serde(default)]
pub(super) struct Asked {
    conflict: String,
    way: String,
    reason: String,
    revision: String,
}

pub(super) async fn look(staff: Staff<may::PlanEdit>, State(app): State<App>, Query(asked): Query<Asked>) -> Answer {
    match preview_repair(&app, &staff.viewer, &staff.edition, &asked.conflict, &asked.way).await {
        Ok(way) => page(render(&staff, &way, &asked, &FormState::empty(), false)),
        // What was offered a moment ago may be there no more: the list says what is.
        Err(app::Error::Refused(_)) => gone(&staff),
        Err(other) => Err(other.into()),
    }
}

fn gone(staff: &Staff<may::PlanEdit>) -> Answer {
    see_other_saying(&links::space::conflicts(&staff.edition.slug), &Flash::bad("space-way-gone"))
}

pub(super) async fn take(staff: Staff<may::PlanEdit>, State(app): State<App>, Fields(asked): Fields<Asked>) -> Answer {
    let revision = asked.revision.parse().unwrap_or_default();
    let chosen = (asked.conflict.as_str(), asked.way.as_str());
    let (form, stale) = match apply_repair(&app, &staff.viewer, &staff.edition, chosen, &asked.reason, revision).await {
        Ok(delta) => {
            let flash = Flash::good("space-way-taken").with("count", delta.moves.len());
            return see_other_saying(&links::space::conflicts(&staff.edition.slug), &flash);
        }
        Err(app::Error::Stale) => (FormState::of(&asked), true),
        Err(error) => (FormState::new(&asked, &refusals(error)?), false),
    };
    match preview_repair(&app, &staff.viewer, &staff.edition, &asked.conflict, &asked.way).await {
        Ok(way) => refused(render(&staff, &way, &asked, &form, stale)),
        Err(app::Error::Refused(_)) => gone(&staff),
        Err(other) => Err(Fail::from(other)),
    }
}

fn render(staff: &Staff<may::PlanEdit>, way: &Way, asked: &Asked, form: &FormState, stale: bool) -> Markup {
    let row = ConflictRow::of(&way.board, &way.group);
    let preview = way.board.preview(&way.delta);
    let view = RepairPage {
        slug: &staff.edition.slug,
        board: &way.board,
        row: &row,
        offer: &way.offer,
        way: &asked.way,
        preview: &preview,
        conflicts_by: way.conflicts_by,
        form,
        stale,
    };
    view.render(&staff.shell())
}
