//! Hubs on the venue's own network: how they are doing, and withdrawing one.

use crate::{
    Need, Surface,
    answer::{Answer, page, see_other_saying},
    fields::Fields,
    guard::{Staff, may},
    path::Path,
};
use app::{App, admission};
use axum::extract::State;
use domain::HubId;
use domain::access::Permission;
use serde::Deserialize;
use store::read::hub as read;
use templates::organizer::admission::hubs::HubsPage;
use templates::{Flash, links};

type Manager = Staff<may::AdmissionManage>;

pub(crate) fn routes(s: &mut Surface) {
    let need = Need::Staff(Permission::AdmissionManage);
    s.get("/e/{edition}/admission/hubs", need, list);
    s.post("/e/{edition}/admission/hubs/{hub}/withdraw", need, withdraw);
}

async fn list(staff: Manager, State(app): State<App>) -> Answer {
    let reader = app.reader();
    let id = staff.edition.id;
    let own = read::hub_self(&reader, id).await?;
    let unsent = match &own {
        Some(_) => read::unsent(&reader, id, &read::mark(&reader, id, "scans").await?).await?,
        None => 0,
    };
    let html = HubsPage {
        edition: &staff.edition.slug,
        hubs: &read::hubs(&reader, id).await?,
        own: own.as_ref(),
        unsent,
        address: &app.settings().base_url,
        zone: staff.edition.time_zone,
        now: app.now(),
    };
    page(html.render(&staff.shell()))
}

#[derive(Default, Deserialize)]
#[serde(default)]
struct Seen {
    version: String,
}

async fn withdraw(
    staff: Manager,
    State(app): State<App>,
    Path((_, hub)): Path<(String, HubId)>,
    Fields(seen): Fields<Seen>,
) -> Answer {
    let version = seen.version.trim().parse().unwrap_or(0);
    admission::withdraw_hub(&app, &staff.viewer, staff.edition.id, hub, version).await?;
    see_other_saying(&links::admission::hubs(&staff.edition.slug), &Flash::good("hub-is-withdrawn"))
}
