//! Letters as the public sees them: asking whether one stands, and the registrant's own.

use domain::{edition::Edition, registration::letter::Letter};
use maud::{Markup, Render, html};

use crate::{
    FormState, Lang, PublicShell, Tone,
    components::{Button, Col, Icon, Table, callout, card, facts},
    links,
    organizer::letter::{letter_fields, state},
};

/// The page where anybody asks for a code.
pub struct VerifyPage<'a> {
    pub edition: &'a Edition,
    /// What was asked, if something was.
    pub code: &'a str,
    /// The letter with that code.
    pub letter: Option<&'a Letter>,
}

impl VerifyPage<'_> {
    pub fn render(&self, shell: &PublicShell) -> Markup {
        let lang = shell.lang;
        let slug = &self.edition.slug;
        let form = FormState::of(&serde_json::json!({ "code": self.code }));
        let fields = form.fields(lang);
        let body = html! {
            @match self.letter {
                Some(letter) => (self.answer(lang, letter)),
                None => { @if !self.code.is_empty() { (callout(Tone::Bad, &lang.t("letter-unknown"), &html! { p { (lang.t("letter-unknown-hint")) } })) } }
            }
            (card(&lang.t("letter-verify"), &html! {}, &html! {
                form.form.narrow method="get" action=(links::letter::verify(slug)) {
                    p.muted { (lang.t("letter-verify-hint")) }
                    (fields.text("code", "letter-code").required().max_length(40))
                    div.form-actions { (Button::submit(lang.t("letter-ask")).icon(Icon::Search)) }
                }
            }))
        };
        shell.page(lang.t("letter-verify")).body(&body)
    }

    fn answer(&self, lang: Lang, letter: &Letter) -> Markup {
        let e = self.edition;
        let (tone, key) =
            if letter.stands() { (Tone::Good, "letter-genuine") } else { (Tone::Bad, "letter-not-valid") };
        let day = |day: Option<chrono::NaiveDate>| html! { @if let Some(day) = day { (lang.date(day)) } };
        let mut pairs = vec![
            (lang.t("letter-number"), html! { span.code { (letter.shown_number(&e.slug)) } }),
            (lang.t("letter-kind"), html! { (lang.term("letter-kind", letter.kind.code())) }),
            (lang.t("letter-name"), html! { (letter.name) }),
            (lang.t("letter-issued"), html! { (lang.date(e.day(letter.issued_at))) }),
        ];
        if !letter.passport.is_empty() {
            pairs.push((lang.t("letter-passport"), html! { span.code { (letter.masked_passport()) } }));
            pairs.push((lang.t("letter-arrives"), day(letter.arrives_on)));
            pairs.push((lang.t("letter-departs"), day(letter.departs_on)));
        }
        html! { (callout(tone, &lang.t(key), &html! { (facts(&pairs)) })) }
    }
}

/// The registrant's own letters.
pub struct OwnLettersPage<'a> {
    pub edition: &'a Edition,
    /// The key in the link.
    pub access: &'a str,
    pub letters: &'a [Letter],
    pub form: &'a FormState,
    /// Letters are issued to approved registrations.
    pub may_ask: bool,
}

impl OwnLettersPage<'_> {
    pub fn render(&self, shell: &PublicShell) -> Markup {
        let lang = shell.lang;
        let slug = &self.edition.slug;
        let ask = html! {
            form.form.register method="post" action=(links::letter::own(slug, self.access)) {
                (letter_fields(lang, self.form.fields(lang)))
                div.form-actions { (Button::submit(lang.t("letter-issue")).icon(Icon::Check)) }
            }
        };
        let body = html! {
            @if !self.letters.is_empty() { (self.table(lang, slug)) }
            @if self.may_ask { (card(&lang.t("letter-new"), &html! {}, &ask)) }
            @else { (callout(Tone::Info, &lang.t("own-state-registered"), &html! {})) }
        };
        shell
            .page(lang.t("letter-list"))
            .crumb(lang.t("own-title"), links::registration::own(slug, self.access))
            .subtitle(html! { p.muted { (lang.t("letter-own-hint")) } })
            .body(&body)
    }

    fn table(&self, lang: Lang, slug: &str) -> Table {
        let mut table = Table::new(
            lang.t("letter-list"),
            vec![
                Col::main(lang.t("letter-number")),
                Col::tight(lang.t("letter-kind")),
                Col::tight(lang.t("letter-state")),
                Col::actions(lang.t("voucher-actions")),
            ],
        );
        for one in self.letters {
            table.row(vec![
                html! { span.code { (one.shown_number(slug)) } },
                html! { (lang.term("letter-kind", one.kind.code())) },
                state(lang, one).render(),
                html! {
                    @if one.stands() {
                        (Button::link(lang.t("letter-pdf"), links::letter::own_pdf(slug, self.access, one.id)).small().icon(Icon::Download).download())
                    }
                },
            ]);
        }
        table
    }
}
