//! The plan of the edition before, as it really went: what its template can learn from.

use super::control::Team;
use super::stage::Stage;
use app::Error;
use chrono::Duration;
use domain::access::Role;
use domain::edition::Edition;
use domain::plan::{DAY, Task, TaskState};
use store::record::plan as record;

/// Tasks that took another time than planned, as a factor in percent, and how many rounds they needed.
const REAL: &[(&str, i64, i32)] = &[
    ("S08", 118, 1),
    ("S10", 112, 2),
    ("E08", 131, 2),
    ("E09", 140, 3),
    ("E11", 75, 1),
    ("E13", 125, 1),
    ("M05", 92, 1),
    ("M06", 135, 2),
    ("M12", 84, 1),
    ("L03", 160, 2),
    ("L04", 120, 1),
    ("F03", 150, 1),
    ("F04", 133, 2),
    ("R03", 80, 1),
    ("R07", 127, 1),
    ("R08", 140, 2),
    ("B08", 150, 2),
    ("B11", 200, 2),
];

/// Makes the plan of a finished edition and fills in what really happened.
///
/// # Errors
/// When the database does not answer.
pub async fn lived(stage: &mut Stage, edition: &Edition) -> Result<(), Error> {
    let created = edition.instant(edition.opens_on.and_hms_opt(9, 30, 0).expect("a time")) - Duration::days(545);
    stage.clock.set(created);
    let director = stage.actor(stage.member(Role::Director).id);
    let mut work = stage.app.begin(director).await?;
    app::plan::prepare_plan(&mut work, edition, edition.template.as_deref().unwrap_or("trade-show")).await?;
    work.commit().await?;
    stage.clock.set(stage.calendar.now);
    let tx = stage.app.store().begin().await?;
    let mut sheet = store::read::plan::sheet(&tx, edition.id).await?.ok_or(Error::Missing)?;
    let team = Team { by_role: stage.by_role() };
    let mut chance = stage.chance("the edition before");
    for task in &mut sheet.tasks {
        let (factor, rounds) = REAL
            .iter()
            .find(|(code, ..)| *code == task.code)
            .map_or((100, 1), |(_, factor, rounds)| (*factor, *rounds));
        let factor = factor + chance.between(-4, 4);
        happened(task, factor, rounds, &team, &mut chance);
        let end = task.actual_finish.unwrap_or(created);
        let first = if rounds > 1 { end - Duration::days((task.duration / DAY / 5).max(1)) } else { end };
        let by = task.owner.expect("assigned");
        for (round, at) in [(1, first), (rounds, end)].into_iter().take(if rounds > 1 { 2 } else { 1 }) {
            let text = task.done_when.clone();
            let report = record::NewReport { id: chance.id(at), kind: "submit", round, text, document: None, by };
            record::insert_report(&tx, edition.id, task.id, &report, at).await?;
        }
        record::save(&tx, task).await?;
    }
    sheet.data_date =
        Some(edition.instant(edition.breakdown_until.and_hms_opt(18, 0, 0).expect("a time")) + Duration::days(60));
    record::save_plan(&tx, &sheet, stage.calendar.now).await?;
    Ok(tx.commit().await?)
}

fn happened(task: &mut Task, factor: i64, rounds: i32, team: &Team, chance: &mut super::chance::Chance) {
    let minutes = (task.duration * factor / 100).max(60);
    let begins = task.dates.early_start + Duration::minutes(chance.between(8 * 60, 9 * 60 + 30));
    // Whole days end in the afternoon of their last day.
    let length =
        if task.duration >= DAY { (minutes / DAY).max(1) * DAY - chance.between(15, 17) * 60 } else { minutes };
    let owner = team.pick(task.role, &[], chance);
    let checker = team.pick(task.role, &[owner], chance);
    task.owner = Some(owner);
    task.checker = Some(checker);
    task.confirmer = Some(team.pick(task.confirmer_role, &[owner, checker], chance));
    task.actual_start = Some(begins);
    task.actual_finish = Some(begins + Duration::minutes(length.max(60)));
    task.percent = 100;
    task.round = rounds;
    task.state = TaskState::Confirmed;
}
