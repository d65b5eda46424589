//! Sections and questions as an editor types them.

use super::{Choice, Condition, Kind, MOST, Question, STANDARD, Section, check};
use crate::{Bilingual, Refusal, refusal::Parse, registration::Category};
use serde::{Deserialize, Serialize};

/// A question as it was typed. Choices stand one a line: `code | English | 中文`.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct QuestionDraft {
    pub code: String,
    pub kind: String,
    pub label_en: String,
    pub label_zh: String,
    pub help_en: String,
    pub help_zh: String,
    pub required: String,
    pub only_for: Vec<String>,
    pub choices: String,
    pub min: String,
    pub max: String,
    /// The code of the question the condition looks at.
    pub when: String,
    /// Its answers that count, separated by commas.
    pub when_is: String,
    pub when_not: String,
    /// The version of the form the editor saw.
    pub version: String,
}

/// A section as it was typed.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct SectionDraft {
    pub code: String,
    pub title_en: String,
    pub title_zh: String,
    pub intro_en: String,
    pub intro_zh: String,
    pub only_for: Vec<String>,
    pub when: String,
    pub when_is: String,
    pub when_not: String,
    pub version: String,
}

fn ticked(text: &str) -> bool {
    !matches!(text.trim(), "" | "false" | "0" | "off")
}

fn both(p: &mut Parse, (name_en, en): (&str, &str), (name_zh, zh): (&str, &str), max: usize) -> Bilingual {
    let text = Bilingual::new(p.optional(name_en, en, max), p.optional(name_zh, zh, max));
    if text.en.is_empty() != text.zh.is_empty() {
        let missing = if text.en.is_empty() { name_en } else { name_zh };
        p.refuse(Refusal::invalid("form-one-language").at(missing));
    }
    text
}

fn categories(p: &mut Parse, codes: &[String]) -> Vec<Category> {
    codes
        .iter()
        .filter(|code| !code.trim().is_empty())
        .filter_map(|code| p.choice("only_for", code, Category::parse))
        .collect()
}

fn condition(question: &str, is: &str, not: &str) -> Option<Condition> {
    let is = is.split([',', '，', '\n']).map(str::trim).filter(|code| !code.is_empty()).map(str::to_owned).collect();
    let question = question.trim();
    (!question.is_empty()).then(|| Condition { question: question.to_owned(), is, not: ticked(not) })
}

fn code(p: &mut Parse, text: &str) -> String {
    let text = text.trim();
    if !check::is_code(text) {
        p.refuse(Refusal::invalid("form-code").at("code").with("code", text));
    }
    text.to_owned()
}

fn bound(p: &mut Parse, field: &str, text: &str) -> Option<i64> {
    if text.trim().is_empty() { None } else { p.number(field, text, -1_000_000_000..=1_000_000_000) }
}

impl QuestionDraft {
    /// The form of a question that exists.
    #[must_use]
    pub fn of(question: &Question) -> Self {
        let tick = |yes: bool| if yes { "on".to_owned() } else { String::new() };
        let line = |c: &Choice| format!("{} | {} | {}", c.code, c.label.en, c.label.zh);
        let (when, when_is, when_not) = condition_text(question.when.as_ref());
        Self {
            code: question.code.clone(),
            kind: question.kind.code().to_owned(),
            label_en: question.label.en.clone(),
            label_zh: question.label.zh.clone(),
            help_en: question.help.en.clone(),
            help_zh: question.help.zh.clone(),
            required: tick(question.required),
            only_for: question.only_for.iter().map(|c| c.code().to_owned()).collect(),
            choices: question.choices.iter().map(line).collect::<Vec<_>>().join("\n"),
            min: question.min.map(|min| min.to_string()).unwrap_or_default(),
            max: question.max.map(|max| max.to_string()).unwrap_or_default(),
            when,
            when_is,
            when_not,
            version: String::new(),
        }
    }

    /// Reads a question.
    ///
    /// # Errors
    /// One refusal for each field that cannot be accepted.
    pub fn parse(&self) -> Result<Question, Vec<Refusal>> {
        let mut p = Parse::new();
        let code = code(&mut p, &self.code);
        let kind = p.choice("kind", &self.kind, Kind::parse).unwrap_or(Kind::Text);
        let label = both(&mut p, ("label_en", &self.label_en), ("label_zh", &self.label_zh), 300);
        let standard = STANDARD.contains(&code.as_str());
        if kind != Kind::Standard && label.en.is_empty() && label.zh.is_empty() {
            p.refuse(Refusal::invalid("required").at("label_en"));
        }
        if (kind == Kind::Standard) != standard {
            p.refuse(Refusal::invalid("form-code").at("code").with("code", &code));
        }
        let help = both(&mut p, ("help_en", &self.help_en), ("help_zh", &self.help_zh), 500);
        let only_for = categories(&mut p, &self.only_for);
        let choices = if kind.has_choices() { choices(&mut p, &self.choices) } else { Vec::new() };
        let (min, max) = (bound(&mut p, "min", &self.min), bound(&mut p, "max", &self.max));
        if min.zip(max).is_some_and(|(min, max)| min > max) {
            p.refuse(Refusal::invalid("form-bounds").at("max"));
        }
        p.finish(|| Question {
            code,
            kind,
            label,
            help,
            required: ticked(&self.required) && kind != Kind::Note,
            only_for,
            when: condition(&self.when, &self.when_is, &self.when_not),
            choices,
            min: min.filter(|_| kind.has_bounds()),
            max: max.filter(|_| kind.has_bounds()),
        })
    }
}

fn condition_text(when: Option<&Condition>) -> (String, String, String) {
    when.map_or_else(Default::default, |when| {
        let not = if when.not { "on".to_owned() } else { String::new() };
        (when.question.clone(), when.is.join(", "), not)
    })
}

/// Choices, one a line. A line with one part is its own code and label in both languages.
fn choices(p: &mut Parse, text: &str) -> Vec<Choice> {
    let lines: Vec<&str> = text.lines().map(str::trim).filter(|line| !line.is_empty()).collect();
    if !(2..=MOST.2).contains(&lines.len()) {
        p.refuse(Refusal::invalid("form-choices").at("choices").with("max", MOST.2));
    }
    let choice = |line: &&str| {
        let mut parts = line.split(['|', '｜']).map(str::trim);
        let first = parts.next().unwrap_or_default();
        let en = parts.next().filter(|t| !t.is_empty()).unwrap_or(first);
        let zh = parts.next().filter(|t| !t.is_empty()).unwrap_or(en);
        Choice { code: first.to_owned(), label: Bilingual::new(en, zh) }
    };
    let choices: Vec<Choice> = lines.iter().map(choice).collect();
    let mut seen = std::collections::BTreeSet::new();
    for one in &choices {
        let sound = check::is_choice_code(&one.code) && seen.insert(one.code.as_str());
        let short = one.label.en.chars().count() <= 200 && one.label.zh.chars().count() <= 200;
        if !sound || !short {
            p.refuse(Refusal::invalid("form-choice-line").at("choices").with("value", &one.code));
        }
    }
    choices
}

impl SectionDraft {
    /// The form of a section that exists.
    #[must_use]
    pub fn of(section: &Section) -> Self {
        let (when, when_is, when_not) = condition_text(section.when.as_ref());
        Self {
            code: section.code.clone(),
            title_en: section.title.en.clone(),
            title_zh: section.title.zh.clone(),
            intro_en: section.intro.en.clone(),
            intro_zh: section.intro.zh.clone(),
            only_for: section.only_for.iter().map(|c| c.code().to_owned()).collect(),
            when,
            when_is,
            when_not,
            version: String::new(),
        }
    }

    /// Reads a section; its questions are not part of the draft.
    ///
    /// # Errors
    /// One refusal for each field that cannot be accepted.
    pub fn parse(&self) -> Result<Section, Vec<Refusal>> {
        let mut p = Parse::new();
        let code = code(&mut p, &self.code);
        let title = both(&mut p, ("title_en", &self.title_en), ("title_zh", &self.title_zh), 120);
        let intro = both(&mut p, ("intro_en", &self.intro_en), ("intro_zh", &self.intro_zh), 600);
        let only_for = categories(&mut p, &self.only_for);
        let when = condition(&self.when, &self.when_is, &self.when_not);
        p.finish(|| Section { code, title, intro, only_for, when, questions: Vec::new() })
    }
}
