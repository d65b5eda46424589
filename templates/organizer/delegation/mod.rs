//! Pages of groups: the list, one group with its people, the forms.

mod form;
mod list;
mod record;

pub use form::DelegationFormPage;
pub use list::{DelegationListFilter, DelegationsPage};
pub use record::DelegationPage;
pub(crate) use record::{member_fields, members_table};

use domain::registration::delegation::Delegation;

use crate::{Badge, Lang, Tone};

/// Whether a group takes people.
fn state(lang: Lang, group: &Delegation) -> Badge {
    if group.closed {
        Badge::new(lang.t("delegation-closed"), Tone::Neutral)
    } else {
        Badge::new(lang.t("delegation-open"), Tone::Good)
    }
}
