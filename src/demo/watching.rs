//! Supervision and contingency in the demonstration: reports that came and some that did not, deviations on their way
//! up the line, eight weeks of promises with their reasons, and an incident of this morning with its whole log. All of
//! it goes through the use cases people use, on a clock that is set back.

use super::chance::Chance;
use super::site::Made;
use super::stage::{Member, Stage};
use app::Error;
use app::plan::{Answer, CheckDraft, incident};
use chrono::{DateTime, Days, Duration, Utc};
use domain::access::{Grant, Role, Viewer};
use domain::edition::Edition;
use domain::plan::commitment::{Commitment, Outcome, Span, reasons};
use domain::plan::{DeviationDraft, Kind, Sheet, Task};
use domain::{EditionId, UserId};
use store::record::deviation::{Progress, insert_progress};

/// Tasks in work nobody has reported on for a while.
const SILENT: &[&str] = &["M05", "O05", "O08"];
/// The hall that was dark this morning.
const DARK: &str = "N3";

/// Lets supervision happen.
///
/// # Errors
/// When the database does not answer or a rule says no.
pub async fn supervise(stage: &mut Stage, made: &Made) -> Result<(), Error> {
    let edition = &made.edition;
    incident_of_this_morning(stage, edition).await?;
    let sheet = store::read::plan::sheet(&stage.app.reader(), edition.id).await?.ok_or(Error::Missing)?;
    reports(stage, edition.id, &sheet).await?;
    promises(stage, edition, &sheet).await?;
    deviations(stage, edition).await?;
    stage.clock.set(stage.calendar.now);
    Ok(())
}

/// A member of the team as the app knows who calls.
fn viewer(member: &Member, edition: EditionId) -> Viewer {
    Viewer {
        user: member.id,
        name: member.name.clone(),
        admin: false,
        grants: vec![Grant { edition: Some(edition), role: member.role }],
        token: None,
    }
}

fn who(stage: &Stage, user: Option<UserId>, edition: EditionId) -> Option<Viewer> {
    stage.staff.iter().find(|member| Some(member.id) == user).map(|member| viewer(member, edition))
}

async fn reports(stage: &Stage, edition: EditionId, sheet: &Sheet) -> Result<(), Error> {
    let mut chance = stage.chance("reports");
    let now = stage.calendar.now;
    let mut all = Vec::new();
    for task in sheet.tasks.iter().filter(|task| task.state.is_working()) {
        let (Some(began), Some(by)) = (task.actual_start, task.owner) else { continue };
        let silent = SILENT.contains(&task.code.as_str());
        let last = if silent { now - Duration::hours(30) } else { now - Duration::minutes(chance.between(4, 25)) };
        for (at, percent) in [(last - Duration::hours(26), task.percent / 2), (last, task.percent)] {
            if at > began {
                all.push(Progress { id: chance.id(at), task: task.id, percent, by, at });
            }
        }
    }
    let tx = stage.app.store().begin().await?;
    insert_progress(&tx, edition, &all).await?;
    Ok(tx.commit().await?)
}

/// Eight weeks of promises, better from week to week, and those of today.
async fn promises(stage: &Stage, edition: &Edition, sheet: &Sheet) -> Result<(), Error> {
    let mut chance = stage.chance("promises");
    let today = edition.day(stage.calendar.now);
    let monday = Span::Week.first_day(today);
    let mut all: Vec<Commitment> = Vec::new();
    for back in (1..=8u64).rev() {
        let begins = monday - Days::new(back * 7);
        let kept = 55 + (8 - back as usize) * 4;
        let last = Span::Week.last(begins);
        for task in touched(edition, sheet, begins, last).take(14) {
            let one = promised(stage, edition, &mut chance, task, (Span::Week, begins));
            all.push(judged(one, edition, &mut chance, kept, task));
        }
    }
    for back in (0..=6u64).rev() {
        let begins = today - Days::new(back);
        for task in touched(edition, sheet, begins, begins).take(9) {
            let one = promised(stage, edition, &mut chance, task, (Span::Day, begins));
            all.push(if back == 0 { one } else { judged(one, edition, &mut chance, 78, task) });
        }
    }
    let tx = stage.app.store().begin().await?;
    store::record::commitment::insert(&tx, &all).await?;
    Ok(tx.commit().await?)
}

fn touched<'a>(
    edition: &Edition,
    sheet: &'a Sheet,
    from: chrono::NaiveDate,
    last: chrono::NaiveDate,
) -> impl Iterator<Item = &'a Task> + use<'a> {
    let edition = edition.clone();
    let within = move |task: &&Task| {
        let (begins, ends) = (edition.day(task.dates.early_start), edition.day(task.dates.early_finish));
        task.kind == Kind::Task && begins <= last && ends >= from && task.owner.is_some()
    };
    sheet.tasks.iter().filter(within)
}

fn promised(
    stage: &Stage,
    edition: &Edition,
    chance: &mut Chance,
    task: &Task,
    period: (Span, chrono::NaiveDate),
) -> Commitment {
    let (span, begins_on) = period;
    let at = edition.instant(begins_on.and_hms_opt(8, 40, 0).expect("a time")).min(stage.calendar.now);
    Commitment {
        id: chance.id(at),
        edition: edition.id,
        task: task.id,
        span,
        begins_on,
        team: task.role,
        goal: 100,
        outcome: Outcome::Open,
        reason: None,
        note: String::new(),
        promised_by: task.owner.expect("owned tasks only"),
        promised_at: at,
        judged_by: None,
        judged_at: None,
        version: 1,
    }
}

fn judged(mut one: Commitment, edition: &Edition, chance: &mut Chance, kept: usize, task: &Task) -> Commitment {
    let done = chance.percent(kept);
    // What holds work up most is what lies before it.
    let weight = |code: &str| match code {
        "predecessor" => 9,
        "information" | "supplier" => 6,
        "approval" | "people" => 4,
        "material" | "change" => 3,
        _ => 1,
    };
    one.outcome = if done { Outcome::Done } else { Outcome::Missed };
    if !done {
        one.reason = Some(chance.weighted(reasons(), |reason| weight(&reason.code)).code.clone());
    }
    let evening = one.span.last(one.begins_on).and_hms_opt(18, 5, 0).expect("a time");
    one.judged_by = task.checker.or(task.owner);
    one.judged_at = Some(edition.instant(evening));
    one
}

/// Deviations people opened today, and the looks that found what nobody had said and lifted what nobody had closed.
async fn deviations(stage: &Stage, edition: &Edition) -> Result<(), Error> {
    let now = stage.calendar.now;
    let service = viewer(stage.member(Role::CustomerService), edition.id);
    let hall = viewer(stage.member(Role::HallManager), edition.id);
    let minor = |title: &str, cause: &str| DeviationDraft {
        severity: "minor".to_owned(),
        title: title.to_owned(),
        cause: cause.to_owned(),
        ..DeviationDraft::default()
    };
    let opened = [
        (
            26 * 60,
            &service,
            minor("Carpet seam open in aisle C of hall N1", "Tape gave way under the cleaning machine"),
        ),
        (5 * 60, &hall, minor("Two signs to the press centre point the wrong way", "Hung from the plan before last")),
        (40, &service, minor("Water dispenser in hall N2 is empty", "")),
    ];
    for (minutes, by, draft) in opened {
        stage.clock.set(now - Duration::minutes(minutes));
        app::plan::open_deviation(&stage.app, by, edition.id, None, &draft).await?;
    }
    for hours in [72, 25, 9, 4, 1, 0] {
        stage.clock.set(now - Duration::hours(hours));
        app::plan::watch(&stage.app, edition).await?;
    }
    Ok(())
}

/// Half of a hall went dark before the doors opened; an hour later it was over.
async fn incident_of_this_morning(stage: &Stage, edition: &Edition) -> Result<(), Error> {
    let at = |minute: i64| stage.calendar.at(0, minute);
    let set = |minute: i64| stage.clock.set(at(minute));
    let hall = viewer(stage.member(Role::HallManager), edition.id);
    let safety = viewer(stage.member(Role::Safety), edition.id);
    let operations = viewer(stage.member(Role::Operations), edition.id);
    let app = &stage.app;
    let tree = store::read::venue::tree(&app.reader(), edition.venue, edition.id).await?;
    let Some(place) = tree.iter().map(|row| &row.place).find(|place| place.code == DARK) else { return Ok(()) };
    set(7 * 60 + 32);
    let declared = incident::Declare {
        hazard: "K07".to_owned(),
        place: place.id.to_string(),
        note: "Rows C to F dark, emergency light on".to_owned(),
    };
    let number = incident::declare(app, &hall, edition, &declared).await?;
    let page = store::read::plan::incident::page(&app.reader(), edition.id, number, at(7 * 60 + 33)).await?;
    let Some(page) = page else { return Ok(()) };
    let id = page.row.incident.id;
    set(7 * 60 + 36);
    incident::first_action(app, &hall, edition.id, id, "Exits lit, machines off, gates of N3 held").await?;
    let told = [
        (7 * 60 + 41, &safety, "Nobody hurt; two exhibitors were in the hall"),
        (7 * 60 + 49, &operations, "馈线柜 N3-2 跳闸，疑似展位 C14 过载"),
        (8 * 60 + 3, &hall, "Feeder isolated, stand C14 taken off the grid"),
        (8 * 60 + 15, &operations, "Rows C and D back, E and F in ten minutes"),
    ];
    for (minute, by, text) in told {
        set(minute);
        incident::note(app, by, edition.id, id, text).await?;
    }
    for (index, task) in page.tasks.iter().enumerate() {
        work_off(stage, edition, task.id, at(7 * 60 + 38 + index as i64 * 8)).await?;
    }
    set(8 * 60 + 28);
    incident::stand_down(app, &hall, edition.id, id, true, "Venue electrician signed; all rows re-energized").await
}

/// Takes one task of the incident through its loop.
async fn work_off(stage: &Stage, edition: &Edition, task: domain::TaskId, at: DateTime<Utc>) -> Result<(), Error> {
    let app = &stage.app;
    let tx = app.store().begin().await?;
    let found = store::record::plan::task(&tx, edition.id, task).await?.ok_or(Error::Missing)?;
    drop(tx);
    let people = [found.owner, found.checker, found.confirmer].map(|user| who(stage, user, edition.id));
    let [Some(owner), Some(checker), Some(confirmer)] = people else { return Ok(()) };
    stage.clock.set(at);
    app::plan::start(app, &owner, edition.id, task, None).await?;
    stage.clock.set(at + Duration::minutes(5));
    app::plan::submit(app, &owner, edition.id, task, &found.done_when, None).await?;
    stage.clock.set(at + Duration::minutes(7));
    let mut draft = CheckDraft::default();
    for indicator in store::read::plan::indicators(&app.reader(), edition.id, task).await? {
        draft.answers.insert(indicator.id.to_string(), Answer { value: "yes".to_owned(), note: String::new() });
    }
    app::plan::check(app, &checker, edition.id, task, &draft, None).await?;
    if confirmer.user != owner.user {
        stage.clock.set(at + Duration::minutes(9));
        app::plan::confirm(app, &confirmer, edition.id, task, "").await?;
    }
    Ok(())
}
