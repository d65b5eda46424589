//! Invented people: drawn from the lists in `fixtures/demo`, Chinese and international.

use super::chance::Chance;
use domain::Locale;
use std::collections::BTreeMap;

/// A person before any registration.
#[derive(Clone, Debug)]
pub struct Person {
    pub family: String,
    pub given: String,
    /// The name in the other script, empty if there is none.
    pub other: String,
    pub country: String,
    pub locale: Locale,
    pub title: String,
    pub email: String,
    pub phone: String,
}

struct Weighted {
    text: String,
    other: String,
    weight: usize,
}

struct Title {
    en: String,
    zh: String,
    weight: usize,
}

#[derive(Default)]
struct Foreign {
    family: Vec<String>,
    given: Vec<String>,
}

/// The lists, read once.
pub struct Names {
    surnames: Vec<Weighted>,
    given: Vec<Weighted>,
    foreign: BTreeMap<String, Foreign>,
    titles: Vec<Title>,
    countries: Vec<(String, usize)>,
}

/// The rows of one of the embedded files.
pub fn rows(text: &str) -> Vec<Vec<String>> {
    csv::Reader::from_reader(text.as_bytes())
        .records()
        .map(|row| row.expect("the file is part of the program").iter().map(str::to_owned).collect())
        .collect()
}

fn number(text: &str) -> usize {
    text.parse().expect("a weight is a number")
}

fn weighted(text: &str) -> Vec<Weighted> {
    rows(text)
        .into_iter()
        .map(|row| Weighted { weight: number(&row[2]), text: row[0].clone(), other: row[1].clone() })
        .collect()
}

impl Names {
    /// Reads the lists.
    pub fn read() -> Self {
        let mut foreign = BTreeMap::<String, Foreign>::new();
        for row in rows(include_str!("../../fixtures/demo/names-international.csv")) {
            let country = foreign.entry(row[0].clone()).or_default();
            let list = if row[1] == "family" { &mut country.family } else { &mut country.given };
            list.push(row[2].clone());
        }
        let titles = rows(include_str!("../../fixtures/demo/job-titles.csv"))
            .into_iter()
            .map(|row| Title { weight: number(&row[2]), en: row[0].clone(), zh: row[1].clone() })
            .collect();
        let countries = rows(include_str!("../../fixtures/demo/countries.csv"))
            .into_iter()
            .map(|row| (row[0].clone(), number(&row[1])))
            .collect();
        Self {
            surnames: weighted(include_str!("../../fixtures/demo/surnames-zh.csv")),
            given: weighted(include_str!("../../fixtures/demo/given-names-zh.csv")),
            foreign,
            titles,
            countries,
        }
    }

    /// A visitor's country, by how many come from it.
    pub fn country(&self, chance: &mut Chance) -> String {
        chance.weighted(&self.countries, |(_, weight)| *weight).0.clone()
    }

    /// Someone from `country`. `serial` keeps addresses and numbers apart; `domain` is the mail domain.
    pub fn person(&self, chance: &mut Chance, country: &str, serial: usize, domain: &str) -> Person {
        let title = chance.weighted(&self.titles, |title| title.weight);
        if country == "CN" {
            self.chinese(chance, serial, domain, title)
        } else {
            self.international(chance, country, serial, domain, title)
        }
    }

    fn chinese(&self, chance: &mut Chance, serial: usize, domain: &str, title: &Title) -> Person {
        let family = chance.weighted(&self.surnames, |name| name.weight);
        let given = chance.weighted(&self.given, |name| name.weight);
        // Most Chinese visitors write to work addresses made from pinyin, some to number mail boxes.
        let local = match chance.below(4) {
            0 => format!("{}{}{serial}", given.other, family.other),
            1 => format!("{}.{}{}", given.other, family.other, serial % 1000),
            _ => format!("{}{}{serial}", initials(&family.other), initials(&given.other)),
        };
        Person {
            other: format!("{} {}", capital(&family.other), given.other),
            family: family.text.clone(),
            given: given.text.clone(),
            country: "CN".to_owned(),
            locale: Locale::ZhCn,
            title: title.zh.clone(),
            email: address(&local, domain),
            phone: format!(
                "+86 1{}{} {:04} {:04}",
                3 + chance.below(7),
                10 + chance.below(90),
                chance.below(10_000),
                serial % 10_000
            ),
        }
    }

    fn international(&self, chance: &mut Chance, country: &str, serial: usize, domain: &str, title: &Title) -> Person {
        let lists = self.foreign.get(country).or_else(|| self.foreign.get("US")).expect("the list has US");
        let (family, given) = (chance.pick(&lists.family).clone(), chance.pick(&lists.given).clone());
        let calling = match country {
            "DE" => "+49 711",
            "JP" => "+81 52",
            "KR" => "+82 55",
            "IT" => "+39 051",
            "CH" => "+41 32",
            "US" => "+1 513",
            "IN" => "+91 20",
            "VN" => "+84 24",
            "TH" => "+66 2",
            "RU" => "+7 495",
            "TR" => "+90 224",
            "BR" => "+55 11",
            "TW" => "+886 4",
            "FR" => "+33 4",
            _ => "+44 20",
        };
        Person {
            other: String::new(),
            email: address(&format!("{given}.{family}{serial}"), domain),
            family,
            given,
            country: country.to_owned(),
            locale: Locale::En,
            title: title.en.clone(),
            phone: format!("{calling} {:03} {:04}", chance.below(1000), serial % 10_000),
        }
    }
}

/// A mail address at an example domain: nobody gets mail from a demonstration.
pub fn address(local: &str, domain: &str) -> String {
    let local: String = domain::text::fold(local)
        .chars()
        .filter_map(|c| match c {
            'a'..='z' | '0'..='9' | '.' | '-' => Some(c),
            'ä' | 'á' | 'à' | 'ã' | 'â' | 'ă' | 'ấ' | 'ạ' | 'ả' | 'ầ' => Some('a'),
            'ö' | 'ó' | 'ò' | 'ô' | 'õ' | 'ồ' | 'ỗ' | 'ơ' => Some('o'),
            'ü' | 'ú' | 'ù' | 'ư' | 'ũ' => Some('u'),
            'é' | 'è' | 'ê' | 'ễ' | 'ệ' => Some('e'),
            'ç' => Some('c'),
            'ş' | 'ß' => Some('s'),
            'ğ' => Some('g'),
            'ı' | 'í' | 'ì' => Some('i'),
            'đ' => Some('d'),
            _ => None,
        })
        .collect();
    format!("{}@{domain}", local.trim_matches(['.', '-']))
}

fn initials(pinyin: &str) -> String {
    pinyin.chars().take(1).collect()
}

fn capital(pinyin: &str) -> String {
    pinyin.to_uppercase()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn people_have_sound_addresses_in_every_country() {
        let names = Names::read();
        let mut chance = Chance::stream(1, "people");
        for serial in 0..3000 {
            let country = names.country(&mut chance);
            let person = names.person(&mut chance, &country, serial, "example.com");
            let (local, _) = person.email.split_once('@').expect("an address");
            assert!(local.len() >= 2 && local.is_ascii(), "{person:?}");
            assert_eq!(country == "CN", !person.other.is_empty());
        }
    }
}
