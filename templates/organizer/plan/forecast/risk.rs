//! The risk page: the chance of each date, how it is spread, and what spreads it.

use chrono::NaiveDate;
use chrono_tz::Tz;
use domain::Bilingual;
use domain::plan::axis;
use domain::plan::calendar::DAY;
use domain::plan::risk::forecast::{AimForecast, Forecast, RiskForecast, RiskRun, RunState, TaskForecast};
use domain::plan::risk::study::{Aim, AimKind, Shape};
use domain::plan::view::Head;
use maud::{Markup, Render, html};
use std::collections::HashMap;

use super::{Part, parts};
use crate::charts::{BarChart, LineChart, Poster, Series, Swing, Tornado};
use crate::components::{
    Button, Choice, Col, Table, Tile, callout, card, empty_state, options, progress, section, tiles,
};
use crate::organizer::plan::space::moment;
use crate::organizer::plan::words::{self, View};
use crate::{Badge, FormState, Icon, Lang, Shell, Tone, links};

/// Bars of the tornado.
const SWINGS: usize = 12;
/// Points of the S-curve.
const POINTS: i64 = 40;

/// What a forecast is shown with.
pub struct RiskPage<'a> {
    /// Slug of the edition.
    pub slug: &'a str,
    /// What stands above.
    pub head: &'a Head,
    /// Dates that can be asked now.
    pub aims: &'a [Aim],
    /// Tasks with an estimate, tasks, risks that may strike.
    pub doubt: (usize, usize, usize),
    /// The simulation shown.
    pub run: Option<&'a RiskRun>,
    /// The plan or the register changed since.
    pub outdated: bool,
    /// The latest simulations.
    pub runs: &'a [RiskRun],
    /// Names of the tasks by code.
    pub names: &'a HashMap<&'a str, &'a Bilingual>,
    /// Names of the risks by number.
    pub risks: &'a HashMap<i32, Bilingual>,
    /// The request being typed.
    pub form: FormState,
    /// Where days begin.
    pub zone: Tz,
    /// May simulate.
    pub may_edit: bool,
}

impl RiskPage<'_> {
    /// The page.
    pub fn render(&self, shell: &Shell) -> Markup {
        let lang = shell.lang;
        let forecast = self.run.and_then(|run| run.result.as_ref().map(|result| (run, result)));
        let body = html! {
            div.stack {
                (parts(lang, self.slug, Part::Risk))
                (self.doubt(lang))
                @match (self.run, forecast) {
                    (Some(run), None) => (self.under_way(lang, run)),
                    (_, Some((run, forecast))) => (self.forecast(lang, run, forecast)),
                    _ => {
                        @let none = html! {};
                        (empty_state(Icon::Trend, &lang.t("risk-none"), &lang.t("risk-none-hint"), &none))
                    },
                }
                @if self.may_edit { (self.ask(lang)) }
                (self.history(lang))
            }
        };
        let actions = html! {
            (Button::link(lang.t("risk-estimates"), links::plan::estimates(self.slug)).icon(Icon::Ruler))
            (Button::link(lang.t("risk-register"), links::plan::risks(self.slug)).icon(Icon::Alert))
            @if forecast.is_some() && shell.may.contains(&domain::access::Permission::ExportData) {
                @let query = self.run.map(|run| format!("run={}", run.id)).unwrap_or_default();
                (crate::organizer::plan::files(lang, self.slug, "risk", &query))
            }
        };
        let views = words::views(lang, self.slug, View::Forecast, self.head.counts.deviations);
        shell.page(lang.t("risk-title")).actions(actions).tabs(views).wide().body(&body)
    }

    /// How much of the plan is uncertain at all.
    fn doubt(&self, lang: Lang) -> Markup {
        let (uncertain, tasks, risks) = self.doubt;
        let words = lang
            .with("risk-doubt", &[("uncertain", uncertain.into()), ("tasks", tasks.into()), ("risks", risks.into())]);
        html! {
            p.muted { (words) }
            @if uncertain == 0 {
                @let go = html! { p { (lang.t("risk-no-estimates")) " " a href=(links::plan::estimates(self.slug)) { (lang.t("risk-estimates")) } } };
                (callout(Tone::Info, "", &go))
            }
        }
    }

    fn under_way(&self, lang: Lang, run: &RiskRun) -> Markup {
        html! {
            @if run.state.is_over() {
                (callout(Tone::Warn, &lang.term("risk-state", run.state.code()), &html! { p { (lang.t("risk-no-result")) } }))
            } @else {
                div data-live=(links::plan::risk_progress(self.slug, run.id)) { (run_progress(lang, self.slug, run)) }
            }
        }
    }

    fn forecast(&self, lang: Lang, run: &RiskRun, forecast: &Forecast) -> Markup {
        let Some(first) = forecast.first() else { return html! {} };
        html! {
            @if self.outdated {
                (callout(Tone::Warn, &lang.t("risk-outdated"), &html! { p { (lang.t("risk-outdated-hint")) } }))
            }
            (self.figures(lang, run, first))
            div.forecast-pair {
                (card(&lang.t("risk-curve"), &html! {}, &curve(lang, &self.aim(lang, &first.aim), first).render()))
                (card(&lang.t("risk-histogram"), &html! {}, &histogram(lang, &self.aim(lang, &first.aim), first).render()))
            }
            @let none = || html! { p.muted { (lang.t("risk-tornado-none")) } };
            @let tornado = self.tornado(lang, run, forecast, first).map_or_else(none, |chart| chart.render());
            (card(&lang.t("risk-tornado"), &html! {}, &tornado))
            (section(&lang.t("risk-dates"), &html! {}, &self.dates(lang, run, forecast)))
            (section(&lang.t("risk-drivers"), &html! {}, &self.drivers(lang, forecast)))
        }
    }

    /// What a date is about, in words.
    fn aim(&self, lang: Lang, aim: &Aim) -> String {
        aim_words(lang, aim, |code| self.names.get(code).map(|name| name.get(lang.locale()).to_owned()))
    }

    fn figures(&self, lang: Lang, run: &RiskRun, first: &AimForecast) -> Markup {
        let due = lang.with("risk-by-date", &[("date", lang.date(day(first.aim.due)).into())]);
        let tone = match first.chance {
            chance if chance >= 0.8 => Tone::Good,
            chance if chance >= 0.5 => Tone::Warn,
            _ => Tone::Bad,
        };
        let against = |minute: i64| late(lang, minute - first.aim.due);
        let at = |percent: usize| lang.day(day(first.percentile(percent)));
        let planned = lang.with("risk-planned", &[("date", lang.date(day(first.aim.planned)).into())]);
        let how = lang.with("risk-how", &[("runs", i64::from(run.runs).into()), ("seed", run.seed.to_string().into())]);
        tiles(&[
            Tile::new(self.aim(lang, &first.aim), lang.percent(first.chance)).hint(due).icon(Icon::Target).tone(tone),
            Tile::new("P50", at(50)).hint(against(first.percentile(50))).icon(Icon::CircleDot),
            Tile::new("P80", at(80)).hint(against(first.percentile(80))).icon(Icon::CircleDot),
            Tile::new("P95", at(95)).hint(against(first.percentile(95))).icon(Icon::CircleDot),
            Tile::new(lang.t("risk-mean"), lang.day(day(first.mean))).hint(planned).icon(Icon::Calendar),
            Tile::new(lang.t("risk-spread"), words::days(lang, whole_hours(first.deviation)))
                .hint(how)
                .icon(Icon::Activity),
        ])
    }

    /// The pictures of the simulation shown, alone: spread, runs by day, what drives it.
    pub fn posters(&self, lang: Lang) -> Vec<Poster> {
        let Some((run, forecast)) = self.run.and_then(|run| run.result.as_ref().map(|result| (run, result))) else {
            return Vec::new();
        };
        let Some(first) = forecast.first() else { return Vec::new() };
        let aim = self.aim(lang, &first.aim);
        let mut posters = vec![curve(lang, &aim, first).poster(), histogram(lang, &aim, first).poster()];
        posters.extend(self.tornado(lang, run, forecast, first).map(|chart| chart.poster()));
        posters
    }

    /// What never drives the date has no bar, nor a risk whose effect is not above the noise of the runs.
    fn tornado(&self, lang: Lang, run: &RiskRun, forecast: &Forecast, first: &AimForecast) -> Option<Tornado> {
        let days = |minute: i64| (minute - first.mean) as f64 / DAY as f64;
        let mut swings: Vec<Swing> = forecast
            .tasks
            .iter()
            .filter(|task| task.deviation > 0 && task.criticality > 0.0)
            .map(|task| Swing { name: self.task(lang, &task.code), low: days(task.low), high: days(task.high) })
            .collect();
        let heard = |risk: &&RiskForecast| {
            let (with, without) = (risk.struck * f64::from(run.runs), (1.0 - risk.struck) * f64::from(run.runs));
            let noise = first.deviation as f64 * (1.0 / with.max(1.0) + 1.0 / without.max(1.0)).sqrt();
            (risk.with - risk.without).abs() as f64 > 3.0 * noise
        };
        swings.extend(forecast.risks.iter().filter(heard).map(|risk| {
            let name = self.risks.get(&risk.number).map(|name| name.get(lang.locale()).to_owned()).unwrap_or_default();
            let words = lang.with("risk-name", &[("number", risk.number.into()), ("name", name.into())]);
            Swing { name: words, low: days(risk.without), high: days(risk.with) }
        }));
        let width = |one: &Swing| (one.high - one.low).abs();
        swings.sort_by(|a, b| width(b).total_cmp(&width(a)).then_with(|| a.name.cmp(&b.name)));
        swings.retain(|one| width(one) > 0.01);
        if swings.is_empty() {
            return None;
        }
        let ends = (lang.t("risk-tornado-low"), lang.t("risk-tornado-high"));
        let title = lang.with("risk-tornado-title", &[("aim", self.aim(lang, &first.aim).into())]);
        let chart = Tornado::new(lang, title, lang.t("risk-unit-days-from-mean"), ends);
        Some(swings.into_iter().take(SWINGS).fold(chart, Tornado::swing))
    }

    fn task(&self, lang: Lang, code: &str) -> String {
        let name = self.names.get(code).map_or("", |name| name.get(lang.locale()));
        format!("{code} {name}")
    }

    fn dates(&self, lang: Lang, run: &RiskRun, forecast: &Forecast) -> Markup {
        let cols = vec![
            Col::main(lang.t("risk-column-aim")),
            Col::tight(lang.t("risk-column-due")),
            Col::num(lang.t("risk-column-chance")),
            Col::tight("P50"),
            Col::tight("P80"),
            Col::tight("P95"),
            Col::num(lang.t("risk-column-late")),
        ];
        let mut table = Table::new(lang.t("risk-dates"), cols);
        for one in &forecast.aims {
            let tone = match one.chance {
                chance if chance >= 0.8 => Tone::Good,
                chance if chance >= 0.5 => Tone::Warn,
                _ => Tone::Bad,
            };
            let link = links::plan::risk(self.slug).query(&[("run", &run.id.to_string()), ("aim", &one.aim.key)]);
            let date = |percent: usize| html! { (lang.date(day(one.percentile(percent)))) };
            table.row(vec![
                html! { a href=(link) { (self.aim(lang, &one.aim)) } },
                html! { (lang.date(day(one.aim.due))) },
                html! { (Badge::new(lang.percent(one.chance), tone)) },
                date(50),
                date(80),
                date(95),
                html! { (late(lang, one.percentile(80) - one.aim.due)) },
            ]);
        }
        table.render()
    }

    fn drivers(&self, lang: Lang, forecast: &Forecast) -> Markup {
        let cols = vec![
            Col::tight(lang.t("plan-column-code")),
            Col::main(lang.t("plan-column-task")),
            Col::num(lang.t("risk-column-criticality")),
            Col::num(lang.t("risk-column-cruciality")),
            Col::num(lang.t("risk-column-sensitivity")),
            Col::num(lang.t("risk-column-duration")),
            Col::num(lang.t("risk-column-swing")),
        ];
        let mut table = Table::new(lang.t("risk-drivers"), cols);
        let mut shown: Vec<&TaskForecast> = forecast.tasks.iter().filter(|task| task.criticality > 0.0).collect();
        shown.sort_by(|a, b| b.criticality.total_cmp(&a.criticality).then(b.correlation.total_cmp(&a.correlation)));
        for task in shown.into_iter().take(30) {
            let duration = format!("{} ± {}", days_one(lang, task.mean), days_one(lang, task.deviation));
            table.row(vec![
                html! { a.code href=(links::plan::task(self.slug, &task.code)) { (task.code) } },
                html! { (self.names.get(task.code.as_str()).map_or("", |name| name.get(lang.locale()))) },
                html! { (lang.percent(task.criticality)) },
                html! { (lang.decimal(task.correlation, 2)) },
                html! { (lang.decimal(task.sensitivity, 2)) },
                html! { (duration) },
                html! { (days_one(lang, task.high - task.low)) },
            ]);
        }
        html! { p.muted.small { (lang.t("risk-drivers-hint")) } (table.render()) }
    }

    fn ask(&self, lang: Lang) -> Markup {
        let fields = self.form.fields(lang);
        let aims: Vec<Choice> = self.aims.iter().map(|aim| Choice::new(aim.key.clone(), self.aim(lang, aim))).collect();
        let shapes = options(lang, "risk-shape", Shape::ALL.iter().map(|shape| shape.code()));
        let inner = html! {
            (fields.summary())
            form.form method="post" action=(links::plan::risk(self.slug)) {
                (fields.select("aim", "risk-field-aim", aims).value(self.aims.first().map_or("", |aim| aim.key.as_str())))
                (fields.select("shape", "risk-field-shape", shapes).value(Shape::Pert.code()))
                (fields.number("runs", "risk-field-runs").min(100).max(100_000).value(10_000).hint("risk-field-runs-hint"))
                (fields.number("seed", "risk-field-seed").min(0).value(1).hint("risk-field-seed-hint"))
                div.form-actions { (Button::submit(lang.t("risk-simulate")).icon(Icon::Play)) }
            }
        };
        card(&lang.t("risk-ask"), &html! {}, &inner)
    }

    fn history(&self, lang: Lang) -> Markup {
        if self.runs.is_empty() {
            return html! {};
        }
        let cols = vec![
            Col::main(lang.t("risk-run-asked")),
            Col::new(lang.t("risk-run-by")),
            Col::tight(lang.t("risk-run-state")),
            Col::num(lang.t("risk-field-runs")),
            Col::num(lang.t("risk-field-seed")),
            Col::new(lang.t("risk-field-shape")),
            Col::num(lang.t("risk-run-revision")),
        ];
        let mut table = Table::new(lang.t("risk-history"), cols);
        for run in self.runs {
            let link = links::plan::risk(self.slug).query(&[("run", &run.id.to_string())]);
            table.row(vec![
                html! { a href=(link) { (lang.instant(run.asked_at, self.zone)) } },
                html! { (run.by) },
                html! { (state(lang, run.state)) },
                html! { (lang.number(run.runs)) },
                html! { (run.seed) },
                html! { (lang.term("risk-shape", run.shape.code())) },
                html! { (run.revision) },
            ]);
        }
        section(&lang.t("risk-history"), &html! {}, &table.render())
    }
}

/// How far a simulation is, with the button that stops it. A live fragment: it replaces itself.
pub fn run_progress(lang: Lang, slug: &str, run: &RiskRun) -> Markup {
    html! {
        div.card id="risk-progress" {
            div.card-body.stack {
                div.cluster {
                    (state(lang, run.state))
                    @if run.state.is_over() {
                        a href=(links::plan::risk(slug).query(&[("run", &run.id.to_string())])) { (lang.t("risk-show-result")) }
                    } @else {
                        (Button::post(lang.t("risk-stop"), links::plan::stop_risk(slug, run.id)).small().icon(Icon::Close))
                    }
                }
                (progress(lang, i64::from(run.made), i64::from(run.runs), Tone::Accent))
            }
        }
    }
}

fn state(lang: Lang, state: RunState) -> Badge {
    let tone = match state {
        RunState::Waiting => Tone::Neutral,
        RunState::Running => Tone::Info,
        RunState::Done => Tone::Good,
        RunState::Cancelled => Tone::Warn,
        RunState::Failed => Tone::Bad,
    };
    Badge::new(lang.term("risk-state", state.code()), tone)
}

/// What a date is about, in words.
pub(super) fn aim_words(lang: Lang, aim: &Aim, name: impl Fn(&str) -> Option<String>) -> String {
    match aim.kind {
        AimKind::Opening => lang.t("risk-aim-opening"),
        AimKind::End => lang.t("risk-aim-end"),
        AimKind::Phase => lang.with("risk-aim-phase", &[("phase", lang.term("plan-phase", &aim.code).into())]),
        AimKind::Milestone | AimKind::Deadline => format!("{} {}", aim.code, name(&aim.code).unwrap_or_default()),
    }
}

/// The day a date falls on; midnight ends the day before.
pub(super) fn day(minute: i64) -> NaiveDate {
    axis::day_of(minute - 1)
}

/// So many days late or in hand.
fn late(lang: Lang, minutes: i64) -> String {
    let time = [("time", days_one(lang, minutes.abs()).into())];
    match minutes {
        0 => lang.t("risk-on-time"),
        minutes if minutes > 0 => lang.with("risk-late", &time),
        _ => lang.with("risk-in-hand", &time),
    }
}

/// Days with one decimal.
pub(super) fn days_one(lang: Lang, minutes: i64) -> String {
    lang.with("unit-days", &[("count", lang.decimal(minutes as f64 / DAY as f64, 1).into())])
}

fn whole_hours(minutes: i64) -> i64 {
    (minutes + 30) / 60 * 60
}

/// The share of runs that are through by each day.
fn curve(lang: Lang, name: &str, one: &AimForecast) -> LineChart {
    let (first, last) = (one.percentile(0).min(one.aim.due), one.percentile(100).max(one.aim.due));
    let (from, until) = ((first - 1).div_euclid(DAY) * DAY, (last - 1).div_euclid(DAY) * DAY + DAY);
    let step = ((until - from) / POINTS).max(1);
    let round = |to: i64| (step + to - 1) / to * to;
    let step = if step > DAY { round(DAY) } else { round(60) };
    let (mut labels, mut values, mut at) = (Vec::new(), Vec::new(), from);
    while at < until + step {
        labels.push(if step < DAY { moment(lang, at) } else { lang.day(day(at)) });
        values.push(below(one, at) * 100.0);
        at += step;
    }
    let mark = usize::try_from((one.aim.due - from + step / 2) / step).unwrap_or(0).min(labels.len() - 1);
    LineChart::new(lang, lang.with("risk-curve-title", &[("aim", name.into())]), lang.t("risk-unit-percent"), labels)
        .series(Series::full(lang.t("risk-curve-share"), values))
        .area()
        .mark(mark, lang.t("risk-mark-due"))
}

/// The share of runs at or before a minute, read off the curve.
fn below(one: &AimForecast, minute: i64) -> f64 {
    let at = one.curve.partition_point(|date| *date <= minute);
    if at == 0 {
        return 0.0;
    }
    let Some(&next) = one.curve.get(at) else { return 1.0 };
    let here = one.curve[at - 1];
    let part = if next > here { (minute - here) as f64 / (next - here) as f64 } else { 0.0 };
    ((at - 1) as f64 + part) / 100.0
}

fn histogram(lang: Lang, name: &str, one: &AimForecast) -> BarChart {
    let days = |at: usize| {
        let from = one.bars_from + at as i64 * one.bar;
        lang.day(axis::day_of(from))
    };
    let labels = (0..one.bars.len()).map(days).collect();
    let values: Vec<f64> = one.bars.iter().map(|count| f64::from(*count)).collect();
    BarChart::new(lang, lang.with("risk-histogram-title", &[("aim", name.into())]), lang.t("risk-unit-runs"), labels)
        .series(Series::full(lang.t("risk-unit-runs"), values))
}
