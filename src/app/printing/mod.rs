//! Printing's use cases: layouts, logos and stations; badges into queues and out of them; what agents ask and answer;
//! badges drawn as PDF, as dots and as a preview.
//!
//! [`queue`] is the verb others call in their own use case, so that a badge is on its way to paper with the commit that
//! made it.

mod agent;
mod bulk;
mod content;
mod desk;
mod dots;
mod draw;
mod export;
mod layouts;
mod logo;
mod outline;
mod pdf;
mod preview;
mod queue;
mod sample;
mod stations;

pub use agent::{Claim, Handed, claim, expire, report, wait_and_claim};
pub(crate) use bulk::make_file;
pub use bulk::{MAKE_FILE, MOST_BADGES, cancel_batch, preflight, print_batch};
pub use content::sample_badge;
pub use desk::{Deed, act, clear_queue_to, print_test_page};
pub use draw::{Look, badge_file, fonts_are_missing, looks, missing_glyphs};
pub use export::export_log;
pub use layouts::{create_layout, remove_layout, restore_layout, save_layout};
pub use logo::{LARGEST_LOGO, keep_logo};
pub use pdf::badges_pdf;
pub use preview::preview;
pub use queue::{PrintWish, Queued, print_arrival, print_badge, queue, queue_unprinted};
pub use sample::{sample_file, sample_label};
pub use stations::{NewStation, change_station, create_station, pause_station, remove_station, renew_key};

use crate::Error;
use chrono::{DateTime, NaiveTime, Utc};
use domain::edition::Edition;

/// The moment the edition's day began: what "today" counts from.
#[must_use]
pub fn today_began(edition: &Edition, now: DateTime<Utc>) -> DateTime<Utc> {
    let midnight = edition.day(now).and_time(NaiveTime::MIN);
    // Where a clock change leaves no midnight, the day begins with the change; an hour off only makes a count larger.
    midnight.and_local_timezone(edition.time_zone).earliest().map_or(now, |at| at.to_utc())
}

fn outside(error: impl ToString) -> Error {
    Error::Outside(error.to_string())
}
