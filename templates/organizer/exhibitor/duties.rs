//! The duties of the edition over all exhibitors: what is done, open, overdue.

use chrono::{DateTime, Utc};
use chrono_tz::Tz;
use domain::exhibitor::view::DutyOverviewRow;
use maud::{Markup, Render, html};

use crate::{
    Icon, Lang, Shell, Tone,
    components::{Button, Col, Table, Tile, card, cell_lines, deadline, empty_state, progress, tiles},
    links,
};

/// The duties page.
pub struct DutiesPage<'a> {
    /// The edition's slug.
    pub slug: &'a str,
    /// The venue's zone.
    pub zone: Tz,
    /// Now, for the days left.
    pub now: DateTime<Utc>,
    /// The duties.
    pub rows: &'a [DutyOverviewRow],
    /// Whether the viewer may make them.
    pub may_edit: bool,
}

impl DutiesPage<'_> {
    /// The page.
    pub fn render(&self, shell: &Shell) -> Markup {
        let lang = shell.lang;
        let body = if self.rows.is_empty() {
            let action = html! {
                @if self.may_edit {
                    (Button::post(lang.t("exhibitor-seed-duties"), links::exhibitor::seed_duties(self.slug)).primary().icon(Icon::Plus))
                }
            };
            empty_state(Icon::List, &lang.t("exhibitor-no-duties-yet"), &lang.t("exhibitor-no-duties-hint"), &action)
        } else {
            html! { (self.figures(lang)) (card("", &html! {}, &self.table(lang))) }
        };
        shell
            .page(lang.t("exhibitor-duties-title"))
            .crumb(lang.t("exhibitor-title"), links::exhibitor::home(self.slug))
            .subtitle(html! { (lang.t("exhibitor-duties-subtitle")) })
            .wide()
            .body(&body)
    }

    fn figures(&self, lang: Lang) -> Markup {
        let sum = |pick: fn(&DutyOverviewRow) -> i64| self.rows.iter().map(pick).sum::<i64>();
        let overdue: i64 = self.rows.iter().filter(|row| row.overdue).map(|row| row.open).sum();
        let late = links::exhibitor::home(self.slug).query(&[("duties", "overdue")]);
        tiles(&[
            Tile::new(lang.t("duty-state-done"), lang.number(sum(|row| row.done)))
                .icon(Icon::CheckCircle)
                .tone(Tone::Good),
            Tile::new(lang.t("duty-state-open"), lang.number(sum(|row| row.open))).icon(Icon::Circle),
            Tile::new(lang.t("duty-light-overdue"), lang.number(overdue))
                .icon(Icon::Alert)
                .tone(if overdue > 0 { Tone::Bad } else { Tone::Good })
                .link(late),
            Tile::new(lang.t("duty-state-waived"), lang.number(sum(|row| row.waived))).icon(Icon::Minus),
        ])
    }

    fn table(&self, lang: Lang) -> Markup {
        let mut table = Table::new(
            lang.t("exhibitor-duties-title"),
            vec![
                Col::main(lang.t("exhibitor-duty")),
                Col::new(lang.t("exhibitor-applies-to")),
                Col::new(lang.t("exhibitor-deadline")),
                Col::new(lang.t("exhibitor-progress")),
                Col::num(lang.t("duty-state-open")),
                Col::new(lang.t("exhibitor-task")),
            ],
        );
        for row in self.rows {
            let link = html! {
                a href=(links::exhibitor::duty(self.slug, row.id)) { (row.name.get(lang.locale())) }
            };
            let kind = if row.mandatory { lang.t("exhibitor-mandatory") } else { lang.t("exhibitor-voluntary") };
            let all = row.done + row.waived + row.open;
            let late = row.overdue && row.open > 0;
            table.row_marked(
                vec![
                    cell_lines(link, &kind),
                    html! { (lang.term("applies-to", row.applies_to.code())) },
                    deadline(lang, self.zone, row.deadline, self.now),
                    html! {
                        @if all > 0 {
                            (progress(lang, row.done + row.waived, all, if late { Tone::Bad } else { Tone::Good }))
                        }
                    },
                    html! { @if late { span.tone-bad.strong { (lang.number(row.open)) } } @else { (lang.number(row.open)) } },
                    html! {
                        @if let Some((_, code, name)) = &row.task {
                            (cell_lines(html! { a.num href=(links::plan::task(self.slug, code)) { (code) } }, name.get(lang.locale())))
                        }
                    },
                ],
                if late { "is-late" } else { "" },
            );
        }
        table.render()
    }
}
