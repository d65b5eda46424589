//! What each exhibitor has to do, and how far they are: mostly done, some late, a few waived.

use super::exhibitors::Holder;
use super::site::Made;
use super::stage::Stage;
use app::Error;
use chrono::{DateTime, Duration, Utc};
use domain::TaskId;
use domain::exhibitor::{Duty, DutyState, ExhibitorDuty};
use std::collections::HashMap;
use store::record::exhibitor as record;

/// Gives every exhibitor its duties. `deadlines` are the plan's.
///
/// # Errors
/// When the database does not answer.
pub async fn hand_out(
    stage: &mut Stage,
    made: &Made,
    holders: &[Holder],
    deadlines: &HashMap<TaskId, DateTime<Utc>>,
) -> Result<(), Error> {
    let mut chance = stage.chance(&format!("duties {}", made.edition.slug));
    let now = stage.calendar.now;
    let given = stage.calendar.at(-190, 10 * 60);
    let tx = stage.app.store().begin().await?;
    let duties: Vec<Duty> = record::duties(&tx, made.edition.id).await?;
    let mut own = Vec::new();
    for (index, holder) in holders.iter().enumerate() {
        // Some are always late; the first is the one people try out and has something left to do.
        let care = if index == 0 { 60 } else { chance.between(82, 100) };
        for duty in duties.iter().filter(|duty| duty.applies_to.covers(&holder.held)) {
            let deadline = duty.task.and_then(|task| deadlines.get(&task)).copied().unwrap_or(now);
            let past = deadline < now;
            let done = chance.percent(usize::try_from(if past { care } else { care / 3 }).unwrap_or(50));
            let waived = !done && past && chance.percent(8);
            let state = match (done, waived) {
                (true, _) => DutyState::Done,
                (_, true) => DutyState::Waived,
                _ => DutyState::Open,
            };
            let before = deadline - Duration::hours(chance.between(3, 900));
            let at = before.clamp(given, now - Duration::minutes(3));
            own.push(ExhibitorDuty {
                id: chance.id(given),
                edition: made.edition.id,
                duty: duty.id,
                participation: holder.participation,
                company: String::new(),
                state,
                note: if state == DutyState::Done { note(&duty.code, &mut chance) } else { String::new() },
                document: None,
                done_at: (state != DutyState::Open).then_some(at),
                done_by: None,
                version: 1,
            });
        }
    }
    for part in own.chunks(2_000) {
        record::insert_own_duties(&tx, part).await?;
    }
    Ok(tx.commit().await?)
}

fn note(code: &str, chance: &mut super::chance::Chance) -> String {
    match code {
        "service_power" => format!("{} kW, outlet at the back wall", chance.between(3, 60)),
        "staff_badges" => format!("{} badges", chance.between(2, 12)),
        "move_in" => format!("Truck on build-up day {}, {:02}:00", chance.between(1, 5), chance.between(8, 19)),
        "exhibits" => format!("{} exhibits over 1 t, heaviest {} t", chance.between(0, 4), chance.between(1, 14)),
        _ => "Handed in with the form".to_owned(),
    }
}
