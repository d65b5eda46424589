//! The count as people look at it: made anew when the log or the journal has news, but never so often that counting a
//! large show becomes what the server does.

use super::counting::count;
use crate::{App, Error};
use chrono::{DateTime, Utc};
use domain::admission::audit::AuditProfile;
use domain::admission::count::Figures;
use domain::edition::Edition;
use domain::{EditionId, FactId};
use std::collections::HashMap;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;
use store::read::admission::{newest_fact, newest_scan};
use tokio::time::Instant;

/// A count that took less is made anew at any news.
const QUICK: Duration = Duration::from_millis(500);
/// A slow count is shown for so many times as long as it took: counting is a twentieth of a node's work at most.
const SHARE: u32 = 20;
/// Nothing is shown for longer, even without news this node could see.
const AT_MOST: Duration = Duration::from_secs(300);

/// What was counted, and when.
#[derive(Debug)]
pub struct Counted {
    /// The figures.
    pub figures: Figures,
    /// Scans received up to then are in them.
    pub cutoff: DateTime<Utc>,
}

/// The newest scan and the newest fact this node sees: everything a count is made of leaves one of them.
type Mark = (Option<DateTime<Utc>>, Option<FactId>);

struct Kept {
    mark: Mark,
    since: Instant,
    took: Duration,
    counted: Arc<Counted>,
}

impl Kept {
    fn holds(&self, mark: &Mark) -> bool {
        let age = self.since.elapsed();
        age < AT_MOST && (self.mark == *mark || (self.took >= QUICK && age < self.took * SHARE))
    }
}

type Place = Arc<tokio::sync::Mutex<Option<Kept>>>;

/// The last count of each edition by each profile.
#[derive(Default)]
pub(super) struct LatestCounts(Mutex<HashMap<(EditionId, String), Place>>);

/// What the log says by a profile: now, or as of a moment ago when counting takes long. A certificate is never made of
/// this; it counts for itself.
///
/// # Errors
/// When the database does not answer.
pub async fn latest_count(app: &App, edition: &Edition, profile: &AuditProfile) -> Result<Arc<Counted>, Error> {
    let place = {
        let mut all = app.admission().counts.0.lock().unwrap_or_else(PoisonError::into_inner);
        all.entry((edition.id, profile.code.clone())).or_default().clone()
    };
    // Held while counting, so that many viewers wait for one count instead of starting their own.
    let mut kept = place.lock().await;
    let reader = app.reader();
    let mark = (newest_scan(&reader, edition.id).await?, newest_fact(&reader, edition.id).await?);
    if let Some(kept) = kept.as_ref().filter(|kept| kept.holds(&mark)) {
        return Ok(kept.counted.clone());
    }
    let (since, cutoff) = (Instant::now(), app.now());
    let counted = Arc::new(Counted { figures: count(app, edition, profile, cutoff).await?, cutoff });
    *kept = Some(Kept { mark, since, took: since.elapsed(), counted: counted.clone() });
    Ok(counted)
}
