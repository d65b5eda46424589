//! Registrations: the list, one of them, the desk, the curve, files.

mod allowance;
mod categories;
mod change;
mod delegation;
mod form;
mod intake;
mod inviting;
mod letter;
mod list;
mod mails;
mod privacy;
mod record;
mod turnout;
mod voucher;
mod walk_in;

use crate::{
    Need, Surface,
    answer::{Answer, download_file},
    guard::Staff,
};
use app::{
    App,
    spreadsheet::{Format, Written},
};
use domain::access::Permission::{ExportData, RegistrationEdit, RegistrationManage, RegistrationRead};

pub(crate) fn routes(s: &mut Surface) {
    voucher::routes(s);
    inviting::routes(s);
    allowance::routes(s);
    delegation::routes(s);
    intake::routes(s);
    letter::routes(s);
    turnout::routes(s);
    form::routes(s);
    categories::routes(s);
    mails::routes(s);
    privacy::routes(s);
    s.get("/e/{edition}/registration", Need::Staff(RegistrationRead), list::list);
    s.get("/e/{edition}/registration/curve", Need::Staff(RegistrationRead), list::curve);
    s.get("/e/{edition}/registration/export/{format}", Need::Staff(ExportData), list::export);
    s.get("/e/{edition}/registration/walk-in", Need::Staff(RegistrationEdit), walk_in::form);
    s.post("/e/{edition}/registration/walk-in", Need::Staff(RegistrationEdit), walk_in::submit);
    s.get("/e/{edition}/registration/{registration}", Need::Staff(RegistrationRead), record::record);
    s.get("/e/{edition}/registration/{registration}/badge", Need::Staff(RegistrationRead), record::badge);
    s.get("/e/{edition}/registration/{registration}/badge.pdf", Need::Staff(RegistrationRead), record::badge_pdf);
    s.get("/e/{edition}/registration/{registration}/edit", Need::Staff(RegistrationEdit), change::edit_form);
    s.post("/e/{edition}/registration/{registration}/edit", Need::Staff(RegistrationEdit), change::edit);
    s.post("/e/{edition}/registration/{registration}/reprint", Need::Staff(RegistrationEdit), change::reprint);
    s.post("/e/{edition}/registration/{registration}/block", Need::Staff(RegistrationEdit), change::block);
    s.post("/e/{edition}/registration/{registration}/unblock", Need::Staff(RegistrationEdit), change::unblock);
    s.post("/e/{edition}/registration/{registration}/cancel", Need::Staff(RegistrationEdit), change::cancel);
    s.post("/e/{edition}/registration/{registration}/approve", Need::Staff(RegistrationEdit), change::approve);
    s.post("/e/{edition}/registration/{registration}/reject", Need::Staff(RegistrationEdit), change::reject);
    s.post("/e/{edition}/registration/{registration}/promote", Need::Staff(RegistrationEdit), change::promote);
    s.post("/e/{edition}/registration/{registration}/anonymize", Need::Staff(RegistrationManage), change::anonymize);
    s.post("/e/{edition}/registration/{registration}/mail", Need::Staff(RegistrationEdit), change::mail);
}

/// A list as a file to take away, called by what it is and the day.
pub(super) fn list_file<P>(app: &App, staff: &Staff<P>, list: &str, format: Format, written: Written) -> Answer {
    let edition = &staff.edition;
    download_file(&format!("{list}-{}-{}.{}", edition.slug, edition.day(app.now()), format.ending()), written)
}

/// The record a path names; what cannot be an id is as good as none.
#[derive(serde::Deserialize)]
pub(super) struct Named {
    registration: String,
}

impl Named {
    fn id(&self) -> Result<domain::RegistrationId, crate::answer::Fail> {
        self.registration.parse().map_err(|_| crate::answer::Fail::Missing)
    }
}
