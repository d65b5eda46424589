//! Looking after devices: what they tell of themselves, moving one, and words to them.

use chrono::{DateTime, Utc};
use chrono_tz::Tz;
use domain::admission::Profile;
use domain::admission::message::{LONGEST, LONGEST_MINUTES, MessageLine};
use domain::admission::report::{Care, Report};
use domain::admission::view::{DeviceLine, PlaceChoice};
use maud::{Markup, Render, html};

use super::gates::place_choices;
use super::{View, views};
use crate::components::{Badge, Button, Choice, Col, Icon, Table, Tone, card, cell_lines, empty_state, options};
use crate::{FormState, Lang, Shell, links};

fn care_look(care: Care) -> (Tone, Icon) {
    match care {
        Care::Silent => (Tone::Bad, Icon::Offline),
        Care::Battery => (Tone::Bad, Icon::Battery),
        Care::Unsent => (Tone::Warn, Icon::Upload),
        Care::Refused => (Tone::Bad, Icon::Alert),
        Care::Stale => (Tone::Warn, Icon::History),
        Care::Clock => (Tone::Warn, Icon::Clock),
    }
}

/// What somebody should look after at a device, as badges; a dash when there is nothing.
pub fn cares(lang: Lang, line: &DeviceLine, now: DateTime<Utc>) -> Markup {
    let cares = line.cares(now);
    html! {
        @if cares.is_empty() { span.muted { "–" } }
        @for care in cares { (care_badge(lang, care)) " " }
    }
}

/// One thing to look after.
pub(super) fn care_badge(lang: Lang, care: Care) -> Badge {
    let (tone, icon) = care_look(care);
    Badge::new(lang.term("door-care", care.code()), tone).icon(icon)
}

/// Charge of the battery in words.
pub fn battery(lang: Lang, report: Option<&Report>) -> Markup {
    let Some((report, percent)) = report.and_then(|report| Some((report, report.battery_percent?))) else {
        return html! { span.muted { "–" } };
    };
    let text = lang.percent(f64::from(percent) / 100.0);
    html! { (text) @if report.charging { " " span.muted { (lang.t("door-charging")) } } }
}

/// The facts of a report for the page of one device.
pub fn told(lang: Lang, report: &Report, zone: Tz) -> Vec<(String, Markup)> {
    let at = |at: Option<DateTime<Utc>>| {
        html! {
            @match at {
                Some(at) => time datetime=(at.to_rfc3339()) data-ago { (lang.moment(at, zone)) },
                None => span.muted { "–" },
            }
        }
    };
    let clock = report.offset_ms.map(|ms| lang.with("door-seconds", &[("count", (ms / 1000).into())]));
    vec![
        (lang.t("door-battery"), battery(lang, Some(report))),
        (lang.t("door-unsent"), html! { (lang.number(i64::from(report.unsent))) }),
        (lang.t("door-refused"), html! { (lang.number(i64::from(report.refused))) }),
        (lang.t("door-badges"), html! { (lang.number(i64::from(report.badges))) }),
        (lang.t("door-data-at"), at(report.data_at)),
        (lang.t("door-clock"), html! { (clock.unwrap_or_else(|| "–".to_owned())) }),
        (lang.t("door-kept"), html! { (lang.t(if report.kept { "door-kept-yes" } else { "door-kept-no" })) }),
        (lang.t("door-agent"), html! { span.muted { (report.agent) } }),
    ]
}

/// Moving a device, or using it for something else.
pub struct MovePage<'a> {
    /// Edition slug.
    pub edition: &'a str,
    /// The device.
    pub line: &'a DeviceLine,
    /// What is in the form.
    pub form: &'a FormState,
    /// Gates it may stand at.
    pub gates: &'a [PlaceChoice],
}

impl MovePage<'_> {
    /// The whole page.
    pub fn render(&self, shell: &Shell) -> Markup {
        let lang = shell.lang;
        let form = self.form.fields(lang);
        let device = &self.line.device;
        let here = links::admission::device(self.edition, device.id);
        let profiles = options(lang, "admission-profile", Profile::ALL.iter().map(|profile| profile.code()));
        let body = html! {
            p.muted { (lang.t("door-move-help")) }
            (form.summary())
            form.form method="post" action=(links::admission::device_move(self.edition, device.id)) {
                (form.hidden("version"))
                (form.text("name", "admission-device-name").required().max_length(80))
                (form.select("gate", "admission-gate", place_choices(lang, self.gates, "admission-gate-none")))
                (form.radios("profile", "admission-profile", profiles).required())
                div.form-actions {
                    (Button::submit(lang.t("admission-save")))
                    (Button::link(lang.t("admission-cancel"), here.clone()).ghost())
                }
            }
        };
        shell
            .page(lang.t("door-move"))
            .crumb(lang.t("admission-devices"), links::admission::devices(self.edition))
            .crumb(device.name.clone(), here)
            .body(&body)
    }
}

/// Words to devices: the form and what was sent.
pub struct MessagesPage<'a> {
    /// Edition slug.
    pub edition: &'a str,
    /// What is in the form.
    pub form: &'a FormState,
    /// Gates a message may go to.
    pub gates: &'a [PlaceChoice],
    /// Devices in use a message may go to.
    pub devices: &'a [DeviceLine],
    /// What was sent, newest first.
    pub sent: &'a [MessageLine],
    /// The venue's time zone.
    pub zone: Tz,
}

impl MessagesPage<'_> {
    /// The whole page.
    pub fn render(&self, shell: &Shell) -> Markup {
        let lang = shell.lang;
        let body = html! {
            (card(&lang.t("door-message-new"), &html! {}, &self.fields(lang)))
            (card(&lang.t("door-messages-sent"), &html! {}, &self.sent(lang)))
        };
        shell
            .page(lang.t("door-messages"))
            .crumb(lang.t("admission-devices"), links::admission::devices(self.edition))
            .tabs(views(lang, self.edition, View::Devices, true))
            .body(&body)
    }

    fn fields(&self, lang: Lang) -> Markup {
        let form = self.form.fields(lang);
        let mut to = vec![Choice::new("all", lang.t("door-to-all"))];
        to.extend(self.gates.iter().map(|gate| {
            let text = lang.with("door-to-gate", &[("gate", gate.code.as_str().into())]);
            Choice::new(format!("gate:{}", gate.id), text)
        }));
        to.extend(self.devices.iter().map(|line| {
            let text = lang.with("door-to-device", &[("device", line.device.name.as_str().into())]);
            Choice::new(format!("device:{}", line.device.id), text)
        }));
        html! {
            (form.summary())
            form.form method="post" action=(links::admission::messages(self.edition)) {
                (form.select("to", "door-to", to).required())
                (form.number("minutes", "door-minutes").min(1).max(LONGEST_MINUTES).hint("door-minutes-hint"))
                (form.textarea("text", "door-text").required().max_length(u32::try_from(LONGEST).unwrap_or(u32::MAX)).rows(2).wide())
                div.form-actions { (Button::submit(lang.t("door-send")).icon(Icon::Send)) }
            }
        }
    }

    fn sent(&self, lang: Lang) -> Markup {
        if self.sent.is_empty() {
            return empty_state(
                Icon::Megaphone,
                &lang.t("door-messages-none"),
                &lang.t("door-messages-none-help"),
                &html! {},
            );
        }
        let mut table = Table::new(
            lang.t("door-messages-sent"),
            vec![
                Col::main(lang.t("door-text")),
                Col::new(lang.t("door-to")),
                Col::new(lang.t("door-from")),
                Col::tight(lang.t("door-until")),
                Col::num(lang.t("door-read")),
            ],
        );
        for line in self.sent {
            let message = &line.message;
            table.row(vec![
                html! { (message.text) },
                html! { (line.to.clone().unwrap_or_else(|| lang.t("door-to-all"))) },
                cell_lines(html! { (message.sent_by) }, &lang.moment(message.sent_at, self.zone)),
                html! { (lang.moment(message.until, self.zone)) },
                html! { (lang.number(line.read)) },
            ]);
        }
        table.render()
    }
}
