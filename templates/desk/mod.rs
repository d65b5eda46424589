//! Pages of devices on site.

pub mod frames;
pub mod pair;
pub mod people;
pub mod scan;
pub mod verdict;
