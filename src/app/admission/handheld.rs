//! What a device fetches for the time without network: its place, gates and rules (`contact`), sealed badges
//! (`badge_page`) and earlier passages (`passage_page`). Cursors are opaque to devices; one that cannot be read begins
//! anew, which costs time and loses nothing.

use super::KnownDevice;
use super::crowd::zone_loads;
use crate::{App, Error};
use chrono::{DateTime, Utc};
use domain::admission::message::Message;
use domain::admission::quota::{Member, QuotaScope};
use domain::admission::report::{Report, ReportDraft};
use domain::admission::seal::{self, HANDLE_BYTES, Sealed};
use domain::admission::{AccessRule, EntryLimit, ZoneLoad};
use domain::plan::incident_view::Alarm;
use domain::{CredentialId, DeviceId, EditionId, FactId, MessageId, PlaceId, ScanId};
use sha2::{Digest as _, Sha256};
use std::collections::HashMap;
use std::sync::{Mutex, PoisonError};
use std::time::Duration;
use store::read::admission::{self as read, BadgeKept, Checkpoint, PassageKept};
use tokio::time::Instant;
use uuid::Uuid;

/// Badges in one answer.
const BADGES: u32 = 2_000;
/// Facts looked at for one answer.
pub(super) const FACTS: u32 = 500;
/// Passages in one answer.
const PASSAGES: u32 = 5_000;
/// A fact may become visible this much later than the time its id carries.
const LATE_MS: u64 = 30_000;
/// The same for a scan.
const LATE_SCAN: chrono::TimeDelta = chrono::TimeDelta::seconds(5);
/// How often a report without news is written.
const WRITE_EVERY: Duration = Duration::from_secs(20);

/// When a device was last written about, and what was wrong then.
#[derive(Default)]
pub(super) struct Reports(Mutex<HashMap<DeviceId, (Instant, Report)>>);

impl Reports {
    /// Whether there is something new to write.
    fn is_news(&self, device: DeviceId, report: &Report) -> bool {
        let known = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        known.get(&device).is_none_or(|(at, before)| {
            at.elapsed() >= WRITE_EVERY
                || before.cares(report.told_at) != report.cares(report.told_at)
                || (before.unsent == 0) != (report.unsent == 0)
        })
    }

    fn written(&self, device: DeviceId, report: Report) {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).insert(device, (Instant::now(), report));
    }
}

/// What a device is told with each contact.
#[derive(Debug, Clone)]
pub struct Briefing {
    /// The server's time.
    pub now: DateTime<Utc>,
    /// Gates, rules, keys, zones.
    pub checkpoint: Checkpoint,
    /// How full the zones with a capacity are.
    pub loads: Vec<(PlaceId, ZoneLoad)>,
    /// Whether verdicts need earlier passages: something is limited.
    pub limited: bool,
    /// What badges carry of their group, for quotas; badges are fetched anew when it changes.
    pub groups: Vec<QuotaScope>,
    /// Words to show.
    pub messages: Vec<Message>,
    /// Incidents that go on: every device at every gate shows them.
    pub alarms: Vec<Alarm>,
}

/// A device says how it is and hears what is new.
///
/// # Errors
/// When the database does not answer.
pub async fn contact(app: &App, device: &KnownDevice, draft: &ReportDraft, agent: &str) -> Result<Briefing, Error> {
    let its = &device.key.device;
    let now = app.now();
    let report = draft.parse(now, agent);
    let read_ids: Vec<MessageId> = draft.read.iter().take(20).filter_map(|id| id.parse().ok()).collect();
    if !read_ids.is_empty() || app.admission().reports.is_news(its.id, &report) {
        let tx = app.store().begin().await?;
        store::record::handheld::save_report(&tx, its.edition, its.id, &report).await?;
        store::record::handheld::mark_read(&tx, its.edition, its.id, &read_ids, now).await?;
        store::record::admission::touch_devices(&tx, &[its.id], now).await?;
        tx.commit().await?;
        app.admission().reports.written(its.id, report);
    }
    let reader = app.reader();
    let checkpoint = read::checkpoint(&reader, its.edition).await?.ok_or(Error::Missing)?;
    let messages = read::messages_for(&reader, its.edition, its.id, its.gate, now).await?;
    let loads = if checkpoint.limits.is_empty() { Vec::new() } else { zone_loads(app, its.edition).await? };
    let alarms = store::read::plan::incident::alarms(&reader, its.edition).await?;
    let (limited, groups) = (is_limited(&checkpoint), groups_of(&checkpoint.rules));
    Ok(Briefing { now, checkpoint, loads, limited, groups, messages, alarms })
}

fn is_limited(checkpoint: &Checkpoint) -> bool {
    let counts = |rule: &AccessRule| rule.limit != EntryLimit::Unlimited || rule.quota.is_some();
    !checkpoint.limits.is_empty() || checkpoint.rules.iter().any(counts)
}

fn groups_of(rules: &[AccessRule]) -> Vec<QuotaScope> {
    let used = |scope: &&QuotaScope| rules.iter().any(|rule| rule.quota.is_some_and(|quota| quota.scope == **scope));
    QuotaScope::ALL.iter().filter(used).copied().collect()
}

/// A badge as a device keeps it.
#[derive(Debug, Clone)]
pub struct BadgeRecord {
    /// What it is found by.
    pub handle: [u8; HANDLE_BYTES],
    /// The badge's facts. Its code, name and company are not to leave the house but sealed.
    pub kept: BadgeKept,
    /// Names of the person's groups, hashed, by scope.
    pub groups: Vec<(QuotaScope, String)>,
    /// Name and company under the key of the code.
    pub sealed: Vec<u8>,
}

/// A piece of what a device keeps.
#[derive(Debug, Clone)]
pub struct Piece<T> {
    /// Items.
    pub items: Vec<T>,
    /// Where the next piece begins.
    pub next: String,
    /// There is more already.
    pub more: bool,
}

/// Badges made since the cursor, and those of registrations something happened to.
///
/// # Errors
/// When the database does not answer.
pub async fn badge_page(app: &App, edition: EditionId, cursor: &str) -> Result<Piece<BadgeRecord>, Error> {
    let reader = app.reader();
    let (badge, fact) = match parse_cursor(cursor) {
        Some((badge, fact)) => (Some(CredentialId::from_uuid(badge)), Some(FactId::from_uuid(fact))),
        None => (None, read::newest_fact(&reader, edition).await?),
    };
    let mut kept = read::badges_after(&reader, edition, badge, BADGES).await?;
    let mut more = kept.len() == BADGES as usize;
    let last = kept.last().map(|one| one.id).or(badge);
    let mut heard = fact;
    // News is for those who have everything: until then the walk itself brings the present state.
    if !more && let Some(fact) = fact {
        let (changed, newest) = read::registrations_after(&reader, edition, a_little_before(fact), FACTS).await?;
        kept.extend(read::badges_of(&reader, edition, &changed).await?);
        heard = newest.filter(|newest| *newest > fact).or(heard);
        more = newest.is_some_and(|newest| newest > fact) && changed.len() >= FACTS as usize / 2;
    }
    let rules = read::checkpoint(&reader, edition).await?.map(|post| post.rules).unwrap_or_default();
    let scopes = groups_of(&rules);
    // Tens of microseconds each: not on the threads that answer gates.
    let sealed = tokio::task::spawn_blocking(move || kept.into_iter().filter_map(|one| sealed(one, &scopes)).collect());
    let items = sealed.await.map_err(|error| Error::Outside(error.to_string()))?;
    let uuid = |id: Option<Uuid>| id.unwrap_or(Uuid::nil()).simple().to_string();
    let next = format!("{}.{}", uuid(last.map(CredentialId::uuid)), uuid(heard.map(FactId::uuid)));
    Ok(Piece { items, next, more })
}

fn sealed(kept: BadgeKept, scopes: &[QuotaScope]) -> Option<BadgeRecord> {
    let person = Sealed { name: kept.name.clone(), company: kept.company.clone() };
    let sealed = seal::seal(&kept.code, &person)?;
    let nobody = domain::RegistrationId::from_uuid(Uuid::nil());
    let member = Member::new(nobody, kept.category, &kept.company, &kept.delegation);
    let group = |scope: &QuotaScope| Some((*scope, hashed(member.group(*scope)?)));
    let groups = scopes.iter().filter_map(group).collect();
    Some(BadgeRecord { handle: seal::handle(&kept.code), kept, groups, sealed })
}

/// Equal groups have equal hashes; that is all a device needs to know.
fn hashed(group: &str) -> String {
    let hash = Sha256::digest(group.as_bytes());
    hash[..8].iter().map(|byte| format!("{byte:02x}")).collect()
}

pub(super) fn parse_cursor(cursor: &str) -> Option<(Uuid, Uuid)> {
    let (badge, fact) = cursor.split_once('.')?;
    Some((badge.parse().ok()?, fact.parse().ok()?))
}

/// The smallest id some seconds before this one: what was under way then may only now be seen.
pub(super) fn a_little_before(fact: FactId) -> Uuid {
    let bytes = fact.uuid().into_bytes();
    let ms = bytes[..6].iter().fold(0u64, |ms, byte| (ms << 8) | u64::from(*byte));
    let earlier = ms.saturating_sub(LATE_MS).to_be_bytes();
    let mut floor = [0; 16];
    floor[..6].copy_from_slice(&earlier[2..]);
    Uuid::from_bytes(floor)
}

/// Admitted passages since the cursor. Some come twice: devices know them by their id.
///
/// # Errors
/// When the database does not answer.
pub async fn passage_page(app: &App, edition: EditionId, cursor: &str) -> Result<Piece<PassageKept>, Error> {
    let (at, id) = passage_cursor(cursor).unwrap_or_default();
    let after = (at, ScanId::from_uuid(id));
    let items = read::passages_after(&app.reader(), edition, after, PASSAGES).await?;
    let more = items.len() == PASSAGES as usize;
    let (at, id) = match items.last() {
        Some(last) if more => (last.server_time, last.id.uuid()),
        Some(last) => (last.server_time - LATE_SCAN, Uuid::nil()),
        None => (at, id),
    };
    Ok(Piece { items, next: format!("{}.{}", at.timestamp_micros(), id.simple()), more })
}

fn passage_cursor(cursor: &str) -> Option<(DateTime<Utc>, Uuid)> {
    let (at, id) = cursor.split_once('.')?;
    Some((DateTime::from_timestamp_micros(at.parse().ok()?)?, id.parse().ok()?))
}
