//! The pages of devices on site: pairing, scanning, people, and what lets the scan page work without network.

use crate::Surface;

mod follow;
mod handheld;
mod installed;
mod pair;
mod people;
mod scan;

pub(crate) fn routes(s: &mut Surface) {
    pair::routes(s);
    scan::routes(s);
    follow::routes(s);
    handheld::routes(s);
    people::routes(s);
    installed::routes(s);
}
