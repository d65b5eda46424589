//! Counting the log by an auditor's rules, freezing what was counted, and looking whether a frozen count still holds.

use crate::{App, Error, chance};
use chrono::{DateTime, Utc};
use domain::access::Viewer;
use domain::admission::audit::AuditProfile;
use domain::admission::count::{Counter, Figures, Step};
use domain::admission::count_view::{Certificate, Freeze, FreezeCheck, LOG_HEAD};
use domain::edition::Edition;
use domain::journal::{Fact, Subject, SubjectKind};
use domain::registration::Category;
use domain::registration::badge_code::RANDOM_ALPHABET;
use domain::{EditionId, FreezeId, RegistrationId};
use sha2::{Digest, Sha256};
use std::collections::HashMap;
use std::io::{Seek, Write};
use store::read::admission::{self as read, Passed};
use store::record::count as record;

/// A person being put together: passages of several badges.
struct Person {
    category: Category,
    country: String,
    steps: Vec<(DateTime<Utc>, Step)>,
}

/// What the log says by a profile, of scans received up to `cutoff`.
///
/// # Errors
/// When the database does not answer.
pub async fn count(
    app: &App,
    edition: &Edition,
    profile: &AuditProfile,
    cutoff: DateTime<Utc>,
) -> Result<Figures, Error> {
    let reader = app.reader();
    let gates = read::gates(&reader, edition.id).await?;
    let home = read::home_country(&reader, edition.id).await?;
    let mut counter = Counter::new(profile, (edition.opens_on, edition.closes_on), &home, &gates);
    for (day, entries) in read::unnamed(&reader, edition.id, cutoff).await? {
        counter.unnamed(day, entries);
    }
    // Whoever had several badges is put together at the end; everybody else is counted badge by badge.
    let mut several: HashMap<RegistrationId, Person> = HashMap::new();
    let mut own: Vec<Passed> = Vec::new();
    let mut after = None;
    loop {
        let (stretch, next) = read::passed(&reader, edition.id, cutoff, after).await?;
        for passed in stretch {
            if passed.reprinted {
                let person = several.entry(passed.registration).or_insert_with(|| Person {
                    category: passed.category,
                    country: passed.country.clone(),
                    steps: Vec::new(),
                });
                person.steps.push((passed.at, passed.step));
                continue;
            }
            if own.first().is_some_and(|first| first.credential != passed.credential) {
                tell(&mut counter, &own);
                own.clear();
            }
            own.push(passed);
        }
        match next {
            Some(next) => after = Some(next),
            None => break,
        }
    }
    tell(&mut counter, &own);
    for person in several.values_mut() {
        person.steps.sort_by_key(|(at, _)| *at);
        let steps: Vec<Step> = person.steps.iter().map(|(_, step)| *step).collect();
        counter.person(person.category, &person.country, &steps);
    }
    Ok(counter.finish())
}

fn tell(counter: &mut Counter<'_>, own: &[Passed]) {
    if let Some(first) = own.first() {
        let steps: Vec<Step> = own.iter().map(|passed| passed.step).collect();
        counter.person(first.category, &first.country, &steps);
    }
}

/// The log as it is hashed, handed on piece by piece; answers how many scans there were.
async fn each_line(
    app: &App,
    edition: EditionId,
    cutoff: DateTime<Utc>,
    mut line: impl FnMut(&[u8]) -> Result<(), Error>,
) -> Result<i64, Error> {
    line(LOG_HEAD.as_bytes())?;
    let reader = app.reader();
    let (mut after, mut scans) = (None, 0);
    loop {
        let stretch = read::log_lines(&reader, edition, cutoff, after).await?;
        let Some(last) = stretch.last() else { return Ok(scans) };
        after = Some(last.scan);
        for one in &stretch {
            line(one.text().as_bytes())?;
            scans += 1;
        }
    }
}

async fn log_hash(app: &App, edition: EditionId, cutoff: DateTime<Utc>) -> Result<(String, i64), Error> {
    let mut hash = Sha256::new();
    let scans = each_line(app, edition, cutoff, |bytes| {
        hash.update(bytes);
        Ok(())
    })
    .await?;
    Ok((data_encoding::HEXLOWER.encode(&hash.finalize()), scans))
}

/// Twelve characters that cannot be taken for one another: 60 random bits.
fn code() -> String {
    chance::bytes::<12>().iter().map(|byte| char::from(RANDOM_ALPHABET[usize::from(byte & 31)])).collect()
}

/// Counts by a profile and keeps what was counted, with the hash of the log.
///
/// # Errors
/// When the database does not answer.
pub async fn freeze_count(
    app: &App,
    viewer: &Viewer,
    edition: &Edition,
    (profile, note): (&AuditProfile, String),
) -> Result<FreezeId, Error> {
    let cutoff = app.now();
    let figures = count(app, edition, profile, cutoff).await?;
    let (log_hash, scans) = log_hash(app, edition.id, cutoff).await?;
    let mut work = app.begin(viewer.actor()).await?;
    let number = record::next_number(work.tx(), edition.id).await?;
    let certificate = Certificate {
        edition: edition.slug.clone(),
        name: edition.name.clone(),
        number,
        body: profile.body.clone(),
        source: profile.source.clone(),
        figures,
        scans,
        log_sha256: log_hash.clone(),
        cutoff,
        frozen_by: viewer.name.clone(),
        frozen_at: work.now(),
    };
    let text = serde_json::to_string_pretty(&certificate).map_err(|e| Error::Outside(e.to_string()))?;
    let freeze = Freeze {
        id: work.id(),
        edition: edition.id,
        number,
        profile: profile.code.clone(),
        seal: chance::hash_bytes(text.as_bytes()),
        text,
        log_hash,
        code: code(),
        note,
        scans,
        days: (edition.opens_on, edition.closes_on),
        cutoff,
        frozen_by: viewer.user,
        frozen_name: viewer.name.clone(),
        frozen_at: work.now(),
    };
    record::insert_freeze(work.tx(), &freeze).await?;
    let fact = Fact::new("count.frozen", Subject::new(SubjectKind::Edition, edition.id.uuid()), edition.id)
        .with("number", number)
        .with("profile", profile.code.as_str())
        .with("visitors", certificate.figures.visitors)
        .with("visits", certificate.figures.visits)
        .with("seal", freeze.seal.as_str());
    work.note([fact]);
    work.commit().await?;
    Ok(freeze.id)
}

/// Whether the certificate is still the text that was sealed.
pub fn seal_holds(freeze: &Freeze) -> bool {
    chance::hash_bytes(freeze.text.as_bytes()) == freeze.seal
}

/// Looks whether the log still gives the hash of a frozen count, and notes what was seen.
///
/// # Errors
/// `Missing`; when the database does not answer.
pub async fn check_freeze(app: &App, viewer: &Viewer, edition: EditionId, id: FreezeId) -> Result<FreezeCheck, Error> {
    let freeze = read::freeze(&app.reader(), edition, id).await?.ok_or(Error::Missing)?;
    let (log_hash, scans) = log_hash(app, edition, freeze.cutoff).await?;
    let mut work = app.begin(viewer.actor()).await?;
    let same = log_hash == freeze.log_hash && seal_holds(&freeze);
    let check = FreezeCheck { same, scans, log_hash, at: work.now(), name: viewer.name.clone() };
    record::insert_check(work.tx(), work.id::<FreezeId>().uuid(), id, &check).await?;
    let fact = Fact::new("count.checked", Subject::new(SubjectKind::Edition, edition.uuid()), edition)
        .with("number", freeze.number)
        .with("same", same)
        .with("scans", scans);
    work.note([fact]);
    work.commit().await?;
    Ok(check)
}

/// The text of the log a frozen count was made from, as a file without a name: its SHA-256 is the count's log hash while
/// nothing was changed.
///
/// # Errors
/// When the database does not answer, or the disk is full.
pub async fn frozen_log(app: &App, freeze: &Freeze) -> Result<crate::spreadsheet::Written, Error> {
    let broken = |error: std::io::Error| Error::Outside(error.to_string());
    let mut file = std::io::BufWriter::new(tempfile::tempfile().map_err(broken)?);
    each_line(app, freeze.edition, freeze.cutoff, |bytes| file.write_all(bytes).map_err(broken)).await?;
    let mut file = file.into_inner().map_err(|error| Error::Outside(error.to_string()))?;
    let bytes = file.metadata().map_err(broken)?.len();
    file.rewind().map_err(broken)?;
    Ok(crate::spreadsheet::Written { file, bytes, format: crate::spreadsheet::Format::Csv })
}
