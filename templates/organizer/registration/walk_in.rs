//! The desk: look the person up first, then at most five fields, then the badge.

use domain::registration::{
    Category,
    view::{FoundPerson, RegistrationRow},
};
use maud::{Markup, html};

use super::{category, status};
use crate::{
    FormState, Lang, Shell,
    components::{Button, Icon, card, options},
    desk::paper::Printers,
    links,
};

/// The desk's page.
pub struct WalkInPage<'a> {
    pub form: &'a FormState,
    /// What was looked up.
    pub q: &'a str,
    /// Who is registered.
    pub found: &'a [RegistrationRow],
    /// Who is known from elsewhere.
    pub known: &'a [FoundPerson],
    /// Where the badge may come out.
    pub printers: &'a Printers,
}

impl WalkInPage<'_> {
    pub fn render(&self, shell: &Shell) -> Markup {
        let lang = shell.lang;
        let slug = shell.slug();
        let body = html! {
            div.walk-in {
                (card(&lang.t("registration-walk-in-search"), &html! {}, &self.search(lang, slug)))
                (card(&lang.t("registration-walk-in-new"), &html! {}, &self.fields(lang, slug)))
            }
        };
        shell
            .page(lang.t("registration-walk-in"))
            .crumb(lang.t("registration-title"), links::registration::home(slug))
            .subtitle(html! { p.muted { (lang.t("registration-walk-in-hint")) } })
            .body(&body)
    }

    fn search(&self, lang: Lang, slug: &str) -> Markup {
        html! {
            form.filters method="get" action=(links::registration::walk_in(slug)) role="search" {
                label.search-box {
                    span.sr-only { (lang.t("registration-walk-in-find")) }
                    (Icon::Search)
                    input type="search" name="q" value=(self.q) placeholder=(lang.t("registration-walk-in-find"))
                        autocomplete="off" autofocus[self.form.is_clean()];
                }
                (Button::submit(lang.t("registration-walk-in-search")).plain())
            }
            @if !self.q.is_empty() {
                @if self.found.is_empty() && self.known.is_empty() { p.muted { (lang.t("registration-not-found")) } }
                @if !self.found.is_empty() {
                    h3 { (lang.t("registration-walk-in-found")) }
                    ul.plain-list {
                        @for row in self.found {
                            li {
                                a href=(links::registration::record(slug, row.id)) { strong { (row.display_name) } }
                                @if !row.other_name.is_empty() { " " (row.other_name) }
                                br;
                                span.muted { (row.company) @if !row.email.is_empty() { " · " (row.email) } }
                                " " (category(lang, &row.category)) " " (status(lang, &row.status))
                                @if row.badge.as_ref().is_some_and(|(_, state)| state == "active") {
                                    " " (Button::link(lang.t("badge-print"), links::registration::badge(slug, row.id))
                                        .small().icon(Icon::Printer))
                                }
                            }
                        }
                    }
                }
                @if !self.known.is_empty() {
                    h3 { (lang.t("walk-in-known")) }
                    ul.plain-list {
                        @for person in self.known {
                            @let pick = links::registration::walk_in(slug)
                                .query(&[("q", self.q), ("person", &person.party.to_string())]);
                            li {
                                a href=(pick) { strong { (person.name) } }
                                @if !person.company.is_empty() { " " span.muted { (person.company) } }
                            }
                        }
                    }
                }
            }
        }
    }

    fn fields(&self, lang: Lang, slug: &str) -> Markup {
        let form = self.form.fields(lang);
        let family = form.text("family_name", "register-family-name").required().max_length(80);
        let given = form.text("given_name", "register-given-name").max_length(80);
        html! {
            form.form.register method="post" action=(links::registration::walk_in(slug)) autocomplete="off" {
                (form.summary())
                (form.hidden("submission"))
                // Known already and not asked again.
                @for name in ["other_name", "phone", "job_title", "country"] {
                    @if !self.form.value(name).is_empty() { (form.hidden(name)) }
                }
                @if lang == Lang::ZH { (family) (given) } @else { (given) (family) }
                (form.text("company", "registration-company").max_length(160))
                (form.email("email", "registration-email"))
                (form.select("category", "registration-category", options(lang, "category", Category::ALL.iter().map(|c| c.code()))).required())
                @if !self.printers.stations.is_empty() {
                    (form.select("station", "desk-paper-where", self.printers.choices(lang)).value(self.printers.value()).hint("desk-paper-where-hint"))
                }
                div.form-actions { (Button::submit(lang.t("registration-walk-in-submit")).icon(Icon::Badge)) }
            }
        }
    }
}
