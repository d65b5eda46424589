//! Choices of countries: those people come from most, then all in the order of the language.

use super::Choice;
use crate::Lang;
use domain::{party::country, text::sort_key};

/// Every country and region; `first` are offered before the rest.
pub fn countries(lang: Lang, first: &[&str]) -> Vec<Choice> {
    let mut rest: Vec<(String, Choice)> = country::ALL
        .iter()
        .filter(|code| !first.contains(code))
        .map(|code| {
            let name = lang.term("country", code);
            (sort_key(&name), Choice::new(*code, name))
        })
        .collect();
    rest.sort_by(|(a, _), (b, _)| a.cmp(b));
    let top = first.iter().map(|code| Choice::new(*code, lang.term("country", code)));
    top.chain(rest.into_iter().map(|(_, choice)| choice)).collect()
}
