//! The review of one gate: criteria with their values now, decisions with signatures, waivers, what it holds, and
//! everything that happened.

use chrono_tz::Tz;
use domain::journal;
use domain::plan::gate::view::GatePage;
use domain::plan::gate::{Criterion, Decision, DecisionState, Standing, Waiver};
use maud::{Markup, Render, html};

use super::forms::GateForms;
use super::{list::float, words};
use crate::components::{Button, Col, Table, callout, card, facts, history};
use crate::{Badge, Icon, Lang, Shell, Tone, links};

/// The page of a gate.
pub struct GateRecord<'a> {
    /// Slug of the edition.
    pub slug: &'a str,
    /// Where days begin.
    pub zone: Tz,
    /// Everything about it.
    pub page: &'a GatePage,
    /// What can be done.
    pub forms: GateForms<'a>,
    /// Everything that happened.
    pub history: &'a [journal::Entry],
}

impl GateRecord<'_> {
    /// The page.
    pub fn render(&self, shell: &Shell) -> Markup {
        let lang = shell.lang;
        let row = &self.page.row;
        let body = html! {
            (self.notes(lang))
            div.with-aside {
                div.stack {
                    (card(&lang.t("plan-key-facts"), &html! {}, &self.facts(lang)))
                    (self.criteria(lang))
                    (self.decisions(lang))
                    (self.waivers(lang))
                    (self.held(lang))
                    (card(&lang.t("plan-history"), &html! {}, &history(lang, self.zone, self.history)))
                }
                div.stack { (self.forms.render(lang)) }
            }
        };
        let subtitle = html! {
            div.cluster {
                (words::state(lang, row.gate.state))
                @if let Some(place) = &row.place { span.muted { (Icon::MapPin) " " (place.get(lang.locale())) } }
                span.muted { (lang.with("gate-since", &[("at", lang.instant(row.gate.since, self.zone).into())])) }
            }
        };
        let actions = html! {
            @if self.forms.may_edit { (Button::link(lang.t("gate-settings"), links::gate::act(self.slug, &row.code, "settings")).icon(Icon::Settings)) }
            (Button::link(lang.t("component-print"), links::gate::print(self.slug, &row.code)).icon(Icon::Printer))
            (Button::link(lang.t("gate-report"), links::gate::report(self.slug, &row.code)).icon(Icon::Download).download())
        };
        shell
            .page(format!("{} {}", row.code, row.name.get(lang.locale())))
            .subtitle(subtitle)
            .crumb(lang.t("plan-title"), links::plan::home(self.slug))
            .crumb(lang.t("gate-title"), links::gate::home(self.slug))
            .actions(actions)
            .wide()
            .body(&body)
    }

    fn notes(&self, lang: Lang) -> Markup {
        let reason = words::reason(lang, &self.page.row.gate);
        html! {
            (self.forms.refusals(lang))
            @if !reason.is_empty() {
                @let words = html! { p { (reason) } p { (lang.t("gate-reclosed-hint")) } };
                (callout(Tone::Bad, &lang.term("gate-state", "reclosed"), &words))
            }
        }
    }

    fn facts(&self, lang: Lang) -> Markup {
        let row = &self.page.row;
        let (met, waived, total) = row.counts;
        let counts =
            [("met", i64::from(met).into()), ("waived", i64::from(waived).into()), ("total", i64::from(total).into())];
        let signers: Vec<String> = row.gate.signers.iter().map(|one| lang.term("plan-function", one.code())).collect();
        let open = row.gate.state.is_open();
        let mut pairs = vec![
            (lang.t(if open { "gate-passed" } else { "gate-forecast" }), html! { (lang.date(row.on)) }),
            (lang.t("gate-criteria"), html! { (lang.with("gate-counts", &counts)) }),
            (lang.t("gate-signers"), html! { (lang.list(&signers)) }),
            (lang.t("gate-guards"), html! { span.code { (row.gate.guards) } }),
        ];
        if !open {
            pairs.insert(1, (lang.t("gate-latest"), html! { (lang.date(row.latest_on)) }));
            pairs.insert(2, (lang.t("plan-column-float"), float(lang, row.float)));
        }
        facts(&pairs)
    }

    fn criteria(&self, lang: Lang) -> Markup {
        let cols = vec![
            Col::main(lang.t("gate-criterion")),
            Col::new(lang.t("gate-wanted")),
            Col::new(lang.t("gate-found")),
            Col::tight(lang.t("gate-standing")),
        ];
        let mut table = Table::new(lang.t("gate-criteria"), cols);
        let mut kind = None;
        for one in &self.page.criteria {
            if kind != Some(one.kind) {
                kind = Some(one.kind);
                table.group(lang.term("gate-group", one.kind.code()));
            }
            let mark = if one.standing == Standing::NotMet { "is-late" } else { "" };
            table.row_at(self.criterion(lang, one), mark, format!("criterion-{}", one.key));
        }
        card(&lang.t("gate-criteria"), &html! {}, &table.render())
    }

    fn criterion(&self, lang: Lang, one: &Criterion) -> Vec<Markup> {
        let name = words::criterion_name(lang, one);
        let link = match one.kind {
            domain::plan::gate::CriterionKind::Deliverable => Some(links::plan::task(self.slug, &one.code)),
            domain::plan::gate::CriterionKind::Forecast => Some(links::gate::review(self.slug, &one.code)),
            _ => None,
        };
        let waiver = self.page.waivers.iter().find(|w| w.criterion == one.key && w.is_valid(self.page.now));
        vec![
            html! {
                @match link { Some(link) => a href=(link) { (name) }, None => (name) }
                @if !one.details.is_empty() {
                    ul.gate-details { @for detail in one.details.iter().take(5) { li { (detail.get(lang.locale())) } }
                        @if one.details.len() > 5 { li.muted { (lang.with("gate-more", &[("count", (one.details.len() - 5).into())])) } } }
                }
            },
            html! { (words::wanted(lang, one, self.zone)) },
            html! {
                @match one.document {
                    Some(id) => a.plan-file href=(links::plan::document(self.slug, id)) download { (Icon::File) (words::value_words(lang, &one.found, self.zone)) },
                    None => (words::value_words(lang, &one.found, self.zone)),
                }
                @if let Some(at) = one.at { span.cell-second { (one.by) " · " (lang.moment(at, self.zone)) } }
                @else if one.kind == domain::plan::gate::CriterionKind::Indicator && matches!(one.found, domain::plan::gate::judge::Value::Figure { .. }) {
                    span.cell-second { (lang.t("indicator-live-now")) }
                }
            },
            html! {
                (words::standing(lang, one.standing))
                @if let Some(waiver) = waiver.filter(|_| one.standing == Standing::Waived) {
                    span.cell-second { (lang.with("gate-until", &[("day", self.last_day(lang, waiver).into())])) }
                }
            },
        ]
    }

    fn last_day(&self, lang: Lang, waiver: &Waiver) -> String {
        lang.date((waiver.until - chrono::Duration::minutes(1)).with_timezone(&self.zone).date_naive())
    }

    fn name(&self, id: domain::UserId) -> &str {
        self.page.names.get(&id).map_or("", String::as_str)
    }

    fn decisions(&self, lang: Lang) -> Markup {
        let body = html! {
            @if self.page.decisions.is_empty() { p.muted { (lang.t("gate-no-decisions")) } }
            @for one in &self.page.decisions { (self.decision(lang, one)) }
        };
        card(&lang.t("gate-decisions"), &html! {}, &body)
    }

    fn decision(&self, lang: Lang, one: &Decision) -> Markup {
        let (met, waived, total) = domain::plan::gate::judge::counts(&one.criteria);
        let counts =
            [("met", i64::from(met).into()), ("waived", i64::from(waived).into()), ("total", i64::from(total).into())];
        html! {
            article.gate-decision {
                div.cluster {
                    strong.num { "#" (one.number) }
                    (words::outcome(lang, one.outcome)) (words::decision_state(lang, one.state))
                    span.muted.small { (lang.with("gate-proposed-by", &[("name", self.name(one.proposed_by).into()), ("at", lang.instant(one.proposed_at, self.zone).into())])) }
                }
                @if !one.text.is_empty() { p { (one.text) } }
                @if !one.closing.is_empty() { p { strong { (lang.label(&lang.t("plan-reason"))) } (one.closing) } }
                @if !one.conditions.is_empty() { (self.conditions(lang, one)) }
                ul.gate-signatures {
                    @for signature in &one.signatures {
                        li {
                            (Icon::Shield)
                            span { (self.name(signature.by)) span.muted { " · " (lang.term("plan-function", signature.function.code())) " · " (lang.instant(signature.at, self.zone)) }
                                @if !signature.text.is_empty() { span.cell-second { (signature.text) } } }
                        }
                    }
                }
                p.small.muted {
                    (lang.with("gate-as-they-were", &counts))
                    @if !one.baseline.is_empty() { " · " (lang.with("gate-baseline", &[("name", one.baseline.as_str().into())])) }
                }
                @if one.state == DecisionState::Decided {
                    details { summary { (lang.t("gate-values")) }
                        ul.gate-values { @for criterion in &one.criteria {
                            li { (words::standing(lang, criterion.standing)) span { (words::criterion_name(lang, criterion)) span.muted { " · " (words::value_words(lang, &criterion.found, self.zone)) } } }
                        } }
                    }
                }
            }
        }
    }

    fn conditions(&self, lang: Lang, one: &Decision) -> Markup {
        let today = self.page.now.with_timezone(&self.zone).date_naive();
        html! {
            p.small { strong { (lang.t("gate-conditions")) } }
            ul.gate-conditions {
                @for condition in &one.conditions {
                    @let task = condition.task.and_then(|id| self.page.tasks.get(&id));
                    @let done = task.is_some_and(|(_, state)| state.is_done());
                    li {
                        span { (condition.text)
                            span.muted.small { " · " (self.name(condition.owner)) " · " (lang.with("gate-until", &[("day", lang.date(condition.due_on).into())])) } }
                        @if let Some((code, state)) = task {
                            " " a.code href=(links::plan::task(self.slug, code)) { (code) } " " (super::super::words::state(lang, *state))
                        }
                        @if task.is_some() && !done && condition.due_on < today { " " (Badge::new(lang.t("gate-condition-missed"), Tone::Bad)) }
                    }
                }
            }
        }
    }

    fn waivers(&self, lang: Lang) -> Markup {
        if self.page.waivers.is_empty() {
            return html! {};
        }
        let body = html! {
            ul.gate-waivers {
                @for one in &self.page.waivers {
                    @let valid = one.is_valid(self.page.now);
                    li {
                        div.cluster {
                            (Badge::new(lang.t(if valid { "gate-waiver-valid" } else { "gate-waiver-over" }), if valid { Tone::Warn } else { Tone::Neutral }))
                            strong { (self.about(lang, one)) }
                            span.muted.small { (lang.with("gate-until", &[("day", self.last_day(lang, one).into())])) }
                        }
                        p { (one.reason) }
                        p.muted { (lang.label(&lang.t("gate-replacement"))) (one.replacement) }
                        p.muted.small { (self.name(one.by)) " · " (lang.instant(one.at, self.zone)) }
                        @if valid && self.forms.may_edit {
                            (Button::post(lang.t("gate-waiver-end"), links::gate::end_waiver(self.slug, &self.page.row.code, one.id)).small())
                        }
                    }
                }
            }
        };
        card(&lang.t("gate-waivers"), &html! {}, &body)
    }

    fn about(&self, lang: Lang, waiver: &Waiver) -> String {
        if let Some(task) = waiver.task {
            let held = self.page.held.iter().find(|one| one.id == task);
            let name = held.map(|one| format!("{} {}", one.code, one.name.get(lang.locale()))).unwrap_or_default();
            return lang.with("gate-early-start", &[("task", name.into())]);
        }
        let known = self.page.criteria.iter().find(|one| one.key == waiver.criterion);
        known.map_or_else(|| waiver.criterion.clone(), |one| words::criterion_name(lang, one))
    }

    fn held(&self, lang: Lang) -> Markup {
        let body = html! {
            @if self.page.held.is_empty() { p.muted { (lang.t("gate-holds-nothing")) } }
            @else {
                ul.rows {
                    @for one in &self.page.held {
                        li {
                            span.row-text { a.cover href=(links::plan::task(self.slug, &one.code)) { span.code { (one.code) } " " (one.name.get(lang.locale())) } }
                            span.row-end {
                                @if one.early { (Badge::new(lang.t("gate-early"), Tone::Warn)) " " }
                                (super::super::words::state(lang, one.state)) " " span.num { (lang.day(one.starts_on)) }
                            }
                        }
                    }
                }
            }
        };
        card(&lang.t("gate-held-tasks"), &html! {}, &body)
    }
}
