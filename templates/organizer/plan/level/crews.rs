//! The crews of a plan: how many there are, how many are needed day by day, when that is too many.

use chrono::{Datelike, NaiveDate};
use domain::plan::PlanCalendar;
use domain::plan::crew::Crew;
use domain::plan::load::{CrewLoad, DayLoad};
use domain::plan::view::Head;
use maud::{Markup, Render, html};

use super::lacking::overloads;
use crate::charts::{BarChart, Poster, Series};
use crate::components::{Button, Choice, Col, Table, Tile, callout, card, empty_state, tiles};
use crate::organizer::plan::words::{self, View};
use crate::{Badge, FormState, Icon, Lang, Shell, Tone, links};

/// More days than this are drawn as weeks.
const MOST_DAYS: usize = 62;

/// All crews.
pub struct Crews<'a> {
    /// Slug of the edition.
    pub slug: &'a str,
    /// What stands above.
    pub head: &'a Head,
    /// The crews with their load.
    pub loads: &'a [CrewLoad],
    /// The plan's calendars.
    pub calendars: &'a [PlanCalendar],
    /// A crew being typed.
    pub form: FormState,
    /// May change the plan.
    pub may_edit: bool,
}

impl Crews<'_> {
    /// The page.
    pub fn render(&self, shell: &Shell) -> Markup {
        let lang = shell.lang;
        let none = html! {};
        let body = html! {
            div.stack {
                @if self.loads.is_empty() {
                    (empty_state(Icon::Users, &lang.t("crew-none"), &lang.t("crew-none-hint"), &none))
                } @else {
                    (self.figures(lang))
                    (self.table(lang))
                    @for load in self.loads.iter().filter(|load| !load.days.is_empty()) { (histogram(lang, load, Some(self.slug))) }
                }
                @if self.may_edit { (self.blank(lang)) }
            }
        };
        let actions = html! {
            (Button::link(lang.t("level-title"), links::level::levellings(self.slug)).icon(Icon::Hourglass))
            @if self.loads.iter().any(|load| !load.days.is_empty()) && shell.may.contains(&domain::access::Permission::ExportData) {
                (crate::organizer::plan::files(lang, self.slug, "crews", ""))
            }
        };
        let views = words::views(lang, self.slug, View::Crews, self.head.counts.deviations);
        shell.page(lang.t("crew-title")).tabs(views).actions(actions).wide().body(&body)
    }

    /// The load of each crew, alone.
    pub fn posters(&self, lang: Lang) -> Vec<Poster> {
        let busy = self.loads.iter().filter(|load| !load.days.is_empty());
        busy.map(|load| {
            let crew = &load.crew;
            let title = format!("{} {} · {}", crew.code, crew.name.get(lang.locale()), figures(lang, load));
            chart(lang, load, &title).poster()
        })
        .collect()
    }

    fn figures(&self, lang: Lang) -> Markup {
        let over: usize = self.loads.iter().map(|load| load.over.len()).sum();
        let tone = if over > 0 { Tone::Bad } else { Tone::Good };
        let needed: i64 = self.loads.iter().map(|load| load.demands.len() as i64).sum();
        tiles(&[
            Tile::new(lang.t("crew-title"), lang.number(self.loads.len() as i64)).icon(Icon::Users),
            Tile::new(lang.t("crew-needs"), lang.number(needed)).hint(lang.t("crew-needs-hint")).icon(Icon::List),
            Tile::new(lang.t("crew-overloads"), lang.number(over as i64))
                .hint(lang.t("crew-overloads-hint"))
                .icon(Icon::Alert)
                .tone(tone),
        ])
    }

    fn table(&self, lang: Lang) -> Markup {
        let cols = vec![
            Col::tight(lang.t("crew-code")),
            Col::main(lang.t("crew-name")),
            Col::num(lang.t("crew-quantity")),
            Col::num(lang.t("crew-peak")),
            Col::num(lang.t("crew-tasks")),
            Col::new(lang.t("crew-calendar")),
            Col::new(lang.t("crew-overloads")),
        ];
        let mut table = Table::new(lang.t("crew-title"), cols);
        for load in self.loads {
            let crew = &load.crew;
            let calendar = self.calendars.iter().find(|one| Some(one.id) == crew.calendar);
            let calendar =
                calendar.map_or_else(|| lang.t("crew-calendar-none"), |one| one.name.get(lang.locale()).to_owned());
            table.row(vec![
                html! { a.code href=(links::level::crew(self.slug, crew.id)) { (crew.code) } },
                html! { (crew.name.get(lang.locale())) },
                html! { (lang.number(i64::from(crew.quantity))) },
                html! { (lang.number(load.peak)) },
                html! { (lang.number(load.demands.len() as i64)) },
                html! { (calendar) },
                html! {
                    @if load.over.is_empty() { span.muted { "–" } } @else {
                        (Badge::new(lang.with("crew-overload-count", &[("count", (load.over.len() as i64).into())]), Tone::Bad).marked())
                    }
                },
            ]);
        }
        table.render()
    }

    fn blank(&self, lang: Lang) -> Markup {
        let open = !self.form.is_clean() || self.loads.is_empty();
        let inner = html! {
            details open[open] {
                summary { (lang.t("crew-new")) }
                (form(lang, links::level::crews(self.slug).as_str(), &self.form, self.calendars, None))
            }
        };
        card("", &html! {}, &inner)
    }
}

/// The fields of a crew.
fn form(lang: Lang, action: &str, state: &FormState, calendars: &[PlanCalendar], version: Option<i32>) -> Markup {
    let fields = state.fields(lang);
    let named =
        |one: &PlanCalendar| Choice::new(one.id.to_string(), format!("{} · {}", one.code, one.name.get(lang.locale())));
    html! {
        @if !state.is_clean() { (fields.summary()) }
        form.form method="post" action=(action) {
            @if let Some(version) = version { input type="hidden" name="version" value=(version); }
            (fields.text("code", "crew-code").required().max_length(12).hint("crew-code-hint"))
            (fields.number("quantity", "crew-quantity").required().min(0).hint("crew-quantity-hint"))
            (fields.text("name_en", "crew-name-en").required().max_length(120))
            (fields.text("name_zh", "crew-name-zh").max_length(120))
            (fields.select("calendar", "crew-calendar", calendars.iter().map(named).collect()).hint("crew-calendar-hint"))
            div.form-actions { (Button::submit(lang.t("crew-save"))) }
        }
    }
}

/// Days as they are, or the busiest day of each week when there are many.
fn buckets(lang: Lang, days: &[DayLoad]) -> (Vec<String>, Vec<i64>) {
    if days.len() <= MOST_DAYS {
        return days.iter().map(|one| (lang.day(one.day), one.used)).unzip();
    }
    let mut weeks: Vec<(NaiveDate, i64)> = Vec::new();
    for one in days {
        match weeks.last_mut() {
            Some((first, used)) if first.iso_week() == one.day.iso_week() => *used = (*used).max(one.used),
            _ => weeks.push((one.day, one.used)),
        }
    }
    weeks.into_iter().map(|(first, used)| (lang.day(first), used)).unzip()
}

fn figures(lang: Lang, load: &CrewLoad) -> String {
    lang.with("crew-figures", &[("peak", load.peak.into()), ("quantity", i64::from(load.crew.quantity).into())])
}

/// How many of a crew are needed, day by day: what there is, and what is too many on top.
fn chart(lang: Lang, load: &CrewLoad, title: &str) -> BarChart {
    let capacity = i64::from(load.crew.quantity);
    let (labels, used) = buckets(lang, &load.days);
    BarChart::new(lang, title, lang.t("crew-unit"), labels)
        .series(Series::full(lang.t("crew-in-use"), used.iter().map(|&used| used.min(capacity) as f64)))
        .series(
            Series::full(lang.t("crew-too-many"), used.iter().map(|&used| (used - capacity).max(0) as f64))
                .tone(Tone::Bad),
        )
        .stacked()
        .full()
}

/// The picture of a crew; on the page of all crews it leads to the crew's own.
fn histogram(lang: Lang, load: &CrewLoad, slug: Option<&str>) -> Markup {
    let crew = &load.crew;
    let title = format!("{} {}", crew.code, crew.name.get(lang.locale()));
    let chart = chart(lang, load, &figures(lang, load));
    let actions = html! {
        @if let Some(slug) = slug {
            (Button::link(lang.t("crew-open"), links::level::crew(slug, crew.id)).small().plain())
        }
    };
    card(&title, &actions, &html! { (chart) })
}

/// One crew.
pub struct CrewPage<'a> {
    /// Slug of the edition.
    pub slug: &'a str,
    /// The crew with its load.
    pub load: &'a CrewLoad,
    /// The plan's calendars.
    pub calendars: &'a [PlanCalendar],
    /// The crew as typed.
    pub form: FormState,
    /// Version the form was opened with.
    pub version: i32,
    /// May change the plan.
    pub may_edit: bool,
}

impl CrewPage<'_> {
    /// The page.
    pub fn render(&self, shell: &Shell) -> Markup {
        let lang = shell.lang;
        let crew: &Crew = &self.load.crew;
        let body = html! {
            div.with-aside {
                div.stack {
                    @if !self.load.over.is_empty() { (callout(Tone::Bad, &lang.t("crew-overloads"), &overloads(lang, self.slug, &self.load.over))) }
                    @if !self.load.days.is_empty() { (histogram(lang, self.load, None)) }
                    (card(&lang.t("crew-tasks"), &html! {}, &self.demands(lang)))
                }
                div.stack { @if self.may_edit { (self.forms(lang)) } }
            }
        };
        shell
            .page(format!("{} {}", crew.code, crew.name.get(lang.locale())))
            .crumb(lang.t("plan-title"), links::plan::home(self.slug))
            .crumb(lang.t("crew-title"), links::level::crews(self.slug))
            .wide()
            .body(&body)
    }

    fn demands(&self, lang: Lang) -> Markup {
        if self.load.demands.is_empty() {
            return html! { p.muted { (lang.t("crew-tasks-none")) } };
        }
        let cols = vec![
            Col::tight(lang.t("plan-column-code")),
            Col::main(lang.t("plan-column-task")),
            Col::tight(lang.t("plan-dates")),
            Col::num(lang.t("crew-needed")),
        ];
        let mut table = Table::new(lang.t("crew-tasks"), cols);
        for one in &self.load.demands {
            table.row(vec![
                html! { a.code href=(links::plan::task(self.slug, &one.code)) { (one.code) } },
                html! { (one.name.get(lang.locale())) @if one.done { " " (Badge::new(lang.t("plan-done"), Tone::Good)) } },
                html! { (lang.date_range(one.starts_on, one.ends_on)) },
                html! { (lang.number(i64::from(one.quantity))) },
            ]);
        }
        table.render()
    }

    fn forms(&self, lang: Lang) -> Markup {
        let crew = &self.load.crew;
        let change =
            form(lang, links::level::crew(self.slug, crew.id).as_str(), &self.form, self.calendars, Some(self.version));
        let remove = html! {
            p { (lang.t("crew-remove-hint")) }
            (Button::post(lang.t("crew-remove"), links::level::remove_crew(self.slug, crew.id)).danger().icon(Icon::Trash)
                .confirm(lang.with("crew-remove-ask", &[("code", crew.code.as_str().into())])))
        };
        html! {
            (card(&lang.t("crew-change"), &html! {}, &change))
            (card(&lang.t("crew-remove"), &html! {}, &remove))
        }
    }
}
