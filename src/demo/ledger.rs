//! What the day left behind for the gates' supervisor: a phone that was without network for a while and let in people who
//! had come in elsewhere, somebody whose badge had been withdrawn, and a card nobody knows; a hub in the hall; and the
//! count that was frozen for the press. All of it through the use cases that make it in real life.

use super::door::Post;
use super::site::Made;
use super::stage::Stage;
use app::admission::{ScanBy, conflict_scans, freeze_count, record_scans, settle_conflict};
use app::{Error, chance};
use chrono::Duration;
use domain::access::{Role, Viewer};
use domain::admission::hub::Report;
use domain::admission::scan::{Code, Scan, ScanRow};
use domain::admission::verdict::VerdictKind;
use domain::admission::{Direction, Profile, audit};
use domain::registration::Category;
use domain::{HubId, ScanId};
use std::sync::Arc;

/// People let in twice.
const TWICE: usize = 9;

fn viewer(stage: &Stage, role: Role) -> Viewer {
    let member = stage.member(role);
    Viewer { user: member.id, name: member.name.clone(), admin: false, grants: Vec::new(), token: None }
}

/// Hands in what a phone scanned without network, and says of two conflicts what they were.
///
/// # Errors
/// When the database does not answer.
pub async fn fall_apart(stage: &Stage, made: &Made, post: &Post, day: &[ScanRow]) -> Result<(), Error> {
    let Some(device) = post.devices.first().copied() else { return Ok(()) };
    let by = Arc::new(ScanBy {
        edition: made.edition.id,
        device: Some(device),
        name: post.gate.code.clone(),
        gate: Some(post.gate.id),
        profile: Profile::Steward,
        withdrawn: false,
    });
    // The phone found the network again a while ago.
    let back = stage.calendar.now - Duration::minutes(40);
    let visits = |row: &&ScanRow| {
        row.verdict.admits()
            && row.direction == Direction::In
            && row.first_entry
            && row.gate != post.gate.id
            && row.category == Some(Category::TradeVisitor)
            && row.entry_time < back - Duration::minutes(20)
    };
    let entered: Vec<&ScanRow> = day.iter().filter(visits).collect();
    let every = (entered.len() / TWICE).max(1);
    let mut scans: Vec<Scan> = Vec::new();
    let mut scan = |code: &str, at: chrono::DateTime<chrono::Utc>, known: bool| {
        let sequence = 9_000 + i64::try_from(scans.len()).unwrap_or(0);
        scans.push(Scan {
            id: chance::id::<ScanId>(),
            sequence,
            code: Code::read(code),
            direction: Some(Direction::In),
            device_time: Some(at),
            offset_ms: known.then_some(0),
            override_reason: None,
            shown: Some(VerdictKind::AdmitWithNotice),
            gate: None,
            told: None,
        });
    };
    for (number, row) in entered.iter().step_by(every).take(TWICE).enumerate() {
        let minutes = 4 + i64::try_from(number).unwrap_or(0);
        scan(&row.code, row.entry_time + Duration::minutes(minutes), number != 2);
    }
    let turned_away = |row: &&ScanRow| row.reason.as_deref() == Some("revoked") && !row.verdict.admits();
    for row in day.iter().filter(turned_away).filter(|row| row.entry_time < back - Duration::minutes(10)).take(2) {
        scan(&row.code, row.entry_time + Duration::minutes(6), true);
    }
    scan("QDJ7KX3MPA9TVH5RWE2C", back - Duration::minutes(15), true);
    stage.clock.set(back);
    let taken = record_scans(&stage.app, by, scans).await;
    stage.clock.set(stage.calendar.now);
    taken?;
    let supervisor = viewer(stage, Role::GateSupervisor);
    let notes = ["Badge handed back over the barrier; spoken to at the entrance.", "双胞胎同事互换证件，已当面核实。"];
    for (scan, note) in conflict_scans(&stage.app, made.edition.id, notes.len()).await?.into_iter().zip(notes) {
        settle_conflict(&stage.app, &supervisor, made.edition.id, scan, (note.to_owned(), 1)).await?;
    }
    Ok(())
}

/// A hub that is connected, and the count frozen at noon.
///
/// # Errors
/// When the database does not answer.
pub async fn keep(stage: &Stage, made: &Made) -> Result<(), Error> {
    let tx = stage.app.store().begin().await?;
    let hub = chance::id::<HubId>();
    let key = ed25519_dalek::SigningKey::from_bytes(&chance::bytes::<32>()).verifying_key().to_bytes();
    let enrolled = stage.calendar.at(-2, 10 * 60);
    store::record::hub::enrol(&tx, made.edition.id, hub, ("Hall N1–N3", &key), enrolled).await?;
    let report =
        Report { hub: hub.to_string(), unsent: 0, offset_ms: 140, release: env!("CARGO_PKG_VERSION").to_owned() };
    store::record::hub::heard_of(&tx, hub, &report, stage.calendar.now).await?;
    tx.commit().await?;
    let director = viewer(stage, Role::Director);
    for (code, note) in [("ufi", "Press release of the first day"), ("fkm", "首日快报")] {
        let profile = audit::profile(code).unwrap_or(&audit::profiles()[0]);
        freeze_count(&stage.app, &director, &made.edition, (profile, note.to_owned())).await?;
    }
    Ok(())
}
