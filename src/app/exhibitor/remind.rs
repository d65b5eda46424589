//! Reminding exhibitors of deadlines: a week and a day before, one mail a contact for all duties of that day.
//!
//! Housekeeping looks for what is due; each mail is a job of its own with a deduplication key, so that looking often,
//! or on several nodes, reminds once.

use crate::{App, Error, Outgoing};
use chrono::{DateTime, TimeDelta, Utc};
use domain::{ContactId, edition::Edition, journal::Actor};
use serde::{Deserialize, Serialize};
use store::read::{self, reminder::DueDuty};
use templates::{Lang, links, mails::exhibitor::Letter};

/// The job that writes one reminder.
pub const REMIND: &str = "exhibitor.remind.1";

/// How long before the deadline.
const AHEAD: [TimeDelta; 2] = [TimeDelta::days(7), TimeDelta::days(1)];

#[derive(Serialize, Deserialize)]
struct Payload {
    contact: ContactId,
    from: DateTime<Utc>,
    until: DateTime<Utc>,
}

/// Asks for the reminders that are due now; how many contacts have some.
///
/// # Errors
/// When the database does not answer.
pub async fn remind_due(app: &App) -> Result<usize, Error> {
    let (reader, now) = (app.reader(), app.now());
    let work = app.begin(Actor::System).await?;
    let mut asked = 0;
    for ahead in AHEAD {
        // Deadlines that come closer than `ahead` within the last day: what was missed for a day is past reminding.
        let (from, until) = (now + ahead - TimeDelta::days(1), now + ahead);
        let due = read::reminder::due_duties(&reader, from, until, None).await?;
        for same_day in due.chunk_by(|a, b| a.contact == b.contact && a.due == b.due) {
            let first = &same_day[0];
            let payload = Payload { contact: first.contact, from: first.due, until: first.due + TimeDelta::seconds(1) };
            let payload = serde_json::to_value(payload).map_err(|e| Error::Outside(e.to_string()))?;
            let key = format!("remind:{}:{}:{}", first.contact, ahead.num_days(), first.due.timestamp());
            work.enqueue(REMIND, payload, TimeDelta::zero(), Some(key)).await?;
            asked += 1;
        }
    }
    work.commit().await?;
    Ok(asked)
}

/// Writes one reminder, if there still is something to remind of.
pub(crate) async fn remind(app: &App, payload: &serde_json::Value) -> Result<(), Error> {
    let payload: Payload = serde_json::from_value(payload.clone()).map_err(|e| Error::Outside(e.to_string()))?;
    let reader = app.reader();
    let due = read::reminder::due_duties(&reader, payload.from, payload.until, Some(payload.contact)).await?;
    let Some(first) = due.first() else { return Ok(()) };
    let Some(edition) = read::edition::by_id(&reader, first.edition).await? else { return Ok(()) };
    let mail = letter(app, &edition, first, &due);
    let work = app.begin(Actor::System).await?;
    work.mail(mail).await?;
    work.commit().await
}

fn letter(app: &App, edition: &Edition, to: &DueDuty, due: &[DueDuty]) -> Outgoing {
    let lang = Lang::new(to.locale);
    let duties: Vec<String> = due.iter().map(|d| d.duty.get(to.locale).to_owned()).collect();
    // A deadline is the end of its day: the day it names is the one before that midnight.
    let day = lang.weekday_date(edition.day(to.due - TimeDelta::minutes(1)));
    let link = links::portal::home().absolute(&app.settings().base_url);
    let letter = Letter { lang, name: &to.name, company: &to.company, edition: &edition.name };
    let mail = letter.reminder(&link, &day, &duties);
    Outgoing {
        edition: Some(edition.id),
        to: to.email.clone(),
        to_name: to.name.clone(),
        locale: to.locale,
        mail,
        attachments: Vec::new(),
    }
}
