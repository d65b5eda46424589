//! The HTML document itself: head, assets, and the attributes language and look hang on.

use maud::{DOCTYPE, Markup, html};

use super::{Frame, Theme};
use crate::{Lang, asset, links};

/// htmx without eval, without inline styles and without requests to other sites.
const HTMX: &str = r#"{"includeIndicatorCSS":false,"allowEval":false,"mode":"same-origin","transitions":false}"#;

pub(super) struct Document<'a> {
    pub lang: Lang,
    pub theme: Theme,
    pub class: &'static str,
    pub page: &'a Frame<'a>,
    pub suffix: &'a str,
    /// Search engines may list it.
    pub public: bool,
}

impl Document<'_> {
    pub(super) fn render(&self, body: &Markup) -> Markup {
        let theme = (self.theme != Theme::Auto).then(|| self.theme.code());
        let title = if self.suffix.is_empty() || self.page.title == self.suffix {
            self.page.title.clone()
        } else {
            format!("{} · {}", self.page.title, self.suffix)
        };
        html! {
            (DOCTYPE)
            html lang=(self.lang.code()) data-theme=[theme] {
                head {
                    meta charset="utf-8";
                    meta name="viewport" content="width=device-width, initial-scale=1, viewport-fit=cover";
                    meta name="color-scheme" content="light dark";
                    @if !self.public { meta name="robots" content="noindex"; }
                    meta name="htmx-config" content=(HTMX);
                    title { (title) }
                    link rel="icon" type="image/svg+xml" href=(asset("favicon.svg"));
                    @if self.class == "desk" {
                        link rel="manifest" href=(links::desk::manifest()) crossorigin="use-credentials";
                        meta name="theme-color" content="#ffffff" media="(prefers-color-scheme: light)";
                        meta name="theme-color" content="#161b22" media="(prefers-color-scheme: dark)";
                    }
                    link rel="preload" as="font" type="font/woff2" href=(asset("inter-latin.woff2")) crossorigin;
                    link rel="stylesheet" href=(asset("app.css"));
                    script src=(asset("app.js")) type="module" {}
                    @for script in &self.page.scripts { script src=(asset(script)) type="module" {} }
                }
                body class=(self.class) {
                    a.skip-link href="#main" { (self.lang.t("shell-skip")) }
                    (body)
                }
            }
        }
    }
}
