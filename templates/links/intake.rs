//! Addresses of imports: registrations that come as a table.

use super::Href;
use domain::{CampaignId, DelegationId, IntakeId};

/// Choosing a file, and the imports so far; POST keeps a file.
pub fn home(edition: &str) -> Href {
    super::registration::home(edition).then("import")
}

/// The same for the people of a group.
pub fn of_group(edition: &str, group: DelegationId) -> Href {
    home(edition).query(&[("group", &group.to_string())])
}

/// The same for people a campaign invites.
pub fn of_campaign(edition: &str, campaign: CampaignId) -> Href {
    home(edition).query(&[("campaign", &campaign.to_string())])
}

/// The table of people to invite to fill in: `csv` or `xlsx`.
pub fn guest_template(edition: &str, campaign: CampaignId, format: &str) -> Href {
    template(edition, format).query(&[("campaign", &campaign.to_string())])
}

/// The table to fill in: `csv` or `xlsx`.
pub fn template(edition: &str, format: &str) -> Href {
    home(edition).then("template").then(format)
}

/// One import.
pub fn record(edition: &str, intake: IntakeId) -> Href {
    home(edition).then(&intake.to_string())
}

/// A deed on an import (POST): `judge`, `take`, `stop`.
pub fn act(edition: &str, intake: IntakeId, deed: &str) -> Href {
    record(edition, intake).then(deed)
}

/// How far it is, as it goes on (server-sent events).
pub fn progress(edition: &str, intake: IntakeId) -> Href {
    record(edition, intake).then("progress")
}

/// The rejected rows: `csv` or `xlsx`.
pub fn rejected(edition: &str, intake: IntakeId, format: &str) -> Href {
    record(edition, intake).then("rejected").then(format)
}

/// The table of an exhibitor's people (POST), or the one to fill in.
pub fn portal() -> Href {
    super::delegation::portal().then("table")
}

/// The table of a group's people (POST), or the one to fill in.
pub fn own(edition: &str, access: &str) -> Href {
    super::delegation::own(edition, access).then("table")
}
