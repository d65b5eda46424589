//! One registration and its badge.

use super::Named;
use crate::{
    answer::{Answer, Fail, download, page},
    guard::{Staff, may},
    path::Path,
};
use app::{App, registration as verbs};
use axum::extract::State;
use domain::{
    access::Permission,
    journal::{Subject, SubjectKind},
};
use store::read::{journal, registration as read, voucher as read_voucher};
use templates::{links, organizer::registration::RecordPage, public::badge::BadgeSheet};

/// Lines of history and scans shown.
const LINES: u32 = 100;

pub(super) async fn record(
    staff: Staff<may::RegistrationRead>,
    State(app): State<App>,
    Path(named): Path<Named>,
) -> Answer {
    let (reader, edition, id) = (app.reader(), staff.edition.id, named.id()?);
    let registration = read::registration(&reader, edition, id).await?.ok_or(Fail::Missing)?;
    let badges = read::credentials(&reader, edition, id).await?;
    let scans = read::scans(&reader, edition, id, LINES).await?;
    let consents = read::consents(&reader, id).await?;
    let history = journal::timeline(&reader, Subject::new(SubjectKind::Registration, id), LINES).await?;
    let badge = read::badge(&reader, edition, id).await?;
    let asked = verbs::form_of(&app, &registration).await?;
    let record = RecordPage {
        registration: &registration,
        asked: &asked,
        ahead: read::ahead(&reader, &registration).await?,
        badges: &badges,
        scans: &scans,
        consents: &consents,
        history: &history,
        origin: &read_voucher::origin(&reader, edition, id).await?,
        missing_glyphs: &badge.as_ref().map(app::printing::missing_glyphs).unwrap_or_default(),
        zone: staff.edition.time_zone,
        may_edit: staff.may(Permission::RegistrationEdit),
        may_see_party: staff.may(Permission::PartyRead),
        may_manage: staff.may(Permission::RegistrationManage),
        printing: crate::organizer::printing::card_of(&staff, &app, id, &badges).await?,
    };
    page(record.render(&staff.shell()))
}

pub(super) async fn badge(
    staff: Staff<may::RegistrationRead>,
    State(app): State<App>,
    Path(named): Path<Named>,
) -> Answer {
    let id = named.id()?;
    let badge = read::badge(&app.reader(), staff.edition.id, id).await?.ok_or(Fail::Missing)?;
    let slug = &staff.edition.slug;
    let sheet = BadgeSheet {
        badge: &badge,
        code: &verbs::qr(&badge.code),
        pdf: links::registration::badge_pdf(slug, id),
        back: links::registration::record(slug, id),
    };
    page(sheet.render(staff.ui.lang))
}

pub(super) async fn badge_pdf(
    staff: Staff<may::RegistrationRead>,
    State(app): State<App>,
    Path(named): Path<Named>,
) -> Answer {
    let badge = read::badge(&app.reader(), staff.edition.id, named.id()?).await?.ok_or(Fail::Missing)?;
    let name = format!("badge-{}.pdf", badge.serial);
    download(&name, "application/pdf", app::printing::badge_file(&app.reader(), staff.edition.id, badge).await?)
}
