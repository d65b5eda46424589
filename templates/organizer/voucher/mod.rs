//! Pages of e-vouchers: campaigns, one campaign with its codes and invitations, all codes and all invitations, what
//! exhibitors are allowed.

mod allowances;
mod codes;
mod form;
mod invitations;
mod list;
mod record;

pub use allowances::{AllowancePage, AllowancesPage};
pub use codes::{CodeListFilter, CodesPage};
pub use form::{EditCampaignPage, NewCampaignPage};
pub use invitations::{InvitationListFilter, InvitationsPage};
pub use list::{CampaignListFilter, CampaignsPage};
pub use record::CampaignPage;
pub(crate) use record::{invitation_table, invite_fields};

use domain::registration::{
    invitation::State,
    voucher::{Campaign, CampaignState, CodeState},
};
use maud::{Markup, html};

use crate::{
    Badge, Lang, Tone,
    components::{Choice, FilterBar},
};

/// A list of all campaigns that is narrowed to one of them (its id and its name) says so among its filters.
fn of_campaign<'a>(bar: FilterBar<'a>, lang: Lang, campaign: Option<&(String, String)>) -> FilterBar<'a> {
    match campaign {
        Some((id, name)) => {
            bar.select("campaign", lang.t("voucher-campaign"), vec![Choice::new(id.clone(), name.clone())], id)
        }
        None => bar,
    }
}

/// Whether a campaign's codes are taken now.
fn campaign_state(lang: Lang, campaign: &Campaign, today: chrono::NaiveDate) -> Badge {
    let state = campaign.state(today);
    let tone = match state {
        CampaignState::Stopped => Tone::Bad,
        CampaignState::Early => Tone::Info,
        CampaignState::Over => Tone::Neutral,
        CampaignState::Open => Tone::Good,
    };
    Badge::new(lang.term("campaign-state", state.code()), tone)
}

/// What became of a code.
fn code_state(lang: Lang, state: CodeState) -> Badge {
    let tone = match state {
        CodeState::Stopped => Tone::Bad,
        CodeState::Used => Tone::Good,
        CodeState::Open => Tone::Neutral,
    };
    Badge::new(lang.term("voucher-code-state", state.code()), tone)
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
