//! What agents ask and answer: the next badge for their printer, and what became of it.

use super::dots::badge_zpl;
use super::{content, draw, outside, pdf};
use crate::{App, Error, Event, Work};
use chrono::{DateTime, TimeDelta, Utc};
use domain::journal::Actor;
use domain::printing::job::{Report, serves};
use domain::printing::{Failure, Job, JobState, Purpose, Station, StationFormat};
use domain::registration::{Category, view::Badge};
use domain::{EditionId, PrintJobId, PrintStationId};
use std::sync::Arc;
use std::time::Duration;
use store::read;
use store::record::printing as record;
use tokio::sync::broadcast::error::RecvError;
use uuid::Uuid;

/// How old the note of an agent's last question may get before it is written again.
const TOUCH_AFTER: TimeDelta = TimeDelta::seconds(20);
/// Pause between looks while an agent waits: for what time does, such as a station that goes away.
const LOOK: Duration = Duration::from_secs(2);
/// Badges that turn out not to be printed any more, passed over in one question.
const MOST_PASSED_OVER: usize = 50;

/// An agent's question.
#[derive(Clone, Debug)]
pub struct Claim {
    /// The station it asks for.
    pub station: Station,
    /// The agent's run: made when it started.
    pub run: Uuid,
    /// What it says of itself and its printer.
    pub agent: String,
}

/// A badge handed to an agent.
#[derive(Clone, Debug)]
pub struct Handed {
    /// The job.
    pub job: PrintJobId,
    /// Which handing; goes into the answer.
    pub attempt: i32,
    /// What the content is.
    pub format: StationFormat,
    /// Name of the page, for queues that show one.
    pub title: String,
    /// What the printer gets.
    pub content: Vec<u8>,
}

/// The next badge for an agent, waiting for one up to `wait`.
///
/// # Errors
/// When the database does not answer.
pub async fn wait_and_claim(app: &App, claim_: Claim, wait: Duration) -> Result<Option<Handed>, Error> {
    let mut heard = app.events().subscribe();
    let until = tokio::time::Instant::now() + wait;
    loop {
        // A station changes while its agent waits: paused, another layout, taken out of use.
        let id = claim_.station.id;
        let Some(station) = read::printing::station(&app.reader(), claim_.station.edition, id).await? else {
            return Err(Error::Missing);
        };
        if !station.takes_jobs() {
            return Err(Error::Missing);
        }
        if let Some(handed) = claim(app, &Claim { station, ..claim_.clone() }).await? {
            return Ok(Some(handed));
        }
        if tokio::time::Instant::now() >= until {
            return Ok(None);
        }
        let pause = tokio::time::Instant::now() + LOOK;
        let edition = claim_.station.edition;
        let _ = tokio::time::timeout_at(pause.min(until), something_printed(&mut heard, edition)).await;
    }
}

/// Ends when something happened in the edition's print room.
async fn something_printed(heard: &mut tokio::sync::broadcast::Receiver<Arc<Event>>, edition: EditionId) {
    loop {
        match heard.recv().await {
            Ok(event) if event.edition == Some(edition) && event.kind.starts_with("badge.") => return,
            Ok(_) => {}
            Err(RecvError::Lagged(_)) => return,
            Err(RecvError::Closed) => std::future::pending().await,
        }
    }
}

/// The next badge for an agent, if there is one now.
///
/// # Errors
/// When the database does not answer.
pub async fn claim(app: &App, claim: &Claim) -> Result<Option<Handed>, Error> {
    let (reader, now) = (app.reader(), app.now());
    let stations = read::printing::stations(&reader, claim.station.edition).await?;
    let served = serves(&claim.station, &stations, now);
    let known = claim.station.agent == claim.agent && claim.station.seen_at.is_some_and(|at| now - at < TOUCH_AFTER);
    let (edition, own) = (claim.station.edition, claim.station.id);
    if known && !read::printing::waits(&reader, edition, own, &served, now).await? {
        return Ok(None);
    }
    let mut work = app.begin(Actor::System).await?;
    let now = work.now();
    record::touch_station(work.tx(), own, &claim.agent, now).await?;
    look_after_open(&mut work, edition, own, claim.run).await?;
    let taken = take(&mut work, claim, &served, &stations).await?;
    work.commit().await?;
    match taken {
        None => Ok(None),
        Some((job, badge)) => hand(app, &claim.station, job, badge).await,
    }
}

/// What becomes of badges that were handed out and not answered for.
async fn look_after_open(work: &mut Work, edition: EditionId, own: PrintStationId, run: Uuid) -> Result<(), Error> {
    let now = work.now();
    for job in record::jobs_out(work.tx(), edition, Some(own), now).await? {
        let (job, facts) = if job.station == Some(own) { job.asked_again(run, now) } else { job.expire(now) };
        record::save_job(work.tx(), &job).await?;
        work.note(facts);
    }
    Ok(())
}

/// Takes the next job whose badge is still to be printed.
async fn take(
    work: &mut Work,
    claim: &Claim,
    served: &[PrintStationId],
    stations: &[Station],
) -> Result<Option<(Job, Badge)>, Error> {
    let (edition, now) = (claim.station.edition, work.now());
    for _ in 0..MOST_PASSED_OVER {
        let Some(job) = record::next_job(work.tx(), edition, served, now).await? else { return Ok(None) };
        let badge = match job.credential {
            None => sample(work, edition).await?,
            Some(id) => {
                let badge = read::printing::badge(work.tx(), edition, id).await?;
                badge.filter(|badge| badge.active).map(|badge| badge.badge)
            }
        };
        let Some(badge) = badge else {
            // Replaced, blocked or revoked since it was asked for: it opens no gate, so nobody is to get it.
            let (job, facts) = job.cancel(now)?;
            record::save_job(work.tx(), &job).await?;
            work.note(facts);
            continue;
        };
        let from = stations.iter().find(|s| Some(s.id) == job.station && s.id != claim.station.id);
        if let Some(from) = from {
            let (_, mut facts) = job.clone().send_to(&claim.station, now)?;
            for fact in &mut facts {
                fact.data.insert("from".to_owned(), from.name.clone().into());
            }
            work.note(facts);
        }
        let job = job.hand_out(claim.station.id, claim.run, now);
        record::save_job(work.tx(), &job).await?;
        return Ok(Some((job, badge)));
    }
    Ok(None)
}

async fn sample(work: &Work, edition: EditionId) -> Result<Option<Badge>, Error> {
    let show = read::printing::show(work.tx(), edition).await?;
    Ok(show.map(|show| content::sample_badge(&show, "chinese", Category::TradeVisitor, true)))
}

/// Draws the badge. One that cannot be drawn fails here and does not trouble the printer.
async fn hand(app: &App, station: &Station, job: Job, badge: Badge) -> Result<Option<Handed>, Error> {
    let look = draw::looks(&app.reader(), station.edition).await?.of_badge(station.layout, &badge);
    let (format, dpi) = (station.format, station.dpi);
    let title = if job.purpose == Purpose::Test { "test".to_owned() } else { format!("badge {}", badge.serial) };
    let (id, attempt, layout, version) = (job.id, job.attempt, look.id, look.version);
    let drawn = tokio::task::spawn_blocking(move || match format {
        StationFormat::Zpl => badge_zpl(&look, &badge, dpi).map(String::into_bytes),
        StationFormat::Pdf => pdf::badges_pdf(&[(look, badge)]),
    });
    match drawn.await.map_err(outside)? {
        Ok(content) => {
            note_layout(app, station.edition, &job, layout, version).await?;
            Ok(Some(Handed { job: id, attempt, format, title, content }))
        }
        Err(error) => {
            tracing::error!(job.id = %id, %error, "a badge could not be drawn");
            let report_ = Report { attempt, failure: Some(Failure::Undrawable), complete: false };
            report(app, station, id, report_, "").await?;
            Ok(None)
        }
    }
}

/// The log says what a badge looked like.
async fn note_layout(
    app: &App,
    edition: EditionId,
    job: &Job,
    layout: Option<domain::BadgeLayoutId>,
    version: i32,
) -> Result<(), Error> {
    if (job.layout, job.layout_version) == (layout, version) {
        return Ok(());
    }
    let work = app.begin(Actor::System).await?;
    if let Some(stored) = record::job(work.tx(), edition, job.id).await?
        && stored.attempt == job.attempt
    {
        record::save_job(work.tx(), &Job { layout, layout_version: version, ..stored }).await?;
    }
    work.commit().await
}

/// Takes an agent's answer. The same answer again changes nothing.
///
/// # Errors
/// `Missing` when there is no such job in the station's edition.
pub async fn report(app: &App, station: &Station, id: PrintJobId, report: Report, note: &str) -> Result<(), Error> {
    let mut work = app.begin(Actor::System).await?;
    let (edition, now) = (station.edition, work.now());
    // As a claim does: the station before its jobs.
    record::lock_station(work.tx(), station.id).await?;
    let job = record::job(work.tx(), edition, id).await?.ok_or(Error::Missing)?;
    let before = job.state;
    // Only the station that was handed the badge knows what became of it.
    if job.station != Some(station.id) {
        return Ok(());
    }
    let mut stations = read::printing::stations(work.tx(), edition).await?;
    let current = job.attempt == report.attempt && matches!(before, JobState::Printing | JobState::Unsure);
    if current {
        let trouble = report.failure.filter(|failure| *failure != Failure::Undrawable);
        for own in stations.iter_mut().filter(|s| s.id == station.id) {
            own.trouble = trouble;
        }
        record::save_trouble(work.tx(), station.id, trouble, now).await?;
        record::touch_station(work.tx(), station.id, &station.agent, now).await?;
    }
    let (mut job, facts) = job.answer(report, &stations, now);
    if current && !note.trim().is_empty() && report.failure.is_some() {
        job.note = note.trim().chars().filter(|c| !c.is_control()).take(200).collect();
    }
    record::save_job(work.tx(), &job).await?;
    work.note(facts);
    work.commit().await
}

/// What time does by itself: badges that agents kept too long, in every edition.
///
/// # Errors
/// When the database does not answer.
pub async fn expire(app: &App) -> Result<(), Error> {
    for edition in read::edition::all(&app.reader()).await? {
        if !has_expired(app, edition.id, app.now()).await? {
            continue;
        }
        let mut work = app.begin(Actor::System).await?;
        let now = work.now();
        for job in record::jobs_out(work.tx(), edition.id, None, now).await? {
            let (job, facts) = job.expire(now);
            record::save_job(work.tx(), &job).await?;
            work.note(facts);
        }
        work.commit().await?;
    }
    Ok(())
}

async fn has_expired(app: &App, edition: EditionId, now: DateTime<Utc>) -> Result<bool, Error> {
    let nobody = PrintStationId::from_uuid(Uuid::nil());
    Ok(read::printing::waits(&app.reader(), edition, nobody, &[], now).await?)
}
