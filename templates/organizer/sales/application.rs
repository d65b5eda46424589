//! An application: what was asked, who that may be, and the decision with the stand in one step.

use chrono_tz::Tz;
use domain::{
    journal,
    sales::{
        ApplicationState,
        view::{ApplicationRecord, StandRow},
    },
};
use maud::{Markup, html};

use super::application_badge;
use crate::{
    FormState, Icon, Lang, Shell, Tone,
    components::{Button, Choice, callout, card, definitions, dialog, facts, history},
    links,
};

/// An application's page.
pub struct ApplicationPage<'a> {
    /// The edition's slug.
    pub slug: &'a str,
    /// The venue's zone.
    pub zone: Tz,
    /// What was asked and decided.
    pub record: &'a ApplicationRecord,
    /// The decision being made.
    pub form: &'a FormState,
    /// Free stands that fit, for the choice; the suggestions come first.
    pub free: &'a [StandRow],
    /// What happened.
    pub timeline: &'a [journal::Entry],
    /// Whether the viewer may decide.
    pub may_edit: bool,
}

impl ApplicationPage<'_> {
    /// The page.
    pub fn render(&self, shell: &Shell) -> Markup {
        let lang = shell.lang;
        let a = &self.record.application;
        let subtitle = html! {
            (application_badge(lang, a.state)) " "
            span.num { "#" (a.number) } " · " (lang.instant(a.created_at, self.zone))
        };
        let waiting = a.state == ApplicationState::Submitted;
        let body = html! {
            div.columns {
                div.stack {
                    (card(&lang.t("sales-wish"), &html! {}, &self.wish(lang)))
                    @if waiting && self.may_edit { (card(&lang.t("sales-decide"), &html! {}, &self.decide(lang))) }
                    @if !waiting { (card(&lang.t("sales-decision"), &html! {}, &self.decision(lang))) }
                }
                div.stack {
                    (card(&lang.t("sales-applicant"), &html! {}, &self.applicant(lang)))
                    (self.known(lang))
                    (card(&lang.t("sales-history"), &html! {}, &history(lang, self.zone, self.timeline)))
                }
            }
        };
        shell
            .page(a.content.company.get(lang.locale()))
            .crumb(lang.t("sales-applications"), links::sales::home(self.slug))
            .subtitle(subtitle)
            .body(&body)
    }

    fn wish(&self, lang: Lang) -> Markup {
        let c = &self.record.application.content;
        html! {
            (facts(&[
                (lang.t("sales-stand-kind"), html! { (lang.term("stand-kind", c.stand_kind.code())) }),
                (lang.t("venue-area"), html! { (lang.area(c.area_dm2)) }),
                (lang.t("sales-open-sides"), html! { @if let Some(sides) = c.open_sides { (lang.number(i64::from(sides.count()))) } }),
            ]))
            (definitions(&[
                (lang.t("apply-products"), html! { span.lines { (c.products) } }),
                (lang.t("apply-message"), html! { span.lines { (c.message) } }),
            ]))
        }
    }

    fn applicant(&self, lang: Lang) -> Markup {
        let c = &self.record.application.content;
        definitions(&[
            (lang.t("apply-company-en"), html! { (c.company.en) }),
            (lang.t("apply-company-zh"), html! { (c.company.zh) }),
            (lang.t("apply-country"), html! { (lang.term("country", &c.country)) }),
            (lang.t("apply-website"), html! { @if !c.website.is_empty() { span.breakable { (c.website) } } }),
            (lang.t("apply-contact-name"), html! { (c.contact_name) }),
            (lang.t("apply-contact-email"), html! { span.breakable { (c.contact_email) } }),
            (lang.t("apply-contact-phone"), html! { (c.contact_phone) }),
            (lang.t("sales-language"), html! { (Lang::new(c.locale).t("shell-language-self")) }),
        ])
    }

    /// Accepting takes a known company instead of making it twice; say so before.
    fn known(&self, lang: Lang) -> Markup {
        let known = &self.record.known;
        if known.is_empty() || self.record.application.state != ApplicationState::Submitted {
            return html! {};
        }
        let list = html! {
            ul {
                @for company in known {
                    li {
                        (company.name.get(lang.locale()))
                        @if !company.country.is_empty() { " · " (lang.term("country", &company.country)) }
                        @if company.exhibits { " · " (lang.t("sales-known-exhibits")) }
                    }
                }
            }
        };
        callout(Tone::Info, &lang.t("sales-known"), &list)
    }

    fn choices(&self, lang: Lang) -> Vec<Choice> {
        let words = |stand: &StandRow| {
            format!(
                "{} · {} · {} · {}",
                stand.number,
                stand.hall_code,
                lang.term("stand-kind", stand.kind.code()),
                lang.area(stand.area_dm2)
            )
        };
        std::iter::once(Choice::new("", lang.t("sales-stand-later")))
            .chain(self.free.iter().map(|stand| Choice::new(stand.id.to_string(), words(stand))))
            .collect()
    }

    fn decide(&self, lang: Lang) -> Markup {
        let a = &self.record.application;
        let form = self.form.fields(lang);
        let decline = html! {
            form.form method="post" action=(links::sales::decline(self.slug, a.id)) {
                input type="hidden" name="version" value=(a.version);
                (form.textarea("reason", "sales-decline-reason").required().hint("sales-decline-hint").max_length(1000))
                div.form-actions { (Button::submit(lang.t("sales-decline")).danger().icon(Icon::XCircle)) }
            }
        };
        html! {
            (form.summary())
            form.form method="post" action=(links::sales::accept(self.slug, a.id)) {
                input type="hidden" name="version" value=(a.version);
                (form.select("stand", "sales-stand-to-give", self.choices(lang)).hint("sales-stand-to-give-hint").wide())
                div.form-actions {
                    (Button::submit(lang.t("sales-accept")).icon(Icon::Check))
                }
            }
            // Outside the form above: a form within a form would send both.
            div.actions {
                (Button::open(lang.t("sales-decline"), "decline").icon(Icon::XCircle))
                (Button::post(lang.t("sales-withdraw"), links::sales::withdraw(self.slug, a.id)).ghost()
                    .value("version", a.version).confirm(lang.t("sales-withdraw-sure")))
            }
            (dialog(lang, "decline", &lang.t("sales-decline"), &decline))
        }
    }

    fn decision(&self, lang: Lang) -> Markup {
        let a = &self.record.application;
        html! {
            (definitions(&[
                (lang.t("sales-state"), html! { (application_badge(lang, a.state)) }),
                (lang.t("sales-decided-by"), html! { (self.record.decided_by) }),
                (lang.t("sales-decided-at"), html! { @if let Some(at) = a.decided_at { (lang.instant(at, self.zone)) } }),
                (lang.t("sales-reason"), html! { @if let Some(reason) = &a.reason { span.lines { (reason) } } }),
                (lang.t("sales-stands"), html! {
                    @for (id, number) in &self.record.stands { a href=(links::sales::stand(self.slug, *id)) { (number) } " " }
                }),
            ]))
            @if let Some(participation) = a.participation {
                div.actions {
                    (Button::link(lang.t("sales-open-exhibitor"), links::exhibitor::record(self.slug, participation))
                        .primary().icon(Icon::Building))
                }
            }
        }
    }
}
