//! The record of a deviation and its acts.

use super::super::{board, task::team};
use crate::answer::{Answer, Fail, page, refusals, refused, see_other_saying};
use crate::fields::Fields;
use crate::guard::{Staff, may};
use crate::path::Path;
use app::App;
use app::plan::CorrectiveDraft;
use axum::extract::State;
use domain::DeviationId;
use domain::access::Permission;
use domain::journal::{Subject, SubjectKind};
use domain::plan::DeviationDraft;
use domain::plan::escalation::{self, Period};
use serde::{Deserialize, Serialize};
use store::read::{self, plan};
use templates::organizer::plan::watch::{DeviationAct, DeviationRecord};
use templates::{Flash, FormState, Markup, links};

type DeviationPath = Path<(String, String)>;

fn id_of(text: &str) -> Result<DeviationId, Fail> {
    text.parse().map_err(|_| Fail::Missing)
}

async fn render<P>(
    staff: &Staff<P>,
    app: &App,
    id: DeviationId,
    refusal: Option<(DeviationAct, FormState)>,
) -> Result<Markup, Fail> {
    let (reader, edition, now) = (app.reader(), &staff.edition, app.now());
    let board = board(app, edition).await?;
    let row = plan::deviation_row(&reader, edition.id, id, board.head.today).await?.ok_or(Fail::Missing)?;
    let lang = staff.ui.lang;
    let place = match row.deviation.place {
        Some(place) => read::venue::place_by_id(&reader, edition.venue, edition.id, place).await?,
        None => None,
    };
    let period = Period::of(edition.day(now), edition.build_up_on, edition.breakdown_until);
    let actions = plan::watch::actions(&reader, id).await?;
    let history = read::journal::timeline(&reader, Subject::new(SubjectKind::Deviation, id), 60).await?;
    let record = DeviationRecord {
        slug: &edition.slug,
        place: place.map(|place| place.name.get(lang.locale()).to_owned()).unwrap_or_default(),
        actions: &actions,
        next: escalation::next(&row.deviation, period, edition.time_zone),
        history: &history,
        zone: edition.time_zone,
        open: board.head.counts.deviations,
        team: team(&reader, edition.id, lang).await?,
        edit: FormState::of(&DeviationDraft::of(&row.deviation)),
        refused: refusal,
        may_work: staff.may(Permission::PlanWork),
        row: &row,
    };
    Ok(record.render(&staff.shell()))
}

async fn answer<P, D: Serialize>(
    staff: &Staff<P>,
    app: &App,
    id: DeviationId,
    form: (DeviationAct, &D),
    done: Result<Flash, app::Error>,
) -> Answer {
    match done {
        Ok(flash) => see_other_saying(&links::watch::deviation(&staff.edition.slug, id), &flash),
        Err(error) => {
            let (act, draft) = form;
            let state = FormState::new(draft, &refusals(error)?);
            refused(render(staff, app, id, Some((act, state))).await?)
        }
    }
}

pub(super) async fn show(
    staff: Staff<may::PlanRead>,
    State(app): State<App>,
    Path((_, deviation)): DeviationPath,
) -> Answer {
    page(render(&staff, &app, id_of(&deviation)?, None).await?)
}

#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub(super) struct Edit {
    #[serde(flatten)]
    draft: DeviationDraft,
    version: String,
}

pub(super) async fn edit(
    staff: Staff<may::PlanWork>,
    State(app): State<App>,
    Path((_, deviation)): DeviationPath,
    Fields(sent): Fields<Edit>,
) -> Answer {
    let id = id_of(&deviation)?;
    let version = sent.version.parse().unwrap_or_default();
    let done = app::plan::edit_deviation(&app, &staff.viewer, staff.edition.id, id, &sent.draft, version).await;
    answer(&staff, &app, id, (DeviationAct::Edit, &sent.draft), done.map(|()| Flash::good("watch-changed-flash"))).await
}

pub(super) async fn action(
    staff: Staff<may::PlanWork>,
    State(app): State<App>,
    Path((_, deviation)): DeviationPath,
    Fields(draft): Fields<CorrectiveDraft>,
) -> Answer {
    let id = id_of(&deviation)?;
    let done = app::plan::add_corrective(&app, &staff.viewer, &staff.edition, id, &draft).await;
    let done = done.map(|code| Flash::good("watch-action-flash").with("code", code));
    answer(&staff, &app, id, (DeviationAct::Action, &draft), done).await
}

#[derive(Debug, Default, Serialize, Deserialize)]
#[serde(default)]
pub(super) struct Proof {
    proof: String,
}

pub(super) async fn close(
    staff: Staff<may::PlanWork>,
    State(app): State<App>,
    Path((_, deviation)): DeviationPath,
    Fields(sent): Fields<Proof>,
) -> Answer {
    let id = id_of(&deviation)?;
    let done = app::plan::close_deviation(&app, &staff.viewer, staff.edition.id, id, &sent.proof).await;
    answer(&staff, &app, id, (DeviationAct::Close, &sent), done.map(|()| Flash::good("plan-deviation-closed-flash")))
        .await
}
