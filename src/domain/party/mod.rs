//! Parties: the people and organisations around a show, known once across all editions.
//!
//! Exhibitor, buyer and visitor are *participations* of a party in an edition, never separate lists.
//! [`name`] says how names are put together, [`matching`] when two records are the same one,
//! [`edit`] what may be changed, [`view`] what pages show.

pub mod country;
pub mod edit;
pub mod matching;
pub mod name;
pub mod view;

use crate::{AffiliationId, ContactPointId, EditionId, Locale, ParticipationId, PartyId};
use chrono::NaiveDate;

codes! {
    /// What a party is in law.
    PartyKind { Person "person", Organisation "organisation" }
}

codes! {
    /// The kind of a contact point.
    ContactKind { Email "email", Phone "phone", Mobile "mobile" }
}

codes! {
    /// What a party is in an edition. One party may be several.
    ParticipationRole {
        Exhibitor "exhibitor",
        CoExhibitor "co_exhibitor",
        Represented "represented",
        PavilionOrganizer "pavilion_organizer",
        Visitor "visitor",
        Buyer "buyer",
        HostedBuyer "hosted_buyer",
        Speaker "speaker",
        Media "media",
        Sponsor "sponsor",
        Contractor "contractor",
        Agent "agent",
        Staff "staff",
    }
}

codes! {
    /// How far a participation has come.
    ParticipationStatus {
        Prospect "prospect",
        Invited "invited",
        Applied "applied",
        Screened "screened",
        Confirmed "confirmed",
        Present "present",
        NoShow "no_show",
        Cancelled "cancelled",
    }
}

/// A person or an organisation.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Party {
    /// The party.
    pub id: PartyId,
    /// Person or organisation.
    pub kind: PartyKind,
    /// The name as first given.
    pub name: String,
    /// The name in Latin letters, may be empty.
    pub name_en: String,
    /// The name in Chinese, may be empty.
    pub name_zh: String,
    /// ISO 3166-1 code.
    pub country: Option<String>,
    /// The language to write to it in.
    pub locale: Option<Locale>,
    /// Web site of an organisation.
    pub website: Option<String>,
    /// Unified social credit code of a Chinese organisation.
    pub credit_code: Option<String>,
    /// Family name of a person.
    pub family_name: Option<String>,
    /// Given name of a person.
    pub given_name: Option<String>,
    /// Counts changes.
    pub version: i32,
}

impl Party {
    /// The key that finds the party by an equal name; see [`matching`].
    #[must_use]
    pub fn folded(&self) -> String {
        match self.kind {
            PartyKind::Person => matching::person_key(&self.name),
            PartyKind::Organisation => matching::company_key(&self.name),
        }
    }

    /// The key lists are sorted by: pinyin for Chinese.
    #[must_use]
    pub fn sort_key(&self) -> String {
        crate::text::sort_key(&self.name)
    }

    /// The name for a reader of `locale`.
    #[must_use]
    pub fn display(&self, locale: Locale) -> &str {
        name::choose(locale, &self.name, &self.name_en, &self.name_zh)
    }
}

/// A person without anything that says who it was; the row stays for the counts.
#[must_use]
pub fn anonymous(old: &Party) -> Party {
    Party {
        id: old.id,
        kind: old.kind,
        name: "\u{2014}".to_owned(),
        name_en: String::new(),
        name_zh: String::new(),
        country: old.country.clone(),
        locale: old.locale,
        website: None,
        credit_code: None,
        family_name: None,
        given_name: None,
        version: old.version,
    }
}

/// E-mail address or telephone number of a party.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ContactPoint {
    /// The contact point.
    pub id: ContactPointId,
    /// Whose.
    pub party: PartyId,
    /// What it is.
    pub kind: ContactKind,
    /// As it was given.
    pub value: String,
    /// As it is compared.
    pub folded: String,
    /// The one to use first.
    pub primary: bool,
}

impl ContactKind {
    /// The form in which values of this kind are compared.
    #[must_use]
    pub fn fold(self, value: &str) -> String {
        match self {
            Self::Email => crate::text::fold_email(value),
            Self::Phone | Self::Mobile => crate::text::fold_phone(value),
        }
    }

    /// Mobile or other telephone. Only Chinese mobile numbers can be told by form: eleven digits beginning with 1.
    #[must_use]
    pub fn of_phone(value: &str) -> Self {
        let folded = crate::text::fold_phone(value);
        if folded.len() == 11 && folded.starts_with('1') { Self::Mobile } else { Self::Phone }
    }
}

/// A person's work for an organisation.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Affiliation {
    /// The affiliation.
    pub id: AffiliationId,
    /// Who works.
    pub person: PartyId,
    /// For whom.
    pub organisation: PartyId,
    /// As what, may be empty.
    pub title: String,
    /// Since when, if known.
    pub from_on: Option<NaiveDate>,
    /// Until when; open while it lasts.
    pub until_on: Option<NaiveDate>,
}

/// A party's role in an edition.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Participation {
    /// The participation.
    pub id: ParticipationId,
    /// In which edition.
    pub edition: EditionId,
    /// Whose.
    pub party: PartyId,
    /// As what.
    pub role: ParticipationRole,
    /// How far.
    pub status: ParticipationStatus,
    /// Counts changes.
    pub version: i32,
}
