//! Many badges in one go: looked through before, then into a station's queue or into one PDF, in an order people can
//! hand out by.

use super::draw::{Looks, looks};
use super::{outside, pdf};
use crate::{App, Error, Work};
use chrono::TimeDelta;
use domain::access::Viewer;
use domain::edition::Edition;
use domain::journal::{Actor, Fact, Subject, SubjectKind};
use domain::printing::view::{Concern, Preflight, Selection};
use domain::printing::{Job, Purpose, Station};
use domain::registration::view::Badge;
use domain::{BadgeLayoutId, EditionId, PrintBatchId, PrintStationId, Refusal};
use serde::{Deserialize, Serialize};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};
use store::read;
use store::read::printing::PrintBadge;
use store::record::printing::{self as record, NewBatch};

/// The job that makes a PDF of many badges.
pub const MAKE_FILE: &str = "printing.file.1";
/// Badges printed in one go: about 8 MB of PDF, or an hour of a label printer.
pub const MOST_BADGES: usize = 2_000;
/// Badges with something to look at that are named.
const MOST_CONCERNS: usize = 100;

/// Looks through a selection before it is printed.
///
/// # Errors
/// When the database does not answer; the fonts are not in this build.
pub async fn preflight(
    app: &App,
    edition: &Edition,
    selection: &Selection,
    wanted: Option<BadgeLayoutId>,
) -> Result<Preflight, Error> {
    let reader = app.reader();
    let badges = read::printing::selected(&reader, edition.id, selection, MOST_BADGES + 1).await?;
    let before = read::printing::selected_before(&reader, edition.id, selection).await?;
    let printed = if selection.again { 0 } else { before };
    let looks = looks(&reader, edition.id).await?;
    let checked = tokio::task::spawn_blocking(move || check(&looks, badges, wanted, printed));
    checked.await.map_err(outside)?
}

fn check(
    looks: &Looks,
    mut badges: Vec<PrintBadge>,
    wanted: Option<BadgeLayoutId>,
    printed: i64,
) -> Result<Preflight, Error> {
    let more = badges.len() > MOST_BADGES;
    badges.truncate(MOST_BADGES);
    let mut found = Preflight { badges: badges.len(), printed, more, ..Preflight::default() };
    for badge in badges {
        let arranged = looks.of_badge(wanted, &badge.badge).arrange(&badge.badge)?;
        if arranged.tight.is_empty() && arranged.missing.is_empty() {
            continue;
        }
        found.concerned += 1;
        if found.concerns.len() < MOST_CONCERNS {
            found.concerns.push(Concern {
                registration: badge.registration,
                name: badge.badge.name,
                tight: arranged.tight,
                missing: arranged.missing,
            });
        }
    }
    // Missing characters weigh more than small ones.
    found.concerns.sort_by_key(|concern| concern.missing.is_empty());
    Ok(found)
}

#[derive(Serialize, Deserialize)]
struct Payload {
    edition: EditionId,
    batch: PrintBatchId,
}

/// Prints a selection: into a station's queue, or into a PDF that is made aside.
///
/// # Errors
/// `selection-empty`; `selection-too-large`; `Missing`; `station-removed`; `badge-printed-before` when somebody printed
/// one of them in the same moment.
pub async fn print_batch(
    app: &App,
    viewer: &Viewer,
    edition: &Edition,
    selection: &Selection,
    station: Option<PrintStationId>,
) -> Result<PrintBatchId, Error> {
    let badges = read::printing::selected(&app.reader(), edition.id, selection, MOST_BADGES + 1).await?;
    if badges.is_empty() {
        return Err(Refusal::unmet("selection-empty").into());
    }
    if badges.len() > MOST_BADGES {
        return Err(Refusal::unmet("selection-too-large").with("max", MOST_BADGES).into());
    }
    let mut work = app.begin(viewer.actor()).await?;
    let station = match station {
        None => None,
        Some(id) => Some(open_station(&work, edition, id).await?),
    };
    let batch: PrintBatchId = work.id();
    let (kind, state) = if station.is_some() { ("station", "ready") } else { ("file", "making") };
    let new = NewBatch {
        id: batch,
        kind,
        state,
        station: station.as_ref().map(|s| s.id),
        total: badges.len() as i64,
        by: &viewer.name,
    };
    record::insert_batch(work.tx(), edition.id, &new, work.now()).await?;
    let purpose = if selection.again { Purpose::Again } else { Purpose::Badge };
    let jobs = jobs(&work, edition, &badges, (batch, new.station, purpose));
    let inserted = record::insert_jobs(work.tx(), &jobs).await;
    inserted.map_err(|fault| super::queue::printed_before(fault, ""))?;
    let name = station.map(|s| s.name).unwrap_or_default();
    let subject = Subject::new(SubjectKind::Edition, edition.id);
    work.note([Fact::new("badge.batch_queued", subject, edition.id).with("count", jobs.len()).with("station", name)]);
    if kind == "file" {
        let payload = serde_json::to_value(Payload { edition: edition.id, batch }).map_err(outside)?;
        work.enqueue(MAKE_FILE, payload, TimeDelta::zero(), None).await?;
    }
    work.commit().await?;
    Ok(batch)
}

async fn open_station(work: &Work, edition: &Edition, id: PrintStationId) -> Result<Station, Error> {
    let station = read::printing::station(work.tx(), edition.id, id).await?.ok_or(Error::Missing)?;
    if station.takes_jobs() {
        Ok(station)
    } else {
        Err(Refusal::conflict("station-removed").with("station", station.name).into())
    }
}

/// One job a badge, in their order: ids are made one after the other.
fn jobs(
    work: &Work,
    edition: &Edition,
    badges: &[PrintBadge],
    (batch, station, purpose): (PrintBatchId, Option<PrintStationId>, Purpose),
) -> Vec<Job> {
    let now = work.now();
    let job = |badge: &PrintBadge| Job {
        station,
        registration: Some(badge.registration),
        credential: Some(badge.credential),
        batch: Some(batch),
        ..Job::waiting(edition.id, work.id(), purpose, work.actor().name(), now)
    };
    badges.iter().map(job).collect()
}

/// Stops a larger print: what is not at a printer yet is not printed.
///
/// # Errors
/// `Missing` when there is none, or it is over.
pub async fn cancel_batch(app: &App, viewer: &Viewer, edition: &Edition, id: PrintBatchId) -> Result<(), Error> {
    let mut work = app.begin(viewer.actor()).await?;
    let batch = read::printing::batch(work.tx(), edition.id, id).await?.ok_or(Error::Missing)?;
    let open = batch.state == "making" || (batch.kind == "station" && batch.state == "ready");
    if !open || !record::finish_batch(work.tx(), edition.id, id, "cancelled", None, work.now()).await? {
        return Err(Error::Missing);
    }
    let subject = Subject::new(SubjectKind::Edition, edition.id);
    work.note([Fact::new("badge.batch_cancelled", subject, edition.id)]);
    work.commit().await
}

/// Makes the PDF of a larger print. Its progress is seen, and it can be stopped.
pub(crate) async fn make_file(app: &App, payload: &serde_json::Value) -> Result<(), Error> {
    let payload: Payload = serde_json::from_value(payload.clone()).map_err(outside)?;
    let reader = app.reader();
    let badges = read::printing::batch_badges(&reader, payload.edition, payload.batch).await?;
    let looks = looks(&reader, payload.edition).await?;
    let badges: Vec<(super::Look, Badge)> = badges
        .into_iter()
        .filter(|badge| badge.active)
        .map(|badge| (looks.of_badge(None, &badge.badge), badge.badge))
        .collect();
    let done = Arc::new(AtomicUsize::new(0));
    let stop = Arc::new(AtomicBool::new(false));
    let (counted, stopped) = (done.clone(), stop.clone());
    let mut drawing = tokio::task::spawn_blocking(move || {
        pdf::badges_pdf_until(&badges, &mut |drawn| {
            counted.store(drawn, Ordering::Relaxed);
            !stopped.load(Ordering::Relaxed)
        })
    });
    let drawn = loop {
        match tokio::time::timeout(std::time::Duration::from_secs(1), &mut drawing).await {
            Ok(drawn) => break drawn.map_err(outside)?,
            Err(_) => {
                let work = app.begin(Actor::System).await?;
                let far = done.load(Ordering::Relaxed) as i64;
                if !record::note_progress(work.tx(), payload.batch, far).await? {
                    stop.store(true, Ordering::Relaxed);
                }
                work.commit().await?;
            }
        }
    };
    let mut work = app.begin(Actor::System).await?;
    let (state, content) = match drawn {
        Ok(Some(content)) => ("ready", Some(content)),
        Ok(None) => return Ok(()),
        Err(error) => {
            tracing::error!(%error, "a file of badges could not be made");
            ("failed", None)
        }
    };
    let count = done.load(Ordering::Relaxed);
    if record::finish_batch(work.tx(), payload.edition, payload.batch, state, content, work.now()).await? {
        let subject = Subject::new(SubjectKind::Edition, payload.edition);
        let kind = if state == "ready" { "badge.file_ready" } else { "badge.file_failed" };
        work.note([Fact::new(kind, subject, payload.edition).with("count", count)]);
    }
    work.commit().await
}
