//! The stands: list, export, record, giving and taking.

use super::{ALL, PAGE};
use crate::{
    Need, Surface,
    answer::{Answer, Fail, download_file, page, refusals, refused, see_other_saying},
    fields::Fields,
    guard::{Staff, may},
    organizer::views::kept,
    path::Path,
};
use app::{
    App,
    spreadsheet::{self, Cell, Format},
};
use axum::extract::{Query, State};
use domain::{
    ParticipationId, PlaceId, Refusal,
    access::Permission,
    journal::{Subject, SubjectKind},
    sales::view::{StandFilter, StandRow},
};
use serde::{Deserialize, Serialize};
use store::read;
use templates::{
    Flash, FormState, Lang, Markup, links,
    organizer::sales::{StandPage, StandsPage},
};

pub(crate) fn routes(s: &mut Surface) {
    s.get("/e/{edition}/sales/stands", Need::Staff(Permission::SalesRead), list);
    s.get("/e/{edition}/sales/stands/export.csv", Need::Staff(Permission::ExportData), export_csv);
    s.get("/e/{edition}/sales/stands/export.xlsx", Need::Staff(Permission::ExportData), export_xlsx);
    s.get("/e/{edition}/sales/stands/{stand}", Need::Staff(Permission::SalesRead), show);
    s.post("/e/{edition}/sales/stands/{stand}/assign", Need::Staff(Permission::SalesEdit), assign);
    s.post("/e/{edition}/sales/stands/{stand}/release", Need::Staff(Permission::SalesEdit), release);
}

async fn list(staff: Staff<may::SalesRead>, State(app): State<App>, Query(filter): Query<StandFilter>) -> Answer {
    let (reader, edition) = (app.reader(), &staff.edition);
    let found = read::sales::stands(&reader, edition.id, &filter, PAGE).await?;
    let halls = read::venue::hall_choices(&reader, edition.venue, edition.id).await?;
    let view = StandsPage {
        slug: &edition.slug,
        filter: &filter,
        rows: &found.rows,
        next: found.next,
        later: !filter.after.is_empty(),
        figures: read::sales::stand_figures(&reader, edition.id, &filter).await?,
        halls: &halls,
        views: &kept(&app, &staff, "stands").await?,
        may_edit: staff.may(Permission::VenueEdit),
        may_export: staff.may(Permission::ExportData),
    };
    page(view.render(&staff.shell()))
}

async fn rows(
    staff: &Staff<may::ExportData>,
    app: &App,
    filter: &StandFilter,
) -> Result<(Vec<String>, Vec<Vec<Cell>>), Fail> {
    // Taking the list away asks for the right to see it, too.
    if !staff.may(Permission::SalesRead) {
        return Err(Fail::Forbidden);
    }
    let lang = staff.ui.lang;
    let whole = StandFilter { after: String::new(), ..filter.clone() };
    let found = read::sales::stands(&app.reader(), staff.edition.id, &whole, ALL).await?;
    let heads = [
        "sales-stand-number",
        "sales-hall",
        "sales-stand-kind",
        "sales-area-m2",
        "sales-open-sides",
        "sales-state",
        "sales-holder",
    ];
    let heads = heads.iter().map(|key| lang.t(key)).collect();
    Ok((heads, found.rows.iter().map(|row| cells(lang, row)).collect()))
}

fn cells(lang: Lang, row: &StandRow) -> Vec<Cell> {
    let state = if row.holder.is_some() { "assigned" } else { "free" };
    let holder = row.holder.as_ref().map(|(_, name)| name.get(lang.locale()).to_owned()).unwrap_or_default();
    vec![
        row.number.as_str().into(),
        row.hall_code.as_str().into(),
        lang.term("stand-kind", row.kind.code()).into(),
        Cell::Number(row.area_dm2 as f64 / 100.0),
        i64::from(row.open_sides.count()).into(),
        lang.term("stand-state", state).into(),
        holder.into(),
    ]
}

async fn export_csv(
    staff: Staff<may::ExportData>,
    State(app): State<App>,
    Query(filter): Query<StandFilter>,
) -> Answer {
    let (heads, rows) = rows(&staff, &app, &filter).await?;
    download_file(&format!("stands-{}.csv", staff.edition.slug), spreadsheet::file(Format::Csv, &heads, rows)?)
}

async fn export_xlsx(
    staff: Staff<may::ExportData>,
    State(app): State<App>,
    Query(filter): Query<StandFilter>,
) -> Answer {
    let (heads, rows) = rows(&staff, &app, &filter).await?;
    download_file(&format!("stands-{}.xlsx", staff.edition.slug), spreadsheet::file(Format::Xlsx, &heads, rows)?)
}

async fn draw<P>(staff: &Staff<P>, app: &App, id: PlaceId, form: &FormState) -> Result<Markup, Fail> {
    let (reader, edition) = (app.reader(), &staff.edition);
    let record = read::sales::stand(&reader, edition.id, id).await?.ok_or(Fail::Missing)?;
    let plan = read::venue::hall_plan(&reader, edition.venue, edition.id, record.row.hall).await?;
    let may_sell = staff.may(Permission::SalesEdit);
    let exhibitors = if may_sell && record.row.holder.is_none() {
        read::sales::takers(&reader, edition.id, staff.ui.lang.locale()).await?
    } else {
        Vec::new()
    };
    let timeline = read::journal::timeline(&reader, Subject::new(SubjectKind::Stand, id), 50).await?;
    let view = StandPage {
        slug: &edition.slug,
        zone: edition.time_zone,
        record: &record,
        plan: plan.as_ref(),
        form,
        exhibitors: &exhibitors,
        timeline: &timeline,
        may_sell,
        may_edit: staff.may(Permission::VenueEdit),
    };
    Ok(view.render(&staff.shell()))
}

async fn show(staff: Staff<may::SalesRead>, State(app): State<App>, Path((_, id)): Path<(String, PlaceId)>) -> Answer {
    page(draw(&staff, &app, id, &FormState::empty()).await?)
}

#[derive(Default, Serialize, Deserialize)]
#[serde(default)]
struct Taker {
    exhibitor: String,
}

async fn assign(
    staff: Staff<may::SalesEdit>,
    State(app): State<App>,
    Path((_, id)): Path<(String, PlaceId)>,
    Fields(typed): Fields<Taker>,
) -> Answer {
    let done = match typed.exhibitor.parse::<ParticipationId>() {
        Ok(exhibitor) => app::sales::assign_stand(&app, &staff.viewer, &staff.edition, id, exhibitor).await,
        Err(_) => Err(Refusal::invalid("unknown-choice").at("exhibitor").into()),
    };
    after(&staff, &app, id, &typed, done.map(|()| "sales-assigned-flash")).await
}

async fn release(
    staff: Staff<may::SalesEdit>,
    State(app): State<App>,
    Path((_, id)): Path<(String, PlaceId)>,
) -> Answer {
    let done = app::sales::release_stand(&app, &staff.viewer, &staff.edition, id).await;
    after(&staff, &app, id, &Taker::default(), done.map(|()| "sales-released-flash")).await
}

async fn after(
    staff: &Staff<may::SalesEdit>,
    app: &App,
    id: PlaceId,
    typed: &Taker,
    done: Result<&str, app::Error>,
) -> Answer {
    match done {
        Ok(key) => see_other_saying(&links::sales::stand(&staff.edition.slug, id), &Flash::good(key)),
        Err(error) => {
            let form = FormState::new(typed, &refusals(error)?);
            refused(draw(staff, app, id, &form).await?)
        }
    }
}
