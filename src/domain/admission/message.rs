//! Words from the supervisors to devices: to one, to all at a gate, or to all of the edition.

use chrono::{DateTime, Duration, Utc};
use serde::{Deserialize, Serialize};

use crate::id::{DeviceId, MessageId, PlaceId};
use crate::refusal::{Parse, Refusal};

/// Characters of a message; more is not read at a gate.
pub const LONGEST: usize = 280;
/// Minutes a message may be shown for at most: a day of the show.
pub const LONGEST_MINUTES: i64 = 720;

/// To whom a message goes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Audience {
    /// Every device of the edition.
    All,
    /// Every device at a gate.
    Gate(PlaceId),
    /// One device.
    Device(DeviceId),
}

/// A message as it is shown.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Message {
    /// Id.
    pub id: MessageId,
    /// What it says.
    pub text: String,
    /// Who wrote it.
    pub sent_by: String,
    /// When.
    pub sent_at: DateTime<Utc>,
    /// Until when devices show it.
    pub until: DateTime<Utc>,
}

/// A message with to whom it went and how many read it, for the back office.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct MessageLine {
    /// The message.
    pub message: Message,
    /// Name of the device or code of the gate it went to; none for all.
    pub to: Option<String>,
    /// Devices where somebody read it.
    pub read: i64,
}

/// A message as typed.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
#[serde(default)]
pub struct MessageDraft {
    /// `all`, `gate:<id>` or `device:<id>`.
    pub to: String,
    /// What it says.
    pub text: String,
    /// Minutes devices show it for; empty for 60.
    pub minutes: String,
}

/// A message to send, parsed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NewMessage {
    /// To whom.
    pub to: Audience,
    /// What it says.
    pub text: String,
    /// How long devices show it.
    pub lasts: Duration,
}

fn audience(text: &str) -> Option<Audience> {
    match text.split_once(':') {
        None => (text == "all").then_some(Audience::All),
        Some(("gate", id)) => id.parse().ok().map(Audience::Gate),
        Some(("device", id)) => id.parse().ok().map(Audience::Device),
        Some(_) => None,
    }
}

impl MessageDraft {
    /// Parses, naming every field that is wrong.
    ///
    /// # Errors
    /// All refusals at once.
    pub fn parse(&self) -> Result<NewMessage, Vec<Refusal>> {
        let mut parse = Parse::new();
        let to = parse.choice("to", &self.to, audience);
        let text = parse.required("text", &self.text, LONGEST);
        let minutes = match self.minutes.trim() {
            "" => Some(60),
            text => parse.number("minutes", text, 1..=LONGEST_MINUTES),
        };
        let lasts = Duration::minutes(minutes.unwrap_or(60));
        parse.finish(|| NewMessage { to: to.unwrap_or(Audience::All), text, lasts })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_message_says_to_whom_and_what() {
        let draft = MessageDraft { to: "all".into(), text: " Close the west gate ".into(), minutes: String::new() };
        let message = draft.parse().expect("sound");
        assert_eq!((message.text.as_str(), message.lasts), ("Close the west gate", Duration::minutes(60)));
        let bad = MessageDraft { to: "gate:north".into(), text: " ".into(), minutes: "9999".into() };
        let fields: Vec<_> = bad.parse().expect_err("three").into_iter().filter_map(|r| r.field).collect();
        assert_eq!(fields, ["to", "text", "minutes"]);
    }
}
