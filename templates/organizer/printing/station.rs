//! A station: its form, the key of its agent, its queue, its history.

use chrono::{DateTime, Utc};
use chrono_tz::Tz;
use domain::printing::StationFormat;
use domain::printing::view::{JobLine, NamedLayout, StationLine};
use domain::printing::{Station, zpl};
use maud::{Markup, Render, html};

use super::{ago, failure, state_cell, station_state, when, whose};
use crate::{
    FormState, Lang, Shell, Tone,
    components::{Button, Choice, Col, Form, Icon, Table, callout, card, facts, history},
    links,
};

/// The fields of a station.
fn fields(form: Form<'_>, lang: Lang, layouts: &[NamedLayout], stations: &[Station]) -> Markup {
    let by_category = Choice::new("", lang.t("printing-layout-by-category"));
    let layouts = layouts.iter().map(|layout| Choice::new(layout.id.to_string(), layout.name.clone()));
    let layouts = std::iter::once(by_category).chain(layouts).collect();
    let nobody = Choice::new("", lang.t("printing-failover-none"));
    let others = stations.iter().map(|station| Choice::new(station.id.to_string(), station.name.clone()));
    let others = std::iter::once(nobody).chain(others).collect();
    let formats = StationFormat::ALL.iter().map(|format| {
        Choice::new(format.code(), lang.term("print-format", format.code()))
            .hint(lang.term("print-format-hint", format.code()))
    });
    let dpi = zpl::RESOLUTIONS.iter().map(|dpi| Choice::new(dpi.to_string(), dpi.to_string())).collect();
    html! {
        (form.text("name", "printing-station-name").required().max_length(60).hint("printing-station-name-hint"))
        (form.text("place", "printing-station-place").max_length(80).hint("printing-station-place-hint"))
        (form.radios("format", "printing-format", formats.collect()).value("zpl").required())
        (form.select("dpi", "printing-dpi", dpi).value("203").hint("printing-dpi-hint"))
        (form.select("layout", "printing-layout", layouts))
        (form.select("failover", "printing-failover", others).hint("printing-failover-hint"))
    }
}

/// The form of a new station.
pub struct NewStationPage<'a> {
    /// What is in the form.
    pub form: &'a FormState,
    /// Layouts it may print.
    pub layouts: &'a [NamedLayout],
    /// Stations that may stand in.
    pub stations: &'a [Station],
}

impl NewStationPage<'_> {
    /// The whole page.
    pub fn render(&self, shell: &Shell) -> Markup {
        let (lang, slug) = (shell.lang, shell.slug());
        let form = self.form.fields(lang);
        let body = html! {
            (form.summary())
            form.form method="post" action=(links::printing::stations(slug)) {
                (fields(form, lang, self.layouts, self.stations))
                div.form-actions {
                    (Button::submit(lang.t("printing-station-create")).icon(Icon::Printer))
                    (Button::link(lang.t("component-cancel"), links::printing::home(slug)).ghost())
                }
            }
        };
        shell
            .page(lang.t("printing-station-new"))
            .crumb(lang.t("registration-title"), links::registration::home(slug))
            .crumb(lang.t("printing-title"), links::printing::home(slug))
            .body(&body)
    }
}

/// The key of an agent: shown once, to the person who asked for it.
pub struct KeyShown<'a> {
    /// The key.
    pub key: &'a str,
    /// The address of this installation.
    pub server: &'a str,
}

/// One station.
pub struct StationPage<'a> {
    /// The station with its queue.
    pub line: &'a StationLine,
    /// What is in the form.
    pub form: &'a FormState,
    /// Layouts it may print.
    pub layouts: &'a [NamedLayout],
    /// The other stations.
    pub others: &'a [Station],
    /// The key just made.
    pub key: Option<KeyShown<'a>>,
    /// Its last jobs.
    pub jobs: &'a [JobLine],
    /// What happened to it, newest first.
    pub history: &'a [domain::journal::Entry],
    /// The venue's time zone.
    pub zone: Tz,
    /// Now.
    pub now: DateTime<Utc>,
}

impl StationPage<'_> {
    /// The whole page.
    pub fn render(&self, shell: &Shell) -> Markup {
        let (lang, slug) = (shell.lang, shell.slug());
        let station = &self.line.station;
        let form = self.form.fields(lang);
        let settings = html! {
            form.form method="post" action=(links::printing::station(slug, station.id)) {
                (form.summary())
                (form.hidden("version"))
                (fields(form, lang, self.layouts, self.others))
                div.form-actions { (Button::submit(lang.t("component-save"))) }
            }
        };
        let body = html! {
            @if let Some(key) = &self.key { (key.render(lang, station.format)) }
            @if let Some(trouble) = station.trouble {
                (callout(Tone::Bad, &failure(lang, trouble), &html! { p { (lang.t("printing-trouble-hint")) } }))
            }
            (facts(&self.facts(lang)))
            div.with-aside {
                div.stack {
                    (card(&lang.t("printing-station-settings"), &html! {}, &settings))
                    (card(&lang.t("printing-station-jobs"), &self.log_link(lang, slug), &self.job_table(lang, slug)))
                }
                div.stack {
                    (self.queue_card(lang, slug))
                    (card(&lang.t("registration-history"), &html! {}, &history(lang, self.zone, self.history)))
                }
            }
        };
        shell
            .page(station.name.clone())
            .crumb(lang.t("registration-title"), links::registration::home(slug))
            .crumb(lang.t("printing-title"), links::printing::home(slug))
            .subtitle(html! { (station_state(lang, station.state(self.now))) @if !station.place.is_empty() { span.muted { (station.place) } } })
            .actions(self.actions(lang, slug))
            .body(&body)
    }

    fn actions(&self, lang: Lang, slug: &str) -> Markup {
        let station = &self.line.station;
        let post =
            |key: &str, deed: &str| Button::post(lang.t(key), links::printing::station_act(slug, station.id, deed));
        html! {
            (post("printing-test", "test").icon(Icon::Printer))
            @if station.paused { (post("printing-resume", "resume").primary().icon(Icon::Play)) }
            @else { (post("printing-pause", "pause").icon(Icon::Pause)) }
            (post("printing-key-new", "key").icon(Icon::Key).confirm(lang.t("printing-key-new-sure")))
            (post("printing-station-remove", "remove").danger().icon(Icon::Trash).confirm(lang.t("printing-station-remove-sure")))
        }
    }

    fn facts(&self, lang: Lang) -> Vec<(String, Markup)> {
        let station = &self.line.station;
        let agent = if station.agent.is_empty() { "–" } else { &station.agent };
        vec![
            (lang.t("printing-waiting"), html! { (lang.number(self.line.waiting + self.line.printing)) }),
            (lang.t("printing-printed-today"), html! { (lang.number(self.line.printed)) }),
            (lang.t("printing-agent"), html! { (agent) }),
            (lang.t("printing-seen"), ago(lang, self.zone, station.seen_at)),
        ]
    }

    fn log_link(&self, lang: Lang, slug: &str) -> Markup {
        let log = links::printing::log(slug).query(&[("station", &self.line.station.id.to_string())]);
        Button::link(lang.t("printing-log"), log).ghost().small().render()
    }

    fn job_table(&self, lang: Lang, slug: &str) -> Markup {
        if self.jobs.is_empty() {
            return html! { p.muted { (lang.t("printing-last-none")) } };
        }
        let mut table = Table::new(
            lang.t("printing-station-jobs"),
            vec![
                Col::main(lang.t("registration-name")),
                Col::new(lang.t("printing-state")),
                Col::tight(lang.t("printing-asked-at")),
            ],
        );
        for line in self.jobs {
            table.row(vec![
                whose(lang, slug, line),
                state_cell(lang, line),
                when(lang, self.zone, line.job.created_at),
            ]);
        }
        table.render()
    }

    /// Sends what waits here elsewhere.
    fn queue_card(&self, lang: Lang, slug: &str) -> Markup {
        if self.others.is_empty() || self.line.waiting == 0 {
            return html! {};
        }
        let state = FormState::empty();
        let form = state.fields(lang);
        let others = self.others.iter().map(|s| Choice::new(s.id.to_string(), s.name.clone())).collect();
        let body = html! {
            form.form.narrow method="post" action=(links::printing::station_act(slug, self.line.station.id, "send")) {
                p { (lang.with("printing-queue-waits", &[("count", self.line.waiting.into())])) }
                (form.select("station", "printing-send-to", others).within("queue").required())
                div.form-actions { (Button::submit(lang.t("printing-queue-send")).plain().icon(Icon::Send)) }
            }
        };
        card(&lang.t("printing-waiting"), &html! {}, &body)
    }
}

impl KeyShown<'_> {
    fn render(&self, lang: Lang, format: StationFormat) -> Markup {
        let printer = match format {
            StationFormat::Zpl => "tcp://192.168.1.50:9100",
            StationFormat::Pdf => "cups://Badges",
        };
        let command = format!(
            "FAIRLEAD_PRINT_KEY={} fairlead print-agent --server {} --printer {printer}",
            self.key, self.server
        );
        let body = html! {
            p { (lang.t("printing-key-help")) }
            pre.print-command { code { (command) } }
            p.muted { (lang.t("printing-key-once")) }
        };
        callout(Tone::Good, &lang.t("printing-key"), &body)
    }
}
