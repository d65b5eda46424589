//! E-vouchers' use cases: campaigns and their codes, redeeming one while registering, inviting by mail (organizer and
//! exhibitor), what exhibitors are allowed, the lists as files.

mod allow;
mod campaign;
mod export;
mod export_accounts;
mod invite;
mod letter;
mod look;
mod redeem;

pub use allow::{grant_allowance, save_rule};
pub use campaign::{add_codes, change_campaign, create_campaign, stop_campaign, stop_code};
pub use export::{download_codes, download_invitations, export_campaigns};
pub use export_accounts::export_accounts;
pub use invite::{Inviter, invite, remind, withdraw};
pub(crate) use invite::{for_category, send_all};
pub use look::{Offer, decline, look, open};
pub(crate) use redeem::claim;
