//! The live board: a plain page, and a stream that draws it anew while badges pass.

use crate::{
    Need, Surface,
    answer::{Answer, page},
    guard::{Staff, may},
};
use app::{App, Event, admission};
use axum::extract::State;
use axum::response::IntoResponse;
use axum::response::sse::{self, KeepAlive, Sse};
use domain::EditionId;
use domain::access::Permission;
use domain::edition::Edition;
use domain::journal::SubjectKind;
use std::convert::Infallible;
use std::sync::Arc;
use std::time::Duration;
use templates::Lang;
use templates::organizer::admission::board::BoardPage;
use tokio::sync::broadcast::{Receiver, error::RecvError};
use tokio::sync::mpsc;
use tokio_stream::wrappers::ReceiverStream;

/// The board is drawn at most this often, however many badges pass.
const BREATH: Duration = Duration::from_millis(900);
/// What of printing the board shows is this old at most, so that what a printer did is looked for once more after it.
const PRINTS: Duration = Duration::from_secs(5);
/// The curve moves on although nobody passes.
const MINUTE: Duration = Duration::from_secs(60);

pub(crate) fn routes(s: &mut Surface) {
    s.get("/e/{edition}/admission", Need::Staff(Permission::AdmissionRead), board);
    s.get("/events/{edition}/admission", Need::Staff(Permission::AdmissionRead), events);
}

async fn board(staff: Staff<may::AdmissionRead>, State(app): State<App>) -> Answer {
    let (edition, now) = (&staff.edition, app.now());
    let board = admission::board(&app, edition, edition.day(now)).await?;
    let html = BoardPage {
        edition: &edition.slug,
        board: &board,
        zone: edition.time_zone,
        now,
        manage: staff.may(Permission::AdmissionManage),
    };
    page(html.render(&staff.shell()))
}

async fn events(staff: Staff<may::AdmissionRead>, State(app): State<App>) -> impl IntoResponse {
    let (sender, receiver) = mpsc::channel(2);
    tokio::spawn(draw(app, staff.edition, staff.ui.lang, sender));
    Sse::new(ReceiverStream::new(receiver)).keep_alive(KeepAlive::new().interval(Duration::from_secs(15)))
}

/// Draws the board when something happened at the gates, until the browser is gone.
async fn draw(app: App, edition: Edition, lang: Lang, sender: mpsc::Sender<Result<sse::Event, Infallible>>) {
    let mut heard = app.events().subscribe();
    let mut pause = MINUTE;
    loop {
        let Ok(fragment) = fragment(&app, &edition, lang).await else { return };
        if sender.send(Ok(sse::Event::default().event("fragment").data(fragment))).await.is_err() {
            return;
        }
        tokio::time::sleep(BREATH).await;
        let gone = sender.closed();
        tokio::select! {
            next = concern(&mut heard, edition.id) => match next {
                Some(next) => pause = pause.min(next),
                None => return,
            },
            () = tokio::time::sleep(pause) => pause = MINUTE,
            () = gone => return,
        }
    }
}

/// Waits for something the board shows; when to look once more after that. None when there will be nothing any more.
async fn concern(heard: &mut Receiver<Arc<Event>>, edition: EditionId) -> Option<Duration> {
    loop {
        match heard.recv().await {
            Ok(event) if event.edition == Some(edition) => {
                if event.kind.starts_with("badge.print") {
                    return Some(PRINTS);
                }
                if event.kind == admission::SCAN_RECORDED || matches!(event.subject.kind, SubjectKind::Gate) {
                    return Some(MINUTE);
                }
            }
            Ok(_) => {}
            // Missed some: there was something to miss.
            Err(RecvError::Lagged(_)) => return Some(PRINTS),
            Err(RecvError::Closed) => return None,
        }
    }
}

async fn fragment(app: &App, edition: &Edition, lang: Lang) -> Result<String, app::Error> {
    let now = app.now();
    let board = admission::board(app, edition, edition.day(now)).await?;
    let html = BoardPage { edition: &edition.slug, board: &board, zone: edition.time_zone, now, manage: false };
    Ok(html.part(lang).into_string())
}
