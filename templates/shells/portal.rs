//! The exhibitor's frame: one home, few doors.

use maud::{Markup, html};

use super::{EditionRef, Flash, Frame, Layout, Theme, document::Document, organizer::initials, switches};
use crate::{
    Href, Lang,
    components::{Icon, flash},
    links,
};

/// What the portal's frame needs to know.
#[derive(Debug, Clone)]
pub struct PortalShell {
    pub lang: Lang,
    pub theme: Theme,
    pub path: String,
    pub flash: Option<Flash>,
    pub edition: Option<EditionRef>,
    /// The person signed in.
    pub name: String,
    /// Their company, as the frame shows it.
    pub company: String,
    /// The doors of the portal: text and link.
    pub doors: Vec<(String, Href)>,
}

impl PortalShell {
    /// A frame without a person, for errors, samples and tests.
    pub fn plain(lang: Lang) -> Self {
        Self {
            lang,
            theme: Theme::Auto,
            path: "/portal".to_owned(),
            flash: None,
            edition: None,
            name: String::new(),
            company: String::new(),
            doors: Vec::new(),
        }
    }

    /// A frame as an exhibitor sees it, for samples and tests.
    pub fn sample(lang: Lang) -> Self {
        Self {
            edition: super::Shell::sample(lang).edition,
            name: "Zhang Wei".to_owned(),
            company: "Suzhou Precision Tools".to_owned(),
            ..Self::plain(lang)
        }
    }

    /// Begins a page.
    pub fn page(&self, title: impl Into<String>) -> Frame<'_> {
        Frame::new(self, title)
    }

    fn person(&self) -> Markup {
        let lang = self.lang;
        html! {
            @if self.name.is_empty() {
                (switches::languages(lang, &self.path))
            } @else {
                details.menu.end {
                    summary.avatar-button {
                        span.sr-only { (lang.with("shell-user-menu", &[("name", self.name.as_str().into())])) }
                        span.avatar aria-hidden="true" { (initials(&self.name)) }
                    }
                    div.menu-items {
                        p.menu-who { strong { (self.name) } span.muted { (self.company) } }
                        hr;
                        div.menu-row { span { (lang.t("shell-language")) } (switches::languages(lang, &self.path)) }
                        div.menu-row { span { (lang.t("shell-theme")) } (switches::themes(lang, self.theme, &self.path)) }
                        hr;
                        a href=(links::account::home(true)) { (Icon::User) (lang.t("account-title")) }
                        form method="post" action=(links::portal::sign_out()) {
                            button type="submit" { (Icon::SignOut) (lang.t("shell-sign-out")) }
                        }
                    }
                }
            }
        }
    }
}

impl Layout for PortalShell {
    fn lang(&self) -> Lang {
        self.lang
    }

    fn lay_out(&self, page: &Frame<'_>, body: &Markup) -> Markup {
        let lang = self.lang;
        let edition = self.edition.as_ref().map(|edition| edition.name.get(lang.locale()).to_owned());
        let suffix = edition.clone().unwrap_or_else(|| lang.t("product-name"));
        let inside = html! {
            header.topbar.front {
                a.brand href=(links::portal::home()) {
                    (switches::mark())
                    span.brand-lines { span { (suffix) } span.muted { (lang.t("shell-portal")) } }
                }
                @if !self.doors.is_empty() {
                    nav.doors aria-label=(lang.t("shell-navigation")) {
                        @for (text, link) in &self.doors {
                            a href=(link) aria-current=[(self.path == link.as_str()).then_some("page")] { (text) }
                        }
                    }
                }
                div.topbar-end { (self.person()) }
            }
            main id="main" tabindex="-1" class="content front" {
                (page.heading())
                (body)
            }
            (flash(lang, self.flash.as_ref()))
        };
        Document { lang, theme: self.theme, class: "portal", page, suffix: &suffix, public: false }.render(&inside)
    }
}
