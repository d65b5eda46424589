//! Which questions a person is asked, and what becomes of the answers: what is not asked is not kept.

use super::{Condition, Form, Kind, Question, Section, YES};
use crate::{
    Refusal,
    party::{country, edit},
    refusal::Parse,
    registration::{Answers, Category, Entry},
};
use std::collections::BTreeSet;

/// What is asked where and of whom.
#[derive(Clone, Debug)]
pub struct Asking<'a> {
    /// The form.
    pub form: &'a Form,
    /// The categories that a visitor may choose.
    pub open: Vec<Category>,
}

/// Longest text, characters, where the question says nothing else.
const LONGEST: (usize, usize) = (200, 1000);

impl Condition {
    fn holds(&self, answer: &str, question: &Question) -> bool {
        let given = question.chosen(answer).into_iter().any(|code| self.is.iter().any(|is| is == code));
        given != self.not
    }
}

fn for_category(only: &[Category], category: Category) -> bool {
    only.is_empty() || only.contains(&category)
}

impl Form {
    /// The questions a person of this category with these answers is asked, section by section. `standard` gives the
    /// value of a standard field. A condition on a question that was not itself asked counts as not answered.
    pub fn asked<'a>(
        &'a self,
        category: Category,
        standard: impl Fn(&str) -> String,
        answers: &Answers,
    ) -> Vec<(&'a Section, Vec<&'a Question>)> {
        let mut asked: BTreeSet<&str> = BTreeSet::new();
        let mut out = Vec::new();
        for section in &self.sections {
            let holds = |when: &Option<Condition>, asked: &BTreeSet<&str>| {
                let Some(when) = when else { return true };
                let Some(question) = self.question(&when.question) else { return false };
                let answer = match asked.contains(question.code.as_str()) {
                    false => String::new(),
                    true if question.is_standard() => standard(&question.code),
                    true => answers.get(&question.code).cloned().unwrap_or_default(),
                };
                when.holds(answer.trim(), question)
            };
            if !for_category(&section.only_for, category) || !holds(&section.when, &asked) {
                continue;
            }
            let mut questions = Vec::new();
            for question in &section.questions {
                if for_category(&question.only_for, category) && holds(&question.when, &asked) {
                    asked.insert(&question.code);
                    questions.push(question);
                }
            }
            out.push((section, questions));
        }
        out
    }

    /// Accepts the answers to the form's own questions. A visitor's answers to what was not asked are dropped;
    /// staff and programs may leave out what visitors must say, and programs may send codes no form knows.
    pub fn accept(
        &self,
        p: &mut Parse,
        category: Category,
        standard: impl Fn(&str) -> String,
        answers: &Answers,
        entry: Entry,
    ) -> Answers {
        let mut out = Answers::new();
        for (_, questions) in self.asked(category, standard, answers) {
            for question in questions.into_iter().filter(|q| !q.is_standard() && q.kind != Kind::Note) {
                let text = answers.get(&question.code).map(String::as_str).unwrap_or_default().trim();
                if text.is_empty() {
                    if question.required && entry == Entry::Public {
                        p.refuse(Refusal::invalid("required").at(&question.field()));
                    }
                    continue;
                }
                let answer = answer(p, question, text);
                if !answer.is_empty() {
                    out.insert(question.code.clone(), answer);
                }
            }
        }
        if entry == Entry::Api {
            let foreign: Answers = answers
                .iter()
                .filter(|(code, _)| self.question(code).is_none())
                .map(|(code, answer)| (code.clone(), answer.clone()))
                .collect();
            out.extend(foreign_answers(p, &foreign));
        }
        out
    }
}

/// Answers to questions no form knows: a program's own notes, kept as they are.
fn foreign_answers(p: &mut Parse, answers: &Answers) -> Answers {
    if answers.len() > 60 {
        p.refuse(Refusal::invalid("out-of-range").at("answers").with("min", 0).with("max", 60));
    }
    let mut out = Answers::new();
    for (question, answer) in answers.iter().take(60) {
        let known = !question.is_empty() && question.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'_');
        if !known || question.len() > 60 {
            p.refuse(Refusal::invalid("unknown-choice").at("answers").with("value", question));
        }
        out.insert(question.clone(), p.optional("answers", answer, LONGEST.1));
    }
    out
}

/// One answer in the form it is stored in; empty (and a refusal) when it cannot be accepted.
fn answer(p: &mut Parse, question: &Question, text: &str) -> String {
    let field = question.field();
    let refuse = |p: &mut Parse, code: &str| {
        p.refuse(Refusal::invalid(code).at(&field).with("value", text));
        String::new()
    };
    match question.kind {
        Kind::Text => words(p, question, text, LONGEST.0),
        Kind::LongText => words(p, question, text, LONGEST.1),
        Kind::Number => {
            let range = question.min.unwrap_or(i64::MIN)..=question.max.unwrap_or(i64::MAX);
            p.number(&field, text, range).map(|number| number.to_string()).unwrap_or_default()
        }
        Kind::Scale => {
            let range = 1..=question.max.unwrap_or(5);
            p.number(&field, text, range).map(|number| number.to_string()).unwrap_or_default()
        }
        Kind::Date => p.date(&field, text).map(|day| day.to_string()).unwrap_or_default(),
        Kind::Email => p.email(&field, text),
        Kind::Phone => edit::phone(p, &field, text),
        Kind::Url => {
            let sound = ["http://", "https://"].iter().any(|scheme| {
                text.strip_prefix(scheme).is_some_and(|rest| rest.len() > 2 && !rest.contains(char::is_whitespace))
            });
            if sound { p.optional(&field, text, LONGEST.0) } else { refuse(p, "not-a-link") }
        }
        Kind::YesNo => match text {
            "false" | "0" | "off" | "no" => String::new(),
            _ => YES.to_owned(),
        },
        Kind::Country => p.choice(&field, text, |t| country::parse(t).map(str::to_owned)).unwrap_or_default(),
        Kind::One | Kind::List => {
            let known = question.choices.iter().any(|choice| choice.code == text);
            if known { text.to_owned() } else { refuse(p, "unknown-choice") }
        }
        Kind::Many => many(p, question, text),
        Kind::Standard | Kind::Note => String::new(),
    }
}

fn words(p: &mut Parse, question: &Question, text: &str, longest: usize) -> String {
    let field = question.field();
    let max = question.max.and_then(|max| usize::try_from(max).ok()).unwrap_or(longest).min(longest);
    let least = question.min.and_then(|min| usize::try_from(min).ok()).unwrap_or(0);
    if text.chars().count() < least {
        p.refuse(Refusal::invalid("too-short").at(&field).with("min", least));
    }
    p.optional(&field, text, max)
}

/// Any of the choices, in the order of the form, each once.
fn many(p: &mut Parse, question: &Question, text: &str) -> String {
    let field = question.field();
    let chosen: BTreeSet<&str> = question.chosen(text).into_iter().collect();
    let known: Vec<&str> =
        question.choices.iter().map(|choice| choice.code.as_str()).filter(|code| chosen.contains(code)).collect();
    if known.len() < chosen.len() {
        p.refuse(Refusal::invalid("unknown-choice").at(&field).with("value", text));
    }
    let count = i64::try_from(known.len()).unwrap_or(i64::MAX);
    let (min, max) = (question.min.unwrap_or(0), question.max.unwrap_or(i64::MAX));
    if count < min || count > max {
        let most = if max == i64::MAX { i64::try_from(question.choices.len()).unwrap_or(max) } else { max };
        p.refuse(Refusal::invalid("choose-between").at(&field).with("min", min).with("max", most));
    }
    known.join(",")
}
