//! The report of a gate on paper: criteria, decision, signatures.

use chrono_tz::Tz;
use domain::plan::gate::view::GatePage;
use domain::plan::gate::{Decision, DecisionState};
use maud::{Markup, Render, html};

use super::words;
use crate::components::{Col, Table, definitions};
use crate::{Lang, PrintShell, links};

/// The report as a sheet.
pub struct ReportSheet<'a> {
    /// Slug of the edition.
    pub slug: &'a str,
    /// Where days begin.
    pub zone: Tz,
    /// The gate.
    pub page: &'a GatePage,
    /// Printed small at the foot.
    pub footer: String,
}

impl ReportSheet<'_> {
    /// The sheet.
    pub fn render(&self, lang: Lang) -> Markup {
        let row = &self.page.row;
        let mut shell = PrintShell::new(lang);
        shell.back = Some(links::gate::review(self.slug, &row.code));
        shell.footer.clone_from(&self.footer);
        let signers: Vec<String> = row.gate.signers.iter().map(|one| lang.term("plan-function", one.code())).collect();
        let pairs = vec![
            (lang.t("plan-state"), html! { (lang.term("gate-state", row.gate.state.code())) }),
            (lang.t("gate-forecast"), html! { (lang.date(row.on)) }),
            (lang.t("gate-signers"), html! { (lang.list(&signers)) }),
        ];
        let body = html! {
            (definitions(&pairs))
            h2 { (lang.t("gate-criteria")) }
            (self.criteria(lang))
            h2 { (lang.t("gate-decisions")) }
            @if self.page.decisions.is_empty() { p { (lang.t("gate-no-decisions")) } }
            @for one in &self.page.decisions { (self.decision(lang, one)) }
            @if !self.page.waivers.is_empty() {
                h2 { (lang.t("gate-waivers")) }
                ul { @for one in &self.page.waivers { li { (one.reason) " – " (one.replacement) } } }
            }
        };
        shell.page(format!("{}: {} {}", lang.t("gate-report"), row.code, row.name.get(lang.locale()))).body(&body)
    }

    fn criteria(&self, lang: Lang) -> Markup {
        let cols = vec![
            Col::main(lang.t("gate-criterion")),
            Col::new(lang.t("gate-wanted")),
            Col::new(lang.t("gate-found")),
            Col::tight(lang.t("gate-standing")),
        ];
        let mut table = Table::new(lang.t("gate-criteria"), cols);
        for one in &self.page.criteria {
            table.row(vec![
                html! { (words::criterion_name(lang, one)) },
                html! { (words::wanted(lang, one, self.zone)) },
                html! { (words::value_words(lang, &one.found, self.zone)) },
                html! { (words::standing_word(lang, one.standing)) },
            ]);
        }
        table.render()
    }

    fn decision(&self, lang: Lang, one: &Decision) -> Markup {
        let name = |id: domain::UserId| self.page.names.get(&id).cloned().unwrap_or_default();
        html! {
            p { strong { "#" (one.number) " " (lang.term("gate-outcome", one.outcome.code())) } " · " (lang.term("gate-decision-state", one.state.code()))
                " · " (lang.with("gate-proposed-by", &[("name", name(one.proposed_by).into()), ("at", lang.instant(one.proposed_at, self.zone).into())])) }
            @if !one.text.is_empty() { p { (one.text) } }
            @if !one.conditions.is_empty() {
                ul { @for condition in &one.conditions { li { (condition.text) " · " (name(condition.owner)) " · " (lang.date(condition.due_on)) } } }
            }
            @if one.state != DecisionState::Declined {
                ul { @for signature in &one.signatures { li { (name(signature.by)) " · " (lang.term("plan-function", signature.function.code())) " · " (lang.instant(signature.at, self.zone)) } } }
            } @else { p { (one.closing) } }
        }
    }
}
