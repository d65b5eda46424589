//! Dialogs every organizer page carries: palette, question before a deed, list of keys.

use maud::{Markup, html};

use crate::{
    Lang,
    components::{Icon, dialog},
    links,
};

pub(super) fn overlays(lang: Lang, edition: &str) -> Markup {
    html! {
        (palette(lang, edition))
        (question(lang))
        (keys(lang))
    }
}

fn palette(lang: Lang, edition: &str) -> Markup {
    let results = links::office::search_results(edition);
    html! {
        dialog.palette id="palette" aria-label=(lang.t("shell-search")) data-results=(results) {
            form method="get" action=(links::office::search()) role="search" {
                div.palette-box {
                    (Icon::Search)
                    @if !edition.is_empty() { input type="hidden" name="edition" value=(edition); }
                    input type="search" name="q" autocomplete="off" spellcheck="false" aria-label=(lang.t("shell-search"))
                        aria-controls="palette-results" placeholder=(lang.t("palette-placeholder"));
                }
            }
            div.palette-results id="palette-results" aria-live="polite" {}
            p.palette-foot {
                span { kbd { "↑" } " " kbd { "↓" } " " (lang.t("palette-move")) }
                span { kbd { "↵" } " " (lang.t("palette-open")) }
                span { kbd { "Esc" } " " (lang.t("component-close")) }
            }
        }
    }
}

fn question(lang: Lang) -> Markup {
    html! {
        dialog.dialog id="confirm" aria-labelledby="confirm-question" {
            form method="dialog" {
                div.dialog-body {
                    p id="confirm-question" data-question {}
                    div.confirm-actions {
                        button.button type="submit" value="no" autofocus { (lang.t("component-cancel")) }
                        button.button.primary type="submit" value="yes" { (lang.t("component-yes")) }
                    }
                }
            }
        }
    }
}

fn keys(lang: Lang) -> Markup {
    let list = html! {
        dl.shortcut-list {
            @for (keys, text) in [
                (&["Ctrl", "K"][..], lang.t("key-palette")),
                (&["/"], lang.t("key-search")),
                (&["j", "k"], lang.t("key-rows")),
                (&["g", "t"], lang.t("key-today")),
                (&["g", "p"], lang.t("key-plan")),
                (&["g", "i"], lang.t("key-incidents")),
                (&["g", "r"], lang.t("key-registrations")),
                (&["g", "a"], lang.t("key-admission")),
                (&["g", "x"], lang.t("key-exhibitors")),
                (&["?"], lang.t("key-keys")),
            ] {
                dt { (text) }
                dd { @for key in keys { kbd { (key) } " " } }
            }
        }
    };
    dialog(lang, "shortcuts", &lang.t("shell-shortcuts"), &list)
}
