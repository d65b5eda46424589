//! Changes of the plan that were accepted this morning: the stories of what moved and why have something to tell.

use super::stage::Stage;
use app::Error;
use app::plan::Edit;
use domain::access::{Role, Viewer};
use domain::edition::Edition;
use domain::plan::TaskDraft;
use store::read;

/// Tasks that take longer than planned: code, days more, whose change it is.
const LONGER: &[(&str, i64, Role)] = &[("X04", 1, Role::Manager), ("Q04", 3, Role::Director)];

/// Accepts them through the use case, one after the other.
///
/// # Errors
/// When the database does not answer or a change is refused.
pub async fn accept(stage: &Stage, edition: &Edition) -> Result<(), Error> {
    let reader = stage.app.reader();
    for (code, days, role) in LONGER {
        let Some(sheet) = read::plan::sheet(&reader, edition.id).await? else { return Ok(()) };
        let Some(task) = sheet.tasks.iter().find(|task| task.code == *code) else { continue };
        let opened = TaskDraft::of(&sheet, task);
        let planned = task.duration / domain::plan::DAY;
        let draft = TaskDraft { duration_days: (planned + days).to_string(), ..opened.clone() };
        let edit = Edit { task: task.id, draft, opened, version: task.version, revision: sheet.revision };
        let member = stage.member(*role);
        let viewer =
            Viewer { user: member.id, name: member.name.clone(), admin: false, grants: Vec::new(), token: None };
        app::plan::edit_task(&stage.app, &viewer, edition, &edit).await?;
    }
    Ok(())
}
