//! A code of a campaign as lists show it: what became of it, who used it last.

use super::Category;
use crate::{CampaignId, RegistrationId, VoucherId, listing::Sortable};
use chrono::{DateTime, Utc};

codes! {
    /// What became of a code.
    CodeState {
        /// Nobody has used it.
        Open "open",
        /// Somebody is registered by it.
        Used "used",
        /// Somebody stopped it.
        Stopped "stopped",
    }
}

/// What the codes of all campaigns can be sorted by.
pub const CODE_SORTS: Sortable = &["-made", "code"];

/// A code in a campaign's list, with who used it last.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct VoucherRow {
    pub id: VoucherId,
    pub code: String,
    pub stopped: bool,
    pub redeemed: i64,
    /// The latest registration by it: id, name, company.
    pub by: Option<(RegistrationId, String, String)>,
}

impl VoucherRow {
    /// What became of it.
    #[must_use]
    pub const fn state(&self) -> CodeState {
        if self.stopped {
            CodeState::Stopped
        } else if self.redeemed > 0 {
            CodeState::Used
        } else {
            CodeState::Open
        }
    }
}

/// A code in the list of all campaigns'.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CodeLine {
    pub row: VoucherRow,
    pub campaign: CampaignId,
    /// Name of the campaign.
    pub campaign_name: String,
    /// What people become by it.
    pub category: Category,
    pub created_at: DateTime<Utc>,
}
