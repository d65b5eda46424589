//! Fits text into a box by measuring its glyphs: smaller first, then on more lines; never cut, never abbreviated.

use domain::text::is_ideograph;

/// Measures text in one font.
pub trait Measure {
    /// Width of a text at size 1.
    fn width(&self, text: &str) -> f32;
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
