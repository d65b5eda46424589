//! The crews of a plan, one crew, and what a task needs of them.

use super::board;
use crate::answer::{Answer, Fail, page, refusals, refused, see_other_saying};
use crate::fields::Fields;
use crate::guard::{Staff, may};
use crate::organizer::plan::task::again;
use crate::path::Path;
use app::App;
use axum::extract::State;
use domain::access::Permission;
use domain::plan::crew::{CrewDraft, CrewNeed};
use domain::plan::load::loads;
use domain::{CrewId, Refusal, TaskId};
use serde::Deserialize;
use std::collections::BTreeMap;
use store::read::plan as read;
use templates::organizer::plan::Act;
use templates::organizer::plan::level::{CrewPage, Crews};
use templates::{Flash, FormState, Markup, links};

async fn all<P>(staff: &Staff<P>, app: &App, form: FormState) -> Result<Markup, Fail> {
    let board = board(app, &staff.edition).await?;
    let reader = app.reader();
    let crews = read::crews(&reader, staff.edition.id).await?;
    let needs = read::crew_needs(&reader, staff.edition.id).await?;
    let crews = Crews {
        slug: &staff.edition.slug,
        head: &board.head,
        loads: &loads(&board.sheet, &board.computed, &crews, &needs),
        calendars: &board.sheet.calendars,
        form,
        may_edit: staff.may(Permission::PlanEdit),
    };
    Ok(crews.render(&staff.shell()))
}

pub(super) async fn list(staff: Staff<may::PlanRead>, State(app): State<App>) -> Answer {
    page(all(&staff, &app, FormState::empty()).await?)
}

pub(super) async fn add(
    staff: Staff<may::PlanEdit>,
    State(app): State<App>,
    Fields(draft): Fields<CrewDraft>,
) -> Answer {
    match app::plan::add_crew(&app, &staff.viewer, staff.edition.id, &draft).await {
        Ok(_) => {
            let flash = Flash::good("crew-saved").with("code", draft.code.trim());
            see_other_saying(&links::level::crews(&staff.edition.slug), &flash)
        }
        Err(error) => refused(all(&staff, &app, FormState::new(&draft, &refusals(error)?)).await?),
    }
}

fn id_of(text: &str) -> Result<CrewId, Fail> {
    text.parse().map_err(|_| Fail::Missing)
}

async fn one<P>(staff: &Staff<P>, app: &App, id: CrewId, form: Option<FormState>) -> Result<Markup, Fail> {
    let board = board(app, &staff.edition).await?;
    let reader = app.reader();
    let crew = read::crew(&reader, staff.edition.id, id).await?.ok_or(Fail::Missing)?;
    let needs = read::crew_needs(&reader, staff.edition.id).await?;
    let loads = loads(&board.sheet, &board.computed, std::slice::from_ref(&crew), &needs);
    let page = CrewPage {
        slug: &staff.edition.slug,
        load: loads.first().ok_or(Fail::Missing)?,
        calendars: &board.sheet.calendars,
        form: form.unwrap_or_else(|| FormState::of(&CrewDraft::of(&crew))),
        version: crew.version,
        may_edit: staff.may(Permission::PlanEdit),
    };
    Ok(page.render(&staff.shell()))
}

pub(super) async fn show(
    staff: Staff<may::PlanRead>,
    State(app): State<App>,
    Path((_, crew)): Path<(String, String)>,
) -> Answer {
    page(one(&staff, &app, id_of(&crew)?, None).await?)
}

#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub(super) struct Sent {
    version: String,
    code: String,
    name_en: String,
    name_zh: String,
    quantity: String,
    calendar: String,
}

pub(super) async fn change(
    staff: Staff<may::PlanEdit>,
    State(app): State<App>,
    Path((_, crew)): Path<(String, String)>,
    Fields(sent): Fields<Sent>,
) -> Answer {
    let id = id_of(&crew)?;
    let version = sent.version.parse().unwrap_or_default();
    let Sent { code, name_en, name_zh, quantity, calendar, .. } = sent;
    let draft = CrewDraft { code, name_en, name_zh, quantity, calendar };
    match app::plan::change_crew(&app, &staff.viewer, staff.edition.id, id, &draft, version).await {
        Ok(()) => {
            let flash = Flash::good("crew-saved").with("code", draft.code.trim());
            see_other_saying(&links::level::crew(&staff.edition.slug, id), &flash)
        }
        Err(app::Error::Stale) => {
            let form = FormState::new(&draft, &[Refusal::conflict("stale")]);
            refused(one(&staff, &app, id, Some(form)).await?)
        }
        Err(error) => {
            let form = FormState::new(&draft, &refusals(error)?);
            refused(one(&staff, &app, id, Some(form)).await?)
        }
    }
}

pub(super) async fn remove(
    staff: Staff<may::PlanEdit>,
    State(app): State<App>,
    Path((_, crew)): Path<(String, String)>,
) -> Answer {
    let crew = app::plan::remove_crew(&app, &staff.viewer, staff.edition.id, id_of(&crew)?).await?;
    let flash = Flash::good("crew-removed").with("code", &crew.code);
    see_other_saying(&links::level::crews(&staff.edition.slug), &flash)
}

/// What a task needs, and all crews.
pub(in crate::organizer::plan) async fn needs<P>(
    staff: &Staff<P>,
    app: &App,
    task: TaskId,
) -> Result<(Vec<domain::plan::Crew>, Vec<CrewNeed>), Fail> {
    let reader = app.reader();
    let crews = read::crews(&reader, staff.edition.id).await?;
    let needs = read::crew_needs(&reader, staff.edition.id).await?;
    Ok((crews, needs.into_iter().filter(|need| need.task == task).collect()))
}

pub(super) async fn need(
    staff: Staff<may::PlanEdit>,
    State(app): State<App>,
    Path((_, name)): Path<(String, String)>,
    Fields(sent): Fields<BTreeMap<String, String>>,
) -> Answer {
    let (id, code) = {
        let board = board(&app, &staff.edition).await?;
        let task = board.find(&name).ok_or(Fail::Missing)?;
        (task.id, task.code.clone())
    };
    let typed: BTreeMap<String, String> =
        sent.iter().filter_map(|(field, text)| Some((field.strip_prefix("crew-")?.to_owned(), text.clone()))).collect();
    match app::plan::need_crews(&app, &staff.viewer, staff.edition.id, id, &typed).await {
        Ok(()) => {
            let flash = Flash::good("crew-needs-saved").with("code", &code);
            see_other_saying(&links::plan::task(&staff.edition.slug, &code), &flash)
        }
        Err(error) => again(&staff, &app, id, (Act::Crews, FormState::new(&sent, &refusals(error)?))).await,
    }
}
