//! The forms in which sections and questions are made and changed.

use domain::registration::{
    Category,
    form::{Form as Asked, Kind, STANDARD},
};
use maud::{Markup, html};

use crate::{
    FormState, Lang, Shell,
    components::{Button, Choice, Form, Icon, options, question_name},
    links,
};

/// One question, or one to be made.
pub struct QuestionPage<'a> {
    /// The form it stands in.
    pub asked: &'a Asked,
    /// The section it stands in.
    pub section: &'a str,
    /// Its code as stored; nothing for a new one.
    pub code: Option<&'a str>,
    pub form: &'a FormState,
}

/// One section, or one to be made.
pub struct SectionPage<'a> {
    pub asked: &'a Asked,
    pub code: Option<&'a str>,
    pub form: &'a FormState,
}

impl QuestionPage<'_> {
    pub fn render(&self, shell: &Shell) -> Markup {
        let (lang, slug) = (shell.lang, shell.slug());
        let form = self.form.fields(lang);
        let action = match self.code {
            Some(code) => links::form::question(slug, code),
            None => links::form::new_question(slug, self.section),
        };
        let title = self.code.and_then(|code| self.asked.question(code)).map(|q| question_name(lang, q));
        let standard = self.form.value("kind") == Kind::Standard.code();
        let kinds: Vec<&str> = Kind::ALL.iter().map(|k| k.code()).filter(|k| standard || *k != "standard").collect();
        let body = html! {
            form.form method="post" action=(action) {
                (form.summary())
                (form.hidden("version"))
                @if standard {
                    (form.hidden("kind")) (form.hidden("code"))
                    p.muted { (lang.t("form-standard-hint")) }
                } @else {
                    (form.select("kind", "form-kind", options(lang, "form-kind", kinds)).required())
                    (form.text("code", "form-code").hint("form-code-hint").required().max_length(40))
                }
                @let (en, zh) = (form.text("label_en", "form-label-en"), form.text("label_zh", "form-label-zh"));
                @if standard {
                    (en.max_length(300)) (zh.max_length(300))
                } @else { (en.required().max_length(300)) (zh.required().max_length(300)) }
                (form.text("help_en", "form-help-en").max_length(500))
                (form.text("help_zh", "form-help-zh").max_length(500))
                (form.checkbox("required", "form-required-box", "on"))
                @if !standard {
                    (form.textarea("choices", "form-choices").hint("form-choices-hint").rows(7))
                    (form.number("min", "form-min").hint("form-min-hint").step("1"))
                    (form.number("max", "form-max").hint("form-max-hint").step("1"))
                }
                (audience(lang, form, self.asked, self.code))
                div.form-actions {
                    (Button::submit(lang.t("component-save")).icon(Icon::Check))
                    (Button::link(lang.t("component-cancel"), links::form::home(slug)))
                }
            }
            @if self.code.is_none() { (self.missing_standard(lang, slug)) }
        };
        shell
            .page(title.unwrap_or_else(|| lang.t("form-new-question")))
            .crumb(lang.t("registration-title"), links::registration::home(slug))
            .crumb(lang.t("form-title"), links::form::home(slug))
            .body(&body)
    }

    /// Fields of the person that the form leaves out, each added by one press.
    fn missing_standard(&self, lang: Lang, slug: &str) -> Markup {
        let missing: Vec<&&str> = STANDARD.iter().filter(|code| !self.asked.asks(code)).collect();
        html! {
            @if !missing.is_empty() {
                section.part {
                    h2 { (lang.t("form-missing-standard")) }
                    div.actions {
                        @for code in missing {
                            @let question = domain::registration::form::Question::standard(code, false);
                            (Button::post(question_name(lang, &question), links::form::new_question(slug, self.section))
                                .value("kind", Kind::Standard.code()).value("code", code)
                                .value("version", self.form.value("version")).icon(Icon::Plus).small())
                        }
                    }
                }
            }
        }
    }
}

impl SectionPage<'_> {
    pub fn render(&self, shell: &Shell) -> Markup {
        let (lang, slug) = (shell.lang, shell.slug());
        let form = self.form.fields(lang);
        let action = match self.code {
            Some(code) => links::form::section(slug, code),
            None => links::form::new_section(slug),
        };
        let title = self.code.and_then(|code| self.asked.section(code)).map(|s| s.title.get(lang.locale()).to_owned());
        let body = html! {
            form.form method="post" action=(action) {
                (form.summary())
                (form.hidden("version"))
                (form.text("title_en", "form-title-en").max_length(120))
                (form.text("title_zh", "form-title-zh").max_length(120))
                (form.text("code", "form-code").hint("form-section-code-hint").required().max_length(40))
                (form.textarea("intro_en", "form-intro-en").rows(2).max_length(600))
                (form.textarea("intro_zh", "form-intro-zh").rows(2).max_length(600))
                (audience(lang, form, self.asked, None))
                div.form-actions {
                    (Button::submit(lang.t("component-save")).icon(Icon::Check))
                    (Button::link(lang.t("component-cancel"), links::form::home(slug)))
                }
            }
            @if let Some(code) = self.code {
                section.part {
                    h2 { (lang.t("form-remove-section")) }
                    p.muted { (lang.t("form-remove-section-hint")) }
                    (Button::post(lang.t("form-remove-section"), links::form::section_act(slug, code, "remove")).danger()
                        .value("seen", self.form.value("version")).icon(Icon::Trash)
                        .confirm(lang.t("form-remove-section-question")))
                }
            }
        };
        let title = title.filter(|title| !title.is_empty());
        shell
            .page(
                title.unwrap_or_else(|| lang.t(if self.code.is_some() { "form-section" } else { "form-add-section" })),
            )
            .crumb(lang.t("registration-title"), links::registration::home(slug))
            .crumb(lang.t("form-title"), links::form::home(slug))
            .body(&body)
    }
}

/// Who is asked: categories, and the answer of an earlier question.
fn audience(lang: Lang, form: Form<'_>, asked: &Asked, own: Option<&str>) -> Markup {
    let earlier = asked
        .questions()
        .take_while(|question| Some(question.code.as_str()) != own)
        .filter(|question| question.kind.is_closed() || question.code == "country");
    let mut choices = vec![Choice::new("", lang.t("form-always"))];
    let mut possible = Vec::new();
    for question in earlier {
        let name = question_name(lang, question);
        choices.push(Choice::new(question.code.clone(), name.clone()));
        let codes = question.possible();
        if !codes.is_empty() {
            let words: Vec<String> = codes
                .iter()
                .map(|code| {
                    let word = question.words(code, lang.locale()).join("");
                    if word == *code { word } else { format!("{code} ({word})") }
                })
                .collect();
            possible.push((name, lang.list(&words)));
        }
    }
    html! {
        fieldset {
            legend { (lang.t("form-asked-of")) }
            (form.checks("only_for", "form-only-for", options(lang, "category", Category::ALL.iter().map(|c| c.code()))))
            (form.select("when", "form-when", choices))
            (form.text("when_is", "form-when-is").hint("form-when-is-hint").max_length(400))
            (form.checkbox("when_not", "form-when-not", "on"))
            @if !possible.is_empty() {
                details.wide {
                    summary { (lang.t("form-possible")) }
                    dl.definitions { @for (name, words) in &possible { dt { (name) } dd { (words) } } }
                }
            }
        }
    }
}
