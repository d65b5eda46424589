//! Plans of other programs: a Microsoft Project file shown and then brought in, and the plan as one.

use super::under_way::{compute, take};
use crate::{App, Error, Work};
use domain::access::Viewer;
use domain::edition::Edition;
use domain::journal::{Fact, Subject, SubjectKind};
use domain::plan::delta::{Breach, Delta, breaches};
use domain::plan::mspdi::{self, Import, Note, Setting};
use domain::plan::settings::CURRENCY;
use domain::plan::view::Board;
use domain::plan::{Computed, PlanOptions, Sheet, axis};
use domain::{Refusal, UserId};
use std::collections::HashMap;
use store::read::plan as read;
use store::record::plan as record;
use store::record::search;
use uuid::Uuid;

/// What bringing a file in would do. Nothing is saved.
pub struct Proposed {
    /// The plan as it is, when there is one.
    pub board: Option<Board>,
    /// What would come.
    pub import: Import,
    /// What would move among the tasks that are here, when the new plan can be computed.
    pub delta: Option<Delta>,
    /// Why it cannot be brought in as it is.
    pub refusals: Vec<Refusal>,
    /// Revision of the plan this was computed on; 0 without a plan.
    pub revision: i32,
}

/// What was brought in.
#[derive(Debug, Clone, Copy)]
pub struct Brought {
    /// New tasks.
    pub added: usize,
    /// Changed tasks.
    pub changed: usize,
    /// Tasks that were here and move.
    pub moved: usize,
}

fn empty(edition: &Edition) -> Sheet {
    Sheet {
        edition: edition.id,
        zone: edition.time_zone,
        opens_on: edition.opens_on,
        template: "mspdi".to_owned(),
        data_date: None,
        revision: 0,
        currency: CURRENCY.to_owned(),
        options: PlanOptions::default(),
        default_calendar: None,
        calendars: Vec::new(),
        tasks: Vec::new(),
        links: Vec::new(),
        space: Default::default(),
        crew_calendars: Default::default(),
    }
}

fn people(all: &std::collections::BTreeMap<UserId, (String, String)>) -> HashMap<String, UserId> {
    all.iter().map(|(id, (_, email))| (email.to_lowercase(), *id)).collect()
}

/// Reads the file and puts it on the plan. Problems are refusals unless they may be left out; a ring always is one.
fn prepare(
    app: &App,
    edition: &Edition,
    old: &Sheet,
    bytes: &[u8],
    people: &HashMap<String, UserId>,
    leave_out: bool,
) -> Result<(Import, Option<Computed>, Vec<Refusal>), Error> {
    let file = mspdi::project(bytes).map_err(|refusal| Error::Refused(vec![refusal.at("file")]))?;
    let setting = Setting { now: app.now(), people, opens: axis::midnight(edition.opens_on) };
    let mut import = mspdi::import::import(&file, old, &setting, || app.id::<domain::TaskId>().uuid());
    let mut refusals = Vec::new();
    if import.added.is_empty() && import.changed.is_empty() && import.same == 0 {
        refusals.push(Refusal::invalid("mspdi-empty").at("file"));
    }
    import.sheet.revision += 1;
    let computed = match compute(&import.sheet, "file") {
        Ok(computed) => {
            let impossible = impossible(&computed, &import);
            import.problems.extend(impossible);
            Some(computed)
        }
        Err(Error::Refused(rings)) => {
            refusals.extend(rings);
            None
        }
        Err(other) => return Err(other),
    };
    if !import.problems.is_empty() && !leave_out {
        refusals.push(Refusal::unmet("mspdi-problems").at("leave_out").with("count", import.problems.len()));
    }
    Ok((import, computed, refusals))
}

/// Wishes for dates that tasks of the file cannot keep.
fn impossible(computed: &Computed, import: &Import) -> Vec<Note> {
    let ours = |code: &str| import.added.iter().chain(&import.changed).any(|one| one == code);
    let all = breaches(&computed.network, &computed.schedule);
    all.iter()
        .filter_map(|one| match one {
            Breach::Missed { code, by } if ours(code) => Some(("impossible", code, *by)),
            Breach::NoTime { code } if ours(code) => Some(("no-time", code, 0)),
            _ => None,
        })
        .map(|(code, subject, by)| Note { code: code.to_owned(), subject: subject.clone(), detail: by.to_string() })
        .collect()
}

/// What bringing a file in would do.
///
/// # Errors
/// Refusals about the file itself; what is wrong with the plan in it is part of the answer.
pub async fn preview_import(app: &App, edition: &Edition, bytes: &[u8], leave_out: bool) -> Result<Proposed, Error> {
    let reader = app.reader();
    let board = read::board(&reader, edition.id, app.now()).await?;
    let old = board.as_ref().map_or_else(|| empty(edition), |board| board.sheet.clone());
    let people = people(&read::people(&reader, edition.id).await?);
    let (import, computed, refusals) = prepare(app, edition, &old, bytes, &people, leave_out)?;
    let delta = match (&board, &computed) {
        (Some(board), Some(computed)) => Some(board.computed.delta(computed, import.sheet.opening(), &[])),
        _ => None,
    };
    Ok(Proposed { board, import, delta, refusals, revision: old.revision })
}

/// Keeps a file until the person says yes; answers its key.
///
/// # Errors
/// `xml-too-big`, and when the database does not answer.
pub async fn keep_upload(
    app: &App,
    viewer: &Viewer,
    edition: &Edition,
    name: &str,
    bytes: &[u8],
) -> Result<Uuid, Error> {
    let work = app.begin(viewer.actor()).await?;
    let id = work.id::<domain::DocumentId>().uuid();
    record::keep_upload(work.tx(), id, edition.id, name, bytes.to_vec(), viewer.user, work.now()).await?;
    work.commit().await?;
    Ok(id)
}

/// Brings a file in. The plan stays as it was when anything is refused.
///
/// # Errors
/// Every refusal of the preview; `Stale` when the plan changed since.
pub async fn import_mspdi(
    app: &App,
    viewer: &Viewer,
    edition: &Edition,
    bytes: &[u8],
    revision: Option<i32>,
    leave_out: bool,
) -> Result<Brought, Error> {
    let mut work = app.begin(viewer.actor()).await?;
    let people = people(&read::people(work.tx(), edition.id).await?);
    let brought = match take(&work, edition.id).await {
        Ok(plan) => {
            if revision.is_some_and(|seen| seen != plan.old.revision) {
                return Err(Error::Stale);
            }
            let (import, _, refusals) = prepare(app, edition, &plan.old, bytes, &people, leave_out)?;
            if !refusals.is_empty() {
                return Err(Error::Refused(refusals));
            }
            save(&work, edition, &plan.old, &import).await?;
            let (id, now, by) = (work.id(), work.now(), work.actor().user());
            let delta = plan.settle(&mut work, import.sheet.clone(), None).await?;
            record::insert_change(work.tx(), id, &import.sheet, "mspdi", &delta, by, now).await?;
            note(&mut work, edition, &import);
            Brought { added: import.added.len(), changed: import.changed.len(), moved: delta.moves.len() }
        }
        Err(Error::Missing) => {
            let (import, computed, refusals) = prepare(app, edition, &empty(edition), bytes, &people, leave_out)?;
            let Some(computed) = computed.filter(|_| refusals.is_empty()) else {
                return Err(Error::Refused(refusals));
            };
            let mut sheet = import.sheet.clone();
            sheet.settle(&computed, work.now());
            record::insert(work.tx(), &sheet, &[], work.now()).await?;
            documents(&work, edition, &import).await?;
            note(&mut work, edition, &import);
            Brought { added: import.added.len(), changed: 0, moved: 0 }
        }
        Err(other) => return Err(other),
    };
    record::drop_uploads(work.tx(), edition.id, viewer.user).await?;
    work.commit().await?;
    Ok(brought)
}

/// Writes what the import adds and changes; dates follow with the recalculation.
async fn save(work: &Work, edition: &Edition, old: &Sheet, import: &Import) -> Result<(), Error> {
    let new = &import.sheet;
    record::insert_calendars(work.tx(), edition.id, &new.calendars[old.calendars.len()..]).await?;
    let added: Vec<_> = new.tasks.iter().filter(|task| import.added.contains(&task.code)).collect();
    record::insert_tasks(work.tx(), added).await?;
    for task in new.tasks.iter().filter(|task| import.changed.contains(&task.code)) {
        record::save(work.tx(), task).await?;
    }
    record::replace_all_links(work.tx(), edition.id, &new.links).await?;
    documents(work, edition, import).await
}

async fn documents(work: &Work, edition: &Edition, import: &Import) -> Result<(), Error> {
    let added = import.sheet.tasks.iter().filter(|task| import.added.contains(&task.code));
    let all: Vec<_> = added.map(|task| super::create::document(&edition.slug, task)).collect();
    search::insert(work.tx(), &all).await?;
    Ok(())
}

fn note(work: &mut Work, edition: &Edition, import: &Import) {
    let fact = Fact::new("plan.imported", Subject::new(SubjectKind::Plan, edition.id), edition.id)
        .with("added", import.added.len())
        .with("changed", import.changed.len())
        .with("links", import.links);
    work.note([fact]);
}

/// The plan as a Microsoft Project file.
///
/// # Errors
/// `Missing` without a plan.
pub async fn export_mspdi(app: &App, edition: &Edition, title: &str) -> Result<String, Error> {
    let reader = app.reader();
    let sheet = read::sheet(&reader, edition.id).await?.ok_or(Error::Missing)?;
    let computed = compute(&sheet, "file")?;
    let people = read::people(&reader, edition.id).await?;
    Ok(mspdi::export::export(&sheet, &computed, title, &people))
}
