//! Pages of `admission`: the live board, gates, access rules with the simulator, devices, the scan log.

pub mod board;
pub mod care;
pub mod conflicts;
pub mod counts;
mod curve;
pub mod devices;
pub mod gates;
pub mod hubs;
mod operations;
pub mod rules;
pub mod scans;
pub mod simulate;

use maud::Markup;

use crate::components::{Icon, Tab, tabs};
use crate::{Lang, links};

/// The views of this context.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum View {
    /// The live board.
    Board,
    /// The scan log.
    Scans,
    /// The conflict inbox.
    Conflicts,
    /// Counts.
    Counts,
    /// Gates.
    Gates,
    /// Rules.
    Rules,
    /// Devices.
    Devices,
    /// Hubs.
    Hubs,
}

/// The tabs of this context. Gates, rules and devices are for those who may manage them.
pub fn views(lang: Lang, edition: &str, here: View, manage: bool) -> Markup {
    use links::admission as to;
    let mut all = vec![
        (View::Board, "admission-board", to::home(edition), Icon::Activity),
        (View::Scans, "admission-scans", to::scans(edition), Icon::History),
        (View::Conflicts, "conflict-title", to::conflicts(edition), Icon::Inbox),
        (View::Counts, "count-title", to::counts(edition), Icon::Chart),
    ];
    if manage {
        all.push((View::Gates, "admission-gates", to::gates(edition), Icon::Door));
        all.push((View::Rules, "admission-rules", to::rules(edition), Icon::Shield));
        all.push((View::Devices, "admission-devices", to::devices(edition), Icon::Smartphone));
        all.push((View::Hubs, "hub-title", to::hubs(edition), Icon::Network));
    }
    let list: Vec<Tab> =
        all.into_iter().map(|(view, key, link, icon)| Tab::new(lang.t(key), link, view == here).icon(icon)).collect();
    tabs(lang, &lang.t("admission-title"), &list)
}
