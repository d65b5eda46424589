//! The halls, the tree of places, a hall's plan.

use crate::{
    Need, Surface,
    answer::{Answer, Fail, page, refusals, refused, see_other_saying},
    fields::Fields,
    guard::{Staff, may},
    path::Path,
};
use app::App;
use axum::extract::{Query, State};
use domain::{
    PlaceId, Refusal,
    access::Permission,
    journal::{Subject, SubjectKind},
    measure::show_hundredths,
    venue::{Place, PlaceDraft, PlaceKind},
};
use serde::Deserialize;
use store::read;
use templates::{
    Flash, FormState, Markup,
    components::PlanView,
    links,
    organizer::venue::{HallPage, PlacePage, VenuePage},
};

pub(crate) fn routes(s: &mut Surface) {
    s.get("/e/{edition}/venue", Need::Staff(Permission::VenueRead), home);
    s.get("/e/{edition}/venue/halls/{hall}", Need::Staff(Permission::VenueRead), hall);
    s.get("/e/{edition}/venue/places/new", Need::Staff(Permission::VenueEdit), new_place);
    s.post("/e/{edition}/venue/places", Need::Staff(Permission::VenueEdit), create_place);
    s.get("/e/{edition}/venue/places/{place}", Need::Staff(Permission::VenueRead), place);
    s.post("/e/{edition}/venue/places/{place}", Need::Staff(Permission::VenueEdit), edit_place);
}

async fn home(staff: Staff<may::VenueRead>, State(app): State<App>) -> Answer {
    let (reader, edition) = (app.reader(), &staff.edition);
    let venues = read::edition::venues(&reader).await?;
    let venue = venues.into_iter().find(|venue| venue.id == edition.venue).ok_or(Fail::Missing)?;
    let halls = read::venue::halls(&reader, edition.venue, edition.id).await?;
    let tree = read::venue::tree(&reader, edition.venue, edition.id).await?;
    let view = VenuePage {
        slug: &edition.slug,
        venue: &venue.name,
        city: &venue.city,
        halls: &halls,
        tree: &tree,
        may_edit: staff.may(Permission::VenueEdit),
    };
    page(view.render(&staff.shell()))
}

#[derive(Default, Deserialize)]
#[serde(default)]
struct Window {
    zoom: i32,
    col: i32,
    row: i32,
}

async fn hall(
    staff: Staff<may::VenueRead>,
    State(app): State<App>,
    Path((_, hall)): Path<(String, PlaceId)>,
    Query(window): Query<Window>,
) -> Answer {
    let (reader, edition) = (app.reader(), &staff.edition);
    let plan = read::venue::hall_plan(&reader, edition.venue, edition.id, hall).await?.ok_or(Fail::Missing)?;
    let halls = read::venue::halls(&reader, edition.venue, edition.id).await?;
    let view = HallPage {
        slug: &edition.slug,
        plan: &plan,
        halls: &halls,
        view: PlanView::new(window.zoom, window.col, window.row),
        may_edit: staff.may(Permission::VenueEdit),
        may_sales: staff.may(Permission::SalesRead),
    };
    page(view.render(&staff.shell()))
}

/// Where a place may lie: everything that can hold something.
async fn parents<P>(staff: &Staff<P>, app: &App, own: Option<PlaceId>) -> Result<Vec<(PlaceId, String)>, Fail> {
    let locale = staff.ui.lang.locale();
    let tree = read::venue::tree(&app.reader(), staff.edition.venue, staff.edition.id).await?;
    let holds = |kind| matches!(kind, PlaceKind::Venue | PlaceKind::Hall | PlaceKind::Zone);
    let rows = tree.into_iter().filter(|row| holds(row.place.kind) && Some(row.place.id) != own);
    Ok(rows.map(|row| (row.place.id, format!("{}{}", "– ".repeat(row.depth), row.place.name.get(locale)))).collect())
}

async fn new_place(staff: Staff<may::VenueEdit>, State(app): State<App>) -> Answer {
    page(place_form(&staff, &app, &FormState::empty()).await?)
}

async fn place_form(staff: &Staff<may::VenueEdit>, app: &App, form: &FormState) -> Result<Markup, Fail> {
    let parents = parents(staff, app, None).await?;
    let view = PlacePage {
        slug: &staff.edition.slug,
        place: None,
        form,
        parents: &parents,
        timeline: &[],
        zone: staff.edition.time_zone,
        may_edit: true,
    };
    Ok(view.render(&staff.shell()))
}

async fn create_place(
    staff: Staff<may::VenueEdit>,
    State(app): State<App>,
    Fields(draft): Fields<PlaceDraft>,
) -> Answer {
    let made = match stand_apart(&draft).and_then(|()| draft.parse()) {
        Ok(command) => app::venue::create_place(&app, &staff.viewer, &staff.edition, command).await,
        Err(refusals) => Err(refusals.into()),
    };
    match made {
        Ok(id) => see_other_saying(&links::venue::place(&staff.edition.slug, id), &Flash::good("venue-saved")),
        Err(error) => {
            let form = FormState::new(&draft, &refusals(error)?);
            refused(place_form(&staff, &app, &form).await?)
        }
    }
}

/// A stand is made where it is sold.
fn stand_apart(draft: &PlaceDraft) -> Result<(), Vec<Refusal>> {
    if draft.kind == PlaceKind::Stand.code() {
        return Err(vec![Refusal::invalid("unknown-choice").at("kind").with("value", &draft.kind)]);
    }
    Ok(())
}

fn draft_of(place: &Place) -> PlaceDraft {
    let metres = |mm: Option<i32>| mm.map(|mm| show_hundredths(i64::from(mm) / 10)).unwrap_or_default();
    PlaceDraft {
        kind: place.kind.code().to_owned(),
        parent: place.parent.map(|id| id.to_string()).unwrap_or_default(),
        code: place.code.clone(),
        name_en: place.name.en.clone(),
        name_zh: place.name.zh.clone(),
        area: place.area_dm2.map(show_hundredths).unwrap_or_default(),
        capacity: place.capacity_persons.map(|n| n.to_string()).unwrap_or_default(),
        x: metres(place.rect.map(|r| r.x_mm)),
        y: metres(place.rect.map(|r| r.y_mm)),
        w: metres(place.rect.map(|r| r.w_mm)),
        h: metres(place.rect.map(|r| r.h_mm)),
        version: place.version.to_string(),
    }
}

async fn shown<P>(staff: &Staff<P>, app: &App, id: PlaceId, form: Option<FormState>) -> Result<Markup, Fail> {
    let (reader, edition) = (app.reader(), &staff.edition);
    let place = read::venue::place_by_id(&reader, edition.venue, edition.id, id).await?.ok_or(Fail::Missing)?;
    let parents = parents(staff, app, Some(id)).await?;
    let timeline = read::journal::timeline(&reader, Subject::new(SubjectKind::Place, id), 50).await?;
    let form = form.unwrap_or_else(|| FormState::of(&draft_of(&place)));
    let view = PlacePage {
        slug: &edition.slug,
        place: Some((id, place.name.clone())),
        form: &form,
        parents: &parents,
        timeline: &timeline,
        zone: edition.time_zone,
        may_edit: staff.may(Permission::VenueEdit) && place.kind != PlaceKind::Stand,
    };
    Ok(view.render(&staff.shell()))
}

async fn place(staff: Staff<may::VenueRead>, State(app): State<App>, Path((_, id)): Path<(String, PlaceId)>) -> Answer {
    page(shown(&staff, &app, id, None).await?)
}

async fn edit_place(
    staff: Staff<may::VenueEdit>,
    State(app): State<App>,
    Path((_, id)): Path<(String, PlaceId)>,
    Fields(draft): Fields<PlaceDraft>,
) -> Answer {
    let saved = match stand_apart(&draft).and_then(|()| draft.parse()) {
        Ok(command) => app::venue::edit_place(&app, &staff.viewer, &staff.edition, id, command).await,
        Err(refusals) => Err(refusals.into()),
    };
    match saved {
        Ok(()) => see_other_saying(&links::venue::place(&staff.edition.slug, id), &Flash::good("venue-saved")),
        Err(error) => {
            let form = FormState::new(&draft, &refusals(error)?);
            refused(shown(&staff, &app, id, Some(form)).await?)
        }
    }
}
