//! The cells of the overview: what stands in them, and the way into those that can be written. A cell is a link to a
//! small form; with script the form opens in place.

use domain::plan::overview::Column;
use domain::plan::revision::CellField;
use domain::plan::view::{Board, Row};
use maud::{Markup, Render, html};

use super::words;
use crate::components::cell_lines;
use crate::{Badge, Lang, Tone, links};

/// What a row needs beside itself.
pub(super) struct Cells<'a> {
    pub lang: Lang,
    pub slug: &'a str,
    pub board: &'a Board,
    /// What each task waits for, by position; empty when the column is not shown.
    pub predecessors: &'a [String],
    pub columns: &'a [Column],
    /// Cells lead somewhere; on paper they do not.
    pub linked: bool,
    /// Cells can be written into.
    pub editable: bool,
}

/// The field a column writes.
fn field_of(lang: Lang, column: Column) -> Option<CellField> {
    Some(match column {
        Column::Objective if lang.locale() != domain::Locale::ZhCn => CellField::Objective,
        Column::DoneWhen if lang.locale() != domain::Locale::ZhCn => CellField::DoneWhen,
        Column::Owner => CellField::Owner,
        Column::Checker => CellField::Checker,
        Column::Confirmer => CellField::Confirmer,
        Column::Place => CellField::Place,
        Column::Start => CellField::Start,
        Column::Duration => CellField::Duration,
        Column::Deadline => CellField::Deadline,
        Column::Predecessors => CellField::Predecessors,
        Column::Percent => CellField::Percent,
        Column::Priority => CellField::Priority,
        Column::Calendar => CellField::Calendar,
        _ => return None,
    })
}

/// The name people write in: their own language's.
pub(super) fn name_field(lang: Lang) -> CellField {
    if lang.locale() == domain::Locale::ZhCn { CellField::NameZh } else { CellField::NameEn }
}

impl Cells<'_> {
    /// The cells of a row, code and name first.
    pub(super) fn row(&self, at: usize) -> Vec<Markup> {
        let (lang, row) = (self.lang, &self.board.rows[at]);
        let level = domain::plan::revision::depth(&self.board.sheet, &self.board.sheet.tasks[at]).min(6);
        let link = links::plan::task(self.slug, &row.code);
        let name = row.name.get(lang.locale());
        let open = self.editable && !row.state.is_closed();
        let mut cells = vec![
            html! { span.code { (row.code) } },
            html! {
                span.outline data-level=[(level > 0).then_some(level)] {
                    @if self.linked { a href=(link) data-cell-name=[open.then(|| name_field(lang).code())] { (name) } } @else { (name) }
                    @if open { (self.pencil(row)) }
                    @if row.critical { " " (Badge::new(lang.t("plan-critical"), Tone::Warn)) }
                    @if row.deviations > 0 {
                        " " (Badge::new(lang.with("plan-deviations-count", &[("count", i64::from(row.deviations).into())]), Tone::Bad))
                    }
                }
            },
        ];
        cells.extend(self.columns.iter().map(|column| self.cell(at, *column, open)));
        cells
    }

    fn pencil(&self, row: &Row) -> Markup {
        let to = links::revise::cell(self.slug, &row.code, name_field(self.lang).code());
        html! {
            a.cell.cell-pencil href=(to) data-field=(name_field(self.lang).code()) data-value=(row.name.get(self.lang.locale()))
                title=(self.lang.t("cell-rename")) {
                (crate::Icon::Edit) span.sr-only { (self.lang.with("cell-rename-task", &[("code", row.code.as_str().into())])) }
            }
        }
    }

    fn cell(&self, at: usize, column: Column, open: bool) -> Markup {
        let row = &self.board.rows[at];
        let shown = self.shown(at, column);
        let Some(field) = field_of(self.lang, column).filter(|_| open && self.linked) else { return shown };
        let value = match column {
            // Read once for all rows.
            Column::Predecessors => self.text(at, column),
            _ => domain::plan::revision::cell_value(&self.board.sheet, &self.board.sheet.tasks[at], field),
        };
        let label = self.lang.term("plan-column", column.code());
        html! {
            a.cell href=(links::revise::cell(self.slug, &row.code, field.code())) data-field=(field.code()) data-value=(value) {
                span.sr-only { (label) " " (row.code) " " }
                @if shown.0.is_empty() { span.cell-empty aria-hidden="true" { "–" } } @else { (shown) }
            }
        }
    }

    fn shown(&self, at: usize, column: Column) -> Markup {
        let (lang, row) = (self.lang, &self.board.rows[at]);
        match column {
            Column::State => html! {
                (words::state(lang, row.state))
                @if row.late { " " (Badge::new(lang.t("plan-late-mark"), Tone::Bad)) }
            },
            Column::Owner => match &row.owner {
                Some(person) => cell_lines(&person.name, &lang.term("plan-function", row.role.code())),
                None => html! { span.muted { (lang.term("plan-function", row.role.code())) } },
            },
            Column::DoneWhen | Column::Objective => html! { span.small.brief { (self.text(at, column)) } },
            other => {
                let text = self.text(at, other);
                if text.is_empty() {
                    html! {}
                } else {
                    text.render()
                }
            }
        }
    }

    /// A cell as plain text, as files have it.
    pub(super) fn text(&self, at: usize, column: Column) -> String {
        let (lang, row, task) = (self.lang, &self.board.rows[at], &self.board.sheet.tasks[at]);
        match column {
            Column::Objective => row.objective.get(lang.locale()).to_owned(),
            Column::Role => lang.term("plan-function", row.role.code()),
            Column::Owner => words::owner(lang, row),
            Column::Place => words::place(lang, row),
            Column::Start => lang.date(row.starts_on),
            Column::Finish => lang.date(row.ends_on),
            Column::Duration => words::days(lang, row.duration),
            Column::Deadline => row.deadline_on.map(|day| lang.date(day)).unwrap_or_default(),
            Column::Float => words::days(lang, row.total_float),
            Column::Predecessors => self.predecessors.get(at).cloned().unwrap_or_default(),
            Column::DoneWhen => row.done_when.get(lang.locale()).to_owned(),
            Column::Checker => row.checker.as_ref().map(|person| person.name.clone()).unwrap_or_default(),
            Column::Confirmer => match &row.confirmer {
                Some(person) => person.name.clone(),
                None => lang.term("plan-function", row.confirmer_role.code()),
            },
            Column::Percent => lang.percent(f64::from(row.percent) / 100.0),
            Column::Priority => task.priority.to_string(),
            Column::Calendar => {
                let named = self.board.sheet.calendars.iter().find(|one| Some(one.id) == task.calendar);
                named.map(|one| one.name.get(lang.locale()).to_owned()).unwrap_or_default()
            }
            Column::State => lang.term("task-state", row.state.code()),
        }
    }

    /// A cell as a file carries it: days as dates, figures without units, so that it can be read back.
    pub(super) fn plain(&self, at: usize, column: Column) -> String {
        let (row, task) = (&self.board.rows[at], &self.board.sheet.tasks[at]);
        match column {
            Column::Start => row.starts_on.to_string(),
            Column::Finish => row.ends_on.to_string(),
            Column::Deadline => row.deadline_on.map(|day| day.to_string()).unwrap_or_default(),
            Column::Duration => domain::plan::edit::days_text(row.duration),
            Column::Float => domain::plan::edit::days_text(row.total_float),
            Column::Percent => row.percent.to_string(),
            Column::Owner => row.owner.as_ref().map(|person| person.name.clone()).unwrap_or_default(),
            Column::Confirmer => row.confirmer.as_ref().map(|person| person.name.clone()).unwrap_or_default(),
            Column::Place => {
                row.place.as_ref().map(|place| place.get(self.lang.locale()).to_owned()).unwrap_or_default()
            }
            Column::Calendar => self.calendar_code(task),
            other => self.text(at, other),
        }
    }

    fn calendar_code(&self, task: &domain::plan::Task) -> String {
        let named = self.board.sheet.calendars.iter().find(|one| Some(one.id) == task.calendar);
        named.map(|one| one.code.clone()).unwrap_or_default()
    }
}
