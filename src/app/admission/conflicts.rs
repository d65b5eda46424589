//! The conflict inbox: saying what a conflict was, opening it again, and looking whether a code nobody knew is known by now.

use super::judge::Post;
use super::rejudge::rejudge;
use super::{Columns, heard};
use crate::spreadsheet::{Format, Writer, Written};
use crate::{App, Error};
use domain::access::Viewer;
use domain::admission::conflict_view::{ConflictFilter, ConflictLine};
use domain::admission::{ConflictKind, ConflictState};
use domain::journal::{Fact, Subject, SubjectKind};
use domain::registration::credential::code_hash;
use domain::{EditionId, Refusal, RegistrationId, ScanId};
use std::collections::HashMap;
use store::read::admission as read;
use store::record::conflict as record;

fn fact(kind: &str, edition: EditionId, line: &ConflictLine) -> Fact {
    let subject = match &line.scan.person {
        Some(person) => Subject::new(SubjectKind::Registration, person.registration.uuid()),
        None => Subject::new(SubjectKind::Scan, line.scan.id.uuid()),
    };
    Fact::new(kind, subject, edition)
        .with("scan", line.scan.id.to_string())
        .with("conflict", line.kind.code())
        .with("gate", line.scan.gate.as_str())
}

/// Says what a conflict was. The entry stands; nobody is put out by it.
///
/// # Errors
/// `Missing`; `Stale` when somebody else did something with it since; `conflict-gone`.
pub async fn settle_conflict(
    app: &App,
    viewer: &Viewer,
    edition: EditionId,
    scan: ScanId,
    (note, version): (String, i32),
) -> Result<(), Error> {
    let mut work = app.begin(viewer.actor()).await?;
    let line = read::conflict(work.tx(), edition, scan).await?.ok_or(Error::Missing)?;
    if line.state == ConflictState::Gone {
        return Err(Refusal::conflict("conflict-gone").into());
    }
    let by = Some((viewer.user, viewer.name.as_str(), work.now(), note.as_str()));
    record::settle(work.tx(), edition, scan, version, by).await?;
    work.note([fact("scan.conflict_settled", edition, &line).with("note", note.as_str())]);
    work.commit().await
}

/// Opens a conflict again.
///
/// # Errors
/// `Missing`; `Stale` when somebody else did something with it since.
pub async fn reopen_conflict(
    app: &App,
    viewer: &Viewer,
    edition: EditionId,
    scan: ScanId,
    version: i32,
) -> Result<(), Error> {
    let mut work = app.begin(viewer.actor()).await?;
    let line = read::conflict(work.tx(), edition, scan).await?.ok_or(Error::Missing)?;
    record::settle(work.tx(), edition, scan, version, None).await?;
    work.note([fact("scan.conflict_reopened", edition, &line).with("note", line.note.as_str())]);
    work.commit().await
}

/// Says the same of every open conflict of a kind; how many there were.
///
/// # Errors
/// When the database does not answer.
pub async fn settle_conflicts(
    app: &App,
    viewer: &Viewer,
    edition: EditionId,
    kind: ConflictKind,
    note: &str,
) -> Result<u64, Error> {
    let mut work = app.begin(viewer.actor()).await?;
    let by = (viewer.user, viewer.name.as_str());
    let settled = record::settle_all(work.tx(), edition, kind, by, note, work.now()).await?;
    let fact = Fact::new("scan.conflicts_settled", Subject::new(SubjectKind::Edition, edition.uuid()), edition);
    work.note([fact.with("conflict", kind.code()).with("count", settled).with("note", note)]);
    work.commit().await?;
    Ok(settled)
}

/// Scans of open conflicts, oldest first, a few.
///
/// # Errors
/// When the database does not answer.
pub async fn conflict_scans(app: &App, edition: EditionId, most: usize) -> Result<Vec<ScanId>, Error> {
    let filter = ConflictFilter { state: Some(ConflictState::Open), ..ConflictFilter::default() };
    let mut page = read::conflicts(&app.reader(), edition, &filter, None, 200).await?.lines;
    page.reverse();
    Ok(page.into_iter().take(most).map(|line| line.scan.id).collect())
}

/// Looks whether codes that nobody knew belong to badges by now, and judges those people anew; how many were found.
///
/// # Errors
/// When the database does not answer.
pub async fn look_again(app: &App, edition: EditionId) -> Result<usize, Error> {
    let tx = app.store().begin().await?;
    let strangers = read::strangers(&tx, edition).await?;
    let mut scans: HashMap<String, Vec<ScanId>> = HashMap::new();
    for (scan, code) in strangers {
        scans.entry(code_hash(&code)).or_default().push(scan);
    }
    let mut hashes: Vec<String> = scans.keys().cloned().collect();
    hashes.sort_unstable();
    let badges = read::badges(&tx, edition, &hashes).await?;
    if badges.is_empty() {
        return Ok(0);
    }
    let mut found = Vec::new();
    for badge in &badges {
        for scan in scans.get(&badge.code_hash).into_iter().flatten() {
            let known = (badge.credential, badge.person.registration, badge.facts.category);
            record::recognise(&tx, edition, *scan, known).await?;
            found.push(*scan);
        }
    }
    let mut people: Vec<RegistrationId> = badges.iter().map(|badge| badge.person.registration).collect();
    people.sort_unstable();
    people.dedup();
    let checkpoint = read::checkpoint(&tx, edition).await?.ok_or(Error::Missing)?;
    let post = Post::new(checkpoint);
    let traces = read::traces(&tx, edition, &people).await?;
    rejudge(&post, &traces, &mut [], badges.iter()).save(&tx, edition, app.now()).await?;
    let event = found.first().map(|scan| heard(edition, scan.uuid()));
    if let Some(event) = &event {
        app.events().notice(event).announce(&tx).await?;
    }
    tx.commit().await?;
    if let Some(event) = event {
        app.events().publish(event);
    }
    Ok(found.len())
}

/// The same for every edition that has such codes.
///
/// # Errors
/// When the database does not answer.
pub async fn look_again_everywhere(app: &App) -> Result<(), Error> {
    for edition in read::editions_with_strangers(&app.reader()).await? {
        look_again(app, edition).await?;
    }
    Ok(())
}

/// Every conflict that the filter shows, as a file.
///
/// # Errors
/// When the database does not answer, or the disk is full.
pub async fn export_conflicts(
    app: &App,
    edition: EditionId,
    filter: &ConflictFilter,
    columns: &Columns<'_, ConflictLine>,
    format: Format,
) -> Result<Written, Error> {
    let mut writer = Writer::begin(format, &columns.heads)?;
    let reader = app.reader();
    let mut after: Option<String> = None;
    loop {
        let page = read::conflicts(&reader, edition, filter, after.as_deref(), 5000).await?;
        for line in &page.lines {
            writer.row((columns.cells)(line))?;
        }
        match page.next {
            Some(next) => after = Some(next),
            None => return writer.finish(),
        }
    }
}
