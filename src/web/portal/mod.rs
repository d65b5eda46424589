//! The portal's pages. Everything here is the exhibitor's own: queries take its id from the session, never from the
//! address.

mod account;
mod duty;
mod entry;
mod home;
mod invitations;
mod profile;
mod staff;

use crate::{Surface, answer::Fail, guard::Contact};
use app::App;
use store::read;
use templates::{Flash, PortalShell, links};

pub(crate) fn routes(s: &mut Surface) {
    entry::routes(s);
    account::routes(s);
    home::routes(s);
    duty::routes(s);
    profile::routes(s);
    invitations::routes(s);
    staff::routes(s);
}

/// The frame around the portal's pages, with the company and the doors.
async fn shell(contact: &Contact, app: &App) -> Result<PortalShell, Fail> {
    let viewer = &contact.viewer;
    let own = read::exhibitor::record(&app.reader(), viewer.edition, viewer.participation, app.now()).await?;
    let own = own.ok_or(Fail::Missing)?;
    let lang = contact.ui.lang;
    let doors = vec![
        (lang.t("portal-home"), links::portal::home()),
        (lang.t("portal-staff"), links::delegation::portal()),
        (lang.t("portal-invitations"), links::voucher::portal()),
        (lang.t("portal-profile-door"), links::portal::profile()),
    ];
    Ok(PortalShell { company: own.company.get(lang.locale()).to_owned(), doors, ..contact.shell() })
}

/// The first refusal as something said once.
fn refusal(list: Vec<domain::Refusal>) -> Result<Flash, Fail> {
    let refusal = list.into_iter().next().ok_or(Fail::Missing)?;
    let flash = Flash::bad(format!("refusal-{}", refusal.code));
    Ok(refusal.params.iter().fold(flash, |flash, (name, value)| flash.with(name, value)))
}
