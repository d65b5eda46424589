//! The desk's pages.

use crate::Surface;

pub(crate) fn routes(_: &mut Surface) {}
