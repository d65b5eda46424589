//! The organizer's pages, a file or folder a context.

use crate::Surface;

pub(crate) fn routes(_: &mut Surface) {}
