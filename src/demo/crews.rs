//! The crews that build and strip the show, what tasks need of them, and a levelling of what is still to come.

use super::site::Made;
use super::stage::Stage;
use app::Error;
use domain::access::Role;
use domain::plan::level::plan::levelling::{Levelling, LevellingState};
use domain::plan::level::plan::propose::propose;
use domain::plan::{Crew, CrewNeed};
use domain::{Bilingual, Refusal};
use store::read::plan as read;
use store::record::plan as record;

/// Code, names, how many there are.
const CREWS: &[(&str, &str, &str, i32)] = &[
    ("CARP", "Carpenters", "木工", 60),
    ("CLEAN", "Cleaners", "保洁员", 50),
    ("ELEC", "Electricians", "电工", 24),
    ("FORK", "Forklift teams", "叉车组", 10),
    ("IT", "IT technicians", "网络技术员", 8),
    ("LAB", "General labour", "普工", 40),
    ("MARK", "Floor marking teams", "放线队", 6),
    ("RIG", "Riggers", "吊装工", 12),
    ("SEC", "Security guards", "保安员", 110),
    ("TRAF", "Traffic marshals", "交通疏导员", 16),
];

/// Task, crew, how many.
const NEEDS: &[(&str, &str, i32)] = &[
    ("B02", "MARK", 6),
    ("B03", "TRAF", 12),
    ("B04", "RIG", 10),
    ("B05", "ELEC", 20),
    ("B06", "FORK", 8),
    ("B06", "RIG", 4),
    ("B07", "CARP", 32),
    ("B08", "CARP", 24),
    ("B09", "CARP", 18),
    ("B09", "LAB", 20),
    ("B11", "ELEC", 10),
    ("B12", "FORK", 4),
    ("B12", "LAB", 16),
    ("B13", "ELEC", 4),
    ("B13", "IT", 6),
    ("B16", "IT", 4),
    ("B19", "CLEAN", 45),
    ("B20", "SEC", 60),
    ("O03", "IT", 4),
    ("O04", "SEC", 30),
    ("O05", "SEC", 24),
    ("O11", "CLEAN", 30),
    ("O11", "TRAF", 6),
    ("X01", "CLEAN", 30),
    ("X01", "SEC", 50),
    ("X02", "FORK", 4),
    ("X02", "LAB", 24),
    ("X03", "FORK", 6),
    ("X03", "TRAF", 12),
    ("X04", "CARP", 40),
    ("X04", "FORK", 5),
    ("X04", "LAB", 30),
    ("X05", "FORK", 8),
    ("X05", "RIG", 8),
    ("X07", "CLEAN", 20),
    ("X07", "SEC", 20),
];

/// Schedules tried for the proposal.
const BUDGET: u64 = 240;

/// Hires the crews of the show and says which tasks need them.
///
/// # Errors
/// When the database does not answer.
pub async fn hire(stage: &Stage, made: &Made) -> Result<(), Error> {
    let edition = made.edition.id;
    let mut chance = stage.chance("crews");
    let hired = stage.calendar.at(-60, 10 * 60);
    let tx = stage.app.store().begin().await?;
    let sheet = read::sheet(&tx, edition).await?.ok_or(Error::Missing)?;
    let crews: Vec<Crew> = CREWS
        .iter()
        .map(|&(code, en, zh, quantity)| Crew {
            id: chance.id(hired),
            edition,
            code: code.to_owned(),
            name: Bilingual::new(en, zh),
            quantity,
            calendar: None,
            version: 1,
        })
        .collect();
    let need = |&(task, crew, quantity): &(&str, &str, i32)| {
        let task = sheet.tasks.iter().find(|one| one.code == task)?.id;
        let crew = crews.iter().find(|one| one.code == crew)?.id;
        Some(CrewNeed { task, crew, quantity })
    };
    let needs: Vec<CrewNeed> = NEEDS.iter().filter_map(need).collect();
    record::insert_crews(&tx, &crews).await?;
    record::insert_crew_needs(&tx, edition, &needs).await?;
    tx.commit().await?;
    Ok(())
}

/// Levels what is still to come, as the plan is at the end of all that happened to it.
///
/// # Errors
/// When the database does not answer.
pub async fn level(stage: &Stage, made: &Made) -> Result<(), Error> {
    let edition = made.edition.id;
    let manager = stage.member(Role::Manager).id;
    let mut work = stage.app.begin(stage.actor(manager)).await?;
    let sheet = read::sheet(work.tx(), edition).await?.ok_or(Error::Missing)?;
    let (crews, needs) = (read::crews(work.tx(), edition).await?, read::crew_needs(work.tx(), edition).await?);
    let computed = sheet.compute().map_err(|_| Refusal::invalid("plan-cycle"))?;
    let proposal = propose(&sheet, &computed, &crews, &needs, (BUDGET, 1), &mut |_| true)
        .map_err(|_| Refusal::invalid("plan-cycle"))?;
    let wish = Levelling::asked(work.id(), edition, (BUDGET, 1), sheet.revision, Some(manager), work.now());
    let levelling =
        Levelling { state: LevellingState::Proposed, built: proposal.built, proposal: Some(proposal), ..wish };
    record::insert_levelling(work.tx(), &levelling).await?;
    work.note([levelling.fact("asked").with("budget", BUDGET), levelling.fact("proposed")]);
    work.commit().await
}
