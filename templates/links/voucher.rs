//! Addresses of e-vouchers: campaigns, invitations, what exhibitors are allowed.

use super::{Href, segment};
use domain::{CampaignId, InvitationId, ParticipationId, VoucherId};

/// The list of campaigns.
pub fn home(edition: &str) -> Href {
    super::registration::home(edition).then("vouchers")
}

/// The list of campaigns as a file: `csv` or `xlsx`.
pub fn campaigns_export(edition: &str, format: &str) -> Href {
    home(edition).then("export").then(format)
}

/// The codes of all campaigns.
pub fn codes(edition: &str) -> Href {
    super::registration::home(edition).then("codes")
}

/// The codes of one campaign, in the list of all.
pub fn codes_of(edition: &str, campaign: CampaignId) -> Href {
    codes(edition).query(&[("campaign", &campaign.to_string())])
}

/// The list of codes as a file: `csv` or `xlsx`.
pub fn codes_export(edition: &str, format: &str) -> Href {
    codes(edition).then("export").then(format)
}

/// The invitations of all campaigns.
pub fn invitations(edition: &str) -> Href {
    super::registration::home(edition).then("invitations")
}

/// The invitations of one campaign, in the list of all.
pub fn invitations_of(edition: &str, campaign: CampaignId) -> Href {
    invitations(edition).query(&[("campaign", &campaign.to_string())])
}

/// The list of invitations as a file: `csv` or `xlsx`.
pub fn invitations_export(edition: &str, format: &str) -> Href {
    invitations(edition).then("export").then(format)
}

/// The form for a new campaign; POST makes it.
pub fn new(edition: &str) -> Href {
    home(edition).then("new")
}

/// One campaign.
pub fn record(edition: &str, campaign: CampaignId) -> Href {
    home(edition).then(&campaign.to_string())
}

/// The form that changes a campaign; POST changes.
pub fn edit(edition: &str, campaign: CampaignId) -> Href {
    record(edition, campaign).then("edit")
}

/// A deed on a campaign (POST): `stop`, `resume`, `codes`, `invite`, `remind`.
pub fn act(edition: &str, campaign: CampaignId, deed: &str) -> Href {
    record(edition, campaign).then(deed)
}

/// The codes as a file: `csv` or `xlsx`.
pub fn export(edition: &str, campaign: CampaignId, format: &str) -> Href {
    record(edition, campaign).then("export").then(format)
}

/// Stops or resumes a code (POST): `stop`, `resume`.
pub fn code(edition: &str, campaign: CampaignId, voucher: VoucherId, deed: &str) -> Href {
    record(edition, campaign).then("codes").then(&voucher.to_string()).then(deed)
}

/// Takes an invitation back (POST).
pub fn withdraw(edition: &str, campaign: CampaignId, invitation: InvitationId) -> Href {
    record(edition, campaign).then("invitations").then(&invitation.to_string()).then("withdraw")
}

/// What exhibitors are allowed; POST sets a rule.
pub fn allowances(edition: &str) -> Href {
    super::registration::home(edition).then("allowances")
}

/// What exhibitors are allowed and gave out as a file: `csv` or `xlsx`.
pub fn allowances_export(edition: &str, format: &str) -> Href {
    allowances(edition).then("export").then(format)
}

/// Sets the number of one exhibitor (POST).
pub fn allowance(edition: &str, exhibitor: ParticipationId) -> Href {
    allowances(edition).then(&exhibitor.to_string())
}

/// Where an invitation leads.
pub fn invited(edition: &str, code: &str) -> Href {
    Href::new(format!("/x/{}/invited/{}", segment(edition), segment(code)))
}

/// The person invited says no (POST).
pub fn decline(edition: &str, code: &str) -> Href {
    invited(edition, code).then("decline")
}

/// The registration form with a code in it.
pub fn register(edition: &str, code: &str) -> Href {
    super::public::register(edition).query(&[("voucher", code)])
}

/// The exhibitor's own invitations; POST invites.
pub fn portal() -> Href {
    Href::new("/portal/invitations")
}

/// Reminds those who have not answered (POST).
pub fn portal_remind() -> Href {
    portal().then("remind")
}

/// Takes an invitation of the exhibitor's back (POST).
pub fn portal_withdraw(invitation: InvitationId) -> Href {
    portal().then(&invitation.to_string()).then("withdraw")
}
