//! The chart page: places as rows, time across. The names stay in sight and say in words what the
//! picture shows; the same is there as a table.

use chrono::NaiveDate;
use domain::plan::space::PlaceState;
use domain::plan::space::chart::{Bar, Chart, ChartFilter, ChartRow};
use domain::plan::space::view::Established;
use domain::plan::view::Head;
use domain::plan::{DAY, axis};
use domain::venue::PlaceKind;
use maud::{Markup, Render, html};

use super::picture::{Picture, height};
use super::words::{self, Part};
use crate::components::{Choice, Col, FilterBar, Tab, Table, Tile, empty_state, options, tabs, tiles};
use crate::{Badge, Icon, Lang, Shell, Tone, links};

/// How much time a screen shows.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Scale {
    /// Three days by the hour.
    Hours,
    /// Build-up to breakdown by the day.
    #[default]
    Days,
    /// The whole plan by the week.
    Weeks,
}

impl Scale {
    const ALL: [Scale; 3] = [Scale::Hours, Scale::Days, Scale::Weeks];

    const fn code(self) -> &'static str {
        match self {
            Scale::Hours => "hours",
            Scale::Days => "days",
            Scale::Weeks => "weeks",
        }
    }

    /// Reads the spelling in the address; days for anything else.
    pub fn parse(code: &str) -> Self {
        Self::ALL.into_iter().find(|scale| scale.code() == code).unwrap_or_default()
    }

    /// Pixels of a day.
    pub(super) const fn day(self) -> f64 {
        match self {
            Scale::Hours => 480.0,
            Scale::Days => 64.0,
            Scale::Weeks => 9.0,
        }
    }

    /// Days a picture covers.
    pub(super) const fn days(self) -> i64 {
        match self {
            Scale::Hours => 3,
            Scale::Days => 21,
            Scale::Weeks => 160,
        }
    }
}

/// The chart of places over time.
pub struct ChartPage<'a> {
    /// Slug of the edition.
    pub slug: &'a str,
    /// What stands above.
    pub head: &'a Head,
    /// The chart.
    pub chart: &'a Chart,
    /// What of it is shown.
    pub filter: &'a ChartFilter,
    /// Places established against plan.
    pub established: Established,
    /// States nobody brings.
    pub faults: usize,
}

impl ChartPage<'_> {
    pub(super) fn scale(&self) -> Scale {
        Scale::parse(&self.filter.zoom)
    }

    /// First minute of the picture: as asked for, else a little before today, or before D0 when
    /// today is far from the show.
    pub(super) fn from(&self) -> i64 {
        if let Ok(day) = self.filter.from.parse::<NaiveDate>() {
            return axis::midnight(day);
        }
        let (today, opens) = (axis::midnight(self.head.today), axis::midnight(self.head.opens_on));
        let near = (opens - 30 * DAY..opens + 20 * DAY).contains(&today);
        match self.scale() {
            Scale::Hours if near => today,
            Scale::Hours => opens - DAY,
            Scale::Days if near => today.min(opens) - 8 * DAY,
            Scale::Days => opens - 9 * DAY,
            Scale::Weeks => (today - 30 * DAY).min(opens - 130 * DAY).max(opens - 130 * DAY),
        }
    }

    /// The page.
    pub fn render(&self, shell: &Shell) -> Markup {
        let lang = shell.lang;
        let table = self.filter.view == "table";
        let body = html! {
            div.stack {
                (self.figures(lang))
                (self.controls(lang))
                @if self.chart.rows.is_empty() {
                    @let none = html! {};
                    (empty_state(Icon::MapPin, &lang.t("space-none"), &lang.t("space-none-hint"), &none))
                } @else if table { (self.table(lang)) } @else { (self.figure(lang)) (legend(lang)) }
            }
        };
        let views = words::views(lang, self.slug, self.head, Part::Chart, self.chart.conflicts);
        let take = html! {
            @if shell.may.contains(&domain::access::Permission::ExportData) && !self.chart.rows.is_empty() {
                @let here = self.with(|_| {});
                (crate::organizer::plan::files(lang, self.slug, "places", here.as_str().split_once('?').map_or("", |(_, query)| query)))
            }
        };
        shell.page(lang.t("plan-title")).actions(take).tabs(views).wide().script("places.js").body(&body)
    }

    fn figures(&self, lang: Lang) -> Markup {
        let Established { places, now, planned } = self.established;
        let behind = now < planned;
        let of = lang.with(
            "space-established-of",
            &[("places", i64::from(places).into()), ("planned", i64::from(planned).into())],
        );
        let conflicts = i64::from(self.chart.conflicts);
        tiles(&[
            Tile::new(lang.t("space-established"), lang.number(now)).hint(of).icon(Icon::Shield).tone(if behind {
                Tone::Bad
            } else {
                Tone::Good
            }),
            Tile::new(lang.t("space-conflicts"), lang.number(conflicts))
                .hint(lang.t("space-conflicts-hint"))
                .icon(Icon::Alert)
                .tone(if conflicts > 0 { Tone::Bad } else { Tone::Good })
                .link(links::space::conflicts(self.slug)),
            Tile::new(lang.t("space-faults"), lang.number(self.faults as i64))
                .hint(lang.t("space-faults-hint"))
                .icon(Icon::Help)
                .tone(if self.faults > 0 { Tone::Warn } else { Tone::Good })
                .link(links::space::conflicts(self.slug).anchor("faults")),
            Tile::new(lang.t("space-closed"), lang.number(self.chart.closed))
                .hint(lang.t("space-closed-hint"))
                .icon(Icon::Lock)
                .tone(if self.chart.closed > 0 { Tone::Bad } else { Tone::Good }),
        ])
    }

    fn with(&self, change: impl FnOnce(&mut ChartFilter)) -> crate::Href {
        let mut filter = self.filter.clone();
        change(&mut filter);
        links::space::chart(self.slug).query(&filter.pairs())
    }

    fn controls(&self, lang: Lang) -> Markup {
        let scale = self.scale();
        let zooms: Vec<Tab> = Scale::ALL
            .into_iter()
            .map(|one| {
                let to = self.with(|filter| filter.zoom = one.code().to_owned());
                Tab::new(lang.term("space-zoom", one.code()), to, one == scale)
            })
            .collect();
        let looks: Vec<Tab> = [("", Icon::Gantt, "space-as-picture"), ("table", Icon::Table, "space-as-table")]
            .into_iter()
            .map(|(view, icon, words)| {
                Tab::new(lang.t(words), self.with(|filter| filter.view = view.to_owned()), self.filter.view == view)
                    .icon(icon)
            })
            .collect();
        let step = scale.days() * 2 / 3;
        let at = |by: i64| axis::day_of(self.from() + by * DAY).to_string();
        let (back, on) = (at(-step), at(step));
        let kinds = PlaceKind::ALL.iter().filter(|kind| **kind != PlaceKind::Venue).map(|kind| kind.code());
        let quarters = self.chart.quarters.iter();
        let halls: Vec<Choice> =
            quarters.map(|(code, name)| Choice::new(code.clone(), name.get(lang.locale()))).collect();
        let all = self.filter.open.iter().any(|open| open == "all");
        let extra = html! {
            (tabs(lang, &lang.t("space-zoom"), &zooms))
            (tabs(lang, &lang.t("space-look"), &looks))
            a.button.icon-only href=(self.with(|filter| filter.from = back)) title=(lang.t("space-earlier")) {
                (Icon::ChevronLeft) span.sr-only { (lang.t("space-earlier")) }
            }
            a.button.icon-only href=(self.with(|filter| filter.from = on)) title=(lang.t("space-later")) {
                (Icon::ChevronRight) span.sr-only { (lang.t("space-later")) }
            }
            a.button href=(self.with(|filter| filter.open = if all { Vec::new() } else { vec!["all".to_owned()] })) {
                @if all { (lang.t("space-fold-all")) } @else { (lang.t("space-unfold-all")) }
            }
        };
        let mut bar = FilterBar::new(lang, links::space::chart(self.slug))
            .select("hall", lang.t("space-hall"), halls, &self.filter.hall)
            .select("kind", lang.t("venue-place-kind"), options(lang, "place-kind", kinds), &self.filter.kind)
            .keep("zoom", scale.code())
            .keep("view", &self.filter.view)
            .keep("from", &self.filter.from)
            .extra(extra);
        for open in &self.filter.open {
            bar = bar.keep("open", open);
        }
        bar.render()
    }

    fn figure(&self, lang: Lang) -> Markup {
        let from = self.from();
        let scale = self.scale();
        let until = from + scale.days() * DAY;
        let picture = Picture { lang, slug: self.slug, head: self.head, chart: self.chart, scale, span: (from, until) };
        html! {
            div.space-chart id="space-chart" role="region" aria-label=(lang.t("space-chart")) {
                ol.space-names { @for row in &self.chart.rows { (self.name(lang, row)) } }
                (picture.draw())
            }
            p.muted.small.gantt-keys data-chart-keys hidden { (lang.t("space-walk")) }
        }
    }

    fn name(&self, lang: Lang, row: &ChartRow) -> Markup {
        let indent = ["space-d0", "space-d1", "space-d2", "space-d3", "space-d4"][row.depth.min(4)];
        let tall = ["space-h1", "space-h2", "space-h3", "space-h4", "space-h5"][usize::from(row.lanes.clamp(1, 5)) - 1];
        debug_assert!(height(row) > 0);
        let name = row.name.get(lang.locale());
        html! {
            li class={ (indent) " " (tall) } {
                div.space-name {
                    @if row.children > 0 && self.filter.kind.is_empty() {
                        a.space-fold href=(links::space::chart(self.slug).query(&self.filter.toggled(&row.code).pairs()))
                            title=(if row.open { lang.t("space-fold") } else { lang.t("space-unfold") }) aria-expanded=(row.open) {
                            @if row.open { (Icon::ChevronDown) } @else { (Icon::ChevronRight) }
                            span.sr-only { (name) }
                        }
                    } @else { span.space-fold {} }
                    a href=(links::space::place(self.slug, row.place)) title=(name) { (name) }
                    @if row.conflicts > 0 {
                        a.space-alarm href=(links::space::conflicts(self.slug)) title=(lang.with("space-conflicts-here", &[("count", i64::from(row.conflicts).into())])) {
                            (Icon::Alert) span { (lang.number(row.conflicts)) }
                            span.sr-only { (lang.t("space-conflicts")) }
                        }
                    }
                }
                @if row.state.is_some() || row.closed {
                    span.space-state { (words::state(lang, row.state, row.closed)) }
                }
                span.sr-only { " " (self.said(lang, row)) }
            }
        }
    }

    /// A row in words, for those who do not see the picture.
    fn said(&self, lang: Lang, row: &ChartRow) -> String {
        let bar = |bar: &Bar| {
            format!(
                "{} {} {}",
                bar.code,
                lang.term("space-mode", bar.mode.code()),
                words::span(lang, bar.taken.0, bar.taken.1)
            )
        };
        lang.list(&row.bars.iter().take(12).map(bar).collect::<Vec<_>>())
    }

    fn table(&self, lang: Lang) -> Markup {
        let cols = vec![
            Col::main(lang.t("space-place")),
            Col::tight(lang.t("plan-column-code")),
            Col::new(lang.t("plan-column-task")),
            Col::tight(lang.t("space-mode")),
            Col::tight(lang.t("space-taken")),
            Col::tight(lang.t("plan-state")),
            Col::tight(lang.t("space-conflict")),
        ];
        let mut table = Table::new(lang.t("space-chart"), cols);
        for row in &self.chart.rows {
            let place = html! {
                a href=(links::space::place(self.slug, row.place)) { (row.name.get(lang.locale())) }
            };
            for bar in &row.bars {
                table.row(vec![
                    html! { (place) @if bar.inside > 0 { span.cell-second { (lang.with("space-inside", &[("count", i64::from(bar.inside).into())])) } } },
                    html! { a.code href=(links::plan::task(self.slug, &bar.code)) { (bar.code) } },
                    html! { (bar.name.get(lang.locale())) },
                    html! { (words::mode(lang, bar.mode)) },
                    html! { (words::span(lang, bar.taken.0, bar.taken.1)) },
                    html! { (lang.term("task-state", bar.state.code())) },
                    html! { @if let Some(kind) = bar.conflict { (words::kind(lang, kind)) } },
                ]);
            }
        }
        table.sticky().render()
    }
}

fn legend(lang: Lang) -> Markup {
    let modes = [("is-x", "x"), ("is-s", "s"), ("is-p", "p"), ("is-k", "k")];
    html! {
        ul.legend.space-legend {
            @for (class, code) in modes {
                li { span class={ "space-key " (class) } aria-hidden="true" {} (lang.term("space-mode", code)) }
            }
            li { span.space-key.is-inner aria-hidden="true" {} (lang.t("space-legend-inner")) }
            li { span.space-key.is-conflict aria-hidden="true" {} (lang.t("space-conflict")) }
            li { span.space-key.is-band aria-hidden="true" {} (lang.t("space-legend-band")) }
            li { span.space-key.is-planned aria-hidden="true" {} (lang.t("space-legend-planned")) }
            li { (Badge::new(lang.term("place-state", PlaceState::Suspended.code()), Tone::Bad)) }
        }
    }
}
