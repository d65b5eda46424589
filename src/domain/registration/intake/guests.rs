//! What a row says of somebody to invite: a name, an address, a company, a language, what the person becomes.

use super::{
    columns::Field,
    rows::{Reading, split_name},
};
use crate::{
    Locale, Refusal,
    party::name,
    refusal::Parse,
    registration::{Category, invitation::Guest},
};

/// Most rows of a table of people to invite: each is a letter.
pub const MOST_GUESTS: usize = 20_000;

/// What columns of such a table may fill.
pub const FIELDS: [Field; 7] = [
    Field::FullName,
    Field::FamilyName,
    Field::GivenName,
    Field::Email,
    Field::Company,
    Field::Category,
    Field::Locale,
];

/// Somebody to invite.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Invitee {
    pub guest: Guest,
    /// What the person becomes by the invitation.
    pub category: Category,
    /// Language of the letter.
    pub locale: Locale,
}

impl Reading<'_> {
    /// Reads a row; what it does not say of category and language is as usual.
    ///
    /// # Errors
    /// One refusal for each field that cannot be accepted.
    pub fn invitee(&self, cells: &[String], usual: Locale) -> Result<Invitee, Vec<Refusal>> {
        let cell = |wanted: Field| {
            let found = self.mapping.iter().zip(cells).find(|(field, _)| **field == Some(wanted));
            found.map(|(_, cell)| cell.trim()).unwrap_or_default()
        };
        let (whole, mut p) = (cell(Field::FullName), Parse::new());
        let (family, given) = match split_name(whole) {
            _ if whole.is_empty() => (cell(Field::FamilyName).to_owned(), cell(Field::GivenName).to_owned()),
            // A name as it stands is kept as it stands, unless it was given the other way round.
            parts if whole.contains([',', '，']) => parts,
            _ => (String::new(), whole.to_owned()),
        };
        let name = p.required("full_name", &name::person(&family, &given), 120);
        let email = p.email("email", cell(Field::Email));
        let company = p.optional("company", cell(Field::Company), 160);
        let or = |text: String, usual: &str| if text.is_empty() { usual.to_owned() } else { text };
        let category = or(self.category(cell(Field::Category)), self.category.code());
        let category = p.choice("category", &category, Category::parse);
        let locale = p.choice("locale", &or(self.locale(cell(Field::Locale)), usual.code()), Locale::parse);
        p.finish(|| Invitee {
            guest: Guest { name, email, company },
            category: category.expect("refused above"),
            locale: locale.expect("refused above"),
        })
    }
}

#[cfg(test)]
mod tests {
    use super::super::rows::Vocabulary;
    use super::*;
    use crate::{EditionId, IntakeId};
    use proptest::prelude::*;
    use uuid::Uuid;

    const MAPPING: [Option<Field>; 6] = [
        Some(Field::FullName),
        Some(Field::Email),
        Some(Field::Company),
        Some(Field::Category),
        Some(Field::Locale),
        None,
    ];

    fn read(cells: &[String]) -> Result<Invitee, Vec<Refusal>> {
        let vocabulary =
            Vocabulary { categories: [("媒体".to_owned(), Category::Media)].into(), ..Vocabulary::default() };
        let reading = Reading {
            intake: IntakeId::from_uuid(Uuid::nil()),
            edition: EditionId::from_uuid(Uuid::nil()),
            mapping: &MAPPING,
            vocabulary: &vocabulary,
            category: Category::Vip,
            group: None,
        };
        reading.invitee(cells, Locale::En)
    }

    fn cells(text: &str) -> Vec<String> {
        text.split('|').map(str::to_owned).collect()
    }

    #[test]
    fn a_row_says_whom_to_invite_and_how() {
        let one = read(&cells("张伟|zhang@example.cn|上海机床|媒体|中文|ignored")).unwrap();
        assert_eq!((one.guest.name.as_str(), one.category, one.locale), ("张伟", Category::Media, Locale::ZhCn));
        let one = read(&cells("Müller, Eva|eva@example.de||||")).unwrap();
        assert_eq!((one.guest.name.as_str(), one.category, one.locale), ("Eva Müller", Category::Vip, Locale::En));
        assert_eq!(read(&cells("Eva Maria Müller|eva@example.de|")).unwrap().guest.name, "Eva Maria Müller");
        let refusals = read(&cells("|no address||king|klingon|")).unwrap_err();
        let fields: Vec<_> = refusals.iter().filter_map(|r| r.field.as_deref()).collect();
        assert_eq!(fields, ["full_name", "email", "category", "locale"]);
    }

    proptest! {
        #[test]
        fn no_row_panics(row in proptest::collection::vec(any::<String>(), 0..8)) {
            let _ = read(&row);
        }
    }
}
