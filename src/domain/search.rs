//! The token stream that both databases index and the query that reads it.
//!
//! Full-text engines cut Chinese badly or not at all (see the house's notes: two-character words are not found by
//! FTS5 or trigrams), so one function makes the tokens for index and query alike: a run of ideographs becomes its
//! single characters and overlapping pairs, Latin words are folded, and pinyin (whole and initials) is added.

use crate::text::{fold, is_ideograph};
use pinyin::ToPinyin;
use unicode_normalization::{UnicodeNormalization, char::is_combining_mark};

/// Tokens longer than this are cut; nobody types more to find something.
const LONGEST_TOKEN: usize = 40;

/// The tokens of one record, blank-separated, ready for an FTS5 or `simple` tsvector column.
/// Tokens hold only letters and digits, so no engine needs escaping.
pub fn index_tokens<'a>(texts: impl IntoIterator<Item = &'a str>) -> String {
    let mut tokens: Vec<String> = Vec::new();
    for text in texts {
        for run in runs(&plain(text)) {
            match run {
                Run::Word(word) => tokens.push(word),
                Run::Ideographs(chars) => {
                    tokens.extend(chars.iter().map(char::to_string));
                    tokens.extend(chars.windows(2).map(|pair| pair.iter().collect()));
                    let sounds: Vec<&str> = chars.iter().filter_map(|c| c.to_pinyin()).map(|p| p.plain()).collect();
                    tokens.extend(sounds.iter().map(|s| (*s).to_owned()));
                    tokens.push(sounds.concat());
                    tokens.push(sounds.iter().filter_map(|s| s.chars().next()).collect());
                }
            }
        }
    }
    for token in &mut tokens {
        if let Some((end, _)) = token.char_indices().nth(LONGEST_TOKEN) {
            token.truncate(end);
        }
    }
    tokens.retain(|t| !t.is_empty());
    tokens.sort_unstable();
    tokens.dedup();
    tokens.join(" ")
}

/// The endings of a number that people know it by: whoever says "ends in 4711" finds it, and so does the middle of it.
/// Four digits at least; the whole number is not among them.
pub fn endings(digits: &str) -> Vec<&str> {
    let starts = digits.char_indices().map(|(at, _)| at).skip(1);
    starts.map(|at| &digits[at..]).filter(|rest| rest.len() >= 4).collect()
}

/// One condition of a query; all must hold.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Term {
    /// The token is there.
    Exact(String),
    /// A token begins with this.
    Prefix(String),
}

/// The conditions of what a person typed. Empty input has none, and finds nothing.
pub fn query_terms(text: &str) -> Vec<Term> {
    let mut terms = Vec::new();
    for run in runs(&plain(text)) {
        match run {
            Run::Word(mut word) => {
                if let Some((end, _)) = word.char_indices().nth(LONGEST_TOKEN) {
                    word.truncate(end);
                }
                terms.push(Term::Prefix(word));
            }
            Run::Ideographs(chars) if chars.len() == 1 => terms.push(Term::Exact(chars[0].to_string())),
            Run::Ideographs(chars) => {
                terms.extend(chars.windows(2).map(|pair| Term::Exact(pair.iter().collect())));
            }
        }
    }
    terms.truncate(12);
    terms
}

/// Folded and without accents: who types `Muller` means Müller. Letters that do not decompose are spelled out.
fn plain(text: &str) -> String {
    let bare = fold(text).nfd().filter(|c| !is_combining_mark(*c)).nfc().collect::<String>();
    if bare.is_ascii() {
        return bare;
    }
    let mut plain = String::with_capacity(bare.len());
    for c in bare.chars() {
        match c {
            'ß' => plain.push_str("ss"),
            'æ' => plain.push_str("ae"),
            'œ' => plain.push_str("oe"),
            'ø' => plain.push('o'),
            'ł' => plain.push('l'),
            'đ' => plain.push('d'),
            'ı' => plain.push('i'),
            other => plain.push(other),
        }
    }
    plain
}

enum Run {
    Word(String),
    Ideographs(Vec<char>),
}

fn runs(folded: &str) -> Vec<Run> {
    let mut runs = Vec::new();
    for c in folded.chars() {
        if is_ideograph(c) {
            match runs.last_mut() {
                Some(Some(Run::Ideographs(chars))) => chars.push(c),
                _ => runs.push(Some(Run::Ideographs(vec![c]))),
            }
        } else if c.is_alphanumeric() {
            match runs.last_mut() {
                Some(Some(Run::Word(word))) => word.push(c),
                _ => runs.push(Some(Run::Word(c.to_string()))),
            }
        } else {
            runs.push(None);
        }
    }
    runs.into_iter().flatten().collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn finds(query: &str, text: &str) -> bool {
        let tokens = index_tokens([text]);
        let tokens: Vec<&str> = tokens.split(' ').collect();
        let terms = query_terms(query);
        !terms.is_empty()
            && terms.iter().all(|term| match term {
                Term::Exact(t) => tokens.contains(&t.as_str()),
                Term::Prefix(p) => tokens.iter().any(|t| t.starts_with(p)),
            })
    }

    #[test]
    fn chinese_is_found_at_every_length() {
        let name = "上海机床展有限公司 Shanghai Tools";
        for query in ["展", "上海", "机床展", "上海机床展", "shang", "shjc", "Tools 上海", "shanghai"] {
            assert!(finds(query, name), "{query}");
        }
        for query in ["北京", "床机", "", "  ", "hanghai"] {
            assert!(!finds(query, name), "{query}");
        }
    }

    #[test]
    fn full_width_and_case_do_not_matter() {
        assert!(finds("ａｂｃ", "Abc-Werke GmbH"));
    }

    #[test]
    fn numbers_are_found_by_their_end_and_middle() {
        assert_eq!(endings("138004711"), ["38004711", "8004711", "004711", "04711", "4711"]);
        assert!(endings("4711").is_empty() && endings("").is_empty());
    }

    #[test]
    fn accents_do_not_matter() {
        for (query, name) in [
            ("Muller", "Müller"),
            ("müller", "Muller"),
            ("hauptstrass", "Hauptstraße"),
            ("nguyen duc", "Nguyễn Đức"),
            ("김", "김철수"),
        ] {
            assert!(finds(query, name), "{query}");
        }
    }
}
