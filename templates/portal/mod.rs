//! The exhibitor portal: joining, signing in, the home with its duties, a duty, the company profile.

mod duty;
mod entry;
mod home;
mod profile;

pub use duty::DutyPage;
pub use entry::{JoinPage, LinkSpentPage};
pub use home::HomePage;
pub use profile::ProfilePage;
