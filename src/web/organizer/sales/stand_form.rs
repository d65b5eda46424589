//! Making and changing stands.

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
    PlaceId,
    access::Permission,
    measure::show_hundredths,
    sales::{StandDraft, view::StandRecord},
};
use store::read;
use templates::{Flash, FormState, Markup, links, organizer::sales::StandFormPage};

pub(crate) fn routes(s: &mut Surface) {
    s.get("/e/{edition}/sales/stands/new", Need::Staff(Permission::VenueEdit), new);
    s.post("/e/{edition}/sales/stands/new", Need::Staff(Permission::VenueEdit), create);
    s.get("/e/{edition}/sales/stands/{stand}/edit", Need::Staff(Permission::VenueEdit), edit);
    s.post("/e/{edition}/sales/stands/{stand}/edit", Need::Staff(Permission::VenueEdit), save);
}

async fn draw(
    staff: &Staff<may::VenueEdit>,
    app: &App,
    stand: Option<(PlaceId, String)>,
    form: &FormState,
) -> Result<Markup, Fail> {
    let halls = read::venue::hall_choices(&app.reader(), staff.edition.venue, staff.edition.id).await?;
    let view = StandFormPage { slug: &staff.edition.slug, stand, form, halls: &halls };
    Ok(view.render(&staff.shell()))
}

async fn new(staff: Staff<may::VenueEdit>, State(app): State<App>, Query(draft): Query<StandDraft>) -> Answer {
    page(draw(&staff, &app, None, &FormState::of(&draft)).await?)
}

async fn create(staff: Staff<may::VenueEdit>, State(app): State<App>, Fields(draft): Fields<StandDraft>) -> Answer {
    let made = match draft.parse() {
        Ok(command) => app::sales::create_stand(&app, &staff.viewer, &staff.edition, command).await,
        Err(refusals) => Err(refusals.into()),
    };
    match made {
        Ok(id) => see_other_saying(&links::sales::stand(&staff.edition.slug, id), &Flash::good("venue-saved")),
        Err(error) => {
            let form = FormState::new(&draft, &refusals(error)?);
            refused(draw(&staff, &app, None, &form).await?)
        }
    }
}

fn draft_of(record: &StandRecord) -> StandDraft {
    let metres = |mm: Option<i32>| mm.map(|mm| show_hundredths(i64::from(mm) / 10)).unwrap_or_default();
    let (row, rect) = (&record.row, record.rect);
    StandDraft {
        hall: row.hall.to_string(),
        number: row.number.clone(),
        kind: row.kind.code().to_owned(),
        area: show_hundredths(row.area_dm2),
        open_sides: row.open_sides.count().to_string(),
        x: metres(rect.map(|r| r.x_mm)),
        y: metres(rect.map(|r| r.y_mm)),
        w: metres(rect.map(|r| r.w_mm)),
        h: metres(rect.map(|r| r.h_mm)),
        version: record.version.to_string(),
    }
}

async fn edit(staff: Staff<may::VenueEdit>, State(app): State<App>, Path((_, id)): Path<(String, PlaceId)>) -> Answer {
    let record = read::sales::stand(&app.reader(), staff.edition.id, id).await?.ok_or(Fail::Missing)?;
    let form = FormState::of(&draft_of(&record));
    page(draw(&staff, &app, Some((id, record.row.number)), &form).await?)
}

async fn save(
    staff: Staff<may::VenueEdit>,
    State(app): State<App>,
    Path((_, id)): Path<(String, PlaceId)>,
    Fields(draft): Fields<StandDraft>,
) -> Answer {
    let saved = match draft.parse() {
        Ok(command) => app::sales::edit_stand(&app, &staff.viewer, &staff.edition, id, command).await,
        Err(refusals) => Err(refusals.into()),
    };
    match saved {
        Ok(()) => see_other_saying(&links::sales::stand(&staff.edition.slug, id), &Flash::good("venue-saved")),
        Err(error) => {
            let form = FormState::new(&draft, &refusals(error)?);
            let record = read::sales::stand(&app.reader(), staff.edition.id, id).await?.ok_or(Fail::Missing)?;
            refused(draw(&staff, &app, Some((id, record.row.number)), &form).await?)
        }
    }
}
