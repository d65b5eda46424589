//! What waits for the person signed in, for the phone first: do, check, confirm.

use chrono::NaiveDate;
use domain::plan::view::{Head, Row, Todo};
use maud::{Markup, html};

use super::words::{self, View};
use crate::components::{Button, Icon, card, empty_state};
use crate::{Badge, Lang, Shell, Tone, links};

/// A person's own work.
pub struct Mine<'a> {
    /// Slug of the edition.
    pub slug: &'a str,
    /// What stands above.
    pub head: &'a Head,
    /// What waits, most urgent first.
    pub todos: &'a [Todo],
}

impl Mine<'_> {
    /// The page.
    pub fn render(&self, shell: &Shell) -> Markup {
        let lang = shell.lang;
        let part =
            |code: &str| self.todos.iter().filter(|todo| todo.part == code).map(|todo| &todo.row).collect::<Vec<_>>();
        let body = html! {
            div.stack {
                @if self.todos.is_empty() {
                    @let all = Button::link(lang.t("plan-overview"), links::plan::home(self.slug));
                    (empty_state(Icon::CheckCircle, &lang.t("plan-mine-empty"), &lang.t("plan-mine-empty-hint"), &all))
                }
                (self.part(lang, "confirm", &part("confirm")))
                (self.part(lang, "check", &part("check")))
                (self.part(lang, "do", &part("do")))
            }
        };
        let views = words::views(lang, self.slug, View::Mine, self.head.counts.deviations);
        shell.page(lang.t("plan-mine")).tabs(views).body(&body)
    }

    fn part(&self, lang: Lang, code: &str, rows: &[&Row]) -> Markup {
        if rows.is_empty() {
            return html! {};
        }
        let list = html! {
            ul.rows {
                @for row in rows {
                    li {
                        span.row-text {
                            a.cover href=(links::plan::task(self.slug, &row.code)) { span.code { (row.code) } " " (row.name.get(lang.locale())) }
                            span.cell-second { (when(lang, row, self.head.today)) " · " (words::place(lang, row)) }
                        }
                        span.row-end {
                            (words::state(lang, row.state))
                            @if row.late { " " (Badge::new(lang.t("plan-late-mark"), Tone::Bad)) }
                        }
                    }
                }
            }
        };
        let title =
            format!("{} ({})", lang.term("plan-part", code), lang.number(i64::try_from(rows.len()).unwrap_or(0)));
        card(&title, &html! {}, &list)
    }
}

fn when(lang: Lang, row: &Row, today: NaiveDate) -> String {
    let left = (row.ends_on - today).num_days();
    let range = lang.date_range(row.starts_on, row.ends_on);
    match left {
        0 if !row.state.is_done() => format!("{range} · {}", lang.t("plan-ends-today")),
        days if days < 0 => format!("{range} · {}", lang.with("plan-overdue", &[("count", (-days).into())])),
        _ => range,
    }
}
