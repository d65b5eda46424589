//! A table that becomes part of the plan: read and kept, judged row by row in a dry run, then taken over as a whole
//! or without what was rejected, as the person chooses.

pub(crate) mod reading;

pub use reading::read_table;

use super::revise::{Saved, around, remember, save};
use super::under_way::{compute, take};
use crate::{App, Error};
use domain::access::Viewer;
use domain::document::Upload;
use domain::edition::Edition;
use domain::journal::{Fact, Subject, SubjectKind};
use domain::plan::delta::Delta;
use domain::plan::revision::{ChangeSet, Revision};
use domain::plan::table::{self, Grid, ImportField, Imported, Vocabulary};
use domain::plan::view::Board;
use domain::{DocumentId, Refusal};
use store::read::{document, plan as read_plan};
use templates::Lang;

/// The words of closed lists in both languages.
fn vocabulary() -> Vocabulary {
    let fold = domain::text::fold;
    let mut words = Vocabulary::default();
    for lang in Lang::ALL {
        let phases = domain::plan::Phase::ALL.iter();
        words.phases.extend(phases.map(|one| (fold(&lang.term("plan-phase", one.code())), *one)));
        let roles = domain::plan::Function::ALL.iter();
        words.roles.extend(roles.map(|one| (fold(&lang.term("plan-function", one.code())), *one)));
        let kinds = domain::plan::PlaceKind::ALL.iter();
        words.place_kinds.extend(kinds.map(|one| (fold(&lang.term("plan-place", one.code())), *one)));
    }
    words
}

/// Reads a file and keeps it with the edition, as plain CSV.
///
/// # Errors
/// What is wrong with the file.
pub async fn keep_table(
    app: &App,
    viewer: &Viewer,
    edition: &Edition,
    name: &str,
    content: &[u8],
) -> Result<DocumentId, Error> {
    let grid = read_table(content)?;
    let failed = |error: csv::Error| Error::Outside(error.to_string());
    let mut writer = csv::WriterBuilder::new().flexible(true).from_writer(Vec::new());
    // The line of the file travels as the first cell.
    let head = std::iter::once(String::new()).chain(grid.heads.iter().cloned());
    writer.write_record(head).map_err(failed)?;
    for (line, cells) in &grid.rows {
        let row = std::iter::once(line.to_string()).chain(cells.iter().cloned());
        writer.write_record(row).map_err(failed)?;
    }
    let plain = writer.into_inner().map_err(|error| Error::Outside(error.to_string()))?;
    let stem = name.rsplit_once('.').map_or(name, |(stem, _)| stem);
    let upload = Upload::check("file", &format!("{stem}.csv"), plain)?;
    let mut work = app.begin(viewer.actor()).await?;
    let id = super::store_evidence(&work, edition.id, &upload).await?;
    let subject = Subject::new(SubjectKind::Document, id);
    work.note([Fact::new("document.table_kept", subject, edition.id).with("name", name).with("rows", grid.rows.len())]);
    work.commit().await?;
    Ok(id)
}

/// A kept table.
///
/// # Errors
/// `Missing` when there is none, or it is none.
pub async fn kept_table(app: &App, edition: &Edition, id: DocumentId) -> Result<(String, Grid), Error> {
    let found = document::get(&app.reader(), edition.id, id).await?.ok_or(Error::Missing)?;
    let mut reader = csv::ReaderBuilder::new().has_headers(false).flexible(true).from_reader(&found.content[..]);
    let mut lines = reader.records().map(|record| record.map_err(|_| Error::Missing));
    let cells = |record: &csv::StringRecord| record.iter().skip(1).map(str::to_owned).collect::<Vec<_>>();
    let heads = lines.next().ok_or(Error::Missing)??;
    if heads.get(0).is_none_or(|first| !first.is_empty()) {
        return Err(Error::Missing);
    }
    let mut grid = Grid { heads: cells(&heads), rows: Vec::new() };
    for record in lines {
        let record = record?;
        let line = record.get(0).and_then(|line| line.parse().ok()).ok_or(Error::Missing)?;
        grid.rows.push((line, cells(&record)));
    }
    Ok((found.name, grid))
}

/// A dry run: every row judged, and what it would move.
#[derive(Debug, Clone)]
pub struct DryRun {
    /// The plan as it is.
    pub board: Board,
    /// The judged table.
    pub imported: Imported,
    /// What would change.
    pub set: ChangeSet,
    /// What would move.
    pub delta: Delta,
}

/// Judges a table; nothing is saved.
///
/// # Errors
/// `Missing` without a plan.
pub async fn dry_run(
    app: &App,
    viewer: &Viewer,
    edition: &Edition,
    grid: &Grid,
    mapping: &[Option<ImportField>],
) -> Result<DryRun, Error> {
    let board = read_plan::board(&app.reader(), edition.id, app.now()).await?.ok_or(Error::Missing)?;
    let around = around(app, viewer, edition.id, &Revision::Undo).await?;
    let imported = table::read(&board, grid, mapping, &vocabulary(), &around, &mut super::revise::Ids(app));
    let computed = compute(&imported.sheet, "predecessors")?;
    let delta = board.computed.delta(&computed, imported.sheet.opening(), &[]);
    let set = ChangeSet::between(&board.sheet, &imported.sheet);
    Ok(DryRun { board, imported, set, delta })
}

/// Takes a table over: everything, or everything but the rejected rows when `skip` is set.
///
/// # Errors
/// `table-rejected` when rows are rejected and none may be skipped; `Stale` when the plan moved on since the dry run.
pub async fn import_table(
    app: &App,
    viewer: &Viewer,
    edition: &Edition,
    grid: &Grid,
    mapping: &[Option<ImportField>],
    skip: bool,
    seen: Option<i32>,
) -> Result<Saved, Error> {
    let mut work = app.begin(viewer.actor()).await?;
    let plan = take(&work, edition.id).await?;
    if seen.is_some_and(|seen| seen != plan.old.revision) {
        return Err(Error::Stale);
    }
    let names = read_plan::names(work.tx(), edition.id).await?;
    let board = Board::of(plan.old.clone(), names, work.now()).ok_or(Error::Missing)?;
    let around = around(app, viewer, edition.id, &Revision::Undo).await?;
    let imported = table::read(&board, grid, mapping, &vocabulary(), &around, &mut super::revise::Ids(app));
    let rejected = imported.rejected().count();
    if rejected > 0 && !skip {
        return Err(Refusal::conflict("table-rejected").with("count", rejected).into());
    }
    let set = ChangeSet::between(&plan.old, &imported.sheet);
    if set.is_empty() {
        return Err(Refusal::conflict("table-nothing").into());
    }
    let saved = save(&mut work, &edition.slug, &plan, imported.sheet, &set, ("import", None)).await?;
    remember(&work, edition.id, &saved, "import", set).await?;
    work.commit().await?;
    Ok(saved)
}
