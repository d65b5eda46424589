//! Layouts: each change is a version; an earlier one can be brought back, and what was printed says with which.

use crate::{App, Error, Work};
use domain::access::Viewer;
use domain::edition::Edition;
use domain::journal::{Fact, Subject, SubjectKind};
use domain::printing::draft::LayoutChange;
use domain::printing::view::NamedLayout;
use domain::{BadgeLayoutId, Refusal};
use store::record::printing as record;
use store::{Fault, read};

fn fact(kind: &str, edition: &Edition, layout: &NamedLayout) -> Fact {
    let subject = Subject::new(SubjectKind::BadgeLayout, layout.id);
    Fact::new(kind, subject, edition.id).with("name", layout.name.as_str()).with("version", layout.version)
}

/// The logo must be the edition's, and a category has one layout.
async fn check(work: &Work, edition: &Edition, own: Option<BadgeLayoutId>, change: &LayoutChange) -> Result<(), Error> {
    if let Some(logo) = change.logo
        && read::printing::logo(work.tx(), edition.id, logo).await?.is_none()
    {
        return Err(Refusal::invalid("unknown-choice").at("logo").with("value", "").into());
    }
    for other in read::printing::layouts(work.tx(), edition.id).await? {
        let shared = other.categories.iter().find(|category| change.categories.contains(category));
        if Some(other.id) != own
            && let Some(category) = shared
        {
            let refusal = Refusal::conflict("layout-category-taken").at("categories");
            return Err(refusal.with("category", category.code()).with("layout", other.name).into());
        }
    }
    Ok(())
}

/// Makes a layout.
///
/// # Errors
/// `unknown-choice` at `logo`; `layout-category-taken`.
pub async fn create_layout(
    app: &App,
    viewer: &Viewer,
    edition: &Edition,
    change: LayoutChange,
) -> Result<BadgeLayoutId, Error> {
    let mut work = app.begin(viewer.actor()).await?;
    check(&work, edition, None, &change).await?;
    let layout = named(&work, viewer, work.id(), change, 1);
    record::insert_layout(work.tx(), edition.id, &layout).await?;
    work.note([fact("badge_layout.created", edition, &layout)]);
    work.commit().await?;
    Ok(layout.id)
}

fn named(work: &Work, viewer: &Viewer, id: BadgeLayoutId, change: LayoutChange, version: i32) -> NamedLayout {
    NamedLayout {
        id,
        name: change.name,
        categories: change.categories,
        logo: change.logo,
        layout: change.layout,
        version,
        at: work.now(),
        by: viewer.name.clone(),
    }
}

/// Saves a layout as its next version. Nothing changed is no version.
///
/// # Errors
/// `Missing`; `Stale`; `unknown-choice` at `logo`; `layout-category-taken`.
pub async fn save_layout(
    app: &App,
    viewer: &Viewer,
    edition: &Edition,
    id: BadgeLayoutId,
    change: LayoutChange,
) -> Result<(), Error> {
    let mut work = app.begin(viewer.actor()).await?;
    let stored = read::printing::layout(work.tx(), edition.id, id, None).await?.ok_or(Error::Missing)?;
    if stored.version != change.version {
        return Err(Error::Stale);
    }
    check(&work, edition, Some(id), &change).await?;
    let next = named(&work, viewer, id, change, stored.version + 1);
    let same = (&next.name, &next.categories, next.logo, &next.layout)
        == (&stored.name, &stored.categories, stored.logo, &stored.layout);
    if same {
        return Ok(());
    }
    record::save_layout(work.tx(), edition.id, &next).await?;
    work.note([fact("badge_layout.changed", edition, &next)]);
    work.commit().await
}

/// Brings an earlier version back, as the next one.
///
/// # Errors
/// `Missing`; `Stale` when somebody saved one in the same moment.
pub async fn restore_layout(
    app: &App,
    viewer: &Viewer,
    edition: &Edition,
    id: BadgeLayoutId,
    version: i32,
) -> Result<(), Error> {
    let mut work = app.begin(viewer.actor()).await?;
    let stored = read::printing::layout(work.tx(), edition.id, id, None).await?.ok_or(Error::Missing)?;
    let earlier = read::printing::layout(work.tx(), edition.id, id, Some(version)).await?.ok_or(Error::Missing)?;
    let next = NamedLayout {
        layout: earlier.layout,
        version: stored.version + 1,
        at: work.now(),
        by: viewer.name.clone(),
        ..stored
    };
    let saved = record::save_layout(work.tx(), edition.id, &next).await;
    saved.map_err(|fault| match fault {
        // Two versions of one number: somebody was faster.
        Fault::Taken(_) => Error::Stale,
        other => other.into(),
    })?;
    work.note([fact("badge_layout.restored", edition, &next).with("from", version)]);
    work.commit().await
}

/// Takes a layout out of use. Its categories are printed with another from then on.
///
/// # Errors
/// `Missing`.
pub async fn remove_layout(app: &App, viewer: &Viewer, edition: &Edition, id: BadgeLayoutId) -> Result<(), Error> {
    let mut work = app.begin(viewer.actor()).await?;
    let stored = read::printing::layout(work.tx(), edition.id, id, None).await?.ok_or(Error::Missing)?;
    record::remove_layout(work.tx(), edition.id, id, work.now()).await?;
    work.note([fact("badge_layout.removed", edition, &stored)]);
    work.commit().await
}
