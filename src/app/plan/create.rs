//! A plan from a template: dates computed from D0 through the dependency graph.

use crate::{App, Error, Work};
use domain::access::Viewer;
use domain::edition::Edition;
use domain::journal::{Fact, Subject, SubjectKind};
use domain::plan::gate::template::indicators as refine;
use domain::plan::settings::CURRENCY;
use domain::plan::space;
use domain::plan::task::{ComputedDates, Task, TaskLink};
use domain::plan::template::{Template, TemplateTask};
use domain::plan::{DAY, Indicator, Lag, PlanOptions, Sheet, axis};
use domain::{Bilingual, Refusal, TaskId};
use store::record::plan as record;
use store::record::search::{self, Document};

/// Makes the plan of an edition from a template.
///
/// # Errors
/// `unknown-choice` at `template`, `plan-exists` when the edition has a plan.
pub async fn create_plan(app: &App, viewer: &Viewer, edition: &Edition, template: &str) -> Result<usize, Error> {
    let mut work = app.begin(viewer.actor()).await?;
    let count = prepare_plan(&mut work, edition, template).await?;
    work.commit().await?;
    Ok(count)
}

/// The same within an open use case: a new edition and the demonstration use it.
///
/// # Errors
/// As [`create_plan`].
pub async fn prepare_plan(work: &mut Work, edition: &Edition, code: &str) -> Result<usize, Error> {
    let template = domain::plan::template(code)
        .ok_or_else(|| Refusal::invalid("unknown-choice").at("template").with("value", code))?;
    let mut sheet = Sheet {
        edition: edition.id,
        zone: edition.time_zone,
        opens_on: edition.opens_on,
        template: template.code.clone(),
        data_date: None,
        revision: 1,
        currency: CURRENCY.to_owned(),
        options: PlanOptions::default(),
        default_calendar: None,
        crew_calendars: Default::default(),
        calendars: Vec::new(),
        tasks: tasks(work, edition, template),
        links: Vec::new(),
        space: Default::default(),
    };
    let learned = super::learning::apply(work, edition.series, &mut sheet).await?;
    sheet.links = links(work, template, &sheet);
    sheet.space = store::read::plan::space::space(work.tx(), edition.id).await?;
    sheet.space.requirements = space::template::requirements(&template.code, &sheet.tasks, || work.id());
    sheet.space.rules = space::template::rules(&template.code, edition.id, || work.id());
    sheet.derive_links(|| work.id());
    let places = store::read::plan::gate::places(work.tx(), edition.id).await?;
    let laid = super::gate::prepare(work, &mut sheet, &places, false);
    let computed = super::under_way::compute(&sheet, "template")?;
    sheet.settle(&computed, work.now());
    let mut indicators = indicators(work, template, &sheet);
    indicators.extend(laid.indicators);
    record::insert(work.tx(), &sheet, &indicators, work.now()).await.map_err(exists)?;
    record::space::insert_requirements(work.tx(), &sheet.space.requirements).await?;
    record::space::insert_rules(work.tx(), &sheet.space.rules).await?;
    record::insert_gates(work.tx(), &laid.gates).await?;
    let documents: Vec<Document> = sheet.tasks.iter().map(|task| document(&edition.slug, task)).collect();
    search::insert(work.tx(), &documents).await?;
    let fact = Fact::new("plan.created", Subject::new(SubjectKind::Plan, edition.id), edition.id)
        .with("template", template.code.as_str())
        .with("tasks", sheet.tasks.len())
        .with("learned", learned)
        .with("room", computed.room().unwrap_or_default());
    work.note([fact]);
    // What exhibitors have to do hangs on the tasks just made.
    crate::exhibitor::prepare_duties(work, edition).await?;
    Ok(sheet.tasks.len())
}

fn exists(fault: store::Fault) -> Error {
    if fault.taken("uq_plan_edition_id") || fault.taken("plan_pkey") {
        return Refusal::conflict("plan-exists").at("template").into();
    }
    fault.into()
}

fn tasks(work: &Work, edition: &Edition, template: &Template) -> Vec<Task> {
    let d0 = axis::midnight(edition.opens_on);
    let instant = |minute: i64| axis::instant(minute, edition.time_zone);
    let opens = instant(d0);
    let make = |(at, row): (usize, &TemplateTask)| Task {
        id: work.id(),
        code: row.code.clone(),
        name: row.name.clone(),
        objective: row.objective.en.clone(),
        phase: row.phase,
        stage: row.stage.clone(),
        sort: i32::try_from(at * 10).unwrap_or(i32::MAX),
        duration: row.duration_days * DAY,
        offset_days: i32::try_from(row.offset_days).ok(),
        // Opening day is fixed: the opening is pinned to it, everything else may start no
        // earlier than its offset says.
        constraint: if row.code == template.opening { "mso" } else { "snet" }.to_owned(),
        constraint_at: Some(instant(d0 + row.offset_days * DAY)),
        place_kind: row.place,
        role: row.role,
        confirmer_role: row.confirmer,
        done_when: row.done_when.clone(),
        dates: ComputedDates::none(opens),
        ..Task::blank(edition.id, work.now())
    };
    template.tasks.iter().enumerate().map(make).collect()
}

fn links(work: &Work, template: &Template, sheet: &Sheet) -> Vec<TaskLink> {
    let id_of = |code: &str| sheet.tasks.iter().find(|task| task.code == code).map(|task| task.id);
    let made = template.links.iter().filter_map(|link| {
        let (from, to): (TaskId, TaskId) = (id_of(&link.from)?, id_of(&link.to)?);
        let lag = match link.lag {
            Lag::Working(lag) | Lag::Elapsed(lag) | Lag::Percent(lag) => lag,
        };
        Some(TaskLink::logic(work.id(), sheet.edition, from, to, link.kind, lag))
    });
    made.collect()
}

fn indicators(work: &Work, template: &Template, sheet: &Sheet) -> Vec<Indicator> {
    let mut all = Vec::new();
    for row in &template.tasks {
        let Some(task) = sheet.tasks.iter().find(|task| task.code == row.code) else { continue };
        for (at, criterion) in row.criteria.iter().enumerate() {
            let name = Bilingual::new(criterion.text.clone(), row.criteria_zh.get(at).cloned().unwrap_or_default());
            let mut one = Indicator::plain(work.id(), sheet.edition, task.id, name);
            (one.kind, one.target) = (criterion.kind, criterion.target);
            one.unit.clone_from(&criterion.unit);
            one.sort = i32::try_from(at).unwrap_or(i32::MAX);
            // What the sentence plainly says beyond yes, no and a figure.
            let refined = refine(&template.code, &row.code).find(|known| known.criterion == at + 1);
            all.push(match refined {
                Some(known) => known.refine(one),
                None => one,
            });
        }
    }
    all
}

/// How a task is found by the palette.
pub(super) fn document(slug: &str, task: &Task) -> Document {
    let texts = [&*task.code, &*task.name.en, &*task.name.zh, &*task.stage.en, &*task.stage.zh];
    Document {
        id: task.id.uuid(),
        edition: Some(task.edition),
        kind: "task",
        title: format!("{} {}", task.code, task.name.en),
        subtitle: task.name.zh.clone(),
        link: templates::links::plan::task(slug, &task.code).to_string(),
        tokens: domain::search::index_tokens(texts),
    }
}
