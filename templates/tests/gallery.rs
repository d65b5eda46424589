//! The gallery as it was last looked at: a change of a component shows here first.

use crate::{Lang, Shell, gallery::GalleryPage};

#[test]
fn gallery_is_as_it_was_seen() {
    let html = GalleryPage.render(&Shell::sample(Lang::EN)).into_string();
    // Names of built files change with every style; what counts is what is around them.
    let mut stable = String::new();
    let mut parts = html.split("/assets/");
    stable.push_str(parts.next().unwrap_or_default());
    for part in parts {
        let end = part.find(['"', '#']).unwrap_or(0);
        let name = part[..end].split(['-', '.']).next().unwrap_or_default();
        stable.push_str(&format!("/assets/{name}{}", &part[end..]));
    }
    let lines = stable.replace("><", ">\n<");
    insta::assert_snapshot!("gallery", lines);
}
