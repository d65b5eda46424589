//! Badges as black and white dots, for printers that know neither fonts nor colours.
//!
//! Outlines are filled by the non-zero rule, with four lines of samples a dot; a dot is black when at least half of it
//! is covered.

/// A picture of black and white dots.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Bitmap {
    /// Dots in a row.
    pub width: usize,
    /// Rows.
    pub height: usize,
    /// Rows of whole bytes, the leftmost dot in the highest bit; 1 is black.
    pub bytes: Vec<u8>,
}

/// Sample lines in a dot.
const SAMPLES: usize = 4;

/// A closed outline; the last point is joined to the first. Dots from the upper left corner.
pub type Outline = Vec<(f32, f32)>;

impl Bitmap {
    /// A white picture.
    #[must_use]
    pub fn white(width: usize, height: usize) -> Self {
        Self { width, height, bytes: vec![0; width.div_ceil(8) * height] }
    }

    /// Bytes in a row.
    #[must_use]
    pub const fn stride(&self) -> usize {
        self.width.div_ceil(8)
    }

    /// Whether a dot is black; white outside.
    #[must_use]
    pub fn is_black(&self, x: usize, y: usize) -> bool {
        x < self.width && y < self.height && self.bytes[y * self.stride() + x / 8] & (0x80 >> (x % 8)) != 0
    }

    /// Makes a dot black or white; nothing outside.
    pub fn set(&mut self, x: usize, y: usize, black: bool) {
        if x < self.width && y < self.height {
            let at = y * self.stride() + x / 8;
            let bit = 0x80 >> (x % 8);
            if black {
                self.bytes[at] |= bit;
            } else {
                self.bytes[at] &= !bit;
            }
        }
    }

    /// Fills a rectangle of whole dots.
    pub fn rectangle(&mut self, left: usize, top: usize, width: usize, height: usize, black: bool) {
        for y in top..(top + height).min(self.height) {
            for x in left..(left + width).min(self.width) {
                self.set(x, y, black);
            }
        }
    }

    /// Fills outlines together, by the non-zero rule.
    pub fn fill(&mut self, outlines: &[Outline], black: bool) {
        let ys = || outlines.iter().flatten().map(|(_, y)| *y);
        let (low, high) = (ys().fold(f32::MAX, f32::min), ys().fold(f32::MIN, f32::max));
        if low >= high {
            return;
        }
        let from = low.max(0.0) as usize;
        let until = (high.ceil().max(0.0) as usize).min(self.height);
        let mut cover = vec![0.0_f32; self.width];
        for y in from..until {
            cover.fill(0.0);
            for sample in 0..SAMPLES {
                let line = y as f32 + (sample as f32 + 0.5) / SAMPLES as f32;
                for (start, end) in spans(outlines, line) {
                    add(&mut cover, start, end);
                }
            }
            for (x, share) in cover.iter().enumerate() {
                if *share >= SAMPLES as f32 / 2.0 {
                    self.set(x, y, black);
                }
            }
        }
    }
}

/// Adds a span to the coverage of a row: whole dots count one, the ends by their share.
fn add(cover: &mut [f32], start: f32, end: f32) {
    let (start, end) = (start.max(0.0), end.min(cover.len() as f32));
    if start >= end {
        return;
    }
    let (first, last) = (start as usize, (end.ceil() as usize).min(cover.len()));
    for (x, share) in cover.iter_mut().enumerate().take(last).skip(first) {
        *share += (end.min(x as f32 + 1.0) - start.max(x as f32)).max(0.0);
    }
}

/// Where a horizontal line is inside the outlines, from left to right.
fn spans(outlines: &[Outline], line: f32) -> Vec<(f32, f32)> {
    let mut crossings: Vec<(f32, i32)> = Vec::new();
    for outline in outlines {
        for (at, (x0, y0)) in outline.iter().enumerate() {
            let (x1, y1) = outline[(at + 1) % outline.len()];
            let down = *y0 <= line && y1 > line;
            let up = y1 <= line && *y0 > line;
            if down || up {
                let x = x0 + (line - y0) / (y1 - y0) * (x1 - x0);
                crossings.push((x, if down { 1 } else { -1 }));
            }
        }
    }
    crossings.sort_by(|a, b| a.0.total_cmp(&b.0));
    let mut found = Vec::new();
    let (mut winding, mut start) = (0, 0.0);
    for (x, turn) in crossings {
        if winding == 0 {
            start = x;
        }
        winding += turn;
        if winding == 0 {
            found.push((start, x));
        }
    }
    found
}

#[cfg(test)]
mod tests {
    use super::*;

    fn square(left: f32, top: f32, side: f32) -> Outline {
        vec![(left, top), (left + side, top), (left + side, top + side), (left, top + side)]
    }

    fn blacks(picture: &Bitmap) -> usize {
        picture.bytes.iter().map(|byte| byte.count_ones() as usize).sum()
    }

    #[test]
    fn a_square_is_black_and_a_ring_has_a_hole() {
        let mut picture = Bitmap::white(20, 20);
        picture.fill(&[square(2.0, 2.0, 10.0)], true);
        assert_eq!(blacks(&picture), 100);
        let mut ring = Bitmap::white(20, 20);
        let mut hole = square(4.0, 4.0, 4.0);
        hole.reverse();
        ring.fill(&[square(2.0, 2.0, 10.0), hole], true);
        assert_eq!(blacks(&ring), 100 - 16);
        assert!(!ring.is_black(5, 5) && ring.is_black(3, 3));
    }

    #[test]
    fn half_a_dot_is_a_dot_and_less_is_none() {
        let mut picture = Bitmap::white(4, 1);
        picture.fill(&[square(0.6, 0.0, 1.0)], true);
        assert!(!picture.is_black(0, 0) && picture.is_black(1, 0));
    }

    #[test]
    fn what_lies_outside_is_left_out() {
        let mut picture = Bitmap::white(9, 3);
        picture.fill(&[square(-5.0, -5.0, 100.0)], true);
        assert_eq!(blacks(&picture), 27);
        picture.rectangle(8, 2, 50, 50, false);
        assert_eq!(blacks(&picture), 26);
        picture.fill(&[], true);
        assert!(!picture.is_black(100, 100));
    }
}
