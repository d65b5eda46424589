//! Scales and axes that every chart with two directions shares.

use maud::{Markup, html};

use super::figure;
use crate::Lang;

/// Room around the plot for the words of the axes.
pub(super) const LEFT: f64 = 44.0;
pub(super) const RIGHT: f64 = 8.0;
pub(super) const TOP: f64 = 10.0;
pub(super) const BOTTOM: f64 = 24.0;

/// The plot within the picture and its value scale from zero to a round top.
#[derive(Debug, Clone, Copy)]
pub(super) struct Plot {
    pub width: f64,
    pub height: f64,
    pub top_value: f64,
    step: f64,
}

impl Plot {
    pub(super) fn new(size: (f64, f64), largest: f64) -> Self {
        let (step, top_value) = round_scale(largest);
        Self { width: size.0, height: size.1, top_value, step }
    }

    pub(super) fn inner_width(&self) -> f64 {
        self.width - LEFT - RIGHT
    }

    /// Where a value stands, from the top of the picture.
    pub(super) fn y(&self, value: f64) -> f64 {
        let share = (value / self.top_value).clamp(0.0, 1.0);
        self.height - BOTTOM - share * (self.height - TOP - BOTTOM)
    }

    /// Lines across with their values, and the floor.
    pub(super) fn grid(&self, lang: Lang) -> Markup {
        let steps = (self.top_value / self.step).round() as i32;
        html! {
            @for index in 0..=steps {
                @let value = f64::from(index) * self.step;
                @let y = self.y(value);
                line class=(if index == 0 { "axis-line" } else { "grid-line" }) x1=(px(LEFT)) x2=(px(self.width - RIGHT)) y1=(px(y)) y2=(px(y)) {}
                text x=(px(LEFT - 8.0)) y=(px(y + 4.0)) text-anchor="end" { (figure(lang, value)) }
            }
        }
    }

    /// Names under the floor: in one line, in two where only that lets all of them stand, else as many as there is room
    /// for.
    pub(super) fn labels(&self, labels: &[String], x: impl Fn(usize) -> f64) -> Markup {
        let fit = |widest: f64| (self.inner_width() / (widest + 10.0)).floor().max(1.0) as usize;
        let whole = fit(labels.iter().map(|label| text_width(label)).fold(0.0, f64::max));
        let halves: Vec<(&str, &str)> = labels.iter().map(|label| halved(label)).collect();
        let longest_half = halves.iter().map(|(first, second)| text_width(first).max(text_width(second)));
        if whole < labels.len() && fit(longest_half.fold(0.0, f64::max)) >= labels.len() {
            return html! {
                @for (index, (first, second)) in halves.iter().enumerate() {
                    text x=(px(x(index))) y=(px(self.height - 13.0)) text-anchor="middle" { (first) }
                    text x=(px(x(index))) y=(px(self.height - 1.5)) text-anchor="middle" { (second) }
                }
            };
        }
        let every = labels.len().div_ceil(whole).max(1);
        html! {
            @for (index, label) in labels.iter().enumerate().filter(|(index, _)| index % every == 0) {
                text x=(px(x(index))) y=(px(self.height - 7.0)) text-anchor="middle" { (label) }
            }
        }
    }
}

/// A label in two lines of about the same width, broken between words; the second is empty where there is one word.
fn halved(label: &str) -> (&str, &str) {
    let ends = label.match_indices(' ').map(|(at, _)| (&label[..at], &label[at + 1..]));
    let longer = |(first, second): &(&str, &str)| text_width(first).max(text_width(second));
    ends.min_by(|a, b| longer(a).total_cmp(&longer(b))).unwrap_or((label, ""))
}

/// A rough width of a label in the axis font.
fn text_width(text: &str) -> f64 {
    text.chars().map(|letter| if letter.is_ascii() { 6.2 } else { 11.5 }).sum()
}

/// A step of 1, 2 or 5 times a power of ten, and a top of at most six steps that covers the largest value.
fn round_scale(largest: f64) -> (f64, f64) {
    let largest = if largest.is_finite() && largest > 0.0 { largest } else { 1.0 };
    let rough = largest / 4.0;
    let power = 10_f64.powf(rough.log10().floor());
    let step = [1.0, 2.0, 5.0, 10.0].into_iter().map(|factor| factor * power).find(|step| *step >= rough);
    let step = step.unwrap_or(power * 10.0);
    (step, (largest / step).ceil() * step)
}

/// Coordinates in tenths: enough for the eye, short for the wire.
pub(super) fn px(value: f64) -> String {
    let text = format!("{value:.1}");
    text.strip_suffix(".0").map_or_else(|| text.clone(), str::to_owned)
}

#[cfg(test)]
mod tests {
    use super::round_scale;

    #[test]
    fn tops_are_round_and_cover() {
        assert_eq!(round_scale(0.0), (0.5, 1.0));
        assert_eq!(round_scale(97.0), (50.0, 100.0));
        assert_eq!(round_scale(20_000.0), (5_000.0, 20_000.0));
    }
}
