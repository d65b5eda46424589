//! Every key that code speaks exists, in both languages, with the same arguments; and every key is spoken.

use std::{
    collections::{BTreeMap, BTreeSet},
    fs,
    path::{Path, PathBuf},
};

use fluent_bundle::FluentResource;

/// Key → the arguments its message uses.
type Messages = BTreeMap<String, BTreeSet<String>>;

fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).parent().expect("templates lies in the workspace").to_owned()
}

fn files(folder: &Path, extension: &str, found: &mut Vec<PathBuf>) {
    for entry in fs::read_dir(folder).into_iter().flatten().flatten() {
        let path = entry.path();
        if path.is_dir() {
            if !path.ends_with("node_modules") && !path.ends_with("target") {
                files(&path, extension, found);
            }
        } else if path.extension().is_some_and(|have| have == extension) {
            found.push(path);
        }
    }
}

/// The messages of a language, and what is wrong with their files.
fn messages(language: &str) -> (Messages, Vec<String>) {
    let (mut messages, mut faults, mut paths) = (Messages::new(), Vec::new(), Vec::new());
    files(&root().join("templates/locales").join(language), "ftl", &mut paths);
    for path in paths {
        let text = fs::read_to_string(&path).unwrap();
        if let Err((_, errors)) = FluentResource::try_new(text.clone()) {
            faults.push(format!("{}: {errors:?}", path.display()));
        }
        let mut here = String::new();
        for line in text.lines().filter(|line| !line.starts_with('#')) {
            if let Some((key, _)) = line.split_once(" =").filter(|_| line.starts_with(|c: char| c.is_ascii_lowercase()))
            {
                here = key.trim().to_owned();
                if messages.insert(here.clone(), BTreeSet::new()).is_some() {
                    faults.push(format!("{}: {here} is there twice", path.display()));
                }
            }
            for part in line.split('$').skip(1) {
                let name: String =
                    part.chars().take_while(|c| c.is_ascii_alphanumeric() || *c == '_' || *c == '-').collect();
                messages.entry(here.clone()).or_default().insert(name);
            }
        }
    }
    (messages, faults)
}

/// What the Rust sources say.
#[derive(Default)]
struct Spoken {
    /// Keys asked for by name, with the place.
    keys: BTreeMap<String, String>,
    /// Families asked for by `term`.
    families: BTreeMap<String, String>,
    /// Keys with the arguments they are given.
    with: Vec<(String, BTreeSet<String>, String)>,
    /// Every string there is: a key that is handed around counts as spoken.
    strings: BTreeSet<String>,
}

/// Calls whose first string is a key.
const FIRST: [&str; 9] =
    [".t(", "lang.with(", "lang().with(", ".hint(", ".flash(", "Flash::good(", "Flash::bad(", "EN.with(", "ZH.with("];
/// Form fields: their second string is a key.
const SECOND: [&str; 15] = [
    ".text(",
    ".email(",
    ".phone(",
    ".url(",
    ".password(",
    ".number(",
    ".date(",
    ".time(",
    ".datetime(",
    ".file(",
    ".textarea(",
    ".select(",
    ".radios(",
    ".checks(",
    ".checkbox(",
];

fn spoken() -> Spoken {
    let mut paths = Vec::new();
    files(&root().join("src"), "rs", &mut paths);
    files(&root().join("templates"), "rs", &mut paths);
    let mut spoken = Spoken::default();
    let tests =
        |path: &Path| path.starts_with(root().join("templates/tests")) || path.to_string_lossy().ends_with("_tests.rs");
    for path in paths.iter().filter(|path| !tests(path)) {
        let text = fs::read_to_string(path).unwrap();
        // What unit tests say to themselves needs no words.
        let text = text.split("#[cfg(test)]\nmod tests {").next().unwrap_or_default().to_owned();
        let place = path.strip_prefix(root()).unwrap().display().to_string();
        let code: String = text
            .lines()
            .filter(|line| !line.trim_start().starts_with("//"))
            .map(|line| line.trim().to_owned() + " ")
            .collect();
        let code = code.replace("( ", "(").replace(", \"", ",\"").replace("&[ (", "&[(");
        read(&code, &place, &mut spoken);
    }
    spoken
}

fn read(code: &str, place: &str, spoken: &mut Spoken) {
    for call in FIRST {
        for (rest, key) in after(code, call) {
            if looks_like_key(&key) {
                spoken.keys.insert(key.clone(), place.to_owned());
                if call.ends_with("with(") {
                    spoken.with.push((key, names(rest), place.to_owned()));
                }
            }
        }
    }
    for call in SECOND {
        for (rest, _) in after(code, call) {
            if let Some(key) = rest.strip_prefix("\",").and_then(string).filter(|key| looks_like_key(key)) {
                spoken.keys.insert(key, place.to_owned());
            }
        }
    }
    for call in [".term(", "term_opt(", "options(lang,"] {
        for (_, family) in after(code, call) {
            spoken.families.insert(family, place.to_owned());
        }
    }
    if code.contains("lang.fact(") {
        spoken.families.insert("fact".to_owned(), place.to_owned());
    }
    for (call, family) in [
        ("invalid(", "refusal"),
        ("conflict(", "refusal"),
        ("forbidden(", "refusal"),
        ("missing(", "refusal"),
        ("unmet(", "refusal"),
        ("Fact::new(", "fact"),
    ] {
        for (_, code) in after(code, call) {
            if code.chars().all(|c| c.is_ascii_lowercase() || c.is_ascii_digit() || "-._".contains(c))
                && !code.is_empty()
            {
                spoken.strings.insert(format!("{family}-{}", code.replace(['.', '_'], "-")));
                if call == "Fact::new(" || code.contains('-') {
                    spoken.keys.insert(format!("{family}-{}", code.replace(['.', '_'], "-")), place.to_owned());
                }
            }
        }
    }
    spoken.strings.extend(code.split('"').skip(1).filter(|text| looks_like_key(text)).map(str::to_owned));
}

/// The first string literal right behind each occurrence of a call, with the text from its closing quote on.
fn after<'a>(code: &'a str, call: &'a str) -> impl Iterator<Item = (&'a str, String)> {
    code.match_indices(call).filter_map(move |(at, _)| {
        let rest = &code[at + call.len()..];
        let key = string(rest)?;
        Some((&rest[1 + key.len()..], key))
    })
}

fn string(text: &str) -> Option<String> {
    let inside = text.strip_prefix('"')?;
    Some(inside[..inside.find('"')?].to_owned())
}

fn looks_like_key(text: &str) -> bool {
    text.contains('-')
        && text.starts_with(|c: char| c.is_ascii_lowercase())
        && text.chars().all(|c| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '-')
}

/// The argument names of a call: `&[("count", …), ("name", …)]`.
fn names(rest: &str) -> BTreeSet<String> {
    // Arguments that are made elsewhere show no names here.
    if !rest.starts_with("\", &[") {
        return BTreeSet::new();
    }
    let end = rest.find("])").unwrap_or(rest.len().min(400));
    rest[..end].match_indices("(\"").filter_map(|(at, _)| string(&rest[at + 1..])).collect()
}

fn fail_with(what: &str, list: &[String]) {
    assert!(list.is_empty(), "{what}:\n  {}", list.join("\n  "));
}

#[test]
fn both_languages_have_the_same_messages() {
    let (english, mut faults) = messages("en");
    let (chinese, more) = messages("zh-CN");
    faults.extend(more);
    faults.extend(
        english.keys().filter(|key| !chinese.contains_key(*key)).map(|key| format!("{key} is missing in zh-CN")),
    );
    faults
        .extend(chinese.keys().filter(|key| !english.contains_key(*key)).map(|key| format!("{key} is missing in en")));
    for (key, args) in &english {
        if let Some(other) = chinese.get(key).filter(|other| *other != args) {
            faults.push(format!("{key} uses {args:?} in en and {other:?} in zh-CN"));
        }
    }
    fail_with("the languages differ", &faults);
}

#[test]
fn every_key_in_the_code_exists() {
    let (english, _) = messages("en");
    let spoken = spoken();
    let mut faults: Vec<String> = spoken
        .keys
        .iter()
        .filter(|(key, _)| !english.contains_key(*key))
        .map(|(key, place)| format!("{key} ({place})"))
        .collect();
    for (family, place) in &spoken.families {
        if !english.keys().any(|key| key.starts_with(&format!("{family}-"))) {
            faults.push(format!("{family}-… ({place})"));
        }
    }
    fail_with("keys without words", &faults);
}

#[test]
fn every_message_is_spoken() {
    let (english, _) = messages("en");
    let spoken = spoken();
    let families: Vec<String> = spoken.families.keys().map(|family| format!("{family}-")).collect();
    let silent = english.keys().filter(|key| {
        !spoken.keys.contains_key(*key)
            && !spoken.strings.contains(*key)
            && !key.strip_prefix("refusal-").is_some_and(|code| spoken.strings.contains(code))
            && !families.iter().any(|family| key.starts_with(family.as_str()))
    });
    let silent: Vec<String> = silent.cloned().collect();
    fail_with("words nobody says", &silent);
}

#[test]
fn every_argument_is_given() {
    let (english, _) = messages("en");
    let mut faults = Vec::new();
    for (key, given, place) in spoken().with {
        let wanted = english.get(&key).cloned().unwrap_or_default();
        if !given.is_empty() && !wanted.is_subset(&given) {
            faults.push(format!("{key} wants {wanted:?}, is given {given:?} ({place})"));
        }
    }
    fail_with("messages without their arguments", &faults);
}
