//! Exhibitors, their contacts and duties.

mod duties;
mod list;
mod record;

use crate::Surface;

pub(crate) fn routes(s: &mut Surface) {
    list::routes(s);
    duties::routes(s);
    record::routes(s);
}

/// Rows of a list page.
const PAGE: usize = 50;
/// Rows of an export: more than any show has.
const ALL: usize = 100_000;
