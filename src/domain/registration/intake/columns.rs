//! Which column is what: recognised by its heading, in English or Chinese; a person has the last word.

use std::sync::OnceLock;

codes! {
    /// What a column fills.
    Field {
        /// The person's number in the system the table comes from: the same one again is the same registration.
        Reference "reference",
        /// The whole name, taken apart by script.
        FullName "full_name",
        /// Family name.
        FamilyName "family_name",
        /// Given name.
        GivenName "given_name",
        /// The name in the other script.
        OtherName "other_name",
        /// E-mail address.
        Email "email",
        /// Telephone number.
        Phone "phone",
        /// Company.
        Company "company",
        /// Job title.
        JobTitle "job_title",
        /// Country or region: code or name.
        Country "country",
        /// Language to write in.
        Locale "locale",
        /// Category: code or name.
        Category "category",
        /// Agreed to news of the organizer.
        OrganizerNews "organizer_news",
        /// Agreed to be written to by exhibitors.
        ExhibitorContact "exhibitor_contact",
    }
}

fn known() -> &'static [(Field, String)] {
    static KNOWN: OnceLock<Vec<(Field, String)>> = OnceLock::new();
    KNOWN.get_or_init(|| {
        let text = include_str!("../../../../fixtures/registration/import-columns.csv");
        let mut reader = csv::Reader::from_reader(text.as_bytes());
        let row = |row: csv::StringRecord| Some((Field::parse(row.get(0)?)?, plain(row.get(1)?)));
        reader.records().flatten().filter_map(row).collect()
    })
}

/// Letters, digits and ideographs only: "E-mail", "e mail" and "EMAIL:" are one heading.
fn plain(heading: &str) -> String {
    crate::text::fold(heading).chars().filter(|c| c.is_alphanumeric()).collect()
}

/// What each column fills, as far as its heading says; nothing is filled by two columns.
#[must_use]
pub fn guess(heads: &[String]) -> Vec<Option<Field>> {
    let mut taken: Vec<Field> = Vec::new();
    heads
        .iter()
        .map(|head| {
            let head = plain(head);
            let by_code = Field::ALL.iter().copied().find(|field| plain(field.code()) == head);
            let field = by_code.or_else(|| known().iter().find(|(_, name)| *name == head).map(|(field, _)| *field));
            let field = field.filter(|field| !taken.contains(field));
            taken.extend(field);
            field
        })
        .collect()
}

/// A mapping as a person chose it: codes by column, nothing filled twice (the first column has it).
#[must_use]
pub fn chosen(heads: &[String], code_of: impl Fn(usize) -> Option<String>) -> Vec<Option<Field>> {
    let mut taken: Vec<Field> = Vec::new();
    let guessed = guess(heads);
    guessed
        .into_iter()
        .enumerate()
        .map(|(at, guess)| {
            let field = code_of(at).map_or(guess, |code| Field::parse(&code));
            let field = field.filter(|field| !taken.contains(field));
            taken.extend(field);
            field
        })
        .collect()
}

/// Whether some column gives a name.
#[must_use]
pub fn names_people(mapping: &[Option<Field>]) -> bool {
    let name = |field: &Field| matches!(field, Field::FullName | Field::FamilyName | Field::GivenName);
    mapping.iter().flatten().any(name)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn headings_are_known_in_both_languages() {
        let heads = ["姓名", "手机号码", "E-mail:", "Company Name", "国家/地区", "姓名", "whatever"].map(str::to_owned);
        let wanted = [Field::FullName, Field::Phone, Field::Email, Field::Company, Field::Country];
        let guessed = guess(&heads);
        assert_eq!(guessed[..5].iter().flatten().copied().collect::<Vec<_>>(), wanted);
        assert_eq!(&guessed[5..], [None, None]);
        assert!(names_people(&guessed));
    }

    #[test]
    fn a_person_has_the_last_word() {
        let heads = ["姓名", "x"].map(str::to_owned);
        let mapping = chosen(&heads, |at| Some(if at == 0 { "-" } else { "full_name" }.to_owned()));
        assert_eq!(mapping, [None, Some(Field::FullName)]);
    }
}
