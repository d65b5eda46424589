//! What the product says by itself: callouts, flashes, empty screens.

use maud::{Markup, Render, html};

use super::{Icon, Tone};
use crate::{Flash, Lang};

const fn glyph(tone: Tone) -> Icon {
    match tone {
        Tone::Good => Icon::CheckCircle,
        Tone::Warn => Icon::Alert,
        Tone::Bad => Icon::XCircle,
        Tone::Neutral | Tone::Info | Tone::Accent => Icon::Info,
    }
}

/// A remark in the page that should not be missed.
pub fn callout(tone: Tone, title: &str, body: &Markup) -> Markup {
    let role = if tone == Tone::Bad { "alert" } else { "note" };
    html! {
        div class={ "callout " (tone.class()) } role=(role) {
            (glyph(tone))
            div { @if !title.is_empty() { p.callout-title { (title) } } (body) }
        }
    }
}

/// What just happened, once, after a redirect.
pub fn flash(lang: Lang, flash: Option<&Flash>) -> Markup {
    let said = flash.and_then(|flash| flash.text(lang).map(|text| (flash.tone, text)));
    html! {
        div.toasts aria-live="polite" role="status" {
            @if let Some((tone, text)) = said {
                div class={ "toast " (tone.class()) } data-toast {
                    (glyph(tone)) p { (text) }
                    button.button.ghost.small.icon-only type="button" data-dismiss title=(lang.t("component-close")) {
                        (Icon::Close) span.sr-only { (lang.t("component-close")) }
                    }
                }
            }
        }
    }
}

/// A screen with nothing on it yet: says what would be here and what to do next.
pub fn empty_state(icon: Icon, title: &str, hint: &str, action: &impl Render) -> Markup {
    html! {
        div.empty {
            span.empty-icon { (icon) }
            p.empty-title { (title) }
            @if !hint.is_empty() { p.muted { (hint) } }
            div.actions { (action) }
        }
    }
}
