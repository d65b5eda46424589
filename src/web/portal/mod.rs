//! The portal's pages. Everything here is the exhibitor's own: queries take its id from the session, never from the
//! address.

mod duty;
mod entry;
mod home;
mod profile;

use crate::{Surface, answer::Fail, guard::Contact};
use app::App;
use store::read;
use templates::{PortalShell, links};

pub(crate) fn routes(s: &mut Surface) {
    entry::routes(s);
    home::routes(s);
    duty::routes(s);
    profile::routes(s);
}

/// The frame around the portal's pages, with the company and the doors.
async fn shell(contact: &Contact, app: &App) -> Result<PortalShell, Fail> {
    let viewer = &contact.viewer;
    let own = read::exhibitor::record(&app.reader(), viewer.edition, viewer.participation, app.now()).await?;
    let own = own.ok_or(Fail::Missing)?;
    let lang = contact.ui.lang;
    let doors =
        vec![(lang.t("portal-home"), links::portal::home()), (lang.t("portal-profile-door"), links::portal::profile())];
    Ok(PortalShell { company: own.company.get(lang.locale()).to_owned(), doors, ..contact.shell() })
}
