//! The menu that takes a picture away as a file.

use maud::{Markup, html};

use crate::components::menu;
use crate::{Icon, Lang, links};

/// SVG and PDF of the picture a page shows; `query` is that of the page.
pub(super) fn files(lang: Lang, slug: &str, picture: &str, query: &str) -> Markup {
    let summary = html! { span.button { (Icon::Download) span { (lang.t("picture-take")) } (Icon::ChevronDown) } };
    let items = html! {
        @for (format, words) in [("svg", lang.t("picture-svg")), ("pdf", lang.t("picture-pdf"))] {
            a href=(links::plan::picture(slug, picture, format, query)) download { (words) }
        }
    };
    menu(&summary, &lang.t("picture-take"), &items)
}
