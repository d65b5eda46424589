//! The exhibitor's home.

use super::shell;
use crate::{
    Need, Surface,
    answer::{Answer, Fail, page},
    guard::Contact,
};
use app::App;
use axum::extract::State;
use store::read;
use templates::portal::HomePage;

pub(crate) fn routes(s: &mut Surface) {
    s.get("/portal", Need::Contact, home);
}

async fn home(contact: Contact, State(app): State<App>) -> Answer {
    let (reader, now, viewer, edition) = (app.reader(), app.now(), &contact.viewer, &contact.edition);
    let record = read::exhibitor::record(&reader, edition.id, viewer.participation, now).await?.ok_or(Fail::Missing)?;
    let mut halls: Vec<_> = record.stands.iter().map(|stand| stand.hall).collect();
    halls.sort_unstable();
    halls.dedup();
    let mut plans = Vec::new();
    // One or two halls: an exhibitor rarely has stands in more.
    for hall in halls.into_iter().take(3) {
        plans.extend(read::venue::hall_plan(&reader, edition.venue, edition.id, hall).await?);
    }
    let view = HomePage {
        zone: edition.time_zone,
        now,
        opens_on: edition.opens_on,
        build_up_on: edition.build_up_on,
        record: &record,
        plans: &plans,
    };
    page(view.render(&shell(&contact, &app).await?))
}
