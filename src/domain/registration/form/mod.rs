//! Registration forms as data: sections of questions, asked by category and by what was answered before.
//!
//! [`check`] says what keeps a form from being published, [`edit`] changes it, [`draft`] reads what an editor types,
//! [`read`] decides which questions a person is asked and accepts the answers.

mod check;
mod draft;
mod edit;
mod read;
#[cfg(test)]
#[path = "form_tests.rs"]
mod tests;

pub use check::check;
pub use draft::{QuestionDraft, SectionDraft};
pub use edit::Step;
pub use read::Asking;

use super::Category;
use crate::{Bilingual, Locale};
use serde::{Deserialize, Serialize};

codes! {
    /// What kind of answer a question wants.
    Kind {
        /// A field of the person that every registration has; the question's code says which.
        Standard "standard",
        /// A line of text.
        Text "text",
        /// Several lines.
        LongText "long_text",
        /// A whole number.
        Number "number",
        /// A day.
        Date "date",
        /// An e-mail address.
        Email "email",
        /// A telephone number.
        Phone "phone",
        /// An address of a site.
        Url "url",
        /// A box to tick.
        YesNo "yes_no",
        /// One of a few, all in sight.
        One "one",
        /// One of many, in a list.
        List "list",
        /// Any of a few.
        Many "many",
        /// A step of a scale from 1 on.
        Scale "scale",
        /// A country or region.
        Country "country",
        /// Nothing: a remark between questions.
        Note "note",
    }
}

impl Kind {
    /// Whether the answer is taken from the question's own choices.
    #[must_use]
    pub const fn has_choices(self) -> bool {
        matches!(self, Self::One | Self::List | Self::Many)
    }

    /// Whether a condition may look at the answer: it is one of a closed list.
    #[must_use]
    pub const fn is_closed(self) -> bool {
        matches!(self, Self::One | Self::List | Self::Many | Self::YesNo | Self::Scale | Self::Country)
    }

    /// Whether the question has bounds: lengths, least and greatest numbers, how many may be chosen.
    #[must_use]
    pub const fn has_bounds(self) -> bool {
        matches!(self, Self::Text | Self::LongText | Self::Number | Self::Many | Self::Scale)
    }
}

/// The fields every registration has, by the code of their question, in the order they are first asked.
pub const STANDARD: &[&str] =
    &["family_name", "given_name", "email", "phone", "company", "job_title", "country", "other_name"];

/// Standard questions no form can do without: nobody can be found, called or written to without them.
pub const NEEDED: &[&str] = &["family_name", "given_name", "email"];

/// The answer of a ticked box.
pub const YES: &str = "yes";

/// Most sections, questions in a form, and choices of a question.
pub const MOST: (usize, usize, usize) = (20, 60, 200);

/// A choice of a question.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Choice {
    /// What is stored.
    pub code: String,
    /// What is shown.
    pub label: Bilingual,
}

/// When something is asked: another question was answered with one of these.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Condition {
    /// The code of an earlier question with a closed list of answers.
    pub question: String,
    /// Its answers that count.
    pub is: Vec<String>,
    /// The other way round: asked unless it was answered so.
    pub not: bool,
}

/// A question.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Question {
    /// What the answer is stored under; for standard questions the field.
    pub code: String,
    /// What kind of answer it wants.
    pub kind: Kind,
    /// What is asked. A standard question without one uses the product's words.
    #[serde(default)]
    pub label: Bilingual,
    /// A quiet line below.
    #[serde(default)]
    pub help: Bilingual,
    /// Whether visitors must answer. Staff and programs need not.
    #[serde(default)]
    pub required: bool,
    /// Only asked of these; of everybody when empty.
    #[serde(default)]
    pub only_for: Vec<Category>,
    /// Only asked then.
    #[serde(default)]
    pub when: Option<Condition>,
    /// What can be chosen.
    #[serde(default)]
    pub choices: Vec<Choice>,
    /// Least: length, number, how many of [`Kind::Many`].
    #[serde(default)]
    pub min: Option<i64>,
    /// Greatest: length, number, steps of a scale, how many.
    #[serde(default)]
    pub max: Option<i64>,
}

/// A group of questions under a heading.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Section {
    /// What editors and addresses call it.
    pub code: String,
    /// The heading.
    pub title: Bilingual,
    /// A sentence below it.
    pub intro: Bilingual,
    /// Only shown to these; to everybody when empty.
    pub only_for: Vec<Category>,
    /// Only shown then.
    pub when: Option<Condition>,
    /// The questions in their order.
    pub questions: Vec<Question>,
}

/// A registration form.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Form {
    /// Its sections in their order.
    pub sections: Vec<Section>,
}

impl Question {
    /// A standard question as the product asks it.
    #[must_use]
    pub fn standard(code: &str, required: bool) -> Self {
        Self { required, ..Self::new(code, Kind::Standard) }
    }

    /// A question with nothing said about it yet.
    #[must_use]
    pub fn new(code: &str, kind: Kind) -> Self {
        Self {
            code: code.to_owned(),
            kind,
            label: Bilingual::default(),
            help: Bilingual::default(),
            required: false,
            only_for: Vec::new(),
            when: None,
            choices: Vec::new(),
            min: None,
            max: None,
        }
    }

    /// Whether it is one of the fields every registration has.
    #[must_use]
    pub fn is_standard(&self) -> bool {
        self.kind == Kind::Standard
    }

    /// Where its answer travels in forms and refusals: the field itself, or `answers.<code>`.
    #[must_use]
    pub fn field(&self) -> String {
        if self.is_standard() { self.code.clone() } else { format!("answers.{}", self.code) }
    }

    /// The codes an answer of a closed list consists of.
    #[must_use]
    pub fn chosen<'a>(&self, answer: &'a str) -> Vec<&'a str> {
        if self.kind == Kind::Many {
            answer.split(',').filter(|code| !code.is_empty()).collect()
        } else {
            Some(answer).filter(|a| !a.is_empty()).into_iter().collect()
        }
    }

    /// An answer in words, as far as the question has them: one entry for each thing chosen. Codes of a choice that
    /// is no more stand for themselves.
    #[must_use]
    pub fn words(&self, answer: &str, locale: Locale) -> Vec<String> {
        let word = |code: &str| {
            let choice = self.choices.iter().find(|choice| choice.code == code);
            choice.map_or_else(|| code.to_owned(), |choice| choice.label.get(locale).to_owned())
        };
        self.chosen(answer).into_iter().map(word).collect()
    }

    /// The answers a condition can wait for, as codes; empty when they are not listed (countries).
    #[must_use]
    pub fn possible(&self) -> Vec<String> {
        match self.kind {
            Kind::YesNo => vec![YES.to_owned()],
            Kind::Scale => (1..=self.max.unwrap_or(5)).map(|step| step.to_string()).collect(),
            _ => self.choices.iter().map(|choice| choice.code.clone()).collect(),
        }
    }
}

impl Form {
    /// The form an edition has before anybody makes one.
    #[must_use]
    pub fn standard() -> Self {
        let required = |code: &str| matches!(code, "family_name" | "email" | "company" | "country");
        let questions = STANDARD.iter().map(|code| Question::standard(code, required(code))).collect();
        Self { sections: vec![Section { code: "person".to_owned(), questions, ..Section::default() }] }
    }

    /// Every question in its order.
    pub fn questions(&self) -> impl Iterator<Item = &Question> {
        self.sections.iter().flat_map(|section| &section.questions)
    }

    /// Questions whose answers are kept beside the standard fields.
    pub fn own_questions(&self) -> impl Iterator<Item = &Question> {
        self.questions().filter(|q| !q.is_standard() && q.kind != Kind::Note)
    }

    /// The question of this code.
    #[must_use]
    pub fn question(&self, code: &str) -> Option<&Question> {
        self.questions().find(|question| question.code == code)
    }

    /// The section of this code.
    #[must_use]
    pub fn section(&self, code: &str) -> Option<&Section> {
        self.sections.iter().find(|section| section.code == code)
    }

    /// Whether the form asks for this standard field at all.
    #[must_use]
    pub fn asks(&self, standard: &str) -> bool {
        self.questions().any(|q| q.is_standard() && q.code == standard)
    }
}
