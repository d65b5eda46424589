//! The control board: every task by its state, steps by buttons, drawn anew while others work.

use super::board;
use crate::answer::{Answer, Fail, page, refusals, refused, see_other_saying};
use crate::fields::Fields;
use crate::guard::{Staff, may};
use crate::path::Path;
use app::App;
use axum::extract::{Query, State};
use axum::response::IntoResponse;
use axum::response::sse::{self, KeepAlive, Sse};
use domain::Refusal;
use domain::access::{Permission, Viewer};
use domain::edition::Edition;
use domain::journal::SubjectKind;
use domain::plan::overview::Filter;
use domain::plan::readiness::unmet_to_start;
use domain::plan::view::{Board, Row};
use domain::plan::work::Aside;
use domain::plan::{Kind, Task, TaskState};
use serde::Deserialize;
use std::convert::Infallible;
use std::time::Duration;
use templates::organizer::plan::{Card, Control, ControlFilter};
use templates::{Flash, Lang, links};
use tokio::sync::broadcast::error::RecvError;
use tokio::sync::mpsc;
use tokio_stream::wrappers::ReceiverStream;

/// The board is drawn at most this often, however much happens.
const BREATH: Duration = Duration::from_millis(900);

/// What the board shows, as it stands in the address or in a form.
#[derive(Debug, Default, Clone, Deserialize)]
#[serde(default)]
pub(super) struct Shown {
    phase: String,
    owner: String,
    place: String,
    act: String,
    text: String,
    reason: String,
}

impl Shown {
    fn filter(&self) -> ControlFilter {
        ControlFilter { phase: self.phase.clone(), owner: self.owner.clone(), place: self.place.clone() }
    }
}

/// The steps a viewer may take with a task now.
fn steps(viewer: &Viewer, edition: &Edition, task: &Task) -> Vec<&'static str> {
    let may = |right| viewer.may(right, edition.id);
    let leads = may(Permission::PlanEdit);
    let own = task.owner == Some(viewer.user);
    let works = may(Permission::PlanWork) && (own || leads);
    let named = |person: Option<domain::UserId>| person.is_none_or(|person| person == viewer.user) && !own;
    let mut steps = Vec::new();
    match task.state {
        TaskState::Ready | TaskState::Rejected if works => steps.push("start"),
        TaskState::InProgress | TaskState::Rework if works => steps.push("submit"),
        TaskState::Submitted | TaskState::Checking if may(Permission::PlanCheck) && named(task.checker) => {
            steps.push("check");
        }
        TaskState::Accepted if may(Permission::PlanConfirm) && named(task.confirmer) => steps.push("confirm"),
        _ => {}
    }
    match task.state {
        TaskState::Blocked if works => steps.push("unblock"),
        TaskState::Ready | TaskState::InProgress | TaskState::Rework if works => steps.push("block"),
        _ => {}
    }
    steps
}

fn places(board: &Board, lang: Lang) -> Vec<(String, String)> {
    let mut named: Vec<(String, String)> = Vec::new();
    let mut kinds: Vec<(String, String)> = Vec::new();
    for row in &board.rows {
        if let Some(place) = &row.place {
            named.push((place.en.clone(), place.get(lang.locale()).to_owned()));
        }
        let kind = row.place_kind.code();
        if !kinds.iter().any(|(code, _)| code == kind) {
            kinds.push((kind.to_owned(), lang.term("plan-place", kind)));
        }
    }
    named.sort();
    named.dedup();
    named.extend(kinds);
    named
}

fn control<'a>(
    (viewer, edition, lang): (&Viewer, &'a Edition, Lang),
    board: &'a Board,
    filter: &'a ControlFilter,
    now: chrono::DateTime<chrono::Utc>,
) -> Control<'a> {
    let shown = Filter {
        phase: filter.phase.clone(),
        owner: filter.owner.clone(),
        place: filter.place.clone(),
        ..Filter::default()
    };
    let (before, around) = (board.sheet.all_before(), board.sheet.all_around(now));
    let wanted = |row: &Row| {
        let gone = matches!(row.state, TaskState::Cancelled | TaskState::Waived) || row.kind == Kind::Summary;
        !gone && shown.shows(row, &board.head.path)
    };
    let cards = board.rows.iter().enumerate().filter(|(_, row)| wanted(row)).map(|(at, row)| {
        let task = &board.sheet.tasks[at];
        let waits = task.state.is_ahead() && task.state != TaskState::Ready;
        let before = before.get(&at).map_or(&[][..], Vec::as_slice);
        let around = around.get(&at).map_or(&[][..], Vec::as_slice);
        let unmet = if waits { unmet_to_start(task, before, around, now).len() } else { 0 };
        Card { row, steps: steps(viewer, edition, task), unmet }
    });
    Control {
        slug: &edition.slug,
        head: &board.head,
        cards: cards.collect(),
        filter,
        owners: board.owners(),
        phases: board.phases().into_iter().map(|phase| phase.code()).collect(),
        places: places(board, lang),
        refused: None,
    }
}

pub(super) async fn show(staff: Staff<may::PlanRead>, State(app): State<App>, Query(shown): Query<Shown>) -> Answer {
    let board = board(&app, &staff.edition).await?;
    let filter = shown.filter();
    let who = (&staff.viewer, &staff.edition, staff.ui.lang);
    page(control(who, &board, &filter, app.now()).render(&staff.shell()))
}

async fn take(staff: &Staff<may::PlanWork>, app: &App, task: domain::TaskId, sent: &Shown) -> Result<(), app::Error> {
    let (viewer, edition) = (&staff.viewer, staff.edition.id);
    match sent.act.as_str() {
        "start" => app::plan::start(app, viewer, edition, task, None).await,
        "submit" => app::plan::submit(app, viewer, edition, task, &sent.text, None).await,
        "confirm" if staff.may(Permission::PlanConfirm) => {
            app::plan::confirm(app, viewer, edition, task, &sent.text).await
        }
        "confirm" => Err(app::Error::Forbidden),
        "block" => app::plan::step_aside(app, viewer, edition, task, Aside::Block, &sent.reason).await,
        "unblock" => {
            let reason = if sent.reason.is_empty() { "–" } else { &sent.reason };
            app::plan::step_aside(app, viewer, edition, task, Aside::Unblock, reason).await
        }
        other => Err(Refusal::invalid("unknown-choice").at("act").with("value", other).into()),
    }
}

pub(super) async fn step(
    staff: Staff<may::PlanWork>,
    State(app): State<App>,
    Path((_, name)): Path<(String, String)>,
    Fields(sent): Fields<Shown>,
) -> Answer {
    let found = board(&app, &staff.edition).await?;
    let task = found.find(&name).ok_or(Fail::Missing)?;
    let (id, code) = (task.id, task.code.clone());
    let filter = sent.filter();
    match take(&staff, &app, id, &sent).await {
        Ok(()) => {
            let there = links::control::board(&staff.edition.slug).query(&[
                ("phase", &filter.phase),
                ("owner", &filter.owner),
                ("place", &filter.place),
            ]);
            let flash = Flash::good("control-done").with("code", &code).with("what", &sent.act);
            see_other_saying(&there, &flash)
        }
        Err(error) => {
            let refusals = refusals(error)?;
            let board = board(&app, &staff.edition).await?;
            let who = (&staff.viewer, &staff.edition, staff.ui.lang);
            let mut control = control(who, &board, &filter, app.now());
            control.refused = Some((code, refusals));
            refused(control.render(&staff.shell()))
        }
    }
}

pub(super) async fn events(
    staff: Staff<may::PlanRead>,
    State(app): State<App>,
    Query(shown): Query<Shown>,
) -> impl IntoResponse {
    let (sender, receiver) = mpsc::channel(2);
    tokio::spawn(draw(app, staff.viewer, staff.edition, staff.ui.lang, shown.filter(), sender));
    Sse::new(ReceiverStream::new(receiver)).keep_alive(KeepAlive::new().interval(Duration::from_secs(15)))
}

/// Draws the board when a task of the edition changed, until the browser is gone.
async fn draw(
    app: App,
    viewer: Viewer,
    edition: Edition,
    lang: Lang,
    filter: ControlFilter,
    sender: mpsc::Sender<Result<sse::Event, Infallible>>,
) {
    let mut heard = app.events().subscribe();
    loop {
        let concerns = async {
            loop {
                match heard.recv().await {
                    Ok(event)
                        if event.edition == Some(edition.id)
                            && matches!(event.subject.kind, SubjectKind::Task | SubjectKind::Plan) =>
                    {
                        return true;
                    }
                    Ok(_) => {}
                    // Missed some: there was something to miss.
                    Err(RecvError::Lagged(_)) => return true,
                    Err(RecvError::Closed) => return false,
                }
            }
        };
        tokio::select! {
            more = concerns => if !more { return },
            () = sender.closed() => return,
        }
        let now = app.now();
        let Ok(Some(board)) = store::read::plan::board(&app.reader(), edition.id, now).await else { return };
        let fragment = control((&viewer, &edition, lang), &board, &filter, now).board(lang).into_string();
        if sender.send(Ok(sse::Event::default().event("fragment").data(fragment))).await.is_err() {
            return;
        }
        tokio::time::sleep(BREATH).await;
    }
}
