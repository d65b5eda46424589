//! Sending what the outbox holds: into a folder or by SMTP.

use crate::{App, Error, MailSettings};
use domain::MailId;
use lettre::{
    AsyncSmtpTransport, AsyncTransport, Message, Tokio1Executor,
    message::{Mailbox, MultiPart, SinglePart, header::ContentType},
};
use serde::Deserialize;
use store::record::mail::{self, Mail};

/// The job that sends one mail.
pub const SEND: &str = "mail.send.1";

/// Whether the sender of mails is an address.
///
/// # Errors
/// What is wrong with it.
pub fn check_sender(from: &str) -> Result<(), String> {
    from.parse::<Mailbox>().map(|_| ()).map_err(|e| e.to_string())
}

#[derive(Deserialize)]
struct Payload {
    mail: MailId,
}

/// Sends a mail that is still queued. Sent twice only if the process dies between sending and noting it.
pub(crate) async fn send(app: &App, payload: &serde_json::Value) -> Result<(), Error> {
    let payload: Payload = serde_json::from_value(payload.clone()).map_err(outside)?;
    let Some(mail) = mail::queued(&app.reader(), payload.mail).await? else { return Ok(()) };
    let message = message(&app.settings().mail_from, &mail)?;
    match &app.settings().mail {
        MailSettings::Folder(folder) => {
            tokio::fs::create_dir_all(folder).await.map_err(outside)?;
            let target = folder.join(format!("{}.eml", mail.id));
            tokio::fs::write(&target, message.formatted()).await.map_err(outside)?;
        }
        MailSettings::Smtp(url) => {
            let transport = AsyncSmtpTransport::<Tokio1Executor>::from_url(url).map_err(outside)?.build();
            transport.send(message).await.map_err(outside)?;
        }
    }
    let tx = app.store().begin().await?;
    mail::sent(&tx, mail.id, app.now()).await?;
    Ok(tx.commit().await?)
}

fn outside(error: impl std::fmt::Display) -> Error {
    Error::Outside(error.to_string())
}

fn message(from: &str, mail: &Mail) -> Result<Message, Error> {
    let to = Mailbox::new(Some(mail.to_name.clone()), mail.to_address.parse().map_err(outside)?);
    let text = MultiPart::alternative_plain_html(mail.text.clone(), mail.html.clone());
    let mut body = MultiPart::mixed().multipart(text);
    for file in &mail.attachments {
        let content = data_encoding::BASE64.decode(file.base64.as_bytes()).map_err(outside)?;
        let kind = ContentType::parse(&file.media_type).map_err(outside)?;
        body = body.singlepart(lettre::message::Attachment::new(file.name.clone()).body(content, kind));
    }
    let builder = Message::builder().from(from.parse().map_err(outside)?).to(to).subject(mail.subject.clone());
    if mail.attachments.is_empty() {
        let text = MultiPart::alternative()
            .singlepart(SinglePart::plain(mail.text.clone()))
            .singlepart(SinglePart::html(mail.html.clone()));
        return builder.multipart(text).map_err(outside);
    }
    builder.multipart(body).map_err(outside)
}
