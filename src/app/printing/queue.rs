//! Sending a badge to paper: to a station's queue, or to the browser of whoever asks.

use crate::registration as badges;
use crate::{App, Error, Work};
use domain::edition::Edition;
use domain::journal::Actor;
use domain::printing::Job;
use domain::printing::job::{self, Ask};
use domain::printing::view::LogFilter;
use domain::registration::{CredentialState, Registration};
use domain::{EditionId, PrintBatchId, PrintJobId, PrintStationId, Refusal, RegistrationId};
use store::record::{printing as record, registration};
use store::{Fault, read};

/// A badge that is on its way, or given to a browser.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Queued {
    /// The job.
    pub job: PrintJobId,
    /// Name of the station; empty for a browser.
    pub station: String,
    /// Serial of the badge.
    pub serial: u32,
}

/// Sends the badge of a registration to a station within an open use case, so that it is on its way with the commit
/// that made it.
///
/// # Errors
/// `no-badge`; `badge-printed-before`; `station-removed`; `Missing` for a station of another edition.
pub async fn queue(work: &mut Work, registration: &Registration, station: PrintStationId) -> Result<Queued, Error> {
    send(work, registration, Some(station), "").await
}

/// Like [`queue`] for a person who has just come: a badge that is on paper or on its way is left alone, and whoever has
/// no badge yet gets none.
///
/// # Errors
/// `station-removed`; `Missing` for a station of another edition.
pub async fn queue_unprinted(
    work: &mut Work,
    registration: &Registration,
    station: PrintStationId,
) -> Result<Option<Queued>, Error> {
    let badge = registration::current_credential(work.tx(), registration).await?;
    let Some(badge) = badge.filter(|badge| badge.state == CredentialState::Active) else { return Ok(None) };
    let earlier = record::jobs_of(work.tx(), registration.edition, registration.id).await?;
    if earlier.iter().any(|job| job.credential == Some(badge.id) && job.counts()) {
        return Ok(None);
    }
    queue(work, registration, station).await.map(Some)
}

/// Sends the badge of a person who has come to the station there, unless it is on paper or on its way. Most who come
/// hold theirs: that is seen by reading, and keeps nobody else from writing.
///
/// # Errors
/// `Missing`; `station-removed`.
pub async fn print_arrival(
    app: &App,
    actor: Actor,
    edition: EditionId,
    id: RegistrationId,
    station: PrintStationId,
) -> Result<Option<Queued>, Error> {
    let reader = app.reader();
    if let Some(badge) = read::registration::active_credential(&reader, edition, id).await? {
        let of_badge = LogFilter { registration: Some(id), credential: Some(badge.id), ..LogFilter::default() };
        let last = read::printing::jobs(&reader, edition, &of_badge, None, 1).await?.lines.into_iter().next();
        if last.is_some_and(|line| line.job.counts()) {
            return Ok(None);
        }
    }
    let mut work = app.begin(actor).await?;
    let found = registration::registration(work.tx(), edition, id).await?.ok_or(Error::Missing)?;
    let queued = queue_unprinted(&mut work, &found, station).await?;
    work.commit().await?;
    Ok(queued)
}

/// How a badge is to be printed.
#[derive(Clone, Debug, Default)]
pub struct PrintWish {
    /// Where; none for the browser of whoever asks.
    pub station: Option<PrintStationId>,
    /// Why the same badge is printed again; empty for the first time.
    pub again: String,
    /// A new badge takes the place of the one before, which opens no gate from then on.
    pub replace: bool,
}

/// Prints a badge of a registration, or a new one in its place.
///
/// # Errors
/// `Missing`; `no-badge`; `badge-printed-before`; `station-removed`; `registration-not-approved`.
pub async fn print_badge(
    app: &App,
    actor: Actor,
    edition: &Edition,
    id: RegistrationId,
    wish: &PrintWish,
) -> Result<Queued, Error> {
    let mut work = app.begin(actor).await?;
    let found = registration::registration(work.tx(), edition.id, id).await?.ok_or(Error::Missing)?;
    if wish.replace {
        badges::replace(&mut work, edition, &found).await?;
    }
    let again = if wish.replace { "" } else { wish.again.as_str() };
    let queued = send(&mut work, &found, wish.station, again).await?;
    work.commit().await?;
    Ok(queued)
}

async fn send(
    work: &mut Work,
    r: &Registration,
    station: Option<PrintStationId>,
    again: &str,
) -> Result<Queued, Error> {
    let badge = registration::current_credential(work.tx(), r).await?;
    let badge =
        badge.filter(|badge| badge.state == CredentialState::Active).ok_or_else(|| Refusal::unmet("no-badge"))?;
    let station_name = station_name(work, r, station).await?;
    let earlier = record::jobs_of(work.tx(), r.edition, r.id).await?;
    let ask = Ask {
        edition: r.edition,
        id: work.id(),
        station,
        station_name: station_name.clone(),
        registration: r.id,
        credential: badge.id,
        serial: badge.serial,
        batch: None::<PrintBatchId>,
        again: again.to_owned(),
        by: work.actor().name().to_owned(),
    };
    let (job, facts) = job::ask(ask, &earlier, work.now())?;
    insert(work, &job, badge.serial).await?;
    work.note(facts);
    Ok(Queued { job: job.id, station: station_name, serial: badge.serial })
}

async fn station_name(work: &Work, r: &Registration, station: Option<PrintStationId>) -> Result<String, Error> {
    let Some(id) = station else { return Ok(String::new()) };
    let station = read::printing::station(work.tx(), r.edition, id).await?.ok_or(Error::Missing)?;
    if station.takes_jobs() {
        Ok(station.name)
    } else {
        Err(Refusal::conflict("station-removed").with("station", station.name).into())
    }
}

/// Two desks at the same moment: the constraint lets one through, the other is told.
async fn insert(work: &Work, job: &Job, serial: u32) -> Result<(), Error> {
    record::insert_jobs(work.tx(), std::slice::from_ref(job)).await.map_err(|fault| printed_before(fault, serial))
}

/// The constraint's word as the rule's.
pub(super) fn printed_before(fault: Fault, serial: impl ToString) -> Error {
    if fault.taken("uq_print_job_edition_id_credential_id") {
        let refusal = Refusal::conflict("badge-printed-before").at("again");
        refusal.with("serial", serial).with("state", "waiting").with("by", "").into()
    } else {
        fault.into()
    }
}
