//! Devices: the list, a new one, and one with its pairing code.

use chrono::{DateTime, Utc};
use chrono_tz::Tz;
use domain::admission::Profile;
use domain::admission::device::DeviceState;
use domain::admission::view::{DeviceLine, PlaceChoice};
use domain::registration::view::Qr;
use maud::{Markup, Render, html};

use super::care;
use super::gates::place_choices;
use super::{View, views};
use crate::components::{
    Badge, Button, Col, Entry, Icon, Table, Tone, callout, card, cell_lines, empty_state, facts, options, timeline,
};
use crate::{FormState, Lang, Shell, links};

/// The devices of an edition.
pub struct DevicesPage<'a> {
    /// Edition slug.
    pub edition: &'a str,
    /// Devices by name.
    pub devices: &'a [DeviceLine],
    /// The venue's time zone.
    pub zone: Tz,
    /// Now.
    pub now: DateTime<Utc>,
}

impl DevicesPage<'_> {
    /// The whole page.
    pub fn render(&self, shell: &Shell) -> Markup {
        let lang = shell.lang;
        let new = Button::link(lang.t("admission-device-new"), links::admission::new_device(self.edition))
            .primary()
            .icon(Icon::Plus);
        let words = Button::link(lang.t("door-messages"), links::admission::messages(self.edition))
            .icon(Icon::Megaphone)
            .plain();
        let body = if self.devices.is_empty() {
            empty_state(
                Icon::Smartphone,
                &lang.t("admission-devices-empty"),
                &lang.t("admission-devices-empty-help"),
                &new,
            )
        } else {
            self.table(lang)
        };
        shell
            .page(lang.t("admission-devices"))
            .actions(html! { (words) (new) })
            .tabs(views(lang, self.edition, View::Devices, true))
            .body(&body)
    }

    fn table(&self, lang: Lang) -> Markup {
        let mut table = Table::new(
            lang.t("admission-devices"),
            vec![
                Col::main(lang.t("admission-device")),
                Col::new(lang.t("admission-gate")),
                Col::new(lang.t("admission-profile")),
                Col::new(lang.t("admission-state")),
                Col::new(lang.t("door-needs")),
                Col::num(lang.t("door-battery")),
                Col::num(lang.t("door-unsent")),
                Col::tight(lang.t("admission-device-seen")),
                Col::num(lang.t("admission-scans")),
            ],
        );
        for line in self.devices {
            let device = &line.device;
            let name = html! { a href=(links::admission::device(self.edition, device.id)) { (device.name) } };
            table.row(vec![
                name,
                html! { (line.gate.as_deref().unwrap_or("–")) },
                html! { (lang.term("admission-profile", device.profile.code())) },
                state_badge(lang, device.state(self.now)).render(),
                care::cares(lang, line, self.now),
                care::battery(lang, line.report.as_ref()),
                html! { @match &line.report { Some(report) => (lang.number(i64::from(report.unsent))), None => span.muted { "–" } } },
                seen(lang, self.zone, device.seen_at),
                html! { (lang.number(line.scans)) },
            ]);
        }
        table.render()
    }
}

fn seen(lang: Lang, zone: Tz, at: Option<DateTime<Utc>>) -> Markup {
    html! {
        @match at {
            Some(at) => time datetime=(at.to_rfc3339()) data-ago { (lang.moment(at, zone)) },
            None => span.muted { "–" },
        }
    }
}

fn state_badge(lang: Lang, state: DeviceState) -> Badge {
    let (tone, icon) = match state {
        DeviceState::Waiting => (Tone::Info, Icon::Hourglass),
        DeviceState::Lapsed => (Tone::Warn, Icon::Clock),
        DeviceState::Paired => (Tone::Good, Icon::CheckCircle),
        DeviceState::Revoked => (Tone::Neutral, Icon::Ban),
    };
    Badge::new(lang.term("admission-device-state", state.code()), tone).icon(icon)
}

/// The form of a new device.
pub struct NewDevicePage<'a> {
    /// Edition slug.
    pub edition: &'a str,
    /// What is in the form.
    pub form: &'a FormState,
    /// Gates it may stand at.
    pub gates: &'a [PlaceChoice],
}

impl NewDevicePage<'_> {
    /// The whole page.
    pub fn render(&self, shell: &Shell) -> Markup {
        let lang = shell.lang;
        let form = self.form.fields(lang);
        let profiles = options(lang, "admission-profile", Profile::ALL.iter().map(|profile| profile.code()));
        let body = html! {
            (form.summary())
            form.form method="post" action=(links::admission::devices(self.edition)) {
                (form.text("name", "admission-device-name").required().max_length(80).hint("admission-device-name-hint"))
                (form.select("gate", "admission-gate", place_choices(lang, self.gates, "admission-gate-none")))
                (form.radios("profile", "admission-profile", profiles).value("steward").required())
                div.form-actions {
                    (Button::submit(lang.t("admission-device-create")).icon(Icon::Qr))
                    (Button::link(lang.t("admission-cancel"), links::admission::devices(self.edition)).ghost())
                }
            }
        };
        shell
            .page(lang.t("admission-device-new"))
            .crumb(lang.t("admission-devices"), links::admission::devices(self.edition))
            .body(&body)
    }
}

/// A pairing code that is out: shown once, to the person who asked for it.
pub struct PairingShown<'a> {
    /// The code in letters.
    pub code: &'a str,
    /// The address the QR code holds.
    pub address: &'a str,
    /// The QR code of the address.
    pub qr: &'a Qr,
    /// When it runs out.
    pub until: DateTime<Utc>,
}

/// One device.
pub struct DevicePage<'a> {
    /// Edition slug.
    pub edition: &'a str,
    /// The device.
    pub line: &'a DeviceLine,
    /// The pairing code just made.
    pub pairing: Option<PairingShown<'a>>,
    /// What happened to it, newest first.
    pub history: &'a [domain::journal::Entry],
    /// The venue's time zone.
    pub zone: Tz,
    /// Now.
    pub now: DateTime<Utc>,
}

impl DevicePage<'_> {
    /// The whole page.
    pub fn render(&self, shell: &Shell) -> Markup {
        let lang = shell.lang;
        let device = &self.line.device;
        let state = device.state(self.now);
        let revoked = state == DeviceState::Revoked;
        let actions = html! {
            @if !revoked {
                (Button::link(lang.t("door-move"), links::admission::device_move(self.edition, device.id)).icon(Icon::Edit).plain())
                @if state == DeviceState::Paired {
                    (Button::link(lang.t("door-message-new"), links::admission::messages(self.edition).query(&[("to", &format!("device:{}", device.id))]))
                        .icon(Icon::Megaphone).plain())
                }
                (Button::post(lang.t("admission-device-pair"), links::admission::device_pair(self.edition, device.id)).icon(Icon::Qr))
                (Button::post(lang.t("admission-device-revoke"), links::admission::device_revoke(self.edition, device.id))
                    .danger().icon(Icon::Ban).confirm(lang.t("admission-device-revoke-sure")))
            }
        };
        let body = html! {
            @if let Some(pairing) = &self.pairing { (self.pairing(lang, pairing)) }
            @if revoked { (callout(Tone::Neutral, &lang.t("admission-device-is-revoked"), &html! {})) }
            (facts(&self.facts(lang, state)))
            @if let Some(report) = self.line.report.as_ref().filter(|_| !revoked) {
                (card(&lang.t("door-told"), &care::cares(lang, self.line, self.now), &facts(&care::told(lang, report, self.zone))))
            }
            (card(&lang.t("admission-history"), &html! {}, &self.timeline(lang)))
        };
        shell
            .page(device.name.clone())
            .crumb(lang.t("admission-devices"), links::admission::devices(self.edition))
            .actions(actions)
            .body(&body)
    }

    fn timeline(&self, lang: Lang) -> Markup {
        let entry = |entry: &domain::journal::Entry| {
            let said = lang.fact(&entry.fact);
            Entry::new(Icon::History, said, entry.actor_name.clone(), lang.moment(entry.at, self.zone)).at(entry.at)
        };
        timeline(lang, &self.history.iter().map(entry).collect::<Vec<_>>())
    }

    fn facts(&self, lang: Lang, state: DeviceState) -> Vec<(String, Markup)> {
        let device = &self.line.device;
        let scans = links::admission::scans(self.edition).query(&[("device", &device.id.to_string())]);
        vec![
            (lang.t("admission-state"), state_badge(lang, state).render()),
            (lang.t("admission-gate"), html! { (self.line.gate.as_deref().unwrap_or("–")) }),
            (lang.t("admission-profile"), html! { (lang.term("admission-profile", device.profile.code())) }),
            (lang.t("admission-device-paired"), seen(lang, self.zone, device.paired_at)),
            (lang.t("admission-device-seen"), seen(lang, self.zone, device.seen_at)),
            (lang.t("admission-scans"), html! { a href=(scans) { (lang.number(self.line.scans)) } }),
        ]
    }

    fn pairing(&self, lang: Lang, pairing: &PairingShown<'_>) -> Markup {
        let body = html! {
            div.pairing {
                (qr_picture(pairing.qr, &lang.t("admission-pairing-qr")))
                div {
                    p { (lang.t("admission-pairing-help")) }
                    p.pairing-code { (pairing.code) }
                    p { (cell_lines(html! { a href=(pairing.address) { (pairing.address) } }, &lang.with("admission-pairing-until", &[("time", lang.time(pairing.until, self.zone).into())]))) }
                    p.muted { (lang.t("admission-pairing-once")) }
                }
            }
        };
        card(&lang.t("admission-pairing"), &html! {}, &body)
    }
}

/// Dark on white in both themes: cameras read nothing else well.
pub(super) fn qr_picture(qr: &Qr, label: &str) -> Markup {
    let side = qr.size + 8;
    html! {
        svg.pairing-qr viewBox={ "0 0 " (side) " " (side) } role="img" aria-label=(label) shape-rendering="crispEdges" {
            rect width=(side) height=(side) fill="#fff" {}
            @for (x, y, length) in qr.runs() {
                rect x=(x + 4) y=(y + 4) width=(length) height="1" fill="#000" {}
            }
        }
    }
}
