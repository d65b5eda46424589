//! How many are inside and who used which quota, kept in step with the log: read once, carried on with every batch,
//! and on a database that several nodes share read on from time to time. Nothing here is the truth: after a fault, a
//! changed rule or midnight it is read anew.

use super::judge::Post;
use crate::{App, Error};
use chrono::{DateTime, TimeDelta, Utc};
use domain::admission::{AccessRule, Crowd, Gate, Moment, Passage, ZoneLimit, ZoneLoad};
use domain::{EditionId, PlaceId};
use std::collections::HashMap;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;
use store::read::admission::{CrowdRow, checkpoint, crowd as rows};
use store::{Backend, Query};
use tokio::time::Instant;

/// How long what other nodes admitted may stay unknown here.
const OTHERS_AFTER: Duration = Duration::from_secs(1);
/// A batch of another node may become visible this much later than the time it carries.
const LATE: TimeDelta = TimeDelta::seconds(3);
/// How old a shown figure may get at a quiet time, when no batch renews it.
const SHOWN_FOR: Duration = Duration::from_secs(15);

/// A crowd with what it was made from.
pub(super) struct Kept {
    pub(super) crowd: Crowd,
    limits: Vec<ZoneLimit>,
    quotas: Vec<AccessRule>,
    /// What the server took until then is in it.
    read_to: DateTime<Utc>,
    since: Instant,
}

fn quotas(rules: &[AccessRule]) -> Vec<AccessRule> {
    rules.iter().filter(|rule| rule.quota.is_some()).cloned().collect()
}

fn take_in(crowd: &mut Crowd, gates: &HashMap<PlaceId, Gate>, rows: Vec<CrowdRow>) {
    let nowhere: Arc<[PlaceId]> = Arc::from([]);
    for row in rows {
        let zones = gates.get(&row.gate).map_or_else(|| nowhere.clone(), |gate| gate.zones.clone());
        let passage = Passage { at: row.at, day: row.day, gate: row.gate, zones, direction: row.direction };
        crowd.apply(&row.member, row.scan, &passage);
    }
}

/// The crowd for the batch at hand: the one kept when it still holds, else read from the log.
pub(super) async fn current(
    q: &impl Query,
    post: &Post,
    now: DateTime<Utc>,
    kept: Option<Kept>,
) -> Result<Kept, Error> {
    let known = &post.checkpoint;
    let day = Moment::of(now, known.zone).day;
    let quotas = quotas(&known.rules);
    let kept = kept.filter(|kept| kept.crowd.day() == day && kept.limits == known.limits && kept.quotas == quotas);
    if let Some(mut kept) = kept {
        if q.backend() == Backend::Postgres && !kept.crowd.is_idle() && kept.since.elapsed() > OTHERS_AFTER {
            let news = rows(q, known.edition, None, Some(kept.read_to - LATE)).await?;
            take_in(&mut kept.crowd, &known.gates, news);
            (kept.read_to, kept.since) = (now, Instant::now());
        }
        return Ok(kept);
    }
    let mut crowd = Crowd::new(day, &known.limits, &known.rules);
    if !crowd.is_idle() {
        let only = (!crowd.needs_history()).then_some(day);
        take_in(&mut crowd, &known.gates, rows(q, known.edition, only, None).await?);
    }
    Ok(Kept { crowd, limits: known.limits.clone(), quotas, read_to: now, since: Instant::now() })
}

/// The last figures by edition, for screens and devices.
#[derive(Default)]
pub(super) struct Loads(Mutex<HashMap<EditionId, (Instant, u64, Figures)>>);

/// Zones with a capacity and how full they are.
type Figures = Vec<(PlaceId, ZoneLoad)>;

impl Loads {
    pub(super) fn show(&self, edition: EditionId, generation: u64, crowd: &Crowd) {
        let figures = crowd.loads().collect();
        let mut all = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        all.insert(edition, (Instant::now(), generation, figures));
    }
}

/// People inside each zone that has a capacity, as the scan writer counts them; a few seconds old at most.
///
/// # Errors
/// When the database does not answer.
pub async fn zone_loads(app: &App, edition: EditionId) -> Result<Vec<(PlaceId, ZoneLoad)>, Error> {
    let generation = app.admission().generation();
    let shown = app.admission().loads.0.lock().unwrap_or_else(PoisonError::into_inner).get(&edition).cloned();
    if let Some((since, of, figures)) = shown
        && of == generation
        && since.elapsed() < SHOWN_FOR
    {
        return Ok(figures);
    }
    let reader = app.reader();
    let post = Post::new(checkpoint(&reader, edition).await?.ok_or(Error::Missing)?);
    let kept = current(&reader, &post, app.now(), None).await?;
    app.admission().loads.show(edition, generation, &kept.crowd);
    Ok(kept.crowd.loads().collect())
}
