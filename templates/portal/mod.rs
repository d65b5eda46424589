//! The exhibitor portal: joining, signing in, the home with its duties, a duty, the company profile,
//! invitations to visitors and badges of the people on the stand.

mod duty;
mod entry;
mod home;
mod invitations;
mod profile;
mod staff;

pub use duty::DutyPage;
pub use entry::{JoinPage, LinkSpentPage};
pub use home::HomePage;
pub use invitations::InvitationsPage;
pub use profile::ProfilePage;
pub use staff::StaffPage;
