//! Devices: made with a pairing code, paired once, withdrawn. Codes and keys are stored as hashes only.

use crate::{App, Error, chance};
use chrono::{DateTime, TimeDelta, Utc};
use domain::access::Viewer;
use domain::admission::Device;
use domain::admission::device::{NewDevice, PAIRING_MINUTES};
use domain::journal::{Actor, Fact, Subject, SubjectKind};
use domain::printing::station::StationChoice;
use domain::registration::badge_code::RANDOM_ALPHABET;
use domain::{DeviceId, EditionId, Refusal};
use store::record::admission::{Secret, insert_device, lock_pairing, save_device};
use store::{Fault, read};

/// A pairing code, shown once.
#[derive(Debug, Clone)]
pub struct NewPairing {
    /// The device.
    pub device: DeviceId,
    /// The code: 12 characters, 60 random bits, good for some minutes and for one use.
    pub code: String,
    /// When it runs out.
    pub until: DateTime<Utc>,
}

/// Twelve characters that cannot be taken for one another, in groups of four for the eye.
fn pairing_code() -> String {
    let letters: String =
        chance::bytes::<12>().iter().map(|b| char::from(RANDOM_ALPHABET[usize::from(b & 31)])).collect();
    format!("{}-{}-{}", &letters[..4], &letters[4..8], &letters[8..])
}

/// A code as typed: letters of any case, with or without the dashes.
fn pairing_hash(code: &str) -> String {
    let plain: String = code.chars().filter(char::is_ascii_alphanumeric).map(|c| c.to_ascii_uppercase()).collect();
    chance::hash_secret(&format!("pair:{plain}"))
}

fn fact(kind: &str, device: &Device) -> Fact {
    Fact::new(kind, Subject::new(SubjectKind::Device, device.id.uuid()), device.edition)
        .with("name", device.name.as_str())
        .with("profile", device.profile.code())
}

/// Makes a device and its first pairing code.
///
/// # Errors
/// `unknown-choice` at `gate`.
pub async fn create_device(
    app: &App,
    viewer: &Viewer,
    edition: EditionId,
    new: NewDevice,
) -> Result<NewPairing, Error> {
    let code = pairing_code();
    let mut work = app.begin(viewer.actor()).await?;
    if let Some(gate) = new.gate
        && read::admission::gate(work.tx(), edition, gate).await?.is_none()
    {
        return Err(Refusal::invalid("unknown-choice").at("gate").into());
    }
    let until = work.now() + TimeDelta::minutes(PAIRING_MINUTES);
    let device = Device {
        id: work.id(),
        edition,
        name: new.name,
        gate: new.gate,
        profile: new.profile,
        station: StationChoice::AtGate,
        pair_expires_at: Some(until),
        paired_at: None,
        seen_at: None,
        revoked_at: None,
        version: 1,
    };
    insert_device(work.tx(), &device, &pairing_hash(&code), Some(viewer.user), work.now()).await?;
    work.note([fact("device.created", &device)]);
    work.commit().await?;
    Ok(NewPairing { device: device.id, code, until })
}

/// Puts a fresh pairing code out for a device.
///
/// # Errors
/// `Missing`, `Stale`, `device-revoked`.
pub async fn offer_pairing(app: &App, viewer: &Viewer, edition: EditionId, id: DeviceId) -> Result<NewPairing, Error> {
    let code = pairing_code();
    let mut work = app.begin(viewer.actor()).await?;
    let device = read::admission::device(work.tx(), edition, id).await?.ok_or(Error::Missing)?.device;
    let device = device.offer_pairing(work.now())?;
    save_device(work.tx(), &device, Secret::Pairing(&pairing_hash(&code))).await?;
    let until = device.pair_expires_at.unwrap_or(work.now());
    work.note([fact("device.pairing_offered", &device)]);
    work.commit().await?;
    Ok(NewPairing { device: id, code, until })
}

/// The device a pairing code would make of this browser.
///
/// # Errors
/// When the database does not answer.
pub async fn pairing(app: &App, code: &str) -> Result<Option<(Device, String)>, Error> {
    let found = read::admission::device_by_pairing(&app.reader(), &pairing_hash(code), app.now()).await?;
    Ok(found.map(|found| (found.device, found.gate)))
}

/// Uses a pairing code: returns the key the device holds from now on. Its older key no longer works.
///
/// # Errors
/// `pairing-unknown` when there is no such code, it ran out or was used.
pub async fn pair_device(app: &App, code: &str) -> Result<(Device, String), Error> {
    let key = chance::secret("fld_");
    let mut work = app.begin(Actor::Public).await?;
    let unknown = || Refusal::invalid("pairing-unknown").at("code");
    let found = lock_pairing(work.tx(), &pairing_hash(code), work.now()).await?.ok_or_else(unknown)?;
    let device = found.device.pair(work.now())?;
    let saved = save_device(work.tx(), &device, Secret::Key(&chance::hash_secret(&key))).await;
    saved.map_err(|fault| if matches!(fault, Fault::Stale) { Error::from(unknown()) } else { fault.into() })?;
    work.note([fact("device.paired", &device)]);
    work.commit().await?;
    app.admission().changed();
    Ok((device, key))
}

/// Withdraws a device; its key stops working at once.
///
/// # Errors
/// `Missing`, `Stale`, `device-revoked` when it already is.
pub async fn revoke_device(app: &App, viewer: &Viewer, edition: EditionId, id: DeviceId) -> Result<(), Error> {
    let mut work = app.begin(viewer.actor()).await?;
    let device = read::admission::device(work.tx(), edition, id).await?.ok_or(Error::Missing)?.device;
    let device = device.revoke(work.now())?;
    save_device(work.tx(), &device, Secret::None).await?;
    work.note([fact("device.revoked", &device)]);
    work.commit().await?;
    app.admission().changed();
    Ok(())
}
