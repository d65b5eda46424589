//! Control figures: one page that says how the loop is doing.

use domain::access::Permission;
use domain::plan::Severity;
use domain::plan::commitment::{Reason, Tally};
use domain::plan::figures::Figures;
use domain::plan::view::Head;
use maud::{Markup, Render, html};

use super::commitments::{promise_posters, reasons_chart, trend};
use super::deviations::short;
use super::{Here, views};
use crate::components::{Col, Table, Tile, card, tiles};
use crate::{Icon, Lang, Shell, Tone, links};

/// Float of the plan to a gate or to opening day.
#[derive(Debug, Clone)]
pub struct ToGate {
    /// What is reached.
    pub name: String,
    /// When it is planned.
    pub day: chrono::NaiveDate,
    /// Working minutes to spare.
    pub float: i64,
    /// Tasks before it that are not done.
    pub open: u32,
}

/// The page.
pub struct FiguresPage<'a> {
    /// Slug of the edition.
    pub slug: &'a str,
    /// What stands above the plan's views.
    pub head: &'a Head,
    /// Acceptance, rounds, deviations.
    pub figures: &'a Figures,
    /// Weekly promises so far.
    pub tallies: &'a [Tally],
    /// Reasons for promises not kept.
    pub pareto: &'a [(&'static Reason, u32)],
    /// Float to what comes.
    pub gates: &'a [ToGate],
    /// Schedule and cost performance, where the plan has a baseline: SPI(t) and CPI.
    pub earned: Option<(Option<f64>, Option<f64>)>,
    /// Places established and places in all, where states are kept.
    pub places: Option<(u32, u32)>,
}

impl FiguresPage<'_> {
    /// The page.
    pub fn render(&self, shell: &Shell) -> Markup {
        let lang = shell.lang;
        let body = html! {
            div.stack {
                (self.tiles(lang))
                (self.gates(lang))
                div.watch-pictures { (trend(lang, self.tallies)) (reasons_chart(lang, self.pareto)) }
                (self.closing(lang))
            }
        };
        let tabs = views(lang, self.slug, Here::Figures, self.head.counts.deviations);
        let pictured = !promise_posters(lang, self.tallies, self.pareto).is_empty();
        let take = html! {
            @if pictured && shell.may.contains(&Permission::ExportData) {
                (crate::organizer::plan::files(lang, self.slug, "promises", ""))
            }
        };
        shell.page(lang.t("figures-title")).actions(take).tabs(tabs).body(&body)
    }

    fn tiles(&self, lang: Lang) -> Markup {
        let share = |share: Option<f64>| share.map_or_else(|| "–".to_owned(), |share| lang.percent(share));
        let figures = self.figures;
        let ppc = self.tallies.iter().rev().find_map(Tally::ppc);
        let good = |value: Option<f64>, line: f64| match value {
            Some(value) if value >= line => Tone::Good,
            Some(_) => Tone::Warn,
            None => Tone::Neutral,
        };
        let room = self.head.room;
        let rounds = figures.rounds_per_task.map_or_else(|| "–".to_owned(), |rounds| lang.decimal(rounds, 2));
        let close = figures.median_close_minutes.map_or_else(|| "–".to_owned(), |minutes| short(lang, minutes));
        let mut all =
            vec![
                Tile::new(lang.t("plan-room"), room.map_or_else(|| "–".to_owned(), |room| lang.minutes(room)))
                    .hint(lang.t("figures-room-hint"))
                    .icon(Icon::Hourglass)
                    .tone(match room {
                        Some(room) if room < 0 => Tone::Bad,
                        Some(0) => Tone::Warn,
                        Some(_) => Tone::Good,
                        None => Tone::Neutral,
                    }),
                Tile::new(lang.t("figures-first-pass"), share(figures.first_pass_share()))
                    .hint(lang.with(
                        "figures-first-pass-hint",
                        &[("first", figures.first_pass.into()), ("all", figures.accepted.into())],
                    ))
                    .icon(Icon::CheckCircle)
                    .tone(good(figures.first_pass_share(), 0.9)),
                Tile::new(lang.t("figures-rounds"), rounds).hint(lang.t("figures-rounds-hint")).icon(Icon::Refresh),
                Tile::new(lang.t("figures-close"), close)
                    .hint(lang.with(
                        "figures-close-hint",
                        &[("closed", figures.closed.into()), ("open", figures.open.into())],
                    ))
                    .icon(Icon::Clock)
                    .link(links::watch::deviations(self.slug)),
                Tile::new(lang.t("commitment-ppc"), share(ppc))
                    .hint(lang.t("figures-ppc-hint"))
                    .icon(Icon::Target)
                    .tone(good(ppc, 0.8))
                    .link(links::watch::commitments(self.slug)),
            ];
        if let Some((spi, cpi)) = self.earned {
            let index = |value: Option<f64>| value.map_or_else(|| "–".to_owned(), |value| lang.decimal(value, 2));
            all.push(
                Tile::new("SPI(t)", index(spi)).hint(lang.t("figures-spi-hint")).icon(Icon::Trend).tone(good(spi, 1.0)),
            );
            all.push(
                Tile::new("CPI", index(cpi)).hint(lang.t("figures-cpi-hint")).icon(Icon::Chart).tone(good(cpi, 1.0)),
            );
        }
        if let Some((established, wanted)) = self.places {
            all.push(
                Tile::new(lang.t("figures-places"), lang.number(established))
                    .unit(format!("/ {}", lang.number(wanted)))
                    .hint(lang.t("figures-places-hint"))
                    .icon(Icon::MapPin),
            );
        }
        tiles(&all)
    }

    fn gates(&self, lang: Lang) -> Markup {
        if self.gates.is_empty() {
            return html! {};
        }
        let mut table = Table::new(
            lang.t("figures-gates"),
            vec![
                Col::main(lang.t("figures-gate")),
                Col::tight(lang.t("figures-gate-day")),
                Col::num(lang.t("figures-gate-open")),
                Col::num(lang.t("figures-gate-float")),
            ],
        );
        for gate in self.gates {
            let mark = if gate.float < 0 { "is-late" } else { "" };
            table.row_marked(
                vec![
                    html! { (gate.name) },
                    html! { (lang.date(gate.day)) },
                    html! { (lang.number(gate.open)) },
                    html! { (lang.minutes(gate.float)) },
                ],
                mark,
            );
        }
        card(&lang.t("figures-gates"), &html! {}, &table.render())
    }

    fn closing(&self, lang: Lang) -> Markup {
        let cells = |minutes: Option<i64>| minutes.map_or_else(|| "–".to_owned(), |minutes| short(lang, minutes));
        let mut table = Table::new(
            lang.t("figures-closing"),
            vec![Col::main(lang.t("plan-deviation-severity")), Col::num(lang.t("figures-close"))],
        );
        for (severity, minutes) in Severity::ALL.iter().zip(self.figures.median_by_severity) {
            table.row(vec![super::severity(lang, *severity).render(), html! { (cells(minutes)) }]);
        }
        card(&lang.t("figures-closing"), &html! {}, &table.render())
    }
}
