//! Stations: made with a key for their agent, changed, paused, taken out of use.

use crate::{App, Error, chance};
use domain::access::Viewer;
use domain::edition::Edition;
use domain::journal::{Fact, Subject, SubjectKind};
use domain::printing::Station;
use domain::printing::station::StationChange;
use domain::{PrintStationId, Refusal};
use store::record::printing as record;
use store::{Fault, read};

/// A station with the key of its agent, shown once.
#[derive(Clone, Debug)]
pub struct NewStation {
    /// The station.
    pub station: PrintStationId,
    /// The key.
    pub key: String,
}

fn fact(kind: &str, station: &Station) -> Fact {
    let subject = Subject::new(SubjectKind::PrintStation, station.id);
    Fact::new(kind, subject, station.edition).with("name", station.name.as_str())
}

/// The constraint's word as the form's.
fn name_taken(fault: Fault) -> Error {
    if fault.taken("uq_print_station_edition_id_name") {
        Refusal::conflict("station-name-taken").at("name").into()
    } else {
        fault.into()
    }
}

/// The layout and the stand-in must be of this edition, and nobody stands in for himself.
async fn check(
    work: &crate::Work,
    edition: &Edition,
    own: PrintStationId,
    change: &StationChange,
) -> Result<(), Error> {
    if let Some(layout) = change.layout
        && read::printing::layout(work.tx(), edition.id, layout, None).await?.is_none()
    {
        return Err(Refusal::invalid("unknown-choice").at("layout").with("value", "").into());
    }
    if let Some(other) = change.failover {
        let found = read::printing::station(work.tx(), edition.id, other).await?;
        if other == own || found.is_none_or(|s| !s.takes_jobs()) {
            return Err(Refusal::invalid("unknown-choice").at("failover").with("value", "").into());
        }
    }
    Ok(())
}

/// Makes a station and the key of its agent.
///
/// # Errors
/// `station-name-taken`; `unknown-choice` at `layout` or `failover`.
pub async fn create_station(
    app: &App,
    viewer: &Viewer,
    edition: &Edition,
    change: StationChange,
) -> Result<NewStation, Error> {
    let key = chance::secret("flp_");
    let mut work = app.begin(viewer.actor()).await?;
    let station = Station {
        id: work.id(),
        edition: edition.id,
        name: change.name.clone(),
        place: change.place.clone(),
        format: change.format,
        dpi: change.dpi,
        layout: change.layout,
        failover: change.failover,
        paused: false,
        trouble: None,
        trouble_at: None,
        seen_at: None,
        agent: String::new(),
        removed_at: None,
        version: 1,
    };
    check(&work, edition, station.id, &change).await?;
    record::insert_station(work.tx(), &station, &chance::hash_secret(&key)).await.map_err(name_taken)?;
    work.note([fact("print_station.created", &station)]);
    work.commit().await?;
    Ok(NewStation { station: station.id, key })
}

/// Changes a station.
///
/// # Errors
/// `Missing`; `Stale`; `station-name-taken`; `unknown-choice` at `layout` or `failover`.
pub async fn change_station(
    app: &App,
    viewer: &Viewer,
    edition: &Edition,
    id: PrintStationId,
    change: StationChange,
) -> Result<(), Error> {
    let mut work = app.begin(viewer.actor()).await?;
    let stored = found(&work, edition, id).await?;
    if stored.version != change.version {
        return Err(Error::Stale);
    }
    check(&work, edition, id, &change).await?;
    let changed = Station {
        name: change.name,
        place: change.place,
        format: change.format,
        dpi: change.dpi,
        layout: change.layout,
        failover: change.failover,
        ..stored
    };
    record::save_station(work.tx(), &changed).await.map_err(name_taken)?;
    work.note([fact("print_station.changed", &changed)]);
    work.commit().await
}

async fn found(work: &crate::Work, edition: &Edition, id: PrintStationId) -> Result<Station, Error> {
    let station = read::printing::station(work.tx(), edition.id, id).await?;
    station.filter(Station::takes_jobs).ok_or(Error::Missing)
}

/// Tells a station to wait, or to go on. Going on also forgets what its printer complained of.
///
/// # Errors
/// `Missing`; `Stale`.
pub async fn pause_station(
    app: &App,
    viewer: &Viewer,
    edition: &Edition,
    id: PrintStationId,
    paused: bool,
) -> Result<(), Error> {
    let mut work = app.begin(viewer.actor()).await?;
    let station = found(&work, edition, id).await?;
    let station = Station {
        paused,
        trouble: station.trouble.filter(|_| paused),
        trouble_at: station.trouble_at.filter(|_| paused),
        ..station
    };
    record::save_station(work.tx(), &station).await?;
    work.note([if paused { fact("badge.station_paused", &station) } else { fact("badge.station_resumed", &station) }]);
    work.commit().await
}

/// Gives a station a new key; the agent with the one before is turned away.
///
/// # Errors
/// `Missing`.
pub async fn renew_key(app: &App, viewer: &Viewer, edition: &Edition, id: PrintStationId) -> Result<NewStation, Error> {
    let key = chance::secret("flp_");
    let mut work = app.begin(viewer.actor()).await?;
    let station = found(&work, edition, id).await?;
    record::save_station_key(work.tx(), id, &chance::hash_secret(&key)).await?;
    work.note([fact("print_station.key_renewed", &station)]);
    work.commit().await?;
    Ok(NewStation { station: id, key })
}

/// Takes a station out of use; its key no longer works. What waits there must be sent elsewhere first.
///
/// # Errors
/// `Missing`; `Stale`; `station-busy` with the count.
pub async fn remove_station(app: &App, viewer: &Viewer, edition: &Edition, id: PrintStationId) -> Result<(), Error> {
    let lines = read::printing::station_lines(&app.reader(), edition.id, app.now()).await?;
    let busy = lines.iter().find(|line| line.station.id == id).map_or(0, |line| line.waiting + line.printing);
    if busy > 0 {
        return Err(Refusal::unmet("station-busy").with("count", busy).into());
    }
    let mut work = app.begin(viewer.actor()).await?;
    let station = found(&work, edition, id).await?;
    let station = Station { removed_at: Some(work.now()), ..station };
    record::save_station(work.tx(), &station).await?;
    work.note([fact("print_station.removed", &station)]);
    work.commit().await
}
