//! The public application for a stand, and what is shown once it has arrived.

use domain::{Bilingual, party::country, sales::StandKind};
use maud::{Markup, html};

use crate::{
    FormState, Icon, Lang, PublicShell, Tone,
    components::{Button, Choice, callout, card, definitions, empty_state, options},
    links,
};

/// The form.
pub struct ApplyPage<'a> {
    /// The edition's slug.
    pub slug: &'a str,
    /// The form.
    pub form: &'a FormState,
    /// Whether applications are taken.
    pub open: bool,
}

impl ApplyPage<'_> {
    /// The page.
    pub fn render(&self, shell: &PublicShell) -> Markup {
        let lang = shell.lang;
        let body = if self.open {
            self.form(lang)
        } else {
            empty_state(Icon::Clock, &lang.t("apply-closed"), &lang.t("apply-closed-hint"), &html! {})
        };
        shell.page(lang.t("apply-title")).subtitle(html! { (lang.t("apply-subtitle")) }).body(&body)
    }

    fn form(&self, lang: Lang) -> Markup {
        let form = self.form.fields(lang);
        html! {
            form.stack method="post" action=(links::public::apply(self.slug)) {
                (form.summary())
                (form.hidden("submission"))
                (card(&lang.t("apply-company"), &html! {}, &html! { div.form { (self.company(lang)) } }))
                (card(&lang.t("apply-contact"), &html! {}, &html! { div.form { (self.contact(lang)) } }))
                (card(&lang.t("apply-stand"), &html! {}, &html! { div.form { (self.stand(lang)) } }))
                div.form-actions { (Button::submit(lang.t("apply-send")).icon(Icon::Send)) }
                p.hint { (lang.t("apply-privacy")) }
            }
        }
    }

    fn company(&self, lang: Lang) -> Markup {
        let form = self.form.fields(lang);
        html! {
            (form.text("company_en", "apply-company-en").max_length(200).autocomplete("organization").hint("apply-company-hint"))
            (form.text("company_zh", "apply-company-zh").max_length(200))
            (form.select("country", "apply-country", options(lang, "country", country::ALL.iter().copied())).required()
                .autocomplete("country"))
            (form.text("website", "apply-website").max_length(200).autocomplete("url").placeholder("www.example.com"))
        }
    }

    fn contact(&self, lang: Lang) -> Markup {
        let form = self.form.fields(lang);
        html! {
            (form.text("contact_name", "apply-contact-name").required().max_length(120).autocomplete("name"))
            (form.email("contact_email", "apply-contact-email").required().hint("apply-email-hint"))
            (form.phone("contact_phone", "apply-contact-phone"))
        }
    }

    fn stand(&self, lang: Lang) -> Markup {
        let form = self.form.fields(lang);
        let kinds = StandKind::ALL
            .iter()
            .map(|kind| {
                Choice::new(kind.code(), lang.term("stand-kind", kind.code()))
                    .hint(lang.term("stand-kind-hint", kind.code()))
            })
            .collect();
        let sides = (1..=4).map(|n: i64| Choice::new(n.to_string(), lang.term("open-sides", &n.to_string()))).collect();
        html! {
            (form.radios("stand_kind", "apply-stand-kind", kinds).required())
            (form.number("area", "apply-area").required().unit("m²").min(6).max(10000).step("0.5").hint("apply-area-hint"))
            (form.select("open_sides", "apply-open-sides", sides))
            (form.textarea("products", "apply-products").required().rows(4).max_length(2000).hint("apply-products-hint"))
            (form.textarea("message", "apply-message").rows(3).max_length(4000))
        }
    }
}

/// What was received.
pub struct ApplySentPage<'a> {
    /// The edition's slug.
    pub slug: &'a str,
    /// Number of the application.
    pub number: i64,
    /// The company.
    pub company: &'a Bilingual,
    /// Where the answer goes.
    pub email: &'a str,
    /// The stand wished for.
    pub stand_kind: StandKind,
    /// The area wished for.
    pub area_dm2: i64,
}

impl ApplySentPage<'_> {
    /// The page.
    pub fn render(&self, shell: &PublicShell) -> Markup {
        let lang = shell.lang;
        let thanks = lang.with("apply-thanks", &[("email", self.email.into())]);
        let body = html! {
            div.stack { (callout(Tone::Good, &lang.t("apply-received"), &html! { p { (thanks) } }))
            (card("", &html! {}, &definitions(&[
                (lang.t("sales-number"), html! { span.num { "#" (self.number) } }),
                (lang.t("sales-company"), html! { (self.company.get(lang.locale())) }),
                (lang.t("apply-stand-kind"), html! { (lang.term("stand-kind", self.stand_kind.code())) }),
                (lang.t("apply-area"), html! { (lang.area(self.area_dm2)) }),
            ])))
            (card(&lang.t("apply-next"), &html! {}, &html! {
                ol { li { (lang.t("apply-next-1")) } li { (lang.t("apply-next-2")) } li { (lang.t("apply-next-3")) } }
            }))
            div.actions { (Button::link(lang.t("apply-home"), links::public::home(self.slug)).icon(Icon::Home)) } }
        };
        shell.page(lang.t("apply-sent-title")).body(&body)
    }
}
