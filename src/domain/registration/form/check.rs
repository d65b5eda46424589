//! What keeps a form from being published: every fault at once, each naming the question or section it is about.

use super::{Condition, Form, Kind, MOST, NEEDED, Question, STANDARD, Section};
use crate::{Bilingual, Refusal};
use std::collections::BTreeSet;

/// Whether a text can be the code of a question, choice or section: a letter, then letters, digits and `_`.
pub(super) fn is_code(text: &str) -> bool {
    text.len() <= 40
        && text.starts_with(|c: char| c.is_ascii_lowercase())
        && text.bytes().all(|b| b.is_ascii_lowercase() || b.is_ascii_digit() || b == b'_')
}

/// Whether a text can be the code of a choice; digits may come first (years, sizes).
pub(super) fn is_choice_code(text: &str) -> bool {
    !text.is_empty() && text.len() <= 40 && text.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'_' || b == b'-')
}

/// Everything that is wrong with a form; nothing when it can be published. A refusal's field is `<section>` or
/// `<section>/<question>`.
#[must_use]
pub fn check(form: &Form) -> Vec<Refusal> {
    let mut found = Vec::new();
    let (sections, questions, _) = MOST;
    if form.sections.len() > sections || form.questions().count() > questions {
        found.push(Refusal::invalid("form-too-long").with("sections", sections).with("questions", questions));
    }
    for code in NEEDED.iter().filter(|code| !form.asks(code)) {
        found.push(Refusal::unmet("form-needs-question").with("question", code));
    }
    let mut sections = BTreeSet::new();
    let mut before: Vec<&Question> = Vec::new();
    for section in &form.sections {
        if !is_code(&section.code) || !sections.insert(section.code.as_str()) {
            found.push(Refusal::invalid("form-code").at(&section.code).with("code", &section.code));
        }
        section_faults(section, &before, &mut found);
        for question in &section.questions {
            let at = format!("{}/{}", section.code, question.code);
            let twice = before.iter().any(|earlier| earlier.code == question.code);
            if !is_code(&question.code) || twice {
                found.push(Refusal::invalid("form-code").at(&at).with("code", &question.code));
            }
            found.extend(faults(question, &before).into_iter().map(|refusal| refusal.at(&at)));
            before.push(question);
        }
    }
    found
}

fn section_faults(section: &Section, before: &[&Question], found: &mut Vec<Refusal>) {
    if half_said(&section.title) || half_said(&section.intro) {
        found.push(Refusal::invalid("form-one-language").at(&section.code));
    }
    let wrong = section.when.as_ref().and_then(|when| condition(when, before));
    found.extend(wrong.map(|refusal| refusal.at(&section.code)));
}

/// Said in one language only: half of the readers would not understand it.
fn half_said(text: &Bilingual) -> bool {
    text.en.trim().is_empty() != text.zh.trim().is_empty()
}

fn faults(question: &Question, before: &[&Question]) -> Vec<Refusal> {
    let mut found = Vec::new();
    if question.is_standard() {
        if !STANDARD.contains(&question.code.as_str()) {
            found.push(Refusal::invalid("form-code").with("code", &question.code));
        }
        if NEEDED.contains(&question.code.as_str()) && (!question.only_for.is_empty() || question.when.is_some()) {
            found.push(Refusal::invalid("form-asked-always").with("question", &question.code));
        }
    } else if question.label.en.trim().is_empty() && question.label.zh.trim().is_empty() {
        found.push(Refusal::invalid("form-no-label"));
    } else if STANDARD.contains(&question.code.as_str()) {
        found.push(Refusal::invalid("form-code").with("code", &question.code));
    }
    let texts = [&question.label, &question.help];
    if texts.into_iter().chain(question.choices.iter().map(|choice| &choice.label)).any(half_said) {
        found.push(Refusal::invalid("form-one-language"));
    }
    if let Some(when) = &question.when {
        found.extend(condition(when, before));
    }
    found.extend(choices(question));
    if question.min.zip(question.max).is_some_and(|(min, max)| min > max)
        || (question.kind == Kind::Scale && question.max.is_some_and(|max| !(2..=10).contains(&max)))
    {
        found.push(Refusal::invalid("form-bounds"));
    }
    found
}

fn choices(question: &Question) -> Option<Refusal> {
    if !question.kind.has_choices() {
        return None;
    }
    let codes: BTreeSet<&str> = question.choices.iter().map(|choice| choice.code.as_str()).collect();
    let sound = codes.iter().all(|code| is_choice_code(code)) && codes.len() == question.choices.len();
    let named = question.choices.iter().all(|choice| !choice.label.en.is_empty() || !choice.label.zh.is_empty());
    let fine = sound && named && (2..=MOST.2).contains(&codes.len());
    (!fine).then(|| Refusal::invalid("form-choices").with("max", MOST.2))
}

/// A condition looks back, at a closed list, and waits for answers that can be given.
fn condition(when: &Condition, before: &[&Question]) -> Option<Refusal> {
    let asked = before.iter().find(|question| question.code == when.question);
    let Some(asked) = asked else {
        return Some(Refusal::invalid("form-condition-later").with("question", &when.question));
    };
    let possible = asked.possible();
    let country = asked.kind == Kind::Country || (asked.is_standard() && asked.code == "country");
    let closed = asked.kind.is_closed() || country;
    let known = |code: &String| {
        if country { crate::party::country::parse(code).is_some() } else { possible.contains(code) }
    };
    let sound = closed && !when.is.is_empty() && when.is.iter().all(known);
    (!sound).then(|| Refusal::invalid("form-condition").with("question", &when.question))
}
