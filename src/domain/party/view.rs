//! What pages show of parties: plain values, no rules.

use crate::{EditionId, PartyId};
use chrono::{DateTime, NaiveDate, Utc};

/// A row of the list of people or companies.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PartyRow {
    pub id: PartyId,
    pub name: String,
    pub name_en: String,
    pub name_zh: String,
    pub country: Option<String>,
    /// A person's company, an organisation's web site.
    pub beside: Option<String>,
    pub email: Option<String>,
    pub phone: Option<String>,
    /// Roles in the edition the list is seen from.
    pub roles: Vec<String>,
    /// Sort key, for the cursor.
    pub sort_key: String,
}

/// A contact point on the record page.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ContactRow {
    pub kind: String,
    pub value: String,
    pub primary: bool,
}

/// A person's work for an organisation, seen from either side.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct AffiliationRow {
    /// The other side.
    pub party: PartyId,
    pub name: String,
    pub title: String,
    pub from_on: Option<NaiveDate>,
    pub until_on: Option<NaiveDate>,
}

/// A role in an edition.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ParticipationRow {
    pub edition: EditionId,
    pub edition_slug: String,
    pub edition_en: String,
    pub edition_zh: String,
    pub role: String,
    pub status: String,
    pub created_at: DateTime<Utc>,
}

/// What a list of parties is narrowed to.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PartyFilter {
    pub kind: super::PartyKind,
    /// Words as typed: names, pinyin, company, telephone, e-mail.
    pub q: String,
    /// Only those with this role in the edition.
    pub role: Option<super::ParticipationRole>,
    pub country: Option<String>,
}
