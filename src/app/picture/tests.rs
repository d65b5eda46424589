//! What holds for exported pictures, with a small sheet of rules.

use super::read::{Part, drawing};
use super::style::{Sheet, colour};
use super::{About, svg};

const RULES: &str = r##"{
  "vars": {"--accent": "light-dark(#2556c8, #8db0ff)", "--c1": "var(--accent)"},
  "rules": [
    {"l": 1, "s": ".chart .fill", "d": {"fill": "var(--series, #ff0000)"}},
    {"l": 1, "s": ".series-1", "d": {"--series": "var(--c1)"}},
    {"l": 1, "s": ".chart text", "d": {"font-size": "11px", "fill": "#596373"}},
    {"l": 2, "s": ".line", "d": {"fill": "none", "stroke": "rgb(10 20 40 / 0.5)", "stroke-width": "2", "stroke-dasharray": "4 3"}},
    {"l": 2, "s": "svg .gone", "d": {"display": "none"}}
  ]
}"##;

const MARKUP: &str = r#"<svg width="200" height="100" viewBox="0 0 200 100">
  <rect class="fill series-1" x="10" y="10" width="50" height="20"></rect>
  <path class="line" d="M0 0H10V5L3 9"></path>
  <g class="gone"><rect x="0" y="0" width="9" height="9"></rect></g>
  <svg x="100" y="0" width="50" height="50"><line class="line" x1="-10" y1="5" x2="80" y2="5"></line></svg>
  <a href="/e/x"><title>not drawn</title><text x="5" y="90">A &amp; B 展会</text></a>
</svg>"#;

#[test]
fn looks_are_written_into_the_shapes() {
    let sheet = Sheet::parse(RULES);
    let picture = drawing(MARKUP, &["chart"], &sheet).expect("a picture");
    assert_eq!(picture.parts.len(), 4, "what is hidden is left out, a title is no shape");
    let Part::Path { look, .. } = &picture.parts[0] else { panic!("a bar") };
    assert_eq!(look.fill.map(|fill| fill.rgb), Some((0x25, 0x56, 0xc8)), "variables, light one of two");
    let file = svg::write(&picture, &About { title: "T & Co".into(), language: "en", ..About::default() });
    for part in [
        "#2556c8",
        "stroke-dasharray=\"4 3\"",
        "stroke-opacity=\"0.5\"",
        "clip-path",
        "A &amp; B 展会",
        "<title>T &amp; Co",
    ] {
        assert!(file.contains(part), "{part} in {file}");
    }
    assert!(!file.contains("class=") && !file.contains("href") && !file.contains("not drawn"), "{file}");
    roxmltree::Document::parse(&file).expect("the file is XML");
}

#[test]
fn colours_are_read_in_every_spelling() {
    let read = |text| colour(text).map(|one| (one.rgb, (one.alpha * 100.0).round() as u8));
    assert_eq!(read("#fff"), Some(((255, 255, 255), 100)));
    assert_eq!(read("#0a14286b"), Some(((10, 20, 40), 42)));
    assert_eq!(read("rgb(10 20 40 / 42%)"), Some(((10, 20, 40), 42)));
    assert_eq!(read("rgba(1, 2, 3, 0.5)"), Some(((1, 2, 3), 50)));
    assert_eq!((read("none"), read("url(#x)")), (None, None));
}

#[test]
fn what_is_no_picture_is_an_error() {
    let sheet = Sheet::parse(RULES);
    for broken in
        ["", "<svg", "<svg></svg>", "<svg width=\"0\" height=\"5\"></svg>", "<svg width=\"NaN\" height=\"5\"></svg>"]
    {
        assert!(drawing(broken, &[], &sheet).is_err(), "{broken}");
    }
}
