//! How an edition's registration behaves, the wordings of consents, and the texts of mails.

use crate::{Fault, Outcome, Query, Row, Tx, values};
use domain::{
    Bilingual, EditionId,
    registration::{
        Purpose,
        mail_text::{MailText, Occasion},
        setting::{Setting, days_text},
        wording::Wording,
    },
};
use std::collections::BTreeMap;

/// The settings of an edition; the standard ones where nobody set some.
///
/// # Errors
/// When the database does not answer.
pub async fn setting(q: &impl Query, edition: EditionId) -> Outcome<Setting> {
    let sql = "select badge_at_once, remind_days, purposes, keep_days, version from registration_setting
               where edition_id = $1";
    let rows = q.rows(sql, values![edition.uuid()]).await?;
    let Some(row) = rows.first() else { return Ok(Setting::default()) };
    let (days, purposes): (String, String) = (row.get(1)?, row.get(2)?);
    Ok(Setting {
        badge_at_once: row.get(0)?,
        remind_days: days.split(',').filter_map(|day| day.trim().parse().ok()).collect(),
        purposes: purposes.split(',').filter_map(Purpose::parse).collect(),
        keep_days: row.get(3)?,
        version: row.get(4)?,
    })
}

/// Saves the settings.
///
/// # Errors
/// [`Fault::Stale`] when somebody else set them since; `Taken` when somebody set the first ones just now.
pub async fn save_setting(tx: &Tx, edition: EditionId, setting: &Setting) -> Outcome<()> {
    let purposes: Vec<&str> = setting.purposes.iter().map(|purpose| purpose.code()).collect();
    let row = |version: i32| {
        values![
            edition.uuid(),
            setting.badge_at_once,
            days_text(&setting.remind_days),
            purposes.join(","),
            setting.keep_days,
            version
        ]
    };
    let touched = tx
        .run(
            "update registration_setting set badge_at_once = $2, remind_days = $3, purposes = $4, keep_days = $5,
             version = version + 1 where edition_id = $1 and version = $6",
            row(setting.version),
        )
        .await?;
    match touched {
        0 if setting.version > 0 => Err(Fault::Stale),
        0 => {
            let columns = ["edition_id", "badge_at_once", "remind_days", "purposes", "keep_days", "version"];
            tx.insert("registration_setting", &columns, vec![row(1)]).await
        }
        _ => Ok(()),
    }
}

fn wording_of(row: &Row) -> Outcome<Wording> {
    let texts: serde_json::Value = row.get(1)?;
    let texts: BTreeMap<Purpose, Bilingual> =
        serde_json::from_value(texts).map_err(|e| Fault::impossible("consent_wording", e))?;
    Ok(Wording { number: row.get(0)?, texts, by: row.get(2)?, published_at: row.get(3)? })
}

/// Every wording of an edition, newest first.
///
/// # Errors
/// When the database does not answer.
pub async fn wordings(q: &impl Query, edition: EditionId) -> Outcome<Vec<Wording>> {
    let sql = "select number, texts, by_name, published_at from consent_wording where edition_id = $1
               order by number desc";
    q.rows(sql, values![edition.uuid()]).await?.iter().map(wording_of).collect()
}

/// The number of the wording shown now; 0 for the product's own.
///
/// # Errors
/// When the database does not answer.
pub async fn current_wording(q: &impl Query, edition: EditionId) -> Outcome<i32> {
    let sql = "select max(number) from consent_wording where edition_id = $1";
    Ok(q.scalar::<Option<i32>>(sql, values![edition.uuid()]).await?.flatten().unwrap_or(0))
}

/// Adds a wording.
///
/// # Errors
/// `Taken` when somebody else published one just now.
pub async fn insert_wording(tx: &Tx, edition: EditionId, wording: &Wording) -> Outcome<()> {
    let texts = serde_json::to_value(&wording.texts).map_err(|e| Fault::impossible("consent_wording", e))?;
    let columns = ["edition_id", "number", "texts", "by_name", "published_at"];
    let row = values![edition.uuid(), wording.number, texts, wording.by.as_str(), wording.published_at];
    tx.insert("consent_wording", &columns, vec![row]).await
}

fn text_of(row: &Row) -> Outcome<MailText> {
    let occasion: String = row.get(0)?;
    Ok(MailText {
        occasion: Occasion::parse(&occasion).ok_or_else(|| Fault::impossible("mail_text", &occasion))?,
        subject: Bilingual::new(row.get::<String>(1)?, row.get::<String>(2)?),
        body: Bilingual::new(row.get::<String>(3)?, row.get::<String>(4)?),
        version: row.get(5)?,
    })
}

/// The texts of every occasion, empty where nobody wrote one.
///
/// # Errors
/// When the database does not answer.
pub async fn mail_texts(q: &impl Query, edition: EditionId) -> Outcome<Vec<MailText>> {
    let sql = "select occasion, subject_en, subject_zh, body_en, body_zh, version from mail_text where edition_id = $1";
    let rows = q.rows(sql, values![edition.uuid()]).await?;
    let written: Vec<MailText> = rows.iter().map(text_of).collect::<Outcome<_>>()?;
    let of = |occasion: &Occasion| {
        written.iter().find(|text| text.occasion == *occasion).cloned().unwrap_or_else(|| MailText::empty(*occasion))
    };
    Ok(Occasion::ALL.iter().map(of).collect())
}

/// The text of one occasion.
///
/// # Errors
/// When the database does not answer.
pub async fn mail_text(q: &impl Query, edition: EditionId, occasion: Occasion) -> Outcome<MailText> {
    let sql = "select occasion, subject_en, subject_zh, body_en, body_zh, version from mail_text
               where edition_id = $1 and occasion = $2";
    let found = q.rows(sql, values![edition.uuid(), occasion.code()]).await?.first().map(text_of).transpose()?;
    Ok(found.unwrap_or_else(|| MailText::empty(occasion)))
}

/// Saves a text.
///
/// # Errors
/// [`Fault::Stale`] when somebody else wrote it since; `Taken` when somebody wrote the first one just now.
pub async fn save_mail_text(tx: &Tx, edition: EditionId, text: &MailText) -> Outcome<()> {
    let row = |version: i32| {
        values![
            edition.uuid(),
            text.occasion.code(),
            text.subject.en.as_str(),
            text.subject.zh.as_str(),
            text.body.en.as_str(),
            text.body.zh.as_str(),
            version
        ]
    };
    let touched = tx
        .run(
            "update mail_text set subject_en = $3, subject_zh = $4, body_en = $5, body_zh = $6, version = version + 1
             where edition_id = $1 and occasion = $2 and version = $7",
            row(text.version),
        )
        .await?;
    match touched {
        0 if text.version > 0 => Err(Fault::Stale),
        0 => {
            let columns = ["edition_id", "occasion", "subject_en", "subject_zh", "body_en", "body_zh", "version"];
            tx.insert("mail_text", &columns, vec![row(1)]).await
        }
        _ => Ok(()),
    }
}
