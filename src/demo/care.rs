//! What the devices of the show told of themselves a moment ago, and words that went to them today.

use super::chance::Chance;
use super::stage::Stage;
use app::Error;
use chrono::Duration;
use domain::access::Role;
use domain::admission::message::{Audience, Message};
use domain::admission::report::Report;
use domain::{DeviceId, EditionId, MessageId, PlaceId};
use store::Tx;
use store::record::handheld as record;

/// Minutes ago, to the first gate or to all, what, and how many devices read it.
const WORDS: &[(i64, bool, &str, usize)] = &[
    (190, false, "Gates open at 09:00 sharp. 九点整开门。", 12),
    (75, true, "Second lane open, please send visitors over. 第二通道已开，请引导观众。", 2),
];

/// Lets every device tell of itself: most are well, a few need somebody.
///
/// # Errors
/// When the database does not answer.
pub(super) async fn tell(
    tx: &Tx,
    stage: &Stage,
    edition: EditionId,
    gates: &[(PlaceId, Vec<DeviceId>)],
    badges: usize,
    chance: &mut Chance,
) -> Result<(), Error> {
    let now = stage.calendar.now;
    let all: Vec<DeviceId> = gates.iter().flat_map(|(_, devices)| devices.iter().copied()).collect();
    for (number, device) in all.iter().enumerate() {
        let low = number % 9 == 4;
        let waiting = number % 11 == 6;
        let told_at = now - Duration::seconds(chance.between(2, 40));
        let report = Report {
            told_at,
            battery_percent: i32::try_from(if low { chance.between(7, 18) } else { chance.between(35, 99) }).ok(),
            charging: !low && chance.percent(20),
            unsent: if waiting { 14 } else { 0 },
            refused: 0,
            badges: i32::try_from(badges).unwrap_or(i32::MAX),
            oldest_unsent_at: waiting.then(|| told_at - Duration::minutes(6)),
            data_at: Some(told_at - if waiting { Duration::minutes(7) } else { Duration::seconds(5) }),
            offset_ms: Some(chance.between(-900, 900)),
            agent: "Mozilla/5.0 (Linux; Android 14) Chrome/147.0 Mobile".to_owned(),
            kept: chance.percent(80),
        };
        record::save_report(tx, edition, *device, &report).await?;
    }
    let supervisor = stage.member(Role::GateSupervisor).name.clone();
    for (minutes, first_gate, text, read) in WORDS {
        let sent_at = now - Duration::minutes(*minutes);
        let message = Message {
            id: chance.id::<MessageId>(sent_at),
            text: (*text).to_owned(),
            sent_by: supervisor.clone(),
            sent_at,
            until: sent_at + Duration::minutes(60),
        };
        let (to, heard) = match gates.first().filter(|_| *first_gate) {
            Some((gate, devices)) => (Audience::Gate(*gate), devices.as_slice()),
            None => (Audience::All, all.as_slice()),
        };
        record::insert_message(tx, edition, to, &message).await?;
        for device in heard.iter().take(*read) {
            record::mark_read(tx, edition, *device, &[message.id], sent_at + Duration::minutes(2)).await?;
        }
    }
    Ok(())
}
