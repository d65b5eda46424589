//! Groups that come together: a company's people, a delegation with a leader, the people on an exhibitor's stand. A
//! leader adds members by a link of the group's own; a quota bounds how many.

use super::{Category, draft::Draft, locale_of};
use crate::{
    DelegationId, EditionId, Locale, ParticipationId, Refusal,
    journal::{Fact, Subject, SubjectKind},
    listing::Sortable,
    party::{country, edit},
    refusal::Parse,
};
use chrono::{DateTime, Utc};
use data_encoding::BASE32_NOPAD;
use serde::{Deserialize, Serialize};
use sha2::{Digest as _, Sha256};

codes! {
    /// What holds the group together.
    Kind {
        /// People of one company.
        Company "company",
        /// A delegation or trade group: people of many companies under one leader.
        Delegation "delegation",
        /// The people on an exhibitor's stand.
        Staff "staff",
    }
}

impl Kind {
    /// What the public may register and the organizer may add; staff belong to the exhibitor's portal.
    pub const OPEN: &'static [Self] = &[Self::Company, Self::Delegation];
}

/// What groups can be sorted by.
pub const SORTS: Sortable = &["-number", "name"];

/// The most people of a group that nobody bounded otherwise.
pub const USUAL_QUOTA: i32 = 200;

/// A group.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Delegation {
    pub id: DelegationId,
    pub edition: EditionId,
    /// What people call it on the telephone.
    pub number: i32,
    pub kind: Kind,
    /// The exhibitor, for its staff.
    pub participation: Option<ParticipationId>,
    pub name: String,
    pub contact_name: String,
    pub contact_email: String,
    pub contact_phone: String,
    pub country: String,
    pub locale: Locale,
    /// What its members become.
    pub category: Category,
    /// The most live members.
    pub quota: Option<i32>,
    /// No more members are taken.
    pub closed: bool,
    /// For colleagues.
    pub note: String,
    pub created_by: String,
    pub created_at: DateTime<Utc>,
    pub version: i32,
}

/// The key of a group's own link, made from the edition's secret as a registrant's is.
#[must_use]
pub fn key(secret: &[u8; 32], id: DelegationId) -> String {
    let digest = Sha256::new()
        .chain_update(b"fairlead delegation link 1")
        .chain_update(secret)
        .chain_update(id.uuid().as_bytes())
        .finalize();
    BASE32_NOPAD.encode(&digest[..20]).to_ascii_lowercase()
}

/// A group as typed.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct DelegationDraft {
    /// Made with the form; the same one again is the same group.
    pub submission: String,
    pub kind: String,
    pub name: String,
    pub contact_name: String,
    pub contact_email: String,
    pub contact_phone: String,
    pub country: String,
    pub locale: String,
    pub category: String,
    pub quota: String,
    pub note: String,
    pub data_processing: String,
    pub version: String,
}

/// A sound group.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DelegationFields {
    pub kind: Kind,
    pub name: String,
    pub contact_name: String,
    pub contact_email: String,
    pub contact_phone: String,
    pub country: String,
    pub locale: Locale,
    pub category: Category,
    pub quota: Option<i32>,
    pub note: String,
}

impl DelegationDraft {
    /// Reads a group typed by the public: everybody becomes a trade visitor, and the usual quota holds.
    ///
    /// # Errors
    /// One refusal for each field that cannot be accepted.
    pub fn parse_public(&self) -> Result<(DelegationId, DelegationFields), Vec<Refusal>> {
        let mut p = Parse::new();
        let id = self.submission.parse::<DelegationId>().ok();
        if id.is_none() {
            p.refuse(Refusal::invalid("required").at("submission"));
        }
        let plain =
            Self { category: Category::TradeVisitor.code().into(), quota: USUAL_QUOTA.to_string(), ..self.clone() };
        let fields = plain.fields(&mut p);
        if self.data_processing.trim().is_empty() {
            p.refuse(Refusal::invalid("consent-required").at("data_processing"));
        }
        p.finish(|| {
            (id.expect("refused above"), DelegationFields { note: String::new(), ..fields.expect("refused above") })
        })
    }

    /// Reads a group typed by staff.
    ///
    /// # Errors
    /// One refusal for each field that cannot be accepted.
    pub fn parse(&self) -> Result<DelegationFields, Vec<Refusal>> {
        let mut p = Parse::new();
        let fields = self.fields(&mut p);
        p.finish(|| fields.expect("refused above"))
    }

    /// Reads a change by staff with the version they saw.
    ///
    /// # Errors
    /// One refusal for each field that cannot be accepted.
    pub fn parse_change(&self) -> Result<(DelegationFields, i32), Vec<Refusal>> {
        let mut p = Parse::new();
        let fields = self.fields(&mut p);
        let version = p.number("version", &self.version, 0..=i64::from(i32::MAX)).unwrap_or_default();
        let version = i32::try_from(version).expect("within the range asked for");
        p.finish(|| (fields.expect("refused above"), version))
    }

    fn fields(&self, p: &mut Parse) -> Option<DelegationFields> {
        let kind = p.choice("kind", &self.kind, |t| Kind::parse(t).filter(|kind| Kind::OPEN.contains(kind)));
        let name = p.required("name", &self.name, 160);
        let contact_name = p.required("contact_name", &self.contact_name, 120);
        let contact_email = p.email("contact_email", &self.contact_email);
        let contact_phone = edit::phone(p, "contact_phone", &self.contact_phone);
        let country = p.choice("country", &self.country, |t| country::parse(t).map(str::to_owned));
        let locale = if self.locale.trim().is_empty() {
            Some(locale_of(country.as_deref().unwrap_or_default()))
        } else {
            p.choice("locale", &self.locale, Locale::parse)
        };
        let category = p.choice("category", &self.category, Category::parse);
        let quota = (!self.quota.trim().is_empty()).then(|| p.number("quota", &self.quota, 1..=100_000)).flatten();
        let note = p.optional("note", &self.note, 1_000);
        Some(DelegationFields {
            kind: kind?,
            name,
            contact_name,
            contact_email,
            contact_phone,
            country: country?,
            locale: locale?,
            category: category?,
            quota: quota.and_then(|n| i32::try_from(n).ok()),
            note,
        })
    }

    /// The change form filled with what is stored.
    #[must_use]
    pub fn of(d: &Delegation) -> Self {
        Self {
            kind: d.kind.code().to_owned(),
            name: d.name.clone(),
            contact_name: d.contact_name.clone(),
            contact_email: d.contact_email.clone(),
            contact_phone: d.contact_phone.clone(),
            country: d.country.clone(),
            locale: d.locale.code().to_owned(),
            category: d.category.code().to_owned(),
            quota: d.quota.map(|n| n.to_string()).unwrap_or_default(),
            note: d.note.clone(),
            version: d.version.to_string(),
            ..Self::default()
        }
    }
}

impl Delegation {
    /// A group from sound fields.
    #[must_use]
    pub fn new(
        (id, edition, number): (DelegationId, EditionId, i32),
        f: DelegationFields,
        by: &str,
        now: DateTime<Utc>,
    ) -> Self {
        Self {
            id,
            edition,
            number,
            kind: f.kind,
            participation: None,
            name: f.name,
            contact_name: f.contact_name,
            contact_email: f.contact_email,
            contact_phone: f.contact_phone,
            country: f.country,
            locale: f.locale,
            category: f.category,
            quota: f.quota,
            closed: false,
            note: f.note,
            created_by: by.to_owned(),
            created_at: now,
            version: 0,
        }
    }

    /// The group of an exhibitor's own people; its quota is the exhibitor's account.
    #[must_use]
    pub fn of_exhibitor(
        key: (DelegationId, EditionId, i32),
        participation: ParticipationId,
        (name, country): (&str, &str),
        by: &str,
        now: DateTime<Utc>,
    ) -> Self {
        let fields = DelegationFields {
            kind: Kind::Staff,
            name: name.to_owned(),
            contact_name: String::new(),
            contact_email: String::new(),
            contact_phone: String::new(),
            country: country.to_owned(),
            locale: locale_of(country),
            category: Category::ExhibitorStaff,
            quota: None,
            note: String::new(),
        };
        Self { participation: Some(participation), ..Self::new(key, fields, by, now) }
    }

    /// A fact about it.
    #[must_use]
    pub fn fact(&self, verb: &str) -> Fact {
        Fact::new(&format!("delegation.{verb}"), Subject::new(SubjectKind::Delegation, self.id), self.edition)
    }

    /// Changes it. Nothing happens when nothing is different.
    #[must_use]
    pub fn changed(&self, f: DelegationFields) -> (Self, Vec<Fact>) {
        let new = Self {
            kind: f.kind,
            name: f.name,
            contact_name: f.contact_name,
            contact_email: f.contact_email,
            contact_phone: f.contact_phone,
            country: f.country,
            locale: f.locale,
            category: f.category,
            quota: f.quota,
            note: f.note,
            ..self.clone()
        };
        let facts = if new == *self { Vec::new() } else { vec![self.fact("changed").with("name", new.name.clone())] };
        (new, facts)
    }

    /// Whether `more` people may join beside the `live` ones.
    ///
    /// # Errors
    /// `delegation-closed`; `delegation-full` with how many places are left.
    pub fn admits(&self, live: i64, more: usize) -> Result<(), Refusal> {
        if self.closed {
            return Err(Refusal::unmet("delegation-closed"));
        }
        let more = i64::try_from(more).unwrap_or(i64::MAX);
        match self.quota.map(i64::from) {
            Some(quota) if live.saturating_add(more) > quota => {
                Err(Refusal::unmet("delegation-full").with("left", (quota - live).max(0)).with("quota", quota))
            }
            _ => Ok(()),
        }
    }

    /// What a member's form need not say: company and country of a company's people, the language, the category.
    #[must_use]
    pub fn complete(&self, draft: &Draft) -> Draft {
        let or = |typed: &str, ours: &str| if typed.trim().is_empty() { ours.to_owned() } else { typed.to_owned() };
        let company =
            if self.kind == Kind::Delegation { draft.company.clone() } else { or(&draft.company, &self.name) };
        Draft {
            company,
            country: or(&draft.country, &self.country),
            locale: or(&draft.locale, self.locale.code()),
            category: self.category.code().to_owned(),
            // The leader speaks for them; each gets the mail with the link to say otherwise.
            data_processing: "on".to_owned(),
            ..draft.clone()
        }
    }
}

/// A group in the list.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DelegationRow {
    pub delegation: Delegation,
    /// Live members.
    pub live: i64,
    /// Members who have entered the show.
    pub came: i64,
}

#[cfg(test)]
mod tests {
    use super::*;
    use uuid::Uuid;

    fn draft() -> DelegationDraft {
        DelegationDraft {
            submission: Uuid::from_u128(5).to_string(),
            kind: "delegation".into(),
            name: "苏州机床商会".into(),
            contact_name: "Li Wei".into(),
            contact_email: "li@chamber.example".into(),
            country: "CN".into(),
            category: "vip".into(),
            quota: "3".into(),
            data_processing: "on".into(),
            ..DelegationDraft::default()
        }
    }

    fn group(fields: DelegationFields) -> Delegation {
        let key = (DelegationId::from_uuid(Uuid::nil()), EditionId::from_uuid(Uuid::nil()), 1);
        Delegation::new(key, fields, "", "2027-01-01T00:00:00Z".parse().unwrap())
    }

    #[test]
    fn the_public_cannot_give_itself_a_category() {
        let (_, fields) = draft().parse_public().unwrap();
        assert_eq!((fields.category, fields.quota), (Category::TradeVisitor, Some(USUAL_QUOTA)));
        assert_eq!(draft().parse().unwrap().category, Category::Vip);
        let staff = DelegationDraft { kind: "staff".into(), ..draft() };
        assert_eq!(staff.parse().unwrap_err()[0].field.as_deref(), Some("kind"));
    }

    #[test]
    fn the_quota_bounds_live_members() {
        let mut group = group(draft().parse().unwrap());
        assert!(group.admits(2, 1).is_ok());
        assert_eq!(group.admits(2, 2).unwrap_err().code, "delegation-full");
        group.closed = true;
        assert_eq!(group.admits(0, 1).unwrap_err().code, "delegation-closed");
    }

    #[test]
    fn members_of_a_company_need_not_say_it_again() {
        let mut group = group(draft().parse().unwrap());
        let member = Draft { family_name: "王".into(), ..Draft::default() };
        assert_eq!(group.complete(&member).company, "", "a delegation comes from many companies");
        group.kind = Kind::Company;
        let complete = group.complete(&member);
        assert_eq!((complete.company.as_str(), complete.category.as_str()), ("苏州机床商会", "vip"));
    }

    #[test]
    fn keys_of_groups_and_of_registrants_differ() {
        let id = Uuid::from_u128(9);
        let own = super::super::access::key(&[1; 32], crate::RegistrationId::from_uuid(id));
        assert_ne!(own, key(&[1; 32], DelegationId::from_uuid(id)));
        assert!(super::super::access::hash(&key(&[1; 32], DelegationId::from_uuid(id))).is_some());
    }
}
