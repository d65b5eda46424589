//! When two records are the same person or company *without asking anybody*.
//!
//! Deliberately strict: what only looks alike is proposed to people later, never joined here. A company keeps its
//! legal form and its place in the key, because 上海X and 北京X, 股份有限公司 and 集团有限公司 are different persons in law.
//! A person needs an e-mail address or a telephone number beside the name: 王伟 alone is everybody.

use crate::{
    PartyId,
    text::{fold, fold_email, fold_phone},
};

/// The key of a company name: width, case, blanks, brackets, quotation marks and punctuation do not count.
#[must_use]
pub fn company_key(name: &str) -> String {
    fold(&name.replace('&', " and ")).chars().filter(|c| c.is_alphanumeric()).collect()
}

/// The key of a person's name: as for companies, and the order of Latin parts does not count.
#[must_use]
pub fn person_key(name: &str) -> String {
    let folded = fold(name);
    let mut parts: Vec<String> = folded
        .split(|c: char| c.is_whitespace() || c == ',' || c == '·')
        .map(|part| part.chars().filter(|c| c.is_alphanumeric()).collect::<String>())
        .filter(|part| !part.is_empty())
        .collect();
    parts.sort_unstable();
    parts.join(" ")
}

/// What is known of a person who may be the one who registers.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct KnownPerson {
    /// The person.
    pub party: PartyId,
    /// Name key.
    pub folded: String,
    /// Folded addresses.
    pub emails: Vec<String>,
    /// Folded numbers.
    pub phones: Vec<String>,
}

/// Why a known person is taken for the one who registers.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Reason {
    /// The same e-mail address.
    Email,
    /// The same name and telephone number.
    NameAndPhone,
}

/// The known person who registers here, if one does. An equal address counts more than name and number.
#[must_use]
pub fn same_person(known: &[KnownPerson], name: &str, email: &str, phone: &str) -> Option<(PartyId, Reason)> {
    let (name, email, phone) = (person_key(name), fold_email(email), fold_phone(phone));
    let by_email = known.iter().find(|k| !email.is_empty() && k.emails.contains(&email));
    let by_phone = || {
        let same = |k: &&KnownPerson| phone.len() >= 7 && k.folded == name && k.phones.contains(&phone);
        known.iter().find(same)
    };
    by_email.map(|k| (k.party, Reason::Email)).or_else(|| by_phone().map(|k| (k.party, Reason::NameAndPhone)))
}

#[cfg(test)]
mod tests {
    use super::*;
    use uuid::Uuid;

    fn known(n: u128, name: &str, email: &str, phone: &str) -> KnownPerson {
        KnownPerson {
            party: PartyId::from_uuid(Uuid::from_u128(n)),
            folded: person_key(name),
            emails: vec![fold_email(email)],
            phones: vec![fold_phone(phone)],
        }
    }

    #[test]
    fn company_keys_see_through_typing_but_not_through_law() {
        assert_eq!(company_key("上海 机床（集团）有限公司"), company_key("上海机床(集团)有限公司"));
        assert_eq!(company_key("Müller & Co. KG"), company_key("MÜLLER AND CO KG"));
        assert_ne!(company_key("上海机床有限公司"), company_key("北京机床有限公司"));
        assert_ne!(company_key("东方航空股份有限公司"), company_key("东方航空集团有限公司"));
    }

    #[test]
    fn person_keys_forgive_order() {
        assert_eq!(person_key("Wei ZHANG"), person_key("Zhang, Wei"));
        assert_ne!(person_key("Zhang Wei"), person_key("Zhang Weiwei"));
    }

    #[test]
    fn an_address_is_enough_a_name_is_not() {
        let people = [known(1, "王伟", "wang@a.cn", "13800000001"), known(2, "王伟", "wei@b.cn", "13800000002")];
        let id = |n| PartyId::from_uuid(Uuid::from_u128(n));
        assert_eq!(same_person(&people, "Wei Wang", "WEI@b.cn ", ""), Some((id(2), Reason::Email)));
        assert_eq!(same_person(&people, "王伟", "new@c.cn", "+86 138 0000 0001"), Some((id(1), Reason::NameAndPhone)));
        assert_eq!(same_person(&people, "王伟", "new@c.cn", ""), None);
        assert_eq!(same_person(&people, "李伟", "", "13800000001"), None);
        assert_eq!(same_person(&people, "王伟", "", ""), None);
    }
}
