//! Every text stands on the badge whole and inside its box, whatever people are called.

use super::*;
use crate::printing::presets::Preset;
use crate::text::is_ideograph;
use proptest::prelude::*;

/// Ideographs are one wide, everything else a half; no font has a `☃`.
struct Plain;
impl Measure for Plain {
    fn width(&self, text: &str) -> f32 {
        text.chars().map(|c| if is_ideograph(c) { 1.0 } else { 0.5 }).sum()
    }
    fn has(&self, c: char) -> bool {
        c != '☃'
    }
}

const FONTS: Fonts<'static, Plain> = Fonts { regular: &Plain, bold: &Plain };

fn content(name: &str, other: &str, company: &str, job: &str) -> Content {
    let texts = [
        (Part::Name, name),
        (Part::OtherName, other),
        (Part::Company, company),
        (Part::JobTitle, job),
        (Part::Category, "Trade visitor"),
        (Part::CategoryOther, "专业观众"),
        (Part::Serial, "1042"),
        (Part::Edition, "EASTMACH — East China Machine Tool & Automation Fair"),
        (Part::Dates, "24–27 Mar 2027"),
    ];
    Content {
        texts: texts.iter().map(|(part, text)| (*part, (*text).to_owned())).collect(),
        category: Category::TradeVisitor,
    }
}

/// The letters of all lines, without blanks.
fn letters(badge: &Arranged) -> String {
    let lines = badge.marks.iter().filter_map(|mark| match mark {
        Mark::Line { text, .. } => Some(text.as_str()),
        _ => None,
    });
    lines.flat_map(|text| text.chars()).filter(|c| !c.is_whitespace()).collect()
}

fn inside(badge: &Arranged) -> Result<(), String> {
    for mark in &badge.marks {
        if let Mark::Line { left, base, size, text, .. } = mark {
            let right = left + Plain.width(text) * size;
            let fits = *left >= -0.05 && right <= badge.width + 0.05 && base - size >= -1.0 && *base <= badge.height;
            if !fits && *size > 3.01 {
                return Err(format!("{text} at {left}–{right}, {base}, size {size} on {}", badge.width));
            }
        }
    }
    Ok(())
}

#[test]
fn a_short_name_is_large_and_an_empty_line_closes_up() {
    let layout = Preset::Upright.layout();
    let full = arrange(&layout, &content("张伟", "Zhang Wei", "上海机床有限公司", "采购经理"), &FONTS);
    let bare = arrange(&layout, &content("Eva", "", "", ""), &FONTS);
    assert!(full.tight.is_empty() && full.missing.is_empty(), "{full:?}");
    let name = |badge: &Arranged, wanted: &str| {
        badge.marks.iter().find_map(|mark| match mark {
            Mark::Line { text, size, base, .. } if text == wanted => Some((*size, *base)),
            _ => None,
        })
    };
    assert_eq!(name(&full, "张伟").unwrap().0, 34.0);
    let alone = name(&bare, "Eva").unwrap();
    assert!(alone.1 > name(&full, "张伟").unwrap().1, "alone it stands lower, in the middle of the block");
    inside(&full).unwrap();
}

#[test]
fn what_fonts_cannot_draw_is_named() {
    let badge = arrange(&Preset::Card.layout(), &content("A☃B☃", "", "", ""), &FONTS);
    assert_eq!(badge.missing, ['☃']);
}

#[test]
fn a_very_long_name_is_whole_and_said_to_be_tight() {
    let long = "Maximiliane Konstantine von der Heydebrand und der Lasa-Hohenstein ".repeat(6);
    let badge = arrange(&Preset::Card.layout(), &content(&long, &long, &long, &long), &FONTS);
    assert!(badge.tight.contains(&Part::Name));
    let wanted: String = long.split_whitespace().collect();
    assert!(letters(&badge).contains(&wanted));
    inside(&badge).unwrap();
}

#[test]
fn a_prefix_stands_before_a_value_and_never_alone() {
    let mut layout = Preset::Upright.layout();
    layout.elements.retain(|e| matches!(e.part, Part::Serial | Part::Country));
    layout.elements[1].text = "From".to_owned();
    let badge = arrange(&layout, &content("x", "", "", ""), &FONTS);
    assert_eq!(letters(&badge), "No.1042");
}

proptest! {
    #[test]
    fn every_letter_is_printed_once_and_inside(
        name in "[A-Za-zäöüß' -]{1,60}|[\u{4e00}-\u{9fa5}·]{1,20}",
        other in "[A-Za-z ]{0,50}",
        company in "[A-Za-z&. ]{0,120}|[\u{4e00}-\u{9fa5}（）]{0,50}",
        job in "[A-Za-z ,]{0,90}",
        preset in 0..Preset::ALL.len(),
    ) {
        let layout = Preset::ALL[preset].layout();
        let content = content(&name, &other, &company, &job);
        let badge = arrange(&layout, &content, &FONTS);
        let wanted: String = layout
            .elements
            .iter()
            .map(|element| content.text(element))
            .collect::<Vec<_>>()
            .concat()
            .chars()
            .filter(|c| !c.is_whitespace())
            .collect();
        prop_assert_eq!(letters(&badge), wanted);
        prop_assert!(inside(&badge).is_ok(), "{:?}", inside(&badge));
        prop_assert_eq!(badge, arrange(&layout, &content, &FONTS));
    }
}
