//! Promises of the week (on site: of the day), team by team: what was promised, what was kept, why not; the trend of
//! percent plan complete and the reasons behind it.

use chrono::{Days, NaiveDate};
use domain::plan::Function;
use domain::plan::commitment::{Commitment, Outcome, Reason, Span, Tally, reason, reasons};
use domain::plan::view::{Head, Row};
use maud::{Markup, Render, html};

use super::super::words;
use super::{Here, views};
use crate::charts::{BarChart, LineChart, Poster, Series};
use crate::components::{Button, Choice, FilterBar, Tab, Tile, callout, card, empty_state, options, tabs, tiles};
use crate::{Badge, FormState, Icon, Lang, Shell, Tone, links};

/// A promise with its task.
#[derive(Debug, Clone)]
pub struct Promised<'a> {
    /// The promise.
    pub one: &'a Commitment,
    /// The task.
    pub row: &'a Row,
    /// The task is as far as was promised.
    pub reached: bool,
}

/// The page.
pub struct Commitments<'a> {
    /// Slug of the edition.
    pub slug: &'a str,
    /// What stands above the plan's views.
    pub head: &'a Head,
    /// How long promises run.
    pub span: Span,
    /// First day of the period shown.
    pub begins_on: NaiveDate,
    /// Only this team; all when absent.
    pub team: Option<Function>,
    /// Teams of the plan.
    pub teams: Vec<Function>,
    /// Promises of the period.
    pub promised: Vec<Promised<'a>>,
    /// Tasks whose dates touch the period and that are not promised.
    pub open: Vec<&'a Row>,
    /// The periods so far, the oldest first.
    pub tallies: &'a [Tally],
    /// Reasons of the periods so far.
    pub pareto: &'a [(&'static Reason, u32)],
    /// What was refused.
    pub refused: FormState,
    /// May promise and judge.
    pub may_work: bool,
}

impl Commitments<'_> {
    /// The page.
    pub fn render(&self, shell: &Shell) -> Markup {
        let lang = shell.lang;
        let body = html! {
            div.stack {
                @if !self.refused.is_clean() { (self.refused.fields(lang).summary()) }
                (self.filters(lang))
                (self.figures(lang))
                (self.lists(lang))
                @if self.may_work { (self.promise(lang)) }
                (self.pictures(lang))
            }
        };
        let tabs = views(lang, self.slug, Here::Commitments, self.head.counts.deviations);
        shell.page(lang.t("commitment-title")).tabs(tabs).body(&body)
    }

    fn at(&self, span: Span, day: NaiveDate) -> crate::Href {
        let team = self.team.map_or("", Function::code);
        let day = day.to_string();
        links::watch::commitments(self.slug).query(&[("span", span.code()), ("begins", &day), ("team", team)])
    }

    fn filters(&self, lang: Lang) -> Markup {
        let length = Days::new(self.span.days());
        let range = lang.date_range(self.begins_on, self.span.last(self.begins_on));
        let spans: Vec<Tab> = Span::ALL
            .iter()
            .map(|span| {
                Tab::new(lang.term("commitment-span", span.code()), self.at(*span, self.head.today), *span == self.span)
            })
            .collect();
        let teams = options(lang, "plan-function", self.teams.iter().map(|team| team.code()));
        html! {
            div.watch-period {
                (tabs(lang, &lang.t("commitment-span"), &spans))
                div.actions {
                    (Button::link(lang.t("commitment-before"), self.at(self.span, self.begins_on - length)).small().icon(Icon::ChevronLeft).icon_only())
                    strong { (range) }
                    (Button::link(lang.t("commitment-after"), self.at(self.span, self.begins_on + length)).small().icon(Icon::ChevronRight).icon_only())
                }
                (FilterBar::new(lang, links::watch::commitments(self.slug))
                    .keep("span", self.span.code()).keep("begins", self.begins_on)
                    .select("team", lang.t("plan-column-role"), teams, self.team.map_or("", Function::code)))
            }
        }
    }

    fn figures(&self, lang: Lang) -> Markup {
        let count = |outcome: Outcome| self.promised.iter().filter(|one| one.one.outcome == outcome).count();
        let (done, missed, open) = (count(Outcome::Done), count(Outcome::Missed), count(Outcome::Open));
        let share =
            |done: usize, all: usize| if all > 0 { lang.percent(done as f64 / all as f64) } else { "–".to_owned() };
        let judged: Vec<f64> = self.tallies.iter().filter_map(Tally::ppc).collect();
        let last = &judged[judged.len().saturating_sub(4)..];
        let mean =
            if last.is_empty() { "–".to_owned() } else { lang.percent(last.iter().sum::<f64>() / last.len() as f64) };
        tiles(&[
            Tile::new(lang.t("commitment-ppc"), share(done, done + missed))
                .hint(lang.t("commitment-ppc-hint"))
                .icon(Icon::Target)
                .tone(Tone::Accent),
            Tile::new(lang.t("commitment-promised"), lang.number(self.promised.len()))
                .hint(lang.with("commitment-open-count", &[("count", open.into())]))
                .icon(Icon::Hand),
            Tile::new(lang.term("commitment-outcome", "missed"), lang.number(missed))
                .hint(lang.t("commitment-missed-hint"))
                .icon(Icon::XCircle)
                .tone(if missed > 0 { Tone::Warn } else { Tone::Good }),
            Tile::new(lang.t("commitment-mean"), mean).hint(lang.t("commitment-mean-hint")).icon(Icon::Trend),
        ])
    }

    fn lists(&self, lang: Lang) -> Markup {
        if self.promised.is_empty() {
            return empty_state(Icon::Hand, &lang.t("commitment-none"), &lang.t("commitment-none-hint"), &html! {});
        }
        let mut teams: Vec<Function> = Vec::new();
        for one in &self.promised {
            if !teams.contains(&one.one.team) {
                teams.push(one.one.team);
            }
        }
        html! {
            @for team in teams {
                @let own: Vec<&Promised> = self.promised.iter().filter(|one| one.one.team == team).collect();
                @let done = own.iter().filter(|one| one.one.outcome == Outcome::Done).count();
                @let count = Badge::new(lang.with("component-progress", &[("done", done.into()), ("total", own.len().into())]), Tone::Neutral);
                (card(&lang.term("plan-function", team.code()), &count, &html! { ul.rows { @for one in own { (self.line(lang, one)) } } }))
            }
        }
    }

    fn line(&self, lang: Lang, promised: &Promised) -> Markup {
        let (one, row) = (promised.one, promised.row);
        let link = links::plan::task(self.slug, &row.code);
        html! {
            li.commitment-line {
                div.row-text {
                    a href=(link) { span.code { (row.code) } " " (row.name.get(lang.locale())) }
                    p.cell-second {
                        (words::owner(lang, row)) " · " (words::place(lang, row))
                        @if one.goal < 100 { " · " (lang.with("commitment-goal-is", &[("goal", one.goal.into())])) }
                        @if let Some(why) = one.reason.as_deref().and_then(reason) { " · " strong { (why.name.get(lang.locale())) } }
                        @if !one.note.is_empty() { " · " (one.note) }
                    }
                }
                (words::state(lang, row.state))
                (self.outcome(lang, promised))
            }
        }
    }

    fn outcome(&self, lang: Lang, promised: &Promised) -> Markup {
        let one = promised.one;
        let action = links::watch::judge(self.slug, one.id);
        let back = [("span", self.span.code().to_owned()), ("begins", self.begins_on.to_string())];
        if one.outcome != Outcome::Open {
            let tone = if one.outcome == Outcome::Done { Tone::Good } else { Tone::Bad };
            return html! {
                div.row-end { (Badge::new(lang.term("commitment-outcome", one.outcome.code()), tone).marked())
                    @if self.may_work {
                        (Button::post(lang.t("commitment-again"), action).ghost().small().icon(Icon::Undo).icon_only().value("outcome", "open").value("span", &back[0].1).value("begins", &back[1].1))
                    }
                }
            };
        }
        if !self.may_work {
            return html! { div.row-end { (Badge::new(lang.term("commitment-outcome", "open"), Tone::Neutral)) } };
        }
        let why: Vec<Choice> =
            reasons().iter().map(|one| Choice::new(&one.code, one.name.get(lang.locale()))).collect();
        let id = one.id.to_string();
        html! {
            div.row-end.commitment-acts {
                @if promised.reached {
                    (Button::post(lang.t("commitment-kept"), action.clone()).small().primary().icon(Icon::Check).value("outcome", "done").value("span", &back[0].1).value("begins", &back[1].1))
                }
                details.menu.end {
                    summary { span.button.small { (lang.t("commitment-not-kept")) (Icon::ChevronDown) } }
                    div.menu-items {
                        form.commitment-why method="post" action=(action) {
                            input type="hidden" name="outcome" value="missed";
                            @for (name, value) in &back { input type="hidden" name=(name) value=(value); }
                            label for={ "why-" (id) } { (lang.t("commitment-reason")) }
                            select id={ "why-" (id) } name="reason" required {
                                option value="" { (lang.t("component-field-choose")) }
                                @for choice in &why { option value=(choice.value) { (choice.text) } }
                            }
                            label for={ "note-" (id) } { (lang.t("commitment-note")) }
                            input id={ "note-" (id) } type="text" name="note" maxlength="500";
                            (Button::submit(lang.t("component-save")).small())
                        }
                    }
                }
            }
        }
    }

    fn promise(&self, lang: Lang) -> Markup {
        if self.span.last(self.begins_on) < self.head.today {
            return callout(Tone::Neutral, "", &html! { p { (lang.t("commitment-past")) } });
        }
        let fields = self.refused.fields(lang);
        let body = html! {
            @if self.open.is_empty() { p.muted { (lang.t("commitment-nothing-open")) } }
            @else {
                form.form method="post" action=(links::watch::commitments(self.slug)) {
                    input type="hidden" name="span" value=(self.span.code());
                    input type="hidden" name="begins_on" value=(self.begins_on);
                    fieldset.field.group.wide {
                        legend { (lang.t("commitment-choose")) }
                        div.choices.commitment-choices {
                            @for row in &self.open {
                                label.choice {
                                    input type="checkbox" name="task" value=(row.code);
                                    span {
                                        span.code { (row.code) } " " (row.name.get(lang.locale()))
                                        span.hint { (lang.date_range(row.starts_on, row.ends_on)) " · " (words::owner(lang, row)) " · " (lang.percent(f64::from(row.percent) / 100.0)) }
                                    }
                                }
                            }
                        }
                    }
                    (fields.number("goal", "commitment-goal").hint("commitment-goal-hint").min(1).max(100).unit("%"))
                    div.form-actions { (Button::submit(lang.t("commitment-promise")).icon(Icon::Hand)) }
                }
            }
        };
        let inner = html! { details open[self.promised.is_empty()] { summary { (lang.with("commitment-can", &[("count", self.open.len().into())])) } (body) } };
        card("", &html! {}, &inner)
    }

    fn pictures(&self, lang: Lang) -> Markup {
        html! { div.watch-pictures { (trend(lang, self.tallies)) (reasons_chart(lang, self.pareto)) } }
    }
}

/// Promises in pictures, alone: percent plan complete, and why promises were not kept.
pub fn promise_posters(lang: Lang, tallies: &[Tally], pareto: &[(&'static Reason, u32)]) -> Vec<Poster> {
    let (trend, reasons) = (trend_chart(lang, tallies), pareto_chart(lang, pareto));
    trend.map(|chart| chart.poster()).into_iter().chain(reasons.map(|chart| chart.poster())).collect()
}

/// Percent plan complete, period by period.
pub(super) fn trend(lang: Lang, tallies: &[Tally]) -> Markup {
    let Some(chart) = trend_chart(lang, tallies) else { return html! {} };
    card(&lang.t("commitment-trend"), &html! {}, &chart.render())
}

fn trend_chart(lang: Lang, tallies: &[Tally]) -> Option<LineChart> {
    let from = tallies.len().saturating_sub(12);
    let shown = &tallies[from..];
    if shown.iter().all(|one| one.ppc().is_none()) {
        return None;
    }
    let labels = shown.iter().map(|one| lang.day(one.begins_on)).collect();
    let values = shown.iter().map(|one| one.ppc().map(|share| (share * 100.0).round())).collect();
    let goal = shown.iter().map(|_| 80.0);
    let chart = LineChart::new(lang, lang.t("commitment-trend"), "%", labels)
        .series(Series::new(lang.t("commitment-ppc"), values))
        .series(Series::full(lang.t("commitment-target"), goal).expected())
        .area();
    Some(chart)
}

/// Why promises were not kept.
pub(super) fn reasons_chart(lang: Lang, pareto: &[(&'static Reason, u32)]) -> Markup {
    let Some(chart) = pareto_chart(lang, pareto) else { return html! {} };
    card(&lang.t("commitment-pareto"), &html! {}, &chart.render())
}

fn pareto_chart(lang: Lang, pareto: &[(&'static Reason, u32)]) -> Option<BarChart> {
    if pareto.is_empty() {
        return None;
    }
    let labels = pareto.iter().map(|(reason, _)| reason.name.get(lang.locale()).to_owned()).collect();
    let chart = BarChart::new(lang, lang.t("commitment-pareto"), lang.t("commitment-pareto-unit"), labels)
        .series(
            Series::full(lang.t("commitment-pareto-unit"), pareto.iter().map(|(_, count)| f64::from(*count)))
                .tone(Tone::Warn),
        )
        .lying();
    Some(chart)
}
