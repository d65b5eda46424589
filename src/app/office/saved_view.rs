//! Keeping a view of a list by name, and forgetting it. A view kept under a name that exists takes its place.

use crate::{App, Error};
use domain::access::Viewer;
use domain::journal::{Fact, Subject, SubjectKind};
use domain::office::{SavedView, SavedViewDraft};
use domain::{EditionId, SavedViewId};
use store::record::saved_view as record;

fn fact(kind: &str, view: &SavedView) -> Fact {
    Fact::new(kind, Subject::new(SubjectKind::User, view.user), view.edition)
        .with("name", view.name.as_str())
        .with("list", view.list.as_str())
}

/// Keeps a view.
///
/// # Errors
/// Every refusal of the draft.
pub async fn keep_view(
    app: &App,
    viewer: &Viewer,
    edition: EditionId,
    draft: &SavedViewDraft,
) -> Result<SavedView, Error> {
    let mut work = app.begin(viewer.actor()).await?;
    let have = record::all(work.tx(), edition, viewer.user, draft.list.trim()).await?;
    let replaced = have.iter().find(|one| one.name == draft.name.trim());
    let count = if replaced.is_some() { 0 } else { have.len() };
    let id = replaced.map_or_else(|| work.id(), |one| one.id);
    let view = draft.parse(id, edition, viewer.user, count)?;
    if replaced.is_some() {
        record::delete(work.tx(), edition, viewer.user, id).await?;
    }
    record::insert(work.tx(), &view, work.now()).await?;
    work.note([fact("user.view_kept", &view)]);
    work.commit().await?;
    Ok(view)
}

/// Forgets a view of one's own.
///
/// # Errors
/// `Missing` when there is no such view of this person.
pub async fn forget_view(app: &App, viewer: &Viewer, edition: EditionId, id: SavedViewId) -> Result<SavedView, Error> {
    let mut work = app.begin(viewer.actor()).await?;
    let view = record::delete(work.tx(), edition, viewer.user, id).await?.ok_or(Error::Missing)?;
    work.note([fact("user.view_forgotten", &view)]);
    work.commit().await?;
    Ok(view)
}
