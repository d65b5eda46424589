//! The list of deviations: what departs from requirement or plan, how long it has, and how far it was escalated.

use chrono::{DateTime, Utc};
use chrono_tz::Tz;
use domain::plan::deviation::{DeviationState, Severity, Source};
use domain::plan::supervision::{Age, DeviationFilter, ageing};
use domain::plan::view::{DeviationRow, Head, Person};
use maud::{Markup, Render, html};

use super::{Here, level, severity, source, views};
use crate::charts::{BarChart, Poster, Series};
use crate::components::{
    Choice, Col, FilterBar, Pager, Tab, Table, Tile, card, cell_lines, empty_state, menu, options, tabs, tiles,
};
use crate::{Badge, FormState, Icon, Lang, Shell, Tone, links};

/// The ages of open deviations in a picture, alone.
pub fn ageing_posters(lang: Lang, all: &[DeviationRow], now: DateTime<Utc>) -> Vec<Poster> {
    ageing_chart(lang, all, now).map(|chart| chart.poster()).into_iter().collect()
}

fn ageing_chart(lang: Lang, all: &[DeviationRow], now: DateTime<Utc>) -> Option<BarChart> {
    let counted = ageing(all, now);
    if counted.iter().flatten().all(|count| *count == 0) {
        return None;
    }
    let labels = Age::ALL.iter().map(|age| lang.term("deviation-age", age.code())).collect();
    let tones = [Tone::Neutral, Tone::Warn, Tone::Bad];
    let mut chart = BarChart::new(lang, lang.t("watch-ageing"), lang.t("watch-ageing-unit"), labels).stacked().full();
    for (at, one) in Severity::ALL.iter().enumerate() {
        let values = counted.iter().map(|row| f64::from(row[at]));
        chart = chart.series(Series::full(lang.term("deviation-severity", one.code()), values).tone(tones[at]));
    }
    Some(chart)
}

/// The list with its filter, and the form for one that belongs to no task.
pub struct DeviationList<'a> {
    /// Slug of the edition.
    pub slug: &'a str,
    /// What stands above the plan's views.
    pub head: &'a Head,
    /// All of them, for figures and ageing.
    pub all: &'a [DeviationRow],
    /// Those of this page.
    pub rows: Vec<&'a DeviationRow>,
    /// How many the filter shows.
    pub total: usize,
    /// Id of the last row, when there are more.
    pub next: Option<String>,
    /// The filter.
    pub filter: &'a DeviationFilter,
    /// Everybody who owns one.
    pub owners: Vec<Person>,
    /// Where days begin.
    pub zone: Tz,
    /// Now.
    pub now: DateTime<Utc>,
    /// Members of the team to choose an owner from.
    pub team: Vec<Choice>,
    /// A deviation being typed.
    pub form: FormState,
    /// May open and close.
    pub may_work: bool,
    /// May download.
    pub may_export: bool,
}

/// The list as cells, for files: exactly what the filter shows.
pub struct DeviationSheet {
    /// Headings.
    pub head: Vec<String>,
    /// A line for each row.
    pub rows: Vec<Vec<String>>,
}

impl DeviationList<'_> {
    /// The page.
    pub fn render(&self, shell: &Shell) -> Markup {
        let lang = shell.lang;
        let body = html! {
            div.stack {
                (self.figures(lang))
                (self.states(lang))
                (self.filters(lang))
                @if self.rows.is_empty() {
                    @let none = html! {};
                    (empty_state(Icon::CheckCircle, &lang.t("plan-deviations-none"), &lang.t("plan-deviations-none-hint"), &none))
                } @else {
                    (self.table(lang))
                    (self.pager(lang))
                }
                (self.ageing(lang))
                @if self.may_work {
                    (super::super::deviations::form(lang, links::watch::deviations(self.slug).as_str(), &self.form, &self.team))
                }
            }
        };
        let actions = html! { @if self.may_export { (self.exports(lang)) } };
        let views = views(lang, self.slug, Here::Deviations, self.head.counts.deviations);
        shell.page(lang.t("plan-deviations")).actions(actions).tabs(views).wide().body(&body)
    }

    fn exports(&self, lang: Lang) -> Markup {
        let file = |format: &str| links::watch::deviations_export(self.slug, format).query(&self.filter.pairs());
        let summary = html! { span.button { (Icon::Download) span { (lang.t("plan-export")) } (Icon::ChevronDown) } };
        let items = html! {
            a href=(file("csv")) download { (Icon::File) (lang.t("plan-export-csv")) }
            a href=(file("xlsx")) download { (Icon::Table) (lang.t("plan-export-xlsx")) }
        };
        menu(&summary, &lang.t("plan-export"), &items)
    }

    fn figures(&self, lang: Lang) -> Markup {
        let open = || self.all.iter().filter(|row| row.deviation.state == DeviationState::Open);
        let count = |wanted: &dyn Fn(&&DeviationRow) -> bool| open().filter(|row| wanted(row)).count();
        let overdue = count(&|row| row.overdue);
        let escalated = count(&|row| row.deviation.level > 0);
        let blocking = count(&|row| row.deviation.severity == Severity::Blocking);
        let by_system = count(&|row| row.deviation.source.is_system());
        let only = |name: &str, value: &str| links::watch::deviations(self.slug).query(&[(name, value)]);
        let tone = |count: usize, tone: Tone| if count > 0 { tone } else { Tone::Good };
        tiles(&[
            Tile::new(lang.t("plan-deviations-open"), lang.number(open().count()))
                .hint(lang.with("watch-by-system", &[("count", by_system.into())]))
                .icon(Icon::Alert)
                .tone(tone(open().count(), Tone::Warn))
                .link(links::watch::deviations(self.slug)),
            Tile::new(lang.term("deviation-severity", "blocking"), lang.number(blocking))
                .hint(lang.t("watch-blocking-hint"))
                .icon(Icon::Ban)
                .tone(tone(blocking, Tone::Bad))
                .link(only("severity", "blocking")),
            Tile::new(lang.t("watch-overdue"), lang.number(overdue))
                .hint(lang.t("watch-overdue-hint"))
                .icon(Icon::Clock)
                .tone(tone(overdue, Tone::Bad))
                .link(only("only", "overdue")),
            Tile::new(lang.t("watch-escalated"), lang.number(escalated))
                .hint(lang.t("watch-escalated-hint"))
                .icon(Icon::Megaphone)
                .tone(tone(escalated, Tone::Warn))
                .link(only("only", "escalated")),
        ])
    }

    /// Open, closed, all: as tabs, because one of them always holds.
    fn states(&self, lang: Lang) -> Markup {
        let count = |state: DeviationState| self.all.iter().filter(|row| row.deviation.state == state).count() as i64;
        let to = |code: &str| {
            let other = DeviationFilter { state: code.to_owned(), ..self.filter.clone() };
            links::watch::deviations(self.slug).query(&other.pairs())
        };
        let here = self.filter.state.as_str();
        tabs(
            lang,
            &lang.t("plan-deviation-state"),
            &[
                Tab::new(lang.term("deviation-state", "open"), to(""), !matches!(here, "closed" | "all"))
                    .count(count(DeviationState::Open)),
                Tab::new(lang.term("deviation-state", "closed"), to("closed"), here == "closed")
                    .count(count(DeviationState::Closed)),
                Tab::new(lang.t("watch-state-all"), to("all"), here == "all").count(self.all.len() as i64),
            ],
        )
    }

    fn filters(&self, lang: Lang) -> Markup {
        let filter = self.filter;
        let mut owners: Vec<Choice> =
            self.owners.iter().map(|person| Choice::new(person.id.to_string(), person.name.clone())).collect();
        owners.push(Choice::new("none", lang.t("plan-owner-none")));
        FilterBar::new(lang, links::watch::deviations(self.slug))
            .search("q", &filter.q, lang.t("watch-search"))
            .keep("state", &filter.state)
            .select(
                "severity",
                lang.t("plan-deviation-severity"),
                options(lang, "deviation-severity", Severity::ALL.iter().map(|one| one.code())),
                &filter.severity,
            )
            .select(
                "source",
                lang.t("watch-source"),
                options(lang, "deviation-source", Source::ALL.iter().map(|one| one.code())),
                &filter.source,
            )
            .select("owner", lang.t("plan-deviation-owner"), owners, &filter.owner)
            .select("only", lang.t("plan-only"), options(lang, "watch-only", ["overdue", "escalated"]), &filter.only)
            .render()
    }

    fn table(&self, lang: Lang) -> Table {
        let cols = vec![
            Col::tight(lang.t("plan-deviation-severity")),
            Col::main(lang.t("plan-deviation-title")),
            Col::new(lang.t("watch-source")),
            Col::new(lang.t("plan-deviation-owner")),
            Col::tight(lang.t("plan-deviation-due")),
            Col::tight(lang.t("watch-level")),
            Col::num(lang.t("watch-age")),
        ];
        let mut table = Table::new(lang.t("plan-deviations"), cols);
        for row in &self.rows {
            let mark = match (row.deviation.state, row.overdue) {
                (DeviationState::Closed, _) => "is-done",
                (DeviationState::Open, true) => "is-late",
                (DeviationState::Open, false) => "",
            };
            table.row_marked(self.cells(lang, row), mark);
        }
        table.sticky()
    }

    fn cells(&self, lang: Lang, row: &DeviationRow) -> Vec<Markup> {
        let one = &row.deviation;
        let link = links::watch::deviation(self.slug, one.id);
        let task =
            row.task.as_ref().map(|(code, name)| format!("{code} {}", name.get(lang.locale()))).unwrap_or_default();
        let closed = one.state == DeviationState::Closed;
        let age = one.closed_at.unwrap_or(self.now) - one.opened_at;
        vec![
            severity(lang, one.severity).render(),
            cell_lines(html! { a href=(link) { (one.title(lang.locale())) } }, &task),
            html! { (source(lang, one.source)) },
            html! { @if row.owner.is_empty() { span.muted { (lang.t("plan-owner-none")) } } @else { (row.owner) } },
            html! {
                @if let Some(due) = one.due_on { (lang.day(due)) }
                @if row.overdue { " " (Badge::new(lang.t("plan-deviation-overdue"), Tone::Bad)) }
            },
            html! {
                @if closed { (Badge::new(lang.term("deviation-state", "closed"), Tone::Good)) }
                @else if one.level > 0 { (level(lang, one.level)) }
                @else { span.muted { "–" } }
            },
            html! { span.num { (short(lang, age.num_minutes())) } },
        ]
    }

    fn pager(&self, lang: Lang) -> Pager {
        let here = || links::watch::deviations(self.slug).query(&self.filter.pairs());
        let first = (!self.filter.after.is_empty()).then(here);
        let next = self.next.as_ref().map(|after| here().query(&[("after", after)]));
        Pager::new(lang, self.rows.len()).total(i64::try_from(self.total).unwrap_or(i64::MAX)).first(first).next(next)
    }

    fn ageing(&self, lang: Lang) -> Markup {
        let Some(chart) = ageing_chart(lang, self.all, self.now) else { return html! {} };
        let take = html! { @if self.may_export { (crate::organizer::plan::files(lang, self.slug, "ageing", "")) } };
        card(&lang.t("watch-ageing-title"), &take, &chart.render())
    }

    /// The list for a file.
    pub fn sheet(&self, lang: Lang) -> DeviationSheet {
        let heads = [
            "plan-deviation-severity",
            "plan-deviation-title",
            "plan-column-task",
            "watch-source",
            "plan-deviation-cause",
            "plan-deviation-action",
            "plan-deviation-owner",
            "plan-deviation-due",
            "watch-level",
            "watch-opened-at",
            "watch-closed-at",
            "plan-deviation-proof",
        ];
        let line = |row: &&DeviationRow| {
            let one = &row.deviation;
            let task = row.task.as_ref().map(|(code, name)| format!("{code} {}", name.get(lang.locale())));
            vec![
                lang.term("deviation-severity", one.severity.code()),
                one.title(lang.locale()).to_owned(),
                task.unwrap_or_default(),
                source(lang, one.source),
                one.cause.clone(),
                one.corrective_action.clone(),
                row.owner.clone(),
                one.due_on.map(|day| day.to_string()).unwrap_or_default(),
                lang.term("escalation-level", &one.level.clamp(0, 3).to_string()),
                lang.instant(one.opened_at, self.zone),
                one.closed_at.map(|at| lang.instant(at, self.zone)).unwrap_or_default(),
                one.proof.clone(),
            ]
        };
        DeviationSheet {
            head: heads.iter().map(|key| lang.t(key)).collect(),
            rows: self.rows.iter().map(line).collect(),
        }
    }
}

/// A length of time in its largest unit.
pub(super) fn short(lang: Lang, minutes: i64) -> String {
    match minutes {
        ..60 => lang.with("unit-minutes", &[("count", minutes.max(0).into())]),
        60..1440 => lang.with("unit-hours", &[("count", (minutes / 60).into())]),
        _ => lang.with("unit-days", &[("count", (minutes / 1440).into())]),
    }
}
