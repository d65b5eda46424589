//! Search: one box over everything the viewer may see. The palette shows the same results.

use maud::{Markup, html};

use crate::{
    Href, Lang, Shell,
    components::{Icon, empty_state},
    links,
    shells::Section,
};

/// Something found.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Found {
    /// Kind of record: a code of `SubjectKind`.
    pub kind: String,
    pub title: String,
    pub subtitle: String,
    pub link: Href,
}

/// The page of results.
#[derive(Debug, Clone)]
pub struct SearchPage<'a> {
    pub query: &'a str,
    pub found: &'a [Found],
}

impl SearchPage<'_> {
    /// Nothing asked, something found, nothing found.
    pub fn samples() -> Vec<(&'static str, Vec<Found>)> {
        let found = |kind: &str, title: &str, subtitle: &str| Found {
            kind: kind.to_owned(),
            title: title.to_owned(),
            subtitle: subtitle.to_owned(),
            link: links::edition::list(),
        };
        let some = vec![
            found("task", "OPS-12 Power on in hall N1", "Build-up"),
            found("party", "苏州精密机床有限公司", "Suzhou Precision Tools"),
            found("registration", "Li Na", "V-000123"),
        ];
        vec![("", Vec::new()), ("power", some), ("zzz", Vec::new())]
    }

    pub fn render(&self, shell: &Shell) -> Markup {
        let lang = shell.lang;
        let body = html! {
            form.search-page method="get" action=(links::office::search()) role="search" {
                @if !shell.slug().is_empty() { input type="hidden" name="edition" value=(shell.slug()); }
                label.search-box {
                    span.sr-only { (lang.t("shell-search")) }
                    (Icon::Search)
                    input type="search" name="q" value=(self.query) placeholder=(lang.t("palette-placeholder")) autofocus data-list-search;
                }
                button.button.primary type="submit" { (lang.t("shell-search")) }
            }
            (self.results(shell))
        };
        shell.page(lang.t("shell-search")).body(&body)
    }

    /// The results alone.
    pub fn results(&self, shell: &Shell) -> Markup {
        let lang = shell.lang;
        let places = places(shell, self.query);
        html! {
            @if places.is_empty() && self.found.is_empty() {
                (empty_state(Icon::Search, &lang.t("search-nothing"), &lang.t("search-nothing-hint"), &""))
            }
            @if !places.is_empty() {
                p.results-group { (lang.t("search-places")) }
                ul.results {
                    @for (section, text) in places {
                        li {
                            a.result href=(section.link(shell.slug())) {
                                (section.icon()) span.result-text { (text) }
                            }
                        }
                    }
                }
            }
            @for (kind, found) in self.groups() {
                p.results-group { (lang.term("subject", kind)) }
                ul.results { @for one in found { li { (result(lang, one)) } } }
            }
        }
    }

    /// What was found, by kind, the kinds in the order of their first hit.
    fn groups(&self) -> Vec<(&str, Vec<&Found>)> {
        let mut groups: Vec<(&str, Vec<&Found>)> = Vec::new();
        for one in self.found {
            match groups.iter_mut().find(|(kind, _)| *kind == one.kind) {
                Some((_, list)) => list.push(one),
                None => groups.push((&one.kind, vec![one])),
            }
        }
        groups
    }
}

/// Places of the navigation whose name holds the words.
fn places(shell: &Shell, query: &str) -> Vec<(Section, String)> {
    if shell.edition.is_none() {
        return Vec::new();
    }
    let words = query.trim().to_lowercase();
    let open = Section::ALL.into_iter().filter(|section| shell.may(section.permission()));
    let named = open.map(|section| (section, shell.lang.term("nav", section.code())));
    named.filter(|(_, text)| text.to_lowercase().contains(&words)).collect()
}

fn result(lang: Lang, found: &Found) -> Markup {
    html! {
        a.result href=(found.link) {
            (icon(&found.kind))
            span.result-text {
                span { (found.title) }
                @if !found.subtitle.is_empty() { span.muted.small { (found.subtitle) } }
            }
            span.result-kind { (lang.term("subject", &found.kind)) }
        }
    }
}

fn icon(kind: &str) -> Icon {
    match kind {
        "task" => Icon::List,
        "edition" | "series" => Icon::Calendar,
        "party" => Icon::Building,
        "exhibitor" | "stand" => Icon::Stand,
        "registration" | "credential" => Icon::Badge,
        "application" => Icon::Inbox,
        "user" | "contact" => Icon::User,
        "gate" | "device" => Icon::Gate,
        "place" | "venue" => Icon::MapPin,
        _ => Icon::File,
    }
}
