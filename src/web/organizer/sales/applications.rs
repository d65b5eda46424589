//! The inbox of applications and the decision about one.

use super::PAGE;
use crate::{
    Need, Surface,
    answer::{Answer, Fail, download_file, page, refusals, refused, see_other_saying},
    fields::Fields,
    guard::{Staff, may},
    organizer::views::kept,
    path::{Export, Path},
};
use app::App;
use axum::extract::{Query, State};
use domain::{
    ApplicationId, PlaceId, Refusal,
    access::Permission,
    journal::{Subject, SubjectKind},
    sales::{ApplicationState, DecisionDraft, view::ApplicationFilter},
};
use store::read;
use templates::{
    Flash, FormState, Markup, links,
    organizer::sales::{ApplicationPage, ApplicationsPage},
};

pub(crate) fn routes(s: &mut Surface) {
    s.get("/e/{edition}/sales", Need::Staff(Permission::SalesRead), list);
    s.get("/e/{edition}/sales/applications/export/{format}", Need::Staff(Permission::ExportData), export);
    s.get("/e/{edition}/sales/applications/{application}", Need::Staff(Permission::SalesRead), show);
    s.post("/e/{edition}/sales/applications/{application}/accept", Need::Staff(Permission::SalesEdit), accept);
    s.post("/e/{edition}/sales/applications/{application}/decline", Need::Staff(Permission::SalesEdit), decline);
    s.post("/e/{edition}/sales/applications/{application}/withdraw", Need::Staff(Permission::SalesEdit), withdraw);
}

async fn list(staff: Staff<may::SalesRead>, State(app): State<App>, Query(filter): Query<ApplicationFilter>) -> Answer {
    let (reader, edition) = (app.reader(), &staff.edition);
    let found = read::sales::applications(&reader, edition.id, &filter, PAGE).await?;
    let view = ApplicationsPage {
        slug: &edition.slug,
        views: &kept(&app, &staff, "applications").await?,
        may_export: staff.may(Permission::ExportData),
        zone: edition.time_zone,
        filter: &filter,
        rows: &found.rows,
        next: found.next,
        later: !filter.after.is_empty(),
        figures: read::sales::application_figures(&reader, edition.id).await?,
        open: edition.applications_open,
    };
    page(view.render(&staff.shell()))
}

async fn export(
    staff: Staff<may::ExportData>,
    State(app): State<App>,
    Path(path): Path<Export>,
    Query(filter): Query<ApplicationFilter>,
) -> Answer {
    staff.must(Permission::SalesRead)?;
    let edition = &staff.edition;
    let look = (staff.ui.lang, path.format);
    let file = app::sales::download_applications(&app, &staff.viewer, edition, &filter, look).await?;
    download_file(&format!("applications-{}.{}", edition.slug, path.format.ending()), file)
}

async fn draw<P>(staff: &Staff<P>, app: &App, id: ApplicationId, form: &FormState) -> Result<Markup, Fail> {
    let (reader, edition) = (app.reader(), &staff.edition);
    let record = read::sales::application_record(&reader, edition.id, id).await?.ok_or(Fail::Missing)?;
    let timeline = read::journal::timeline(&reader, Subject::new(SubjectKind::Application, id), 50).await?;
    let view = ApplicationPage {
        slug: &edition.slug,
        zone: edition.time_zone,
        record: &record,
        form,
        free: &record.suggestions,
        timeline: &timeline,
        may_edit: staff.may(Permission::SalesEdit),
    };
    Ok(view.render(&staff.shell()))
}

async fn show(
    staff: Staff<may::SalesRead>,
    State(app): State<App>,
    Path((_, id)): Path<(String, ApplicationId)>,
) -> Answer {
    page(draw(&staff, &app, id, &FormState::empty()).await?)
}

/// The page again with what was refused, or where it leads now.
async fn answer(
    staff: &Staff<may::SalesEdit>,
    app: &App,
    id: ApplicationId,
    draft: &DecisionDraft,
    done: Result<&str, app::Error>,
) -> Answer {
    match done {
        Ok(key) => see_other_saying(&links::sales::application(&staff.edition.slug, id), &Flash::good(key)),
        Err(error) => {
            let form = FormState::new(draft, &refusals(error)?);
            refused(draw(staff, app, id, &form).await?)
        }
    }
}

fn version(draft: &DecisionDraft) -> Option<i32> {
    draft.version.trim().parse().ok()
}

async fn accept(
    staff: Staff<may::SalesEdit>,
    State(app): State<App>,
    Path((_, id)): Path<(String, ApplicationId)>,
    Fields(draft): Fields<DecisionDraft>,
) -> Answer {
    let stand = match draft.stand.trim() {
        "" => Ok(None),
        text => text.parse::<PlaceId>().map(Some).map_err(|_| Refusal::invalid("unknown-choice").at("stand")),
    };
    let done = match stand {
        Ok(stand) => {
            let by = &staff.viewer;
            app::sales::accept_application(&app, by, &staff.edition, id, version(&draft), stand).await
        }
        Err(refusal) => Err(refusal.into()),
    };
    answer(&staff, &app, id, &draft, done.map(|_| "sales-accepted-flash")).await
}

async fn decline(
    staff: Staff<may::SalesEdit>,
    State(app): State<App>,
    Path((_, id)): Path<(String, ApplicationId)>,
    Fields(draft): Fields<DecisionDraft>,
) -> Answer {
    let by = &staff.viewer;
    let done = app::sales::decline_application(&app, by, &staff.edition, id, version(&draft), &draft.reason).await;
    answer(&staff, &app, id, &draft, done.map(|()| "sales-declined-flash")).await
}

async fn withdraw(
    staff: Staff<may::SalesEdit>,
    State(app): State<App>,
    Path((_, id)): Path<(String, ApplicationId)>,
    Fields(draft): Fields<DecisionDraft>,
) -> Answer {
    let by = &staff.viewer;
    let done = app::sales::withdraw_application(&app, by, &staff.edition, id, version(&draft), &draft.reason).await;
    let key = match done {
        Ok(()) => Ok(ApplicationState::Withdrawn).map(|_| "sales-withdrawn-flash"),
        Err(error) => Err(error),
    };
    answer(&staff, &app, id, &draft, key).await
}
