//! Giving a device another name, gate or use. It keeps its key; what it scanned stays where it was scanned.

use crate::{App, Error};
use domain::access::Viewer;
use domain::admission::device::NewDevice;
use domain::journal::{Fact, Subject, SubjectKind};
use domain::{DeviceId, EditionId, Refusal};
use store::read;
use store::record::admission::{Secret, save_device};

/// Changes a device; it hears of it with its next contact.
///
/// # Errors
/// `Missing`, `stale`, `device-revoked`, `unknown-choice` at `gate`.
pub async fn move_device(
    app: &App,
    viewer: &Viewer,
    edition: EditionId,
    id: DeviceId,
    change: NewDevice,
    version: i32,
) -> Result<(), Error> {
    let mut work = app.begin(viewer.actor()).await?;
    let line = read::admission::device(work.tx(), edition, id).await?.ok_or(Error::Missing)?;
    let gate = match change.gate {
        Some(gate) => {
            let unknown = || Refusal::invalid("unknown-choice").at("gate");
            Some(read::admission::gate(work.tx(), edition, gate).await?.ok_or_else(unknown)?.code)
        }
        None => None,
    };
    let before = line.gate.unwrap_or_default();
    let device = line.device.change(change, version)?;
    save_device(work.tx(), &device, Secret::Kept).await?;
    work.note([Fact::new("device.changed", Subject::new(SubjectKind::Device, id.uuid()), edition)
        .with("name", device.name.as_str())
        .with("profile", device.profile.code())
        .with("before", before)
        .with("gate", gate.unwrap_or_default())]);
    work.commit().await?;
    app.admission().changed();
    Ok(())
}
