//! Invitations: a voucher sent to a named person, by the organizer or by an exhibitor within a quota.

use super::Category;
use crate::{
    CampaignId, EditionId, InvitationId, Locale, Refusal, RegistrationId, VoucherId, listing::Sortable, refusal::Parse,
    text::fold_email,
};
use chrono::{DateTime, TimeDelta, Utc};
use serde::{Deserialize, Serialize};

/// The most people invited by one form.
pub const MOST_AT_ONCE: usize = 500;
/// Nobody is reminded more often than this.
pub const REMINDER_PAUSE: TimeDelta = TimeDelta::days(3);

codes! {
    /// How far an invitation has come.
    State {
        /// In the mail.
        Sent "sent",
        /// The link was opened.
        Opened "opened",
        /// Somebody registered by it.
        Registered "registered",
        /// The person said no.
        Declined "declined",
        /// Taken back.
        Withdrawn "withdrawn",
    }
}

/// What invitations can be sorted by.
pub const SORTS: Sortable = &["-sent", "name", "company"];

/// An invitation.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Invitation {
    pub edition: EditionId,
    pub id: InvitationId,
    pub campaign: CampaignId,
    pub voucher: VoucherId,
    pub name: String,
    pub email: String,
    pub company: String,
    pub locale: Locale,
    /// Who invites, as the mail says it.
    pub invited_by: String,
    pub sent_at: DateTime<Utc>,
    pub reminded_at: Option<DateTime<Utc>>,
    pub opened_at: Option<DateTime<Utc>>,
    pub declined_at: Option<DateTime<Utc>>,
    pub withdrawn_at: Option<DateTime<Utc>>,
}

impl Invitation {
    /// Where it stands; `registered` says whether somebody came in by its code.
    #[must_use]
    pub const fn state(&self, registered: bool) -> State {
        if registered {
            State::Registered
        } else if self.withdrawn_at.is_some() {
            State::Withdrawn
        } else if self.declined_at.is_some() {
            State::Declined
        } else if self.opened_at.is_some() {
            State::Opened
        } else {
            State::Sent
        }
    }

    /// Whether a reminder may go out now: no answer yet, and the last letter is old enough.
    #[must_use]
    pub fn may_remind(&self, registered: bool, now: DateTime<Utc>) -> bool {
        let last = self.reminded_at.unwrap_or(self.sent_at).max(self.sent_at);
        matches!(self.state(registered), State::Sent | State::Opened) && now - last >= REMINDER_PAUSE
    }
}

/// An invitation in a list, with what came of it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct InvitationRow {
    pub invitation: Invitation,
    pub code: String,
    /// The live registration by its code.
    pub registration: Option<RegistrationId>,
    /// Whether that person has entered the show.
    pub came: bool,
}

impl InvitationRow {
    /// Where it stands.
    #[must_use]
    pub const fn state(&self) -> State {
        self.invitation.state(self.registration.is_some())
    }
}

/// An invitation in the list of all campaigns'.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct InvitationLine {
    pub row: InvitationRow,
    /// Name of the campaign.
    pub campaign_name: String,
    /// What the person becomes by it.
    pub category: Category,
}

/// What a campaign's or exhibitor's invitations came to.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Reached {
    /// Sent and neither declined nor withdrawn.
    pub sent: i64,
    pub opened: i64,
    pub registered: i64,
    pub came: i64,
    pub declined: i64,
}

/// A person to invite.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Guest {
    pub name: String,
    pub email: String,
    pub company: String,
}

/// People to invite as typed or pasted: one a line, name, address and company in any order that has the address in it.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct InviteDraft {
    pub people: String,
    pub locale: String,
}

impl InviteDraft {
    /// Reads the lines. An address that stands twice is invited once.
    ///
    /// # Errors
    /// `invite-line` with the line and its text for each that has no sound address or no name; `invite-many`.
    pub fn parse(&self) -> Result<(Vec<Guest>, Locale), Vec<Refusal>> {
        let mut p = Parse::new();
        let locale = p.choice("locale", &self.locale, Locale::parse);
        let mut guests: Vec<Guest> = Vec::new();
        let mut seen = std::collections::HashSet::new();
        for (at, line) in self.people.lines().enumerate().filter(|(_, line)| !line.trim().is_empty()) {
            match guest(line) {
                Some(guest) if seen.insert(fold_email(&guest.email)) => guests.push(guest),
                Some(_) => {}
                None => {
                    let shown: String = line.trim().chars().take(60).collect();
                    p.refuse(Refusal::invalid("invite-line").at("people").with("line", at + 1).with("text", shown));
                }
            }
        }
        if guests.is_empty() && !p.refused() {
            p.refuse(Refusal::invalid("required").at("people"));
        }
        if guests.len() > MOST_AT_ONCE {
            p.refuse(Refusal::invalid("invite-many").at("people").with("most", MOST_AT_ONCE));
        }
        p.finish(|| (guests, locale.expect("refused above")))
    }
}

/// `Name <address>, company`, or the parts between commas, semicolons or tabs.
fn guest(line: &str) -> Option<Guest> {
    let parts = line.split([',', ';', '\t', '，', '；', '<', '>']).map(str::trim).filter(|part| !part.is_empty());
    let (mut address, mut words) = (None, Vec::new());
    for part in parts {
        if part.contains('@') && address.is_none() { address = Some(part) } else { words.push(part) }
    }
    let mut p = Parse::new();
    let email = p.email("people", address?);
    let name = p.required("people", words.first().copied().unwrap_or_default(), 120);
    let company = p.optional("people", &words.get(1..).unwrap_or_default().join(", "), 160);
    p.finish(|| Guest { name, email, company }).ok()
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;
    use uuid::Uuid;

    fn read(people: &str) -> Result<Vec<Guest>, Vec<Refusal>> {
        InviteDraft { people: people.into(), locale: "en".into() }.parse().map(|(guests, _)| guests)
    }

    #[test]
    fn lines_are_read_in_any_order() {
        let all = "Eva Probe, eva@probe.example, Probe GmbH\n张伟\tzhang@example.cn\t上海机床有限公司\n\
                   Li Wei <li@example.cn>; Suzhou Tools, Ltd\neva again, EVA@probe.example";
        let guests = read(all).unwrap();
        assert_eq!(guests.len(), 3, "twice is once");
        assert_eq!(guests[1].company, "上海机床有限公司");
        assert_eq!((guests[2].name.as_str(), guests[2].company.as_str()), ("Li Wei", "Suzhou Tools, Ltd"));
    }

    #[test]
    fn every_bad_line_is_named() {
        let refusals = read("Eva, eva@probe.example\nno address\n\n@\nx@y, ").unwrap_err();
        let lines: Vec<_> = refusals.iter().map(|r| r.params[0].1.as_str()).collect();
        assert_eq!(lines, ["2", "4", "5"]);
        assert_eq!(read(" \n").unwrap_err()[0].code, "required");
    }

    #[test]
    fn reminders_keep_their_distance() {
        let at = |text: &str| text.parse::<DateTime<Utc>>().unwrap();
        let mut one = Invitation {
            edition: EditionId::from_uuid(Uuid::nil()),
            id: InvitationId::from_uuid(Uuid::nil()),
            campaign: CampaignId::from_uuid(Uuid::nil()),
            voucher: VoucherId::from_uuid(Uuid::nil()),
            name: String::new(),
            email: String::new(),
            company: String::new(),
            locale: Locale::En,
            invited_by: String::new(),
            sent_at: at("2027-01-01T00:00:00Z"),
            reminded_at: None,
            opened_at: None,
            declined_at: None,
            withdrawn_at: None,
        };
        assert!(!one.may_remind(false, at("2027-01-03T00:00:00Z")));
        assert!(one.may_remind(false, at("2027-01-04T00:00:00Z")));
        assert!(!one.may_remind(true, at("2027-01-09T00:00:00Z")));
        one.reminded_at = Some(at("2027-01-05T00:00:00Z"));
        assert!(!one.may_remind(false, at("2027-01-07T00:00:00Z")));
        one.declined_at = Some(at("2027-01-06T00:00:00Z"));
        assert_eq!(one.state(false), State::Declined);
        assert_eq!(one.state(true), State::Registered, "who changes his mind comes");
    }

    proptest! {
        #[test]
        fn no_text_panics(text in any::<String>()) {
            let _ = read(&text);
        }
    }
}
