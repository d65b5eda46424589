//! One person or company: who it is, how to reach it, what it is in the editions, what happened.

use chrono_tz::Tz;
use domain::{
    journal,
    party::{
        Party, PartyKind,
        view::{AffiliationRow, ContactRow, ParticipationRow},
    },
    registration::view::RegistrationRow,
};
use maud::{Markup, html};

use crate::{
    Lang, Shell, Tone,
    components::{Badge, Button, Icon, card, definitions, facts, history},
    links,
};

/// The page of a party.
pub struct PartyPage<'a> {
    pub party: &'a Party,
    pub contacts: &'a [ContactRow],
    pub affiliations: &'a [AffiliationRow],
    pub participations: &'a [ParticipationRow],
    /// Registrations in this edition, for those who may see them.
    pub registrations: &'a [RegistrationRow],
    pub history: &'a [journal::Entry],
    pub zone: Tz,
    pub may_edit: bool,
}

impl PartyPage<'_> {
    pub fn render(&self, shell: &Shell) -> Markup {
        let lang = shell.lang;
        let slug = shell.slug();
        let p = self.party;
        let person = p.kind == PartyKind::Person;
        let beside = if person { lang.t("party-works-for") } else { lang.t("party-people") };
        let body = html! {
            (facts(&self.key_facts(lang)))
            div.with-aside {
                div.stack {
                    (card(&lang.t("party-participations"), &html! {}, &self.participation_list(lang)))
                    (card(&beside, &html! {}, &self.affiliation_list(lang, slug)))
                    @if !self.registrations.is_empty() {
                        (card(&lang.t("registration-title"), &html! {}, &self.registration_list(lang, slug)))
                    }
                }
                div.stack {
                    (card(&lang.t("party-contacts"), &html! {}, &self.contact_list(lang)))
                    (card(&lang.t("registration-history"), &html! {}, &history(lang, self.zone, self.history)))
                }
            }
        };
        let actions = html! {
            @if self.may_edit {
                (Button::link(lang.t("component-edit"), links::party::edit(slug, p.id)).primary().icon(Icon::Edit))
            }
        };
        shell
            .page(p.display(lang.locale()).to_owned())
            .crumb(lang.t("party-title"), links::party::home(slug).query(&[("kind", p.kind.code())]))
            .subtitle(html! { (Badge::new(lang.term("party-kind", p.kind.code()), Tone::Neutral)) })
            .actions(actions)
            .body(&body)
    }

    fn key_facts(&self, lang: Lang) -> Vec<(String, Markup)> {
        let p = self.party;
        let text = |value: &Option<String>| value.clone().unwrap_or_default();
        let country = p.country.as_deref().filter(|c| !c.is_empty()).map(|c| lang.term("country", c));
        let mut pairs = vec![
            (lang.t("party-name-zh"), html! { (p.name_zh) }),
            (lang.t("party-name-en"), html! { (p.name_en) }),
            (lang.t("party-country"), html! { (country.unwrap_or_default()) }),
        ];
        if p.kind == PartyKind::Organisation {
            let site = text(&p.website);
            let known = site.starts_with("https://") || site.starts_with("http://");
            pairs.push((
                lang.t("party-website"),
                html! { @if known { a href=(site) rel="noopener noreferrer nofollow" { (site) } } @else { (site) } },
            ));
            pairs.push((lang.t("party-credit-code"), html! { (text(&p.credit_code)) }));
        } else {
            pairs.push((
                lang.t("registration-language"),
                html! { @if let Some(l) = p.locale { (lang.term("locale", l.code())) } },
            ));
        }
        pairs
    }

    fn participation_list(&self, lang: Lang) -> Markup {
        if self.participations.is_empty() {
            return html! { p.muted { (lang.t("party-participations-none")) } };
        }
        html! {
            ul.plain-list {
                @for row in self.participations {
                    @let name = domain::Bilingual::new(row.edition_en.clone(), row.edition_zh.clone());
                    li {
                        strong { (lang.term("participation-role", &row.role)) } " · " (name.get(lang.locale())) " "
                        (Badge::new(lang.term("participation-status", &row.status), Tone::Info))
                    }
                }
            }
        }
    }

    fn affiliation_list(&self, lang: Lang, slug: &str) -> Markup {
        if self.affiliations.is_empty() {
            return html! { p.muted { (lang.t("party-affiliations-none")) } };
        }
        html! {
            ul.plain-list {
                @for row in self.affiliations {
                    li {
                        a href=(links::party::record(slug, row.party)) { (row.name) }
                        @if !row.title.is_empty() { " " span.muted { (row.title) } }
                        @if let Some(until) = row.until_on { " " span.muted { (lang.with("party-until", &[("day", lang.date(until).into())])) } }
                    }
                }
            }
        }
    }

    fn registration_list(&self, lang: Lang, slug: &str) -> Markup {
        html! {
            ul.plain-list {
                @for row in self.registrations {
                    li {
                        a href=(links::registration::record(slug, row.id)) { (lang.t("registration-number")) " " (row.number) } " "
                        (lang.term("category", &row.category)) " "
                        (Badge::new(lang.term("registration-status", &row.status), Tone::Info))
                    }
                }
            }
        }
    }

    fn contact_list(&self, lang: Lang) -> Markup {
        if self.contacts.is_empty() {
            return html! { p.muted { (lang.t("party-contacts-none")) } };
        }
        let pairs: Vec<_> = self
            .contacts
            .iter()
            .map(|c| {
                let scheme = if c.kind == "email" { "mailto:" } else { "tel:" };
                let to = format!("{scheme}{}", c.value.replace(' ', ""));
                (lang.term("contact-kind", &c.kind), html! { a href=(to) { (c.value) } })
            })
            .collect();
        definitions(&pairs)
    }
}
