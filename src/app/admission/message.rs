//! Words from the supervisors to devices.

use crate::{App, Error};
use domain::access::Viewer;
use domain::admission::message::{Audience, Message, NewMessage};
use domain::journal::{Fact, Subject, SubjectKind};
use domain::{EditionId, MessageId, Refusal};
use store::{read, record};

/// Sends a message; devices show it with their next contact, until somebody there read it or it ran out.
///
/// # Errors
/// `unknown-choice` at `to`.
pub async fn send_message(
    app: &App,
    viewer: &Viewer,
    edition: EditionId,
    message: NewMessage,
) -> Result<MessageId, Error> {
    let mut work = app.begin(viewer.actor()).await?;
    let unknown = || Error::from(Refusal::invalid("unknown-choice").at("to"));
    let (subject, to) = match message.to {
        Audience::All => (Subject::new(SubjectKind::Edition, edition.uuid()), String::new()),
        Audience::Gate(id) => {
            let gate = read::admission::gate(work.tx(), edition, id).await?.ok_or_else(unknown)?;
            (Subject::new(SubjectKind::Gate, id.uuid()), gate.code)
        }
        Audience::Device(id) => {
            let line = read::admission::device(work.tx(), edition, id).await?.ok_or_else(unknown)?;
            if line.device.revoked_at.is_some() {
                return Err(Refusal::conflict("device-revoked").at("to").into());
            }
            (Subject::new(SubjectKind::Device, id.uuid()), line.device.name)
        }
    };
    let sent = Message {
        id: work.id(),
        text: message.text,
        sent_by: viewer.name.clone(),
        sent_at: work.now(),
        until: work.now() + message.lasts,
    };
    record::handheld::insert_message(work.tx(), edition, message.to, &sent).await?;
    work.note([Fact::new("device.message_sent", subject, edition).with("to", to).with("text", sent.text.as_str())]);
    work.commit().await?;
    Ok(sent.id)
}
