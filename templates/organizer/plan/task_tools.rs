//! What can be done with a task's place in the plan: links, a new task below it, a copy, order and outline, deleting.

use maud::{Markup, html};

use crate::components::{Button, menu};
use crate::{Icon, Lang, links};

/// The menu of a task.
pub(super) fn tools(lang: Lang, slug: &str, code: &str) -> Markup {
    let summary = html! { span.button { (Icon::More) span { (lang.t("revise-tools")) } (Icon::ChevronDown) } };
    let items = html! {
        a href=(links::revise::task_links(slug, code)) { (Icon::Link) (lang.t("revise-links")) }
        a href=(links::revise::new_task(slug, code)) { (Icon::Plus) (lang.t("revise-new-below")) }
        @for (step, icon) in [("copy", Icon::Copy), ("up", Icon::ArrowUp), ("down", Icon::ArrowDown), ("indent", Icon::ArrowRight), ("outdent", Icon::ArrowLeft)] {
            form method="post" action=(links::revise::outline(slug, code)) {
                input type="hidden" name="step" value=(step);
                (Button::submit(lang.term("revise-step", step)).value("act", "save").icon(icon).ghost())
            }
        }
        a href=(links::revise::delete(slug, code)) { (Icon::Trash) (lang.t("revise-delete-task")) }
    };
    menu(&summary, &lang.t("revise-tools"), &items)
}
