//! The chart of places as one picture to take away: the names of the places drawn beside their rows.

use domain::plan::DAY;
use domain::plan::space::chart::ChartRow;
use maud::{Markup, html};

use super::chart::ChartPage;
use super::picture::{Picture, TOP, height};
use super::words;
use crate::Lang;

/// Width of the column of names.
const NAMES: i64 = 240;

impl ChartPage<'_> {
    /// The stretch in sight with the names of the places, as one picture.
    pub fn poster(&self, lang: Lang) -> Markup {
        let (from, scale) = (self.from(), self.scale());
        let span = (from, from + scale.days() * DAY);
        let picture = Picture { lang, slug: self.slug, head: self.head, chart: self.chart, scale, span };
        let tall: i64 = TOP + self.chart.rows.iter().map(height).sum::<i64>();
        let wide = NAMES + (scale.day() * scale.days() as f64) as i64;
        html! {
            svg width=(wide) height=(tall) viewBox={ "0 0 " (wide) " " (tall) } {
                g transform={ "translate(" (NAMES) " 0)" } { (picture.draw()) }
                svg x="0" y="0" width=(NAMES - 6) height=(tall) { (names(lang, &self.chart.rows)) }
                line.axis-line x1=(NAMES) x2=(NAMES) y1="0" y2=(tall) {}
            }
        }
    }

    /// The days in sight, in words.
    pub fn caption(&self, lang: Lang) -> String {
        let from = self.from();
        words::span(lang, from, from + self.scale().days() * DAY)
    }
}

fn names(lang: Lang, rows: &[ChartRow]) -> Markup {
    let mut top = TOP;
    let placed: Vec<(i64, &ChartRow)> = rows
        .iter()
        .map(|row| {
            let here = top;
            top += height(row);
            (here, row)
        })
        .collect();
    html! {
        @for (y, row) in placed {
            line.grid-tick x1="0" x2=(NAMES) y1=(y) y2=(y) {}
            text.space-poster-name x=(8 + 14 * i64::try_from(row.depth).unwrap_or(0)) y=(y + 15) { (row.name.get(lang.locale())) }
        }
    }
}
