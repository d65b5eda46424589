//! Puts a person's data into a layout: every text whole, what is empty closes up, and a note of everything that should
//! be seen before printing. Pure: the fonts are a measure, the words come with the content.

use super::MM;
use super::fitting::{Boxed, LEADING, Measure, Room, fit_box};
use super::layout::{Align, Element, Ink, Layout, Part, Rgb};
use crate::registration::Category;

/// The colour of text.
pub const DARK: Rgb = Rgb(22, 27, 34);
/// The quieter grey.
pub const QUIET: Rgb = Rgb(87, 96, 106);
/// White.
pub const WHITE: Rgb = Rgb(255, 255, 255);
/// Between the texts of a block, points.
const GAP: f32 = 2.0 * MM;
/// The height of letters above the line they stand on, in letter sizes: Noto's ascent for ideographs.
const ASCENT: f32 = 0.88;

/// What is printed on one badge: the texts of its parts in the badge's languages.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Content {
    /// Texts by part; a part without one is empty.
    pub texts: Vec<(Part, String)>,
    /// The category, for its colour.
    pub category: Category,
}

impl Content {
    fn text(&self, element: &Element) -> String {
        if element.part == Part::Text {
            return element.text.clone();
        }
        let found = self.texts.iter().find(|(part, _)| *part == element.part);
        match found.map(|(_, text)| text.trim()) {
            None | Some("") => String::new(),
            Some(text) if element.text.trim().is_empty() => text.to_owned(),
            Some(text) => format!("{} {text}", element.text.trim()),
        }
    }
}

/// The two weights badges are set in.
pub struct Fonts<'a, M> {
    /// Regular.
    pub regular: &'a M,
    /// Bold.
    pub bold: &'a M,
}

impl<'a, M: Measure> Fonts<'a, M> {
    fn of(&self, bold: bool) -> &'a M {
        if bold { self.bold } else { self.regular }
    }
}

/// Something to draw. Lengths are points from the upper left corner of the badge.
#[derive(Clone, Debug, PartialEq)]
pub enum Mark {
    /// A filled rectangle: left, top, width, height.
    Area([f32; 4], Rgb),
    /// A line of text.
    Line {
        /// Where it begins.
        left: f32,
        /// The line the letters stand on.
        base: f32,
        /// Letter size.
        size: f32,
        /// Bold letters.
        bold: bool,
        /// Colour.
        colour: Rgb,
        /// The text.
        text: String,
    },
    /// The code with its quiet zone: left, top, side.
    Code([f32; 3]),
    /// The logo, as large as the box holds it: left, top, width, height.
    Logo([f32; 4]),
}

/// A badge ready to be drawn.
#[derive(Clone, Debug, PartialEq)]
pub struct Arranged {
    /// Width, points.
    pub width: f32,
    /// Height, points.
    pub height: f32,
    /// What to draw, in this order.
    pub marks: Vec<Mark>,
    /// Texts that stand there whole, but smaller than the layout asks for.
    pub tight: Vec<Part>,
    /// Characters that the fonts cannot draw.
    pub missing: Vec<char>,
}

/// Tenths of a millimetre as points.
fn points(length: i32) -> f32 {
    length as f32 / 10.0 * MM
}

/// Arranges one badge.
pub fn arrange(layout: &Layout, content: &Content, fonts: &Fonts<'_, impl Measure>) -> Arranged {
    let mut badge = Arranged {
        width: points(layout.width),
        height: points(layout.height),
        marks: Vec::new(),
        tight: Vec::new(),
        missing: Vec::new(),
    };
    let mut at = 0;
    while at < layout.elements.len() {
        let element = &layout.elements[at];
        let in_block = |one: &&Element| one.block && one.part.is_text();
        let length = layout.elements[at..].iter().take_while(in_block).count();
        if length > 0 {
            block(&mut badge, layout, &layout.elements[at..at + length], content, fonts);
        } else {
            single(&mut badge, layout, element, content, fonts);
        }
        at += length.max(1);
    }
    badge.missing.sort_unstable();
    badge.missing.dedup();
    badge
}

fn colour(layout: &Layout, ink: Ink, category: Category) -> Rgb {
    match ink {
        Ink::Dark => DARK,
        Ink::Quiet => QUIET,
        Ink::White => WHITE,
        Ink::Category => layout.colour(category),
    }
}

fn single(
    badge: &mut Arranged,
    layout: &Layout,
    element: &Element,
    content: &Content,
    fonts: &Fonts<'_, impl Measure>,
) {
    let (left, top) = (points(element.left), points(element.top));
    let (width, height) = (points(element.width), points(element.height));
    match element.part {
        Part::Area => {
            let mark = Mark::Area([left, top, width, height], colour(layout, element.ink, content.category));
            badge.marks.push(mark);
        }
        Part::Code => {
            let side = width.min(height);
            let mark = Mark::Code([left + (width - side) / 2.0, top + (height - side) / 2.0, side]);
            badge.marks.push(mark);
        }
        Part::Logo => badge.marks.push(Mark::Logo([left, top, width, height])),
        _ => {
            let text = content.text(element);
            let fitted = fit_box(fonts.of(element.bold), &text, room(element, 1.0), height);
            note(badge, element, &text, &fitted, fonts);
            let used = fitted.size * LEADING * fitted.lines.len() as f32;
            let y = top + ((height - used) / 2.0).max(0.0);
            lines(badge, layout, element, &fitted, y, content.category, fonts);
        }
    }
}

fn room(element: &Element, scale: f32) -> Room {
    let (largest, smallest) = (element.largest as f32 / 10.0, element.smallest as f32 / 10.0);
    let largest = (largest * scale).max(smallest.min(largest));
    Room { width: points(element.width), largest, smallest: smallest.min(largest), lines: usize::from(element.lines) }
}

fn note(badge: &mut Arranged, element: &Element, text: &str, fitted: &Boxed, fonts: &Fonts<'_, impl Measure>) {
    let font = fonts.of(element.bold);
    badge.missing.extend(text.chars().filter(|c| !c.is_whitespace() && !font.has(*c)));
    if fitted.tight && !badge.tight.contains(&element.part) {
        badge.tight.push(element.part);
    }
}

/// Texts that share their boxes: what is not empty stands in the middle of all of them together, everything smaller
/// together where it does not fit.
fn block(
    badge: &mut Arranged,
    layout: &Layout,
    elements: &[Element],
    content: &Content,
    fonts: &Fonts<'_, impl Measure>,
) {
    let from = elements.iter().map(|e| points(e.top)).fold(f32::MAX, f32::min);
    let until = elements.iter().map(|e| points(e.top + e.height)).fold(0.0, f32::max);
    let space = until - from;
    let given: Vec<(&Element, String)> =
        elements.iter().map(|e| (e, content.text(e))).filter(|(_, text)| !text.trim().is_empty()).collect();
    if given.is_empty() {
        return;
    }
    let mut fitted = Vec::new();
    let mut gap = GAP;
    for step in 0..=16 {
        let scale = 1.0 - 0.05 * step as f32;
        gap = GAP * scale;
        // The last steps go below the smallest sizes: whole is more than large.
        let below = (scale / 0.5).min(1.0);
        let at = |e: &Element, text: &str| {
            let mut room = room(e, scale);
            room.smallest *= below;
            let mut boxed = fit_box(fonts.of(e.bold), text, room, space);
            boxed.tight |= boxed.size < e.smallest as f32 / 10.0 - 0.01;
            boxed
        };
        fitted = given.iter().map(|(e, text)| at(e, text)).collect::<Vec<_>>();
        if tall(&fitted, gap) <= space {
            break;
        }
    }
    if tall(&fitted, gap) > space {
        squeeze(&given, &mut fitted, &mut gap, space, fonts);
    }
    let mut y = from + ((space - tall(&fitted, gap)) / 2.0).max(0.0);
    for ((element, text), fitted) in given.iter().zip(&fitted) {
        note(badge, element, text, fitted, fonts);
        y = lines(badge, layout, element, fitted, y, content.category, fonts) + gap;
    }
}

/// The last resort: each text gets a share of the height by what it took so far.
fn squeeze(
    given: &[(&Element, String)],
    fitted: &mut [Boxed],
    gap: &mut f32,
    space: f32,
    fonts: &Fonts<'_, impl Measure>,
) {
    *gap = 0.0;
    let taken = tall(fitted, 0.0);
    for ((element, text), boxed) in given.iter().zip(fitted.iter_mut()) {
        let share = boxed.size * LEADING * boxed.lines.len() as f32 / taken * space;
        let room = Room { largest: boxed.size, smallest: boxed.size, lines: usize::MAX, ..room(element, 1.0) };
        *boxed = fit_box(fonts.of(element.bold), text, room, share);
        boxed.tight = true;
    }
}

fn tall(fitted: &[Boxed], gap: f32) -> f32 {
    let lines: f32 = fitted.iter().map(|one| one.size * LEADING * one.lines.len() as f32).sum();
    lines + gap * fitted.len().saturating_sub(1) as f32
}

/// Lines from `y` down; gives back where they end.
fn lines(
    badge: &mut Arranged,
    layout: &Layout,
    element: &Element,
    fitted: &Boxed,
    mut y: f32,
    category: Category,
    fonts: &Fonts<'_, impl Measure>,
) -> f32 {
    let font = fonts.of(element.bold);
    let (left, width) = (points(element.left), points(element.width));
    for line in &fitted.lines {
        let free = width - font.width(line) * fitted.size;
        let x = match element.align {
            Align::Start => 0.0,
            Align::Middle => free / 2.0,
            Align::End => free,
        };
        badge.marks.push(Mark::Line {
            left: left + x,
            base: y + fitted.size * ASCENT,
            size: fitted.size,
            bold: element.bold,
            colour: colour(layout, element.ink, category),
            text: line.clone(),
        });
        y += fitted.size * LEADING;
    }
    y
}

#[cfg(test)]
#[path = "arrange_tests.rs"]
mod tests;
