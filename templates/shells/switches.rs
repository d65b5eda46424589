//! Language and look: forms that post a preference and come back here.

use domain::Locale;
use maud::{Markup, html};

use super::Theme;
use crate::{Lang, components::Icon, links};

/// A button for each language, each named in itself.
pub(super) fn languages(lang: Lang, path: &str) -> Markup {
    html! {
        form.switch method="post" action=(links::access::preferences()) aria-label=(lang.t("shell-language")) {
            input type="hidden" name="then" value=(path);
            @for locale in Locale::ALL {
                @let other = Lang::new(*locale);
                button type="submit" name="locale" value=(locale.code()) lang=(locale.code())
                    aria-pressed=(if other == lang { "true" } else { "false" }) { (other.t("shell-language-self")) }
            }
        }
    }
}

/// As the system, light, dark.
pub(super) fn themes(lang: Lang, theme: Theme, path: &str) -> Markup {
    html! {
        form.switch method="post" action=(links::access::preferences()) data-theme-form aria-label=(lang.t("shell-theme")) {
            input type="hidden" name="then" value=(path);
            @for choice in Theme::ALL {
                @let words = lang.term("theme", choice.code());
                button type="submit" name="theme" value=(choice.code()) title=(words)
                    aria-pressed=(if choice == theme { "true" } else { "false" }) {
                    (glyph(choice)) span.sr-only { (words) }
                }
            }
        }
    }
}

const fn glyph(theme: Theme) -> Icon {
    match theme {
        Theme::Auto => Icon::Monitor,
        Theme::Light => Icon::Sun,
        Theme::Dark => Icon::Moon,
    }
}

/// The mark of the product: a line that runs true through its fairlead.
pub(super) fn mark() -> Markup {
    html! {
        svg.mark viewBox="0 0 24 24" width="24" height="24" aria-hidden="true" focusable="false" {
            rect.mark-ground x="1" y="1" width="22" height="22" rx="6" {}
            path.mark-line d="M4.5 16.5 C 9 16.5 9.5 8 15 8 H 19.5" {}
            circle.mark-eye cx="15" cy="8" r="2.4" {}
        }
    }
}
