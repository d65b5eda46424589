//! What people at the desk do with what went wrong, and with queues.

use super::queue::printed_before;
use crate::{App, Error};
use domain::access::Viewer;
use domain::edition::Edition;
use domain::journal::{Actor, Fact, Subject, SubjectKind};
use domain::printing::job;
use domain::{PrintJobId, PrintStationId, Refusal};
use store::read;
use store::record::printing as record;

/// What is done with a job.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Deed {
    /// Back into the queue after a failure.
    Retry,
    /// Out of the queue.
    Cancel,
    /// Nobody knew; the badge is on paper.
    CameOut,
    /// Nobody knew; the badge is not on paper and is printed again.
    DidNot,
    /// To another station.
    SendTo(PrintStationId),
}

/// Does something with a job.
///
/// # Errors
/// `Missing`; `print-job-state`; `station-removed`; `badge-printed-before` when it was printed otherwise since.
pub async fn act(app: &App, actor: Actor, edition: &Edition, id: PrintJobId, deed: Deed) -> Result<(), Error> {
    let mut work = app.begin(actor).await?;
    let now = work.now();
    let job = record::job(work.tx(), edition.id, id).await?.ok_or(Error::Missing)?;
    if job.batch.is_some() && job.station.is_none() {
        return Err(Refusal::conflict("print-job-state").with("state", job.state.code()).into());
    }
    let (job, facts) = match deed {
        Deed::Retry => job.retry(now),
        Deed::Cancel => job.cancel(now),
        Deed::CameOut => job.settle(true, now),
        Deed::DidNot => job.settle(false, now),
        Deed::SendTo(station) => {
            let station = read::printing::station(work.tx(), edition.id, station).await?.ok_or(Error::Missing)?;
            job.send_to(&station, now)
        }
    }?;
    record::save_job(work.tx(), &job).await.map_err(|fault| printed_before(fault, ""))?;
    work.note(facts);
    work.commit().await
}

/// Sends everything that waits at a station to another; how many badges.
///
/// # Errors
/// `Missing`; `station-removed`; `unknown-choice` for the station itself.
pub async fn clear_queue_to(
    app: &App,
    viewer: &Viewer,
    edition: &Edition,
    from: PrintStationId,
    to: PrintStationId,
) -> Result<u64, Error> {
    if from == to {
        return Err(Refusal::invalid("unknown-choice").at("station").with("value", "").into());
    }
    let mut work = app.begin(viewer.actor()).await?;
    let now = work.now();
    let source = read::printing::station(work.tx(), edition.id, from).await?.ok_or(Error::Missing)?;
    let goal = read::printing::station(work.tx(), edition.id, to).await?.ok_or(Error::Missing)?;
    if !goal.takes_jobs() {
        return Err(Refusal::conflict("station-removed").with("station", goal.name).into());
    }
    let moved = record::move_waiting(work.tx(), edition.id, from, to, now).await?;
    if moved > 0 {
        let subject = Subject::new(SubjectKind::PrintStation, from);
        work.note([Fact::new("badge.queue_moved", subject, edition.id)
            .with("count", moved)
            .with("from", source.name)
            .with("to", goal.name)]);
    }
    work.commit().await?;
    Ok(moved)
}

/// Sends a page to try a station's printer.
///
/// # Errors
/// `Missing`; `station-removed`.
pub async fn print_test_page(
    app: &App,
    viewer: &Viewer,
    edition: &Edition,
    station: PrintStationId,
) -> Result<(), Error> {
    let mut work = app.begin(viewer.actor()).await?;
    let station = read::printing::station(work.tx(), edition.id, station).await?.ok_or(Error::Missing)?;
    if !station.takes_jobs() {
        return Err(Refusal::conflict("station-removed").with("station", station.name).into());
    }
    let (job, facts) = job::test_page(work.id(), &station, work.actor().name(), work.now());
    record::insert_jobs(work.tx(), std::slice::from_ref(&job)).await?;
    work.note(facts);
    work.commit().await
}
