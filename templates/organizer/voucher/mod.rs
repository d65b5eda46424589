//! Pages of e-vouchers: campaigns, one campaign with its codes and invitations, what exhibitors are allowed.

mod allowances;
mod form;
mod list;
mod record;

pub use allowances::{AllowancePage, AllowancesPage};
pub use form::{EditCampaignPage, NewCampaignPage};
pub use list::{CampaignListFilter, CampaignsPage};
pub use record::CampaignPage;
pub(crate) use record::{invitation_table, invite_fields};

use domain::registration::{invitation::State, voucher::Campaign};
use maud::{Markup, html};

use crate::{Badge, Lang, Tone};

/// Whether a campaign's codes are taken now.
fn campaign_state(lang: Lang, campaign: &Campaign, today: chrono::NaiveDate) -> Badge {
    let (code, tone) = if campaign.stopped {
        ("stopped", Tone::Bad)
    } else if campaign.valid_from.is_some_and(|from| today < from) {
        ("early", Tone::Info)
    } else if campaign.valid_until.is_some_and(|until| today > until) {
        ("over", Tone::Neutral)
    } else {
        ("open", Tone::Good)
    };
    Badge::new(lang.term("campaign-state", code), tone)
}

/// How far an invitation has come.
pub(crate) fn invitation_state(lang: Lang, state: State, came: bool) -> Badge {
    if came {
        return Badge::new(lang.t("invitation-came"), Tone::Good).marked();
    }
    let tone = match state {
        State::Registered => Tone::Good,
        State::Opened => Tone::Info,
        State::Declined => Tone::Warn,
        State::Sent | State::Withdrawn => Tone::Neutral,
    };
    Badge::new(lang.term("invitation-state", state.code()), tone)
}

/// From when until when, as far as there are bounds.
fn days(lang: Lang, campaign: &Campaign) -> Markup {
    html! {
        @match (campaign.valid_from, campaign.valid_until) {
            (Some(from), Some(until)) => (lang.date_range(from, until)),
            (Some(from), None) => (lang.with("voucher-from", &[("day", lang.date(from).into())])),
            (None, Some(until)) => (lang.with("voucher-until", &[("day", lang.date(until).into())])),
            (None, None) => "",
        }
    }
}
