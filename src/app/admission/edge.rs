//! The hub's side: joining an upstream, and one round of the exchange with it. Every step may be cut off and done again:
//! marks are moved only after the other side has answered, and whatever is sent twice is there once.

use super::hubs::find_by;
use super::look_again;
use crate::{App, Error, chance};
use domain::admission::hub::{
    Config, ConfigAsked, Digest, EnrolDraft, Enrolled, HubScans, HubSelf, LogPiece, PIECE, People, Record, Report,
    Sheet, differing, numbers,
};
use domain::edition::Edition;
use domain::{EditionId, RegistrationId};
use ed25519_dalek::SigningKey;
use serde::de::DeserializeOwned;
use serde_json::{Value, json};
use std::collections::{HashMap, HashSet};
use store::read;
use store::record::hub::{self as record, There};

/// People in one piece of the exchange.
const PEOPLE: usize = 100;
/// Buckets fetched in one round; the rest follow in the next.
const BUCKETS: usize = 200;

/// The way to the upstream: one call of its API.
pub trait Upstream: Sync {
    /// Calls `/api/v1/editions/{edition}/{path}`; a refusal of the other side is an error that says what it said.
    fn call(
        &self,
        method: &'static str,
        path: &str,
        body: Option<Value>,
    ) -> impl Future<Output = Result<Value, Error>> + Send;
}

/// What a round of the exchange did.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Exchanged {
    /// People handed on.
    pub people_up: usize,
    /// Scans handed on.
    pub scans_up: usize,
    /// Scans the upstream did not take.
    pub refused: usize,
    /// People fetched.
    pub people_down: usize,
    /// Scans fetched.
    pub scans_down: usize,
}

fn read_as<T: DeserializeOwned>(value: Value) -> Result<T, Error> {
    serde_json::from_value(value).map_err(|error| Error::Outside(format!("the upstream said something else: {error}")))
}

fn body(value: impl serde::Serialize) -> Result<Option<Value>, Error> {
    serde_json::to_value(value).map(Some).map_err(|error| Error::Outside(error.to_string()))
}

/// The key this hub signs its badges with: made once, kept here, never sent.
async fn own_key(app: &App, slug: &str) -> Result<SigningKey, Error> {
    let nowhere = EditionId::from_uuid(uuid::Uuid::nil());
    let what = format!("key:{slug}");
    let kept = read::hub::mark(&app.reader(), nowhere, &what).await?;
    if let Some(bytes) = domain::text::unhex(&kept).and_then(|bytes| <[u8; 32]>::try_from(bytes).ok()) {
        return Ok(SigningKey::from_bytes(&bytes));
    }
    let secret = chance::bytes::<32>();
    let tx = app.store().begin().await?;
    record::set_mark(&tx, nowhere, &what, &domain::text::hex(&secret)).await?;
    tx.commit().await?;
    Ok(SigningKey::from_bytes(&secret))
}

/// Joins an upstream for an edition: introduces itself, fetches what it needs to know, becomes a hub. Doing it again is
/// fine.
///
/// # Errors
/// When the upstream does not answer or refuses.
pub async fn join(
    app: &App,
    upstream: &impl Upstream,
    (slug, name, address): (&str, &str, &str),
) -> Result<Edition, Error> {
    let key = own_key(app, slug).await?;
    let schema = read::hub::schema(&app.reader()).await?;
    let public_key = domain::text::hex(key.verifying_key().as_bytes());
    let draft = EnrolDraft { name: name.to_owned(), public_key, schema: schema.clone() };
    let enrolled: Enrolled = read_as(upstream.call("POST", "hubs", body(&draft)?).await?)?;
    let asked = ConfigAsked { known: String::new(), schema };
    let config: Config = read_as(upstream.call("POST", "hubs/config", body(&asked)?).await?)?;
    let edition = config.sheets.iter().find(|sheet| sheet.table == "edition").and_then(|sheet| sheet.rows.first());
    let edition = edition.and_then(|row| row.get("id")?.as_str()?.parse::<EditionId>().ok()).ok_or(Error::Missing)?;
    let tx = app.store().begin().await?;
    write_config(&tx, edition, &config).await?;
    record::keep_secret(&tx, enrolled.hub, key.as_bytes()).await?;
    let (first, last) = numbers(enrolled.number);
    let own = (enrolled.number, first, last);
    record::become_hub(&tx, edition, (enrolled.hub, name, address), own, app.now()).await?;
    tx.commit().await?;
    app.admission().changed();
    read::edition::by_id(&app.reader(), edition).await?.ok_or(Error::Missing)
}

/// Columns that stay as they are here: secrets, and what is of the moment.
const KEPT: [&str; 6] = ["secret", "pair_hash", "pair_expires_at", "seen_at", "trouble", "trouble_at"];

async fn write_config(tx: &store::Tx, edition: EditionId, config: &Config) -> Result<(), Error> {
    for sheet in &config.sheets {
        record::put(tx, sheet, There::Follows, &KEPT).await?;
        if sheet.table == "access_rule" {
            record::forget_rules(tx, edition, sheet).await?;
        }
    }
    if !config.sheets.is_empty() {
        record::set_mark(tx, edition, "config", &config.hash).await?;
    }
    Ok(())
}

/// One round of the exchange. What went wrong is noted, for the page that shows how the hub is doing.
///
/// # Errors
/// When the upstream does not answer or refuses; what was done until then stays done.
pub async fn exchange(app: &App, upstream: &impl Upstream, edition: &Edition) -> Result<Exchanged, Error> {
    let outcome = round(app, upstream, edition).await;
    let (trouble, offset) = match &outcome {
        Ok((_, offset)) => (String::new(), Some(*offset)),
        Err(error) => (error.to_string().chars().take(300).collect(), None),
    };
    let tx = app.store().begin().await?;
    record::tried(&tx, edition.id, &trouble, offset, app.now()).await?;
    tx.commit().await?;
    outcome.map(|(exchanged, _)| exchanged)
}

async fn round(app: &App, upstream: &impl Upstream, edition: &Edition) -> Result<(Exchanged, i64), Error> {
    let own = read::hub::hub_self(&app.reader(), edition.id).await?.ok_or(Error::Missing)?;
    let mut done = Exchanged::default();
    let offset = follow_config(app, upstream, edition.id).await?;
    hand_on_people(app, upstream, edition.id, &own, &mut done).await?;
    hand_on_scans(app, upstream, edition.id, (&own, offset), &mut done).await?;
    follow_people(app, upstream, edition, &mut done).await?;
    follow_log(app, upstream, edition.id, &own, &mut done).await?;
    if done.people_down > 0 {
        look_again(app, edition.id).await?;
    }
    let reader = app.reader();
    let mark = read::hub::mark(&reader, edition.id, "scans").await?;
    let report = Report {
        hub: own.hub.to_string(),
        unsent: read::hub::unsent(&reader, edition.id, &mark).await?,
        offset_ms: offset,
        release: env!("CARGO_PKG_VERSION").to_owned(),
    };
    upstream.call("POST", "hubs/report", body(&report)?).await?;
    Ok((done, offset))
}

/// Gates, rules and devices as the upstream has them; how far this clock is behind the upstream's, milliseconds.
async fn follow_config(app: &App, upstream: &impl Upstream, edition: EditionId) -> Result<i64, Error> {
    let known = read::hub::mark(&app.reader(), edition, "config").await?;
    let schema = read::hub::schema(&app.reader()).await?;
    let asked_at = app.now();
    let config: Config = read_as(upstream.call("POST", "hubs/config", body(ConfigAsked { known, schema })?).await?)?;
    let took = app.now() - asked_at;
    let offset = config.now.map_or(0, |now| (now - (asked_at + took / 2)).num_milliseconds());
    if !config.sheets.is_empty() {
        let tx = app.store().begin().await?;
        write_config(&tx, edition, &config).await?;
        tx.commit().await?;
        app.admission().changed();
    }
    Ok(offset)
}

async fn hand_on_people(
    app: &App,
    upstream: &impl Upstream,
    edition: EditionId,
    own: &HubSelf,
    done: &mut Exchanged,
) -> Result<(), Error> {
    loop {
        let reader = app.reader();
        let mark = read::hub::mark(&reader, edition, "people").await?;
        let (ids, Some(next)) = read::hub::changed_here(&reader, edition, &mark, PEOPLE).await? else { return Ok(()) };
        let people = read::hub::people(&reader, edition, &ids).await?;
        done.people_up += people.registrations.len();
        let sent = json!({ "hub": own.hub.to_string(), "people": people });
        upstream.call("POST", "hubs/people", Some(sent)).await?;
        set_mark(app, edition, "people", &next).await?;
    }
}

async fn hand_on_scans(
    app: &App,
    upstream: &impl Upstream,
    edition: EditionId,
    (own, offset): (&HubSelf, i64),
    done: &mut Exchanged,
) -> Result<(), Error> {
    loop {
        let reader = app.reader();
        let mark = read::hub::mark(&reader, edition, "scans").await?;
        let (scans, next) = read::hub::to_hand_on(&reader, edition, &mark, offset, PIECE).await?;
        let Some(next) = next else { return Ok(()) };
        let sent = scans.len();
        let answer = upstream.call("POST", "hubs/scans", body(HubScans { hub: own.hub.to_string(), scans })?).await?;
        let refused = answer["refused"].as_array().map_or(0, Vec::len);
        if refused > 0 {
            tracing::warn!(refused, answer = %answer["refused"], "the upstream did not take some scans");
        }
        done.scans_up += sent - refused;
        done.refused += refused;
        set_mark(app, edition, "scans", &next).await?;
    }
}

async fn set_mark(app: &App, edition: EditionId, what: &str, place: &str) -> Result<(), Error> {
    let tx = app.store().begin().await?;
    record::set_mark(&tx, edition, what, place).await?;
    Ok(tx.commit().await?)
}

/// People as the upstream has them, bucket by bucket where the two differ. Whoever was changed here since the last piece
/// was handed on is left for the next round.
async fn follow_people(
    app: &App,
    upstream: &impl Upstream,
    edition: &Edition,
    done: &mut Exchanged,
) -> Result<(), Error> {
    let theirs: Vec<Digest> = read_as(upstream.call("GET", "hubs/digests", None).await?["digests"].take())?;
    let ours = read::hub::digests(&app.reader(), edition.id).await?;
    for bucket in differing(&ours, &theirs).into_iter().take(BUCKETS) {
        let people = upstream.call("GET", &format!("hubs/people/{bucket}"), None).await?;
        let mut people: People = read_as(people)?;
        let work = app.begin(domain::journal::Actor::System).await?;
        let mark = read::hub::mark(work.tx(), edition.id, "people").await?;
        let (pending, _) = read::hub::changed_here(work.tx(), edition.id, &mark, 10_000).await?;
        let pending: HashSet<String> = pending.iter().map(ToString::to_string).collect();
        let ours = read::hub::bucket(work.tx(), edition.id, bucket).await?;
        let news = |row: &Record, owner: &str, ours: &HashMap<&str, &Record>| {
            let owned = row.get(owner).and_then(Value::as_str).is_some_and(|id| !pending.contains(id));
            owned && differs(row, ours)
        };
        let (people_here, badges, consents) =
            (by_id(&ours.registrations), by_id(&ours.credentials), by_id(&ours.consents));
        people.registrations.retain(|row| news(row, "id", &people_here));
        people.credentials.retain(|row| news(row, "registration_id", &badges));
        people.consents.retain(|row| news(row, "registration_id", &consents));
        record::follow_people(work.tx(), edition.id, &people).await?;
        let touched: HashSet<&str> = people
            .registrations
            .iter()
            .filter_map(|row| row.get("id")?.as_str())
            .chain(people.credentials.iter().filter_map(|row| row.get("registration_id")?.as_str()))
            .collect();
        for id in touched.iter().filter_map(|id| id.parse::<RegistrationId>().ok()) {
            find_by(&work, edition, id).await?;
        }
        done.people_down += touched.len();
        work.commit().await?;
    }
    if done.people_down > 0 {
        app.admission().changed();
    }
    Ok(())
}

/// What two sides have each for themselves, or what says nothing about a person or badge.
const APART: [&str; 4] = ["party_id", "participation_id", "access_hash", "submission"];

fn by_id(records: &[Record]) -> HashMap<&str, &Record> {
    records.iter().filter_map(|row| Some((row.get("id")?.as_str()?, row))).collect()
}

/// Whether a row is new here or says something else than the one that is.
fn differs(theirs: &Record, ours: &HashMap<&str, &Record>) -> bool {
    let Some(ours) = theirs.get("id").and_then(|id| ours.get(id.as_str()?)) else { return true };
    theirs.iter().any(|(name, value)| !APART.contains(&name.as_str()) && ours.get(name) != Some(value))
}

/// Scans made elsewhere, so that a badge used there is used here.
async fn follow_log(
    app: &App,
    upstream: &impl Upstream,
    edition: EditionId,
    own: &HubSelf,
    done: &mut Exchanged,
) -> Result<(), Error> {
    for _ in 0..1000 {
        let mark = read::hub::mark(&app.reader(), edition, "log").await?;
        let path = format!("hubs/log?hub={}&after={mark}", own.hub);
        let mut piece: LogPiece = read_as(upstream.call("GET", &path, None).await?)?;
        let full = piece.rows.len() >= PIECE;
        for row in &mut piece.rows {
            let via = row.entry("via").or_insert(Value::Null);
            if via.is_null() {
                *via = "upstream".into();
            }
        }
        let tx = app.store().begin().await?;
        let sheet = Sheet { table: "scan".to_owned(), rows: piece.rows };
        let fresh = record::put(&tx, &sheet, There::Stays, &[]).await?;
        record::set_mark(&tx, edition, "log", &piece.next).await?;
        tx.commit().await?;
        done.scans_down += usize::try_from(fresh).unwrap_or(0);
        if !full {
            return Ok(());
        }
    }
    Ok(())
}
