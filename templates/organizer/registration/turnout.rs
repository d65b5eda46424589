//! How many will come: registrations against their goal, show-up by cohort with the actual beside it.

use chrono::NaiveDate;
use domain::{
    Bilingual,
    registration::turnout::{Cohort, CohortForecast, Day, Estimate, Forecast, Sums, curve::Shape, goal::Goal},
};
use maud::{Markup, html};

use super::views;
use crate::{
    FormState, Lang, Shell, Tone,
    charts::{BarChart, LineChart, Series},
    components::{Button, Choice, Col, Icon, Table, Tile, callout, card, tiles},
    links,
};

/// The page.
pub struct TurnoutPage<'a> {
    pub days: &'a [Day],
    pub goal: Option<&'a Goal>,
    /// The edition that is followed.
    pub reference: Option<&'a (Bilingual, [Sums; 6])>,
    pub shape: &'a Shape,
    pub forecast: &'a Forecast,
    pub today: NaiveDate,
    pub opens_on: NaiveDate,
    pub closes_on: NaiveDate,
    /// Earlier editions: id and name.
    pub earlier: &'a [(String, Bilingual)],
    pub goal_form: &'a FormState,
    pub history_form: &'a FormState,
    pub may_edit: bool,
}

impl TurnoutPage<'_> {
    pub fn render(&self, shell: &Shell) -> Markup {
        let lang = shell.lang;
        let slug = shell.slug();
        let own = self.days.is_empty();
        let body = html! {
            (self.figures(lang))
            @if !own {
                (self.curve(lang))
                (card(&lang.t("turnout-cohorts"), &html! {}, &html! { (self.cohorts(lang)) (self.bars(lang)) p.muted { (self.basis(lang)) } }))
            } @else { (callout(Tone::Info, &lang.t("turnout-none"), &html! {})) }
            @if self.may_edit {
                div.allowance-rules {
                    (card(&lang.t("turnout-goal"), &html! {}, &self.goal(lang, slug)))
                    @if own || !self.history_form.is_clean() { (card(&lang.t("turnout-history"), &html! {}, &self.history(lang, slug))) }
                }
            }
        };
        shell.page(lang.t("registration-title")).tabs(views(lang, slug, "turnout")).wide().body(&body)
    }

    fn days_before(&self) -> i64 {
        (self.opens_on - self.today.min(self.closes_on)).num_days()
    }

    fn figures(&self, lang: Lang) -> Markup {
        let f = self.forecast;
        let mut registered = Tile::new(lang.t("turnout-registered"), lang.number(f.registered)).icon(Icon::Users);
        if let Some(goal) = self.goal {
            let planned = self.shape.planned(i64::from(goal.target), self.days_before());
            let ahead = f.registered as f64 - planned;
            let words = lang.with(
                "turnout-planned",
                &[("planned", lang.number(planned.round() as i64).into()), ("difference", signed(lang, ahead).into())],
            );
            let tone = if planned <= 0.0 || ahead >= 0.0 {
                Tone::Good
            } else if ahead >= -0.1 * planned {
                Tone::Warn
            } else {
                Tone::Bad
            };
            registered = registered.hint(words).tone(tone);
        }
        let expected = Tile::new(lang.t("turnout-final"), lang.number(f.final_registrations.round() as i64))
            .icon(Icon::Trend)
            .hint(
                self.goal.map(|goal| lang.with("turnout-of-goal", &[("goal", goal.target.into())])).unwrap_or_default(),
            );
        let visitors = Tile::new(lang.t("turnout-visitors"), lang.number(f.visitors.mean.round() as i64))
            .icon(Icon::Target)
            .hint(interval(lang, f.visitors));
        let came = Tile::new(lang.t("turnout-came"), lang.number(f.came)).icon(Icon::Gate).hint(share(
            lang,
            f.came,
            f.registered,
        ));
        tiles(&[registered, expected, visitors, came])
    }

    /// The sum day by day, the goal's curve and how the show is expected to go on.
    fn curve(&self, lang: Lang) -> Markup {
        let first = self.days.first().map_or(self.today, |day| day.day).min(self.opens_on);
        let whole = (self.closes_on - first).num_days().max(1);
        let width = if whole > 75 { 7 } else { 1 };
        let mut steps: Vec<NaiveDate> = (0..=whole / width)
            .map(|step| first + chrono::Days::new(u64::try_from(step * width).unwrap_or(0)))
            .collect();
        if steps.last().is_some_and(|last| *last < self.closes_on) {
            steps.push(self.closes_on);
        }
        let labels: Vec<String> = steps.iter().map(|day| lang.day(*day)).collect();
        let sum = |until: NaiveDate| {
            self.days.iter().filter(|day| day.day <= until).map(|day| day.registered).sum::<i64>() as f64
        };
        let actual = steps.iter().map(|day| (*day <= self.today).then(|| sum(*day))).collect();
        let before = |day: NaiveDate| (self.opens_on - day).num_days();
        let mut chart = LineChart::new(lang, lang.t("turnout-curve"), lang.t("registration-curve-unit"), labels)
            .series(Series::new(lang.t("turnout-actual"), actual))
            .full()
            .area();
        if let Some(goal) = self.goal {
            let planned = steps.iter().map(|day| self.shape.planned(i64::from(goal.target), before(*day)));
            chart = chart.series(Series::full(lang.t("turnout-plan"), planned).expected());
        }
        let reached = self.shape.share(self.days_before());
        if self.today <= self.closes_on && reached > 0.0 {
            let ahead = steps.iter().map(|day| {
                (*day >= self.today)
                    .then(|| self.forecast.final_registrations * self.shape.share(before(*day)).max(reached))
            });
            chart = chart.series(Series::new(lang.t("turnout-expected"), ahead.collect()));
        }
        // At the very end there is no room for the word beside the line.
        let opening = steps.iter().position(|day| *day >= self.opens_on);
        if let Some(at) = opening.filter(|at| at * 8 < steps.len() * 7) {
            chart = chart.mark(at, lang.t("registration-curve-opening"));
        }
        html! { (chart) }
    }

    fn cohorts(&self, lang: Lang) -> Table {
        let mut table = Table::new(
            lang.t("turnout-cohorts"),
            vec![
                Col::main(lang.t("turnout-cohort")),
                Col::num(lang.t("turnout-registered")),
                Col::num(lang.t("turnout-final")),
                Col::num(lang.t("turnout-rate")),
                Col::num(lang.t("turnout-visitors")),
                Col::num(lang.t("turnout-interval")).wide_only(),
                Col::num(lang.t("turnout-came")),
                Col::num(lang.t("turnout-share")),
            ],
        );
        for one in &self.forecast.cohorts {
            table.row(vec![
                html! { (lang.term("turnout-cohort", one.cohort.code())) },
                html! { (lang.number(one.registered)) },
                html! { (lang.number(one.expected.round() as i64)) },
                html! { (lang.percent(one.rate)) },
                html! { (lang.number(one.visitors.mean.round() as i64)) },
                html! { (interval(lang, one.visitors)) },
                html! { (lang.number(one.came)) },
                html! { (share(lang, one.came, one.registered)) },
            ]);
        }
        let f = self.forecast;
        table.foot(vec![
            html! { (lang.t("turnout-all")) },
            html! { (lang.number(f.registered)) },
            html! { (lang.number(f.final_registrations.round() as i64)) },
            html! { @if f.final_registrations > 0.0 { (lang.percent(f.visitors.mean / f.final_registrations)) } },
            html! { (lang.number(f.visitors.mean.round() as i64)) },
            html! { (interval(lang, f.visitors)) },
            html! { (lang.number(f.came)) },
            html! { (share(lang, f.came, f.registered)) },
        ]);
        table
    }

    fn bars(&self, lang: Lang) -> BarChart {
        let labels = Cohort::ALL.iter().map(|cohort| lang.term("turnout-cohort", cohort.code())).collect();
        let of = |value: fn(&CohortForecast) -> f64| self.forecast.cohorts.iter().map(value).collect::<Vec<_>>();
        BarChart::new(lang, lang.t("turnout-bars"), lang.t("registration-curve-unit"), labels)
            .full()
            .series(Series::full(lang.t("turnout-visitors"), of(|one| one.visitors.mean.round())).expected())
            .series(Series::full(lang.t("turnout-came"), of(|one| one.came as f64)))
    }

    fn basis(&self, lang: Lang) -> String {
        match self.reference {
            Some((name, _)) => lang.with("turnout-follows", &[("edition", name.get(lang.locale()).into())]),
            None => lang.t("turnout-usual"),
        }
    }

    fn goal(&self, lang: Lang, slug: &str) -> Markup {
        let form = self.goal_form.fields(lang);
        let mut choices = vec![Choice::new("", lang.t("turnout-latest"))];
        choices.extend(self.earlier.iter().map(|(id, name)| Choice::new(id.clone(), name.get(lang.locale()))));
        html! {
            form.form.narrow method="post" action=(links::turnout::goal(slug)) {
                (form.summary())
                (form.hidden("version"))
                (form.number("target", "turnout-target").required().min(1))
                (form.select("reference", "turnout-reference", choices).hint("turnout-reference-hint"))
                div.form-actions { (Button::submit(lang.t("component-save")).icon(Icon::Check)) }
            }
        }
    }

    fn history(&self, lang: Lang, slug: &str) -> Markup {
        let form = self.history_form.fields(lang);
        html! {
            form.form.narrow method="post" action=(links::turnout::history(slug)) {
                (form.summary())
                (form.textarea("days", "turnout-days").required().rows(6).hint("turnout-days-hint"))
                div.form-actions { (Button::submit(lang.t("turnout-keep")).icon(Icon::Upload)) }
            }
        }
    }
}

fn interval(lang: Lang, estimate: Estimate) -> String {
    let number = |value: f64| lang.number(value.round() as i64);
    format!("{}–{}", number(estimate.low), number(estimate.high))
}

fn share(lang: Lang, part: i64, whole: i64) -> String {
    if whole > 0 { lang.percent(part as f64 / whole as f64) } else { String::new() }
}

fn signed(lang: Lang, value: f64) -> String {
    let text = lang.decimal(value, 0);
    if value > 0.0 { format!("+{text}") } else { text }
}
