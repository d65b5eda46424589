//! Template learning: what a finished edition teaches its series, and taking it over.

use crate::{App, Error, Work};
use domain::access::Viewer;
use domain::edition::{Edition, Status};
use domain::plan::learning::{self, Durations, Learned, Lesson, Lived, Sample, Version};
use domain::plan::task::ThreePoint;
use domain::plan::template::Template;
use domain::plan::{DAY, Sheet, template};
use domain::{Refusal, SeriesId};
use std::collections::{BTreeMap, HashMap};
use store::read::plan::commitment as read;
use store::record::commitment as record;

/// What an edition teaches; nothing is saved.
#[derive(Clone, Debug)]
pub struct Preview {
    /// Code of the template.
    pub template: String,
    /// A lesson for each task that was lived, in template order.
    pub lessons: Vec<Lesson>,
    /// Versions the series has, the newest first.
    pub versions: Vec<Version>,
    /// Editions the samples come from.
    pub editions: usize,
    /// The edition is finished: its lesson can be taken over.
    pub finished: bool,
}

/// What the finished editions of a series, this one among them, teach.
///
/// # Errors
/// `Missing` when the edition has no plan from a template.
pub async fn preview_learning(app: &App, edition: &Edition) -> Result<Preview, Error> {
    let reader = app.reader();
    let sheet = store::read::plan::sheet(&reader, edition.id).await?.ok_or(Error::Missing)?;
    let Some(known) = template(&sheet.template) else {
        return Ok(Preview {
            template: sheet.template,
            lessons: Vec::new(),
            versions: Vec::new(),
            editions: 0,
            finished: false,
        });
    };
    let versions = read::versions(&reader, edition.series, &sheet.template).await?;
    let lived = read::lived(&reader, edition.series, &sheet.template).await?;
    let mut editions: Vec<_> = lived.iter().map(|(edition, _)| *edition).collect();
    editions.dedup();
    let finished = matches!(edition.status, Status::Closed | Status::Archived) && editions.contains(&edition.id);
    let lessons =
        lessons(known, newest(&versions), &lived.into_iter().map(|(_, one)| one).collect::<Vec<_>>(), edition);
    Ok(Preview { template: sheet.template, lessons, versions, editions: editions.len(), finished })
}

fn newest(versions: &[Version]) -> Option<&Durations> {
    versions.first().map(|version| &version.durations)
}

/// The durations a task has before: as learned last, else as the template's plain duration stands for. What was learned
/// is mixed from the template's own value every time, so that accepting twice teaches nothing twice.
fn lessons(known: &Template, newest: Option<&Durations>, lived: &[Lived], edition: &Edition) -> Vec<Lesson> {
    let mut samples: HashMap<&str, Vec<Sample>> = HashMap::new();
    for one in lived {
        let Some(row) = known.task(&one.code) else { continue };
        let sample = one.sample(row.duration_days > 0, edition.time_zone);
        samples.entry(row.code.as_str()).or_default().push(sample);
    }
    let lesson = |row: &domain::plan::template::TemplateTask| {
        let base = learning::usual(row.duration_days * DAY);
        let old = newest.and_then(|known| known.0.get(&row.code)).map_or(base, |learned| learned.points);
        let learned = learning::learn(base, samples.get(row.code.as_str())?)?;
        Some(Lesson { code: row.code.clone(), name: row.name.clone(), old, learned })
    };
    known.tasks.iter().filter_map(lesson).collect()
}

/// Takes over what was learned as a new version of the series' template; answers its number. `seen` is the number of
/// the version the person has compared with.
///
/// # Errors
/// `learning-unfinished`, `learning-nothing`; `Stale` when somebody accepted another version since.
pub async fn accept_learning(app: &App, viewer: &Viewer, edition: &Edition, seen: i32) -> Result<i32, Error> {
    let preview = preview_learning(app, edition).await?;
    if !preview.finished {
        return Err(Refusal::conflict("learning-unfinished").into());
    }
    if !preview.lessons.iter().any(Lesson::changes) {
        return Err(Refusal::conflict("learning-nothing").into());
    }
    let mut work = app.begin(viewer.actor()).await?;
    let versions = read::versions(work.tx(), edition.series, &preview.template).await?;
    let last = versions.first().map_or(0, |version| version.number);
    if last != seen {
        return Err(Error::Stale);
    }
    let mut durations: BTreeMap<String, Learned> =
        versions.into_iter().next().map(|version| version.durations.0).unwrap_or_default();
    let tasks = preview.lessons.iter().filter(|lesson| lesson.changes()).count();
    durations.extend(preview.lessons.into_iter().map(|lesson| (lesson.code, lesson.learned)));
    let number = last + 1;
    let new = record::NewVersion {
        id: work.id(),
        series: edition.series,
        template: &preview.template,
        number,
        edition: edition.id,
        durations: &Durations(durations),
        by: viewer.user,
        at: work.now(),
    };
    record::insert_version(work.tx(), &new).await?;
    work.note([learning::accepted(edition.series, edition.id, &preview.template, number, tasks)]);
    work.commit().await?;
    Ok(number)
}

/// Gives the tasks of a new plan the durations their series has learned; answers the number of the version used.
pub(super) async fn apply(work: &Work, series: SeriesId, sheet: &mut Sheet) -> Result<i32, Error> {
    let versions = read::versions(work.tx(), series, &sheet.template).await?;
    let Some(newest) = versions.first() else { return Ok(0) };
    for task in &mut sheet.tasks {
        if let Some(learned) = newest.durations.0.get(&task.code) {
            let ThreePoint { likely, .. } = learned.points;
            task.duration = likely;
            task.estimate = Some(learned.points);
        }
    }
    Ok(newest.number)
}
