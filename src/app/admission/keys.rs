//! Which device holds a key. Asked with every scan, so the answer is kept for a moment.

use super::judge::ScanBy;
use crate::{App, Error, chance};
use std::collections::HashMap;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;
use store::read::admission::{self, DeviceKey};
use tokio::time::Instant;

/// How long a withdrawn device may still work through another node.
const KNOWN_FOR: Duration = Duration::from_secs(2);
/// More keys than any show has; beyond it somebody is guessing.
const MOST: usize = 20_000;

/// A device found by its key.
#[derive(Debug, Clone)]
pub struct KnownDevice {
    /// The device with what its frame shows.
    pub key: DeviceKey,
    /// The same as the scan writer needs it.
    pub by: Arc<ScanBy>,
}

struct Entry {
    device: Arc<KnownDevice>,
    since: Instant,
    generation: u64,
}

/// Keys asked for lately. Only those that were found: guessing fills nothing.
#[derive(Default)]
pub(super) struct Keys(Mutex<HashMap<String, Entry>>);

/// The paired device that holds this key.
///
/// # Errors
/// When the database does not answer.
pub async fn device_by_key(app: &App, key: &str) -> Result<Option<Arc<KnownDevice>>, Error> {
    let hash = chance::hash_secret(key);
    let generation = app.admission().generation();
    let keys = &app.admission().keys.0;
    if let Some(entry) = keys.lock().unwrap_or_else(PoisonError::into_inner).get(&hash)
        && entry.generation == generation
        && entry.since.elapsed() < KNOWN_FOR
    {
        return Ok(Some(entry.device.clone()));
    }
    let Some(key) = admission::device_by_key(&app.reader(), &hash).await? else { return Ok(None) };
    let device = Arc::new(known(key, false));
    let mut keys = keys.lock().unwrap_or_else(PoisonError::into_inner);
    if keys.len() >= MOST {
        keys.clear();
    }
    keys.insert(hash, Entry { device: device.clone(), since: Instant::now(), generation });
    Ok(Some(device))
}

fn known(key: DeviceKey, withdrawn: bool) -> KnownDevice {
    let device = &key.device;
    let by = ScanBy {
        edition: device.edition,
        device: Some(device.id),
        name: device.name.clone(),
        gate: device.gate,
        profile: device.profile,
        withdrawn,
    };
    KnownDevice { by: Arc::new(by), key }
}

/// For this many days a withdrawn device may hand in what it scanned before.
const FAREWELL_DAYS: i64 = 7;

/// The device that held this key until it was withdrawn. It may hand in scans made without network, and nothing else.
///
/// # Errors
/// When the database does not answer.
pub async fn withdrawn_by_key(app: &App, key: &str) -> Result<Option<Arc<KnownDevice>>, Error> {
    let since = app.now() - chrono::TimeDelta::days(FAREWELL_DAYS);
    let found = admission::withdrawn_by_key(&app.reader(), &chance::hash_secret(key), since).await?;
    Ok(found.map(|key| Arc::new(known(key, true))))
}
