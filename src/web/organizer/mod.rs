//! The organizer's pages, a file or folder a context.

use crate::Surface;

mod search;
mod today;

pub(crate) fn routes(s: &mut Surface) {
    today::routes(s);
    search::routes(s);
}
