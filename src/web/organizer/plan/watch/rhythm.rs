//! The reporting rhythm: who owes a report, and setting how often one is expected.

use super::super::board;
use crate::answer::{Answer, Fail, page, refusals, refused, see_other_saying};
use crate::fields::Fields;
use crate::guard::{Staff, may};
use app::App;
use axum::extract::State;
use domain::access::Permission;
use domain::plan::rhythm::{self, RhythmDraft};
use domain::plan::supervision::{Setting, missed, next_report};
use store::read::plan::watch;
use templates::organizer::plan::watch::{Owed, RhythmPage};
use templates::{Flash, FormState, Markup, links};

async fn render<P>(staff: &Staff<P>, app: &App, refusal: Option<(String, FormState)>) -> Result<Markup, Fail> {
    let (reader, edition) = (app.reader(), &staff.edition);
    let board = board(app, edition).await?;
    let own = watch::rhythms(&reader, edition.id).await?;
    let at = Setting { zone: edition.time_zone, opens_on: edition.opens_on, now: app.now() };
    let owed = watch::working(&reader, edition.id).await?.into_iter();
    let mut owed: Vec<Owed> =
        owed.map(|task| Owed { missed: missed(&task, &own, at), next: next_report(&task, &own, at), task }).collect();
    owed.sort_by_key(|one| (one.missed.is_none(), one.missed, one.next));
    let rhythms: Vec<_> = board.phases().into_iter().map(|phase| rhythm::of_phase(&own, phase)).collect();
    let rhythm = RhythmPage {
        slug: &edition.slug,
        head: &board.head,
        rhythms: &rhythms,
        owed: &owed,
        zone: edition.time_zone,
        refused: refusal,
        may_edit: staff.may(Permission::PlanEdit),
    };
    Ok(rhythm.render(&staff.shell()))
}

pub(super) async fn show(staff: Staff<may::PlanRead>, State(app): State<App>) -> Answer {
    page(render(&staff, &app, None).await?)
}

pub(super) async fn save(
    staff: Staff<may::PlanEdit>,
    State(app): State<App>,
    Fields(draft): Fields<RhythmDraft>,
) -> Answer {
    match app::plan::save_rhythm(&app, &staff.viewer, staff.edition.id, &draft).await {
        Ok(()) => see_other_saying(&links::watch::rhythm(&staff.edition.slug), &Flash::good("watch-rhythm-flash")),
        Err(error) => {
            let state = FormState::new(&draft, &refusals(error)?);
            refused(render(&staff, &app, Some((draft.phase.clone(), state))).await?)
        }
    }
}
