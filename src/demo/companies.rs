//! Invented companies: a place, a made-up trade name, an industry and a legal form, in Chinese and English.

use super::chance::Chance;
use super::names::rows;
use domain::Bilingual;
use std::collections::BTreeSet;

/// A company before any participation.
#[derive(Clone, Debug)]
pub struct Company {
    pub name: Bilingual,
    pub country: String,
    /// What it makes, for its application.
    pub products: String,
    pub website: String,
    /// Its mail domain, below `example`.
    pub domain: String,
    pub credit_code: Option<String>,
}

struct Industry {
    zh: String,
    en: String,
}

struct Form {
    country: String,
    zh: String,
    en: String,
    weight: usize,
}

/// The lists, read once, and the names already given.
pub struct Companies {
    cities: Vec<(String, String, usize)>,
    trade_zh: Vec<(String, String)>,
    trade_en: Vec<String>,
    industries: Vec<Industry>,
    forms: Vec<Form>,
    countries: Vec<(String, usize)>,
    used: BTreeSet<String>,
}

fn number(text: &str) -> usize {
    text.parse().expect("a weight is a number")
}

impl Companies {
    /// Reads the lists.
    pub fn read() -> Self {
        let three = |text: &str| -> Vec<(String, String, usize)> {
            rows(text).into_iter().map(|row| (row[0].clone(), row[1].clone(), number(&row[2]))).collect()
        };
        Self {
            cities: three(include_str!("../../fixtures/demo/cities-zh.csv")),
            trade_zh: rows(include_str!("../../fixtures/demo/trade-names-zh.csv"))
                .into_iter()
                .map(|row| (row[0].clone(), row[1].clone()))
                .collect(),
            trade_en: rows(include_str!("../../fixtures/demo/trade-names-international.csv"))
                .into_iter()
                .map(|row| row[0].clone())
                .collect(),
            industries: rows(include_str!("../../fixtures/demo/industries.csv"))
                .into_iter()
                .map(|row| Industry { zh: row[1].clone(), en: row[2].clone() })
                .collect(),
            forms: rows(include_str!("../../fixtures/demo/legal-forms.csv"))
                .into_iter()
                .map(|row| Form {
                    weight: number(&row[3]),
                    country: row[0].clone(),
                    zh: row[1].clone(),
                    en: row[2].clone(),
                })
                .collect(),
            countries: rows(include_str!("../../fixtures/demo/countries.csv"))
                .into_iter()
                .map(|row| (row[0].clone(), number(&row[2])))
                .collect(),
            used: BTreeSet::new(),
        }
    }

    /// A company that exhibits, from a country by how many exhibit from it.
    pub fn exhibitor(&mut self, chance: &mut Chance) -> Company {
        let country = chance.weighted(&self.countries, |(_, weight)| *weight).0.clone();
        self.company(chance, &country)
    }

    /// A company of `country` whose name nobody has yet.
    pub fn company(&mut self, chance: &mut Chance, country: &str) -> Company {
        loop {
            let mut company = if country == "CN" { self.chinese(chance) } else { self.international(chance, country) };
            if !self.used.insert(company.name.en.clone()) {
                continue;
            }
            // Few roots and cities, many companies: the second of a domain gets a number.
            let stem = company.domain.trim_end_matches(".example").to_owned();
            let mut number = 1;
            while !self.used.insert(company.domain.clone()) {
                number += 1;
                company.domain = format!("{stem}{number}.example");
                company.website = format!("https://www.{}", company.domain);
            }
            return company;
        }
    }

    fn chinese(&self, chance: &mut Chance) -> Company {
        let (city_zh, city_en, _) = chance.weighted(&self.cities, |(.., weight)| *weight);
        let (trade_zh, trade_en) = chance.pick(&self.trade_zh);
        let industry = chance.pick(&self.industries);
        let forms: Vec<&Form> = self.forms.iter().filter(|form| form.country == "CN").collect();
        let form = chance.weighted(&forms, |form| form.weight);
        // 有限公司 after 科技 would say it twice.
        let legal_zh = if industry.zh.ends_with("科技") { form.zh.trim_start_matches("科技") } else { &form.zh };
        let zh = format!("{city_zh}{trade_zh}{}{legal_zh}", industry.zh);
        let en = format!("{city_en} {trade_en} {} {}", industry.en, form.en);
        let domain = format!("{}-{}.example", trade_en.to_lowercase(), slug(city_en));
        Company {
            name: Bilingual { en, zh },
            country: "CN".to_owned(),
            products: industry.zh.clone(),
            website: format!("https://www.{domain}"),
            domain,
            credit_code: Some(credit_code(chance)),
        }
    }

    fn international(&self, chance: &mut Chance, country: &str) -> Company {
        let trade = chance.pick(&self.trade_en);
        let second = chance.pick(&self.trade_en);
        let industry = chance.pick(&self.industries);
        let forms: Vec<&Form> = self.forms.iter().filter(|form| form.country == country).collect();
        let legal = if forms.is_empty() { "Ltd." } else { &chance.weighted(&forms, |form| form.weight).en };
        // Two roots now and then: sixty of them do not name hundreds of companies.
        let stem = if chance.percent(60) { trade.clone() } else { format!("{trade} {}", short(second)) };
        let domain = format!("{}-{}.example", slug(&stem), country.to_lowercase());
        Company {
            name: Bilingual { en: format!("{stem} {} {legal}", industry.en), zh: String::new() },
            country: country.to_owned(),
            products: industry.en.clone(),
            website: format!("https://www.{domain}"),
            domain,
            credit_code: None,
        }
    }
}

fn short(root: &str) -> String {
    root.split('-').next().unwrap_or(root).to_owned()
}

fn slug(text: &str) -> String {
    let address = super::names::address(&text.replace(' ', "-"), "x");
    address.trim_end_matches("@x").to_owned()
}

/// A unified social credit code with its check character (GB 32100-2015): `91` is a company.
fn credit_code(chance: &mut Chance) -> String {
    const ALPHABET: &[u8; 31] = b"0123456789ABCDEFGHJKLMNPQRTUWXY";
    const WEIGHTS: [usize; 17] = [1, 3, 9, 27, 19, 26, 16, 17, 20, 29, 25, 13, 8, 24, 10, 30, 28];
    let mut code: Vec<u8> = b"91".to_vec();
    code.extend((0..6).map(|_| ALPHABET[chance.below(10)]));
    code.extend((0..9).map(|_| ALPHABET[chance.below(31)]));
    let place = |byte: &u8| ALPHABET.iter().position(|known| known == byte).expect("from the alphabet");
    let sum: usize = code.iter().zip(WEIGHTS).map(|(byte, weight)| place(byte) * weight).sum();
    code.push(ALPHABET[(31 - sum % 31) % 31]);
    String::from_utf8(code).expect("ASCII")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn there_are_enough_companies_for_the_whole_show() {
        let (mut companies, names) = (Companies::read(), crate::demo::names::Names::read());
        let mut chance = Chance::stream(1, "all");
        for _ in 0..6_000 {
            let country = names.country(&mut chance);
            companies.company(&mut chance, &country);
        }
    }

    #[test]
    fn a_thousand_companies_have_a_thousand_names() {
        let mut companies = Companies::read();
        let mut chance = Chance::stream(1, "companies");
        let made: Vec<Company> = (0..1000).map(|_| companies.exhibitor(&mut chance)).collect();
        let names: BTreeSet<&str> = made.iter().map(|company| company.name.en.as_str()).collect();
        assert_eq!(names.len(), 1000);
        let chinese = made.iter().filter(|company| company.country == "CN").count();
        assert!((650..850).contains(&chinese), "{chinese}");
        assert!(made.iter().all(|company| (company.country == "CN") != company.name.zh.is_empty()));
    }
}
