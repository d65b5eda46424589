//! Editions: list, creation, settings.

use crate::{
    Need, Surface,
    answer::{Answer, Fail, page, refusals, refused, see_other_saying},
    fields::Fields,
    guard::{Admin, SignedIn, Staff, may},
};
use app::App;
use axum::extract::State;
use domain::{
    access::Permission,
    edition::{Edition, EditionDraft},
};
use store::read;
use templates::{
    Flash, FormState,
    components::history,
    links,
    organizer::edition::{EditionForm, EditionLine, EditionSettings, EditionsPage, SeriesChoice, VenueChoice},
};

pub(super) fn routes(s: &mut Surface) {
    s.get("/editions", Need::SignedIn, list);
    s.get("/editions/new", Need::Admin, new);
    s.post("/editions/new", Need::Admin, create);
    s.get("/e/{edition}/edition", Need::Staff(Permission::EditionManage), settings);
    s.post("/e/{edition}/edition", Need::Staff(Permission::EditionManage), change);
}

async fn list(who: SignedIn, State(app): State<App>) -> Answer {
    let reader = app.reader();
    let (series, venues) = (read::edition::series(&reader).await?, read::edition::venues(&reader).await?);
    let line = |e: &Edition| EditionLine {
        slug: e.slug.clone(),
        name: e.name.clone(),
        series: series.iter().find(|s| s.id == e.series).map(|s| s.name.clone()).unwrap_or_default(),
        place: venues
            .iter()
            .find(|v| v.id == e.venue)
            .map(|v| format!("{}, {}", v.name.get(who.ui.lang.locale()), v.city))
            .unwrap_or_default(),
        status: e.status,
        opens_on: e.opens_on,
        closes_on: e.closes_on,
        gross_area_dm2: e.gross_area_dm2,
    };
    let editions = who.editions().map(line).collect();
    page(EditionsPage { editions, may_create: who.viewer.administers() }.render(&who.shell()))
}

async fn new(Admin(who): Admin, State(app): State<App>) -> Answer {
    let draft = EditionDraft {
        series_kind: "exhibition".to_owned(),
        venue_country: "CN".to_owned(),
        time_zone: "Asia/Shanghai".to_owned(),
        template: "trade-show".to_owned(),
        badge_mode: "signed".to_owned(),
        registration_open: "on".to_owned(),
        applications_open: "on".to_owned(),
        ..EditionDraft::default()
    };
    page(form(&who, &app, &FormState::of(&draft)).await?)
}

async fn form(who: &SignedIn, app: &App, form: &FormState) -> Result<templates::Markup, Fail> {
    let (reader, locale) = (app.reader(), who.ui.lang.locale());
    let series: Vec<_> = read::edition::series(&reader)
        .await?
        .into_iter()
        .map(|s| SeriesChoice { id: s.id.to_string(), name: s.name.get(locale).to_owned() })
        .collect();
    let venues: Vec<_> = read::edition::venues(&reader)
        .await?
        .into_iter()
        .map(|v| VenueChoice { id: v.id.to_string(), name: format!("{}, {}", v.name.get(locale), v.city) })
        .collect();
    let countries = domain::party::country::ALL;
    Ok(EditionForm { form, series: &series, venues: &venues, countries }.render(&who.shell()))
}

async fn create(Admin(who): Admin, State(app): State<App>, Fields(draft): Fields<EditionDraft>) -> Answer {
    let refused_with = match draft.parse_new() {
        Err(refusals) => refusals,
        Ok(command) => match app::edition::create_edition(&app, &who.viewer, &command).await {
            Ok(edition) => {
                let name = edition.name.get(who.ui.lang.locale()).to_owned();
                let flash = Flash::good("edition-created").with("name", name);
                return see_other_saying(&links::edition::today(&edition.slug), &flash);
            }
            Err(error) => refusals(error)?,
        },
    };
    refused(form(&who, &app, &FormState::new(&draft, &refused_with)).await?)
}

async fn settings(staff: Staff<may::EditionManage>, State(app): State<App>) -> Answer {
    let form = FormState::of(&EditionDraft::of(&staff.edition));
    page(settings_page(&staff, &app, &form, None).await?)
}

async fn settings_page(
    staff: &Staff<may::EditionManage>,
    app: &App,
    form: &FormState,
    stale: Option<FormState>,
) -> Result<templates::Markup, Fail> {
    let edition = &staff.edition;
    let entries = read::journal::timeline(&app.reader(), edition.subject(), 50).await?;
    let base = &app.settings().base_url;
    let page = EditionSettings {
        form,
        stale,
        register_url: links::public::register(&edition.slug).absolute(base),
        apply_url: links::public::apply(&edition.slug).absolute(base),
        history: history(staff.ui.lang, edition.time_zone, &entries),
    };
    Ok(page.render(&staff.shell()))
}

async fn change(
    staff: Staff<may::EditionManage>,
    State(app): State<App>,
    Fields(mut draft): Fields<EditionDraft>,
) -> Answer {
    let refused_with = match draft.parse_change() {
        Err(refusals) => refusals,
        Ok(command) => match app::edition::change_edition(&app, &staff.viewer, staff.edition.id, &command).await {
            Ok(edition) => {
                return see_other_saying(&links::edition::settings(&edition.slug), &Flash::good("edition-saved"));
            }
            Err(error) => refusals(error)?,
        },
    };
    // Somebody else saved first: show what is stored beside what was typed; saving again is then a decision.
    let stale =
        refused_with.iter().any(|r| r.code == "stale").then(|| FormState::of(&EditionDraft::of(&staff.edition)));
    if stale.is_some() {
        draft.version = staff.edition.version.to_string();
    }
    let form = FormState::new(&draft, &refused_with);
    refused(settings_page(&staff, &app, &form, stale).await?)
}
