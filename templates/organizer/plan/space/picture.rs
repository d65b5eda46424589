//! The picture of places over time. Modes differ in pattern as well as in colour: exclusive is solid,
//! shared is light, passing is hatched, keep-clear is crossed. States lie as bands under the tasks.

use chrono::{Datelike, Weekday};
use domain::plan::space::chart::{Band, Bar, Chart, ChartRow};
use domain::plan::space::{Mode, PlaceState};
use domain::plan::view::Head;
use domain::plan::{DAY, axis};
use maud::{Markup, html};

use super::chart::Scale;
use super::words;
use crate::{Lang, links};

/// Height of the band of days.
pub(super) const TOP: i64 = 54;
/// Height of a lane.
const LANE: i64 = 17;
/// Height of the band of states.
const STATES: i64 = 13;
/// Room around lanes and states.
const ROOM: i64 = 6;

/// Height of a row, the same as in the style sheet.
pub(super) fn height(row: &ChartRow) -> i64 {
    i64::from(row.lanes.clamp(1, 5)) * LANE + STATES + ROOM
}

/// What is drawn.
pub(super) struct Picture<'a> {
    pub(super) lang: Lang,
    pub(super) slug: &'a str,
    pub(super) head: &'a Head,
    pub(super) chart: &'a Chart,
    pub(super) scale: Scale,
    pub(super) span: (i64, i64),
}

impl Picture<'_> {
    fn x(&self, minute: i64) -> i64 {
        ((minute - self.span.0) as f64 / DAY as f64 * self.scale.day()).round() as i64
    }

    fn width(&self) -> i64 {
        self.x(self.span.1)
    }

    /// A stretch cut to the picture; nothing when it lies outside.
    fn cut(&self, from: i64, until: i64) -> Option<(i64, i64)> {
        let (from, until) = (from.max(self.span.0), until.min(self.span.1));
        (from < until).then(|| (self.x(from), (self.x(until) - self.x(from)).max(2)))
    }

    pub(super) fn draw(&self) -> Markup {
        let total: i64 = TOP + self.chart.rows.iter().map(height).sum::<i64>();
        let width = self.width();
        let mut top = TOP;
        let rows: Vec<(i64, &ChartRow)> = self
            .chart
            .rows
            .iter()
            .map(|row| {
                let here = top;
                top += height(row);
                (here, row)
            })
            .collect();
        html! {
            svg.space-picture width=(width) height=(total) viewBox={ "0 0 " (width) " " (total) } role="presentation" focusable="false" {
                (patterns())
                // Where `#now` leads: a stretch around now, so that it comes into sight as a whole.
                @let here = self.x(self.chart.now.clamp(self.span.0, self.span.1));
                rect.gantt-here id="now" x=((here - 200).max(0)) y="0" width="400" height="1" {}
                g aria-hidden="true" { (self.grid(total)) }
                @for (y, row) in &rows { (self.row(*y, row)) }
                g aria-hidden="true" { (self.marks(total)) }
            }
        }
    }

    fn grid(&self, total: i64) -> Markup {
        let days = (self.span.1 - self.span.0) / DAY;
        html! {
            rect.space-top x="0" y="0" width=(self.width()) height=(TOP) {}
            @for n in 0..days {
                @let minute = self.span.0 + n * DAY;
                @let day = axis::day_of(minute);
                @let x = self.x(minute);
                @let monday = day.weekday() == Weekday::Mon;
                @if self.scale != Scale::Weeks || monday {
                    line class=(if monday || self.scale == Scale::Hours { "grid-line" } else { "grid-tick" }) x1=(x) x2=(x) y1="0" y2=(total) {}
                }
                @match self.scale {
                    Scale::Weeks => @if monday { text.space-day x=(x + 3) y="30" { (day.day()) } @if day.day() <= 7 { text.space-month x=(x + 3) y="15" { (self.lang.month(day.month())) } } },
                    Scale::Days => {
                        text.space-day x=(x + 4) y="30" { (day.day()) }
                        text.space-month x=(x + 4) y="15" { @if n == 0 || day.day() == 1 { (self.lang.month(day.month())) } @else { (self.lang.weekday(day)) } }
                    },
                    Scale::Hours => {
                        text.space-month x=(x + 4) y="15" { (self.lang.weekday_date(day)) }
                        @for hour in 0..12 {
                            @let x = self.x(minute + hour * 120);
                            line.grid-tick x1=(x) x2=(x) y1=(TOP - 36) y2=(total) {}
                            text.space-day x=(x + 3) y="30" { (format!("{:02}", hour * 2)) }
                        }
                    },
                }
            }
        }
    }

    fn row(&self, y: i64, row: &ChartRow) -> Markup {
        let tall = height(row);
        html! {
            line.grid-tick x1="0" x2=(self.width()) y1=(y + tall) y2=(y + tall) {}
            @for band in &row.bands { (self.band(y + tall - STATES - 2, band)) }
            @for bar in &row.bars { (self.bar(y + 3 + i64::from(bar.lane) * LANE, row, bar)) }
        }
    }

    fn band(&self, y: i64, band: &Band) -> Markup {
        let Some((x, width)) = self.cut(band.from, band.until) else { return html! {} };
        let word = self.lang.term("place-state", band.state.code());
        let planned = if band.planned { " is-planned" } else { "" };
        // About seven pixels a letter, fourteen a Chinese character.
        let room: i64 = word.chars().map(|c| if c.is_ascii() { 6 } else { 11 }).sum::<i64>() + 8;
        html! {
            g aria-hidden="true" {
                title { (word) " · " (words::moment(self.lang, band.from)) }
                rect class={ "space-band " (tone(band.state)) (planned) } x=(x) y=(y) width=(width) height=(STATES) {}
                @if width > room { text.space-band-word x=(x + 4) y=(y + 10) { (word) } }
            }
        }
    }

    fn bar(&self, y: i64, row: &ChartRow, bar: &Bar) -> Markup {
        let Some((x, width)) = self.cut(bar.taken.0, bar.taken.1) else { return html! {} };
        let work = self.cut(bar.work.0, bar.work.1);
        let inner = if bar.inside > 0 { " is-inner" } else { "" };
        let conflict = if bar.conflict.is_some() { " is-conflict" } else { "" };
        let done = if bar.state.is_done() { " is-done" } else { "" };
        let name = bar.name.get(self.lang.locale());
        let solid = bar.mode == Mode::Exclusive && bar.inside == 0;
        let hint = self.hint(name, bar);
        html! {
            // Without sight the bar has no row it stands in, so its words begin with the place.
            a.space-task href=(links::plan::task(self.slug, &bar.code)) tabindex="-1" data-row=(row.place)
                aria-label={ (row.name.get(self.lang.locale())) " · " (hint) } {
                title { (hint) }
                // Set-up and clear-out stand lower than the work.
                rect class={ "space-around" (inner) } x=(x) y=(y + 4) width=(width) height=(LANE - 9) {}
                @if let Some((x, width)) = work {
                    rect class={ "space-bar " (look(bar.mode)) (inner) (conflict) (done) } x=(x) y=(y) width=(width) height=(LANE - 2) rx="2" {}
                    @if matches!(bar.mode, Mode::Pass | Mode::Clear) {
                        rect x=(x) y=(y) width=(width) height=(LANE - 2) rx="2" fill=(if bar.mode == Mode::Pass { "url(#space-pass)" } else { "url(#space-clear)" }) {}
                    }
                    @if bar.conflict.is_some() { path.space-mark d={ "M" (x + width - 11) " " (y + 12) "l5 -9l5 9z" } {} }
                }
            }
            // Beside the link: its label says all of it, and a name cut short is not what anybody would call it by.
            @if let Some((x, width)) = work.filter(|(_, width)| *width > 26) {
                text class=(if solid { "space-code is-solid" } else { "space-code" }) x=(x + 4) y=(y + 11) aria-hidden="true" {
                    (bar.code)
                    @if bar.inside > 1 && width > 60 { " ×" (bar.inside) }
                    @if width > 150 { " " (short(name, (width - 60) / if self.lang == Lang::ZH { 12 } else { 7 })) }
                }
            }
        }
    }

    /// All of a bar in words; they begin as what is written on it does.
    fn hint(&self, name: &str, bar: &Bar) -> String {
        let times = if bar.inside > 1 { format!(" ×{}", bar.inside) } else { String::new() };
        let mut words = vec![
            format!("{}{times} {name}", bar.code),
            self.lang.term("space-mode", bar.mode.code()),
            words::span(self.lang, bar.taken.0, bar.taken.1),
        ];
        words.extend(bar.conflict.map(|kind| self.lang.term("space-conflict", kind.code())));
        words.join(" · ")
    }

    /// Now and D0.
    fn marks(&self, total: i64) -> Markup {
        let opening = axis::midnight(self.head.opens_on);
        let mark = |minute: i64| (self.span.0..=self.span.1).contains(&minute).then(|| self.x(minute));
        html! {
            @if let Some(x) = mark(opening) {
                line.gantt-opening x1=(x) x2=(x) y1="0" y2=(total) {}
                text.gantt-opening-word x=(x + 4) y="46" { "D0" }
            }
            @if let Some(x) = mark(self.chart.now) {
                line.gantt-today x1=(x) x2=(x) y1="0" y2=(total) {}
                text.gantt-today-word x=(x + 4) y="46" { (self.lang.t("space-now")) }
            }
        }
    }
}

fn patterns() -> Markup {
    html! {
        defs {
            pattern id="space-pass" width="6" height="6" patternUnits="userSpaceOnUse" { path.space-stroke d="M0 6L6 0" {} }
            pattern id="space-clear" width="7" height="7" patternUnits="userSpaceOnUse" { path.space-stroke d="M0 7L7 0M0 0L7 7" {} }
        }
    }
}

fn short(name: &str, most: i64) -> String {
    let most = usize::try_from(most).unwrap_or(0);
    if name.chars().count() <= most {
        return name.to_owned();
    }
    let cut: String = name.chars().take(most.saturating_sub(1)).collect();
    format!("{}…", cut.trim_end())
}

const fn look(mode: Mode) -> &'static str {
    match mode {
        Mode::Exclusive => "is-x",
        Mode::Shared => "is-s",
        Mode::Pass => "is-p",
        Mode::Clear => "is-k",
    }
}

const fn tone(state: PlaceState) -> &'static str {
    match state {
        PlaceState::Released | PlaceState::HandedOver | PlaceState::Returned => "tone-neutral",
        PlaceState::MarkedOut | PlaceState::Serviced | PlaceState::Built | PlaceState::Inspected => "tone-info",
        PlaceState::Established | PlaceState::Live => "tone-good",
        PlaceState::Stripped | PlaceState::Cleared => "tone-warn",
        PlaceState::Suspended => "tone-bad",
    }
}
