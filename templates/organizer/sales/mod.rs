//! Pages of `sales`: the inbox of applications and its records, the stands and theirs.

mod application;
mod applications;
mod stand;
mod stand_form;
mod stands;

pub use application::ApplicationPage;
pub use applications::ApplicationsPage;
pub use stand::StandPage;
pub use stand_form::StandFormPage;
pub use stands::StandsPage;

use crate::{Badge, Lang, Tone};
use domain::sales::ApplicationState;

/// How the state of an application looks.
pub fn application_badge(lang: Lang, state: ApplicationState) -> Badge {
    let tone = match state {
        ApplicationState::Submitted => Tone::Info,
        ApplicationState::Accepted => Tone::Good,
        ApplicationState::Declined => Tone::Bad,
        ApplicationState::Withdrawn => Tone::Neutral,
    };
    Badge::new(lang.term("application-state", state.code()), tone).marked()
}
