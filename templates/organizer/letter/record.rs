//! The letters of one registration, and the form that issues one.

use chrono_tz::Tz;
use domain::registration::{
    Registration,
    letter::{Kind, Letter},
};
use maud::{Markup, Render, html};

use super::state;
use crate::{
    FormState, Lang, Shell,
    components::{Button, Col, Form, Icon, Table, card, countries, options},
    links,
};

/// The page.
pub struct LetterPage<'a> {
    pub registration: &'a Registration,
    pub letters: &'a [Letter],
    pub form: &'a FormState,
    pub zone: Tz,
}

impl LetterPage<'_> {
    pub fn render(&self, shell: &Shell) -> Markup {
        let lang = shell.lang;
        let slug = shell.slug();
        let r = self.registration;
        let body = html! {
            div.with-aside {
                div.stack { (card(&lang.t("letter-list"), &html! {}, &self.table(lang, slug))) }
                div.stack { (card(&lang.t("letter-new"), &html! {}, &self.fields(lang, slug))) }
            }
        };
        shell
            .page(lang.t("letter-list"))
            .crumb(lang.t("registration-title"), links::registration::home(slug))
            .crumb(r.details.display_name.clone(), links::registration::record(slug, r.id))
            .body(&body)
    }

    fn table(&self, lang: Lang, slug: &str) -> Markup {
        if self.letters.is_empty() {
            return html! { p.muted { (lang.t("letter-none")) } };
        }
        let mut table = Table::new(
            lang.t("letter-list"),
            vec![
                Col::main(lang.t("letter-number")),
                Col::tight(lang.t("letter-kind")),
                Col::tight(lang.t("letter-state")),
                Col::tight(lang.t("letter-issued")),
                Col::tight(lang.t("letter-code")),
                Col::actions(lang.t("voucher-actions")),
            ],
        );
        for one in self.letters {
            table.row(vec![
                html! { span.code { (one.shown_number(slug)) } },
                html! { (lang.term("letter-kind", one.kind.code())) },
                state(lang, one).render(),
                html! { (lang.moment(one.issued_at, self.zone)) },
                html! { a href=(links::letter::verified(slug, &one.code)) { span.code { (one.shown_code()) } } },
                html! {
                    (Button::link(lang.t("letter-pdf"), links::letter::pdf(slug, one.registration, one.id)).ghost().small().icon(Icon::Download).download())
                    @if one.stands() {
                        (Button::post(lang.t("letter-withdraw"), links::letter::withdraw(slug, one.registration, one.id)).ghost().small()
                            .confirm(lang.t("letter-withdraw-question")))
                    }
                },
            ]);
        }
        table.render()
    }

    fn fields(&self, lang: Lang, slug: &str) -> Markup {
        html! {
            form.form.narrow method="post" action=(links::letter::of(slug, self.registration.id)) {
                (letter_fields(lang, self.form.fields(lang)))
                div.form-actions { (Button::submit(lang.t("letter-issue")).icon(Icon::Check)) }
            }
        }
    }
}

/// What a letter needs to know. The days and the passport matter for a visa only.
pub(crate) fn letter_fields(lang: Lang, form: Form<'_>) -> Markup {
    html! {
        (form.summary())
        (form.radios("kind", "letter-kind", options(lang, "letter-kind", Kind::ALL.iter().map(|kind| kind.code()))).required())
        (form.text("name", "letter-name").required().max_length(120).hint("letter-name-hint"))
        (form.text("passport", "letter-passport").max_length(30).hint("letter-visa-only"))
        (form.select("nationality", "letter-nationality", countries(lang, &[])))
        (form.date("born_on", "letter-born"))
        (form.date("arrives_on", "letter-arrives"))
        (form.date("departs_on", "letter-departs"))
        (form.select("locale", "letter-language", options(lang, "locale", ["en", "zh-CN"])).required())
    }
}
