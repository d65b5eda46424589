//! The mail that carries an invitation.

use crate::{Error, Outgoing, Work};
use domain::{
    edition::Edition,
    registration::{invitation::Invitation, voucher},
};
use templates::{Lang, links, mails::invitation::InvitationMail};

/// Puts the mail into the outbox; `again` for a reminder.
pub(super) async fn send(
    work: &Work,
    edition: &Edition,
    one: &Invitation,
    code: &str,
    again: bool,
) -> Result<(), Error> {
    let link = links::voucher::invited(&edition.slug, code).absolute(&work.app().settings().base_url);
    let letter = InvitationMail {
        lang: Lang::new(one.locale),
        edition: &edition.name,
        opens_on: edition.opens_on,
        closes_on: edition.closes_on,
        name: &one.name,
        invited_by: &one.invited_by,
        code: &voucher::shown(code),
        link: &link,
        again,
    };
    let mail = Outgoing {
        edition: Some(edition.id),
        to: one.email.clone(),
        to_name: one.name.clone(),
        locale: one.locale,
        mail: letter.mail(),
        attachments: Vec::new(),
    };
    work.mail(mail).await.map(|_| ())
}
