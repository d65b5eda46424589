//! Tasks and links that come and go: the form of a new task, its links, copying, order and outline, deleting, bulk
//! changes, and what a person changed last.

use super::board;
use super::revise::{Ask, Sent, answer};
use super::task::{places, team};
use crate::answer::{Answer, Fail, page, refused};
use crate::guard::{Staff, may};
use crate::path::Path;
use app::App;
use axum::extract::{Query, State};
use domain::plan::revision::{LinkDraft, Revision, Step, next_code};
use domain::plan::task::TaskLink;
use domain::plan::view::Board;
use domain::{Bilingual, Refusal};
use serde::Deserialize;
use store::read::plan as read;
use templates::components::Choice;
use templates::organizer::plan::{BulkFields, BulkPage, Changes, DeletePage, LinkLine, NewTaskPage, TaskLinks};
use templates::{Flash, FormState, Href, Lang, Markup, links};

type TaskPath = Path<(String, String)>;

/// Calendars of a plan, as choices.
pub(super) fn calendars(board: &Board, lang: Lang) -> Vec<Choice> {
    let all = board.sheet.calendars.iter();
    all.map(|one| Choice::new(one.id.to_string(), one.name.get(lang.locale()))).collect()
}

/// What a bulk change can choose from.
pub(super) async fn bulk_fields<P>(staff: &Staff<P>, app: &App, board: &Board) -> Result<BulkFields, Fail> {
    let (reader, lang) = (app.reader(), staff.ui.lang);
    Ok(BulkFields {
        team: team(&reader, staff.edition.id, lang).await?,
        places: places(&reader, staff.edition.id, lang).await?,
        calendars: calendars(board, lang),
        phases: board.phases().into_iter().map(|phase| phase.code()).collect(),
    })
}

/// Where a new task goes.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub(super) struct After {
    after: String,
}

async fn new_page<P>(staff: &Staff<P>, app: &App, after: &str, form: FormState) -> Result<Markup, Fail> {
    let board = board(app, &staff.edition).await?;
    let (reader, lang) = (app.reader(), staff.ui.lang);
    let at = board.find(after).and_then(|task| board.sheet.position(task.id));
    let like = at.or(board.sheet.tasks.len().checked_sub(1)).map_or("", |at| &board.sheet.tasks[at].code);
    let new = NewTaskPage {
        slug: &staff.edition.slug,
        after: at.map(|at| &board.rows[at]),
        next_code: next_code(&board.sheet, like),
        phases: board.phases().into_iter().map(|phase| phase.code()).collect(),
        team: team(&reader, staff.edition.id, lang).await?,
        places: places(&reader, staff.edition.id, lang).await?,
        calendars: calendars(&board, lang),
        codes: board.sheet.tasks.iter().map(|task| task.code.clone()).collect(),
        form,
    };
    Ok(new.render(&staff.shell()))
}

pub(super) async fn new_form(staff: Staff<may::PlanEdit>, State(app): State<App>, Query(at): Query<After>) -> Answer {
    page(new_page(&staff, &app, &at.after, FormState::empty()).await?)
}

pub(super) async fn add(staff: Staff<may::PlanEdit>, State(app): State<App>, sent: Sent) -> Answer {
    let slug = &staff.edition.slug;
    let draft: domain::plan::revision::NewTask = sent.draft();
    let after = draft.after.clone();
    let ask = Ask {
        revision: Revision::Add(draft.clone()),
        to: links::revise::new_task(slug, ""),
        back: links::plan::home(slug),
        show: false,
    };
    match answer(&staff, &app, &sent, &ask).await? {
        Ok(response) => Ok(response),
        Err(refusals) => refused(new_page(&staff, &app, &after, FormState::new(&draft, &refusals)).await?),
    }
}

fn link_line(board: &Board, link: &TaskLink, here: domain::TaskId, lang: Lang) -> Option<LinkLine> {
    let before = link.to == here;
    let other = &board.sheet.tasks[board.sheet.position(if before { link.from } else { link.to })?];
    Some(LinkLine {
        draft: LinkDraft::of(&board.sheet, link),
        other: (other.code.clone(), other.name.get(lang.locale()).to_owned()),
        before,
        origin: link.origin,
        reason: link.reason.clone(),
    })
}

async fn links_page<P>(staff: &Staff<P>, app: &App, name: &str, form: FormState) -> Result<Markup, Fail> {
    let board = board(app, &staff.edition).await?;
    let task = board.find(name).ok_or(Fail::Missing)?;
    let at = board.sheet.position(task.id).ok_or(Fail::Missing)?;
    let own = board.sheet.links.iter().filter(|link| link.from == task.id || link.to == task.id);
    let page = TaskLinks {
        slug: &staff.edition.slug,
        row: &board.rows[at],
        lines: own.filter_map(|link| link_line(&board, link, task.id, staff.ui.lang)).collect(),
        codes: board.sheet.tasks.iter().filter(|one| one.id != task.id).map(|one| one.code.clone()).collect(),
        form,
    };
    Ok(page.render(&staff.shell()))
}

pub(super) async fn links_form(
    staff: Staff<may::PlanEdit>,
    State(app): State<App>,
    Path((_, name)): TaskPath,
) -> Answer {
    page(links_page(&staff, &app, &name, FormState::empty()).await?)
}

/// The form names the other task and the side it stands on.
#[derive(Debug, Default, Deserialize, serde::Serialize)]
#[serde(default)]
struct LinkForm {
    side: String,
    other: String,
    #[serde(flatten)]
    link: LinkDraft,
}

pub(super) async fn link(
    staff: Staff<may::PlanEdit>,
    State(app): State<App>,
    Path((_, name)): TaskPath,
    sent: Sent,
) -> Answer {
    let slug = &staff.edition.slug;
    let code = board(&app, &staff.edition).await?.find(&name).ok_or(Fail::Missing)?.code.clone();
    let mut draft: LinkDraft = sent.draft();
    let other = sent.value("other").split_whitespace().next().unwrap_or_default().to_owned();
    let before = sent.value("side") != "after";
    (draft.from, draft.to) = if before { (other.clone(), code.clone()) } else { (code.clone(), other.clone()) };
    let ask = Ask {
        revision: Revision::Link(draft.clone()),
        to: links::revise::task_links(slug, &code),
        back: links::revise::task_links(slug, &code),
        show: false,
    };
    match answer(&staff, &app, &sent, &ask).await? {
        Ok(response) => Ok(response),
        Err(refusals) => {
            // Both ends are one box here.
            let at_other = |one: Refusal| match one.field.as_deref() {
                Some("from" | "to") => one.at("other"),
                _ => one,
            };
            let refusals: Vec<Refusal> = refusals.into_iter().map(at_other).collect();
            let form = LinkForm { side: sent.value("side").to_owned(), other, link: draft };
            refused(links_page(&staff, &app, &code, FormState::new(&form, &refusals)).await?)
        }
    }
}

pub(super) async fn unlink(
    staff: Staff<may::PlanEdit>,
    State(app): State<App>,
    Path((_, name)): TaskPath,
    sent: Sent,
) -> Answer {
    let slug = &staff.edition.slug;
    let code = board(&app, &staff.edition).await?.find(&name).ok_or(Fail::Missing)?.code.clone();
    let ask = Ask {
        revision: Revision::Unlink { id: sent.value("id").to_owned() },
        to: links::revise::unlink(slug, &code),
        back: links::revise::task_links(slug, &code),
        show: false,
    };
    match answer(&staff, &app, &sent, &ask).await? {
        Ok(response) => Ok(response),
        Err(refusals) => {
            refused(links_page(&staff, &app, &code, FormState::new(&LinkDraft::default(), &refusals)).await?)
        }
    }
}

fn flash_of(refusals: &[Refusal], lang: Lang) -> Flash {
    let words: Vec<String> = refusals.iter().take(3).map(|one| lang.refusal(one)).collect();
    Flash::bad("revise-refused").with("words", words.join(" "))
}

/// An answer for acts without a form of their own: what is refused is said where the person came from.
async fn act<P>(staff: &Staff<P>, app: &App, sent: &Sent, ask: Ask) -> Answer {
    match answer(staff, app, sent, &ask).await? {
        Ok(response) => Ok(response),
        Err(refusals) => crate::answer::see_other_saying(&ask.back, &flash_of(&refusals, staff.ui.lang)),
    }
}

/// A copy, or a step in order and outline.
fn step_of(sent: &Sent, tasks: Vec<String>) -> Result<Revision, Fail> {
    match sent.value("step") {
        "copy" => Ok(Revision::Copy { tasks }),
        word => match Step::parse(word, sent.value("of")) {
            Some(step) => Ok(Revision::Move { tasks, step }),
            None => Err(Refusal::invalid("unknown-choice").at("step").with("value", word).into()),
        },
    }
}

pub(super) async fn outline(
    staff: Staff<may::PlanEdit>,
    State(app): State<App>,
    Path((_, name)): TaskPath,
    sent: Sent,
) -> Answer {
    let slug = &staff.edition.slug;
    let code = board(&app, &staff.edition).await?.find(&name).ok_or(Fail::Missing)?.code.clone();
    let ask = Ask {
        revision: step_of(&sent, vec![code.clone()])?,
        to: links::revise::outline(slug, &code),
        back: links::plan::home(slug).anchor(&format!("task-{code}")),
        show: false,
    };
    act(&staff, &app, &sent, ask).await
}

/// Code and name of the tasks a form names; those there are none of are left out.
fn named(board: &Board, names: &[String]) -> Vec<(String, Bilingual)> {
    names.iter().filter_map(|name| board.find(name)).map(|task| (task.code.clone(), task.name.clone())).collect()
}

async fn delete_page<P>(
    staff: &Staff<P>,
    app: &App,
    names: &[String],
    to: Href,
    form: FormState,
) -> Result<Markup, Fail> {
    let board = board(app, &staff.edition).await?;
    let tasks = named(&board, names);
    if tasks.is_empty() {
        return Err(Refusal::invalid("plan-none-chosen").into());
    }
    Ok(DeletePage { slug: &staff.edition.slug, tasks, to, form }.render(&staff.shell()))
}

pub(super) async fn delete_form(
    staff: Staff<may::PlanEdit>,
    State(app): State<App>,
    Path((_, name)): TaskPath,
) -> Answer {
    let board = board(&app, &staff.edition).await?;
    let code = board.find(&name).ok_or(Fail::Missing)?.code.clone();
    let to = links::revise::delete(&staff.edition.slug, &code);
    page(delete_page(&staff, &app, &[code], to, FormState::empty()).await?)
}

async fn delete<P>(staff: &Staff<P>, app: &App, sent: &Sent, tasks: Vec<String>, to: Href) -> Answer {
    let typed = sent.value("typed").to_owned();
    let ask = Ask {
        revision: Revision::Delete { tasks: tasks.clone(), typed: typed.clone() },
        to: to.clone(),
        back: links::plan::home(&staff.edition.slug),
        show: true,
    };
    let refusals = if sent.value("act") == "ask" {
        // The bar of the overview asks for the page only.
        return page(delete_page(staff, app, &tasks, to, FormState::empty()).await?);
    } else {
        match answer(staff, app, sent, &ask).await? {
            Ok(response) => return Ok(response),
            Err(refusals) => refusals,
        }
    };
    let form = FormState::new(&serde_json::json!({ "typed": typed }), &refusals);
    refused(delete_page(staff, app, &tasks, to, form).await?)
}

pub(super) async fn delete_one(
    staff: Staff<may::PlanEdit>,
    State(app): State<App>,
    Path((_, name)): TaskPath,
    sent: Sent,
) -> Answer {
    let code = board(&app, &staff.edition).await?.find(&name).ok_or(Fail::Missing)?.code.clone();
    let to = links::revise::delete(&staff.edition.slug, &code);
    delete(&staff, &app, &sent, vec![code], to).await
}

pub(super) async fn delete_many(staff: Staff<may::PlanEdit>, State(app): State<App>, sent: Sent) -> Answer {
    let to = links::revise::bulk_delete(&staff.edition.slug);
    let tasks = sent.values("tasks");
    delete(&staff, &app, &sent, tasks, to).await
}

pub(super) async fn bulk(staff: Staff<may::PlanEdit>, State(app): State<App>, sent: Sent) -> Answer {
    let slug = &staff.edition.slug;
    let tasks = sent.values("tasks");
    let to = links::revise::bulk(slug);
    if !sent.value("step").is_empty() && sent.value("act") != "preview" {
        let ask = Ask { revision: step_of(&sent, tasks)?, to, back: links::plan::home(slug), show: false };
        return act(&staff, &app, &sent, ask).await;
    }
    let draft: domain::plan::revision::BulkDraft = sent.draft();
    let ask = Ask { revision: Revision::Bulk(draft.clone()), to, back: links::plan::home(slug), show: true };
    match answer(&staff, &app, &sent, &ask).await? {
        Ok(response) => Ok(response),
        Err(refusals) => {
            let board = board(&app, &staff.edition).await?;
            let bulk = BulkPage {
                slug,
                tasks: named(&board, &draft.tasks),
                fields: bulk_fields(&staff, &app, &board).await?,
                form: FormState::new(&draft, &refusals),
            };
            refused(bulk.render(&staff.shell()))
        }
    }
}

pub(super) async fn changes(staff: Staff<may::PlanWork>, State(app): State<App>) -> Answer {
    let lines = read::edits(&app.reader(), staff.edition.id, staff.viewer.user, 50).await?;
    let list = Changes { slug: &staff.edition.slug, zone: staff.edition.time_zone, lines: &lines };
    page(list.render(&staff.shell()))
}

async fn again<P>(staff: Staff<P>, app: App, sent: Sent, redo: bool) -> Answer {
    let slug = &staff.edition.slug;
    let ask = Ask {
        revision: if redo { Revision::Redo } else { Revision::Undo },
        to: links::revise::undo(slug, redo),
        back: Href::local(sent.value("back")).unwrap_or_else(|| links::revise::changes(slug)),
        show: false,
    };
    act(&staff, &app, &sent, ask).await
}

pub(super) async fn undo(staff: Staff<may::PlanWork>, State(app): State<App>, sent: Sent) -> Answer {
    again(staff, app, sent, false).await
}

pub(super) async fn redo(staff: Staff<may::PlanWork>, State(app): State<App>, sent: Sent) -> Answer {
    again(staff, app, sent, true).await
}
