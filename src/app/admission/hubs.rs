//! The upstream's side of hubs: letting one in, telling it what it needs, taking what it registered and decided.

use super::judge::ScanBy;
use super::record_scans;
use crate::party::{self, Newcomer};
use crate::registration::access_key;
use crate::{App, Error, Work, chance};
use domain::access::Viewer;
use domain::admission::hub::{
    Config, ConfigAsked, EnrolDraft, Enrolled, HubLine, HubScan, MOST_HUBS, People, Record, Report, numbers,
};
use domain::admission::scan::Told;
use domain::edition::Edition;
use domain::journal::{Fact, Subject, SubjectKind};
use domain::party::ParticipationStatus;
use domain::registration::{access, register};
use domain::{DeviceId, EditionId, HubId, PlaceId, Refusal, RegistrationId};
use std::collections::HashMap;
use std::sync::Arc;
use store::read;
use store::record::{hub as record, registration as registrations, search};

fn fact(kind: &str, edition: EditionId, name: &str) -> Fact {
    Fact::new(kind, Subject::new(SubjectKind::Edition, edition.uuid()), edition).with("name", name)
}

/// Both sides must have the same tables.
async fn same_schema(app: &App, theirs: &str) -> Result<(), Error> {
    let ours = read::hub::schema(&app.reader()).await?;
    if ours == theirs {
        return Ok(());
    }
    Err(Refusal::conflict("hub-schema").with("ours", ours).with("theirs", theirs).into())
}

/// Lets a hub in, or knows it again by its key.
///
/// # Errors
/// `hub-schema` when it is of another release; `hub-too-many`; what is wrong with the draft.
pub async fn enrol_hub(app: &App, viewer: &Viewer, edition: &Edition, draft: &EnrolDraft) -> Result<Enrolled, Error> {
    let (name, key) = draft.parse()?;
    same_schema(app, &draft.schema).await?;
    let mut work = app.begin(viewer.actor()).await?;
    let known = read::hub::hub_by_key(work.tx(), edition.id, &domain::text::hex(&key)).await?;
    if let Some((hub, number, key_no)) = known {
        return Ok(Enrolled { hub, number, key_no });
    }
    // What a hub hands on is known by its name.
    if read::hub::hubs(work.tx(), edition.id).await?.iter().any(|hub| hub.name == name) {
        return Err(Refusal::conflict("hub-name-taken").at("name").into());
    }
    let hub = work.id::<HubId>();
    let (number, key_no) = record::enrol(work.tx(), edition.id, hub, (&name, &key), work.now()).await?;
    // A key's number is one byte of every badge it signs.
    if number > MOST_HUBS || key_no > i32::from(u8::MAX) {
        return Err(Refusal::conflict("hub-too-many").with("max", MOST_HUBS).into());
    }
    work.note([fact("hub.enrolled", edition.id, &name).with("number", number)]);
    work.commit().await?;
    app.admission().changed();
    Ok(Enrolled { hub, number, key_no })
}

/// Withdraws a hub: nothing it says is listened to any more.
///
/// # Errors
/// `Missing`; `Stale`.
pub async fn withdraw_hub(
    app: &App,
    viewer: &Viewer,
    edition: EditionId,
    hub: HubId,
    version: i32,
) -> Result<(), Error> {
    let mut work = app.begin(viewer.actor()).await?;
    let line = read::hub::hub(work.tx(), edition, hub).await?.ok_or(Error::Missing)?;
    record::withdraw(work.tx(), edition, hub, version, work.now()).await?;
    work.note([fact("hub.withdrawn", edition, &line.name)]);
    work.commit().await
}

/// The hub that speaks, if it is listened to.
async fn speaking(app: &App, edition: EditionId, hub: &str) -> Result<HubLine, Error> {
    let unknown = || Refusal::invalid("hub-unknown").at("hub");
    let id: HubId = hub.parse().map_err(|_| unknown())?;
    let line = read::hub::hub(&app.reader(), edition, id).await?.ok_or_else(unknown)?;
    if line.withdrawn_at.is_some() {
        return Err(Refusal::forbidden("hub-withdrawn").into());
    }
    Ok(line)
}

/// Edition, venue, gates, rules, devices and keys, when they are not what the hub has.
///
/// # Errors
/// `hub-schema` when it is of another release.
pub async fn hub_config(app: &App, edition: EditionId, asked: &ConfigAsked) -> Result<Config, Error> {
    same_schema(app, &asked.schema).await?;
    let sheets = read::hub::config(&app.reader(), edition).await?;
    let text = serde_json::to_vec(&sheets).map_err(|e| Error::Outside(e.to_string()))?;
    let hash = chance::hash_bytes(&text);
    let sheets = if hash == asked.known { Vec::new() } else { sheets };
    Ok(Config { hash, sheets, now: Some(app.now()) })
}

/// Takes people a hub registered and badges it issued; how many were new.
///
/// # Errors
/// `hub-foreign` when a row is of another edition or has a number that is not the hub's.
pub async fn take_people(
    app: &App,
    viewer: &Viewer,
    edition: &Edition,
    hub: &str,
    people: &People,
) -> Result<usize, Error> {
    let hub = speaking(app, edition.id, hub).await?;
    let (first, last) = numbers(hub.number);
    let own = |row: &Record| row.get("edition_id").and_then(|v| v.as_str()) == Some(&edition.id.to_string());
    let rows = people.registrations.iter().chain(&people.credentials).chain(&people.consents);
    if rows.into_iter().any(|row| !own(row)) {
        return Err(Refusal::invalid("hub-foreign").into());
    }
    let mut work = app.begin(viewer.actor()).await?;
    // Registrations of the upstream come with the badges the hub printed for them; only the hub's own are new.
    let theirs = |row: &&Record| {
        let number = row.get("number").and_then(serde_json::Value::as_i64).unwrap_or(0);
        (i64::from(first)..=i64::from(last)).contains(&number)
    };
    let taken = People {
        registrations: people.registrations.iter().filter(theirs).cloned().collect(),
        credentials: people.credentials.clone(),
        consents: people.consents.clone(),
    };
    let fresh = record::add_people(work.tx(), edition.id, &taken).await?;
    for id in &fresh {
        settle_in(&mut work, edition, RegistrationId::from_uuid(*id)).await?;
    }
    let changed = taken.registrations.iter().filter_map(|row| row.get("id")?.as_str()?.parse::<RegistrationId>().ok());
    for id in changed.filter(|id| !fresh.contains(&id.uuid())) {
        find_by(&work, edition, id).await?;
    }
    let count = fresh.len();
    record::took(work.tx(), hub.id, (0, i64::try_from(count).unwrap_or(i64::MAX)), work.now()).await?;
    if count > 0 {
        work.note([fact("hub.people_taken", edition.id, &hub.name).with("count", count)]);
    }
    work.commit().await?;
    app.admission().changed();
    Ok(count)
}

/// A registration that came from a hub gets its person, its link and its place in the search.
async fn settle_in(work: &mut Work, edition: &Edition, id: RegistrationId) -> Result<(), Error> {
    let registration = registrations::registration(work.tx(), edition.id, id).await?.ok_or(Error::Missing)?;
    let newcomer = Newcomer::from(&registration.details);
    let person = party::find_or_create_person(work, &newcomer).await?;
    let role = register::role_of(registration.category);
    let participation = party::participate(work, edition.id, person, role, ParticipationStatus::Confirmed).await?;
    let key = access_key(work.tx(), edition.id, id).await?;
    let hash = access::hash(&key).ok_or_else(|| Error::Outside("a key of ours has no hash".to_owned()))?;
    record::belong(work.tx(), edition.id, id, (person, participation), &hash).await?;
    find_by(work, edition, id).await
}

/// Keeps what a registration is found by in step with it.
pub(super) async fn find_by(work: &Work, edition: &Edition, id: RegistrationId) -> Result<(), Error> {
    let Some(registration) = registrations::registration(work.tx(), edition.id, id).await? else { return Ok(()) };
    let badge = registrations::current_credential(work.tx(), &registration).await?;
    let link = templates::links::registration::record(&edition.slug, id).to_string();
    let document = registrations::document(&registration, badge.map(|badge| badge.serial), link);
    Ok(search::put(work.tx(), &document).await?)
}

/// Takes scans a hub decided; answers the ids that could not be taken, with the code of why.
///
/// # Errors
/// `hub-withdrawn`; when the database does not answer: then sending them again is safe.
pub async fn take_scans(
    app: &App,
    edition: EditionId,
    hub: &str,
    scans: Vec<HubScan>,
) -> Result<Vec<(String, String)>, Error> {
    let hub = speaking(app, edition, hub).await?;
    let mut refused = Vec::new();
    let mut by_device: HashMap<(String, String), Vec<domain::admission::Scan>> = HashMap::new();
    let count = scans.len();
    for one in scans {
        match one.scan.parse() {
            Ok(mut scan) => {
                scan.told = Some(Told { hub: hub.name.clone(), offline: one.offline, reason: one.reason });
                by_device.entry((one.device, one.gate)).or_default().push(scan);
            }
            Err(wrong) => {
                let code = wrong.first().map(|refusal| refusal.code.clone()).unwrap_or_default();
                refused.push((one.scan.id, code));
            }
        }
    }
    for ((device, gate), scans) in by_device {
        let Some(by) = by(app, edition, &device, &gate).await? else {
            refused.extend(scans.into_iter().map(|scan| (scan.id.to_string(), "device-unknown".to_owned())));
            continue;
        };
        let ids: Vec<String> = scans.iter().map(|scan| scan.id.to_string()).collect();
        for (id, answer) in ids.into_iter().zip(record_scans(app, by, scans).await?) {
            refused.extend(answer.err().map(|refusal| (id, refusal.code)));
        }
    }
    let tx = app.store().begin().await?;
    let taken = i64::try_from(count - refused.len()).unwrap_or(i64::MAX);
    record::took(&tx, hub.id, (taken, 0), app.now()).await?;
    tx.commit().await?;
    Ok(refused)
}

/// The device as it stood at the gate of the scans. A device withdrawn since made them all the same.
async fn by(app: &App, edition: EditionId, device: &str, gate: &str) -> Result<Option<Arc<ScanBy>>, Error> {
    let (Ok(device), Ok(gate)) = (device.parse::<DeviceId>(), gate.parse::<PlaceId>()) else { return Ok(None) };
    let found = read::admission::device(&app.reader(), edition, device).await?;
    Ok(found.map(|line| {
        Arc::new(ScanBy {
            edition,
            device: Some(device),
            name: line.device.name,
            gate: Some(gate),
            profile: line.device.profile,
            withdrawn: false,
        })
    }))
}

/// Notes how a hub is doing.
///
/// # Errors
/// `Missing`; `hub-withdrawn`.
pub async fn hear_hub(app: &App, edition: EditionId, report: &Report) -> Result<(), Error> {
    let hub = speaking(app, edition, &report.hub).await?;
    let tx = app.store().begin().await?;
    record::heard_of(&tx, hub.id, report, app.now()).await?;
    Ok(tx.commit().await?)
}
