//! Noting who got personal data: downloaded lists, programs that read registrations, exhibitors who scanned a badge.

use super::export::export;
use crate::{
    App, Error, chance,
    spreadsheet::{Format, Written},
};
use chrono_tz::Tz;
use domain::{
    FactId, Refusal, RegistrationId,
    access::Viewer,
    edition::Edition,
    journal::{Actor, Fact, Subject, SubjectKind},
    registration::{
        Purpose, Registration,
        disclosure::{Disclosure, Means, Narrowed, Recipient},
        view::Filter,
    },
};
use store::{
    read::registration as read,
    record::{privacy, registration as record},
};
use templates::Lang;

/// Downloads a list, and notes that it was.
///
/// # Errors
/// When the database does not answer or the disk is full.
pub async fn download_list(
    app: &App,
    viewer: &Viewer,
    edition: &Edition,
    filter: &Filter,
    (look, format): ((Lang, Tz), Format),
) -> Result<Written, Error> {
    let reader = app.reader();
    let people = read::count(&reader, edition.id, filter).await?;
    let written = export(&reader, edition.id, filter, look, format).await?;
    let mut work = app.begin(viewer.actor()).await?;
    let one = Disclosure {
        id: work.id::<FactId>().uuid(),
        registration: None,
        recipient: Recipient::Team,
        name: viewer.name.clone(),
        means: Means::List,
        filter: Narrowed::of(filter),
        people,
        at: work.now(),
    };
    privacy::insert_disclosure(work.tx(), edition.id, &one).await?;
    let subject = Subject::new(SubjectKind::Edition, edition.id);
    work.note([Fact::new("registration.list_downloaded", subject, edition.id).with("people", people)]);
    work.commit().await?;
    Ok(written)
}

/// Notes that a program read registrations, once a day.
///
/// # Errors
/// When the database does not answer.
pub async fn note_program(app: &App, viewer: &Viewer, edition: &Edition) -> Result<(), Error> {
    let Some(token) = &viewer.token else { return Ok(()) };
    let day = edition.day(app.now());
    let seed = format!("{}:{}:{day}", edition.id, token.id);
    let id = chance::uuid_of(&seed);
    if privacy::is_disclosed(&app.reader(), edition.id, id).await? {
        return Ok(());
    }
    let work = app.begin(viewer.actor()).await?;
    let one = Disclosure {
        id,
        registration: None,
        recipient: Recipient::Program,
        name: token.name.clone(),
        means: Means::Program,
        filter: Narrowed::default(),
        people: 0,
        at: work.now(),
    };
    privacy::insert_disclosure(work.tx(), edition.id, &one).await?;
    work.commit().await
}

/// Notes that an exhibitor got the data of a person, as a lead: only with the person's consent to it.
///
/// # Errors
/// `Missing`; `registration-over`; `consent-not-given`.
pub async fn note_exhibitor(
    app: &App,
    actor: Actor,
    edition: &Edition,
    id: RegistrationId,
    exhibitor: &str,
) -> Result<(), Error> {
    let mut work = app.begin(actor).await?;
    let r = record::registration(work.tx(), edition.id, id).await?.ok_or(Error::Missing)?;
    if !r.status.live() {
        return Err(Refusal::unmet("registration-over").with("status", r.status.code()).into());
    }
    let consents = record::consents(work.tx(), id).await?;
    let latest = consents.iter().rfind(|consent| consent.purpose == Purpose::ExhibitorContact);
    if !latest.is_some_and(|consent| consent.given) {
        return Err(Refusal::unmet("consent-not-given").into());
    }
    let one = Disclosure {
        id: work.id::<FactId>().uuid(),
        registration: Some(r.id),
        recipient: Recipient::Exhibitor,
        name: exhibitor.to_owned(),
        means: Means::Scan,
        filter: Narrowed::default(),
        people: 1,
        at: work.now(),
    };
    privacy::insert_disclosure(work.tx(), edition.id, &one).await?;
    let subject = Subject::new(SubjectKind::Registration, r.id);
    work.note([Fact::new("registration.disclosed", subject, edition.id).with("exhibitor", exhibitor)]);
    work.commit().await
}

/// Disclosures shown to a person.
const SHOWN: u32 = 200;

/// Who got, or may have got, the data of a registration; newest first.
///
/// # Errors
/// When the database does not answer.
pub async fn disclosures(app: &App, r: &Registration) -> Result<Vec<Disclosure>, Error> {
    let all = privacy::disclosures(&app.reader(), r.edition, (r.id, r.created_at), SHOWN).await?;
    Ok(all.into_iter().filter(|one| one.registration.is_some() || one.filter.covers(r)).collect())
}
