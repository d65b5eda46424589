//! Moving and stretching a task: the effect first, then the change, both through the edit of a task.

use super::board;
use crate::answer::{Answer, Fail, page, refused, see_other_saying};
use crate::fields::Fields;
use crate::guard::{Staff, may};
use crate::path::Path;
use app::App;
use app::plan::Edit;
use axum::extract::State;
use axum::response::{Html, IntoResponse};
use domain::Refusal;
use domain::plan::view::Board;
use domain::plan::{Shift, Task, TaskDraft};
use serde::Deserialize;
use templates::organizer::plan::ShiftPage;
use templates::{Flash, FormState, Href, links};

pub(super) async fn form(
    staff: Staff<may::PlanEdit>,
    State(app): State<App>,
    Path((_, name)): Path<(String, String)>,
) -> Answer {
    let board = board(&app, &staff.edition).await?;
    let task = board.find(&name).ok_or(Fail::Missing)?;
    let form = FormState::of(&Shift::of(&board.sheet, task));
    page(sheet(&staff, &board, task, form)?.render(&staff.shell()))
}

fn sheet<'a>(
    staff: &'a Staff<may::PlanEdit>,
    board: &'a Board,
    task: &Task,
    form: FormState,
) -> Result<ShiftPage<'a>, Fail> {
    let at = board.sheet.position(task.id).ok_or(Fail::Missing)?;
    Ok(ShiftPage {
        slug: &staff.edition.slug,
        row: &board.rows[at],
        form,
        version: task.version,
        revision: board.sheet.revision,
        preview: None,
        wish: None,
        stale: false,
        back: None,
    })
}

/// The form as sent, by a person or by the script of the Gantt.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub(super) struct Sent {
    act: String,
    starts_at: String,
    duration_days: String,
    version: String,
    revision: String,
    back: String,
    /// Asked for by the dialog over the Gantt: the effect without a page around it.
    fragment: String,
}

pub(super) async fn change(
    staff: Staff<may::PlanEdit>,
    State(app): State<App>,
    Path((_, name)): Path<(String, String)>,
    Fields(sent): Fields<Sent>,
) -> Answer {
    let board = board(&app, &staff.edition).await?;
    let task = board.find(&name).ok_or(Fail::Missing)?;
    let shift = Shift { starts_at: sent.starts_at.clone(), duration_days: sent.duration_days.clone() };
    let opened = TaskDraft::of(&board.sheet, task);
    let (mut edit, mut refusals) = match shift.draft(&board.sheet, task) {
        Ok(draft) => (
            Some(Edit { task: task.id, draft, opened, version: task.version, revision: board.sheet.revision }),
            Vec::new(),
        ),
        Err(refusals) => (None, refusals),
    };
    let back = Href::local(&sent.back);
    let mut stale = false;
    if let (true, Some(edit)) = (sent.act == "accept", &mut edit) {
        edit.version = sent.version.parse().unwrap_or_default();
        edit.revision = sent.revision.parse().unwrap_or_default();
        match app::plan::edit_task(&app, &staff.viewer, &staff.edition, edit).await {
            Ok(delta) => {
                let flash = Flash::good("plan-saved").with("code", &task.code).with("count", delta.moves.len());
                let there = back.unwrap_or_else(|| links::plan::task(&staff.edition.slug, &task.code));
                return see_other_saying(&there, &flash);
            }
            Err(app::Error::Stale) => stale = true,
            // The preview says the same, beside the fields.
            Err(app::Error::Refused(_)) => {}
            Err(other) => return Err(other.into()),
        }
    }
    let mut previewed = None;
    if let Some(edit) = &edit {
        let found = app::plan::preview_edit(&app, &staff.edition, edit).await?;
        refusals.extend(found.refusals.iter().cloned());
        previewed = Some(found);
    }
    if stale {
        refusals.insert(0, Refusal::conflict("stale"));
    }
    let lang = staff.ui.lang;
    let mut shown = sheet(&staff, &board, task, FormState::new(&shift, &refusals))?;
    (shown.stale, shown.back) = (stale, back);
    if let (Some(found), Some(edit)) = (&previewed, &edit) {
        shown.preview = found.delta.as_ref().map(|delta| found.board.preview(delta));
        let other = edit.draft.constraint != task.constraint || edit.draft.constraint_on != edit.opened.constraint_on;
        shown.wish = other.then(|| (edit.draft.constraint.clone(), edit.draft.constraint_on.replace('T', " ")));
    }
    let fine = refusals.is_empty();
    if !sent.fragment.is_empty() {
        return Ok(Html(shown.fragment(lang).into_string()).into_response());
    }
    let markup = shown.render(&staff.shell());
    if fine { page(markup) } else { refused(markup) }
}
