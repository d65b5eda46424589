//! What the log thinks of people's scans once more of them are known: the replay of `domain::admission::conflict` laid
//! over stored and new rows, and what has to be written because of it.

use super::judge::Post;
use crate::Error;
use chrono::{DateTime, Utc};
use domain::admission::conflict::{self, Finding, Trace, replay};
use domain::admission::scan::{Details, ScanRow};
use domain::admission::{
    Conflict, ConflictKind, CredentialFacts, CredentialState, Gate, GateDirection, Moment, Standing, Verdict,
};
use domain::{Bilingual, CredentialId, EditionId, PlaceId, RegistrationId, ScanId};
use std::collections::{HashMap, HashSet};
use std::sync::Arc;
use store::Tx;
use store::read::admission::{BadgeRow, TraceRow};
use store::record::conflict::{self as record, Found, Opinion};

/// What changes in the log.
#[derive(Debug, Default)]
pub(super) struct Rejudged {
    opinions: Vec<Opinion>,
    found: Vec<Found>,
    gone: Vec<ScanId>,
}

impl Rejudged {
    /// Writes it.
    pub(super) async fn save(&self, tx: &Tx, edition: EditionId, now: DateTime<Utc>) -> Result<(), Error> {
        record::think(tx, edition, &self.opinions).await?;
        record::note(tx, edition, &self.found, now).await?;
        Ok(record::gone(tx, edition, &self.gone).await?)
    }
}

/// Judges the people of a batch anew: everything stored of them and the new rows, which are corrected in place.
pub(super) fn rejudge<'a>(
    post: &Post,
    stored: &[TraceRow],
    fresh: &mut [ScanRow],
    badges: impl Iterator<Item = &'a BadgeRow>,
) -> Rejudged {
    let badges: HashMap<CredentialId, &CredentialFacts> = badges.map(|b| (b.credential, &b.facts)).collect();
    let touched: HashSet<RegistrationId> = match fresh.is_empty() {
        true => stored.iter().map(|row| row.registration).collect(),
        false => fresh.iter().filter(|row| row.is_remote()).filter_map(|row| row.registration).collect(),
    };
    let gates = Gates::of(post, stored.iter().map(|row| row.gate).chain(fresh.iter().map(|row| row.gate)));
    let as_received: Vec<CredentialFacts> = stored.iter().map(as_received).collect();
    let mut people: HashMap<RegistrationId, Vec<Trace<'_>>> = HashMap::new();
    let zone = post.checkpoint().zone;
    for (row, badge) in stored.iter().zip(&as_received).filter(|(row, _)| touched.contains(&row.registration)) {
        let trace = Trace {
            scan: row.scan,
            device: row.device,
            sequence: row.sequence,
            moment: Moment::of(row.at, zone),
            received: row.received,
            gate: gates.get(row.gate),
            direction: row.direction,
            admitted: row.verdict.admits(),
            overridden: row.overridden,
            remote: row.offline || row.details.hub.is_some(),
            told: row.details.hub.is_some(),
            clock_unknown: row.details.clock_unknown,
            badge,
        };
        people.entry(row.registration).or_default().push(trace);
    }
    for row in fresh.iter() {
        let Some(person) = row.registration.filter(|person| touched.contains(person)) else { continue };
        let Some(badge) = row.credential.and_then(|id| badges.get(&id)) else { continue };
        people.entry(person).or_default().push(trace_of(row, gates.get(row.gate), badge, post));
    }
    let findings: Vec<Finding> = people.values().flat_map(|traces| replay(traces, &post.checkpoint().rules)).collect();
    let findings: HashMap<ScanId, Finding> = findings.into_iter().map(|finding| (finding.scan, finding)).collect();
    let mut out = Rejudged::default();
    for row in stored {
        if let Some(finding) = findings.get(&row.scan) {
            out.compare(post, row, finding);
        }
    }
    for row in fresh {
        out.take(post, row, findings.get(&row.id));
    }
    out
}

fn trace_of<'a>(row: &ScanRow, gate: &'a Gate, badge: &'a CredentialFacts, post: &Post) -> Trace<'a> {
    Trace {
        scan: row.id,
        device: row.device,
        sequence: row.sequence,
        moment: Moment::of(row.entry_time, post.checkpoint().zone),
        received: row.server_time,
        gate,
        direction: row.direction,
        admitted: row.verdict.admits(),
        overridden: row.override_reason.is_some(),
        remote: row.is_remote(),
        told: row.details.hub.is_some(),
        clock_unknown: row.details.clock_unknown,
        badge,
    }
}

/// The gates of the scans; one that is gone is taken as open.
struct Gates<'a> {
    post: &'a Post,
    gone: HashMap<PlaceId, Gate>,
}

impl<'a> Gates<'a> {
    fn of(post: &'a Post, asked: impl Iterator<Item = PlaceId>) -> Self {
        let known = &post.checkpoint().gates;
        let stand_in = |id: PlaceId| Gate {
            id,
            edition: post.edition(),
            code: String::new(),
            name: Bilingual::default(),
            direction: GateDirection::Both,
            zones: Arc::from([]),
            open: true,
            version: 0,
        };
        let gone = asked.filter(|id| !known.contains_key(id)).map(|id| (id, stand_in(id))).collect();
        Self { post, gone }
    }

    fn get(&self, id: PlaceId) -> &Gate {
        let known = self.post.checkpoint().gates.get(&id).or_else(|| self.gone.get(&id));
        known.expect("every gate that was asked about is known or stands in")
    }
}

/// The badge as it stood when the scan came in: what happened to it later is no fault of that admission.
fn as_received(row: &TraceRow) -> CredentialFacts {
    let fine = CredentialFacts { state: CredentialState::Active, standing: Standing::Good, ..row.badge.clone() };
    match row.reason.as_deref() {
        // Its badge was found only now.
        Some("unknown_code") => row.badge.clone(),
        Some("revoked") => CredentialFacts { state: CredentialState::Revoked, ..fine },
        Some("replaced") => CredentialFacts { state: CredentialState::Replaced, ..fine },
        Some("blocked") => CredentialFacts { state: CredentialState::Blocked, ..fine },
        Some("not_approved") => CredentialFacts { standing: Standing::NotApproved, ..fine },
        Some("unpaid") => CredentialFacts { standing: Standing::Unpaid, ..fine },
        _ => fine,
    }
}

/// What is kept about a scan the server was not asked about: its opinion, and what the device said.
fn details_of(post: &Post, judged: &Verdict, before: &Details) -> Details {
    Details {
        judged: Some(judged.kind().code().to_owned()),
        notice: before.notice.clone(),
        clock_unknown: before.clock_unknown,
        withdrawn: before.withdrawn,
        hub: before.hub.clone(),
        ..Details::of(judged, |id| post.gate_code(id))
    }
}

/// Whether a quota was reached depends on others and is judged once, when the scan comes in: a replay of one person
/// leaves it as it is where it finds nothing else.
fn keeps_quota(reason: Option<&str>, judged: &Verdict) -> bool {
    reason == Some("quota_reached") && judged.admits()
}

fn over_quota() -> Conflict {
    Conflict { kind: ConflictKind::AgainstRules, other: None, order_unknown: false }
}

fn reason_of(judged: &Verdict) -> Option<String> {
    judged.reason().map(|reason| reason.code().to_owned())
}

impl Rejudged {
    /// A stored scan against what is thought of it now.
    fn compare(&mut self, post: &Post, row: &TraceRow, finding: &Finding) {
        let denied_by_hub = row.details.hub.is_some() && !row.verdict.admits();
        let kept = finding.judged.as_ref().is_some_and(|judged| keeps_quota(row.reason.as_deref(), judged));
        let found = if kept && row.verdict.admits() { Some(over_quota()) } else { finding.conflict };
        let (reason, details) = match &finding.judged {
            Some(judged) if !denied_by_hub && !kept => (reason_of(judged), details_of(post, judged, &row.details)),
            _ => (row.reason.clone(), row.details.clone()),
        };
        if reason != row.reason || details != row.details || finding.first_entry != row.first_entry {
            self.opinions.push(Opinion { scan: row.scan, reason, first_entry: finding.first_entry, details });
        }
        let before = row.conflict;
        let now = found.map(|conflict| (conflict.kind, conflict.other, conflict.order_unknown));
        if let (Some(conflict), true) = (found, before != now) {
            let (gate, at) = (row.gate, row.at);
            self.found.push(Found { scan: row.scan, conflict, gate, registration: Some(row.registration), at });
        }
        if now.is_none() && before.is_some() {
            self.gone.push(row.scan);
        }
    }

    /// A new scan takes what is thought of it; a stranger's is looked at by itself.
    fn take(&mut self, post: &Post, row: &mut ScanRow, finding: Option<&Finding>) {
        let conflict = match finding {
            Some(finding) => {
                let denied_by_hub = row.details.hub.is_some() && !row.verdict.admits();
                let kept = finding.judged.as_ref().is_some_and(|judged| keeps_quota(row.reason.as_deref(), judged));
                if let Some(judged) = finding.judged.as_ref().filter(|_| !denied_by_hub && !kept) {
                    row.reason = reason_of(judged);
                    row.details = details_of(post, judged, &row.details);
                }
                row.first_entry = finding.first_entry;
                if kept && row.verdict.admits() { Some(over_quota()) } else { finding.conflict }
            }
            None if row.is_remote() && row.credential.is_none() => {
                conflict::of_stranger(row.verdict.admits(), row.reason.as_deref(), row.details.malformed)
            }
            None => None,
        };
        if let Some(conflict) = conflict {
            let (gate, registration, at) = (row.gate, row.registration, row.entry_time);
            self.found.push(Found { scan: row.id, conflict, gate, registration, at });
        }
    }
}
