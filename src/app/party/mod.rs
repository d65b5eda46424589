//! Finding people and companies before making them, and changing them. Several contexts come here: registration brings
//! visitors, sales brings exhibitors. Who is known is never made twice.

mod download;
mod edit;
mod known;
pub(crate) mod newcomer;

pub use download::download_parties;
pub use edit::edit_party;
pub use known::{
    affiliate, create_person, find_or_create_organisation, find_or_create_person, find_person, participate,
};
pub use newcomer::Newcomer;
