//! The plan seen ahead: estimates and budgets, two baselines, a risk register, scenarios, and a forecast with
//! its seed, so that every picture has something to say.

use super::chance::Chance;
use super::stage::Stage;
use app::{Error, Work};
use chrono::{DateTime, Duration, Utc};
use domain::access::Role;
use domain::edition::Edition;
use domain::plan::baseline::{Baseline, BaselineKind, freeze, frozen_fact};
use domain::plan::risk::estimate::usual_spread;
use domain::plan::risk::forecast::{Forecast, NewRun, RunState};
use domain::plan::risk::register::{self, RiskEvent, RiskState};
use domain::plan::risk::study::{Shape, Study};
use domain::plan::risk::{Runs, simulate};
use domain::plan::scenario::{Scenario, ScenarioState, Step};
use domain::plan::{DAY, Kind, Phase, Sheet, Task, TaskDraft, TaskState, ThreePoint};
use domain::{Bilingual, RiskRunId};
use store::read::plan as read;
use store::record::plan as record;

/// Runs of the forecast that is there from the beginning.
const RUNS: u32 = 2_000;
/// Days before opening on which the plan was frozen.
const FREEZE: i64 = -65;

/// Tasks that were to take longer when the plan was frozen, with the days.
const REPLANNED: &[(&str, i64)] =
    &[("E09", 6), ("S13", 5), ("L02", 8), ("R08", -6), ("X04", 1), ("Q05", 5), ("C08", 4)];

/// A risk of the register: name, chance in percent, days of delay, tasks, what is done about it, whether it is over.
struct Known {
    name: (&'static str, &'static str),
    percent: i32,
    days: (i64, i64, i64),
    tasks: &'static [&'static str],
    response: &'static str,
    over: bool,
}

const RISKS: &[Known] = &[
    Known {
        name: ("Machines held at customs", "展品滞留海关"),
        percent: 20,
        days: (2, 5, 12),
        tasks: &["L02"],
        response: "Carnets checked by the forwarder four weeks ahead; bonded storage at the port",
        over: true,
    },
    Known {
        name: ("Fire authority asks for a changed plan", "消防要求修改平面图"),
        percent: 15,
        days: (3, 6, 14),
        tasks: &["F04", "S15"],
        response: "Pre-approval of the plan, aisle widths above the minimum",
        over: true,
    },
    Known {
        name: ("Heavy-lift crane breaks down in the strip-out", "撤展时重型吊车故障"),
        percent: 12,
        days: (0, 1, 2),
        tasks: &["X05"],
        response: "Second crane on call with the rigging contractor",
        over: false,
    },
    Known {
        name: ("Outbound trucks miss their slots", "出馆车辆错过时段"),
        percent: 35,
        days: (0, 1, 1),
        tasks: &["X03", "X04"],
        response: "Marshalling yard open a day longer, penalties agreed with forwarders",
        over: false,
    },
    Known {
        name: ("Damage to the hall floor is disputed", "展馆地面损坏争议"),
        percent: 25,
        days: (1, 3, 10),
        tasks: &["X07", "X08"],
        response: "Photo survey at handover and at handback, insurer informed",
        over: false,
    },
    Known {
        name: ("Auditor asks for a second data extract", "审计方要求重新取数"),
        percent: 30,
        days: (3, 7, 20),
        tasks: &["Q07"],
        response: "Extract rehearsed with last year's figures",
        over: false,
    },
    Known {
        name: ("Keynote speaker cancels", "主讲嘉宾取消"),
        percent: 20,
        days: (5, 10, 21),
        tasks: &["C07", "C13"],
        response: "Two reserve speakers confirmed by letter",
        over: false,
    },
    Known {
        name: ("Safety permit is late", "安全许可延迟"),
        percent: 15,
        days: (3, 7, 15),
        tasks: &["C17"],
        response: "File handed in two weeks early",
        over: false,
    },
    Known {
        name: ("Stage delivery delayed", "舞台设备晚到"),
        percent: 25,
        days: (0, 1, 2),
        tasks: &["C19"],
        response: "Local supplier as reserve",
        over: false,
    },
];

/// Within the making of the plan: estimates and budgets of all tasks, and the first baseline.
///
/// # Errors
/// When the database does not answer.
pub async fn begin(work: &mut Work, edition: &Edition, chance: &mut Chance) -> Result<(), Error> {
    let sheet = read::sheet(work.tx(), edition.id).await?.ok_or(Error::Missing)?;
    for task in sheet.tasks.iter().filter(|task| task.kind == Kind::Task) {
        let mut task = task.clone();
        task.estimate = Some(estimate(&task, chance));
        task.budget = Some(budget(&task, chance));
        record::save_estimate(work.tx(), &task).await?;
    }
    let name = Bilingual::new("Contract plan", "合同计划");
    let reason = "As agreed with the venue and the board";
    app::plan::freeze_baseline(work, edition.id, name, reason, BaselineKind::Manual).await?;
    Ok(())
}

/// The usual spread of the phase, a little different for every task.
fn estimate(task: &Task, chance: &mut Chance) -> ThreePoint {
    let mut spread = usual_spread(task.phase);
    spread.less += chance.between(0, 8);
    spread.more += chance.between(0, 30);
    spread.around(task.duration)
}

/// Money by how long it takes and where: days in the halls cost most. Whole thousands.
fn budget(task: &Task, chance: &mut Chance) -> i64 {
    let rate = match task.phase {
        Phase::OnSite | Phase::InSession => 60_000,
        Phase::PreShow | Phase::Planning => 3_500,
        _ => 2_000,
    };
    let days = (task.duration / DAY).max(1);
    (days * rate * chance.between(60, 160) / 100 / 1_000).max(2) * 100_000
}

/// Everything that looks ahead, made once the plan has been lived up to now.
///
/// # Errors
/// When the database does not answer.
pub async fn look_ahead(stage: &mut Stage, edition: &Edition) -> Result<(), Error> {
    let reader = stage.app.reader();
    let Some(mut sheet) = read::sheet(&reader, edition.id).await? else { return Ok(()) };
    let mut chance = stage.chance(&format!("forecast {}", edition.slug));
    let now = stage.calendar.now;
    let director = stage.member(Role::Director).id;
    let tx = stage.app.store().begin().await?;
    for task in sheet.tasks.iter_mut().filter(|task| task.actual_start.is_some()) {
        task.actual_cost = cost(task, &mut chance);
        record::save_estimate(&tx, task).await?;
        task.version += 1;
    }
    if let Some((baseline, frozen)) = second(&sheet, stage, edition, &mut chance) {
        record::insert_baseline(&tx, &Baseline { by: Some(director), ..baseline.clone() }, &frozen).await?;
        record::show_baseline(&tx, edition.id, Some(baseline.number)).await?;
        let actor = stage.actor(director);
        stage.tell(baseline.taken_at, &actor, [frozen_fact(&baseline)]);
    }
    let risks = risks(&sheet, edition, stage, &mut chance);
    for risk in &risks {
        record::insert_risk(&tx, risk, now - Duration::days(90)).await?;
        let actor = stage.actor(director);
        stage.tell(now - Duration::days(90), &actor, [register::fact(risk, true)]);
    }
    Ok(tx.commit().await?)
}

/// Scenarios and the forecast, of the plan as it is after all that happened to it.
///
/// # Errors
/// When the database does not answer.
pub async fn foresee(stage: &Stage, edition: &Edition) -> Result<(), Error> {
    let reader = stage.app.reader();
    let Some(sheet) = read::sheet(&reader, edition.id).await? else { return Ok(()) };
    let risks: Vec<RiskEvent> = read::risks(&reader, edition.id).await?.into_iter().map(|(risk, _)| risk).collect();
    let mut chance = stage.chance(&format!("foresight {}", edition.slug));
    let (now, director) = (stage.calendar.now, stage.member(Role::Director).id);
    let tx = stage.app.store().begin().await?;
    for (at, scenario) in scenarios(&sheet, edition, now, &mut chance).into_iter().enumerate() {
        let made = Scenario { number: i32::try_from(at + 1).unwrap_or(1), ..scenario };
        record::insert_scenario(&tx, &made, Some(director)).await?;
    }
    forecast(&tx, &sheet, &risks, (chance.id(now), now), director).await?;
    Ok(tx.commit().await?)
}

/// What a task has cost so far: about its budget, by how far it is.
fn cost(task: &Task, chance: &mut Chance) -> i64 {
    let done = if task.state.is_done() { 100 } else { i64::from(task.percent) };
    task.budget.unwrap_or(0) / 100_000 * done * chance.between(86, 121) / 10_000 * 100_000
}

/// The plan as it was frozen before build-up: nothing had begun then that had not, and a few tasks stood otherwise.
fn second(
    sheet: &Sheet,
    stage: &Stage,
    edition: &Edition,
    chance: &mut Chance,
) -> Option<(Baseline, domain::plan::baseline::Frozen)> {
    let mut then = sheet.clone();
    then.data_date = None;
    for task in &mut then.tasks {
        (task.actual_start, task.actual_finish, task.remaining_minutes) = (None, None, None);
        // Calendar days, as it was planned; the calendars of work behind us say when it was really done.
        task.calendar = None;
        if task.state != TaskState::Cancelled {
            (task.state, task.percent) = (TaskState::Planned, 0);
        }
        if let Some((_, days)) = REPLANNED.iter().find(|(code, _)| *code == task.code) {
            task.duration = (task.duration + days * DAY).max(DAY);
        }
    }
    let computed = then.compute().ok()?;
    let frozen = freeze(&then, &computed);
    let taken_at = stage.calendar.at(FREEZE, 15 * 60).min(stage.calendar.now - Duration::days(2));
    let baseline = Baseline {
        id: chance.id(taken_at),
        edition: edition.id,
        number: 2,
        name: Bilingual::new("Plan freeze", "计划冻结"),
        reason: "Frozen when the floor plan was final".to_owned(),
        kind: BaselineKind::Manual,
        taken_at,
        by: None,
        revision: sheet.revision,
        opens_on: sheet.opens_on,
        room: computed.room(),
        tasks: i32::try_from(frozen.tasks.len()).unwrap_or(0),
        shown: false,
    };
    Some((baseline, frozen))
}

fn risks(sheet: &Sheet, edition: &Edition, stage: &Stage, chance: &mut Chance) -> Vec<RiskEvent> {
    let find = |code: &&str| sheet.tasks.iter().find(|task| task.code == **code);
    let known = RISKS.iter().filter(|one| one.tasks.iter().all(|code| find(code).is_some()));
    let mut number = 0;
    known
        .map(|one| {
            number += 1;
            let tasks: Vec<&Task> = one.tasks.iter().filter_map(find).collect();
            RiskEvent {
                id: chance.id(stage.calendar.now),
                edition: edition.id,
                number,
                name: Bilingual::new(one.name.0, one.name.1),
                description: String::new(),
                probability: one.percent * 10,
                delay: ThreePoint {
                    optimistic: one.days.0 * DAY,
                    likely: one.days.1 * DAY,
                    pessimistic: one.days.2 * DAY,
                },
                owner: tasks.first().and_then(|task| task.owner),
                tasks: tasks.into_iter().map(|task| task.id).collect(),
                response: one.response.to_owned(),
                state: if one.over { RiskState::Closed } else { RiskState::Open },
                version: 1,
            }
        })
        .collect()
}

/// Two ways to be through sooner, and what they do.
fn scenarios(sheet: &Sheet, edition: &Edition, now: DateTime<Utc>, chance: &mut Chance) -> Vec<Scenario> {
    let step = |code: &str, change: &dyn Fn(&mut TaskDraft)| {
        let task = sheet.tasks.iter().find(|task| task.code == code && task.state.is_ahead())?;
        let opened = TaskDraft::of(sheet, task);
        let mut draft = opened.clone();
        change(&mut draft);
        Some(Step::Task { task: task.id, code: code.to_owned(), opened: Box::new(opened), draft: Box::new(draft) })
    };
    let days = |text: &'static str| move |draft: &mut TaskDraft| text.clone_into(&mut draft.duration_days);
    let at_once = |draft: &mut TaskDraft| {
        "asap".clone_into(&mut draft.constraint);
        draft.constraint_on.clear();
    };
    let wanted: [(&str, &str, &str, Vec<Option<Step>>); 3] = [
        (
            "Night shift in the strip-out",
            "撤展夜班",
            "Is the hall back a day earlier when two shifts dismantle?",
            vec![step("X04", &days("1")), step("X05", &at_once), step("X07", &at_once), step("X08", &at_once)],
        ),
        (
            "Stands dismantled in three days",
            "拆除延至三天",
            "What if the contractors get the third day they ask for?",
            vec![step("X04", &days("3"))],
        ),
        (
            "Papers reviewed in five weeks",
            "征文评审压缩为五周",
            "Does a shorter review save the agenda?",
            vec![step("C08", &days("35")), step("C17", &days("20"))],
        ),
    ];
    let scenarios = wanted.into_iter().filter_map(|(en, zh, question, steps)| {
        let steps: Vec<Step> = steps.into_iter().flatten().collect();
        (!steps.is_empty()).then(|| Scenario {
            id: chance.id(now),
            edition: edition.id,
            number: 0,
            name: Bilingual::new(en, zh),
            description: question.to_owned(),
            revision: sheet.revision,
            state: ScenarioState::Draft,
            steps,
            by: String::new(),
            created_at: now - Duration::days(1),
            version: 1,
        })
    });
    scenarios.collect()
}

async fn forecast(
    tx: &store::Tx,
    sheet: &Sheet,
    risks: &[RiskEvent],
    (id, at): (RiskRunId, DateTime<Utc>),
    by: domain::UserId,
) -> Result<(), Error> {
    let Ok(study) = Study::of(sheet, risks, Shape::Pert) else { return Ok(()) };
    let wanted = NewRun { runs: RUNS, seed: 1, shape: Shape::Pert, aim: String::new() };
    let outcome = simulate(&study.model(""), Runs { runs: RUNS, seed: 1, threads: 2 }, &|_| true);
    let basis = study.basis();
    let asked = record::Asked {
        id,
        edition: sheet.edition,
        wanted: &wanted,
        revision: sheet.revision,
        basis: &basis,
        by: Some(by),
    };
    record::insert_run(tx, asked, at).await?;
    if let Some(outcome) = outcome {
        record::end_run(tx, id, RunState::Done, Some(&Forecast::of(&study, "", &outcome)), at).await?;
    }
    Ok(())
}
