//! The acts of the loop, each a form of the task's page.

use super::{board, task::again};
use crate::answer::{Answer, Fail, refusals, see_other_saying};
use crate::fields::Fields;
use crate::guard::{Staff, may};
use crate::path::Path;
use crate::upload::FormWithFile;
use app::App;
use app::plan::{Assign, CheckDraft};
use axum::extract::State;
use domain::TaskId;
use domain::plan::DeviationDraft;
use domain::plan::work::{Aside, Verdict};
use domain::refusal::Parse;
use serde::{Deserialize, Serialize};
use templates::organizer::plan::Act;
use templates::{Flash, FormState, Href, links};

type TaskPath = Path<(String, String)>;

/// The task a path names.
async fn task_of<P>(staff: &Staff<P>, app: &App, name: &str) -> Result<(TaskId, String), Fail> {
    let board = board(app, &staff.edition).await?;
    let task = board.find(name).ok_or(Fail::Missing)?;
    Ok((task.id, task.code.clone()))
}

/// Back to the task with a word of success, or the form again with what was refused.
async fn answer<P, D: Serialize>(
    staff: &Staff<P>,
    app: &App,
    task: (TaskId, String),
    form: (Act, &D),
    done: Result<&str, app::Error>,
    back: &str,
) -> Answer {
    match done {
        Ok(flash) => {
            let flash = Flash::good(flash).with("code", &task.1);
            let there = Href::local(back).unwrap_or_else(|| links::plan::task(&staff.edition.slug, &task.1));
            see_other_saying(&there, &flash)
        }
        Err(error) => {
            let (act, draft) = form;
            again(staff, app, task.0, (act, FormState::new(draft, &refusals(error)?))).await
        }
    }
}

pub(super) async fn assign(
    staff: Staff<may::PlanEdit>,
    State(app): State<App>,
    Path((_, name)): TaskPath,
    Fields(draft): Fields<Assign>,
) -> Answer {
    let task = task_of(&staff, &app, &name).await?;
    let done = app::plan::assign(&app, &staff.viewer, staff.edition.id, task.0, &draft).await;
    answer(&staff, &app, task, (Act::Assign, &draft), done.map(|()| "plan-assigned"), "").await
}

#[derive(Debug, Default, Serialize, Deserialize)]
#[serde(default)]
pub(super) struct Start {
    waiver: String,
    back: String,
}

pub(super) async fn start(
    staff: Staff<may::PlanWork>,
    State(app): State<App>,
    Path((_, name)): TaskPath,
    Fields(draft): Fields<Start>,
) -> Answer {
    let task = task_of(&staff, &app, &name).await?;
    let done = app::plan::start(&app, &staff.viewer, staff.edition.id, task.0, Some(&draft.waiver)).await;
    answer(&staff, &app, task, (Act::Start, &draft), done.map(|()| "plan-started"), &draft.back).await
}

#[derive(Debug, Default, Serialize, Deserialize)]
#[serde(default)]
pub(super) struct Report {
    percent: String,
    back: String,
}

pub(super) async fn report(
    staff: Staff<may::PlanWork>,
    State(app): State<App>,
    Path((_, name)): TaskPath,
    Fields(draft): Fields<Report>,
) -> Answer {
    let task = task_of(&staff, &app, &name).await?;
    let done = app::plan::report(&app, &staff.viewer, staff.edition.id, task.0, &draft.percent).await;
    answer(&staff, &app, task, (Act::Report, &draft), done.map(|()| "plan-reported"), &draft.back).await
}

pub(super) async fn submit(
    staff: Staff<may::PlanWork>,
    State(app): State<App>,
    Path((_, name)): TaskPath,
    form: FormWithFile,
) -> Answer {
    let task = task_of(&staff, &app, &name).await?;
    let done = match &form.file {
        Ok(file) => {
            let (viewer, edition) = (&staff.viewer, staff.edition.id);
            app::plan::submit(&app, viewer, edition, task.0, form.text("text"), file.as_ref()).await
        }
        Err(refusal) => Err(refusal.clone().into()),
    };
    answer(&staff, &app, task, (Act::Submit, &form.fields), done.map(|()| "plan-submitted"), form.text("back")).await
}

pub(super) async fn check(
    staff: Staff<may::PlanCheck>,
    State(app): State<App>,
    Path((_, name)): TaskPath,
    mut form: FormWithFile,
) -> Answer {
    let task = task_of(&staff, &app, &name).await?;
    let draft = CheckDraft {
        answers: super::gate::answers(&mut form),
        text: form.text("text").to_owned(),
        cause: form.text("cause").to_owned(),
        corrective_action: form.text("corrective_action").to_owned(),
        severity: form.text("severity").to_owned(),
    };
    let done = match &form.file {
        Ok(file) => app::plan::check(&app, &staff.viewer, staff.edition.id, task.0, &draft, file.as_ref()).await,
        Err(refusal) => Err(refusal.clone().into()),
    };
    let said = done.map(|verdict| match verdict {
        Verdict::Accepted => "plan-accepted",
        Verdict::Rejected => "plan-rejected",
        Verdict::Open => "plan-checking",
    });
    answer(&staff, &app, task, (Act::Check, &form.fields), said, form.text("back")).await
}

#[derive(Debug, Default, Serialize, Deserialize)]
#[serde(default)]
pub(super) struct Reason {
    back: String,
    act: String,
    reason: String,
    text: String,
}

pub(super) async fn reject(
    staff: Staff<may::PlanCheck>,
    State(app): State<App>,
    Path((_, name)): TaskPath,
    Fields(draft): Fields<Reason>,
) -> Answer {
    let task = task_of(&staff, &app, &name).await?;
    let done = app::plan::reject(&app, &staff.viewer, staff.edition.id, task.0, &draft.reason).await;
    answer(&staff, &app, task, (Act::Reject, &draft), done.map(|()| "plan-rejected"), &draft.back).await
}

pub(super) async fn confirm(
    staff: Staff<may::PlanConfirm>,
    State(app): State<App>,
    Path((_, name)): TaskPath,
    Fields(draft): Fields<Reason>,
) -> Answer {
    let task = task_of(&staff, &app, &name).await?;
    let done = app::plan::confirm(&app, &staff.viewer, staff.edition.id, task.0, &draft.text).await;
    answer(&staff, &app, task, (Act::Confirm, &draft), done.map(|()| "plan-confirmed"), &draft.back).await
}

pub(super) async fn aside(
    staff: Staff<may::PlanWork>,
    State(app): State<App>,
    Path((_, name)): TaskPath,
    Fields(draft): Fields<Reason>,
) -> Answer {
    let task = task_of(&staff, &app, &name).await?;
    let mut parse = Parse::new();
    let act = parse.choice("act", &draft.act, Aside::parse);
    let done = match (parse.finish(|| ()), act) {
        (Ok(()), Some(act)) => {
            app::plan::step_aside(&app, &staff.viewer, staff.edition.id, task.0, act, &draft.reason).await
        }
        (Err(refused), _) => Err(refused.into()),
        (Ok(()), None) => Err(app::Error::Missing),
    };
    answer(&staff, &app, task, (Act::Aside, &draft), done.map(|()| "plan-aside-done"), &draft.back).await
}

pub(super) async fn deviate(
    staff: Staff<may::PlanWork>,
    State(app): State<App>,
    Path((_, name)): TaskPath,
    Fields(draft): Fields<DeviationDraft>,
) -> Answer {
    let task = task_of(&staff, &app, &name).await?;
    let done = app::plan::open_deviation(&app, &staff.viewer, staff.edition.id, Some(task.0), &draft).await;
    answer(&staff, &app, task, (Act::Deviate, &draft), done.map(|_| "plan-deviation-opened-flash"), "").await
}
