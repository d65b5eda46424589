//! Who is expected, for desks and supervisors that look people up without network: all of them piece by piece, then those
//! of registrations something happened to. Every piece is sealed under the key of the device's pairing.

use super::KnownDevice;
use super::handheld::{FACTS, a_little_before, parse_cursor};
use crate::{App, Error};
use domain::admission::roster;
use domain::{FactId, Refusal, RegistrationId};
use store::read::admission as read;
use uuid::Uuid;

/// People in one piece.
const PEOPLE: u32 = 2_000;

/// A piece of the roster.
#[derive(Clone)]
pub struct RosterPiece {
    /// The pairing's key.
    pub key: [u8; 32],
    /// People under that key; empty when there is nothing new.
    pub sealed: Vec<u8>,
    /// How many.
    pub people: usize,
    /// Where the next piece begins.
    pub next: String,
    /// There is more already.
    pub more: bool,
}

/// By hand, so that the key can never reach a log.
impl std::fmt::Debug for RosterPiece {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("RosterPiece").field("people", &self.people).field("more", &self.more).finish_non_exhaustive()
    }
}

/// People after the cursor, for a device whose people may look others up. A cursor that cannot be read begins anew.
///
/// # Errors
/// `device-may-not-search` for any other device.
pub async fn roster_piece(app: &App, device: &KnownDevice, cursor: &str) -> Result<RosterPiece, Error> {
    let its = &device.key.device;
    if !its.profile.may_search() {
        return Err(Refusal::conflict("device-may-not-search").into());
    }
    let key = roster::key(app.settings().key.bytes(), its.id, its.paired_at.unwrap_or_default());
    let (reader, edition) = (app.reader(), its.edition);
    let (after, fact) = match parse_cursor(cursor) {
        Some((person, fact)) => (Some(RegistrationId::from_uuid(person)), Some(FactId::from_uuid(fact))),
        None => (None, read::newest_fact(&reader, edition).await?),
    };
    let found = read::expected_after(&reader, edition, after, PEOPLE).await?;
    let mut more = found.len() == PEOPLE as usize;
    let last = found.last().map(|(id, _)| *id).or(after);
    let mut people: Vec<_> = found.into_iter().map(|(_, person)| person).collect();
    let mut heard = fact;
    // News is for those who have everybody: until then the walk itself brings the present state.
    if !more && let Some(fact) = fact {
        let (changed, newest) = read::registrations_after(&reader, edition, a_little_before(fact), FACTS).await?;
        people.extend(read::expected_of_ids(&reader, edition, &changed).await?);
        heard = newest.filter(|newest| *newest > fact).or(heard);
        more = newest.is_some_and(|newest| newest > fact) && changed.len() >= FACTS as usize / 2;
    }
    let count = people.len();
    // Some milliseconds for a full piece: not on the threads that answer gates.
    let sealed =
        tokio::task::spawn_blocking(move || if people.is_empty() { None } else { roster::seal(&key, &people) });
    let sealed = sealed.await.map_err(|error| Error::Outside(error.to_string()))?.unwrap_or_default();
    let uuid = |id: Option<Uuid>| id.unwrap_or(Uuid::nil()).simple().to_string();
    let next = format!("{}.{}", uuid(last.map(RegistrationId::uuid)), uuid(heard.map(FactId::uuid)));
    Ok(RosterPiece { key, sealed, people: count, next, more })
}
