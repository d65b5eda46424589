//! The record of a task, and the files that hang on it.

use super::{board, level};
use crate::answer::{Answer, Fail, download, page, refused, see_other};
use crate::guard::{Staff, may};
use crate::path::Path;
use app::App;
use axum::extract::State;
use axum::http::{HeaderValue, header};
use domain::access::Permission;
use domain::journal::{Subject, SubjectKind};
use domain::plan::Kind;
use domain::plan::view::Board;
use domain::{DocumentId, TaskId};
use store::read;
use templates::FormState;
use templates::components::Choice;
use templates::organizer::plan::level::CrewNeeds;
use templates::organizer::plan::space::asked;
use templates::organizer::plan::{Act, LoopForms, TaskRecord};
use templates::{Lang, Markup};

pub(super) async fn show(
    staff: Staff<may::PlanRead>,
    State(app): State<App>,
    Path((_, task)): Path<(String, String)>,
) -> Answer {
    let board = board(&app, &staff.edition).await?;
    let found = board.find(&task).ok_or(Fail::Missing)?;
    // A gate is decided, not done: its milestone's page is its review.
    if found.kind == Kind::FinishMilestone && read::plan::gate::is_gate(&app.reader(), found.id).await? {
        return see_other(&templates::links::gate::review(&staff.edition.slug, &found.code));
    }
    page(render(&staff, &app, &board, found.id, None).await?)
}

/// The page again, with what was typed into the form that was refused.
pub(super) async fn again<P>(staff: &Staff<P>, app: &App, task: TaskId, refusal: (Act, FormState)) -> Answer {
    let board = board(app, &staff.edition).await?;
    refused(render(staff, app, &board, task, Some(refusal)).await?)
}

async fn render<P>(
    staff: &Staff<P>,
    app: &App,
    board: &Board,
    task: TaskId,
    refusal: Option<(Act, FormState)>,
) -> Result<Markup, Fail> {
    let (reader, edition, lang) = (app.reader(), &staff.edition, staff.ui.lang);
    let page = read::plan::task_page(&reader, board, task, app.now()).await?.ok_or(Fail::Missing)?;
    let history = read::journal::timeline(&reader, Subject::new(SubjectKind::Task, task), 60).await?;
    let user = staff.viewer.user;
    let own = page.doer == Some(user) || page.task.owner == Some(user);
    let named = |person: Option<domain::UserId>| person.is_none_or(|person| person == user);
    let (crews, needs) = level::needs(staff, app, task).await?;
    let typed = refusal.as_ref().filter(|(act, _)| *act == Act::Crews).map(|(_, form)| form.clone());
    let forms = LoopForms {
        slug: &edition.slug,
        team: team(&reader, edition.id, lang).await?,
        places: places(&reader, edition.id, lang).await?,
        refused: refusal,
        may_edit: staff.may(Permission::PlanEdit),
        may_work: staff.may(Permission::PlanWork),
        may_check: staff.may(Permission::PlanCheck) && !own && named(page.task.checker),
        may_confirm: staff.may(Permission::PlanConfirm) && !own && named(page.task.confirmer),
        page: &page,
    };
    let may_edit = staff.may(Permission::PlanEdit) && !page.task.state.is_closed();
    let crews = CrewNeeds {
        slug: &edition.slug,
        code: &page.task.code,
        crews: &crews,
        needs: &needs,
        form: typed.unwrap_or_default(),
        may_edit,
    };
    let places = asked(lang, &edition.slug, board, &page.row, may_edit);
    let zone = edition.time_zone;
    let record = TaskRecord { slug: &edition.slug, zone, page: &page, forms, crews, places, history: &history };
    Ok(record.render(&staff.shell()))
}

/// Members of the team, each once, with their roles.
pub(super) async fn team(reader: &store::Reader, edition: domain::EditionId, lang: Lang) -> Result<Vec<Choice>, Fail> {
    let mut team: Vec<(domain::UserId, String, Vec<String>)> = Vec::new();
    for (id, name, role) in read::access::team(reader, edition).await? {
        let word = lang.term("role", role.code());
        match team.last_mut() {
            Some((last, _, roles)) if *last == id => roles.push(word),
            _ => team.push((id, name, vec![word])),
        }
    }
    let choice = |(id, name, roles): (domain::UserId, String, Vec<String>)| {
        Choice::new(id.to_string(), format!("{name} · {}", lang.list(&roles)))
    };
    Ok(team.into_iter().map(choice).collect())
}

/// Places a task can be given.
pub(super) async fn places(
    reader: &store::Reader,
    edition: domain::EditionId,
    lang: Lang,
) -> Result<Vec<Choice>, Fail> {
    let places = read::plan::places(reader, edition).await?;
    Ok(places.into_iter().map(|(id, _, name)| Choice::new(id.to_string(), name.get(lang.locale()))).collect())
}

/// A stored file: always as a download, never run by the browser.
pub(super) async fn document(
    staff: Staff<may::PlanRead>,
    State(app): State<App>,
    Path((_, document)): Path<(String, String)>,
) -> Answer {
    let id: DocumentId = document.parse().map_err(|_| Fail::Missing)?;
    let found = read::document::get(&app.reader(), staff.edition.id, id).await?.ok_or(Fail::Missing)?;
    let mut response = download(&found.name, &found.media_type, found.content)?;
    let headers = response.headers_mut();
    headers.insert(header::X_CONTENT_TYPE_OPTIONS, HeaderValue::from_static("nosniff"));
    headers.insert(header::CONTENT_SECURITY_POLICY, HeaderValue::from_static("default-src 'none'; sandbox"));
    Ok(response)
}
