//! Applications and stands.

mod applications;
mod stand_form;
mod stands;

use crate::Surface;

pub(crate) fn routes(s: &mut Surface) {
    applications::routes(s);
    stands::routes(s);
    stand_form::routes(s);
}

/// Rows of a list page.
const PAGE: usize = 50;
/// Rows of an export: more than any show has.
const ALL: usize = 100_000;
