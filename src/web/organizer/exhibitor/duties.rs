//! Duties over all exhibitors, and the decisions about one exhibitor's.

use super::{PAGE, record::after};
use crate::{
    Need, Surface,
    answer::{Answer, Fail, download, page, see_other_saying},
    fields::Fields,
    guard::{Staff, may},
    path::Path,
};
use app::App;
use axum::extract::{Query, State};
use domain::{
    DutyId, ExhibitorDutyId, ParticipationId,
    access::Permission,
    exhibitor::{ReasonDraft, view::ChaseFilter},
};
use store::read;
use templates::{
    Flash, links,
    organizer::exhibitor::{DutiesPage, DutyChasePage},
};

pub(crate) fn routes(s: &mut Surface) {
    s.get("/e/{edition}/exhibitor/duties", Need::Staff(Permission::ExhibitorRead), overview);
    s.post("/e/{edition}/exhibitor/duties/seed", Need::Staff(Permission::ExhibitorEdit), seed);
    s.get("/e/{edition}/exhibitor/duties/{duty}", Need::Staff(Permission::ExhibitorRead), chase);
    s.post("/e/{edition}/exhibitor/duty/{own}/reopen", Need::Staff(Permission::ExhibitorEdit), reopen);
    s.post("/e/{edition}/exhibitor/duty/{own}/waive", Need::Staff(Permission::ExhibitorEdit), waive);
    s.get("/e/{edition}/exhibitor/duty/{own}/file", Need::Staff(Permission::ExhibitorRead), file);
}

async fn overview(staff: Staff<may::ExhibitorRead>, State(app): State<App>) -> Answer {
    let (edition, now) = (&staff.edition, app.now());
    let rows = read::exhibitor::duty_overview(&app.reader(), edition.id, now).await?;
    let may_edit = staff.may(Permission::ExhibitorEdit);
    let view = DutiesPage { slug: &edition.slug, zone: edition.time_zone, now, rows: &rows, may_edit };
    page(view.render(&staff.shell()))
}

async fn seed(staff: Staff<may::ExhibitorEdit>, State(app): State<App>) -> Answer {
    app::exhibitor::seed_duties(&app, &staff.viewer, &staff.edition).await?;
    see_other_saying(&links::exhibitor::duties(&staff.edition.slug), &Flash::good("exhibitor-seeded-flash"))
}

async fn chase(
    staff: Staff<may::ExhibitorRead>,
    State(app): State<App>,
    Path((_, id)): Path<(String, DutyId)>,
    Query(filter): Query<ChaseFilter>,
) -> Answer {
    let (reader, edition, now) = (app.reader(), &staff.edition, app.now());
    let duty = read::exhibitor::duty(&reader, edition.id, id, now).await?.ok_or(Fail::Missing)?;
    let found = read::exhibitor::chase(&reader, edition.id, id, &filter, now, PAGE).await?;
    let view = DutyChasePage {
        slug: &edition.slug,
        zone: edition.time_zone,
        now,
        duty: &duty,
        filter: &filter,
        rows: &found.rows,
        next: found.next,
    };
    page(view.render(&staff.shell()))
}

/// Whose duty it is: the page a refusal is shown on.
async fn owner<P>(staff: &Staff<P>, app: &App, id: ExhibitorDutyId) -> Result<ParticipationId, Fail> {
    read::exhibitor::owner_of_duty(&app.reader(), staff.edition.id, id).await?.ok_or(Fail::Missing)
}

async fn reopen(
    staff: Staff<may::ExhibitorEdit>,
    State(app): State<App>,
    Path((_, id)): Path<(String, ExhibitorDutyId)>,
    Fields(draft): Fields<ReasonDraft>,
) -> Answer {
    let exhibitor = owner(&staff, &app, id).await?;
    let done = app::exhibitor::reopen_duty(&app, &staff.viewer, &staff.edition, id, &draft).await;
    after(&staff, &app, exhibitor, &draft, done.map(|_| "exhibitor-reopened-flash")).await
}

async fn waive(
    staff: Staff<may::ExhibitorEdit>,
    State(app): State<App>,
    Path((_, id)): Path<(String, ExhibitorDutyId)>,
    Fields(draft): Fields<ReasonDraft>,
) -> Answer {
    let exhibitor = owner(&staff, &app, id).await?;
    let done = app::exhibitor::waive_duty(&app, &staff.viewer, &staff.edition, id, &draft).await;
    after(&staff, &app, exhibitor, &draft, done.map(|_| "exhibitor-waived-flash")).await
}

async fn file(
    staff: Staff<may::ExhibitorRead>,
    State(app): State<App>,
    Path((_, id)): Path<(String, ExhibitorDutyId)>,
) -> Answer {
    let found = read::exhibitor::duty_file(&app.reader(), staff.edition.id, None, id).await?;
    let (name, media_type, content) = found.ok_or(Fail::Missing)?;
    download(&name, &media_type, content)
}
