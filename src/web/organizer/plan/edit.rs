//! Changing a task and the data date: preview first, then accept.

use super::board;
use super::outline::calendars;
use crate::answer::{Answer, Fail, page, refused, see_other_saying};
use crate::fields::Fields;
use crate::guard::{Staff, may};
use crate::path::Path;
use app::App;
use app::plan::{Edit, Previewed};
use axum::extract::State;
use domain::plan::TaskDraft;
use domain::{Refusal, TaskId};
use serde::Deserialize;
use templates::organizer::plan::{EditPage, Reschedule};
use templates::{Flash, FormState, Markup, links};

pub(super) async fn form(
    staff: Staff<may::PlanEdit>,
    State(app): State<App>,
    Path((_, name)): Path<(String, String)>,
) -> Answer {
    let board = board(&app, &staff.edition).await?;
    let task = board.find(&name).ok_or(Fail::Missing)?;
    let draft = TaskDraft::of(&board.sheet, task);
    let at = board.sheet.position(task.id).ok_or(Fail::Missing)?;
    let edit = EditPage {
        slug: &staff.edition.slug,
        row: &board.rows[at],
        form: FormState::of(&draft),
        opened: &draft,
        version: task.version,
        revision: board.sheet.revision,
        calendars: calendars(&board, staff.ui.lang),
        preview: None,
        clashes: &[],
        taken: &[],
    };
    page(edit.render(&staff.shell()))
}

/// The form as sent: the draft's fields, and what travels unseen.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub(super) struct Sent {
    act: String,
    opened: String,
    version: String,
    revision: String,
    name_en: String,
    name_zh: String,
    objective: String,
    done_when: String,
    duration_days: String,
    constraint: String,
    constraint_on: String,
    deadline_on: String,
    predecessors: String,
    priority: String,
    calendar: String,
}

impl Sent {
    fn edit(&self, task: TaskId) -> Edit {
        let clean = |text: &str| text.replace("\r\n", "\n");
        let draft = TaskDraft {
            name_en: self.name_en.clone(),
            name_zh: self.name_zh.clone(),
            objective: clean(&self.objective),
            done_when: clean(&self.done_when),
            duration_days: self.duration_days.clone(),
            constraint: self.constraint.clone(),
            constraint_on: self.constraint_on.clone(),
            deadline_on: self.deadline_on.clone(),
            predecessors: clean(&self.predecessors),
            priority: self.priority.clone(),
            calendar: self.calendar.clone(),
        };
        Edit {
            task,
            // Without the version a form was opened with, everything typed counts as typed.
            opened: serde_json::from_str(&self.opened).unwrap_or_default(),
            draft,
            version: self.version.parse().unwrap_or_default(),
            revision: self.revision.parse().unwrap_or_default(),
        }
    }
}

pub(super) async fn change(
    staff: Staff<may::PlanEdit>,
    State(app): State<App>,
    Path((_, name)): Path<(String, String)>,
    Fields(sent): Fields<Sent>,
) -> Answer {
    let found = board(&app, &staff.edition).await?;
    let task = found.find(&name).ok_or(Fail::Missing)?;
    let edit = sent.edit(task.id);
    let mut stale = false;
    if sent.act == "accept" {
        match app::plan::edit_task(&app, &staff.viewer, &staff.edition, &edit).await {
            Ok(delta) => {
                let flash = Flash::good("plan-saved").with("code", &task.code).with("count", delta.moves.len());
                return see_other_saying(&links::plan::task(&staff.edition.slug, &task.code), &flash);
            }
            Err(app::Error::Stale) => stale = true,
            // The preview says the same, beside the fields.
            Err(app::Error::Refused(_)) => {}
            Err(other) => return Err(other.into()),
        }
    }
    let previewed = app::plan::preview_edit(&app, &staff.edition, &edit).await?;
    let markup = show(&staff, &edit, &previewed, stale)?;
    if stale || !previewed.refusals.is_empty() || previewed.crossed() { refused(markup) } else { page(markup) }
}

fn show(staff: &Staff<may::PlanEdit>, edit: &Edit, previewed: &Previewed, stale: bool) -> Result<Markup, Fail> {
    let board = &previewed.board;
    let at = board.sheet.position(edit.task).ok_or(Fail::Missing)?;
    let mut refusals = previewed.refusals.clone();
    if stale {
        refusals.insert(0, Refusal::conflict("stale"));
    }
    let edit_page = EditPage {
        slug: &staff.edition.slug,
        row: &board.rows[at],
        form: FormState::new(&previewed.merged.draft, &refusals),
        opened: &previewed.now,
        version: board.sheet.tasks[at].version,
        revision: board.sheet.revision,
        calendars: calendars(board, staff.ui.lang),
        preview: previewed.delta.as_ref().map(|delta| board.preview(delta)),
        clashes: previewed.clashes(),
        taken: &previewed.merged.taken,
    };
    Ok(edit_page.render(&staff.shell()))
}

async fn reschedule_page(staff: &Staff<may::PlanEdit>, app: &App, stale: bool) -> Result<Markup, Fail> {
    let (board, delta) = app::plan::preview_reschedule(app, &staff.edition).await?;
    let preview = board.preview(&delta);
    let slug = &staff.edition.slug;
    Ok(Reschedule { slug, preview: &preview, revision: board.sheet.revision, stale }.render(&staff.shell()))
}

pub(super) async fn preview_reschedule(staff: Staff<may::PlanEdit>, State(app): State<App>) -> Answer {
    page(reschedule_page(&staff, &app, false).await?)
}

#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub(super) struct Accept {
    revision: String,
}

pub(super) async fn reschedule(
    staff: Staff<may::PlanEdit>,
    State(app): State<App>,
    Fields(sent): Fields<Accept>,
) -> Answer {
    let revision = sent.revision.parse().unwrap_or_default();
    match app::plan::reschedule(&app, &staff.viewer, &staff.edition, Some(revision)).await {
        Ok(delta) => {
            let flash = Flash::good("plan-rescheduled").with("count", delta.moves.len());
            see_other_saying(&links::plan::home(&staff.edition.slug), &flash)
        }
        Err(app::Error::Stale) => refused(reschedule_page(&staff, &app, true).await?),
        Err(other) => Err(other.into()),
    }
}
