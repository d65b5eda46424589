//! What a row of a table says: a wish to register, or every reason why it cannot be read.

use super::{Intake, columns::Field};
use crate::{
    IntakeId, Locale, Refusal,
    party::{country, matching::person_key, name},
    registration::{Category, Draft, Entry, delegation::Delegation, draft::Wish},
    text::{fold, fold_email, fold_phone, is_ideograph},
};
use sha2::{Digest as _, Sha256};
use std::collections::{HashMap, HashSet};
use std::sync::OnceLock;
use uuid::Uuid;

/// The words people read for closed lists, in every language, folded.
#[derive(Clone, Debug, Default)]
pub struct Vocabulary {
    /// Countries by name.
    pub countries: HashMap<String, &'static str>,
    /// Categories by name.
    pub categories: HashMap<String, Category>,
    /// Languages by name.
    pub locales: HashMap<String, Locale>,
}

/// What people write for a language beside its name.
fn languages() -> &'static [(String, Locale)] {
    static KNOWN: OnceLock<Vec<(String, Locale)>> = OnceLock::new();
    KNOWN.get_or_init(|| {
        let text = include_str!("../../../../fixtures/registration/import-languages.csv");
        let mut reader = csv::Reader::from_reader(text.as_bytes());
        let row = |row: csv::StringRecord| Some((fold(row.get(1)?), Locale::parse(row.get(0)?)?));
        reader.records().flatten().filter_map(row).collect()
    })
}

/// How rows are read.
pub struct Reading<'a> {
    pub intake: IntakeId,
    /// For numbers of another system: the same number in the same edition is the same registration.
    pub edition: crate::EditionId,
    pub mapping: &'a [Option<Field>],
    pub vocabulary: &'a Vocabulary,
    pub category: Category,
    /// The group everybody in the table belongs to; it says what a row need not.
    pub group: Option<&'a Delegation>,
}

/// Surnames of two ideographs; all others have one.
const COMPOUND: [&str; 20] = [
    "欧阳", "司马", "上官", "诸葛", "皇甫", "尉迟", "公孙", "慕容", "令狐", "宇文", "长孙", "司徒", "夏侯", "东方",
    "南宫", "西门", "轩辕", "端木", "百里", "呼延",
];

/// A whole name as (family, given): Chinese by its first ideographs, "Family, Given", else the last word is the family's.
#[must_use]
pub fn split_name(whole: &str) -> (String, String) {
    let whole = whole.trim();
    if let Some((family, given)) = whole.split_once([',', '，']) {
        return (family.trim().to_owned(), given.trim().to_owned());
    }
    let chars: Vec<char> = whole.chars().filter(|c| !c.is_whitespace()).collect();
    if name::is_chinese(whole) && chars.iter().all(|c| is_ideograph(*c) || *c == '·') {
        // A name with a dot is one of another people and has no family name in front.
        if chars.contains(&'·') {
            return (String::new(), chars.into_iter().collect());
        }
        let text: String = chars.iter().collect();
        let long = chars.len() > 2 && COMPOUND.iter().any(|surname| text.starts_with(surname));
        let at = if long { 2 } else { 1 };
        return (chars.iter().take(at).collect(), chars.iter().skip(at).collect());
    }
    match whole.rsplit_once(char::is_whitespace) {
        Some((given, family)) => (family.trim().to_owned(), given.trim().to_owned()),
        None => (whole.to_owned(), String::new()),
    }
}

/// A key made from what is the same whenever the row comes again.
fn submission(parts: &[&[u8]]) -> Uuid {
    let mut hash = Sha256::new();
    for part in parts {
        hash.update(part.len().to_be_bytes());
        hash.update(part);
    }
    let digest = hash.finalize();
    let mut bytes = [0; 16];
    bytes.copy_from_slice(&digest[..16]);
    uuid::Builder::from_custom_bytes(bytes).into_uuid()
}

fn ticked(text: &str) -> String {
    let folded = fold(text);
    let no = ["", "0", "no", "n", "false", "否", "不", "不同意", "off"].contains(&folded.as_str());
    if no { String::new() } else { "on".to_owned() }
}

impl<'a> Reading<'a> {
    /// As whoever brought the table wants it read.
    #[must_use]
    pub fn of(intake: &'a Intake, vocabulary: &'a Vocabulary, group: Option<&'a Delegation>) -> Self {
        Self {
            intake: intake.id,
            edition: intake.edition,
            mapping: &intake.mapping,
            vocabulary,
            category: intake.options.category,
            group,
        }
    }
}

impl Reading<'_> {
    /// Reads a row.
    ///
    /// # Errors
    /// One refusal for each field that cannot be accepted.
    pub fn wish(&self, line: u32, cells: &[String]) -> Result<Wish, Vec<Refusal>> {
        let mut draft =
            Draft { category: self.category.code().to_owned(), data_processing: "on".to_owned(), ..Draft::default() };
        let mut reference = "";
        let filled = self.mapping.iter().zip(cells).filter_map(|(field, cell)| field.map(|field| (field, cell.trim())));
        for (field, cell) in filled.filter(|(_, cell)| !cell.is_empty()) {
            match field {
                Field::Reference => reference = cell,
                Field::FullName => (draft.family_name, draft.given_name) = split_name(cell),
                Field::FamilyName => cell.clone_into(&mut draft.family_name),
                Field::GivenName => cell.clone_into(&mut draft.given_name),
                Field::OtherName => cell.clone_into(&mut draft.other_name),
                Field::Email => cell.clone_into(&mut draft.email),
                Field::Phone => cell.clone_into(&mut draft.phone),
                Field::Company => cell.clone_into(&mut draft.company),
                Field::JobTitle => cell.clone_into(&mut draft.job_title),
                Field::Country => draft.country = self.country(cell),
                Field::Locale => draft.locale = self.locale(cell),
                Field::Category => draft.category = self.category(cell),
                Field::OrganizerNews => draft.organizer_news = ticked(cell),
                Field::ExhibitorContact => draft.exhibitor_contact = ticked(cell),
            }
        }
        let key = if reference.is_empty() {
            submission(&[b"line", self.intake.uuid().as_bytes(), &line.to_be_bytes()])
        } else {
            submission(&[b"reference", self.edition.uuid().as_bytes(), fold(reference).as_bytes()])
        };
        draft.submission = key.to_string();
        match self.group {
            Some(group) => group.complete(&draft).parse(Entry::Api),
            None => draft.parse(Entry::Api),
        }
    }

    fn country(&self, cell: &str) -> String {
        let known = country::parse(cell).or_else(|| self.vocabulary.countries.get(&fold(cell)).copied());
        known.unwrap_or(cell).to_owned()
    }

    /// A language as its code, if it is one.
    pub(super) fn locale(&self, cell: &str) -> String {
        let word = fold(cell);
        let known = Locale::parse(cell)
            .or_else(|| self.vocabulary.locales.get(&word).copied())
            .or_else(|| languages().iter().find(|(known, _)| *known == word).map(|(_, locale)| *locale));
        known.map_or_else(|| cell.to_owned(), |locale| locale.code().to_owned())
    }

    /// A category as its code, if it is one.
    pub(super) fn category(&self, cell: &str) -> String {
        let known = Category::parse(cell).or_else(|| self.vocabulary.categories.get(&fold(cell)).copied());
        known.map_or_else(|| cell.to_owned(), |category| category.code().to_owned())
    }
}

/// Who was in the table before: 64 bits of each address, number and reference, so that a large table needs little room.
#[derive(Clone, Debug, Default)]
pub struct Seen(HashSet<u64>);

fn short(kind: u8, text: &str) -> u64 {
    let digest = Sha256::new().chain_update([kind]).chain_update(text.as_bytes()).finalize();
    let mut bytes = [0; 8];
    bytes.copy_from_slice(&digest[..8]);
    u64::from_be_bytes(bytes)
}

impl Seen {
    /// Whether the person of a wish was in the table before; notes it either way. The same address is the same person,
    /// and so is the same name with the same telephone number.
    pub fn again(&mut self, wish: &Wish) -> bool {
        let d = &wish.details;
        let (email, phone) = (fold_email(&d.email), fold_phone(&d.phone));
        let mut again = !self.0.insert(short(0, &wish.submission.to_string()));
        if !email.is_empty() {
            again |= !self.0.insert(short(1, &email));
        }
        if phone.len() >= 7 {
            again |= !self.0.insert(short(2, &format!("{} {phone}", person_key(&d.display_name))));
        }
        again
    }

    /// The same for somebody of whom only the address counts.
    pub fn address_again(&mut self, email: &str) -> bool {
        !self.0.insert(short(0, &fold_email(email)))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn reading<'a>(mapping: &'a [Option<Field>], vocabulary: &'a Vocabulary) -> Reading<'a> {
        Reading {
            intake: IntakeId::from_uuid(Uuid::from_u128(1)),
            edition: crate::EditionId::from_uuid(Uuid::from_u128(2)),
            mapping,
            vocabulary,
            category: Category::TradeVisitor,
            group: None,
        }
    }

    fn vocabulary() -> Vocabulary {
        Vocabulary {
            countries: [("中国".to_owned(), "CN"), ("germany".to_owned(), "DE")].into(),
            categories: [("专业观众".to_owned(), Category::TradeVisitor), ("vip".to_owned(), Category::Vip)].into(),
            locales: [("中文".to_owned(), Locale::ZhCn)].into(),
        }
    }

    fn cells(text: &str) -> Vec<String> {
        text.split('|').map(str::to_owned).collect()
    }

    #[test]
    fn names_are_taken_apart_by_script() {
        let split = |whole: &str| {
            let (family, given) = split_name(whole);
            format!("{family}+{given}")
        };
        for (whole, parts) in [
            ("张伟", "张+伟"),
            ("欧阳娜娜", "欧阳+娜娜"),
            ("欧阳", "欧+阳"),
            ("Eva Müller", "Müller+Eva"),
            ("Müller, Eva Maria", "Müller+Eva Maria"),
            ("Suharto", "Suharto+"),
            ("买买提·艾力", "+买买提·艾力"),
        ] {
            assert_eq!(split(whole), parts);
        }
    }

    #[test]
    fn words_of_either_language_are_understood() {
        let mapping = [Some(Field::FullName), Some(Field::Country), Some(Field::Category), Some(Field::Email), None];
        let words = vocabulary();
        let reading = reading(&mapping, &words);
        let wish = reading.wish(2, &cells("张伟|中国|VIP|zhang@example.cn|ignored")).unwrap();
        assert_eq!((wish.details.country.as_str(), wish.category), ("CN", Category::Vip));
        let refusals = reading.wish(3, &cells("|Atlantis|king|no address|")).unwrap_err();
        let fields: Vec<_> = refusals.iter().filter_map(|r| r.field.as_deref()).collect();
        assert_eq!(fields, ["category", "family_name", "email", "country"]);
    }

    #[test]
    fn a_reference_is_the_same_person_whatever_the_file() {
        let mapping = [Some(Field::Reference), Some(Field::FullName)];
        let words = vocabulary();
        let first = reading(&mapping, &words);
        let other = Reading { intake: IntakeId::from_uuid(Uuid::from_u128(9)), ..reading(&mapping, &words) };
        let key = |reading: &Reading<'_>, line, row: &str| reading.wish(line, &cells(row)).unwrap().submission;
        assert_eq!(key(&first, 2, "A-1|张伟"), key(&other, 77, "a-1|张伟"));
        assert_ne!(key(&first, 2, "|张伟"), key(&other, 2, "|张伟"));
        assert_ne!(key(&first, 2, "|张伟"), key(&first, 3, "|张伟"));
        assert_eq!(key(&first, 2, "|张伟"), key(&first, 2, "|张伟"), "a row taken up again is the same row");
    }

    #[test]
    fn who_stands_twice_is_seen() {
        let mapping = [Some(Field::FullName), Some(Field::Email), Some(Field::Phone)];
        let words = vocabulary();
        let reading = reading(&mapping, &words);
        let mut seen = Seen::default();
        let mut again = |line, row: &str| seen.again(&reading.wish(line, &cells(row)).unwrap());
        assert!(!again(2, "张伟|zhang@example.cn|13800000001"));
        assert!(again(3, "Wei Zhang|ZHANG@example.cn|"));
        assert!(again(4, "张伟|other@example.cn|+86 138 0000 0001"));
        assert!(!again(5, "李娜|li@example.cn|13800000001"), "a shared telephone is not a person");
    }

    proptest! {
        #[test]
        fn no_row_panics(row in proptest::collection::vec(any::<String>(), 0..6), line in any::<u32>()) {
            let mapping = [Some(Field::FullName), Some(Field::Email), Some(Field::Country), Some(Field::Phone), None];
            let words = vocabulary();
            let _ = reading(&mapping, &words).wish(line, &row);
        }
    }
}
