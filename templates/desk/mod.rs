//! Pages of devices on site.

pub mod frames;
pub mod pair;
pub mod paper;
pub mod people;
pub mod scan;
pub mod verdict;
