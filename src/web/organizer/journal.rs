//! The journal of an edition.

use crate::{
    Need, Surface,
    answer::{Answer, page},
    guard::{Staff, may},
};
use app::App;
use axum::extract::{Query, State};
use domain::access::Permission;
use serde::Deserialize;
use store::read;
use templates::organizer::journal::JournalPage;

/// Facts on a page.
const PAGE: u32 = 60;

pub(super) fn routes(s: &mut Surface) {
    s.get("/e/{edition}/journal", Need::Staff(Permission::JournalRead), list);
}

#[derive(Default, Deserialize)]
#[serde(default)]
struct From {
    before: String,
}

async fn list(staff: Staff<may::JournalRead>, State(app): State<App>, Query(from): Query<From>) -> Answer {
    let before = from.before.parse().ok();
    // One more than shown tells whether there is a next page.
    let mut rows = read::journal::feed(&app.reader(), staff.edition.id, before, PAGE + 1).await?;
    let more = rows.len() > PAGE as usize;
    rows.truncate(PAGE as usize);
    let next = rows.last().filter(|_| more).map(|(id, _)| id.to_string());
    let entries: Vec<_> = rows.into_iter().map(|(_, entry)| entry).collect();
    let journal = JournalPage { entries: &entries, zone: staff.edition.time_zone, next, later: before.is_some() };
    page(journal.render(&staff.shell()))
}
