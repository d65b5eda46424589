//! The organizer's pages, a file or folder a context.

use crate::Surface;

mod access;
mod edition;
mod journal;
mod admission;
mod plan;
mod party;
mod registration;
mod search;
mod today;

pub(crate) fn routes(s: &mut Surface) {
    access::routes(s);
    edition::routes(s);
    journal::routes(s);
    admission::routes(s);
    party::routes(s);
    registration::routes(s);
    today::routes(s);
    plan::routes(s);
    search::routes(s);
}
