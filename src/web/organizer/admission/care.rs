//! Looking after devices: moving one, using it for something else, and words to them.

use super::choices;
use crate::{
    Need, Surface,
    answer::{Answer, Fail, page, refusals, refused, see_other_saying},
    fields::Fields,
    guard::{Staff, may},
    path::Path,
};
use app::{App, admission};
use axum::extract::{Query, State};
use domain::DeviceId;
use domain::access::Permission;
use domain::admission::device::DeviceDraft;
use domain::admission::message::MessageDraft;
use domain::admission::view::DeviceLine;
use serde::Deserialize;
use store::read::admission as read;
use templates::organizer::admission::care::{MessagesPage, MovePage};
use templates::{Flash, FormState, links};

type Manager = Staff<may::AdmissionManage>;
/// Messages shown.
const MESSAGES: u32 = 50;

pub(crate) fn routes(s: &mut Surface) {
    let need = Need::Staff(Permission::AdmissionManage);
    s.get("/e/{edition}/admission/devices/{device}/move", need, move_form);
    s.post("/e/{edition}/admission/devices/{device}/move", need, move_device);
    s.get("/e/{edition}/admission/messages", need, messages);
    s.post("/e/{edition}/admission/messages", need, send);
}

async fn line_of(staff: &Manager, app: &App, id: DeviceId) -> Result<DeviceLine, Fail> {
    read::device(&app.reader(), staff.edition.id, id).await?.ok_or(Fail::Missing)
}

async fn moving(staff: &Manager, app: &App, line: &DeviceLine, form: FormState) -> Answer {
    let gates = choices(&read::gates(&app.reader(), staff.edition.id).await?);
    let html = MovePage { edition: &staff.edition.slug, line, form: &form, gates: &gates }.render(&staff.shell());
    if form.is_clean() { page(html) } else { refused(html) }
}

async fn move_form(staff: Manager, State(app): State<App>, Path((_, id)): Path<(String, DeviceId)>) -> Answer {
    let line = line_of(&staff, &app, id).await?;
    let device = &line.device;
    let draft = DeviceDraft {
        name: device.name.clone(),
        gate: device.gate.map(|gate| gate.to_string()).unwrap_or_default(),
        profile: device.profile.code().to_owned(),
        version: device.version.to_string(),
    };
    moving(&staff, &app, &line, FormState::of(&draft)).await
}

async fn move_device(
    staff: Manager,
    State(app): State<App>,
    Path((_, id)): Path<(String, DeviceId)>,
    Fields(draft): Fields<DeviceDraft>,
) -> Answer {
    let version = draft.version.trim().parse().unwrap_or(0);
    let outcome = match draft.parse() {
        Ok(change) => admission::move_device(&app, &staff.viewer, staff.edition.id, id, change, version).await,
        Err(refusals) => Err(refusals.into()),
    };
    match outcome {
        Ok(()) => see_other_saying(&links::admission::device(&staff.edition.slug, id), &Flash::good("door-moved")),
        Err(error) => {
            let form = FormState::new(&draft, &refusals(error)?);
            let line = line_of(&staff, &app, id).await?;
            moving(&staff, &app, &line, form).await
        }
    }
}

/// To whom the form is to be addressed: the page of a device leads here.
#[derive(Default, Deserialize)]
#[serde(default)]
struct Addressed {
    to: String,
}

async fn writing(staff: &Manager, app: &App, form: FormState) -> Answer {
    let (reader, id) = (app.reader(), staff.edition.id);
    let gates = choices(&read::gates(&reader, id).await?);
    let used = |line: &DeviceLine| line.device.paired_at.is_some() && line.device.revoked_at.is_none();
    let devices: Vec<DeviceLine> = read::devices(&reader, id).await?.into_iter().filter(used).collect();
    let sent = read::messages(&reader, id, MESSAGES).await?;
    let html = MessagesPage {
        edition: &staff.edition.slug,
        form: &form,
        gates: &gates,
        devices: &devices,
        sent: &sent,
        zone: staff.edition.time_zone,
    };
    let html = html.render(&staff.shell());
    if form.is_clean() { page(html) } else { refused(html) }
}

async fn messages(staff: Manager, State(app): State<App>, Query(asked): Query<Addressed>) -> Answer {
    let to = if asked.to.is_empty() { "all".to_owned() } else { asked.to };
    writing(&staff, &app, FormState::of(&MessageDraft { to, ..MessageDraft::default() })).await
}

async fn send(staff: Manager, State(app): State<App>, Fields(draft): Fields<MessageDraft>) -> Answer {
    let outcome = match draft.parse() {
        Ok(message) => admission::send_message(&app, &staff.viewer, staff.edition.id, message).await,
        Err(refusals) => Err(refusals.into()),
    };
    match outcome {
        Ok(_) => see_other_saying(&links::admission::messages(&staff.edition.slug), &Flash::good("door-sent")),
        Err(error) => writing(&staff, &app, FormState::new(&draft, &refusals(error)?)).await,
    }
}
