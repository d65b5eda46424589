//! Where badges come out for the people at a device. They choose it there; it is kept with the device, so that nothing a
//! browser remembers of another place, or of another pairing, prints anywhere.

use super::KnownDevice;
use crate::{App, Error, Work};
use domain::journal::{Actor, Fact, Subject, SubjectKind};
use domain::printing::station::StationChoice;
use domain::{PrintStationId, Refusal};
use store::read::printing;
use store::record::admission as record;

/// Keeps what was chosen at a device for the next person there. The same choice again changes nothing.
///
/// # Errors
/// `unknown-choice` at `station` for one of another edition; `station-removed`.
pub async fn choose_station(app: &App, device: &KnownDevice, choice: StationChoice) -> Result<(), Error> {
    let its = &device.key.device;
    if its.station == choice {
        return Ok(());
    }
    let mut work = app.begin(Actor::Device { id: its.id, name: its.name.clone() }).await?;
    let station = match choice.station() {
        Some(id) => name_of(&work, device, id).await?,
        None => String::new(),
    };
    record::choose_station(work.tx(), its.edition, its.id, choice).await?;
    let kind = if station.is_empty() { "device.station_cleared" } else { "device.station_chosen" };
    work.note([Fact::new(kind, Subject::new(SubjectKind::Device, its.id.uuid()), its.edition)
        .with("name", its.name.as_str())
        .with("station", station)]);
    work.commit().await?;
    app.admission().changed();
    Ok(())
}

async fn name_of(work: &Work, device: &KnownDevice, id: PrintStationId) -> Result<String, Error> {
    let unknown = || Refusal::invalid("unknown-choice").at("station").with("value", "");
    let station = printing::station(work.tx(), device.key.device.edition, id).await?.ok_or_else(unknown)?;
    if station.takes_jobs() {
        Ok(station.name)
    } else {
        Err(Refusal::conflict("station-removed").with("station", station.name).into())
    }
}
