//! A place, new or changed.

use crate::{App, Error, Work};
use domain::{
    PlaceId, Refusal,
    access::Viewer,
    edition::Edition,
    journal::{Fact, Subject, SubjectKind},
    venue::{Place, PlaceCommand, PlaceKind, check_parent},
};
use store::record::venue as record;

/// Makes a place of the edition's venue. Halls and what lasts belong to the venue; everything inside a hall to the
/// edition, because the next one divides the hall anew.
///
/// # Errors
/// `place-does-not-fit` or `unknown-choice` at `parent`.
pub async fn create_place(
    app: &App,
    viewer: &Viewer,
    edition: &Edition,
    command: PlaceCommand,
) -> Result<PlaceId, Error> {
    let mut work = app.begin(viewer.actor()).await?;
    parent(&work, edition, &command, None).await?;
    let place = Place {
        id: work.id(),
        venue: edition.venue,
        edition: lasting(command.kind).then_some(()).map_or(Some(edition.id), |()| None),
        parent: command.parent,
        kind: command.kind,
        code: command.code,
        name: command.name,
        area_dm2: command.area_dm2,
        capacity_persons: command.capacity_persons,
        rect: command.rect,
        sort: record::next_sort(work.tx(), edition.venue).await?,
        version: 1,
    };
    record::insert_place(work.tx(), &place).await?;
    work.note([fact("place.created", edition, &place)]);
    crate::plan::space::places_changed(&mut work, edition.id).await?;
    work.commit().await?;
    Ok(place.id)
}

/// Changes a place. A stand is changed as a stand.
///
/// # Errors
/// `stale`, `place-does-not-fit`, `Missing`.
pub async fn edit_place(
    app: &App,
    viewer: &Viewer,
    edition: &Edition,
    id: PlaceId,
    command: PlaceCommand,
) -> Result<(), Error> {
    let mut work = app.begin(viewer.actor()).await?;
    let place = record::place_of(work.tx(), edition.venue, edition.id, id).await?.ok_or(Error::Missing)?;
    if place.kind == PlaceKind::Stand {
        return Err(Error::Missing);
    }
    if command.version.is_some_and(|version| version != place.version) {
        return Err(Refusal::conflict("stale").into());
    }
    parent(&work, edition, &command, Some(id)).await?;
    let changed = Place {
        parent: command.parent,
        kind: command.kind,
        code: command.code,
        name: command.name,
        area_dm2: command.area_dm2,
        capacity_persons: command.capacity_persons,
        rect: command.rect,
        ..place
    };
    record::save_place(work.tx(), &changed).await?;
    work.note([fact("place.changed", edition, &changed)]);
    crate::plan::space::places_changed(&mut work, edition.id).await?;
    work.commit().await
}

const fn lasting(kind: PlaceKind) -> bool {
    matches!(kind, PlaceKind::Venue | PlaceKind::Hall | PlaceKind::Yard | PlaceKind::Warehouse | PlaceKind::Dock)
}

/// The parent exists, may hold the kind, and does not lie in the place itself.
async fn parent(work: &Work, edition: &Edition, command: &PlaceCommand, own: Option<PlaceId>) -> Result<(), Error> {
    let unknown = || Error::from(Refusal::invalid("unknown-choice").at("parent"));
    let mut kind = None;
    let mut above = command.parent;
    // A venue is at most five deep; a longer way up is a ring.
    for step in 0..8 {
        let Some(id) = above else { break };
        if Some(id) == own {
            return Err(Refusal::invalid("place-in-itself").at("parent").into());
        }
        let place = record::place_of(work.tx(), edition.venue, edition.id, id).await?.ok_or_else(unknown)?;
        if step == 0 {
            kind = Some(place.kind);
        }
        above = place.parent;
    }
    Ok(check_parent(command.kind, kind)?)
}

fn fact(kind: &str, edition: &Edition, place: &Place) -> Fact {
    Fact::new(kind, Subject::new(SubjectKind::Place, place.id), edition.id)
        .with("code", place.code.clone())
        .with("name_en", place.name.en.clone())
        .with("name_zh", place.name.zh.clone())
}
