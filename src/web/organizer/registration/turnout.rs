//! How many will come.

use crate::{
    Need, Surface,
    answer::{Answer, Fail, page, refusals, refused, see_other_saying},
    fields::Fields,
    guard::{Staff, may},
};
use app::{App, turnout as verbs};
use axum::extract::State;
use domain::{
    access::Permission::{RegistrationEdit, RegistrationRead},
    registration::turnout::goal::{GoalDraft, HistoryDraft},
};
use templates::{Flash, FormState, Markup, links, organizer::registration::TurnoutPage};

pub(crate) fn routes(s: &mut Surface) {
    s.get("/e/{edition}/registration/turnout", Need::Staff(RegistrationRead), show);
    s.post("/e/{edition}/registration/turnout/goal", Need::Staff(RegistrationEdit), goal);
    s.post("/e/{edition}/registration/turnout/history", Need::Staff(RegistrationEdit), history);
}

async fn draw<P>(
    staff: &Staff<P>,
    app: &App,
    (goal, history): (Option<&FormState>, Option<&FormState>),
) -> Result<Markup, Fail> {
    let edition = &staff.edition;
    let standing = verbs::standing(app, edition).await?;
    let earlier = verbs::earlier(app, edition).await?;
    let earlier: Vec<_> = earlier.into_iter().map(|one| (one.id.to_string(), one.name)).collect();
    let stored = FormState::of(&GoalDraft::of(standing.goal.as_ref()));
    let empty = FormState::empty();
    let view = TurnoutPage {
        days: &standing.days,
        goal: standing.goal.as_ref(),
        reference: standing.reference.as_ref(),
        shape: &standing.shape,
        forecast: &standing.forecast,
        today: standing.today,
        opens_on: standing.opens_on,
        closes_on: standing.closes_on,
        earlier: &earlier,
        goal_form: goal.unwrap_or(&stored),
        history_form: history.unwrap_or(&empty),
        may_edit: staff.may(RegistrationEdit),
    };
    Ok(view.render(&staff.shell()))
}

async fn show(staff: Staff<may::RegistrationRead>, State(app): State<App>) -> Answer {
    page(draw(&staff, &app, (None, None)).await?)
}

type Editor = Staff<may::RegistrationEdit>;

fn said(staff: &Editor, key: &str) -> Answer {
    see_other_saying(&links::turnout::home(&staff.edition.slug), &Flash::good(key))
}

async fn goal(staff: Editor, State(app): State<App>, Fields(draft): Fields<GoalDraft>) -> Answer {
    match verbs::save_goal(&app, staff.viewer.actor(), &staff.edition, &draft).await {
        Ok(()) => said(&staff, "turnout-goal-saved"),
        Err(error) => {
            let form = FormState::new(&draft, &refusals(error)?);
            refused(draw(&staff, &app, (Some(&form), None)).await?)
        }
    }
}

async fn history(staff: Editor, State(app): State<App>, Fields(draft): Fields<HistoryDraft>) -> Answer {
    let outcome = match draft.parse() {
        Ok(days) => verbs::save_history(&app, staff.viewer.actor(), &staff.edition, &days).await,
        Err(refusals) => Err(refusals.into()),
    };
    match outcome {
        Ok(()) => said(&staff, "turnout-history-kept"),
        Err(error) => {
            let form = FormState::new(&draft, &refusals(error)?);
            refused(draw(&staff, &app, (None, Some(&form))).await?)
        }
    }
}
