//! Fits text into a box by measuring its glyphs: smaller first, then on more lines; never cut, never abbreviated.

use crate::text::is_ideograph;

/// Measures text in one font.
pub trait Measure {
    /// Width of a text at size 1.
    fn width(&self, text: &str) -> f32;

    /// Whether the font can draw a character.
    fn has(&self, _: char) -> bool {
        true
    }
}

/// A box for text: its width, the sizes that may be used, the lines that may be used before going below `smallest`.
#[derive(Clone, Copy, Debug)]
pub struct Room {
    pub width: f32,
    pub largest: f32,
    pub smallest: f32,
    pub lines: usize,
}

/// Text that fits: a size and its lines.
#[derive(Clone, Debug, PartialEq)]
pub struct Fitted {
    pub size: f32,
    pub lines: Vec<String>,
}

/// Fits `text`. One line at any allowed size is better than two; what does not fit in the allowed lines at the
/// smallest size goes on as many lines as it needs, whole.
pub fn fit(font: &impl Measure, text: &str, room: Room) -> Fitted {
    let text = text.split_whitespace().collect::<Vec<_>>().join(" ");
    if text.is_empty() {
        return Fitted { size: room.smallest, lines: Vec::new() };
    }
    for lines in 1..=room.lines.max(1) {
        // A line more is worth it only if the letters get larger by it, so each count starts from the top.
        let mut size = room.largest;
        while size >= room.smallest {
            let wrapped = wrap(font, &text, room.width / size);
            if wrapped.len() <= lines && wrapped.iter().all(|line| font.width(line) * size <= room.width) {
                return Fitted { size, lines: wrapped };
            }
            size -= 0.5;
        }
    }
    Fitted { size: room.smallest, lines: wrap(font, &text, room.width / room.smallest) }
}

/// Text in a box that is bounded on both sides.
#[derive(Clone, Debug, PartialEq)]
pub struct Boxed {
    /// Letter size, in the unit of the box.
    pub size: f32,
    /// Its lines; all of the text is in them.
    pub lines: Vec<String>,
    /// It had to become smaller than the smallest size that was asked for.
    pub tight: bool,
}

/// From line to line, in letter sizes.
pub const LEADING: f32 = 1.2;
/// Letters that no eye reads; text that would need smaller ones still goes on as many lines as it takes.
const TINIEST: f32 = 3.0;
/// A further line must make the letters at least this much larger to be worth it.
const WORTH_A_LINE: f32 = 1.25;

/// Fits `text` into a box of `room.width` × `height`, whole: as large as its box allows, on fewer lines where a
/// further one gains little; below `room.smallest` only when nothing else holds it all.
pub fn fit_box(font: &impl Measure, text: &str, room: Room, height: f32) -> Boxed {
    let text = text.split_whitespace().collect::<Vec<_>>().join(" ");
    if text.is_empty() {
        return Boxed { size: room.smallest, lines: Vec::new(), tight: false };
    }
    let mut best: Option<(f32, Vec<String>)> = None;
    for lines in 1..=room.lines.max(1) {
        let found = largest(font, &text, room.width, height, lines, (room.smallest, room.largest));
        if let Some((size, wrapped)) = found
            && best.as_ref().is_none_or(|(so_far, _)| size >= so_far * WORTH_A_LINE)
        {
            best = Some((size, wrapped));
        }
    }
    if let Some((size, lines)) = best {
        return Boxed { size, lines, tight: false };
    }
    // Smaller than asked for, on any number of lines.
    let found = largest(font, &text, room.width, height, usize::MAX, (TINIEST, room.smallest));
    let (size, lines) = found.unwrap_or_else(|| (TINIEST, wrap(font, &text, room.width / TINIEST)));
    Boxed { size, lines, tight: true }
}

/// The largest size within `sizes`, in quarters, at which the text stands on at most `lines` lines in the box.
fn largest(
    font: &impl Measure,
    text: &str,
    width: f32,
    height: f32,
    lines: usize,
    (low, high): (f32, f32),
) -> Option<(f32, Vec<String>)> {
    let steps = ((high - low).max(0.0) * 4.0).ceil() as i32;
    let at = |step: i32| (high - 0.25 * step as f32).max(low);
    let try_size = |size: f32| {
        let wrapped = wrap(font, text, width / size);
        let fits = wrapped.len() <= lines
            && wrapped.len() as f32 * size * LEADING <= height + 0.01
            && wrapped.iter().all(|line| font.width(line) * size <= width + 0.01);
        fits.then_some(wrapped)
    };
    // What fits at a size fits at every smaller one: the first step that fits is found by halving.
    let (mut from, mut until) = (0, steps);
    try_size(at(steps))?;
    while from < until {
        let middle = from + (until - from) / 2;
        if try_size(at(middle)).is_some() {
            until = middle;
        } else {
            from = middle + 1;
        }
    }
    let size = at(until);
    try_size(size).map(|wrapped| (size, wrapped))
}

/// Lines no wider than `width` at size 1: broken at blanks, between ideographs, and within a word only if it is
/// wider than the box by itself.
fn wrap(font: &impl Measure, text: &str, width: f32) -> Vec<String> {
    let mut lines: Vec<String> = Vec::new();
    let mut line = String::new();
    for piece in pieces(text) {
        let longer = format!("{line}{piece}");
        if font.width(longer.trim_end()) <= width || line.is_empty() && font.width(piece.trim_end()) <= width {
            line = longer;
            continue;
        }
        push(&mut lines, &mut line);
        for c in piece.chars() {
            line.push(c);
            if font.width(line.trim_end()) > width && line.chars().count() > 1 {
                line.pop();
                push(&mut lines, &mut line);
                line.push(c);
            }
        }
    }
    push(&mut lines, &mut line);
    lines
}

fn push(lines: &mut Vec<String>, line: &mut String) {
    let whole = line.trim();
    if !whole.is_empty() {
        lines.push(whole.to_owned());
    }
    line.clear();
}

/// What must stay together: a word with the blank after it, or one ideograph with the punctuation after it.
fn pieces(text: &str) -> Vec<String> {
    let mut pieces: Vec<String> = Vec::new();
    let mut open = false;
    for c in text.chars() {
        let closing = "，。、）)》」·".contains(c);
        match pieces.last_mut() {
            Some(last) if closing || c == ' ' || (open && !is_ideograph(c)) => last.push(c),
            _ => pieces.push(c.to_string()),
        }
        open = c != ' ' && !is_ideograph(c) && !closing;
    }
    pieces
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Every ideograph is one wide, everything else a half.
    struct Plain;
    impl Measure for Plain {
        fn width(&self, text: &str) -> f32 {
            text.chars().map(|c| if is_ideograph(c) { 1.0 } else { 0.5 }).sum()
        }
    }

    const ROOM: Room = Room { width: 100.0, largest: 20.0, smallest: 10.0, lines: 2 };

    fn fitted(text: &str) -> Fitted {
        fit(&Plain, text, ROOM)
    }

    #[test]
    fn short_names_are_large_long_names_are_whole() {
        assert_eq!(fitted("张伟"), Fitted { size: 20.0, lines: vec!["张伟".into()] });
        assert_eq!(fitted("Eva Müllermann").size, 14.0);
        let long = "Maximiliane Konstantine von der Heydebrand und der Lasa-Hohenstein";
        let lines = fitted(long).lines;
        assert_eq!(lines.join(" "), long);
        assert!(lines.iter().all(|line| Plain.width(line) * 10.0 <= 100.0));
    }

    #[test]
    fn ideographs_break_anywhere_and_words_only_when_they_must() {
        let name = "华东精密机床自动化设备制造（集团）股份有限公司";
        let lines = fitted(name).lines;
        assert_eq!(lines.concat(), name);
        let word = "Donaudampfschifffahrtsgesellschaftskapitän";
        assert_eq!(fitted(word).lines.concat(), word);
    }

    #[test]
    fn nothing_is_nothing() {
        assert!(fitted("  ").lines.is_empty());
    }
}
