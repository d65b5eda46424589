//! The print room: what somebody must look at, how stations are doing, what waits, what came out.

use chrono::{DateTime, Utc};
use chrono_tz::Tz;
use domain::printing::view::{JobLine, PrintCounts, StationLine};
use domain::printing::{JobState, Station};
use maud::{Markup, Render, html};

use super::{ago, failure, job_state, station_choices, station_state, views, when, where_to, whose};
use crate::{
    Lang, Shell, Tone,
    components::{Button, Choice, Col, Icon, Table, Tile, callout, card, cell_lines, empty_state, tiles},
    links,
};

/// How often the page asks for itself, seconds.
const FRESH: &str = "5";

/// The print room.
pub struct RoomPage<'a> {
    /// Stations with their queues.
    pub stations: &'a [StationLine],
    /// Jobs that failed or of which nobody knows.
    pub open: &'a [JobLine],
    /// What waits, in the order it is printed.
    pub waiting: &'a [JobLine],
    /// What came out last.
    pub printed: &'a [JobLine],
    /// How much there is of each.
    pub counts: PrintCounts,
    /// The venue's time zone.
    pub zone: Tz,
    /// Now.
    pub now: DateTime<Utc>,
    /// May print and look after printers.
    pub may_edit: bool,
    /// This build has no fonts: nothing can be printed.
    pub no_fonts: bool,
}

impl RoomPage<'_> {
    /// The whole page.
    pub fn render(&self, shell: &Shell) -> Markup {
        let (lang, slug) = (shell.lang, shell.slug());
        let body = html! {
            @if self.no_fonts { (callout(Tone::Bad, &lang.t("printing-no-fonts"), &html! {})) }
            div #print-figures data-fresh=(FRESH) { (self.figures(lang, slug)) }
            div.stack {
                div #print-open data-fresh=(FRESH) {
                    @if !self.open.is_empty() { (card(&lang.t("printing-open"), &html! {}, &self.open_table(lang, slug))) }
                }
                div #print-stations data-fresh=(FRESH) { (self.stations_card(lang, slug)) }
                div.print-lists {
                    div #print-waiting data-fresh=(FRESH) { (card(&lang.t("printing-waiting"), &html! {}, &self.waiting_table(lang, slug))) }
                    div #print-printed data-fresh=(FRESH) { (card(&lang.t("printing-last"), &self.log_link(lang, slug), &self.printed_table(lang, slug))) }
                }
            }
        };
        let actions = html! {
            @if self.may_edit {
                (Button::link(lang.t("printing-station-new"), links::printing::new_station(slug)).icon(Icon::Plus))
                (Button::link(lang.t("registration-walk-in"), links::registration::walk_in(slug)).primary().icon(Icon::UserPlus))
            }
        };
        shell
            .page(lang.t("printing-title"))
            .crumb(lang.t("registration-title"), links::registration::home(slug))
            .actions(actions)
            .tabs(views(lang, slug, "room"))
            .wide()
            .body(&body)
    }

    fn log_link(&self, lang: Lang, slug: &str) -> Markup {
        Button::link(lang.t("printing-log"), links::printing::log(slug)).ghost().small().render()
    }

    fn figures(&self, lang: Lang, slug: &str) -> Markup {
        let log = |state: &str| links::printing::log(slug).query(&[("state", state)]);
        let open =
            Tile::new(lang.t("printing-open"), lang.number(self.counts.open)).link(log("open")).icon(Icon::Alert);
        tiles(&[
            if self.counts.open > 0 { open.tone(Tone::Bad) } else { open },
            Tile::new(lang.t("printing-waiting"), lang.number(self.counts.waiting))
                .link(log(JobState::Waiting.code()))
                .icon(Icon::Hourglass),
            Tile::new(lang.t("printing-at-printers"), lang.number(self.counts.printing)).icon(Icon::Printer),
            Tile::new(lang.t("printing-printed-today"), lang.number(self.counts.printed_today))
                .link(log(JobState::Printed.code()))
                .icon(Icon::Check),
        ])
    }

    fn all_stations(&self) -> Vec<Station> {
        self.stations.iter().map(|line| line.station.clone()).collect()
    }

    fn open_table(&self, lang: Lang, slug: &str) -> Markup {
        let mut table = Table::new(
            lang.t("printing-open"),
            vec![
                Col::main(lang.t("registration-name")),
                Col::new(lang.t("printing-state")),
                Col::new(lang.t("printing-station")),
                Col::tight(lang.t("printing-asked-at")),
                Col::actions(lang.t("printing-actions")),
            ],
        );
        let choices = station_choices(lang, &self.all_stations(), self.now);
        for line in self.open {
            let said = line.job.failure.map(|what| failure(lang, what)).unwrap_or_default();
            table.row(vec![
                whose(lang, slug, line),
                cell_lines(job_state(lang, line.job.state).render(), &said),
                html! { (where_to(lang, line)) },
                when(lang, self.zone, line.job.created_at),
                if self.may_edit {
                    self.open_actions(lang, slug, line, &choices)
                } else {
                    html! {}
                },
            ]);
        }
        table.render()
    }

    fn open_actions(&self, lang: Lang, slug: &str, line: &JobLine, stations: &[Choice]) -> Markup {
        let post = |key: &str, deed: &str| {
            Button::post(lang.t(key), links::printing::job_act(slug, line.job.id, deed)).small()
        };
        html! {
            div.row-actions {
                @if line.job.state == JobState::Unsure {
                    (post("printing-came-out", "came-out").icon(Icon::Check))
                    (post("printing-did-not", "did-not").icon(Icon::Refresh))
                } @else {
                    (post("printing-retry", "retry").icon(Icon::Refresh))
                    (self.send_form(lang, slug, line, stations))
                }
                (post("printing-cancel", "cancel").ghost())
            }
        }
    }

    /// Another station for a badge; left out where there is none.
    fn send_form(&self, lang: Lang, slug: &str, line: &JobLine, stations: &[Choice]) -> Markup {
        let own = line.job.station.map(|id| id.to_string()).unwrap_or_default();
        let others: Vec<&Choice> = stations.iter().filter(|choice| choice.value != own).collect();
        html! {
            @if !others.is_empty() {
                form.send-to method="post" action=(links::printing::job_act(slug, line.job.id, "send")) {
                    select name="station" aria-label=(lang.t("printing-send-to")) required {
                        @for choice in others { option value=(choice.value) { (choice.text) } }
                    }
                    (Button::submit(lang.t("printing-send")).plain().small())
                }
            }
        }
    }

    fn stations_card(&self, lang: Lang, slug: &str) -> Markup {
        let new =
            Button::link(lang.t("printing-station-new"), links::printing::new_station(slug)).primary().icon(Icon::Plus);
        if self.stations.is_empty() {
            let action = if self.may_edit {
                new.render()
            } else {
                html! {}
            };
            return empty_state(
                Icon::Printer,
                &lang.t("printing-no-stations"),
                &lang.t("printing-no-stations-hint"),
                &action,
            );
        }
        let mut table = Table::new(
            lang.t("printing-stations"),
            vec![
                Col::main(lang.t("printing-station")),
                Col::new(lang.t("printing-state")),
                Col::num(lang.t("printing-waiting")),
                Col::num(lang.t("printing-printed-today")),
                Col::new(lang.t("printing-format")).wide_only(),
                Col::new(lang.t("printing-layout")).wide_only(),
                Col::new(lang.t("printing-failover")).wide_only(),
                Col::tight(lang.t("printing-seen")),
                Col::actions(lang.t("printing-actions")),
            ],
        );
        for line in self.stations {
            table.row(self.station_row(lang, slug, line));
        }
        card(&lang.t("printing-stations"), &html! {}, &table.render())
    }

    fn station_row(&self, lang: Lang, slug: &str, line: &StationLine) -> Vec<Markup> {
        let station = &line.station;
        let name = if self.may_edit {
            html! { a href=(links::printing::station(slug, station.id)) { (station.name) } }
        } else {
            html! { (station.name) }
        };
        let trouble = station.trouble.map(|what| failure(lang, what)).unwrap_or_default();
        let usual = || lang.t("printing-layout-by-category");
        vec![
            cell_lines(name, &station.place),
            cell_lines(station_state(lang, station.state(self.now)).render(), &trouble),
            html! { (lang.number(line.waiting + line.printing)) },
            html! { (lang.number(line.printed)) },
            html! { (lang.term("print-format", station.format.code())) },
            html! { (line.layout.clone().unwrap_or_else(usual)) },
            html! { (line.failover.as_deref().unwrap_or("–")) },
            ago(lang, self.zone, station.seen_at),
            html! {
                @if self.may_edit {
                    @if station.paused {
                        (Button::post(lang.t("printing-resume"), links::printing::station_act(slug, station.id, "resume")).small().icon(Icon::Play))
                    } @else {
                        (Button::post(lang.t("printing-pause"), links::printing::station_act(slug, station.id, "pause")).small().ghost().icon(Icon::Pause))
                    }
                }
            },
        ]
    }

    fn waiting_table(&self, lang: Lang, slug: &str) -> Markup {
        if self.waiting.is_empty() {
            return html! { p.muted { (lang.t("printing-waiting-none")) } };
        }
        let mut table = Table::new(
            lang.t("printing-waiting"),
            vec![
                Col::main(lang.t("registration-name")),
                Col::new(lang.t("printing-station")),
                Col::tight(lang.t("printing-asked-at")),
                Col::actions(lang.t("printing-actions")),
            ],
        );
        for line in self.waiting {
            let cancel = links::printing::job_act(slug, line.job.id, "cancel");
            table.row(vec![
                whose(lang, slug, line),
                html! { (where_to(lang, line)) },
                when(lang, self.zone, line.job.created_at),
                html! { @if self.may_edit { (Button::post(lang.t("printing-cancel"), cancel).small().ghost().icon(Icon::Close).icon_only()) } },
            ]);
        }
        table.render()
    }

    fn printed_table(&self, lang: Lang, slug: &str) -> Markup {
        if self.printed.is_empty() {
            return html! { p.muted { (lang.t("printing-last-none")) } };
        }
        let mut table = Table::new(
            lang.t("printing-last"),
            vec![
                Col::main(lang.t("registration-name")),
                Col::new(lang.t("printing-station")),
                Col::tight(lang.t("printing-finished-at")),
            ],
        );
        for line in self.printed {
            table.row(vec![
                whose(lang, slug, line),
                html! { (where_to(lang, line)) },
                html! { @if let Some(at) = line.job.finished_at { (when(lang, self.zone, at)) } },
            ]);
        }
        table.render()
    }
}
