//! Pages of `venue`: the halls and the tree, a place's form, a hall's plan.

mod hall;
mod home;
mod place;

pub use hall::HallPage;
pub use home::VenuePage;
pub use place::PlacePage;
