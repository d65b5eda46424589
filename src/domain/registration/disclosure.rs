//! Who got personal data of registered people, so that each of them can see it.

use super::{Registration, view::Filter};
use crate::{RegistrationId, search};
use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};
use uuid::Uuid;

codes! {
    /// Who got it.
    Recipient {
        /// A member of the organizer's team.
        Team "team",
        /// A program the organizer connected.
        Program "program",
        /// An exhibitor.
        Exhibitor "exhibitor",
    }
}

codes! {
    /// By what means.
    Means {
        /// A list was downloaded.
        List "list",
        /// The badge was scanned.
        Scan "scan",
        /// A program read registrations; noted once a day.
        Program "program",
    }
}

/// Somebody got personal data: of one person, or of everybody a list was narrowed to.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Disclosure {
    pub id: Uuid,
    /// Whose; of everybody in `filter` when absent.
    pub registration: Option<RegistrationId>,
    pub recipient: Recipient,
    /// The recipient's name as it was then.
    pub name: String,
    pub means: Means,
    pub filter: Narrowed,
    /// How many people were in it.
    pub people: i64,
    pub at: DateTime<Utc>,
}

/// What a list was narrowed to, as far as it can be asked of a person afterwards: a status may have changed since.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Narrowed {
    pub q: String,
    pub category: String,
    pub channel: String,
    pub country: String,
    pub day: String,
}

impl Narrowed {
    /// From the filter of a list.
    #[must_use]
    pub fn of(filter: &Filter) -> Self {
        Self {
            q: filter.q.trim().to_owned(),
            category: filter.category.map(|c| c.code().to_owned()).unwrap_or_default(),
            channel: filter.channel.map(|c| c.code().to_owned()).unwrap_or_default(),
            country: filter.country.clone().unwrap_or_default(),
            day: filter.day.map(|day| day.to_string()).unwrap_or_default(),
        }
    }

    /// Whether the list can have held this registration. In doubt it can.
    #[must_use]
    pub fn covers(&self, r: &Registration) -> bool {
        let fits = |wanted: &str, value: &str| wanted.is_empty() || wanted == value;
        fits(&self.category, r.category.code())
            && fits(&self.channel, r.channel.code())
            && fits(&self.country, &r.details.country)
            && fits(&self.day, &r.local_day.to_string())
            && (self.q.is_empty() || self.finds(r))
    }

    fn finds(&self, r: &Registration) -> bool {
        let number = r.number.to_string();
        let texts = r.details.search_texts().into_iter().chain([number.as_str()]);
        let tokens = search::index_tokens(texts);
        let has = |token: &str, term: &search::Term| match term {
            search::Term::Exact(text) => token == text,
            search::Term::Prefix(text) => token.starts_with(text.as_str()),
        };
        let terms = search::query_terms(&self.q);
        terms.iter().all(|term| tokens.split_whitespace().any(|token| has(token, term)))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::registration::{Category, Channel, Draft, Entry, Standing, register};
    use crate::{EditionId, RegistrationId};

    fn registered() -> Registration {
        let draft = Draft {
            submission: Uuid::from_u128(1).to_string(),
            family_name: "张".into(),
            given_name: "伟".into(),
            company: "上海机床".into(),
            country: "CN".into(),
            ..Draft::default()
        };
        let now: DateTime<Utc> = "2027-03-01T08:00:00Z".parse().unwrap();
        let setting = register::Setting {
            edition: EditionId::from_uuid(Uuid::from_u128(2)),
            id: RegistrationId::from_uuid(Uuid::from_u128(3)),
            number: 17,
            channel: Channel::OnSite,
            party: None,
            participation: None,
            standing: Standing::Approved,
            form: None,
            now,
            local_day: now.date_naive(),
        };
        register::register(&draft.parse(Entry::Desk).unwrap(), setting).0
    }

    #[test]
    fn a_list_covers_whom_it_was_narrowed_to() {
        let r = registered();
        let q = |q: &str| Narrowed { q: q.into(), ..Narrowed::default() };
        assert!(Narrowed::default().covers(&r));
        assert!(q("zhangwei").covers(&r) && q("机床 张").covers(&r) && q("17").covers(&r));
        assert!(!q("zhangli").covers(&r));
        let media = Filter { category: Some(Category::Media), ..Filter::default() };
        assert!(!Narrowed::of(&media).covers(&r));
        let day = Filter { day: Some(r.local_day), country: Some("CN".into()), ..Filter::default() };
        assert!(Narrowed::of(&day).covers(&r));
    }
}
