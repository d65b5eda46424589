//! Pictures made on the server: SVG with axis, unit and legend, and a table of the same figures.
//!
//! Colours and strokes are classes (`series-1` …), so both looks, paper and the content security policy agree.

mod axis;
mod bars;
mod fever;
mod lines;
mod rings;
mod tornado;

pub use bars::BarChart;
pub use fever::{Fever, FeverChart};
pub use lines::{LineChart, sparkline};
pub use rings::{Slice, donut, gauge};
pub use tornado::{Swing, Tornado};

use maud::{Markup, html};

use crate::Lang;

/// One row of figures with its name.
#[derive(Debug, Clone)]
pub struct Series {
    pub name: String,
    /// A value for each label; nothing where there is none (the future).
    pub values: Vec<Option<f64>>,
    look: &'static str,
    dashed: bool,
}

impl Series {
    pub fn new(name: impl Into<String>, values: Vec<Option<f64>>) -> Self {
        Self { name: name.into(), values, look: "", dashed: false }
    }

    /// From values that are all there.
    pub fn full(name: impl Into<String>, values: impl IntoIterator<Item = f64>) -> Self {
        Self::new(name, values.into_iter().map(Some).collect())
    }

    /// What was planned, expected or last time: quiet and dashed.
    pub fn expected(mut self) -> Self {
        self.look = "series-plan";
        self.dashed = true;
        self
    }

    /// A colour of the palette out of turn.
    fn palette(mut self, class: &'static str) -> Self {
        self.look = class;
        self
    }

    /// The colour of a tone instead of the next of the palette.
    pub fn tone(mut self, tone: crate::Tone) -> Self {
        self.look = tone.class();
        self
    }

    fn class(&self, index: usize) -> &'static str {
        if self.look.is_empty() { series_class(index) } else { self.look }
    }
}

const fn series_class(index: usize) -> &'static str {
    match index % 6 {
        0 => "series-1",
        1 => "series-2",
        2 => "series-3",
        3 => "series-4",
        4 => "series-5",
        _ => "series-6",
    }
}

/// How wide the picture is drawn: half a page or all of it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Width {
    #[default]
    Half,
    Full,
}

impl Width {
    const fn size(self) -> (f64, f64) {
        match self {
            Self::Half => (440.0, 210.0),
            Self::Full => (920.0, 260.0),
        }
    }

    const fn class(self) -> &'static str {
        match self {
            Self::Half => "chart",
            Self::Full => "chart full",
        }
    }
}

/// A figure in as many decimals as it needs.
fn figure(lang: Lang, value: f64) -> String {
    let decimals = if value.abs() >= 100.0 || value.fract().abs() < 1e-9 { 0 } else { 1 };
    lang.decimal(value, decimals)
}

fn legend(series: &[Series]) -> Markup {
    html! {
        @if series.len() > 1 {
            ul.legend {
                @for (index, one) in series.iter().enumerate() {
                    li { span class={ "swatch " (one.class(index)) } aria-hidden="true" {} (one.name) }
                }
            }
        }
    }
}

/// The figures for those who do not see the picture, or want them exactly.
fn table(lang: Lang, labels: &[String], series: &[Series]) -> Markup {
    html! {
        details.chart-table {
            summary { (lang.t("chart-table")) }
            div.chart-table-scroll tabindex="0" role="region" aria-label=(lang.t("chart-table")) {
                table {
                    thead { tr { th scope="col" { (lang.t("chart-label")) } @for one in series { th scope="col" { (one.name) } } } }
                    tbody {
                        @for (index, label) in labels.iter().enumerate() {
                            tr {
                                th scope="row" { (label) }
                                @for one in series {
                                    td { @if let Some(Some(value)) = one.values.get(index) { (figure(lang, *value)) } @else { "–" } }
                                }
                            }
                        }
                    }
                }
            }
        }
    }
}

/// Room for title and legend above a picture that stands alone.
const POSTER_HEAD: f64 = 48.0;

/// A picture with title and legend drawn into it: for files, where no page stands around it.
#[derive(Debug, Clone)]
pub struct Poster {
    size: (f64, f64),
    /// The `svg` element.
    pub markup: Markup,
}

/// Pictures below each other as one.
pub fn stack(posters: &[Poster]) -> Markup {
    let width = posters.iter().map(|one| one.size.0).fold(0.0, f64::max);
    let mut top = 0.0;
    let mut placed = Vec::new();
    for one in posters {
        placed.push((top, &one.markup));
        top += one.size.1 + 24.0;
    }
    html! {
        svg width=(axis::px(width)) height=(axis::px(top)) viewBox={ "0 0 " (axis::px(width)) " " (axis::px(top)) } {
            @for (y, one) in placed { g transform={ "translate(0 " (axis::px(y)) ")" } { (one) } }
        }
    }
}

fn poster(size: (f64, f64), title: &str, unit: &str, series: &[Series], svg: &Markup) -> Poster {
    let (width, height) = (size.0, size.1 + POSTER_HEAD);
    let mut x = 8.0;
    let mut placed = Vec::new();
    for (index, one) in series.iter().enumerate() {
        placed.push((x, one.class(index), one.name.as_str()));
        x += 30.0 + one.name.chars().map(|letter| if letter.is_ascii() { 6.2 } else { 11.5 }).sum::<f64>();
    }
    let markup = html! {
        svg width=(axis::px(width)) height=(axis::px(height)) viewBox={ "0 0 " (axis::px(width)) " " (axis::px(height)) } {
            text.value x="8" y="15" { (title) @if !unit.is_empty() { " · " (unit) } }
            @if series.len() > 1 {
                @for (x, class, name) in placed {
                    rect class={ "fill " (class) } x=(axis::px(x)) y="24" width="12" height="12" rx="2" {}
                    text x=(axis::px(x + 17.0)) y="34" { (name) }
                }
            }
            g transform={ "translate(0 " (axis::px(POSTER_HEAD)) ")" } { (svg) }
        }
    };
    Poster { size: (width, height), markup }
}

/// Picture, caption, legend and table in one figure.
fn framed(
    lang: Lang,
    width: Width,
    title: &str,
    unit: &str,
    labels: &[String],
    series: &[Series],
    svg: &Markup,
) -> Markup {
    html! {
        figure class=(width.class()) {
            figcaption { (title) @if !unit.is_empty() { " · " (unit) } }
            (legend(series))
            div.chart-scroll tabindex=[(width == Width::Full).then_some("0")] role=[(width == Width::Full).then_some("region")]
                aria-label=[(width == Width::Full).then_some(title)] { (svg) }
            (table(lang, labels, series))
        }
    }
}
