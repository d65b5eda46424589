//! Indicators read out of a "done when" sentence: numbers where the sentence plainly states a
//! target, yes/no for everything else. Better a yes/no that a person answers than a number the
//! sentence did not mean ("variance over 5 % explained" is no target of 5 %).

use super::indicator::{Comparison, IndicatorKind, Target};

/// One criterion of a sentence.
#[derive(Debug, Clone, PartialEq)]
pub struct Criterion {
    /// The words of the sentence.
    pub text: String,
    /// Yes/no or number.
    pub kind: IndicatorKind,
    /// Target of a number.
    pub target: Option<Target>,
    /// Unit of a number.
    pub unit: String,
}

/// Splits a "done when" sentence into its criteria.
pub fn criteria(done_when: &str) -> Vec<Criterion> {
    done_when.split(';').map(str::trim).filter(|part| !part.is_empty()).map(criterion).collect()
}

fn criterion(text: &str) -> Criterion {
    let words: Vec<&str> = text.split_whitespace().collect();
    let plain = target_of(text, &words);
    let (kind, target, unit) = match plain {
        Some((target, unit)) => (IndicatorKind::Number, Some(target), unit),
        None => (IndicatorKind::YesNo, None, String::new()),
    };
    Criterion { text: text.to_owned(), kind, target, unit }
}

fn target_of(text: &str, words: &[&str]) -> Option<(Target, String)> {
    if text.matches('%').count() > 1 || text.contains('(') && text.contains('%') && !text.starts_with(char::is_numeric)
    {
        return None;
    }
    leading(words).or_else(|| compared(words)).or_else(|| trailing(words))
}

/// "100 % of stands paid", "40 %+ of net m²", "3+ bids per lot".
fn leading(words: &[&str]) -> Option<(Target, String)> {
    let first = words.first()?;
    if let Some(number) = first.strip_suffix('+').and_then(number) {
        let what = words.get(1)?.trim_end_matches(',');
        return Some((Target::new(Comparison::AtLeast, number), what.to_owned()));
    }
    let number = number(first)?;
    let percent = words.get(1)?.trim_end_matches('+') == "%";
    // "10 % sample within 2 cm" names how much is looked at, not the target.
    let sample = words.get(2).is_some_and(|word| *word == "sample");
    (percent && !sample).then(|| (Target::new(Comparison::AtLeast, number), "%".to_owned()))
}

/// "queue under 10 min", "load at or below 85 % of slots", "within 15 % of actual".
fn compared(words: &[&str]) -> Option<(Target, String)> {
    const ENDS: &[&str] = &["of", "at", "on", "per"];
    for at in 0..words.len() {
        let or = at >= 2 && words[at - 1] == "or" && words[at - 2].eq_ignore_ascii_case("at");
        let comparison = match (words[at].to_lowercase().as_str(), or) {
            ("above" | "over", true) => Comparison::AtLeast,
            ("below" | "under", true) | ("within", _) => Comparison::AtMost,
            ("above" | "over", false) => Comparison::MoreThan,
            ("below" | "under", false) => Comparison::LessThan,
            ("to" | "for", _) if words.get(at + 2).is_some_and(|word| word.trim_end_matches('+') == "%") => {
                Comparison::AtLeast
            }
            _ => continue,
        };
        let (Some(number), Some(unit)) = (words.get(at + 1).and_then(|word| number(word)), words.get(at + 2)) else {
            continue;
        };
        let plain = words.get(at + 3).is_none_or(|next| ENDS.contains(next));
        let short = comparison != Comparison::AtMost || or || *unit == "%";
        if plain && short {
            return Some((Target::new(comparison, number), unit.trim_end_matches(',').to_owned()));
        }
    }
    None
}

/// "clashes 0", "role quiz 80 %", "response 30 %+".
fn trailing(words: &[&str]) -> Option<(Target, String)> {
    let (last, before) = (*words.last()?, words.len().checked_sub(2).map(|at| words[at])?);
    if last == "0" {
        return Some((Target::new(Comparison::AtMost, 0.0), String::new()));
    }
    let counted = last.trim_end_matches('+') == "%" && before != "at";
    let by_preposition = words.len() >= 3 && matches!(words[words.len() - 3], "at" | "hold");
    match number(before) {
        Some(number) if counted && !by_preposition => Some((Target::new(Comparison::AtLeast, number), "%".to_owned())),
        _ => None,
    }
}

fn number(word: &str) -> Option<f64> {
    let plain = word.chars().all(|c| c.is_ascii_digit() || c == '.') && word.starts_with(|c: char| c.is_ascii_digit());
    if plain { word.parse().ok() } else { None }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn told(text: &str) -> String {
        let found = criteria(text);
        let parts: Vec<String> = found
            .iter()
            .map(|one| match one.target {
                Some(target) => format!("{} {} {}", target.comparison.code(), target.value, one.unit),
                None => "yes".to_owned(),
            })
            .collect();
        parts.join(" | ")
    }

    #[test]
    fn numbers_where_plainly_said() {
        for (text, expected) in [
            ("100 % of stands paid, or written waiver; unpaid stands locked", "at_least 100 % | yes"),
            ("40 %+ of net m² re-signed", "at_least 40 %"),
            ("3+ bids per lot scored; contract on file", "at_least 3 bids | yes"),
            ("Duplicate rate below 1 % on a 500-record sample", "less_than 1 %"),
            ("Average yard wait under 45 min; every truck has in/out scan", "less_than 45 min | yes"),
            ("dock load at or below 85 % of slots per hour; aisle-block conflicts 0", "at_most 85 % | at_most 0 "),
            ("Delivery rate over 98 %; bounces re-contacted", "more_than 98 % | yes"),
            ("Forecast of day-1 entries within 15 % of actual (measured after)", "yes"),
            ("95th percentile queue under 10 min; gate decision under 0.5 s", "less_than 10 min | less_than 0.5 s"),
            ("Role quiz 80 %", "at_least 80 %"),
            ("Response 30 %+", "at_least 30 %"),
            ("Sent to 100 % of delegates; corrections window 7 days", "at_least 100 % | yes"),
            ("Goods pass matched for 100 % of carried-out exhibits", "at_least 100 %"),
        ] {
            assert_eq!(told(text), expected, "{text}");
        }
    }

    #[test]
    fn yes_or_no_where_a_number_means_something_else() {
        for text in [
            "Variance over 5 % explained per line",
            "All exhibits over 1 t or 3 m listed with lifting point and floor load",
            "10 % sample within 2 cm of plan",
            "Each hall below set capacity; hold at 90 %",
            "Weekly registrations at or above plan curve (85–115 %)",
            "80 % of buyers and 70 % of suppliers gave preferences",
            "margin at or above target",
        ] {
            assert!(!told(text).contains("at_") && !told(text).contains("than"), "{text}: {}", told(text));
        }
    }
}
