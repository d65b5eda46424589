//! One place of the plan: the page and its acts.

use super::{assessed, people};
use crate::answer::{Answer, Fail, page, refusals, refused, see_other_saying};
use crate::fields::Fields;
use crate::guard::{Staff, may};
use crate::path::Path;
use crate::upload::FormWithFile;
use app::App;
use app::plan::space::{self as verbs, HoursDraft, LimitsDraft};
use axum::extract::State;
use domain::access::Permission;
use domain::journal::{Subject, SubjectKind};
use domain::measure::show_hundredths;
use domain::plan::space::Unit;
use domain::plan::space::decide::{CheckDraft, CloseDraft, StateDraft};
use domain::plan::space::view::{PlaceView, place_view};
use domain::{PlaceId, PlaceStateId};
use serde::{Deserialize, Serialize};
use store::read;
use templates::organizer::plan::space::{HoursPage, PlaceAct, PlaceForms, PlacePage};
use templates::{Flash, FormState, Markup, links};

type PlacePath = Path<(String, PlaceId)>;

async fn render<P>(
    staff: &Staff<P>,
    app: &App,
    place: PlaceId,
    refused: Option<(PlaceAct, FormState)>,
) -> Result<Markup, Fail> {
    let (board, assessment) = assessed(app, &staff.edition).await?;
    let view = place_view(&board, &assessment, place, app.now()).ok_or(Fail::Missing)?;
    let history = read::journal::timeline(&app.reader(), Subject::new(SubjectKind::Place, place), 60).await?;
    let names = people(app, staff.edition.id).await?;
    let person = |id| names.get(&id).cloned().unwrap_or_default();
    let forms = PlaceForms {
        slug: &staff.edition.slug,
        view: &view,
        refused,
        now: app.now(),
        may_set: staff.may(Permission::PlanConfirm),
        may_check: staff.may(Permission::PlanCheck),
        may_limit: staff.may(Permission::VenueEdit),
        may_plan: staff.may(Permission::PlanEdit),
        calendars: &board.sheet.calendars,
        hours: board.sheet.space.hours.get(&place).copied(),
        limits: FormState::of(&limits_of(&view)),
    };
    let zone = staff.edition.time_zone;
    let slug = &staff.edition.slug;
    let page =
        PlacePage { slug, zone, view: &view, space: &board.sheet.space, person: &person, forms, history: &history };
    Ok(page.render(&staff.shell()))
}

fn limits_of(view: &PlaceView) -> LimitsDraft {
    let amount = |unit: Unit| view.spot.capacity[unit.slot()].map(show_hundredths).unwrap_or_default();
    let over: Vec<&str> = view.over.iter().map(|(_, _, code)| code.as_str()).collect();
    LimitsDraft {
        m2: amount(Unit::Area),
        kw: amount(Unit::Power),
        trucks_h: amount(Unit::Trucks),
        persons: amount(Unit::Persons),
        kg_m2: amount(Unit::Load),
        over: over.join(", "),
    }
}

pub(super) async fn show(staff: Staff<may::PlanRead>, State(app): State<App>, Path((_, place)): PlacePath) -> Answer {
    page(render(&staff, &app, place, None).await?)
}

/// Back to the place with a word of success, or the form again with what was refused.
async fn answer<P, D: Serialize>(
    staff: &Staff<P>,
    app: &App,
    place: PlaceId,
    form: (PlaceAct, &D),
    done: Result<&str, app::Error>,
) -> Answer {
    match done {
        Ok(flash) => see_other_saying(&links::space::place(&staff.edition.slug, place), &Flash::good(flash)),
        Err(error) => {
            let (act, draft) = form;
            refused(render(staff, app, place, Some((act, FormState::new(draft, &refusals(error)?)))).await?)
        }
    }
}

pub(super) async fn set(
    staff: Staff<may::PlanConfirm>,
    State(app): State<App>,
    Path((_, place)): PlacePath,
    form: FormWithFile,
) -> Answer {
    let draft = StateDraft { state: form.text("state").to_owned(), note: form.text("note").to_owned() };
    let done = match &form.file {
        Ok(file) => verbs::set_state(&app, &staff.viewer, staff.edition.id, place, &draft, file.as_ref()).await,
        Err(refusal) => Err(refusal.clone().into()),
    };
    answer(&staff, &app, place, (PlaceAct::State, &draft), done.map(|_| "space-state-set")).await
}

pub(super) async fn check(
    staff: Staff<may::PlanCheck>,
    State(app): State<App>,
    Path((_, place)): PlacePath,
    form: FormWithFile,
) -> Answer {
    let draft = CheckDraft {
        item: form.text("item").to_owned(),
        passed: form.text("passed").to_owned(),
        remark: form.text("remark").to_owned(),
    };
    let done = match &form.file {
        Ok(file) => verbs::check_place(&app, &staff.viewer, staff.edition.id, place, &draft, file.as_ref()).await,
        Err(refusal) => Err(refusal.clone().into()),
    };
    answer(&staff, &app, place, (PlaceAct::Check, &draft), done.map(|_| "space-check-kept")).await
}

pub(super) async fn close(
    staff: Staff<may::PlanConfirm>,
    State(app): State<App>,
    Path((_, place)): PlacePath,
    Fields(draft): Fields<CloseDraft>,
) -> Answer {
    let done = verbs::close_place(&app, &staff.viewer, &staff.edition, place, &draft).await;
    answer(&staff, &app, place, (PlaceAct::Close, &draft), done.map(|_| "space-place-closed")).await
}

pub(super) async fn open(
    staff: Staff<may::PlanConfirm>,
    State(app): State<App>,
    Path((_, place)): PlacePath,
    Fields(draft): Fields<CloseDraft>,
) -> Answer {
    let done = verbs::open_place(&app, &staff.viewer, staff.edition.id, place, &draft.why).await;
    answer(&staff, &app, place, (PlaceAct::Open, &draft), done.map(|()| "space-place-opened")).await
}

pub(super) async fn limits(
    staff: Staff<may::VenueEdit>,
    State(app): State<App>,
    Path((_, place)): PlacePath,
    Fields(draft): Fields<LimitsDraft>,
) -> Answer {
    let done = verbs::set_limits(&app, &staff.viewer, staff.edition.id, place, &draft).await;
    answer(&staff, &app, place, (PlaceAct::Limits, &draft), done.map(|()| "space-limits-set")).await
}

/// Open hours as typed, and whether they are accepted or looked at.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub(super) struct Hours {
    act: String,
    revision: String,
    #[serde(flatten)]
    draft: HoursDraft,
}

pub(super) async fn hours(
    staff: Staff<may::PlanEdit>,
    State(app): State<App>,
    Path((_, place)): PlacePath,
    Fields(Hours { act, revision, draft }): Fields<Hours>,
) -> Answer {
    let mut stale = false;
    if act == "accept" {
        let seen = revision.parse().unwrap_or_default();
        match verbs::set_hours(&app, &staff.viewer, &staff.edition, place, &draft, Some(seen)).await {
            Ok(delta) => {
                let flash = Flash::good("space-hours-set").with("count", delta.moves.len());
                return see_other_saying(&links::space::place(&staff.edition.slug, place), &flash);
            }
            Err(app::Error::Stale) => stale = true,
            Err(error) => return answer(&staff, &app, place, (PlaceAct::Hours, &draft), Err(error)).await,
        }
    }
    match verbs::preview_hours(&app, &staff.edition, place, &draft).await {
        Ok((board, delta)) => {
            let tree = &board.sheet.space.tree;
            let spot = tree.spot(tree.find(place).ok_or(Fail::Missing)?);
            let preview = board.preview(&delta);
            let calendar =
                board.sheet.calendars.iter().find(|one| one.code.eq_ignore_ascii_case(draft.calendar.trim()));
            let view = HoursPage {
                slug: &staff.edition.slug,
                spot,
                calendar,
                revision: board.sheet.revision,
                preview: &preview,
                stale,
            };
            let markup = view.render(&staff.shell());
            if stale { refused(markup) } else { page(markup) }
        }
        Err(error) => answer(&staff, &app, place, (PlaceAct::Hours, &draft), Err(error)).await,
    }
}

#[derive(Debug, Default, Serialize, Deserialize)]
#[serde(default)]
pub(super) struct Reason {
    reason: String,
}

pub(super) async fn revoke(
    staff: Staff<may::PlanConfirm>,
    State(app): State<App>,
    Path((_, place, state)): Path<(String, PlaceId, String)>,
    Fields(draft): Fields<Reason>,
) -> Answer {
    let id: PlaceStateId = state.parse().map_err(|_| Fail::Missing)?;
    let done = verbs::take_state_back(&app, &staff.viewer, staff.edition.id, id, &draft.reason).await;
    answer(&staff, &app, place, (PlaceAct::Revoke, &draft), done.map(|_| "space-state-revoked")).await
}
