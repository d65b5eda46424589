//! Devices: list, a new one, its pairing code as QR and text, withdrawal.

use super::choices;
use crate::{
    Need, Surface,
    answer::{Answer, Fail, page, refusals, refused, see_other_saying},
    fields::Fields,
    guard::{Staff, may},
    path::Path,
};
use app::{App, admission};
use axum::extract::State;
use domain::DeviceId;
use domain::access::Permission;
use domain::admission::device::DeviceDraft;
use domain::journal::{Subject, SubjectKind};
use store::read::{admission as read, journal};
use templates::organizer::admission::devices::{DevicePage, DevicesPage, NewDevicePage, PairingShown};
use templates::{Flash, FormState, links};

type Manager = Staff<may::AdmissionManage>;
/// Lines of the timeline shown.
const HISTORY: u32 = 50;

pub(crate) fn routes(s: &mut Surface) {
    let need = Need::Staff(Permission::AdmissionManage);
    s.get("/e/{edition}/admission/devices", need, list);
    s.post("/e/{edition}/admission/devices", need, create);
    s.get("/e/{edition}/admission/devices/new", need, new);
    s.get("/e/{edition}/admission/devices/{device}", need, show);
    s.post("/e/{edition}/admission/devices/{device}/pair", need, offer);
    s.post("/e/{edition}/admission/devices/{device}/revoke", need, revoke);
}

async fn list(staff: Manager, State(app): State<App>) -> Answer {
    let devices = read::devices(&app.reader(), staff.edition.id).await?;
    let zone = staff.edition.time_zone;
    page(DevicesPage { edition: &staff.edition.slug, devices: &devices, zone, now: app.now() }.render(&staff.shell()))
}

async fn form(staff: &Manager, app: &App, form: FormState) -> Answer {
    let gates = choices(&read::gates(&app.reader(), staff.edition.id).await?);
    let html = NewDevicePage { edition: &staff.edition.slug, form: &form, gates: &gates }.render(&staff.shell());
    if form.is_clean() { page(html) } else { refused(html) }
}

async fn new(staff: Manager, State(app): State<App>) -> Answer {
    form(&staff, &app, FormState::empty()).await
}

/// The pairing code is in this answer and nowhere else, so there is no redirect to lose it on.
async fn create(staff: Manager, State(app): State<App>, Fields(draft): Fields<DeviceDraft>) -> Answer {
    let outcome = match draft.parse() {
        Ok(new) => admission::create_device(&app, &staff.viewer, staff.edition.id, new).await,
        Err(refusals) => Err(refusals.into()),
    };
    match outcome {
        Ok(pairing) => device(&staff, &app, pairing.device, Some(pairing)).await,
        Err(error) => form(&staff, &app, FormState::new(&draft, &refusals(error)?)).await,
    }
}

async fn show(staff: Manager, State(app): State<App>, Path((_, id)): Path<(String, DeviceId)>) -> Answer {
    device(&staff, &app, id, None).await
}

async fn offer(staff: Manager, State(app): State<App>, Path((_, id)): Path<(String, DeviceId)>) -> Answer {
    let pairing = admission::offer_pairing(&app, &staff.viewer, staff.edition.id, id).await?;
    device(&staff, &app, id, Some(pairing)).await
}

async fn device(staff: &Manager, app: &App, id: DeviceId, pairing: Option<admission::NewPairing>) -> Answer {
    let reader = app.reader();
    let line = read::device(&reader, staff.edition.id, id).await?.ok_or(Fail::Missing)?;
    let history = journal::timeline(&reader, Subject::new(SubjectKind::Device, id), HISTORY).await?;
    let address = pairing.as_ref().map(|p| links::desk::pair_with(&p.code).absolute(&app.settings().base_url));
    let qr = address.as_deref().map(app::registration::qr);
    let shown = pairing
        .as_ref()
        .zip(address.as_deref())
        .zip(qr.as_ref())
        .map(|((pairing, address), qr)| PairingShown { code: &pairing.code, address, qr, until: pairing.until });
    let html = DevicePage {
        edition: &staff.edition.slug,
        line: &line,
        pairing: shown,
        history: &history,
        zone: staff.edition.time_zone,
        now: app.now(),
    };
    page(html.render(&staff.shell()))
}

async fn revoke(staff: Manager, State(app): State<App>, Path((_, id)): Path<(String, DeviceId)>) -> Answer {
    admission::revoke_device(&app, &staff.viewer, staff.edition.id, id).await?;
    see_other_saying(&links::admission::device(&staff.edition.slug, id), &Flash::good("admission-device-revoked"))
}
