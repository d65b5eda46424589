//! The mail that carries the leader's link.

use super::delegation_key;
use crate::{Error, Outgoing, Work};
use domain::{edition::Edition, registration::delegation::Delegation};
use templates::{Lang, links, mails::invitation::DelegationMail};

/// Puts the mail into the outbox.
pub(super) async fn send(work: &Work, edition: &Edition, group: &Delegation) -> Result<(), Error> {
    let key = delegation_key(work.tx(), edition.id, group.id).await?;
    let link = links::delegation::own(&edition.slug, &key).absolute(&work.app().settings().base_url);
    let letter = DelegationMail {
        lang: Lang::new(group.locale),
        edition: &edition.name,
        opens_on: edition.opens_on,
        closes_on: edition.closes_on,
        name: &group.contact_name,
        group: &group.name,
        link: &link,
    };
    let mail = Outgoing {
        edition: Some(edition.id),
        to: group.contact_email.clone(),
        to_name: group.contact_name.clone(),
        locale: group.locale,
        mail: letter.mail(),
        attachments: Vec::new(),
    };
    work.mail(mail).await.map(|_| ())
}
