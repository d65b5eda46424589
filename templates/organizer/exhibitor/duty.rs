//! One duty over all exhibitors: the chase list.

use chrono::{DateTime, Utc};
use chrono_tz::Tz;
use domain::exhibitor::{
    DutyState,
    view::{ChaseFilter, ChaseRow, DutyOverviewRow},
};
use maud::{Markup, Render, html};

use crate::{
    Href, Icon, Lang, Shell,
    components::{Col, Pager, Tab, Table, card, cell_lines, deadline, duty_light, empty_state, facts, tabs},
    links,
};

/// A duty's page.
pub struct DutyChasePage<'a> {
    /// The edition's slug.
    pub slug: &'a str,
    /// The venue's zone.
    pub zone: Tz,
    /// Now, for the days left.
    pub now: DateTime<Utc>,
    /// The duty.
    pub duty: &'a DutyOverviewRow,
    /// What is shown.
    pub filter: &'a ChaseFilter,
    /// The exhibitors.
    pub rows: &'a [ChaseRow],
    /// Where the next page begins.
    pub next: Option<String>,
}

impl DutyChasePage<'_> {
    fn to(&self, state: &str) -> Href {
        links::exhibitor::duty(self.slug, self.duty.id).query(&[("state", state)])
    }

    /// The page.
    pub fn render(&self, shell: &Shell) -> Markup {
        let lang = shell.lang;
        let here = |state: &str| self.filter.state == state || (self.filter.state.is_empty() && state == "open");
        let all: Vec<Tab> = DutyState::ALL
            .iter()
            .map(|state| {
                let count = match state {
                    DutyState::Open => self.duty.open,
                    DutyState::Done => self.duty.done,
                    DutyState::Waived => self.duty.waived,
                };
                Tab::new(lang.term("duty-state", state.code()), self.to(state.code()), here(state.code())).count(count)
            })
            .collect();
        let body = html! {
            (card("", &html! {}, &self.facts(lang)))
            @if self.rows.is_empty() {
                (empty_state(Icon::CheckCircle, &lang.t("exhibitor-nobody"), "", &html! {}))
            } @else {
                (self.table(lang))
                (Pager::new(lang, self.rows.len())
                    .next(self.next.as_ref().map(|cursor| self.to(&self.filter.state).query(&[("after", cursor)]))))
            }
        };
        shell
            .page(self.duty.name.get(lang.locale()))
            .crumb(lang.t("exhibitor-title"), links::exhibitor::home(self.slug))
            .crumb(lang.t("exhibitor-duties-title"), links::exhibitor::duties(self.slug))
            .tabs(tabs(lang, &lang.t("exhibitor-duty"), &all))
            .wide()
            .body(&body)
    }

    fn facts(&self, lang: Lang) -> Markup {
        facts(&[
            (lang.t("exhibitor-deadline"), deadline(lang, self.zone, self.duty.deadline, self.now)),
            (lang.t("exhibitor-applies-to"), html! { (lang.term("applies-to", self.duty.applies_to.code())) }),
            (
                lang.t("exhibitor-task"),
                html! { @if let Some((_, code, name)) = &self.duty.task {
                    a href=(links::plan::task(self.slug, code)) { (code) } " " (name.get(lang.locale()))
                } },
            ),
        ])
    }

    fn table(&self, lang: Lang) -> Markup {
        let mut table = Table::new(
            self.duty.name.get(lang.locale()),
            vec![
                Col::main(lang.t("sales-company")),
                Col::new(lang.t("exhibitor-stands")),
                Col::new(lang.t("exhibitor-light")),
                Col::new(lang.t("exhibitor-contact")),
                Col::new(lang.t("exhibitor-answer")),
            ],
        )
        .sticky();
        for row in self.rows {
            let record = links::exhibitor::record(self.slug, row.participation).anchor(&format!("duty-{}", row.id));
            table.row(vec![
                html! { a href=(record) { (row.company.get(lang.locale())) } },
                html! { (row.stands) },
                duty_light(lang, row.light),
                html! { @if let Some((name, email)) = &row.contact { (cell_lines(html! { (name) }, email)) } },
                html! {
                    span.lines { (row.note) }
                    @if let Some(at) = row.done_at { p.muted { (lang.moment(at, self.zone)) } }
                },
            ]);
        }
        table.render()
    }
}
