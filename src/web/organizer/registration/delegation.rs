//! Groups as the organizer runs them.

use super::voucher::flash_of;
use crate::{
    Need, Surface,
    answer::{Answer, Fail, page, refusals, refused, see_other_saying},
    fields::Fields,
    guard::{Staff, may},
    organizer::views::kept,
    path::{Export, Path},
};
use app::{App, Error, delegation as verbs};
use axum::extract::{Query, State};
use domain::{
    DelegationId, RegistrationId,
    access::Permission::{ExportData, RegistrationEdit, RegistrationRead},
    journal::{Subject, SubjectKind},
    registration::{
        Category, Draft,
        delegation::{DelegationDraft, Kind},
    },
};
use serde::Deserialize;
use store::read::{delegation as read, journal};
use templates::{
    Flash, FormState, Markup, links,
    organizer::delegation::{DelegationFormPage, DelegationListFilter, DelegationPage, DelegationsPage},
};

/// Rows on a page.
const PAGE: usize = 50;

pub(crate) fn routes(s: &mut Surface) {
    let (read, edit) = (Need::Staff(RegistrationRead), Need::Staff(RegistrationEdit));
    s.get("/e/{edition}/registration/groups", read, list);
    s.get("/e/{edition}/registration/groups/export/{format}", Need::Staff(ExportData), export);
    s.get("/e/{edition}/registration/groups/new", edit, new_form);
    s.post("/e/{edition}/registration/groups/new", edit, create);
    s.get("/e/{edition}/registration/groups/{group}", read, record);
    s.get("/e/{edition}/registration/groups/{group}/edit", edit, edit_form);
    s.post("/e/{edition}/registration/groups/{group}/edit", edit, change);
    s.post("/e/{edition}/registration/groups/{group}/close", edit, close);
    s.post("/e/{edition}/registration/groups/{group}/open", edit, reopen);
    s.post("/e/{edition}/registration/groups/{group}/link", edit, link);
    s.post("/e/{edition}/registration/groups/{group}/members", edit, add);
}

type Editor = Staff<may::RegistrationEdit>;
type GroupPath = Path<(String, DelegationId)>;

/// What the address says as a filter. A value nobody knows narrows nothing: old links go on working.
fn filter(shown: &DelegationListFilter) -> read::DelegationFilter {
    read::DelegationFilter {
        q: shown.q.clone(),
        kind: Kind::parse(&shown.kind),
        category: Category::parse(&shown.category),
        closed: match shown.state.as_str() {
            "closed" => Some(true),
            "open" => Some(false),
            _ => None,
        },
        sort: shown.sort.clone(),
        after: shown.after.clone(),
    }
}

async fn list(
    staff: Staff<may::RegistrationRead>,
    State(app): State<App>,
    Query(shown): Query<DelegationListFilter>,
) -> Answer {
    let (reader, edition, filter) = (app.reader(), staff.edition.id, filter(&shown));
    let found = read::delegations(&reader, edition, &filter, PAGE).await?;
    let list = DelegationsPage {
        filter: &shown,
        rows: &found.rows,
        total: read::count(&reader, edition, &filter).await?,
        next: found.next,
        views: &kept(&app, &staff, "groups").await?,
        may_edit: staff.may(RegistrationEdit),
        may_export: staff.may(ExportData),
    };
    page(list.render(&staff.shell()))
}

async fn export(
    staff: Staff<may::ExportData>,
    State(app): State<App>,
    Path(path): Path<Export>,
    Query(shown): Query<DelegationListFilter>,
) -> Answer {
    staff.must(RegistrationRead)?;
    let filter = read::DelegationFilter { after: String::new(), ..filter(&shown) };
    let look = (staff.ui.lang, path.format);
    let file = verbs::download_delegations(&app, &staff.viewer, &staff.edition, &filter, look).await?;
    super::list_file(&app, &staff, "groups", path.format, file)
}

async fn new_form(staff: Editor) -> Answer {
    page(DelegationFormPage { group: None, form: &FormState::empty() }.render(&staff.shell()))
}

async fn create(staff: Editor, State(app): State<App>, Fields(draft): Fields<DelegationDraft>) -> Answer {
    let outcome = match draft.parse() {
        Ok(fields) => verbs::create_delegation(&app, staff.viewer.actor(), &staff.edition, fields).await,
        Err(refusals) => Err(refusals.into()),
    };
    match outcome {
        Ok(id) => said(&staff, id, Flash::good("delegation-created-flash")),
        Err(error) => {
            let form = FormState::new(&draft, &refusals(error)?);
            refused(DelegationFormPage { group: None, form: &form }.render(&staff.shell()))
        }
    }
}

#[derive(Default, Deserialize)]
#[serde(default)]
struct Further {
    before: String,
}

async fn draw<P>(
    staff: &Staff<P>,
    app: &App,
    id: DelegationId,
    before: &str,
    form: &FormState,
) -> Result<Markup, Fail> {
    let reader = app.reader();
    let row = read::delegation(&reader, staff.edition.id, id).await?.ok_or(Fail::Missing)?;
    let mut members = read::members(&reader, id, before.parse().ok(), PAGE as u32 + 1).await?;
    let more = members.len() > PAGE;
    members.truncate(PAGE);
    let history = journal::timeline(&reader, Subject::new(SubjectKind::Delegation, id), 50).await?;
    let record = DelegationPage {
        row: &row,
        next: members.last().filter(|_| more).map(|row| row.number),
        members: &members,
        later: !before.is_empty(),
        history: &history,
        form,
        zone: staff.edition.time_zone,
        may_edit: staff.may(RegistrationEdit),
    };
    Ok(record.render(&staff.shell()))
}

/// An empty form of a member, with the key that makes a double click one person.
fn empty(app: &App) -> FormState {
    FormState::of(&Draft { submission: app.id::<RegistrationId>().uuid().to_string(), ..Draft::default() })
}

async fn record(
    staff: Staff<may::RegistrationRead>,
    State(app): State<App>,
    Path((_, id)): GroupPath,
    Query(further): Query<Further>,
) -> Answer {
    page(draw(&staff, &app, id, &further.before, &empty(&app)).await?)
}

async fn edit_form(staff: Editor, State(app): State<App>, Path((_, id)): GroupPath) -> Answer {
    let row = read::delegation(&app.reader(), staff.edition.id, id).await?.ok_or(Fail::Missing)?;
    let form = FormState::of(&DelegationDraft::of(&row.delegation));
    page(DelegationFormPage { group: Some(&row.delegation), form: &form }.render(&staff.shell()))
}

async fn change(
    staff: Editor,
    State(app): State<App>,
    Path((_, id)): GroupPath,
    Fields(draft): Fields<DelegationDraft>,
) -> Answer {
    let outcome = match draft.parse_change() {
        Ok(change) => verbs::change_delegation(&app, staff.viewer.actor(), &staff.edition, id, change).await,
        Err(refusals) => Err(refusals.into()),
    };
    match outcome {
        Ok(()) => said(&staff, id, Flash::good("delegation-saved")),
        Err(error) => {
            let refusals = refusals(error)?;
            let row = read::delegation(&app.reader(), staff.edition.id, id).await?.ok_or(Fail::Missing)?;
            let form = FormState::new(&draft, &refusals);
            refused(DelegationFormPage { group: Some(&row.delegation), form: &form }.render(&staff.shell()))
        }
    }
}

fn said<P>(staff: &Staff<P>, id: DelegationId, flash: Flash) -> Answer {
    see_other_saying(&links::delegation::record(&staff.edition.slug, id), &flash)
}

fn done(staff: &Editor, id: DelegationId, flash: Flash, outcome: Result<(), Error>) -> Answer {
    match outcome {
        Ok(()) => said(staff, id, flash),
        Err(Error::Refused(list)) => said(staff, id, flash_of(list)?),
        Err(error) => Err(error.into()),
    }
}

async fn close(staff: Editor, State(app): State<App>, Path((_, id)): GroupPath) -> Answer {
    let outcome = verbs::close_delegation(&app, staff.viewer.actor(), &staff.edition, id, true).await;
    done(&staff, id, Flash::good("delegation-closed-flash"), outcome)
}

async fn reopen(staff: Editor, State(app): State<App>, Path((_, id)): GroupPath) -> Answer {
    let outcome = verbs::close_delegation(&app, staff.viewer.actor(), &staff.edition, id, false).await;
    done(&staff, id, Flash::good("delegation-opened-flash"), outcome)
}

async fn link(staff: Editor, State(app): State<App>, Path((_, id)): GroupPath) -> Answer {
    let outcome = verbs::send_link(&app, staff.viewer.actor(), &staff.edition, id).await;
    done(&staff, id, Flash::good("delegation-link-flash"), outcome)
}

async fn add(staff: Editor, State(app): State<App>, Path((_, id)): GroupPath, Fields(draft): Fields<Draft>) -> Answer {
    let by = verbs::By::Group(id);
    match verbs::add_member(&app, staff.viewer.actor(), &staff.edition, by, &draft).await {
        Ok(_) => said(&staff, id, Flash::good("delegation-added-flash")),
        Err(error) => {
            let form = FormState::new(&draft, &refusals(error)?);
            refused(draw(&staff, &app, id, "", &form).await?)
        }
    }
}
