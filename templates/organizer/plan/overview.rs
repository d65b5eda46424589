//! The plan overview: the organizer's classic sheet, grouped by phase and stage.

use domain::plan::view::{Column, Filter, Head, Person, Row};
use domain::plan::{Phase, TaskState};
use maud::{Markup, Render, html};

use super::words::{self, View};
use crate::components::{
    Button, Choice, Col, FilterBar, Pager, Table, callout, cell_lines, empty_state, menu, options,
};
use crate::shells::Paper;
use crate::{Badge, Icon, Lang, PrintShell, Shell, Tone, links};

/// The overview with its filter.
pub struct Overview<'a> {
    /// Slug of the edition.
    pub slug: &'a str,
    /// What stands above.
    pub head: &'a Head,
    /// The rows the filter shows, in plan order.
    pub rows: Vec<&'a Row>,
    /// How many there are without filter.
    pub total: usize,
    /// The filter.
    pub filter: &'a Filter,
    /// Everyone who owns a task.
    pub owners: Vec<&'a Person>,
    /// Phases the plan has.
    pub phases: Vec<Phase>,
    /// May download.
    pub may_export: bool,
    /// May change the plan.
    pub may_edit: bool,
}

/// The overview as cells, for files: exactly what is shown.
pub struct OverviewSheet {
    /// Headings.
    pub head: Vec<String>,
    /// A line for each row.
    pub rows: Vec<Vec<String>>,
}

impl Overview<'_> {
    /// The page.
    pub fn render(&self, shell: &Shell) -> Markup {
        let lang = shell.lang;
        let body = html! {
            div.stack {
                (words::figures(lang, self.slug, self.head))
                (self.breaches(lang))
                (self.filters(lang))
                @if self.rows.is_empty() {
                    @let all = Button::link(lang.t("component-filter-clear"), links::plan::home(self.slug));
                    (empty_state(Icon::Search, &lang.t("plan-none-found"), &lang.t("plan-none-found-hint"), &all))
                } @else {
                    (self.table(lang, true).sticky())
                    (Pager::new(lang, self.rows.len()).total(i64::try_from(self.total).unwrap_or(i64::MAX)))
                }
            }
        };
        let actions = html! {
            @if self.may_edit { (Button::link(lang.t("plan-reschedule"), links::plan::reschedule(self.slug)).icon(Icon::Refresh)) }
            (Button::link(lang.t("calendar-title"), links::plan::calendars(self.slug)).icon(Icon::Calendar))
            (Button::link(lang.t("mspdi-title"), links::plan::exchange(self.slug)).icon(Icon::Upload))
            (Button::link(lang.t("component-print"), links::plan::print(self.slug).query(&self.filter.pairs())).icon(Icon::Printer))
            @if self.may_export { (self.exports(lang)) }
        };
        let views = words::views(lang, self.slug, View::Overview, self.head.counts.deviations);
        shell.page(lang.t("plan-title")).actions(actions).tabs(views).wide().body(&body)
    }

    /// The sheet on paper.
    pub fn print(&self, lang: Lang, footer: String) -> Markup {
        let mut shell = PrintShell::new(lang);
        shell.back = Some(links::plan::home(self.slug).query(&self.filter.pairs()));
        shell.footer = footer;
        shell.paper = Paper::A3Landscape;
        shell.page(lang.t("plan-title")).body(&self.table(lang, false).render())
    }

    fn exports(&self, lang: Lang) -> Markup {
        let file = |format: &str| links::plan::export(self.slug, format).query(&self.filter.pairs());
        let summary = html! { span.button { (Icon::Download) span { (lang.t("plan-export")) } (Icon::ChevronDown) } };
        let items = html! {
            a href=(file("csv")) download { (Icon::File) (lang.t("plan-export-csv")) }
            a href=(file("xlsx")) download { (Icon::Table) (lang.t("plan-export-xlsx")) }
        };
        menu(&summary, &lang.t("plan-export"), &items)
    }

    fn breaches(&self, lang: Lang) -> Markup {
        if self.head.breaches.is_empty() {
            return html! {};
        }
        let list = html! { ul { @for one in self.head.breaches.iter().take(8) { li { (words::breach(lang, one)) } } } };
        callout(Tone::Warn, &lang.t("plan-breaches"), &list)
    }

    fn filters(&self, lang: Lang) -> Markup {
        let filter = self.filter;
        let phases = options(lang, "plan-phase", self.phases.iter().map(|phase| phase.code()));
        let states = options(lang, "task-state", TaskState::ALL.iter().map(|state| state.code()));
        let mut owners: Vec<Choice> =
            self.owners.iter().map(|person| Choice::new(person.id.to_string(), person.name.clone())).collect();
        owners.push(Choice::new("none", lang.t("plan-owner-none")));
        let only = options(lang, "plan-only", ["critical", "late", "path"]);
        let mut bar = FilterBar::new(lang, links::plan::home(self.slug))
            .search("q", &filter.q, lang.t("plan-search"))
            .select("phase", lang.t("plan-phase"), phases, &filter.phase)
            .select("state", lang.t("plan-state"), states, &filter.state)
            .select("owner", lang.t("plan-owner"), owners, &filter.owner)
            .select("only", lang.t("plan-only"), only, &filter.only)
            .extra(self.columns(lang));
        for code in &filter.col {
            bar = bar.keep("col", code);
        }
        bar.render()
    }

    fn columns(&self, lang: Lang) -> Markup {
        let shown = self.filter.columns();
        let summary = html! { span.button { (Icon::Settings) span { (lang.t("plan-columns")) } (Icon::ChevronDown) } };
        let items = html! {
            form.plan-columns method="get" action=(links::plan::home(self.slug)) {
                @for (name, value) in self.filter.pairs().into_iter().filter(|(name, value)| *name != "col" && !value.is_empty()) {
                    input type="hidden" name=(name) value=(value);
                }
                @for column in Column::ALL {
                    label.choice {
                        input type="checkbox" name="col" value=(column.code()) checked[shown.contains(column)];
                        span { (lang.term("plan-column", column.code())) }
                    }
                }
                button.button.primary.small type="submit" { (lang.t("component-filter-apply")) }
            }
        };
        menu(&summary, &lang.t("plan-columns"), &items)
    }

    fn table(&self, lang: Lang, linked: bool) -> Table {
        let columns = self.filter.columns();
        let mut cols = vec![Col::tight(lang.t("plan-column-code")), Col::main(lang.t("plan-column-task"))];
        cols.extend(columns.iter().map(|column| heading(lang, *column)));
        let mut table = Table::new(lang.t("plan-title"), cols);
        let mut group = None;
        for row in &self.rows {
            let here = (row.phase, &row.stage);
            if group != Some(here) {
                group = Some(here);
                table.group(html! {
                    (lang.term("plan-phase", row.phase.code())) " · " (row.stage.get(lang.locale()))
                });
            }
            table.row_marked(self.cells(lang, row, &columns, linked), mark(row));
        }
        table
    }

    fn cells(&self, lang: Lang, row: &Row, columns: &[Column], linked: bool) -> Vec<Markup> {
        let link = links::plan::task(self.slug, &row.code);
        let name = row.name.get(lang.locale());
        let mut cells = vec![
            html! { span.code { (row.code) } },
            html! {
                @if linked { a href=(link) { (name) } } @else { (name) }
                @if row.critical { " " (Badge::new(lang.t("plan-critical"), Tone::Warn)) }
                @if row.deviations > 0 {
                    " " (Badge::new(lang.with("plan-deviations-count", &[("count", i64::from(row.deviations).into())]), Tone::Bad))
                }
            },
        ];
        for column in columns {
            cells.push(match column {
                Column::State => html! {
                    (words::state(lang, row.state))
                    @if row.late { " " (Badge::new(lang.t("plan-late-mark"), Tone::Bad)) }
                },
                Column::Owner => match &row.owner {
                    Some(person) => cell_lines(&person.name, &lang.term("plan-function", row.role.code())),
                    None => html! { span.muted { (lang.term("plan-function", row.role.code())) } },
                },
                Column::DoneWhen | Column::Objective => html! { span.small { (text(lang, row, *column)) } },
                other => html! { (text(lang, row, *other)) },
            });
        }
        cells
    }

    /// The same rows and columns as cells of text.
    pub fn sheet(&self, lang: Lang) -> OverviewSheet {
        let columns = self.filter.columns();
        let mut head: Vec<String> =
            vec![lang.t("plan-phase"), lang.t("plan-stage"), lang.t("plan-column-code"), lang.t("plan-column-task")];
        head.extend(columns.iter().map(|column| lang.term("plan-column", column.code())));
        let rows = self.rows.iter().map(|row| {
            let mut cells = vec![
                lang.term("plan-phase", row.phase.code()),
                row.stage.get(lang.locale()).to_owned(),
                row.code.clone(),
                row.name.get(lang.locale()).to_owned(),
            ];
            cells.extend(columns.iter().map(|column| match column {
                Column::Start => row.starts_on.to_string(),
                Column::Finish => row.ends_on.to_string(),
                other => text(lang, row, *other),
            }));
            cells
        });
        OverviewSheet { head, rows: rows.collect() }
    }
}

fn heading(lang: Lang, column: Column) -> Col {
    let head = lang.term("plan-column", column.code());
    match column {
        Column::Duration | Column::Float | Column::Percent => Col::num(head),
        Column::Start | Column::Finish | Column::State => Col::tight(head),
        Column::DoneWhen | Column::Objective => Col::new(head).wide_only(),
        _ => Col::new(head),
    }
}

fn text(lang: Lang, row: &Row, column: Column) -> String {
    match column {
        Column::Objective => row.objective.get(lang.locale()).to_owned(),
        Column::Role => lang.term("plan-function", row.role.code()),
        Column::Owner => words::owner(lang, row),
        Column::Place => words::place(lang, row),
        Column::Start => lang.date(row.starts_on),
        Column::Finish => lang.date(row.ends_on),
        Column::Duration => words::days(lang, row.duration),
        Column::Float => words::days(lang, row.total_float),
        Column::DoneWhen => row.done_when.get(lang.locale()).to_owned(),
        Column::Checker => row.checker.as_ref().map(|person| person.name.clone()).unwrap_or_default(),
        Column::Confirmer => match &row.confirmer {
            Some(person) => person.name.clone(),
            None => lang.term("plan-function", row.confirmer_role.code()),
        },
        Column::Percent => lang.percent(f64::from(row.percent) / 100.0),
        Column::State => lang.term("task-state", row.state.code()),
    }
}

fn mark(row: &Row) -> &'static str {
    match row {
        row if row.late => "is-late",
        row if row.state.is_done() => "is-done",
        row if row.critical => "is-critical",
        _ => "",
    }
}
