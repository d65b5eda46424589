//! The frame of a device on site: big targets, nothing to get lost in.

use maud::{Markup, html};

use super::{Flash, Frame, Layout, Theme, document::Document, switches};
use crate::{Lang, components::flash, links};

/// What a device's frame needs to know.
#[derive(Debug, Clone)]
pub struct DeskShell {
    pub lang: Lang,
    pub theme: Theme,
    pub path: String,
    pub flash: Option<Flash>,
    /// The device's name.
    pub device: String,
    /// The gate it stands at.
    pub gate: String,
}

impl DeskShell {
    /// A frame for a device not yet paired, for samples and tests.
    pub fn plain(lang: Lang) -> Self {
        Self {
            lang,
            theme: Theme::Auto,
            path: "/desk".to_owned(),
            flash: None,
            device: String::new(),
            gate: String::new(),
        }
    }

    /// A frame as a steward sees it, for samples and tests.
    pub fn sample(lang: Lang) -> Self {
        Self { device: "Phone 07".to_owned(), gate: "N1-A".to_owned(), ..Self::plain(lang) }
    }

    /// Begins a page.
    pub fn page(&self, title: impl Into<String>) -> Frame<'_> {
        Frame::new(self, title)
    }
}

impl Layout for DeskShell {
    fn lang(&self) -> Lang {
        self.lang
    }

    fn lay_out(&self, page: &Frame<'_>, body: &Markup) -> Markup {
        let lang = self.lang;
        let suffix = lang.t("product-name");
        let inside = html! {
            header.topbar.desk-bar {
                a.brand href=(links::desk::home()) {
                    (switches::mark())
                    span.brand-lines {
                        span { @if self.gate.is_empty() { (suffix) } @else { (self.gate) } }
                        @if !self.device.is_empty() { span.muted { (self.device) } }
                    }
                }
                div.topbar-end {
                    span id="net-state" data-net hidden {}
                    (switches::languages(lang, &self.path))
                }
            }
            main id="main" tabindex="-1" class="desk-main" {
                (page.heading())
                (body)
            }
            (flash(lang, self.flash.as_ref()))
        };
        Document { lang, theme: self.theme, class: "desk", page, suffix: &suffix, public: false }.render(&inside)
    }
}
