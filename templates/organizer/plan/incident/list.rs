//! All incidents of the edition, those going on first.

use chrono::{DateTime, Utc};
use chrono_tz::Tz;
use domain::plan::contingency;
use domain::plan::incident::IncidentState;
use domain::plan::incident_view::IncidentRow;
use maud::{Markup, Render, html};

use super::{Here, clock, level, views};
use crate::components::{Button, Col, Table, card, cell_lines, empty_state};
use crate::{Badge, Icon, Lang, Shell, Tone, links};

/// The list.
pub struct IncidentList<'a> {
    /// Slug of the edition.
    pub slug: &'a str,
    /// The incidents.
    pub rows: &'a [IncidentRow],
    /// Where days begin.
    pub zone: Tz,
    /// Now.
    pub now: DateTime<Utc>,
    /// May declare.
    pub may_work: bool,
}

impl IncidentList<'_> {
    /// The page.
    pub fn render(&self, shell: &Shell) -> Markup {
        let lang = shell.lang;
        let open: Vec<&IncidentRow> =
            self.rows.iter().filter(|row| row.incident.state() == IncidentState::Open).collect();
        let body = html! {
            div.stack {
                @for row in &open { (self.running(lang, row)) }
                @if self.rows.is_empty() {
                    @let book = Button::link(lang.t("incident-book"), links::watch::book(self.slug));
                    (empty_state(Icon::Shield, &lang.t("incident-none"), &lang.t("incident-none-hint"), &book))
                } @else { (self.table(lang)) }
            }
        };
        let actions = html! {
            @if self.may_work { (Button::link(lang.t("incident-declare"), links::watch::declare(self.slug)).danger().icon(Icon::Zap)) }
        };
        shell.page(lang.t("incident-all")).actions(actions).tabs(views(lang, self.slug, Here::Incidents)).body(&body)
    }

    fn running(&self, lang: Lang, row: &IncidentRow) -> Markup {
        let one = &row.incident;
        let Some(entry) = contingency::find(&one.entry) else { return html! {} };
        let due = one.first_action_due(entry).filter(|_| one.first_action_at.is_none());
        let body = html! {
            div.incident-running {
                div {
                    p { (level(lang, entry.level)) " " (one.place_name.get(lang.locale())) }
                    p.muted { (entry.first_action.get(lang.locale())) }
                }
                (clock(lang, self.now, due, one.declared_at))
            }
        };
        let title = format!("{} · {}", number(lang, one.number), entry.hazard.get(lang.locale()));
        let open =
            Button::link(lang.t("incident-open"), links::watch::incident(self.slug, one.number)).primary().small();
        card(&title, &open, &body)
    }

    fn table(&self, lang: Lang) -> Markup {
        let mut table = Table::new(
            lang.t("incident-all"),
            vec![
                Col::num(lang.t("incident-number")),
                Col::main(lang.t("incident-hazard")),
                Col::new(lang.t("plan-place")),
                Col::tight(lang.t("incident-declared-at")),
                Col::num(lang.t("incident-first-action-after")),
                Col::num(lang.t("incident-lasted")),
                Col::tight(lang.t("plan-state")),
            ],
        );
        for row in self.rows {
            let one = &row.incident;
            let entry = contingency::find(&one.entry);
            let hazard = entry.map_or(one.entry.as_str(), |entry| entry.hazard.get(lang.locale()));
            let link = links::watch::incident(self.slug, one.number);
            let over = one.over_at.is_some();
            let late = entry
                .and_then(|entry| one.first_action_due(entry))
                .zip(one.first_action_at)
                .is_some_and(|(due, at)| at > due);
            table.row_marked(
                vec![
                    html! { (one.number) },
                    cell_lines(html! { a href=(link) { (hazard) } }, &row.declared_by),
                    html! { (one.place_name.get(lang.locale())) },
                    html! { (lang.moment(one.declared_at, self.zone)) },
                    html! {
                        @if let Some(at) = one.first_action_at {
                            (super::face((at - one.declared_at).num_seconds()))
                            @if late { " " (Badge::new(lang.t("plan-late-mark"), Tone::Bad)) }
                        } @else { "–" }
                    },
                    html! { @if let Some(at) = one.over_at { (lang.minutes((at - one.declared_at).num_minutes())) } @else { "–" } },
                    Badge::new(lang.term("incident-state", one.state().code()), if over { Tone::Good } else { Tone::Bad }).render(),
                ],
                if over { "is-done" } else { "is-late" },
            );
        }
        table.render()
    }
}

pub(super) fn number(lang: Lang, number: i32) -> String {
    lang.with("incident-title", &[("number", i64::from(number).into())])
}
