//! The form as visitors will see it, in either language and for any category, and what would happen if it were sent:
//! a test run registers nobody.

use domain::registration::{Category, Form as Asked, Intake, Standing, form::Kind};
use maud::{Markup, Render, html};

use crate::{
    FormState, Lang, Shell, Tone,
    components::{
        Button, Choice, Icon, Questions, Tab, answer_words, callout, card, definitions, options, question_name, tabs,
    },
    links,
};

/// What a test run came to.
pub struct Tried {
    pub name: String,
    pub category: Category,
    /// Where it would stand; nothing when there is no room.
    pub standing: Option<Standing>,
    pub answers: domain::registration::Answers,
    pub fields: Vec<(String, String)>,
}

/// The preview.
pub struct PreviewPage<'a> {
    pub asked: &'a Asked,
    pub is_draft: bool,
    pub intakes: &'a [Intake],
    pub form: &'a FormState,
    pub home: &'a str,
    /// The language it is shown in; need not be the reader's.
    pub shown_in: Lang,
    pub tried: Option<&'a Tried>,
}

impl PreviewPage<'_> {
    pub fn render(&self, shell: &Shell) -> Markup {
        let (lang, slug) = (shell.lang, shell.slug());
        let to = |other: Lang| links::form::preview(slug).query(&[("lang", other.code())]);
        let languages: Vec<Tab> = Lang::ALL
            .into_iter()
            .map(|other| Tab::new(lang.term("locale", other.code()), to(other), other == self.shown_in))
            .collect();
        let body = html! {
            @if let Some(tried) = self.tried { (self.outcome(lang, tried)) }
            (card(&self.shown_in.t("register-title"), &html! {}, &self.fields(slug)))
        };
        let which = if self.is_draft { "form-preview-draft" } else { "form-preview-published" };
        shell
            .page(lang.t("form-preview"))
            .crumb(lang.t("registration-title"), links::registration::home(slug))
            .crumb(lang.t("form-title"), links::form::home(slug))
            .subtitle(html! { p.muted { (lang.t(which)) } })
            .tabs(tabs(lang, &lang.t("registration-language"), &languages))
            .body(&body)
    }

    fn fields(&self, slug: &str) -> Markup {
        let lang = self.shown_in;
        let form = self.form.fields(lang);
        let categories: Vec<Choice> = options(lang, "category", Category::ALL.iter().map(|c| c.code()));
        let action = links::form::preview(slug).query(&[("lang", lang.code())]);
        let questions = Questions { lang, asked: self.asked, home: self.home, staff: false };
        html! {
            form.form.register method="post" action=(action) lang=(lang.code()) data-asking {
                (form.summary())
                (form.select("category", "register-category", categories).value(Category::TradeVisitor.code()).required())
                (questions.render(form, false))
                div.form-actions { (Button::submit(lang.t("form-try")).icon(Icon::Play)) }
            }
        }
    }

    fn outcome(&self, lang: Lang, tried: &Tried) -> Markup {
        let (tone, key) = match tried.standing {
            Some(Standing::Approved) => (Tone::Good, "form-tried-approved"),
            Some(Standing::Review) => (Tone::Info, "form-tried-review"),
            Some(Standing::Waiting) => (Tone::Warn, "form-tried-waiting"),
            None => (Tone::Bad, "form-tried-full"),
        };
        let args =
            [("name", tried.name.as_str().into()), ("category", lang.term("category", tried.category.code()).into())];
        let mut kept: Vec<(String, Markup)> = Vec::new();
        for question in self.asked.questions().filter(|q| q.kind != Kind::Note) {
            let value = match tried.fields.iter().find(|(code, _)| question.is_standard() && *code == question.code) {
                Some((code, value)) if code == "country" && !value.is_empty() => lang.term("country", value),
                Some((_, value)) => value.clone(),
                None => tried.answers.get(&question.code).map(|a| answer_words(lang, question, a)).unwrap_or_default(),
            };
            if !value.is_empty() {
                kept.push((question_name(lang, question), html! { (value) }));
            }
        }
        let public = self.intakes.iter().any(|intake| intake.category == tried.category && intake.public);
        html! {
            (callout(tone, &lang.with(key, &args), &html! { @if !public { p { (lang.t("form-tried-not-public")) } } }))
            (card(&lang.t("form-tried-kept"), &html! {}, &definitions(&kept)).render())
        }
    }
}
