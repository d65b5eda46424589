//! Letters that certify an invitation: a plain one, and one for a visa with the passport. A letter has a number and a
//! code under which anybody it is shown to can ask whether it stands. A new letter of a kind takes the place of the old.

use super::{Registration, Status, voucher};
use crate::{
    EditionId, LetterId, Locale, Refusal, RegistrationId,
    journal::{Fact, Subject, SubjectKind},
    listing::Sortable,
    party::country,
    refusal::Parse,
};
use chrono::{DateTime, NaiveDate, Utc};
use serde::{Deserialize, Serialize};

codes! {
    /// What a letter is for.
    Kind {
        /// For an employer, a ministry, a travel office.
        Invitation "invitation",
        /// For a consulate.
        Visa "visa",
    }
}

/// What letters can be sorted by.
pub const SORTS: Sortable = &["-number", "name"];

/// Characters of a verification code: 60 bits.
pub const CHARS: usize = 12;

/// A letter as it was issued. What it says does not change when the registration does.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Letter {
    pub edition: EditionId,
    pub id: LetterId,
    pub registration: RegistrationId,
    /// Runs within the edition.
    pub number: i32,
    /// In its plain form.
    pub code: String,
    pub kind: Kind,
    pub locale: Locale,
    /// As in the passport.
    pub name: String,
    pub company: String,
    pub job_title: String,
    /// Empty in a plain letter.
    pub passport: String,
    /// ISO code; empty in a plain letter.
    pub nationality: String,
    pub born_on: Option<NaiveDate>,
    pub arrives_on: Option<NaiveDate>,
    pub departs_on: Option<NaiveDate>,
    pub issued_at: DateTime<Utc>,
    /// Member of the team; empty when the registrant asked for it.
    pub issued_by: String,
    pub withdrawn_at: Option<DateTime<Utc>>,
    pub reason: String,
}

/// A letter as typed.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct LetterDraft {
    pub kind: String,
    pub name: String,
    pub passport: String,
    pub nationality: String,
    pub born_on: String,
    pub arrives_on: String,
    pub departs_on: String,
    pub locale: String,
}

/// A sound letter.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LetterFields {
    pub kind: Kind,
    pub name: String,
    pub passport: String,
    pub nationality: String,
    pub born_on: Option<NaiveDate>,
    pub arrives_on: Option<NaiveDate>,
    pub departs_on: Option<NaiveDate>,
    pub locale: Locale,
}

impl LetterDraft {
    /// The form filled with what the registration says.
    #[must_use]
    pub fn of(r: &Registration) -> Self {
        let (latin, chinese) = r.details.names();
        let name = if latin.is_empty() { chinese } else { latin };
        Self {
            kind: Kind::Visa.code().to_owned(),
            name,
            nationality: r.details.country.clone(),
            locale: r.details.locale.code().to_owned(),
            ..Self::default()
        }
    }

    /// Reads a letter; a visa needs passport, nationality, birthday and the days of the stay.
    ///
    /// # Errors
    /// One refusal for each field that cannot be accepted.
    pub fn parse(&self) -> Result<LetterFields, Vec<Refusal>> {
        let mut p = Parse::new();
        let kind = p.choice("kind", &self.kind, Kind::parse);
        let visa = kind == Some(Kind::Visa);
        let name = p.required("name", &self.name, 120);
        let locale = p.choice("locale", &self.locale, Locale::parse);
        let passport = voucher::plain(&p.optional("passport", &self.passport, 30));
        if visa && !(5..=20).contains(&passport.len()) {
            p.refuse(Refusal::invalid("letter-passport").at("passport"));
        }
        let nationality = if visa {
            p.choice("nationality", &self.nationality, |t| country::parse(t).map(str::to_owned)).unwrap_or_default()
        } else {
            String::new()
        };
        let mut day = |field: &str, text: &str| {
            if visa || !text.trim().is_empty() { p.date(field, text) } else { None }
        };
        let born_on = day("born_on", &self.born_on);
        let (arrives_on, departs_on) = (day("arrives_on", &self.arrives_on), day("departs_on", &self.departs_on));
        if arrives_on.zip(departs_on).is_some_and(|(from, until)| until < from || (until - from).num_days() > 180) {
            p.refuse(Refusal::invalid("letter-days").at("departs_on"));
        }
        p.finish(|| LetterFields {
            kind: kind.expect("refused above"),
            name,
            passport: if visa { passport } else { String::new() },
            nationality,
            born_on: born_on.filter(|_| visa),
            arrives_on,
            departs_on,
            locale: locale.expect("refused above"),
        })
    }
}

/// What a new letter needs beside its fields.
pub struct Issue<'a> {
    pub id: LetterId,
    pub number: i32,
    pub code: String,
    pub by: &'a str,
    pub now: DateTime<Utc>,
}

/// Issues a letter.
///
/// # Errors
/// `registration-not-approved`: who may not come is not invited.
pub fn issue(r: &Registration, fields: LetterFields, issue: Issue<'_>) -> Result<(Letter, Fact), Refusal> {
    if r.status != Status::Approved {
        return Err(Refusal::unmet("registration-not-approved").with("status", r.status.code()));
    }
    let letter = Letter {
        edition: r.edition,
        id: issue.id,
        registration: r.id,
        number: issue.number,
        code: issue.code,
        kind: fields.kind,
        locale: fields.locale,
        name: fields.name,
        company: r.details.company.clone(),
        job_title: r.details.job_title.clone(),
        passport: fields.passport,
        nationality: fields.nationality,
        born_on: fields.born_on,
        arrives_on: fields.arrives_on,
        departs_on: fields.departs_on,
        issued_at: issue.now,
        issued_by: issue.by.to_owned(),
        withdrawn_at: None,
        reason: String::new(),
    };
    let fact = letter.fact("issued");
    Ok((letter, fact))
}

impl Letter {
    /// A fact about it, in the registration's history. The passport is nobody's business there.
    #[must_use]
    pub fn fact(&self, verb: &str) -> Fact {
        Fact::new(&format!("letter.{verb}"), Subject::new(SubjectKind::Registration, self.registration), self.edition)
            .with("number", self.number)
            .with("kind", self.kind.code())
    }

    /// Whether it stands.
    #[must_use]
    pub const fn stands(&self) -> bool {
        self.withdrawn_at.is_none()
    }

    /// Takes it back; nothing happens when it was.
    #[must_use]
    pub fn withdrawn(&self, reason: &str, now: DateTime<Utc>) -> Option<(Self, Fact)> {
        self.stands().then(|| {
            let new = Self { withdrawn_at: Some(now), reason: reason.to_owned(), ..self.clone() };
            let fact = new.fact("withdrawn").with("reason", reason);
            (new, fact)
        })
    }

    /// The number as it is printed: the show, then the letter.
    #[must_use]
    pub fn shown_number(&self, slug: &str) -> String {
        format!("{}-{:05}", slug.to_uppercase(), self.number)
    }

    /// The code as it is printed: in threes.
    #[must_use]
    pub fn shown_code(&self) -> String {
        let chars: Vec<char> = self.code.chars().collect();
        chars.chunks(4).map(|part| part.iter().collect::<String>()).collect::<Vec<_>>().join("-")
    }

    /// The passport as a page for anybody shows it: enough to compare, not enough to use.
    #[must_use]
    pub fn masked_passport(&self) -> String {
        let count = self.passport.chars().count();
        self.passport.chars().enumerate().map(|(at, c)| if at + 4 < count { '•' } else { c }).collect()
    }
}

/// A code of ours from random bytes.
#[must_use]
pub fn code(chance: [u8; CHARS]) -> String {
    chance.iter().map(|byte| char::from(voucher::ALPHABET[usize::from(byte % 32)])).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn draft() -> LetterDraft {
        LetterDraft {
            kind: "visa".into(),
            name: "Eva Probe".into(),
            passport: "c01x 0006h".into(),
            nationality: "de".into(),
            born_on: "1980-02-03".into(),
            arrives_on: "2027-05-10".into(),
            departs_on: "2027-05-15".into(),
            locale: "en".into(),
        }
    }

    #[test]
    fn a_visa_needs_the_passport_a_plain_letter_keeps_none() {
        let fields = draft().parse().unwrap();
        assert_eq!((fields.passport.as_str(), fields.nationality.as_str()), ("C01X0006H", "DE"));
        let empty =
            LetterDraft { kind: "visa".into(), name: "E".into(), locale: "en".into(), ..LetterDraft::default() };
        let named: Vec<_> = empty.parse().unwrap_err().into_iter().filter_map(|r| r.field).collect();
        assert_eq!(named, ["passport", "nationality", "born_on", "arrives_on", "departs_on"]);
        let plain = LetterDraft { kind: "invitation".into(), ..draft() }.parse().unwrap();
        assert_eq!((plain.passport.as_str(), plain.born_on), ("", None));
    }

    #[test]
    fn a_stay_ends_after_it_begins() {
        let bad = LetterDraft { departs_on: "2027-05-01".into(), ..draft() };
        assert_eq!(bad.parse().unwrap_err()[0].code, "letter-days");
        let long = LetterDraft { departs_on: "2028-05-01".into(), ..draft() };
        assert_eq!(long.parse().unwrap_err()[0].code, "letter-days");
    }
}
