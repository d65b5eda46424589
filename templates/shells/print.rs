//! The frame of paper: no navigation; on screen a bar with the way back and the print button.

use maud::{Markup, html};

use super::{Frame, Layout, Theme, document::Document};
use crate::{
    Href, Lang,
    components::{Button, Icon},
};

/// What a sheet needs to know.
#[derive(Debug, Clone)]
pub struct PrintShell {
    pub lang: Lang,
    /// Where the sheet belongs.
    pub back: Option<Href>,
    /// Printed small at the foot: edition, date of print.
    pub footer: String,
    /// The size of the paper: a class the style sheet knows.
    pub paper: Paper,
}

/// Papers the style sheet knows.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Paper {
    #[default]
    A4,
    A4Landscape,
    A3Landscape,
    /// A badge of 90 × 130 mm.
    Badge,
}

impl Paper {
    const fn class(self) -> &'static str {
        match self {
            Self::A4 => "print paper-a4",
            Self::A4Landscape => "print paper-a4-landscape",
            Self::A3Landscape => "print paper-a3-landscape",
            Self::Badge => "print paper-badge",
        }
    }
}

impl PrintShell {
    pub fn new(lang: Lang) -> Self {
        Self { lang, back: None, footer: String::new(), paper: Paper::A4 }
    }

    /// Begins a sheet.
    pub fn page(&self, title: impl Into<String>) -> Frame<'_> {
        Frame::new(self, title)
    }
}

impl Layout for PrintShell {
    fn lang(&self) -> Lang {
        self.lang
    }

    fn lay_out(&self, page: &Frame<'_>, body: &Markup) -> Markup {
        let lang = self.lang;
        let inside = html! {
            header.print-bar {
                @if let Some(back) = &self.back {
                    (Button::link(lang.t("component-back"), back.clone()).icon(Icon::ArrowLeft))
                }
                button.button.primary type="button" data-print hidden { (Icon::Printer) (lang.t("component-print")) }
            }
            main id="main" tabindex="-1" class="sheet" {
                // A badge is its own heading to the eye; to a reader of pages it needs one.
                @if page.bare { h1.sr-only { (page.title) } }
                (page.heading())
                (body)
                @if !self.footer.is_empty() { footer.sheet-foot { (self.footer) } }
            }
        };
        Document { lang, theme: Theme::Light, class: self.paper.class(), page, suffix: "", public: false }
            .render(&inside)
    }
}
