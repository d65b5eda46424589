//! Inviting a person to the portal. The secret goes into the mail and nowhere else: the row keeps its hash.

use crate::{App, Error, Outgoing, Work, chance};
use domain::{
    ContactId, ParticipationId, Refusal,
    access::Viewer,
    edition::Edition,
    exhibitor::{Contact, InviteFields, invite, new_contact},
};
use store::record::{exhibitor as record, sales};
use templates::{Lang, links, mails::exhibitor::Letter};

/// Invites a new contact of an exhibitor; one already known by the address is invited again.
///
/// # Errors
/// `contact-joined` when there is a password already, `Missing`.
pub async fn invite_contact(
    app: &App,
    viewer: &Viewer,
    edition: &Edition,
    participation: ParticipationId,
    fields: InviteFields,
) -> Result<ContactId, Error> {
    let mut work = app.begin(viewer.actor()).await?;
    sales::exhibitor(work.tx(), edition.id, participation).await?.ok_or(Error::Missing)?;
    let contact = match record::contact_by_email(work.tx(), participation, &fields.email).await? {
        Some(known) => known,
        None => {
            let contact = new_contact(work.id(), edition.id, participation, fields, work.now());
            record::insert_contact(work.tx(), &contact).await.map_err(known_already)?;
            contact
        }
    };
    send_invitation(&mut work, edition, &contact).await?;
    work.commit().await?;
    Ok(contact.id)
}

fn known_already(fault: store::Fault) -> Error {
    if fault.taken("uq_contact_participation_id_folded_email") {
        return Refusal::conflict("contact-known").at("email").into();
    }
    fault.into()
}

/// Sends a fresh invitation; the older one stops working.
///
/// # Errors
/// `contact-joined`, `contact-inactive`, `Missing`.
pub async fn invite_again(
    app: &App,
    viewer: &Viewer,
    edition: &Edition,
    participation: ParticipationId,
    id: ContactId,
) -> Result<(), Error> {
    let mut work = app.begin(viewer.actor()).await?;
    sales::exhibitor(work.tx(), edition.id, participation).await?.ok_or(Error::Missing)?;
    let contact = record::contact_of(work.tx(), participation, id).await?.ok_or(Error::Missing)?;
    send_invitation(&mut work, edition, &contact).await?;
    work.commit().await
}

/// Opens the invitation and puts the mail into the outbox.
pub(crate) async fn send_invitation(work: &mut Work, edition: &Edition, contact: &Contact) -> Result<(), Error> {
    let (invited, facts) = invite(contact, work.now())?;
    let secret = chance::secret("fli_");
    record::save_invitation(work.tx(), &invited, &chance::hash_secret(&secret)).await?;
    let taker = sales::exhibitor(work.tx(), edition.id, contact.participation).await?.ok_or(Error::Missing)?;
    let stands = sales::held_numbers(work.tx(), contact.participation).await?;
    let lang = Lang::new(contact.locale);
    let until = invited.invited_until.map(|at| lang.instant(at, edition.time_zone)).unwrap_or_default();
    let link = links::portal::join(&secret).absolute(&work.app().settings().base_url);
    let letter = Letter { lang, name: &contact.name, company: &taker.company, edition: &edition.name };
    let mail = letter.invitation(&link, &until, &lang.list(&stands));
    work.mail(Outgoing {
        edition: Some(edition.id),
        to: contact.email.clone(),
        to_name: contact.name.clone(),
        locale: contact.locale,
        mail,
        attachments: Vec::new(),
    })
    .await?;
    work.note(facts);
    Ok(())
}
