//! Tables. On a phone each row becomes a small card whose cells carry their column's name.

use maud::{Markup, Render, html};

use crate::Href;
use domain::listing::Sort;

/// A column: its heading, how its cells stand, whether it sorts.
#[derive(Debug, Clone)]
#[must_use]
pub struct Col {
    head: String,
    class: &'static str,
    sort: Option<(Href, Option<bool>)>,
    hidden_head: bool,
}

impl Col {
    pub fn new(head: impl Into<String>) -> Self {
        Self { head: head.into(), class: "", sort: None, hidden_head: false }
    }

    /// Figures: right-aligned, tabular.
    pub fn num(head: impl Into<String>) -> Self {
        Self { class: "num", ..Self::new(head) }
    }

    /// What the row is called: the heading of its card on a phone.
    pub fn main(head: impl Into<String>) -> Self {
        Self { class: "main", ..Self::new(head) }
    }

    /// Buttons of the row; the heading is only spoken.
    pub fn actions(head: impl Into<String>) -> Self {
        Self { class: "row-actions", hidden_head: true, ..Self::new(head) }
    }

    /// The box that chooses the row; the heading is only spoken.
    pub fn pick(head: impl Into<String>) -> Self {
        Self { class: "pick", hidden_head: true, ..Self::new(head) }
    }

    /// Never broken over lines: codes, dates.
    pub fn tight(head: impl Into<String>) -> Self {
        Self { class: "tight", ..Self::new(head) }
    }

    /// Left out on narrow screens.
    pub fn wide_only(mut self) -> Self {
        self.class = match self.class {
            "num" => "num wide-only",
            "tight" => "tight wide-only",
            _ => "wide-only",
        };
        self
    }

    /// The heading sorts by this column; `Some(true)` when it does now, ascending.
    pub fn sort(mut self, link: Href, now: Option<bool>) -> Self {
        self.sort = Some((link, now));
        self
    }

    /// The heading sorts a list whose address says how it is sorted; `to` makes the address for a sort.
    pub fn sorts(self, sort: Sort, by: &str, to: impl FnOnce(&str) -> Href) -> Self {
        let now = (sort.by() == by).then_some(!sort.down());
        self.sort(to(&sort.clicked(by)), now)
    }
}

enum Row {
    Cells { cells: Vec<Markup>, class: &'static str, id: Option<String> },
    Group(Markup),
}

/// A table in the making.
#[must_use]
pub struct Table {
    caption: String,
    cols: Vec<Col>,
    rows: Vec<Row>,
    foot: Option<Vec<Markup>>,
    sticky: bool,
}

impl Table {
    /// The caption is read to those who do not see the page around the table.
    pub fn new(caption: impl Into<String>, cols: Vec<Col>) -> Self {
        Self { caption: caption.into(), cols, rows: Vec::new(), foot: None, sticky: false }
    }

    /// One row, a cell for each column.
    pub fn row(&mut self, cells: Vec<Markup>) -> &mut Self {
        self.push(cells, "", None)
    }

    /// A row that stands out: `"is-late"`, `"is-critical"`, `"is-done"`, `"is-new"`.
    pub fn row_marked(&mut self, cells: Vec<Markup>, class: &'static str) -> &mut Self {
        self.push(cells, class, None)
    }

    /// A row that can be jumped to or replaced.
    pub fn row_at(&mut self, cells: Vec<Markup>, class: &'static str, id: impl Into<String>) -> &mut Self {
        self.push(cells, class, Some(id.into()))
    }

    fn push(&mut self, cells: Vec<Markup>, class: &'static str, id: Option<String>) -> &mut Self {
        debug_assert_eq!(cells.len(), self.cols.len(), "a row of {} has a cell for each column", self.caption);
        self.rows.push(Row::Cells { cells, class, id });
        self
    }

    /// A heading over the rows that follow.
    pub fn group(&mut self, title: impl Render) -> &mut Self {
        self.rows.push(Row::Group(title.render()));
        self
    }

    /// The row of sums.
    pub fn foot(&mut self, cells: Vec<Markup>) -> &mut Self {
        self.foot = Some(cells);
        self
    }

    /// The head stays in sight while a long table scrolls.
    pub fn sticky(mut self) -> Self {
        self.sticky = true;
        self
    }

    pub fn is_empty(&self) -> bool {
        self.rows.is_empty()
    }

    fn head(&self, col: &Col) -> Markup {
        let aria = col.sort.as_ref().and_then(|(_, now)| now.map(|up| if up { "ascending" } else { "descending" }));
        html! {
            th scope="col" class=[(!col.class.is_empty()).then_some(col.class)] aria-sort=[aria] {
                @if let Some((link, now)) = &col.sort {
                    a.sort href=(link) {
                        (col.head)
                        @match now {
                            Some(true) => (super::Icon::ArrowUp),
                            Some(false) => (super::Icon::ArrowDown),
                            None => (super::Icon::Sort),
                        }
                    }
                } @else if col.hidden_head { span.sr-only { (col.head) } } @else { (col.head) }
            }
        }
    }

    fn cells(&self, cells: &[Markup]) -> Markup {
        html! {
            @for (col, cell) in self.cols.iter().zip(cells) {
                @let label = (!col.hidden_head && !col.class.starts_with("main")).then_some(col.head.as_str());
                td class=[(!col.class.is_empty()).then_some(col.class)] data-label=[label] { (cell) }
            }
        }
    }
}

impl Render for Table {
    fn render(&self) -> Markup {
        let class = if self.sticky { "table-wrap sticky" } else { "table-wrap" };
        html! {
            div class=(class) tabindex="0" role="region" aria-label=(self.caption) {
                table.table {
                    caption.sr-only { (self.caption) }
                    thead { tr { @for col in &self.cols { (self.head(col)) } } }
                    tbody {
                        @for row in &self.rows {
                            @match row {
                                Row::Cells { cells, class, id } => {
                                    tr id=[id.as_deref()] class=[(!class.is_empty()).then_some(*class)] { (self.cells(cells)) }
                                }
                                Row::Group(title) => {
                                    tr.group { th scope="colgroup" colspan=(self.cols.len()) { (title) } }
                                }
                            }
                        }
                    }
                    @if let Some(foot) = &self.foot { tfoot { tr { (self.cells(foot)) } } }
                }
            }
        }
    }
}

/// Two lines in a cell: what it is, and a quieter second line.
pub fn cell_lines(first: impl Render, second: &str) -> Markup {
    html! { span.cell-first { (first) } @if !second.is_empty() { span.cell-second { (second) } } }
}
