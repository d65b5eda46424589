//! The pages of devices on site: pairing and scanning.

use crate::Surface;

mod pair;
mod scan;

pub(crate) fn routes(s: &mut Surface) {
    pair::routes(s);
    scan::routes(s);
}
