//! The card on a registration's page that prints its badge and says what was printed before.

use chrono::{DateTime, Utc};
use chrono_tz::Tz;
use domain::RegistrationId;
use domain::printing::view::JobLine;
use domain::printing::{JobState, Station};
use maud::{Markup, Render, html};
use serde::{Deserialize, Serialize};

use super::{state_cell, station_choices, when, where_to};
use crate::{
    FormState, Lang, Tone,
    components::{Button, Choice, Col, Icon, Table, callout, card, options},
    links,
};

/// How the badge is to be printed, as typed.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct PrintDraft {
    /// A station, or empty for the browser.
    pub station: String,
    /// `first`, `again`, `replace`.
    pub how: String,
    /// Why it is printed again.
    pub again: String,
}

/// The card.
pub struct PrintCard<'a> {
    /// Edition slug.
    pub edition: &'a str,
    /// Whose badge.
    pub registration: RegistrationId,
    /// There is a badge that opens gates.
    pub printable: bool,
    /// The serial of that badge.
    pub serial: Option<i64>,
    /// What was printed, newest first.
    pub jobs: &'a [JobLine],
    /// Stations to print at.
    pub stations: &'a [Station],
    /// The station this person printed at last.
    pub usual: Option<String>,
    /// The venue's time zone.
    pub zone: Tz,
    /// Now.
    pub now: DateTime<Utc>,
    /// May print.
    pub may_edit: bool,
}

impl PrintCard<'_> {
    /// The badge at hand is on paper or on its way.
    fn printed(&self) -> bool {
        let counts = |line: &JobLine| line.job.counts() && line.serial == self.serial;
        self.serial.is_some() && self.jobs.iter().any(counts)
    }

    /// The card; nothing for those who may neither print nor see that something was printed.
    pub fn render(&self, lang: Lang) -> Markup {
        let form = self.printable && self.may_edit;
        if !form && self.jobs.is_empty() {
            return html! {};
        }
        let body = html! {
            @if form { (self.form(lang)) }
            @if !self.jobs.is_empty() { (self.table(lang)) }
        };
        card(&lang.t("printing-card"), &html! {}, &body)
    }

    fn form(&self, lang: Lang) -> Markup {
        let browser = Choice::new("", lang.t("printing-browser"));
        let stations = station_choices(lang, self.stations, self.now);
        let choices: Vec<Choice> = stations.into_iter().chain([browser]).collect();
        let usual =
            self.usual.clone().or_else(|| choices.first().map(|choice| choice.value.clone())).unwrap_or_default();
        let draft = PrintDraft { station: usual, how: "again".to_owned(), again: String::new() };
        let state = FormState::of(&draft);
        let form = state.fields(lang);
        let printed = self.printed();
        html! {
            @if printed { (callout(Tone::Warn, &lang.t("printing-printed-before"), &html! {})) }
            form.form.narrow method="post" action=(links::printing::print(self.edition, self.registration)) {
                (form.select("station", "printing-where", choices).within("print"))
                @if printed {
                    (form.radios("how", "printing-how", options(lang, "printing-how", ["again", "replace"])))
                    (form.text("again", "printing-why").within("print").max_length(200).hint("printing-why-hint"))
                }
                div.form-actions { (Button::submit(lang.t("badge-print")).icon(Icon::Printer)) }
            }
        }
    }

    fn table(&self, lang: Lang) -> Markup {
        let mut table = Table::new(
            lang.t("printing-log"),
            vec![
                Col::main(lang.t("badge-serial")),
                Col::new(lang.t("printing-state")),
                Col::new(lang.t("printing-station")),
                Col::tight(lang.t("printing-asked-at")),
            ],
        );
        for line in self.jobs {
            let serial = line.serial.map(|serial| serial.to_string()).unwrap_or_default();
            let mark = if line.job.state == JobState::Unsure { "is-late" } else { "" };
            table.row_marked(
                vec![
                    html! { span.num { (serial) } },
                    state_cell(lang, line),
                    html! { (where_to(lang, line)) },
                    when(lang, self.zone, line.job.created_at),
                ],
                mark,
            );
        }
        table.render()
    }
}
