//! Levellings: asked for, watched, accepted whole or move by move, discarded.

use super::board;
use crate::answer::{Answer, Fail, page, refusals, refused, see_other, see_other_saying};
use crate::fields::Fields;
use crate::guard::{Staff, may};
use crate::path::Path;
use app::App;
use axum::extract::State;
use axum::response::IntoResponse;
use axum::response::sse::{self, KeepAlive, Sse};
use domain::access::Permission;
use domain::edition::Edition;
use domain::journal::SubjectKind;
use domain::plan::level::plan::levelling::{Levelling, LevellingDraft, LevellingState};
use domain::plan::level::plan::propose::lacking;
use domain::plan::level::plan::scarce::Dates;
use domain::plan::view::Names;
use domain::{LevellingId, Refusal};
use serde::Deserialize;
use std::convert::Infallible;
use std::time::Duration;
use store::read::{self, plan};
use templates::organizer::plan::level::{LevellingPage, Levellings};
use templates::{Flash, FormState, Lang, Markup, links};
use tokio::sync::mpsc;
use tokio_stream::wrappers::ReceiverStream;

/// Most levellings listed.
const MOST: u32 = 50;
/// The picture of a running one is drawn at most this often.
const BREATH: Duration = Duration::from_millis(400);

async fn names(app: &App, edition: &Edition) -> Result<Names, Fail> {
    let team = read::access::team(&app.reader(), edition.id).await?;
    Ok(Names { people: team.into_iter().map(|(id, name, _)| (id, name)).collect(), ..Names::default() })
}

async fn all<P>(staff: &Staff<P>, app: &App, form: FormState) -> Result<Markup, Fail> {
    let board = board(app, &staff.edition).await?;
    let reader = app.reader();
    let names = names(app, &staff.edition).await?;
    let all = plan::levellings(&reader, staff.edition.id, MOST).await?;
    let all: Vec<(Levelling, String)> = all.into_iter().map(|one| (one.clone(), names.person(one.asked_by))).collect();
    let crews = plan::crews(&reader, staff.edition.id).await?;
    let needs = plan::crew_needs(&reader, staff.edition.id).await?;
    let dates = Dates::early(&board.computed.schedule);
    let page = Levellings {
        slug: &staff.edition.slug,
        head: &board.head,
        all: &all,
        overloads: &lacking(&board.sheet, board.computed.network.input(), &dates, &crews, &needs),
        form,
        zone: staff.edition.time_zone,
        now: app.now(),
        may_edit: staff.may(Permission::PlanEdit),
    };
    Ok(page.render(&staff.shell()))
}

pub(super) async fn list(staff: Staff<may::PlanRead>, State(app): State<App>) -> Answer {
    page(all(&staff, &app, FormState::empty()).await?)
}

pub(super) async fn ask(
    staff: Staff<may::PlanEdit>,
    State(app): State<App>,
    Fields(draft): Fields<LevellingDraft>,
) -> Answer {
    match app::plan::ask_levelling(&app, &staff.viewer, staff.edition.id, &draft).await {
        Ok(id) => see_other(&links::level::levelling(&staff.edition.slug, id)),
        Err(error) => refused(all(&staff, &app, FormState::new(&draft, &refusals(error)?)).await?),
    }
}

fn id_of(text: &str) -> Result<LevellingId, Fail> {
    text.parse().map_err(|_| Fail::Missing)
}

async fn one<P>(
    staff: &Staff<P>,
    app: &App,
    id: LevellingId,
    chosen: Option<&[String]>,
    wrong: Vec<Refusal>,
) -> Result<Markup, Fail> {
    let board = board(app, &staff.edition).await?;
    let one = plan::levelling(&app.reader(), staff.edition.id, id).await?.ok_or(Fail::Missing)?;
    let names = names(app, &staff.edition).await?;
    let open = one.state == LevellingState::Proposed;
    let delta = if open { app::plan::preview_levelling(app, &board, &one, chosen).ok() } else { None };
    let preview = delta.as_ref().map(|delta| board.preview(delta));
    let moves = one.proposal.as_ref().is_some_and(|proposal| !proposal.moves.is_empty());
    let page = LevellingPage {
        slug: &staff.edition.slug,
        one: &one,
        asked_by: &names.person(one.asked_by),
        decided_by: &names.person(one.decided_by),
        preview: preview.as_ref().filter(|_| moves),
        chosen,
        form: FormState::new(&serde_json::Map::<String, serde_json::Value>::new(), &wrong),
        outdated: open && app::plan::preview_levelling(app, &board, &one, None).is_err(),
        zone: staff.edition.time_zone,
        now: app.now(),
        may_edit: staff.may(Permission::PlanEdit),
    };
    Ok(page.render(&staff.shell()))
}

pub(super) async fn show(
    staff: Staff<may::PlanRead>,
    State(app): State<App>,
    Path((_, id)): Path<(String, String)>,
) -> Answer {
    page(one(&staff, &app, id_of(&id)?, None, Vec::new()).await?)
}

pub(super) async fn stop(
    staff: Staff<may::PlanEdit>,
    State(app): State<App>,
    Path((_, id)): Path<(String, String)>,
) -> Answer {
    let id = id_of(&id)?;
    app::plan::stop_levelling(&app, &staff.viewer, staff.edition.id, id).await?;
    see_other_saying(&links::level::levelling(&staff.edition.slug, id), &Flash::good("level-stopped"))
}

/// The moves taken, and what to do with them.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub(super) struct Chosen {
    act: String,
    version: String,
    moves: Vec<String>,
}

pub(super) async fn accept(
    staff: Staff<may::PlanEdit>,
    State(app): State<App>,
    Path((_, id)): Path<(String, String)>,
    Fields(sent): Fields<Chosen>,
) -> Answer {
    let id = id_of(&id)?;
    let codes = Some(&sent.moves[..]);
    if sent.act == "preview" {
        let wrong = if sent.moves.is_empty() { vec![Refusal::invalid("levelling-none-chosen")] } else { Vec::new() };
        return page(one(&staff, &app, id, codes, wrong).await?);
    }
    let version = sent.version.parse().unwrap_or_default();
    match app::plan::accept_levelling(&app, &staff.viewer, staff.edition.id, id, (version, codes)).await {
        Ok(delta) => {
            let flash = Flash::good("level-accepted").with("count", delta.moves.len());
            see_other_saying(&links::level::levelling(&staff.edition.slug, id), &flash)
        }
        Err(app::Error::Stale) => {
            refused(one(&staff, &app, id, codes, vec![Refusal::conflict("levelling-decided")]).await?)
        }
        Err(error) => refused(one(&staff, &app, id, codes, refusals(error)?).await?),
    }
}

/// The proposal as it was seen.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub(super) struct Seen {
    version: String,
}

pub(super) async fn discard(
    staff: Staff<may::PlanEdit>,
    State(app): State<App>,
    Path((_, id)): Path<(String, String)>,
    Fields(sent): Fields<Seen>,
) -> Answer {
    let id = id_of(&id)?;
    let version = sent.version.parse().unwrap_or_default();
    app::plan::discard_levelling(&app, &staff.viewer, staff.edition.id, id, version).await?;
    see_other_saying(&links::level::levellings(&staff.edition.slug), &Flash::good("level-discarded"))
}

pub(super) async fn events(
    staff: Staff<may::PlanRead>,
    State(app): State<App>,
    Path((_, id)): Path<(String, String)>,
) -> Result<impl IntoResponse, Fail> {
    let id = id_of(&id)?;
    plan::levelling(&app.reader(), staff.edition.id, id).await?.ok_or(Fail::Missing)?;
    let may_edit = staff.may(Permission::PlanEdit);
    let (sender, receiver) = mpsc::channel(2);
    tokio::spawn(draw(app, staff.edition, id, (staff.ui.lang, may_edit), sender));
    Ok(Sse::new(ReceiverStream::new(receiver)).keep_alive(KeepAlive::new().interval(Duration::from_secs(15))))
}

/// Draws a running levelling until it is done or the browser is gone. The end of the stream makes the page ask again.
async fn draw(
    app: App,
    edition: Edition,
    id: LevellingId,
    (lang, may_edit): (Lang, bool),
    sender: mpsc::Sender<Result<sse::Event, Infallible>>,
) {
    let mut heard = app.events().subscribe();
    loop {
        let Ok(Some(one)) = plan::levelling(&app.reader(), edition.id, id).await else { return };
        let open = one.is_open(app.now());
        let part = LevellingPage {
            slug: &edition.slug,
            one: &one,
            asked_by: "",
            decided_by: "",
            preview: None,
            chosen: None,
            form: FormState::empty(),
            outdated: false,
            zone: edition.time_zone,
            now: app.now(),
            may_edit,
        };
        let fragment = part.part(lang).into_string();
        if sender.send(Ok(sse::Event::default().event("fragment").data(fragment))).await.is_err() || !open {
            return;
        }
        tokio::time::sleep(BREATH).await;
        let ours = async {
            while let Ok(event) = heard.recv().await {
                if event.edition == Some(edition.id) && event.subject.kind == SubjectKind::Plan {
                    return;
                }
            }
        };
        let gone = sender.closed();
        tokio::select! {
            () = ours => {}
            () = tokio::time::sleep(Duration::from_secs(2)) => {}
            () = gone => return,
        }
    }
}
