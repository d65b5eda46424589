//! The first screen of an edition.

use crate::{
    Need, Surface,
    answer::{Answer, page},
    guard::{Staff, may},
};
use app::App;
use axum::extract::State;
use domain::access::Permission;
use store::read::office;
use templates::organizer::today::TodayPage;

pub(crate) fn routes(s: &mut Surface) {
    s.get("/e/{edition}", Need::Staff(Permission::EditionRead), today);
}

async fn today(staff: Staff<may::EditionRead>, State(app): State<App>) -> Answer {
    let today = office::today(&app.reader(), &staff.viewer, &staff.edition, app.now()).await?;
    page(TodayPage { today: &today, zone: staff.edition.time_zone }.render(&staff.shell()))
}
