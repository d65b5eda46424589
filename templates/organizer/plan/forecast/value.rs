//! Earned value and earned schedule: the curves, the figures, phase by phase.

use chrono::NaiveDate;
use domain::access::Permission;
use domain::plan::axis;
use domain::plan::baseline::Baseline;
use domain::plan::calendar::DAY;
use domain::plan::value::{Sums, Value, Weight};
use domain::plan::view::Head;
use maud::{Markup, Render, html};

use super::risk::{day, days_one};
use super::{Part, parts};
use crate::charts::{LineChart, Poster, Series};
use crate::components::{Button, Choice, Col, FilterBar, Table, Tile, callout, card, empty_state, section, tiles};
use crate::organizer::plan::words::{self, View};
use crate::{Icon, Lang, Shell, Tone, links};

/// Earned value of a plan.
pub struct ValuePage<'a> {
    /// Slug of the edition.
    pub slug: &'a str,
    /// What stands above.
    pub head: &'a Head,
    /// The baselines to measure against, the latest first.
    pub baselines: &'a [(Baseline, String)],
    /// Number of the one measured against.
    pub against: i32,
    /// The status date.
    pub on: NaiveDate,
    /// The figures; nothing without a baseline.
    pub value: Option<&'a Value>,
    /// Currency of the budgets.
    pub currency: &'a str,
}

impl ValuePage<'_> {
    /// The page.
    pub fn render(&self, shell: &Shell) -> Markup {
        let lang = shell.lang;
        let body = html! {
            div.stack {
                (parts(lang, self.slug, Part::Value))
                @match self.value {
                    None => {
                        @let go = Button::link(lang.t("baseline-title"), links::plan::baselines(self.slug)).primary();
                        (empty_state(Icon::Trend, &lang.t("value-none"), &lang.t("value-none-hint"), &go))
                    },
                    Some(value) => {
                        (self.filter(lang))
                        (self.remarks(lang, value))
                        (self.figures(lang, value))
                        (card(&lang.t("value-curves"), &html! {}, &self.curves(lang, value).render()))
                        (section(&format!("{} · {}", lang.t("value-phases"), self.unit(lang, value)), &html! {}, &self.phases(lang, value)))
                        p.muted.small { (lang.t("value-formulas")) }
                    },
                }
            }
        };
        let actions = html! {
            (Button::link(lang.t("estimate-title"), links::plan::estimates(self.slug)).icon(Icon::Ruler))
            @if self.value.is_some() && shell.may.contains(&Permission::ExportData) {
                @let query = format!("baseline={}&on={}", self.against, self.on);
                (crate::organizer::plan::files(lang, self.slug, "value", &query))
            }
        };
        let views = words::views(lang, self.slug, View::Forecast, self.head.counts.deviations);
        shell.page(lang.t("value-title")).actions(actions).tabs(views).wide().body(&body)
    }

    /// The curves, alone.
    pub fn posters(&self, lang: Lang) -> Vec<Poster> {
        self.value.map(|value| self.curves(lang, value).poster()).into_iter().collect()
    }

    fn filter(&self, lang: Lang) -> Markup {
        let choices = self.baselines.iter().map(|(one, _)| {
            Choice::new(one.number.to_string(), format!("{} · {}", one.number, one.name.get(lang.locale())))
        });
        let date = html! {
            form.filters method="get" action=(links::plan::value(self.slug)) {
                input type="hidden" name="baseline" value=(self.against);
                label.filter {
                    span.filter-label { (lang.t("value-status-date")) }
                    input type="date" name="on" value=(self.on);
                }
                button.button type="submit" { (lang.t("value-show")) }
            }
        };
        FilterBar::new(lang, links::plan::value(self.slug))
            .select("baseline", lang.t("value-against"), choices.collect(), &self.against.to_string())
            .keep("on", self.on)
            .extra(date)
            .render()
    }

    fn remarks(&self, lang: Lang, value: &Value) -> Markup {
        html! {
            @if value.weight == Weight::Minutes {
                (callout(Tone::Info, "", &html! { p { (lang.t("value-by-minutes")) } }))
            } @else if !value.costs {
                (callout(Tone::Info, "", &html! { p { (lang.t("value-no-costs")) } }))
            }
            @if value.left_out > 0 {
                p.muted { (lang.with("value-left-out", &[("count", value.left_out.into())])) }
            }
        }
    }

    /// An amount of value in the unit of [`ValuePage::unit`].
    fn amount(&self, lang: Lang, value: &Value, amount: f64) -> String {
        let amount = amount / scale(value);
        lang.decimal(amount, if amount.abs() < 100.0 { 1 } else { 0 })
    }

    /// Thousands of money, or days of work: what keeps figures readable.
    fn unit(&self, lang: Lang, value: &Value) -> String {
        match value.weight {
            Weight::Budget => lang.with("value-unit-money", &[("currency", self.currency.into())]),
            Weight::Minutes => lang.t("value-unit-days"),
        }
    }

    fn figures(&self, lang: Lang, value: &Value) -> Markup {
        let sums = &value.sums;
        let amount = |figure: f64| self.amount(lang, value, figure);
        let unit = self.unit(lang, value);
        let tile = |label: String, figure: f64| Tile::new(label, amount(figure)).unit(unit.as_str());
        let of_all = |figure: f64| {
            let share = if sums.complete > 0.0 { figure / sums.complete } else { 0.0 };
            lang.with("value-of-all", &[("share", lang.percent(share).into())])
        };
        let mut all = vec![
            tile(lang.t("value-pv"), sums.planned).hint(of_all(sums.planned)).icon(Icon::Calendar),
            tile(lang.t("value-ev"), sums.earned).hint(of_all(sums.earned)).icon(Icon::CheckCircle),
        ];
        if value.costs {
            all.push(tile(lang.t("value-ac"), sums.actual).hint(of_all(sums.actual)).icon(Icon::Ticket));
        }
        let variance = lang.with("value-variance", &[("amount", amount(sums.schedule_variance()).into())]);
        all.push(Tile::new("SPI", index(lang, sums.spi())).hint(variance).tone(tone(sums.spi())));
        let late = lang.with("value-variance", &[("amount", days_one(lang, value.schedule_variance_t()).into())]);
        all.push(Tile::new("SPI(t)", index(lang, value.spi_t())).hint(late).tone(tone(value.spi_t())));
        if let Some(finish) = value.finish_at_completion() {
            let planned = lang.with("risk-planned", &[("date", lang.date(day(value.finish)).into())]);
            all.push(Tile::new("EAC(t)", lang.day(day(finish))).hint(planned).icon(Icon::Flag));
        }
        if value.costs {
            let variance = lang.with("value-variance", &[("amount", amount(sums.cost_variance()).into())]);
            all.push(Tile::new("CPI", index(lang, sums.cpi())).hint(variance).tone(tone(sums.cpi())));
            if let Some(estimate) = sums.at_completion() {
                let budget = lang.with("value-budget", &[("amount", amount(sums.complete).into())]);
                all.push(tile("EAC".to_owned(), estimate).hint(budget).icon(Icon::Target));
            }
        }
        tiles(&all)
    }

    fn curves(&self, lang: Lang, value: &Value) -> LineChart {
        let (unit, scale) = (self.unit(lang, value), scale(value));
        let labels = value.curve.iter().map(|point| lang.day(axis::day_of(point.at))).collect();
        let mark = value.curve.iter().position(|point| point.at >= value.status).unwrap_or(0);
        let planned = value.curve.iter().map(|point| point.planned / scale);
        let earned = value.curve.iter().map(|point| point.earned.map(|figure| figure / scale)).collect();
        let mut chart = LineChart::new(lang, lang.t("value-title"), unit, labels)
            .series(Series::full(lang.t("value-pv"), planned).expected())
            .series(Series::new(lang.t("value-ev"), earned));
        if value.costs {
            let actual = value.curve.iter().map(|point| point.actual.map(|figure| figure / scale)).collect();
            chart = chart.series(Series::new(lang.t("value-ac"), actual));
        }
        chart.mark(mark, lang.t("value-status-date")).full()
    }

    fn phases(&self, lang: Lang, value: &Value) -> Markup {
        let mut cols = vec![
            Col::main(lang.t("plan-phase")),
            Col::num(lang.t("value-bac")),
            Col::num(lang.t("value-pv")),
            Col::num(lang.t("value-ev")),
            Col::num("SPI"),
        ];
        if value.costs {
            cols.extend([Col::num(lang.t("value-ac")), Col::num("CPI"), Col::num("EAC")]);
        }
        let mut table = Table::new(lang.t("value-phases"), cols);
        let cells = |name: String, sums: &Sums| {
            let amount = |figure: f64| html! { (self.amount(lang, value, figure)) };
            let mut cells = vec![
                html! { (name) },
                amount(sums.complete),
                amount(sums.planned),
                amount(sums.earned),
                html! { (index(lang, sums.spi())) },
            ];
            if value.costs {
                cells.push(amount(sums.actual));
                cells.push(html! { (index(lang, sums.cpi())) });
                cells.push(html! {
                    @match sums.at_completion() { Some(estimate) => (amount(estimate)), None => "–" }
                });
            }
            cells
        };
        for (phase, sums) in &value.phases {
            table.row(cells(lang.term("plan-phase", phase.code()), sums));
        }
        table.foot(cells(lang.t("value-all"), &value.sums));
        table.render()
    }
}

/// Minor units of money, or minutes, in one unit as it is shown.
fn scale(value: &Value) -> f64 {
    match value.weight {
        Weight::Budget => 100_000.0,
        Weight::Minutes => DAY as f64,
    }
}

fn index(lang: Lang, index: Option<f64>) -> String {
    index.map_or_else(|| "–".to_owned(), |index| lang.decimal(index, 2))
}

fn tone(index: Option<f64>) -> Tone {
    match index {
        None => Tone::Neutral,
        Some(index) if index >= 0.98 => Tone::Good,
        Some(index) if index >= 0.9 => Tone::Warn,
        Some(_) => Tone::Bad,
    }
}
