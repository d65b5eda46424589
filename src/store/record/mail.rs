//! The outbox: mails are rows, written with what caused them, sent by a job.

use crate::{Fault, Outcome, Query, Tx, values};
use chrono::{DateTime, Utc};
use domain::{EditionId, Locale, MailId};
use serde::{Deserialize, Serialize};

/// A file that goes with a mail.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Attachment {
    /// File name.
    pub name: String,
    /// Media type.
    pub media_type: String,
    /// Content, base64.
    pub base64: String,
}

/// A mail.
#[derive(Clone, Debug)]
pub struct Mail {
    /// Its id.
    pub id: MailId,
    /// The edition it is about.
    pub edition: Option<EditionId>,
    /// Address.
    pub to_address: String,
    /// Name of the person.
    pub to_name: String,
    /// Language.
    pub locale: Locale,
    /// Subject line.
    pub subject: String,
    /// Plain text body.
    pub text: String,
    /// HTML body.
    pub html: String,
    /// Files.
    pub attachments: Vec<Attachment>,
}

/// Puts a mail into the outbox.
///
/// # Errors
/// When the database does not answer.
pub async fn insert(tx: &Tx, mail: &Mail, now: DateTime<Utc>) -> Outcome<()> {
    let attachments = serde_json::to_value(&mail.attachments).map_err(|e| Fault::impossible("mail", e))?;
    tx.run(
        "insert into mail (id, edition_id, to_address, to_name, locale, subject, body_text, body_html, attachments, state,
         created_at) values ($1, $2, $3, $4, $5, $6, $7, $8, $9, 'queued', $10)",
        values![
            mail.id.uuid(), mail.edition.map(EditionId::uuid), mail.to_address.as_str(), mail.to_name.as_str(),
            mail.locale.code(), mail.subject.as_str(), mail.text.as_str(), mail.html.as_str(), attachments, now
        ],
    )
    .await?;
    Ok(())
}

/// The mail, if it is still to be sent.
///
/// # Errors
/// When the database does not answer.
pub async fn queued(reader: &crate::Reader, id: MailId) -> Outcome<Option<Mail>> {
    let sql = "select edition_id, to_address, to_name, locale, subject, body_text, body_html, attachments
               from mail where id = $1 and state = 'queued'";
    let rows = reader.rows(sql, values![id.uuid()]).await?;
    let Some(row) = rows.first() else { return Ok(None) };
    let attachments: serde_json::Value = row.get(7)?;
    Ok(Some(Mail {
        id,
        edition: row.get::<Option<uuid::Uuid>>(0)?.map(EditionId::from_uuid),
        to_address: row.get(1)?,
        to_name: row.get(2)?,
        locale: Locale::parse(&row.get::<String>(3)?).unwrap_or_default(),
        subject: row.get(4)?,
        text: row.get(5)?,
        html: row.get(6)?,
        attachments: serde_json::from_value(attachments).map_err(|e| Fault::impossible("mail", e))?,
    }))
}

/// Marks a mail as sent.
///
/// # Errors
/// When the database does not answer.
pub async fn sent(tx: &Tx, id: MailId, now: DateTime<Utc>) -> Outcome<()> {
    tx.run("update mail set state = 'sent', sent_at = $2 where id = $1", values![id.uuid(), now]).await?;
    Ok(())
}
