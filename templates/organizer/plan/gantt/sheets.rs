//! The Gantt as pictures to take away: one large one, or sheets of paper that each begin with the axis
//! and the names.

use maud::{Markup, html};

use super::lines::Line;
use super::picture::Picture;
use super::scale::Scale;
use super::{BAND, Gantt, ROW};
use crate::Lang;

/// Width of the column of names.
const NAMES: i64 = 300;
/// Pixels of a sheet of A3 that stay readable.
const WIDE: i64 = 1_860;
const TALL: i64 = 1_180;
/// Height of the legend.
const LEGEND: i64 = 40;
/// Lines of the one large picture; more than that no program shows.
const MOST: usize = 4_000;

impl Gantt<'_> {
    /// All of it in one picture.
    pub fn poster(&self, lang: Lang) -> Markup {
        let (scale, mut lines) = (self.scale(), self.lines(lang));
        lines.truncate(MOST);
        self.sheet(lang, &scale, &lines)
    }

    /// Sheet by sheet: first down the lines, then on in time.
    pub fn sheets(&self, lang: Lang) -> Vec<Markup> {
        let (scale, lines) = (self.scale(), self.lines(lang));
        let rows = usize::try_from((TALL - BAND - LEGEND) / ROW).unwrap_or(1);
        let most = ((WIDE - NAMES) as f64 / scale.zoom.per_day()).floor().max(1.0) as u64;
        // Sheets side by side are equally wide, instead of full ones and a rest.
        let all = scale.days().count() as u64;
        let days = all.div_ceil(all.div_ceil(most).max(1)).max(1);
        let mut sheets = Vec::new();
        let mut first = scale.first;
        while first <= scale.last {
            let last = first.checked_add_days(chrono::Days::new(days - 1)).unwrap_or(scale.last).min(scale.last);
            let part = Scale { zoom: scale.zoom, first, last };
            for chunk in lines.chunks(rows) {
                sheets.push(self.sheet(lang, &part, chunk));
            }
            first = last.succ_opt().unwrap_or(chrono::NaiveDate::MAX);
        }
        sheets
    }

    fn sheet(&self, lang: Lang, scale: &Scale, lines: &[Line<'_>]) -> Markup {
        let picture = Picture { may_edit: false, spoken: false, ..self.picture(lang, scale, lines) };
        let height = ROW * i64::try_from(lines.len()).unwrap_or(0);
        let (wide, tall) = (NAMES + scale.width().max(900), BAND + height + LEGEND);
        html! {
            svg width=(wide) height=(tall) viewBox={ "0 0 " (wide) " " (tall) } {
                g transform={ "translate(" (NAMES) " 0)" } { (picture.axis()) }
                svg x=(NAMES) y=(BAND) width=(scale.width()) height=(height) { (picture.whole()) }
                svg x="0" y="0" width=(NAMES - 6) height=(tall) { (names(lang, lines)) }
                line.axis-line x1=(NAMES) x2=(NAMES) y1="0" y2=(BAND + height) {}
                g transform={ "translate(0 " (BAND + height + 14) ")" } { (self.signs_drawn(lang)) }
            }
        }
    }

    /// The legend as shapes.
    fn signs_drawn(&self, lang: Lang) -> Markup {
        let mut x = 8;
        let mut placed = Vec::new();
        for (class, code) in self.signs() {
            let words = lang.term("gantt-legend", code);
            placed.push((x, class.rsplit(' ').next().unwrap_or_default().to_owned(), words.clone()));
            x += 36 + words.chars().map(|letter| if letter.is_ascii() { 6 } else { 12 }).sum::<i64>();
        }
        html! {
            @for (x, class, words) in placed {
                @match class.as_str() {
                    "is-float" => rect.gantt-float x=(x) y="5" width="18" height="3" {},
                    "is-baseline" => rect.gantt-baseline x=(x) y="5" width="18" height="3" {},
                    "is-progress" => { rect.gantt-bar x=(x) y="1" width="18" height="10" rx="2" {} rect.gantt-progress x=(x) y="1" width="9" height="10" rx="2" {} },
                    "is-point" => path.gantt-bar d={ "M" (x + 8) " -1l7 7l-7 7l-7 -7z" } {},
                    "is-deadline" => path.gantt-deadline d={ "M" (x + 8) " 11l-5 -9h10z" } {},
                    "is-bracket" => rect.gantt-bracket x=(x) y="3" width="18" height="5" {},
                    "is-opening" => line.gantt-opening x1=(x + 8) x2=(x + 8) y1="-1" y2="13" {},
                    "is-today" => line.gantt-today x1=(x + 8) x2=(x + 8) y1="-1" y2="13" {},
                    "is-reached" => path.gantt-reached d={ "M" (x + 8) " -1V13" } {},
                    "is-idle" => rect.gantt-idle x=(x) y="0" width="18" height="12" {},
                    "gantt-key" => rect.gantt-bar x=(x) y="1" width="18" height="10" rx="2" {},
                    _ => rect class={ "gantt-bar " (class) } x=(x) y="1" width="18" height="10" rx="2" {},
                }
                text.gantt-sign x=(x + 24) y="10" { (words) }
            }
        }
    }
}

fn names(lang: Lang, lines: &[Line<'_>]) -> Markup {
    html! {
        rect.gantt-band x="0" y="0" width=(NAMES) height=(BAND) {}
        text.gantt-month x="8" y=(BAND - 8) { (lang.t("plan-column-task")) }
        @for (at, line) in lines.iter().enumerate() {
            @let y = BAND + ROW * i64::try_from(at).unwrap_or(0);
            @match line {
                Line::Group(group) => {
                    rect.gantt-group x="0" y=(y) width=(NAMES) height=(ROW) {}
                    text.gantt-name.is-group x="8" y=(y + 18) { (group.name) }
                },
                Line::Task(_, row) => {
                    text.gantt-name x="8" y=(y + 18) { tspan.gantt-code { (row.code) "  " } (row.name.get(lang.locale())) }
                },
            }
        }
    }
}
