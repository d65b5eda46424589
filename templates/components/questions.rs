//! The questions of a registration form: sections and fields, the same for visitors, for staff and in the preview.
//! What is asked only of some carries the condition for the script (`lib/asking.ts`); without it everything stands
//! there, with a line that says for whom it is.

use domain::{
    Refusal,
    registration::{
        Category, Draft,
        form::{Condition, Form as Asked, Kind, Question, YES},
    },
};
use maud::{Markup, Render, html};

use super::{Choice, Field, Form, countries};
use crate::{FormState, Lang};

/// A registration as typed, with its answers where the questions look for them.
pub fn answered(draft: &Draft, asked: &Asked, refusals: &[Refusal]) -> FormState {
    let mut values = match serde_json::to_value(draft) {
        Ok(serde_json::Value::Object(map)) => map,
        _ => serde_json::Map::new(),
    };
    values.remove("answers");
    for (code, answer) in &draft.answers {
        let many = asked.question(code).is_some_and(|question| question.kind == Kind::Many);
        let value = if many { answer.split(',').collect::<Vec<_>>().into() } else { answer.as_str().into() };
        values.insert(format!("answers.{code}"), value);
    }
    FormState::new(&values, refusals)
}

/// The questions of a form in one language.
#[derive(Clone, Copy)]
pub struct Questions<'a> {
    pub lang: Lang,
    pub asked: &'a Asked,
    /// ISO code of the country offered first.
    pub home: &'a str,
    /// Staff need not answer what visitors must.
    pub staff: bool,
}

/// What a visitor may leave out, a program cannot know: fields that are not asked again when a registration is changed.
const PROVED: &str = "email";

impl Questions<'_> {
    /// Every section with its questions. With `keep_address` the address is left out: it is proved, not typed.
    pub fn render(&self, form: Form<'_>, keep_address: bool) -> Markup {
        html! {
            @for section in &self.asked.sections {
                @let questions = self.questions(form, &section.questions, keep_address);
                @let conditional = !section.only_for.is_empty() || section.when.is_some();
                @let title = section.title.get(self.lang.locale());
                @if title.is_empty() && !conditional { (questions) }
                @else {
                    fieldset.asked data-asked-for=[for_whom(&section.only_for)] data-asked-if=[self.looks_at(section.when.as_ref())]
                        data-asked-is=[answers(section.when.as_ref())] data-asked-not[is_not(section.when.as_ref())] {
                        @if !title.is_empty() { legend { (title) } }
                        @if conditional { (self.note(&section.only_for, section.when.as_ref())) }
                        @let intro = section.intro.get(self.lang.locale());
                        @if !intro.is_empty() { p.muted.wide { (intro) } }
                        (questions)
                    }
                }
            }
        }
    }

    fn questions(&self, form: Form<'_>, questions: &[Question], keep_address: bool) -> Markup {
        let mut order: Vec<&Question> = questions.iter().filter(|q| !(keep_address && q.code == PROVED)).collect();
        // The order of the name's parts follows the reader's language.
        let names = order.windows(2).position(|pair| pair[0].code == "family_name" && pair[1].code == "given_name");
        if let Some(at) = names.filter(|_| self.lang == Lang::EN) {
            order.swap(at, at + 1);
        }
        html! { @for question in order { (self.question(form, question)) } }
    }

    fn question(&self, form: Form<'_>, question: &Question) -> Markup {
        let conditional = !question.only_for.is_empty() || question.when.is_some();
        if !conditional {
            return self.control(form, question, false);
        }
        html! {
            div.asked data-asked-for=[for_whom(&question.only_for)] data-asked-if=[self.looks_at(question.when.as_ref())]
                data-asked-is=[answers(question.when.as_ref())] data-asked-not[is_not(question.when.as_ref())] {
                (self.control(form, question, true))
                (self.note(&question.only_for, question.when.as_ref()))
            }
        }
    }

    /// Without script a reader must know why something is asked.
    fn note(&self, only: &[Category], when: Option<&Condition>) -> Markup {
        let lang = self.lang;
        let mut parts: Vec<String> = Vec::new();
        if !only.is_empty() {
            let names: Vec<String> = only.iter().map(|category| lang.term("category", category.code())).collect();
            parts.push(lang.with("asked-only-for", &[("categories", lang.list(&names).into())]));
        }
        if let Some(when) = when {
            parts.push(condition_words(lang, self.asked, when));
        }
        html! { p.asked-note.hint { (parts.join(" ")) } }
    }

    fn control(&self, form: Form<'_>, question: &Question, conditional: bool) -> Markup {
        let locale = self.lang.locale();
        if question.kind == Kind::Note {
            return html! { p.wide { (question.label.get(locale)) } };
        }
        let mut field =
            if question.is_standard() { self.standard(form, &question.code) } else { self.own(form, question) };
        if !question.label.get(locale).is_empty() {
            field = field.labelled(question.label.get(locale));
        }
        if !question.help.get(locale).is_empty() {
            field = field.hint_text(question.help.get(locale));
        }
        let must = question.required && !self.staff;
        // One name is enough: either part will do, and the rule says so when both are missing.
        let needed = must || (self.staff && question.code == "family_name");
        if needed && !conditional {
            field = field.required();
        } else if needed {
            field = field.required_when_shown();
        }
        field.render()
    }

    fn standard(&self, form: Form<'_>, code: &str) -> Field {
        match code {
            "family_name" => form.text(code, "register-family-name").autocomplete("family-name").max_length(80),
            "given_name" => form.text(code, "register-given-name").autocomplete("given-name").max_length(80),
            "other_name" => form.text(code, "register-other-name").hint("register-other-name-hint").max_length(160),
            "email" => form.email(code, "register-email").hint("register-email-hint").max_length(254),
            "phone" => form.phone(code, "register-phone").max_length(40),
            "company" => form.text(code, "register-company").autocomplete("organization").max_length(160),
            "job_title" => form.text(code, "register-job-title").autocomplete("organization-title").max_length(120),
            _ => form.select(code, "register-country", self.nations()).autocomplete("country"),
        }
    }

    fn nations(&self) -> Vec<Choice> {
        countries(self.lang, &[if self.home.is_empty() { "CN" } else { self.home }])
    }

    fn own(&self, form: Form<'_>, question: &Question) -> Field {
        let (name, lang) = (question.field(), self.lang);
        let most = |default: i64| u32::try_from(question.max.unwrap_or(default)).unwrap_or(u32::MAX);
        match question.kind {
            Kind::LongText => form.textarea(&name, "").max_length(most(1000)),
            Kind::Number => {
                let field = form.number(&name, "").step("1");
                let field = if let Some(min) = question.min { field.min(min) } else { field };
                if let Some(max) = question.max { field.max(max) } else { field }
            }
            Kind::Date => form.date(&name, ""),
            Kind::Email => form.email(&name, "").max_length(254),
            Kind::Phone => form.phone(&name, "").max_length(40),
            Kind::Url => form.url(&name, "").placeholder("https://").max_length(200),
            Kind::YesNo => form.checkbox(&name, "", YES),
            Kind::One => form.radios(&name, "", choices(lang, question)),
            Kind::List => form.select(&name, "", choices(lang, question)),
            Kind::Many => form.checks(&name, "", choices(lang, question)),
            Kind::Scale => form.radios(&name, "", steps(question)).steps(),
            Kind::Country => form.select(&name, "", self.nations()),
            Kind::Text | Kind::Standard | Kind::Note => form.text(&name, "").max_length(most(200)),
        }
    }

    /// The name of the control a condition looks at.
    fn looks_at(&self, when: Option<&Condition>) -> Option<String> {
        let when = when?;
        Some(self.asked.question(&when.question).map_or_else(|| format!("answers.{}", when.question), Question::field))
    }
}

/// A condition in words: `Only if “Size” is: 100 or more.`
pub fn condition_words(lang: Lang, asked: &Asked, when: &Condition) -> String {
    let question = asked.question(&when.question);
    let name = question.map_or_else(|| when.question.clone(), |question| question_name(lang, question));
    let word = |code: &String| match question {
        Some(q) if q.kind == Kind::YesNo => lang.t("component-yes"),
        Some(q) if q.kind == Kind::Country || q.code == "country" => lang.term("country", code),
        Some(q) => q.words(code, lang.locale()).join(", "),
        None => code.clone(),
    };
    let is: Vec<String> = when.is.iter().map(word).collect();
    let key = if when.not { "asked-unless" } else { "asked-if" };
    lang.with(key, &[("question", name.into()), ("answers", lang.list(&is).into())])
}

/// What a question is called: its label, or the product's word for a standard field.
pub fn question_name(lang: Lang, question: &Question) -> String {
    let label = question.label.get(lang.locale());
    if !label.is_empty() || !question.is_standard() {
        return label.to_owned();
    }
    lang.t(match question.code.as_str() {
        "family_name" => "register-family-name",
        "given_name" => "register-given-name",
        "other_name" => "register-other-name",
        "email" => "register-email",
        "phone" => "register-phone",
        "company" => "register-company",
        "job_title" => "register-job-title",
        _ => "register-country",
    })
}

/// An answer in words.
pub fn answer_words(lang: Lang, question: &Question, answer: &str) -> String {
    match question.kind {
        Kind::YesNo if !answer.is_empty() => lang.t("component-yes"),
        Kind::Country if !answer.is_empty() => lang.term("country", answer),
        Kind::Date => answer.parse().map_or_else(|_| answer.to_owned(), |day| lang.date(day)),
        _ => lang.list(&question.words(answer, lang.locale())),
    }
}

fn choices(lang: Lang, question: &Question) -> Vec<Choice> {
    question.choices.iter().map(|choice| Choice::new(&*choice.code, choice.label.get(lang.locale()))).collect()
}

fn steps(question: &Question) -> Vec<Choice> {
    question.possible().into_iter().map(|step| Choice::new(step.clone(), step)).collect()
}

fn for_whom(only: &[Category]) -> Option<String> {
    (!only.is_empty()).then(|| only.iter().map(|category| category.code()).collect::<Vec<_>>().join(","))
}

fn answers(when: Option<&Condition>) -> Option<String> {
    when.map(|when| when.is.join(","))
}

fn is_not(when: Option<&Condition>) -> bool {
    when.is_some_and(|when| when.not)
}
