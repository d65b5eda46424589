//! Gates: list, form, opening and shutting.

use crate::{
    Need, Surface,
    answer::{Answer, Fail, page, refusals, refused, see_other_saying},
    fields::Fields,
    guard::{Staff, may},
    path::Path,
};
use app::{App, admission};
use axum::extract::State;
use domain::access::Permission;
use domain::admission::Gate;
use domain::admission::gate::GateDraft;
use domain::{PlaceId, Refusal};
use serde::Deserialize;
use store::read::admission as read;
use templates::organizer::admission::gates::{GatePage, GatesPage};
use templates::{Flash, FormState, links};

type Manager = Staff<may::AdmissionManage>;

pub(crate) fn routes(s: &mut Surface) {
    let need = Need::Staff(Permission::AdmissionManage);
    s.get("/e/{edition}/admission/gates", need, list);
    s.post("/e/{edition}/admission/gates", need, create);
    s.get("/e/{edition}/admission/gates/new", need, new);
    s.get("/e/{edition}/admission/gates/{gate}", need, edit);
    s.post("/e/{edition}/admission/gates/{gate}", need, change);
    s.post("/e/{edition}/admission/gates/{gate}/switch", need, switch);
}

async fn list(staff: Manager, State(app): State<App>) -> Answer {
    let gates = read::gate_lines(&app.reader(), staff.edition.id).await?;
    page(GatesPage { edition: &staff.edition.slug, gates: &gates }.render(&staff.shell()))
}

async fn form(staff: &Manager, app: &App, gate: Option<PlaceId>, form: FormState) -> Answer {
    let zones = read::places(&app.reader(), staff.edition.id).await?;
    let html = GatePage { edition: &staff.edition.slug, gate, form: &form, zones: &zones }.render(&staff.shell());
    if form.is_clean() { page(html) } else { refused(html) }
}

async fn new(staff: Manager, State(app): State<App>) -> Answer {
    let draft = GateDraft { direction: "both".to_owned(), open: Some("yes".to_owned()), ..GateDraft::default() };
    form(&staff, &app, None, FormState::of(&draft)).await
}

async fn create(staff: Manager, State(app): State<App>, Fields(draft): Fields<GateDraft>) -> Answer {
    let outcome = match draft.parse() {
        Ok(change) => admission::create_gate(&app, &staff.viewer, staff.edition.id, change).await.map(|_| ()),
        Err(refusals) => Err(refusals.into()),
    };
    saved(&staff, &app, None, &draft, outcome).await
}

fn draft_of(gate: &Gate) -> GateDraft {
    GateDraft {
        code: gate.code.clone(),
        name_en: gate.name.en.clone(),
        name_zh: gate.name.zh.clone(),
        direction: gate.direction.code().to_owned(),
        zone: gate.zone().map(|zone| zone.to_string()).unwrap_or_default(),
        open: gate.open.then(|| "yes".to_owned()),
        version: gate.version.to_string(),
    }
}

async fn edit(staff: Manager, State(app): State<App>, Path((_, id)): Path<(String, PlaceId)>) -> Answer {
    let gate = read::gate(&app.reader(), staff.edition.id, id).await?.ok_or(Fail::Missing)?;
    form(&staff, &app, Some(id), FormState::of(&draft_of(&gate))).await
}

async fn change(
    staff: Manager,
    State(app): State<App>,
    Path((_, id)): Path<(String, PlaceId)>,
    Fields(draft): Fields<GateDraft>,
) -> Answer {
    let outcome = match draft.parse() {
        Ok(change) => admission::change_gate(&app, &staff.viewer, staff.edition.id, id, change).await,
        Err(refusals) => Err(refusals.into()),
    };
    saved(&staff, &app, Some(id), &draft, outcome).await
}

async fn saved(
    staff: &Manager,
    app: &App,
    gate: Option<PlaceId>,
    draft: &GateDraft,
    outcome: Result<(), app::Error>,
) -> Answer {
    match outcome {
        Ok(()) => see_other_saying(&links::admission::gates(&staff.edition.slug), &Flash::good("admission-gate-saved")),
        Err(error) => {
            let refusals: Vec<Refusal> = refusals(error)?;
            form(staff, app, gate, FormState::new(draft, &refusals)).await
        }
    }
}

#[derive(Default, Deserialize)]
#[serde(default)]
struct Switch {
    to: String,
}

async fn switch(
    staff: Manager,
    State(app): State<App>,
    Path((_, id)): Path<(String, PlaceId)>,
    Fields(switch): Fields<Switch>,
) -> Answer {
    let open = match switch.to.as_str() {
        "open" => true,
        "shut" => false,
        _ => return Err(Refusal::invalid("unknown-choice").at("to").into()),
    };
    admission::switch_gate(&app, &staff.viewer, staff.edition.id, id, open).await?;
    let said = if open { "admission-gate-opened" } else { "admission-gate-shut-done" };
    see_other_saying(&links::admission::gates(&staff.edition.slug), &Flash::good(said))
}
