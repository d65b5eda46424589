//! The risk page: asking for a simulation, watching it, reading what it found.

use super::board;
use crate::answer::{Answer, Fail, page, refusals, refused, see_other_saying};
use crate::fields::Fields;
use crate::guard::{Staff, may};
use crate::path::Path;
use app::App;
use axum::extract::{Query, State};
use axum::response::IntoResponse;
use axum::response::sse::{self, KeepAlive, Sse};
use domain::access::Permission;
use domain::plan::risk::forecast::{RiskRun, RunDraft};
use domain::plan::risk::study::{Shape, Study};
use domain::{Bilingual, EditionId, RiskRunId};
use serde::Deserialize;
use std::collections::HashMap;
use std::convert::Infallible;
use std::time::Duration;
use store::read::plan;
use templates::organizer::plan::{RiskPage, run_progress};
use templates::{Flash, FormState, Lang, Markup, links};
use tokio::sync::mpsc;
use tokio_stream::wrappers::ReceiverStream;

/// Simulations listed below the result.
const LISTED: i64 = 12;
/// Pause between two looks at a simulation.
const LOOK: Duration = Duration::from_millis(500);

#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub(super) struct Shown {
    run: String,
    aim: String,
}

async fn render<P>(staff: &Staff<P>, app: &App, shown: &Shown, form: FormState) -> Result<Markup, Fail> {
    let board = board(app, &staff.edition).await?;
    let (reader, edition) = (app.reader(), staff.edition.id);
    let risks = plan::risks(&reader, edition).await?;
    let mut run = match shown.run.as_str() {
        "" => plan::latest_risk_run(&reader, edition).await?,
        id => {
            Some(plan::risk_run(&reader, edition, id.parse().map_err(|_| Fail::Missing)?).await?.ok_or(Fail::Missing)?)
        }
    };
    let runs = plan::risk_runs(&reader, edition, LISTED).await?;
    let shape = run.as_ref().map_or(Shape::Pert, |run| run.shape);
    let register: Vec<_> = risks.iter().map(|(risk, _)| risk.clone()).collect();
    let study = Study::of(&board.sheet, &register, shape).map_err(|_| Fail::Missing)?;
    // Another date in front: its spread is known, what drives it is not.
    if let Some(result) = run.as_mut().and_then(|run| run.result.as_mut())
        && let Some(front) = result.aims.iter().position(|one| one.aim.key == shown.aim)
        && front > 0
    {
        let one = result.aims.remove(front);
        result.aims.insert(0, one);
        result.tasks.clear();
        result.risks.clear();
    }
    let names: HashMap<&str, &Bilingual> = board.rows.iter().map(|row| (row.code.as_str(), &row.name)).collect();
    let risk_names = risks.iter().map(|(risk, _)| (risk.number, risk.name.clone())).collect();
    let aims: Vec<_> = study.aims().cloned().collect();
    let outdated = run.as_ref().is_some_and(|run| run.basis != study.basis());
    let risk_page = RiskPage {
        slug: &staff.edition.slug,
        head: &board.head,
        aims: &aims,
        doubt: (study.uncertain(), study.tasks(), study.striking()),
        run: run.as_ref(),
        outdated,
        runs: &runs,
        names: &names,
        risks: &risk_names,
        form,
        zone: staff.edition.time_zone,
        may_edit: staff.may(Permission::PlanEdit),
    };
    Ok(risk_page.render(&staff.shell()))
}

pub(super) async fn show(staff: Staff<may::PlanRead>, State(app): State<App>, Query(shown): Query<Shown>) -> Answer {
    page(render(&staff, &app, &shown, FormState::empty()).await?)
}

pub(super) async fn ask(
    staff: Staff<may::PlanEdit>,
    State(app): State<App>,
    Fields(draft): Fields<RunDraft>,
) -> Answer {
    match app::plan::ask_simulation(&app, &staff.viewer, staff.edition.id, &draft).await {
        Ok(id) => {
            let run = plan::risk_run(&app.reader(), staff.edition.id, id).await?.ok_or(Fail::Missing)?;
            let flash =
                if run.state.is_over() { Flash::good("risk-done-flash") } else { Flash::good("risk-asked-flash") };
            let link = links::plan::risk(&staff.edition.slug).query(&[("run", &id.to_string())]);
            see_other_saying(&link, &flash)
        }
        Err(error) => {
            let form = FormState::new(&draft, &refusals(error)?);
            refused(render(&staff, &app, &Shown::default(), form).await?)
        }
    }
}

pub(super) async fn stop(
    staff: Staff<may::PlanEdit>,
    State(app): State<App>,
    Path((_, run)): Path<(String, String)>,
) -> Answer {
    let id: RiskRunId = run.parse().map_err(|_| Fail::Missing)?;
    app::plan::stop_simulation(&app, &staff.viewer, staff.edition.id, id).await?;
    see_other_saying(&links::plan::risk(&staff.edition.slug), &Flash::good("risk-stopped-flash"))
}

pub(super) async fn progress(
    staff: Staff<may::PlanRead>,
    State(app): State<App>,
    Path((_, run)): Path<(String, String)>,
) -> Result<impl IntoResponse, Fail> {
    let id: RiskRunId = run.parse().map_err(|_| Fail::Missing)?;
    plan::risk_run(&app.reader(), staff.edition.id, id).await?.ok_or(Fail::Missing)?;
    let (sender, receiver) = mpsc::channel(2);
    tokio::spawn(watch(app, staff.edition.id, staff.edition.slug.clone(), staff.ui.lang, id, sender));
    Ok(Sse::new(ReceiverStream::new(receiver)).keep_alive(KeepAlive::new().interval(Duration::from_secs(15))))
}

/// Draws how far a simulation is until it is over or the browser is gone.
async fn watch(
    app: App,
    edition: EditionId,
    slug: String,
    lang: Lang,
    id: RiskRunId,
    sender: mpsc::Sender<Result<sse::Event, Infallible>>,
) {
    loop {
        let Ok(Some(run)) = plan::risk_run(&app.reader(), edition, id).await else { return };
        let html = fragment(lang, &slug, &run);
        if sender.send(Ok(sse::Event::default().event("fragment").data(html))).await.is_err() {
            return;
        }
        // The browser comes back after the end of a stream: what is over stays open and silent.
        let pause = if run.state.is_over() { Duration::from_secs(3_600) } else { LOOK };
        tokio::select! {
            () = tokio::time::sleep(pause) => {}
            () = sender.closed() => return,
        }
    }
}

fn fragment(lang: Lang, slug: &str, run: &RiskRun) -> String {
    run_progress(lang, slug, run).into_string().replace('\n', " ")
}
