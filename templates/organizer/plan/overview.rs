//! The plan overview: the organizer's classic sheet, grouped by phase and stage, written into like a spreadsheet.

use domain::office::SavedView;
use domain::plan::overview::{Column, Filter};
use domain::plan::revision::CellField;
use domain::plan::view::Board;
use domain::plan::{Phase, TaskState};
use maud::{Markup, Render, html};

use super::bulk::{self, BulkFields};
use super::cells::Cells;
use super::words::{self, View};
use crate::components::{
    Button, Choice, Col, FilterBar, Pager, Table, callout, empty_state, menu, options, saved_views,
};
use crate::shells::Paper;
use crate::{Icon, Lang, PrintShell, Shell, Tone, links};

/// The overview with its filter.
pub struct Overview<'a> {
    /// Slug of the edition.
    pub slug: &'a str,
    /// The plan.
    pub board: &'a Board,
    /// Positions the filter shows, all of them, in the order asked for.
    pub shown: Vec<usize>,
    /// The filter.
    pub filter: &'a Filter,
    /// Views kept by name.
    pub views: &'a [SavedView],
    /// What bulk changes and cells choose from; `None` for who may not change the plan.
    pub edit: Option<BulkFields>,
    /// May download.
    pub may_export: bool,
}

/// The overview as cells, for files: exactly what is shown.
pub struct OverviewSheet {
    /// Headings.
    pub head: Vec<String>,
    /// A line for each row.
    pub rows: Vec<Vec<String>>,
}

impl Overview<'_> {
    fn cells<'a>(&'a self, lang: Lang, columns: &'a [Column], predecessors: &'a [String], linked: bool) -> Cells<'a> {
        let editable = linked && self.edit.is_some();
        Cells { lang, slug: self.slug, board: self.board, predecessors, columns, linked, editable }
    }

    fn predecessors(&self, columns: &[Column]) -> Vec<String> {
        if columns.contains(&Column::Predecessors) {
            domain::plan::overview::predecessors(&self.board.sheet)
        } else {
            Vec::new()
        }
    }

    /// The page.
    pub fn render(&self, shell: &Shell) -> Markup {
        let lang = shell.lang;
        let head = &self.board.head;
        let (here, next) = self.filter.page(&self.shown);
        let body = html! {
            div.stack {
                (words::figures(lang, self.slug, head))
                (self.breaches(lang))
                (self.filters(lang))
                @if self.shown.is_empty() {
                    @let all = Button::link(lang.t("component-filter-clear"), links::plan::home(self.slug));
                    (empty_state(Icon::Search, &lang.t("plan-none-found"), &lang.t("plan-none-found-hint"), &all))
                } @else {
                    (self.grid(lang, here))
                    (self.pager(lang, here.len(), next))
                }
            }
        };
        let views = words::views(lang, self.slug, View::Overview, head.counts.deviations);
        let page = shell.page(lang.t("plan-title")).actions(self.actions(lang)).tabs(views).wide();
        if self.edit.is_some() { page.script("plan-grid.js").body(&body) } else { page.body(&body) }
    }

    fn actions(&self, lang: Lang) -> Markup {
        let more = html! { span.button { (Icon::More) span { (lang.t("revise-tools")) } (Icon::ChevronDown) } };
        let items = html! {
            a href=(links::revise::changes(self.slug)) { (Icon::History) (lang.t("revise-changes-title")) }
            a href=(links::revise::import(self.slug)) { (Icon::Upload) (lang.t("table-title")) }
            a href=(links::plan::exchange(self.slug)) { (Icon::Upload) (lang.t("mspdi-title")) }
            a href=(links::plan::calendars(self.slug)) { (Icon::Calendar) (lang.t("calendar-title")) }
            a href=(links::plan::reschedule(self.slug)) { (Icon::Refresh) (lang.t("plan-reschedule")) }
        };
        html! {
            @if self.edit.is_some() {
                (Button::link(lang.t("revise-new"), links::revise::new_task(self.slug, "")).icon(Icon::Plus))
                form.inline method="post" action=(links::revise::undo(self.slug, false)) data-undo {
                    input type="hidden" name="act" value="save";
                    input type="hidden" name="back" value=(links::plan::home(self.slug).query(&self.filter.pairs()));
                    button.button.icon-only type="submit" title=(lang.t("revise-word-undo")) { (Icon::Undo) span.sr-only { (lang.t("revise-word-undo")) } }
                }
                form.inline method="post" action=(links::revise::undo(self.slug, true)) data-redo {
                    input type="hidden" name="act" value="save";
                    input type="hidden" name="back" value=(links::plan::home(self.slug).query(&self.filter.pairs()));
                    button.button.icon-only type="submit" title=(lang.t("revise-word-redo")) { (Icon::Redo) span.sr-only { (lang.t("revise-word-redo")) } }
                }
            }
            (Button::link(lang.t("component-print"), links::plan::print(self.slug).query(&self.filter.pairs())).icon(Icon::Printer))
            @if self.may_export { (self.exports(lang)) }
            @if self.edit.is_some() { (menu(&more, &lang.t("revise-tools"), &items)) }
        }
    }

    /// The sheet on paper.
    pub fn print(&self, lang: Lang, footer: String) -> Markup {
        let mut shell = PrintShell::new(lang);
        shell.back = Some(links::plan::home(self.slug).query(&self.filter.pairs()));
        shell.footer = footer;
        shell.paper = Paper::A3Landscape;
        shell.page(lang.t("plan-title")).body(&self.table(lang, &self.shown, false).render())
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
        let head = &self.board.head;
        if head.breaches.is_empty() {
            return html! {};
        }
        let list = html! { ul { @for one in head.breaches.iter().take(8) { li { (words::breach(lang, one)) } } } };
        callout(Tone::Warn, &lang.t("plan-breaches"), &list)
    }

    fn filters(&self, lang: Lang) -> Markup {
        let (filter, board) = (self.filter, self.board);
        let phases = options(lang, "plan-phase", board.phases().into_iter().map(Phase::code));
        let states = options(lang, "task-state", TaskState::ALL.iter().map(|state| state.code()));
        let owners = board.owners().into_iter();
        let mut owners: Vec<Choice> =
            owners.map(|person| Choice::new(person.id.to_string(), person.name.clone())).collect();
        owners.push(Choice::new("none", lang.t("plan-owner-none")));
        let only = options(lang, "plan-only", ["critical", "near", "late", "path", "unnamed", "deviations"]);
        let here = links::plan::home(self.slug);
        let all = here.clone().query(&filter.pairs());
        let mut bar = FilterBar::new(lang, here)
            .search("q", &filter.q, lang.t("plan-search"))
            .select("phase", lang.t("plan-phase"), phases, &filter.phase)
            .select("state", lang.t("plan-state"), states, &filter.state)
            .select("owner", lang.t("plan-owner"), owners, &filter.owner)
            .select("place", lang.t("plan-place"), self.places(lang), &filter.place)
            .select("only", lang.t("plan-only"), only, &filter.only)
            .extra(saved_views(lang, self.slug, "plan", &all, self.views))
            .extra(self.columns(lang));
        if !filter.sort.is_empty() {
            bar = bar.keep("sort", &filter.sort);
        }
        for code in &filter.col {
            bar = bar.keep("col", code);
        }
        bar.render()
    }

    /// Places that are chosen somewhere, then the kinds.
    fn places(&self, lang: Lang) -> Vec<Choice> {
        let mut named: Vec<(String, String)> = Vec::new();
        let mut kinds = Vec::new();
        for row in &self.board.rows {
            if let Some(place) = &row.place {
                named.push((place.en.clone(), place.get(lang.locale()).to_owned()));
            }
            if !kinds.contains(&row.place_kind.code()) {
                kinds.push(row.place_kind.code());
            }
        }
        named.sort();
        named.dedup();
        let named = named.into_iter().map(|(value, text)| Choice::new(value, text));
        named.chain(options(lang, "plan-place", kinds)).chain([Choice::new("none", lang.t("plan-nowhere"))]).collect()
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

    /// The table; for those who may change the plan within the form that changes several rows.
    fn grid(&self, lang: Lang, here: &[usize]) -> Markup {
        let table = self.table(lang, here, true).sticky();
        let Some(fields) = &self.edit else { return table.render() };
        html! {
            form.grid-form method="post" data-grid data-query=(serde_html(&self.filter.pairs())) {
                (table)
                (bulk::bar(lang, self.slug, fields))
            }
            (self.editor(lang, fields))
        }
    }

    /// What the editor in the page chooses from, its words and its dialog.
    fn editor(&self, lang: Lang, fields: &BulkFields) -> Markup {
        let choices = |id: &str, all: &[Choice]| {
            html! {
                template id=(id) {
                    option value="" { (lang.t("revise-none")) }
                    @for one in all { option value=(one.value) { (one.text) } }
                }
            }
        };
        html! {
            (choices("cell-people", &fields.team))
            (choices("cell-places", &fields.places))
            (choices("cell-calendars", &fields.calendars))
            p.sr-only id="grid-status" role="status" aria-live="polite" {}
            template id="grid-words" data-theirs=(lang.t("cell-take-theirs")) data-mine=(lang.t("cell-keep-mine"))
                data-lost=(lang.t("cell-lost")) {}
            dialog.dialog.wide id="grid-ask" aria-labelledby="grid-ask-title" {
                header.dialog-head { h2 id="grid-ask-title" { (lang.t("cell-ask-title")) } }
                div.dialog-body data-ask-body {}
                form.dialog-foot method="dialog" {
                    button.button type="submit" value="no" { (lang.t("cell-ask-no")) }
                    button.button.primary type="submit" value="yes" { (Icon::Check) span { (lang.t("revise-accept")) } }
                }
            }
            dl.shortcut-list hidden data-page-keys {
                @for (keys, text) in [
                    (&["F2"][..], "cell-key-edit"), (&["Enter"], "cell-key-down"), (&["Tab"], "cell-key-right"), (&["Esc"], "cell-key-cancel"),
                    (&["↑", "↓", "←", "→"], "cell-key-move"), (&["Space"], "cell-key-choose"), (&["Ctrl", "Z"], "cell-key-undo"), (&["Ctrl", "Y"], "cell-key-redo"),
                ] {
                    dt { (lang.t(text)) }
                    dd { @for key in keys { kbd { (key) } " " } }
                }
            }
        }
    }

    fn table(&self, lang: Lang, here: &[usize], linked: bool) -> Table {
        let columns = self.filter.columns();
        let predecessors = self.predecessors(&columns);
        let cells = self.cells(lang, &columns, &predecessors, linked);
        let choose = cells.editable;
        let sorted = |head: Col, column: &str| if linked { self.sorting(head, column) } else { head };
        let mut cols = Vec::new();
        if choose {
            cols.push(Col::pick(lang.t("revise-choose")));
        }
        cols.push(sorted(Col::tight(lang.t("plan-column-code")), "code"));
        cols.push(sorted(Col::main(lang.t("plan-column-task")), "name"));
        cols.extend(columns.iter().map(|column| {
            let head = heading(lang, *column);
            if sorts(*column) { sorted(head, column.code()) } else { head }
        }));
        let mut table = Table::new(lang.t("plan-title"), cols);
        let mut group = None;
        for &at in here {
            let row = &self.board.rows[at];
            let place = (row.phase, &row.stage);
            if self.filter.order().is_none() && group != Some(place) {
                group = Some(place);
                table.group(html! {
                    (lang.term("plan-phase", row.phase.code())) " · " (row.stage.get(lang.locale()))
                });
            }
            let mut all = cells.row(at);
            if choose {
                let label = lang.with("revise-choose-task", &[("code", row.code.as_str().into())]);
                all.insert(0, html! { input type="checkbox" name="tasks" value=(row.code) aria-label=(label); });
            }
            table.row_at(all, mark(self.board, at), format!("task-{}", row.code));
        }
        table
    }

    fn sorting(&self, head: Col, column: &str) -> Col {
        let to = self.filter.sorted_by(column);
        let now = self.filter.order().filter(|(now, _)| *now == column).map(|(_, falling)| !falling);
        head.sort(links::plan::home(self.slug).query(&to.pairs()), now)
    }

    fn pager(&self, lang: Lang, count: usize, next: Option<usize>) -> Markup {
        let link = |from: &str| {
            let mut pairs = self.filter.pairs();
            pairs.push(("from", from));
            links::plan::home(self.slug).query(&pairs)
        };
        let all = i64::try_from(self.board.rows.len()).unwrap_or(i64::MAX);
        let first = !self.filter.from.is_empty() && self.filter.from != "0";
        Pager::new(lang, count)
            .total(all)
            .first(first.then(|| link("")))
            .next(next.map(|at| link(&at.to_string())))
            .render()
    }

    /// One row after a change: its cells in the order of the columns, without the box that chooses it.
    pub fn row_cells(&self, lang: Lang, at: usize) -> Vec<Markup> {
        let columns = self.filter.columns();
        let predecessors = self.predecessors(&columns);
        self.cells(lang, &columns, &predecessors, true).row(at)
    }

    /// The same rows and columns as cells of text.
    pub fn sheet(&self, lang: Lang) -> OverviewSheet {
        let columns = self.filter.columns();
        let predecessors = self.predecessors(&columns);
        let cells = self.cells(lang, &columns, &predecessors, false);
        let mut head: Vec<String> =
            vec![lang.t("plan-phase"), lang.t("plan-stage"), lang.t("plan-column-code"), lang.t("plan-column-task")];
        head.extend(columns.iter().map(|column| lang.term("plan-column", column.code())));
        let rows = self.shown.iter().map(|&at| {
            let row = &self.board.rows[at];
            let mut line = vec![
                lang.term("plan-phase", row.phase.code()),
                row.stage.get(lang.locale()).to_owned(),
                row.code.clone(),
                row.name.get(lang.locale()).to_owned(),
            ];
            line.extend(columns.iter().map(|column| cells.plain(at, *column)));
            line
        });
        OverviewSheet { rows: rows.collect(), head }
    }
}

/// The query of the page as the editor sends it along.
fn serde_html(pairs: &[(&str, &str)]) -> String {
    let path = links::plan::home("-").query(pairs);
    path.as_str().split_once('?').map_or(String::new(), |(_, query)| query.to_owned())
}

fn heading(lang: Lang, column: Column) -> Col {
    let head = lang.term("plan-column", column.code());
    match column {
        Column::Duration | Column::Float | Column::Percent | Column::Priority => Col::num(head),
        Column::Start | Column::Finish | Column::Deadline | Column::State => Col::tight(head),
        Column::DoneWhen | Column::Objective => Col::new(head).wide_only(),
        _ => Col::new(head),
    }
}

/// Columns whose order says something.
const fn sorts(column: Column) -> bool {
    !matches!(column, Column::Objective | Column::DoneWhen | Column::Predecessors | Column::Calendar)
}

fn mark(board: &Board, at: usize) -> &'static str {
    match &board.rows[at] {
        row if row.late => "is-late",
        row if row.state.is_done() => "is-done",
        row if row.critical => "is-critical",
        _ => "",
    }
}

/// The form of one cell, for those without script.
pub struct CellPage<'a> {
    /// Slug of the edition.
    pub slug: &'a str,
    /// Code of the task.
    pub code: &'a str,
    /// Name of the task.
    pub name: &'a str,
    /// The field.
    pub field: CellField,
    /// What stands there now.
    pub now: String,
    /// What somebody else made of it meanwhile.
    pub theirs: Option<String>,
    /// What can be chosen, for people, places, calendars.
    pub choices: Option<Vec<Choice>>,
    /// Where the form came from.
    pub back: String,
    /// What is typed, and what is refused.
    pub form: crate::FormState,
}

impl CellPage<'_> {
    /// The page.
    pub fn render(&self, shell: &Shell) -> Markup {
        let lang = shell.lang;
        let title = lang.term("cell-field", self.field.code());
        let form = self.form.fields(lang);
        let field = match (&self.choices, self.field) {
            (Some(choices), _) => {
                let mut all = vec![Choice::new("", lang.t("revise-none"))];
                all.extend_from_slice(choices);
                form.select("value", "cell-value", all).value(&self.now)
            }
            (_, CellField::Start | CellField::Deadline) => form.date("value", "cell-value").value(&self.now),
            (_, CellField::Objective | CellField::DoneWhen) => form.textarea("value", "cell-value").value(&self.now),
            _ => form.text("value", "cell-value").value(&self.now).autofocus(),
        };
        let body = html! {
            form.form.narrow method="post" action=(links::revise::cell(self.slug, self.code, self.field.code())) {
                (form.summary())
                input type="hidden" name="opened" value=(self.now);
                input type="hidden" name="back" value=(self.back);
                @if let Some(theirs) = &self.theirs {
                    @let words = html! { p { (lang.label(&lang.t("plan-crossed-theirs"))) strong { (theirs) } } };
                    (callout(Tone::Warn, &lang.t("refusal-plan-cell-clash"), &words))
                }
                (field)
                div.form-actions {
                    (Button::submit(lang.t("component-save")).value("act", "save"))
                    (Button::submit(lang.t("plan-preview")).value("act", "preview").plain().icon(Icon::Eye))
                    (Button::link(lang.t("component-cancel"), links::plan::home(self.slug)))
                }
            }
        };
        shell
            .page(format!("{} · {title}", self.code))
            .subtitle(self.name)
            .crumb(lang.t("plan-title"), links::plan::home(self.slug))
            .crumb(format!("{} {}", self.code, self.name), links::plan::task(self.slug, self.code))
            .body(&body)
    }
}
