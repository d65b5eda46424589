//! People and companies that are not known yet, as the parties they become: the same for one form and for a table of
//! a hundred thousand rows.

use crate::chance;
use domain::{
    Locale, PartyId,
    journal::{Fact, Subject, SubjectKind},
    party::{ContactKind, ContactPoint, Party, PartyKind, name},
    registration::Details,
};

/// A person as a form brings them.
#[derive(Clone, Debug, Default)]
pub struct Newcomer {
    pub family_name: String,
    pub given_name: String,
    pub display_name: String,
    /// The name in the other script, may be empty.
    pub other_name: String,
    pub email: String,
    pub phone: String,
    pub company: String,
    pub country: String,
    pub locale: Locale,
}

impl From<&Details> for Newcomer {
    fn from(d: &Details) -> Self {
        Self {
            family_name: d.family_name.clone(),
            given_name: d.given_name.clone(),
            display_name: d.display_name.clone(),
            other_name: d.other_name.clone(),
            email: d.email.clone(),
            phone: d.phone.clone(),
            company: d.company.clone(),
            country: d.country.clone(),
            locale: d.locale,
        }
    }
}

impl Newcomer {
    /// The person as a party.
    pub(crate) fn party(&self, id: PartyId) -> Party {
        let (name_en, name_zh) = name::by_script(&self.display_name, &self.other_name);
        Party {
            id,
            kind: PartyKind::Person,
            name: self.display_name.clone(),
            name_en,
            name_zh,
            country: some(&self.country),
            locale: Some(self.locale),
            website: None,
            credit_code: None,
            family_name: some(&self.family_name),
            given_name: some(&self.given_name),
            version: 0,
        }
    }

    /// The person's address and telephone number, as far as they say something.
    pub(crate) fn points(&self, party: PartyId) -> Vec<ContactPoint> {
        [(ContactKind::Email, &self.email), (ContactKind::of_phone(&self.phone), &self.phone)]
            .into_iter()
            .filter(|(kind, value)| !kind.fold(value).is_empty())
            .map(|(kind, value)| ContactPoint {
                id: chance::id(),
                party,
                kind,
                value: value.clone(),
                folded: kind.fold(value),
                primary: true,
            })
            .collect()
    }
}

/// A company as a party; `other_name` is its name in the other script, may be empty.
pub(crate) fn organisation(id: PartyId, company: &str, other_name: &str, country: &str) -> Party {
    let (name_en, name_zh) = name::by_script(company, other_name);
    Party {
        id,
        kind: PartyKind::Organisation,
        name: company.to_owned(),
        name_en,
        name_zh,
        country: some(country),
        locale: None,
        website: None,
        credit_code: None,
        family_name: None,
        given_name: None,
        version: 0,
    }
}

/// What the journal keeps of it.
pub(crate) fn created(party: &Party) -> Fact {
    Fact::new("party.created", Subject::new(SubjectKind::Party, party.id), None)
        .with("kind", party.kind.code())
        .with("name", party.name.clone())
}

fn some(text: &str) -> Option<String> {
    (!text.is_empty()).then(|| text.to_owned())
}
