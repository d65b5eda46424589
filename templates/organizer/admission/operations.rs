//! Parts of the live board: people inside by zone against what it holds, devices that are silent, the next hour.

use domain::admission::outlook::{Basis, Outlook};
use domain::admission::view::{DeviceTally, Operations, PrintTally, ZoneLine};
use maud::{Markup, Render, html};

use super::care::care_badge;
use crate::components::{Badge, Col, Icon, Table, Tile, Tone, card, cell_lines};
use crate::{Lang, links};

/// As many devices to look after are named.
const SHOWN: usize = 6;
/// From this share of what a zone holds on, somebody should look.
const NEARLY_FULL: f64 = 0.85;

/// The next hour as a figure.
pub fn outlook(lang: Lang, outlook: Option<&Outlook>) -> Tile {
    let Some(outlook) = outlook else {
        return Tile::new(lang.t("operations-next-hour"), "–")
            .icon(Icon::Trend)
            .hint(lang.t("operations-next-hour-unknown"));
    };
    let whole = |figure: f64| lang.number(figure.round() as i64);
    let band = [("low", whole(outlook.low).into()), ("high", whole(outlook.high).into())];
    let basis = match outlook.basis {
        Basis::Days(days) => lang.with("operations-basis-days", &[("count", days.into())]),
        Basis::Trend => lang.t("operations-basis-trend"),
    };
    Tile::new(lang.t("operations-next-hour"), whole(outlook.expected))
        .icon(Icon::Trend)
        .hint(format!("{} · {basis}", lang.with("operations-band", &band)))
}

/// Zones and devices side by side.
pub fn part(lang: Lang, edition: &str, operations: &Operations, manage: bool) -> Markup {
    html! {
        div.board-grid {
            (card(&lang.t("operations-inside"), &html! {}, &zones(lang, &operations.zones)))
            (card(&lang.t("operations-devices"), &html! {}, &devices(lang, edition, &operations.devices, operations.prints, manage)))
        }
    }
}

fn zones(lang: Lang, zones: &[ZoneLine]) -> Markup {
    if zones.is_empty() {
        return html! { p.muted { (lang.t("operations-zones-none")) } };
    }
    let mut table = Table::new(
        lang.t("operations-inside"),
        vec![
            Col::main(lang.t("operations-zone")),
            Col::num(lang.t("operations-people")),
            Col::num(lang.t("operations-capacity")),
            Col::new(lang.t("operations-load")),
        ],
    );
    for line in zones {
        table.row(vec![
            cell_lines(line.name.get(lang.locale()), &line.code),
            html! { (lang.number(line.inside)) },
            html! { @match line.capacity { Some(capacity) => (lang.number(capacity)), None => span.muted { "–" } } },
            load(lang, line),
        ]);
    }
    table.render()
}

fn load(lang: Lang, line: &ZoneLine) -> Markup {
    let Some(capacity) = line.capacity.filter(|capacity| *capacity > 0) else { return html! {} };
    let share = line.inside as f64 / capacity as f64;
    let (tone, key) = match share {
        share if share >= 1.0 => (Tone::Bad, "operations-full"),
        share if share >= NEARLY_FULL => (Tone::Warn, "operations-nearly-full"),
        _ => (Tone::Good, "operations-room"),
    };
    html! {
        span.zone-load {
            meter min="0" max=(capacity) value=(line.inside.min(capacity)) aria-hidden="true" {}
            (Badge::new(format!("{} · {}", lang.percent(share), lang.t(key)), tone))
        }
    }
}

fn devices(lang: Lang, edition: &str, tally: &DeviceTally, printing: PrintTally, manage: bool) -> Markup {
    let all = lang.with("operations-paired", &[("count", tally.paired.into())]);
    html! {
        p {
            @if manage { a href=(links::admission::devices(edition)) { (all) } } @else { (all) }
        }
        (prints(lang, edition, printing))
        @if tally.unsent > 0 { p { (lang.with("operations-unsent", &[("count", tally.unsent.into())])) } }
        @if tally.cares.is_empty() {
            p { (Badge::new(lang.t("operations-all-heard"), Tone::Good).icon(Icon::Online)) }
        } @else {
            ul.plain-rows {
                @for (name, gate, cares) in tally.cares.iter().take(SHOWN) {
                    li {
                        strong { (name) } " " span.muted { (gate) } " "
                        @for care in cares { (care_badge(lang, *care)) " " }
                    }
                }
                @if tally.cares.len() > SHOWN {
                    li.muted { (lang.with("operations-more", &[("count", (tally.cares.len() - SHOWN).into())])) }
                }
            }
        }
    }
}

/// What of printing somebody should look at; nothing when all is well.
fn prints(lang: Lang, edition: &str, tally: PrintTally) -> Markup {
    let to = links::printing::home(edition);
    let badge = |key: &str, count: i64, tone: Tone, icon: Icon| {
        html! { @if count > 0 { (Badge::new(lang.with(key, &[("count", count.into())]), tone).icon(icon)) " " } }
    };
    html! {
        @if tally != PrintTally::default() {
            p {
                a href=(to) { (lang.t("operations-printing")) } " "
                (badge("operations-print-failed", tally.failed, Tone::Bad, Icon::Printer))
                (badge("operations-print-trouble", tally.troubled, Tone::Bad, Icon::Alert))
                (badge("operations-print-waiting", tally.waiting, Tone::Info, Icon::Hourglass))
            }
        }
    }
}
