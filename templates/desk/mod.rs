//! Pages of devices on site.

pub mod pair;
pub mod scan;
pub mod verdict;
