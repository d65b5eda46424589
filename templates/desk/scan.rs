//! The scan page of a device at a gate. Works as a plain form; `desk.js` adds camera, scanner, sound and the time
//! without network.

use chrono_tz::Tz;
use domain::admission::view::{Answer, ScanLine};
use domain::admission::{Direction, GateDirection, Profile};
use maud::{Markup, html};

use super::{frames, paper::Paper, verdict};
use crate::components::{Button, Icon, Tone, callout};
use crate::{DeskShell, Lang, asset, links};

/// What the page needs to open and to work without network, beside itself.
const KEPT: [&str; 7] =
    ["app.css", "app.js", "desk.js", "icons.svg", "favicon.svg", "inter-latin.woff2", "inter-latin-ext.woff2"];

/// The scan page.
pub struct ScanPage<'a> {
    /// Id of the device; the script keeps a store for each.
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
    /// The answer to the scan just made.
    pub answer: Option<&'a Answer>,
    /// The badge that comes out because of it.
    pub paper: Option<&'a Paper>,
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
        let kiosk = self.profile == Profile::Kiosk;
        let class = if kiosk { "desk desk-kiosk" } else { "desk" };
        let body = html! {
            div class=(class) id="desk" data-device=(self.device) data-profile=(self.profile.code())
                data-search=(self.profile.may_search())
                data-override=(self.profile.may_override()) data-urls=(urls()) data-words=(frames::words(lang))
                data-assets=(kept()) data-shell=(links::desk::shell()) data-worker=(links::desk::worker())
                data-gone=(links::desk::pair()) {
                h1.sr-only { (lang.t("desk-title")) }
                @if self.gate.is_none() {
                    (callout(Tone::Warn, &lang.t("desk-no-gate"), &html! { p { (lang.t("desk-no-gate-help")) } }))
                }
                @if self.gate.is_some() && !self.open {
                    (callout(Tone::Warn, &lang.t("desk-gate-shut"), &html! { p { (lang.t("desk-gate-shut-help")) } }))
                }
                div.desk-alarms id="alarms" role="alert" {}
                // Words for those who work here are not for everybody who passes a kiosk.
                div.desk-messages id="messages" aria-live="polite" hidden[kiosk] {}
                (frames::net(lang))
                section.desk-answer id="verdict" aria-live="assertive" aria-label=(lang.t("desk-answer")) {
                    @match self.answer {
                        Some(answer) => (verdict::verdict(lang, self.zone, answer, self.profile, self.paper)),
                        None => (frames::waiting(lang, self.profile)),
                    }
                }
                p.desk-room.num id="room" hidden {}
                @if self.gate.is_some() { (self.controls(lang)) }
                @if self.profile.may_search() { (people(lang)) }
                div.desk-log hidden[kiosk] {
                    (self.counts(lang))
                    section.desk-last {
                        h2 { (lang.t("desk-last")) }
                        p.muted id="empty-scans" hidden[!self.last.is_empty()] { (lang.t("desk-last-empty")) }
                        ul.scan-rows id="last-scans" { @for line in self.last { (verdict::row(lang, self.zone, line)) } }
                    }
                    p.muted.desk-data id="data-age" {}
                }
                (frames::frames(lang, self.profile))
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
            form.desk-form id="scan-form" method="post" action=(links::desk::scan()) hidden[self.profile == Profile::Kiosk] {
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

/// Finding people by name and registering those who come without a registration.
fn people(lang: Lang) -> Markup {
    html! {
        nav.desk-people id="people-online" aria-label=(lang.t("desk-people")) {
            (Button::link(lang.t("desk-search"), links::desk::people()).icon(Icon::Search).plain())
            (Button::link(lang.t("desk-walk-in"), links::desk::walk_in()).icon(Icon::Badge).plain())
        }
        // Shown by the script when there is no network: those two need one.
        section.desk-roster id="roster" aria-label=(lang.t("desk-search")) hidden {
            label for="field-roster" { (lang.t("desk-roster-label")) }
            input id="field-roster" type="search" autocomplete="off" maxlength="120" spellcheck="false";
            p.hint { (lang.t("desk-roster-hint")) }
            ul.desk-found id="roster-found" aria-live="polite" {}
            p.muted id="roster-none" hidden { (lang.t("desk-nobody-found")) }
        }
        template id="frame-found" {
            li.desk-found-row {
                strong data-slot="name" {}
                span data-slot="other" {}
                span.muted data-slot="company" {}
                span.muted data-slot="what" {}
            }
        }
    }
}

fn urls() -> String {
    let urls = [
        ("scan", links::desk::scan()),
        ("upload", links::desk::upload()),
        ("contact", links::desk::contact()),
        ("badges", links::desk::badges()),
        ("passages", links::desk::passages()),
        ("roster", links::desk::roster()),
        ("farewell", links::desk::farewell()),
    ];
    let urls: std::collections::BTreeMap<&str, String> =
        urls.into_iter().map(|(name, href)| (name, href.to_string())).collect();
    serde_json::to_string(&urls).unwrap_or_default()
}

fn kept() -> String {
    serde_json::to_string(&KEPT.map(asset)).unwrap_or_default()
}
