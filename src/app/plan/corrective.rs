//! Corrective actions: tasks of the plan that put a deviation right, with owner and day like any other.

use super::deviation::on_team;
use super::extra_task::{Extra, join};
use super::under_way::take;
use crate::{App, Error};
use domain::access::Viewer;
use domain::edition::Edition;
use domain::journal::{Fact, Subject, SubjectKind};
use domain::plan::deviation::DeviationState;
use domain::plan::{Function, PlaceKind, axis};
use domain::refusal::Parse;
use domain::{Bilingual, DeviationId, Refusal};
use serde::{Deserialize, Serialize};
use store::read::plan as read;
use store::record::deviation as record;
use templates::Lang;

/// The shortest and the longest a corrective action may take, minutes.
const MINUTES: (i64, i64) = (15, 40_320);

/// A corrective action as typed.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct CorrectiveDraft {
    /// What to do.
    pub name: String,
    /// User id.
    pub owner: String,
    /// `YYYY-MM-DD`.
    pub due_on: String,
}

/// Adds a corrective action to a deviation; answers the code of its task.
///
/// # Errors
/// Fields that cannot be read, an owner who is not on the team, a day in the past, a closed deviation.
pub async fn add_corrective(
    app: &App,
    viewer: &Viewer,
    edition: &Edition,
    id: DeviationId,
    draft: &CorrectiveDraft,
) -> Result<String, Error> {
    let today = edition.day(app.now());
    let mut parse = Parse::new();
    let name = parse.required("name", &draft.name, 200);
    parse.required("owner", &draft.owner, 100);
    let due = parse.date("due_on", &draft.due_on);
    if due.is_some_and(|due| due < today) {
        parse.refuse(Refusal::invalid("corrective-past").at("due_on"));
    }
    parse.finish(|| ())?;
    on_team(app, edition.id, &draft.owner).await?;
    let mut work = app.begin(viewer.actor()).await?;
    let one = read::deviation(work.tx(), edition.id, id).await?.ok_or(Error::Missing)?;
    if one.state == DeviationState::Closed {
        return Err(Refusal::conflict("deviation-closed").into());
    }
    let plan = take(&work, edition.id).await?;
    let line = read::watch::line(work.tx(), edition.id).await?;
    let code = free_code(&read::watch::codes(work.tx(), edition.id, "CA").await?);
    let at = one.task.and_then(|id| plan.old.tasks.iter().find(|task| task.id == id));
    let deadline = due.map(|due| axis::instant(axis::midnight(due) + 1440, edition.time_zone));
    let left = deadline.map_or(MINUTES.1, |deadline| (deadline - work.now()).num_minutes());
    let extra = Extra {
        code: code.clone(),
        name: Bilingual::new(name, ""),
        stage: Bilingual::new(Lang::EN.t("watch-corrective-stage"), Lang::ZH.t("watch-corrective-stage")),
        objective: one.title.clone(),
        role: at.map_or(Function::Operations, |task| task.role),
        confirmer_role: at.map_or(Function::ShowManager, |task| task.confirmer_role),
        owner: draft.owner.trim().parse().ok(),
        minutes: left.clamp(MINUTES.0, 1440),
        starts: work.now(),
        deadline,
        place: at.and_then(|task| task.place),
        place_kind: at.map_or(PlaceKind::Office, |task| task.place_kind),
        after: Vec::new(),
    };
    let mut new = plan.old.clone();
    let ids = join(&work, edition, &mut new, &[extra], &line).await?;
    let action: domain::DeviationId = work.id();
    for task in ids {
        record::insert_action(work.tx(), action.uuid(), edition.id, one.id, task, work.now()).await?;
    }
    plan.settle(&mut work, new, None).await?;
    let about = Subject::new(SubjectKind::Deviation, one.id);
    work.note([Fact::new("deviation.action_added", about, edition.id).with("code", code.as_str())]);
    work.commit().await?;
    Ok(code)
}

/// The first `CA` number nobody has.
fn free_code(taken: &[String]) -> String {
    let numbers = taken.iter().filter_map(|code| code.strip_prefix("CA")?.parse::<u32>().ok());
    format!("CA{}", numbers.max().unwrap_or(0) + 1)
}
