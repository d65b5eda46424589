//! What pages ask for is there: icons, assets, and nothing the content security policy would refuse.

use crate::{Icon, Lang, Shell, assets, gallery::GalleryPage};

#[test]
fn no_page_carries_inline_script_or_style() {
    for lang in Lang::ALL {
        let html = GalleryPage.render(&Shell::sample(lang)).into_string();
        assert!(!html.contains(" style="), "styles are classes");
        assert!(!html.contains("<style"), "styles are in the style sheet");
        assert!(!html.contains(" onclick="), "scripts are in files");
        assert!(!html.contains("<script>"), "scripts are in files");
    }
}

#[test]
fn assets_that_pages_name_are_built() {
    // A fresh clone has no built assets yet; the suite of a release has.
    if !assets::are_built() {
        return;
    }
    for name in ["app.css", "app.js", "icons.svg", "favicon.svg", "inter-latin.woff2", "NotoSansSC-Regular.ttf"] {
        assert!(assets::is_known(name), "{name} is not built");
    }
    let sprite = String::from_utf8(assets::bytes("icons.svg").unwrap().into_owned()).unwrap();
    for icon in Icon::ALL {
        assert!(sprite.contains(&format!("id=\"{}\"", icon.name())), "{} is not in the sprite", icon.name());
    }
}

#[test]
fn no_word_is_missing_in_the_gallery() {
    for lang in Lang::ALL {
        let html = GalleryPage.render(&Shell::sample(lang)).into_string();
        for family in ["nav-", "component-", "gallery-", "shell-", "theme-"] {
            let raw = format!(">{family}");
            assert!(!html.contains(&raw), "a key of {family} is shown as it is in {}", lang.code());
        }
    }
}
