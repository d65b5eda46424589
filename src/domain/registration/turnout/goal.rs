//! The goal of an edition, and the history of one that was run elsewhere, as people type them.

use super::Day;
use crate::{EditionId, Refusal, refusal::Parse};
use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

/// How many registrations are wanted, and which edition's curve they are to follow.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Goal {
    pub target: i32,
    pub reference: Option<EditionId>,
    pub version: i32,
}

/// A goal as typed.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
#[serde(default)]
pub struct GoalDraft {
    pub target: String,
    /// Id of an edition; the usual curve when empty.
    pub reference: String,
    pub version: String,
}

impl GoalDraft {
    /// Reads the goal; the edition to follow must be one of `known`.
    ///
    /// # Errors
    /// One refusal for each field that cannot be accepted.
    pub fn parse(&self, known: &[EditionId]) -> Result<Goal, Vec<Refusal>> {
        let mut p = Parse::new();
        let target = p.number("target", &self.target, 1..=10_000_000);
        let wanted = !self.reference.trim().is_empty();
        let one_of = |text: &str| text.parse::<EditionId>().ok().filter(|id| known.contains(id));
        let reference = wanted.then(|| p.choice("reference", &self.reference, one_of)).flatten();
        let version =
            p.number("version", if self.version.is_empty() { "0" } else { &self.version }, 0..=i64::from(i32::MAX));
        let small = |n: Option<i64>| i32::try_from(n.unwrap_or_default()).unwrap_or(i32::MAX);
        p.finish(|| Goal { target: small(target), reference, version: small(version) })
    }

    /// The form filled with what holds.
    #[must_use]
    pub fn of(goal: Option<&Goal>) -> Self {
        let Some(goal) = goal else { return Self { version: "0".to_owned(), ..Self::default() } };
        Self {
            target: goal.target.to_string(),
            reference: goal.reference.map(|id| id.to_string()).unwrap_or_default(),
            version: goal.version.to_string(),
        }
    }
}

/// The history of an edition as pasted: a line a day with the day, how many registered, how many of them came.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
#[serde(default)]
pub struct HistoryDraft {
    pub days: String,
}

impl HistoryDraft {
    /// Reads the lines; a first line of headings is passed over. Days that stand twice are added up.
    ///
    /// # Errors
    /// `history-line` with the line for each that cannot be read; `required` for none.
    pub fn parse(&self) -> Result<Vec<Day>, Vec<Refusal>> {
        let mut p = Parse::new();
        let mut days: std::collections::BTreeMap<NaiveDate, (i64, i64)> = std::collections::BTreeMap::new();
        for (at, line) in self.days.lines().enumerate().filter(|(_, line)| !line.trim().is_empty()).take(2_000) {
            match day(line) {
                Some(one) => {
                    let sums = days.entry(one.day).or_default();
                    sums.0 += one.registered;
                    sums.1 += one.came;
                }
                None if at == 0 && !line.trim_start().starts_with(|c: char| c.is_ascii_digit()) => {}
                None => p.refuse(Refusal::invalid("history-line").at("days").with("line", at + 1)),
            }
        }
        if days.is_empty() && !p.refused() {
            p.refuse(Refusal::invalid("required").at("days"));
        }
        p.finish(|| days.into_iter().map(|(day, (registered, came))| Day { day, registered, came }).collect())
    }
}

fn day(line: &str) -> Option<Day> {
    let mut parts = line.split([',', ';', '\t', '，']).map(str::trim);
    let day = parts.next()?.replace('/', "-").parse().ok()?;
    let number =
        |text: Option<&str>| text.and_then(|text| text.parse::<i64>().ok()).filter(|n| (0..=1_000_000).contains(n));
    let registered = number(parts.next())?;
    let came = match parts.next() {
        None | Some("") => 0,
        text => number(text)?,
    };
    (came <= registered).then_some(Day { day, registered, came })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_history_is_read_line_by_line() {
        let draft = |days: &str| HistoryDraft { days: days.into() };
        let days = draft("day,registered,came\n2026-03-01,10,4\n2026/03/02\t5\n2026-03-01;2;1").parse().unwrap();
        assert_eq!(days.len(), 2);
        assert_eq!((days[0].registered, days[0].came, days[1].came), (12, 5, 0));
        let bad = draft("2026-03-01,10,4\n2026-03-02,x\n2026-03-03,1,2").parse().unwrap_err();
        assert_eq!(bad.iter().map(|r| r.params[0].1.as_str()).collect::<Vec<_>>(), ["2", "3"]);
        assert_eq!(draft("").parse().unwrap_err()[0].code, "required");
    }
}
