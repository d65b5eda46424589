//! A stand, new or changed: a place on the floor and what is sold of it, in one step.

use crate::{App, Error, Work};
use domain::{
    Bilingual, PlaceId, Refusal,
    access::Viewer,
    edition::Edition,
    sales::{self, Stand, StandCommand},
    venue::{Place, PlaceKind, Rect},
};
use store::record::{sales as record, search, venue};

/// Makes a stand.
///
/// # Errors
/// `stand-number-used`, `stand-outside-hall`, `stand-overlaps` (names the neighbour), `unknown-choice` at `hall`.
pub async fn create_stand(
    app: &App,
    viewer: &Viewer,
    edition: &Edition,
    command: StandCommand,
) -> Result<PlaceId, Error> {
    let mut work = app.begin(viewer.actor()).await?;
    let hall = check(&work, edition, &command, None).await?;
    let (stand, facts) = sales::create_stand(work.id(), edition.id, command);
    let place = Place {
        id: stand.id,
        venue: edition.venue,
        edition: Some(edition.id),
        parent: Some(hall),
        kind: PlaceKind::Stand,
        code: stand.number.clone(),
        name: Bilingual::new(stand.number.clone(), stand.number.clone()),
        area_dm2: Some(stand.area_dm2),
        capacity_persons: None,
        rect: stand.rect,
        sort: venue::next_sort(work.tx(), edition.venue).await?,
        version: 1,
    };
    venue::insert_place(work.tx(), &place).await?;
    record::insert_stand(work.tx(), &stand).await.map_err(number_used)?;
    index(&work, edition, &stand).await?;
    work.note(facts);
    crate::plan::space::places_changed(&mut work, edition.id).await?;
    work.commit().await?;
    Ok(stand.id)
}

/// Changes a stand. What is sold of a held one stays.
///
/// # Errors
/// As [`create_stand`], and `stale`, `stand-held-fixed`, `Missing`.
pub async fn edit_stand(
    app: &App,
    viewer: &Viewer,
    edition: &Edition,
    id: PlaceId,
    command: StandCommand,
) -> Result<(), Error> {
    let mut work = app.begin(viewer.actor()).await?;
    let stand = record::stand_of(work.tx(), edition.id, id).await?.ok_or(Error::Missing)?;
    check(&work, edition, &command, Some(id)).await?;
    let holder = record::holder(work.tx(), id).await?;
    let (changed, facts) = sales::edit_stand(&stand, command, holder.as_ref().map(|h| h.company.as_str()))?;
    record::save_stand(work.tx(), &changed).await.map_err(number_used)?;
    let place = venue::place_of(work.tx(), edition.venue, edition.id, id).await?.ok_or(Error::Missing)?;
    let number = changed.number.clone();
    let moved = Place {
        parent: if stand.hall == changed.hall { place.parent } else { Some(changed.hall) },
        code: number.clone(),
        name: Bilingual::new(number.clone(), number),
        area_dm2: Some(changed.area_dm2),
        rect: changed.rect,
        ..place
    };
    venue::save_place(work.tx(), &moved).await?;
    index(&work, edition, &changed).await?;
    work.note(facts);
    if stand.hall != changed.hall || stand.kind != changed.kind {
        crate::plan::space::places_changed(&mut work, edition.id).await?;
    }
    work.commit().await
}

/// The hall exists and the stand fits among its neighbours.
async fn check(work: &Work, edition: &Edition, command: &StandCommand, own: Option<PlaceId>) -> Result<PlaceId, Error> {
    let hall = venue::place_of(work.tx(), edition.venue, edition.id, command.hall).await?;
    let hall = hall.filter(|place| place.kind == PlaceKind::Hall);
    let hall = hall.ok_or_else(|| Error::from(Refusal::invalid("unknown-choice").at("hall")))?;
    let neighbours = record::neighbours(work.tx(), edition.id, hall.id).await?;
    let floor = hall.rect.map(|rect| Rect { x_mm: 0, y_mm: 0, ..rect });
    sales::check_stand(command, own, floor.as_ref(), &neighbours)?;
    Ok(hall.id)
}

fn number_used(fault: store::Fault) -> Error {
    if fault.taken("uq_stand_edition_id_number") {
        return Refusal::conflict("stand-number-used").at("number").with("number", "").into();
    }
    fault.into()
}

async fn index(work: &Work, edition: &Edition, stand: &Stand) -> Result<(), Error> {
    let document = search::Document {
        id: stand.id.uuid(),
        edition: Some(edition.id),
        kind: "stand",
        title: stand.number.clone(),
        subtitle: format!("{} m²", domain::measure::show_hundredths(stand.area_dm2)),
        link: templates::links::sales::stand(&edition.slug, stand.id).to_string(),
        tokens: domain::search::index_tokens([stand.number.as_str()]),
    };
    Ok(search::put(work.tx(), &document).await?)
}
