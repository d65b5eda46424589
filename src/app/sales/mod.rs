//! Use cases of `sales`: applications, stands and who holds them.

mod accept_application;
mod apply;
mod assign_stand;
mod decline_application;
mod download_applications;
mod release_stand;
mod save_stand;
mod withdraw_application;

pub use accept_application::accept_application;
pub use apply::apply;
pub use assign_stand::assign_stand;
pub use decline_application::decline_application;
pub use download_applications::download_applications;
pub use release_stand::release_stand;
pub use save_stand::{create_stand, edit_stand};
pub use withdraw_application::withdraw_application;
