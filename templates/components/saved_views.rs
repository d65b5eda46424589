//! Views of a list kept by name: a menu of links, and a form that keeps what is shown now. Any list can have it.

use domain::office::SavedView;
use maud::{Markup, html};

use super::{Icon, menu};
use crate::{Href, Lang, links};

/// The menu beside a list's filters. `shown` is the address of what is shown now, filters and order with it, but not
/// where the page begins.
pub fn saved_views(lang: Lang, slug: &str, list: &str, shown: &Href, views: &[SavedView]) -> Markup {
    let (here, query) = shown.as_str().split_once('?').unwrap_or((shown.as_str(), ""));
    let current = views.iter().find(|view| view.query == query);
    let summary = html! {
        span.button { (Icon::Eye) span { @match current { Some(view) => (view.name), None => (lang.t("saved-views")) } } (Icon::ChevronDown) }
    };
    let items = html! {
        @for view in views {
            div.saved-view {
                a href=(format!("{here}?{}", view.query)) aria-current=[(view.query == query).then_some("true")] { (view.name) }
                form method="post" action=(links::office::forget_view(slug, view.id)) {
                    input type="hidden" name="back" value=(format!("{here}?{query}"));
                    button.button.ghost.small.icon-only type="submit" title=(lang.t("saved-view-forget")) {
                        (Icon::Close) span.sr-only { (lang.with("saved-view-forget-name", &[("name", view.name.as_str().into())])) }
                    }
                }
            }
        }
        @if views.is_empty() { p.muted.small { (lang.t("saved-views-none")) } }
        form.saved-view-new method="post" action=(links::office::keep_view(slug)) {
            input type="hidden" name="list" value=(list);
            input type="hidden" name="query" value=(query);
            input type="hidden" name="back" value=(here);
            label.field {
                span.sr-only { (lang.t("saved-view-name")) }
                input type="text" name="name" required maxlength="60" placeholder=(lang.t("saved-view-name")) autocomplete="off";
            }
            button.button.small type="submit" { (lang.t("saved-view-keep")) }
        }
    };
    menu(&summary, &lang.t("saved-views"), &items)
}
