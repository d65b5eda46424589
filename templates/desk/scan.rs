//! The scan page of a device at a gate. Works as a plain form; `desk.js` adds camera, scanner and sound.

use chrono_tz::Tz;
use domain::admission::view::{Answer, ScanLine};
use domain::admission::{Direction, GateDirection, Profile};
use maud::{Markup, html};

use super::verdict;
use crate::components::{Icon, Tone, callout};
use crate::{DeskShell, Lang, links};

/// Readings the script can come to without network.
const OFFLINE_READINGS: [&str; 6] = ["genuine", "forged", "wrong_edition", "random", "malformed", "unverifiable"];

/// The scan page.
pub struct ScanPage<'a> {
    /// Id of the device; the script keeps a queue for each.
    pub device: String,
    /// What it is for.
    pub profile: Profile,
    /// Ways its gate works; none when the device has no gate.
    pub gate: Option<GateDirection>,
    /// Whether the gate is open.
    pub open: bool,
    /// Which way was chosen last.
    pub direction: Direction,
    /// Venue's time zone.
    pub zone: Tz,
    /// Tag of the edition inside badge codes.
    pub edition_tag: String,
    /// Public keys for the script, as JSON.
    pub keys: String,
    /// The answer to the scan just made.
    pub answer: Option<&'a Answer>,
    /// The last scans of this device, newest first.
    pub last: &'a [ScanLine],
    /// Admissions by this device today.
    pub admitted: i64,
    /// Denials by this device today.
    pub denied: i64,
}

impl ScanPage<'_> {
    /// The whole page.
    pub fn render(&self, shell: &DeskShell) -> Markup {
        let lang = shell.lang;
        let body = html! {
            div.desk id="desk" data-device=(self.device) data-edition=(self.edition_tag) data-keys=(self.keys)
                data-upload=(links::desk::upload()) data-clock=(links::desk::clock()) {
                @if self.gate.is_none() {
                    (callout(Tone::Warn, &lang.t("desk-no-gate"), &html! { p { (lang.t("desk-no-gate-help")) } }))
                }
                @if self.gate.is_some() && !self.open {
                    (callout(Tone::Warn, &lang.t("desk-gate-shut"), &html! { p { (lang.t("desk-gate-shut-help")) } }))
                }
                (net(lang))
                section.desk-answer id="verdict" aria-live="assertive" aria-label=(lang.t("desk-answer")) {
                    @match self.answer {
                        Some(answer) => (verdict::verdict(lang, self.zone, answer, self.profile.may_override())),
                        None => (waiting(lang)),
                    }
                }
                @if self.gate.is_some() { (self.controls(lang)) }
                (self.counts(lang))
                section.desk-last {
                    h2 { (lang.t("desk-last")) }
                    p.muted id="empty-scans" hidden[!self.last.is_empty()] { (lang.t("desk-last-empty")) }
                    ul.scan-rows id="last-scans" { @for line in self.last { (verdict::row(lang, self.zone, line)) } }
                }
                @for reading in OFFLINE_READINGS {
                    template id={ "offline-" (reading.replace('_', "-")) } { (verdict::offline(lang, reading)) }
                }
            }
        };
        shell.page(lang.t("desk-title")).bare().script("desk.js").body(&body)
    }

    fn controls(&self, lang: Lang) -> Markup {
        let both = self.gate == Some(GateDirection::Both);
        html! {
            div.desk-camera {
                div.camera-frame id="camera-frame" hidden {
                    video id="camera" muted playsinline aria-label=(lang.t("desk-camera-picture")) {}
                    div.camera-aim aria-hidden="true" {}
                }
                button.button.primary.desk-big id="camera-button" type="button" aria-pressed="false" hidden {
                    (Icon::Camera) span { (lang.t("desk-camera")) }
                }
                p.error id="camera-trouble" role="alert" hidden { (Icon::Alert) span { (lang.t("desk-camera-trouble")) } }
            }
            form.desk-form id="scan-form" method="post" action=(links::desk::scan()) {
                @if both {
                    fieldset.desk-direction {
                        legend.sr-only { (lang.t("desk-direction")) }
                        @for direction in Direction::ALL {
                            label {
                                input type="radio" name="direction" value=(direction.code()) checked[*direction == self.direction];
                                span { (lang.term("admission-direction", direction.code())) }
                            }
                        }
                    }
                } @else { input type="hidden" name="direction" value=(self.direction.code()); }
                label for="field-code" { (lang.t("desk-code")) }
                div.desk-code {
                    input id="field-code" type="text" name="code" required maxlength="20000" autocomplete="off" autocapitalize="characters"
                        spellcheck="false" enterkeyhint="go";
                    button.button.primary type="submit" { (Icon::Scan) span { (lang.t("desk-check")) } }
                }
            }
        }
    }

    fn counts(&self, lang: Lang) -> Markup {
        html! {
            dl.desk-counts {
                div.tone-good { dt { (lang.t("desk-admitted")) } dd.num id="count-admitted" { (self.admitted) } }
                div.tone-bad { dt { (lang.t("desk-denied")) } dd.num id="count-denied" { (self.denied) } }
            }
        }
    }
}

fn waiting(lang: Lang) -> Markup {
    html! {
        div.verdict.verdict-waiting {
            div.verdict-mark { (Icon::Scan) }
            p.verdict-word { (lang.t("desk-ready")) }
            p.verdict-why { (lang.t("desk-ready-help")) }
        }
    }
}

/// Whether the server is heard, what still waits to be sent, a clock that is off.
fn net(lang: Lang) -> Markup {
    html! {
        div.desk-net id="scan-net" data-net="online" role="status" {
            p.net-offline { (Icon::Offline) span { (lang.t("desk-net-offline")) } }
            p.net-unsent id="unsent" hidden { (Icon::Upload) span { strong.num id="count-unsent" { "0" } " " (lang.t("desk-unsent")) } }
            p.net-refused id="refused" hidden { (Icon::Alert) span { strong.num id="count-refused" { "0" } " " (lang.t("desk-refused")) } }
            p.net-clock id="clock-warning" hidden { (Icon::Clock) span { (lang.t("desk-clock-off")) } }
        }
    }
}
