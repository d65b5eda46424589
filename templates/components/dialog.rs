//! A question in front of the page: the browser's own dialog. Without script its content stands in the page,
//! reached by an anchor.

use maud::{Markup, html};

use super::Icon;
use crate::Lang;

/// A dialog with a heading and a way out; `Button::open(text, id)` shows it.
pub fn dialog(lang: Lang, id: &str, title: &str, body: &Markup) -> Markup {
    let heading = format!("{id}-title");
    html! {
        dialog.dialog id=(id) aria-labelledby=(heading) {
            header.dialog-head {
                h2 id=(heading) { (title) }
                form method="dialog" {
                    button.button.ghost.small.icon-only type="submit" title=(lang.t("component-close")) {
                        (Icon::Close) span.sr-only { (lang.t("component-close")) }
                    }
                }
            }
            div.dialog-body { (body) }
        }
    }
}
