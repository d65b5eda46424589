//! Why something was not done: a stable code and parameters, no prose. `templates` turns it into a sentence.

use serde::{Deserialize, Serialize};

/// What kind of "no" it is; the web answers each with its own status.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum RefusalKind {
    /// What was sent cannot be understood or is out of range (422).
    Invalid,
    /// What was sent is fine but something else already holds (409).
    Conflict,
    /// The caller may not do this (403).
    Forbidden,
    /// What it is about does not exist for the caller (404).
    Missing,
    /// Conditions are not met yet; the parameters say which (409).
    Unmet,
}

/// A refusal a person can act on. Its sentence is the Fluent message `refusal-<code>`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Refusal {
    /// What kind of "no".
    pub kind: RefusalKind,
    /// Stable code in kebab case.
    pub code: String,
    /// The field of the draft or form it is about, where there is one.
    pub field: Option<String>,
    /// Values for the sentence.
    pub params: Vec<(String, String)>,
}

impl Refusal {
    fn new(kind: RefusalKind, code: &str) -> Self {
        Self { kind, code: code.to_owned(), field: None, params: Vec::new() }
    }

    /// A value that cannot be accepted.
    pub fn invalid(code: &str) -> Self {
        Self::new(RefusalKind::Invalid, code)
    }

    /// Something else already holds.
    pub fn conflict(code: &str) -> Self {
        Self::new(RefusalKind::Conflict, code)
    }

    /// The caller may not.
    pub fn forbidden(code: &str) -> Self {
        Self::new(RefusalKind::Forbidden, code)
    }

    /// Nothing there for this caller.
    pub fn missing(code: &str) -> Self {
        Self::new(RefusalKind::Missing, code)
    }

    /// A condition is not met.
    pub fn unmet(code: &str) -> Self {
        Self::new(RefusalKind::Unmet, code)
    }

    /// Names the field.
    #[must_use]
    pub fn at(mut self, field: &str) -> Self {
        self.field = Some(field.to_owned());
        self
    }

    /// Adds a value for the sentence.
    #[must_use]
    pub fn with(mut self, name: &str, value: impl ToString) -> Self {
        self.params.push((name.to_owned(), value.to_string()));
        self
    }
}

/// Reads fields of a draft and collects every refusal instead of stopping at the first.
#[derive(Debug, Default)]
pub struct Parse {
    refusals: Vec<Refusal>,
}

impl Parse {
    /// Nothing refused yet.
    pub fn new() -> Self {
        Self::default()
    }

    /// Adds a refusal.
    pub fn refuse(&mut self, refusal: Refusal) {
        self.refusals.push(refusal);
    }

    /// What another reader made of a field, or its refusals among the others.
    pub fn take<T>(&mut self, read: Result<T, Vec<Refusal>>) -> Option<T> {
        read.map_err(|refused| refused.into_iter().for_each(|one| self.refuse(one))).ok()
    }

    /// Text that must be there, trimmed, at most `max` characters.
    pub fn required(&mut self, field: &str, text: &str, max: usize) -> String {
        if text.trim().is_empty() {
            self.refuse(Refusal::invalid("required").at(field));
        }
        self.optional(field, text, max)
    }

    /// Text that may be empty, trimmed, at most `max` characters, without control characters but line breaks.
    pub fn optional(&mut self, field: &str, text: &str, max: usize) -> String {
        let text = text.trim();
        if text.chars().count() > max {
            self.refuse(Refusal::invalid("too-long").at(field).with("max", max));
        }
        if text.chars().any(|c| c.is_control() && c != '\n' && c != '\r' && c != '\t') {
            self.refuse(Refusal::invalid("control-characters").at(field));
        }
        text.to_owned()
    }

    /// A whole number within bounds; `None` (and a refusal) otherwise.
    pub fn number(&mut self, field: &str, text: &str, range: std::ops::RangeInclusive<i64>) -> Option<i64> {
        match text.trim().parse::<i64>() {
            Ok(value) if range.contains(&value) => Some(value),
            Ok(_) => {
                self.refuse(
                    Refusal::invalid("out-of-range").at(field).with("min", range.start()).with("max", range.end()),
                );
                None
            }
            Err(_) => {
                self.refuse(Refusal::invalid("not-a-number").at(field));
                None
            }
        }
    }

    /// A date as `YYYY-MM-DD`.
    pub fn date(&mut self, field: &str, text: &str) -> Option<chrono::NaiveDate> {
        let date = text.trim().parse::<chrono::NaiveDate>().ok();
        if date.is_none() {
            self.refuse(Refusal::invalid("not-a-date").at(field));
        }
        date
    }

    /// One of a closed list, by its code.
    pub fn choice<T>(&mut self, field: &str, text: &str, parse: impl FnOnce(&str) -> Option<T>) -> Option<T> {
        let value = parse(text.trim());
        if value.is_none() {
            self.refuse(Refusal::invalid("unknown-choice").at(field).with("value", text.trim()));
        }
        value
    }

    /// An e-mail address: one `@`, something on both sides, a dot in the domain, no spaces.
    /// Anything finer is decided by whether mail arrives.
    pub fn email(&mut self, field: &str, text: &str) -> String {
        let text = self.required(field, text, 254);
        let well_formed = text.split_once('@').is_some_and(|(local, domain)| {
            !local.is_empty()
                && domain.contains('.')
                && !domain.starts_with('.')
                && !domain.ends_with('.')
                && !domain.contains('@')
                && !text.chars().any(|c| c.is_whitespace() || "<>(),;\"".contains(c))
        });
        if !text.is_empty() && !well_formed {
            self.refuse(Refusal::invalid("not-an-email").at(field));
        }
        text
    }

    /// The value when nothing was refused.
    ///
    /// # Errors
    /// Everything that was refused, in the order of the fields.
    pub fn finish<T>(self, value: impl FnOnce() -> T) -> Result<T, Vec<Refusal>> {
        if self.refusals.is_empty() { Ok(value()) } else { Err(self.refusals) }
    }

    /// Whether anything was refused so far.
    pub fn refused(&self) -> bool {
        !self.refusals.is_empty()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_field_is_answered() {
        let mut parse = Parse::new();
        parse.required("name", " ", 10);
        parse.number("days", "x", 0..=5);
        parse.email("email", "a@b");
        let refusals = parse.finish(|| ()).unwrap_err();
        let codes: Vec<_> = refusals.iter().map(|r| (r.field.as_deref().unwrap(), r.code.as_str())).collect();
        assert_eq!(codes, [("name", "required"), ("days", "not-a-number"), ("email", "not-an-email")]);
    }

    #[test]
    fn good_addresses_pass() {
        for address in ["a@b.cn", "zhang.san+fair@mail.example.com"] {
            let mut parse = Parse::new();
            parse.email("email", address);
            assert!(!parse.refused(), "{address}");
        }
    }
}
