//! Registration: a person in an edition, the badge that proves it, and the consents given on the way.
//!
//! [`form`] is what people are asked, [`places`] how a category takes people in,
//! [`draft`] reads what was typed, [`register`] decides who gets in and what may change later, [`credential`] is the
//! badge's life, [`badge_code`] the text in its QR, [`access`] the registrant's own link, [`wording`] what people agree
//! to, [`disclosure`] who got their data, [`mail_text`] what is written to them, [`setting`] how an edition does it all,
//! [`view`] what pages show.

pub mod access;
pub mod allowance;
pub mod badge_code;
pub mod category;
pub mod credential;
pub mod delegation;
pub mod disclosure;
pub mod draft;
pub mod form;
pub mod intake;
pub mod invitation;
pub mod letter;
pub mod mail_text;
pub mod places;
pub mod register;
pub mod setting;
pub mod turnout;
pub mod view;
pub mod voucher;
mod voucher_code;
pub mod wording;

pub use category::Category;
pub use credential::{Credential, CredentialState};
pub use draft::{Details, Draft, Entry};
pub use form::Form;
pub use places::{Intake, Standing};

use crate::{EditionId, Locale, ParticipationId, PartyId, RegistrationId};
use chrono::{DateTime, NaiveDate, Utc};
use std::collections::BTreeMap;
use uuid::Uuid;

codes! {
    /// How a registration came in.
    Channel {
        /// By the visitor, before or during the show, through the public form.
        Pre "pre",
        /// At the desk.
        OnSite "on_site",
        /// By an invitation.
        Invited "invited",
        /// From a file or another system.
        Imported "imported",
    }
}

codes! {
    /// Where a registration stands.
    Status {
        /// Asked to come, has not answered.
        Invited "invited",
        /// Answered; somebody must approve.
        Registered "registered",
        /// Has or may have a badge.
        Approved "approved",
        /// Refused by the organizer.
        Rejected "rejected",
        /// Withdrawn by the person or the organizer.
        Cancelled "cancelled",
        /// Personal data removed, kept for the counts.
        Anonymized "anonymized",
    }
}

codes! {
    /// What personal data may be used for. Each is asked for by itself.
    Purpose {
        /// Running the registration and the admission: without it there is none.
        DataProcessing "data_processing",
        /// News of this and later editions from the organizer.
        OrganizerNews "organizer_news",
        /// Exhibitors whose stand scans the badge may write.
        ExhibitorContact "exhibitor_contact",
        /// Partners and sponsors of the show may write.
        PartnerContact "partner_contact",
        /// Pictures and films of the show may show the person.
        Recording "recording",
    }
}

impl Status {
    /// Whether the registration counts: neither refused nor withdrawn.
    #[must_use]
    pub const fn live(self) -> bool {
        matches!(self, Self::Invited | Self::Registered | Self::Approved)
    }
}

/// The version of the consent sentences the pages show now. A consent keeps the version it was given to.
/// Raise it with every change of the `registration-consent-…` messages.
pub const WORDING: &str = "2026-11";

/// A person in an edition.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Registration {
    pub edition: EditionId,
    pub id: RegistrationId,
    /// What people call it: printed on the badge, said on the telephone.
    pub number: i32,
    /// Made with the form; the same one again is the same registration.
    pub submission: Uuid,
    pub party: Option<PartyId>,
    pub participation: Option<ParticipationId>,
    pub category: Category,
    pub channel: Channel,
    pub status: Status,
    pub details: Details,
    pub voucher: Option<String>,
    /// The number of the form that was answered; none for the one every edition begins with.
    pub form: Option<i32>,
    /// Since when it waits for a place; only with [`Status::Registered`].
    pub waiting_since: Option<DateTime<Utc>>,
    pub created_at: DateTime<Utc>,
    /// The day it came in, in the edition's zone.
    pub local_day: NaiveDate,
    pub version: i32,
}

/// A consent given or withdrawn; the latest of a purpose holds.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Consent {
    pub purpose: Purpose,
    pub wording: String,
    pub given: bool,
    pub at: DateTime<Utc>,
}

/// Answers to the form's own questions by their codes.
pub type Answers = BTreeMap<String, String>;

/// The language a registration is written to in when none was named: Chinese for Chinese addresses.
#[must_use]
pub fn locale_of(country: &str) -> Locale {
    if country == "CN" { Locale::ZhCn } else { Locale::En }
}
