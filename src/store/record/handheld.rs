//! What devices tell and are told: their last report, messages, and which of them were read.

use crate::{Outcome, Query, Tx, values};
use chrono::{DateTime, Utc};
use domain::admission::message::{Audience, Message};
use domain::admission::report::Report;
use domain::{DeviceId, EditionId, MessageId, PlaceId};

/// Writes over what a device told of itself.
///
/// # Errors
/// When the database does not answer.
pub async fn save_report(tx: &Tx, edition: EditionId, device: DeviceId, report: &Report) -> Outcome<()> {
    let sql = "insert into device_state (edition_id, device_id, told_at, battery_percent, charging, unsent, refused, badges,
                   oldest_unsent_at, data_at, offset_ms, agent, kept)
               values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13)
               on conflict (edition_id, device_id) do update set told_at = excluded.told_at,
                   battery_percent = excluded.battery_percent, charging = excluded.charging, unsent = excluded.unsent,
                   refused = excluded.refused, badges = excluded.badges, oldest_unsent_at = excluded.oldest_unsent_at,
                   data_at = excluded.data_at, offset_ms = excluded.offset_ms, agent = excluded.agent, kept = excluded.kept";
    let bound = values![
        edition.uuid(),
        device.uuid(),
        report.told_at,
        report.battery_percent,
        report.charging,
        report.unsent,
        report.refused,
        report.badges,
        report.oldest_unsent_at,
        report.data_at,
        report.offset_ms,
        report.agent.as_str(),
        report.kept
    ];
    tx.run(sql, bound).await?;
    Ok(())
}

/// Keeps a message for the devices to fetch.
///
/// # Errors
/// When the database does not answer.
pub async fn insert_message(tx: &Tx, edition: EditionId, to: Audience, message: &Message) -> Outcome<()> {
    let (device, gate) = match to {
        Audience::All => (None, None),
        Audience::Gate(gate) => (None, Some(gate)),
        Audience::Device(device) => (Some(device), None),
    };
    let columns = ["edition_id", "id", "device_id", "gate_id", "text", "sent_by", "sent_at", "until_at"];
    let row = values![
        edition.uuid(),
        message.id.uuid(),
        device.map(DeviceId::uuid),
        gate.map(PlaceId::uuid),
        message.text.as_str(),
        message.sent_by.as_str(),
        message.sent_at,
        message.until
    ];
    tx.insert("device_message", &columns, vec![row]).await
}

/// Notes that somebody at a device read these messages; messages that are not of the edition are left out.
///
/// # Errors
/// When the database does not answer.
pub async fn mark_read(
    tx: &Tx,
    edition: EditionId,
    device: DeviceId,
    messages: &[MessageId],
    now: DateTime<Utc>,
) -> Outcome<()> {
    for message in messages {
        let sql = "insert into device_message_read (edition_id, message_id, device_id, read_at)
                   select m.edition_id, m.id, $3, $4 from device_message m where m.edition_id = $1 and m.id = $2
                   on conflict (edition_id, message_id, device_id) do nothing";
        tx.run(sql, values![edition.uuid(), message.uuid(), device.uuid(), now]).await?;
    }
    Ok(())
}
