//! The slower half of the live board: people inside by zone, devices, the next hour. Computed every few seconds at most,
//! however many look; the shape of the days before once a day.

use super::zone_loads;
use crate::{App, Error};
use chrono::{DateTime, NaiveDate, NaiveTime, TimeDelta, TimeZone, Utc};
use chrono_tz::Tz;
use domain::admission::outlook::{SLOTS, outlook};
use domain::admission::view::{DeviceLine, DeviceTally, Operations, ZoneLine};
use domain::{EditionId, PlaceId};
use std::collections::HashMap;
use std::sync::Arc;
use std::time::Duration;
use store::read::admission as read;
use tokio::sync::Mutex;
use tokio::time::Instant;

const FRESH_FOR: Duration = Duration::from_secs(4);
/// Days before that say when people come.
const DAYS_BEFORE: i64 = 3;

type Days = Arc<Vec<Vec<f64>>>;

/// When it was made, of which day, and what it saw.
type Look = (Instant, NaiveDate, Arc<Operations>);

/// What was computed a moment ago, and what days before looked like.
#[derive(Default)]
pub(super) struct Looks {
    now: Mutex<HashMap<EditionId, Look>>,
    before: Mutex<HashMap<EditionId, (NaiveDate, Days)>>,
}

/// The slower half of the board of a day.
///
/// # Errors
/// When the database does not answer.
pub(super) async fn operations(
    app: &App,
    edition: EditionId,
    day: NaiveDate,
    zone: Tz,
) -> Result<Arc<Operations>, Error> {
    let mut looks = app.admission().looks.now.lock().await;
    if let Some((since, of, operations)) = looks.get(&edition)
        && since.elapsed() < FRESH_FOR
        && *of == day
    {
        return Ok(operations.clone());
    }
    let (reader, now) = (app.reader(), app.now());
    let before = days_before(app, edition, day, zone).await?;
    let today = by_slot(&read::quarters(&reader, edition, (day, day)).await?, zone);
    let today = today.into_iter().next().map(|(_, slots)| slots).unwrap_or_else(|| vec![0.0; SLOTS]);
    let midnight = midnight(day, zone);
    let slot = usize::try_from((now.timestamp() / 60 - midnight) / 15).unwrap_or(0);
    let operations = Arc::new(Operations {
        zones: zones(app, edition, day).await?,
        devices: tally(&read::paired(&reader, edition).await?, now),
        prints: read::print_tally(&reader, edition).await?,
        outlook: outlook(&today, &before, slot),
    });
    looks.insert(edition, (Instant::now(), day, operations.clone()));
    Ok(operations)
}

/// Zones behind the gates with the people in them: as the scan writer counts them where a zone has a capacity, else by
/// the log.
async fn zones(app: &App, edition: EditionId, day: NaiveDate) -> Result<Vec<ZoneLine>, Error> {
    let reader = app.reader();
    let mut zones = read::zones(&reader, edition).await?;
    let loads: HashMap<PlaceId, i64> =
        zone_loads(app, edition).await?.into_iter().map(|(zone, load)| (zone, load.inside)).collect();
    let by_log = if zones.iter().all(|line| loads.contains_key(&line.zone)) {
        HashMap::new()
    } else {
        read::inside(&reader, edition, day).await?
    };
    for line in &mut zones {
        line.inside = loads.get(&line.zone).or_else(|| by_log.get(&line.zone)).copied().unwrap_or(0);
    }
    Ok(zones)
}

fn tally(lines: &[DeviceLine], now: DateTime<Utc>) -> DeviceTally {
    let told = |line: &DeviceLine| line.report.as_ref().map_or(0, |report| i64::from(report.unsent));
    let cares = lines.iter().filter_map(|line| {
        let cares = line.cares(now);
        (!cares.is_empty()).then(|| (line.device.name.clone(), line.gate.clone().unwrap_or_default(), cares))
    });
    DeviceTally { paired: lines.len(), unsent: lines.iter().map(told).sum(), cares: cares.collect() }
}

/// Minutes from 1970 to the venue's midnight.
fn midnight(day: NaiveDate, zone: Tz) -> i64 {
    let local = zone.from_local_datetime(&day.and_time(NaiveTime::MIN));
    local.earliest().map_or_else(|| day.and_time(NaiveTime::MIN).and_utc().timestamp(), |at| at.timestamp()) / 60
}

fn by_slot(quarters: &[(NaiveDate, i64, i64)], zone: Tz) -> HashMap<NaiveDate, Vec<f64>> {
    let mut days: HashMap<NaiveDate, Vec<f64>> = HashMap::new();
    for (day, quarter, count) in quarters {
        let slots = days.entry(*day).or_insert_with(|| vec![0.0; SLOTS]);
        let slot = usize::try_from(quarter - midnight(*day, zone) / 15).ok();
        if let Some(place) = slot.and_then(|slot| slots.get_mut(slot)) {
            *place += *count as f64;
        }
    }
    days
}

async fn days_before(app: &App, edition: EditionId, day: NaiveDate, zone: Tz) -> Result<Days, Error> {
    let mut kept = app.admission().looks.before.lock().await;
    if let Some((of, days)) = kept.get(&edition)
        && *of == day
    {
        return Ok(days.clone());
    }
    let (first, last) = (day - TimeDelta::days(DAYS_BEFORE), day - TimeDelta::days(1));
    let days = by_slot(&read::quarters(&app.reader(), edition, (first, last)).await?, zone);
    let days: Days = Arc::new(days.into_values().filter(|slots| slots.iter().sum::<f64>() > 0.0).collect());
    kept.insert(edition, (day, days.clone()));
    Ok(days)
}
