//! The public's frame: a show's name, one thing to do, the language.

use maud::{Markup, html};

use super::{EditionRef, Flash, Frame, Layout, Theme, document::Document, switches};
use crate::{Lang, components::flash, links};

/// What the public frame needs to know.
#[derive(Debug, Clone)]
pub struct PublicShell {
    pub lang: Lang,
    pub theme: Theme,
    pub path: String,
    pub flash: Option<Flash>,
    pub edition: Option<EditionRef>,
    /// City and venue, as the frame shows them.
    pub place: String,
}

impl PublicShell {
    /// A frame without a show: sign-in pages, errors.
    pub fn plain(lang: Lang) -> Self {
        Self { lang, theme: Theme::Auto, path: "/".to_owned(), flash: None, edition: None, place: String::new() }
    }

    /// A frame with a show, for samples and tests.
    pub fn sample(lang: Lang) -> Self {
        Self {
            path: "/x/east-2027/register".to_owned(),
            edition: super::Shell::sample(lang).edition,
            place: "Shanghai".to_owned(),
            ..Self::plain(lang)
        }
    }

    /// Begins a page.
    pub fn page(&self, title: impl Into<String>) -> Frame<'_> {
        Frame::new(self, title)
    }
}

impl Layout for PublicShell {
    fn lang(&self) -> Lang {
        self.lang
    }

    fn lay_out(&self, page: &Frame<'_>, body: &Markup) -> Markup {
        let lang = self.lang;
        let suffix = self
            .edition
            .as_ref()
            .map_or_else(|| lang.t("product-name"), |edition| edition.name.get(lang.locale()).to_owned());
        let home =
            self.edition.as_ref().map_or_else(|| crate::Href::new("/"), |edition| links::public::home(&edition.slug));
        let inside = html! {
            header.topbar.front {
                a.brand href=(home) {
                    (switches::mark())
                    span.brand-lines {
                        span { (suffix) }
                        @if let Some(edition) = &self.edition {
                            span.muted {
                                (lang.date_range(edition.opens_on, edition.closes_on))
                                @if !self.place.is_empty() { " · " (self.place) }
                            }
                        }
                    }
                }
                div.topbar-end {
                    (switches::languages(lang, &self.path))
                    (switches::themes(lang, self.theme, &self.path))
                }
            }
            main id="main" tabindex="-1" class="content narrow" {
                (page.heading())
                (body)
            }
            footer.foot { p.muted { (lang.t("shell-foot")) } }
            (flash(lang, self.flash.as_ref()))
        };
        Document { lang, theme: self.theme, class: "public", page, suffix: &suffix, public: self.edition.is_some() }
            .render(&inside)
    }
}
