//! What the script of the scan page fills in without network: frames of answers and rows as templates, and every
//! sentence with its places for values. So that there is one set of words and one look, online and offline.

use domain::admission::scan::OFFLINE_NOTICE;
use domain::admission::verdict::{Notice, Reason, VerdictKind};
use domain::admission::{Direction, Profile};
use domain::registration::Category;
use maud::{Markup, html};
use std::collections::BTreeMap;

use super::verdict::{look, override_form, tone_class};
use crate::Lang;
use crate::components::Icon;

/// Every sentence by the key the script asks for, as JSON. Values stand as `{when}`, `{gate}`, `{day}`, `{limit}`,
/// `{number}`.
pub fn words(lang: Lang) -> String {
    let mut words: BTreeMap<String, String> = BTreeMap::new();
    for code in Reason::CODES {
        words.insert(format!("say-{code}"), reason(lang, code));
    }
    words.insert("say-malformed".to_owned(), lang.t("admission-say-malformed"));
    words.insert("say-wrong_direction".to_owned(), lang.t("admission-say-wrong-direction"));
    words
        .insert("say-replaced_by".to_owned(), lang.with("admission-say-replaced-by", &[("number", "{number}".into())]));
    for code in Notice::CODES.iter().chain([&OFFLINE_NOTICE]) {
        words.insert(format!("notice-{code}"), lang.term("admission-notice", code));
    }
    for kind in VerdictKind::ALL {
        words.insert(format!("word-{}", kind.code()), lang.term("desk-word", kind.code()));
        words.insert(format!("verdict-{}", kind.code()), lang.term("admission-verdict", kind.code()));
    }
    for category in Category::ALL {
        words.insert(format!("category-{}", category.code()), lang.term("category", category.code()));
    }
    words.insert("word-out".to_owned(), lang.t("desk-word-out"));
    words.insert("stored".to_owned(), lang.t("desk-stored"));
    words.insert("offline".to_owned(), lang.t("admission-offline"));
    words.insert("join".to_owned(), format!("{}{{reason}}", lang.label("{notice}")));
    let values = [("count", "{count}".into()), ("when", "{when}".into())];
    words.insert("data".to_owned(), lang.with("desk-data", &values));
    words.insert("alarm-since".to_owned(), lang.with("incident-since", &[("at", "{when}".into())]));
    let room = [("inside", "{inside}".into()), ("capacity", "{capacity}".into())];
    words.insert("room".to_owned(), lang.with("desk-room", &room));
    words.insert("badge-valid".to_owned(), lang.t("desk-roster-valid"));
    words.insert("badge-none".to_owned(), lang.t("desk-no-badge"));
    words.insert("data-none".to_owned(), lang.t("desk-data-none"));
    serde_json::to_string(&words).unwrap_or_default()
}

fn reason(lang: Lang, code: &str) -> String {
    let place = |name: &'static str, text: &'static str| (name, text.into());
    match code {
        "already_used" => lang.with("admission-say-already-used", &[place("when", "{when}"), place("gate", "{gate}")]),
        "already_inside" => {
            lang.with("admission-say-already-inside", &[place("when", "{when}"), place("gate", "{gate}")])
        }
        "not_yet_valid" => lang.with("admission-say-not-yet-valid", &[place("day", "{day}")]),
        "expired" => lang.with("admission-say-expired", &[place("day", "{day}")]),
        "zone_full" => lang.with("admission-say-zone-full", &[place("limit", "{limit}")]),
        "quota_reached" => lang.with("admission-say-quota-reached", &[place("limit", "{limit}")]),
        code => lang.term("admission-say", code),
    }
}

/// The frames.
pub fn frames(lang: Lang, profile: Profile) -> Markup {
    html! {
        @for kind in VerdictKind::ALL {
            @let (tone, icon) = look(*kind);
            template id={ "frame-" (kind.code().replace('_', "-")) } {
                div class={ "verdict " (tone_class(tone)) } {
                    div.verdict-mark { (icon) }
                    p.verdict-word data-slot="word" {}
                    p.verdict-why data-slot="why" {}
                    p.verdict-name data-slot="name" {}
                    p.verdict-company data-slot="company" {}
                    p.verdict-category data-slot="category" {}
                    p.verdict-note data-slot="note" {}
                }
            }
            template id={ "row-" (kind.code().replace('_', "-")) } { (row(icon, tone_class(tone))) }
        }
        template id="row-refused" { (row(Icon::Alert, "verdict-deny")) }
        @if profile.may_override() { template id="frame-override" { (override_form(lang, "", Direction::In)) } }
        template id="frame-message" {
            article.desk-message {
                (Icon::Megaphone)
                div { p.desk-message-text data-slot="text" {} p.muted data-slot="from" {} }
                button.button type="button" data-do="read" { (Icon::Check) span { (lang.t("desk-message-read")) } }
            }
        }
        template id="frame-alarm" {
            article.desk-alarm { (Icon::Zap) div { p.desk-message-text data-slot="text" {} p data-slot="since" {} } }
        }
        template id="frame-waiting" { (waiting(lang, profile)) }
    }
}

fn row(icon: Icon, class: &str) -> Markup {
    html! {
        li class={ "scan-row " (class) } {
            span.scan-row-mark { (icon) }
            div.scan-row-text { p { strong data-slot="who" {} } p.muted data-slot="what" {} }
            time.num data-slot="when" {}
        }
    }
}

/// What is shown before the first badge, and at a kiosk between two people.
pub fn waiting(lang: Lang, profile: Profile) -> Markup {
    let (word, help) = match profile {
        Profile::Kiosk => (lang.t("desk-kiosk-ready"), lang.t("desk-kiosk-help")),
        _ => (lang.t("desk-ready"), lang.t("desk-ready-help")),
    };
    html! {
        div.verdict.verdict-waiting {
            div.verdict-mark { (Icon::Scan) }
            p.verdict-word { (word) }
            p.verdict-why { (help) }
        }
    }
}

/// Whether the server is heard, what still waits to be sent, what it would not take, a clock that is off.
pub fn net(lang: Lang) -> Markup {
    html! {
        div.desk-net id="scan-net" data-net="online" role="status" {
            p.net-offline { (Icon::Offline) span { (lang.t("desk-net-offline")) } }
            p.net-unsent id="unsent" hidden { (Icon::Upload) span { strong.num id="count-unsent" { "0" } " " (lang.t("desk-unsent")) } }
            p.net-clock id="clock-warning" hidden { (Icon::Clock) span { (lang.t("desk-clock-off")) } }
            p.net-refused id="unprepared" hidden { (Icon::Alert) span { (lang.t("desk-unprepared")) } }
            p.net-refused id="stranded" hidden { (Icon::Alert) span { (lang.t("desk-stranded")) } }
        }
        details.desk-refused id="refused" hidden {
            summary { (Icon::Alert) span { strong.num id="count-refused" { "0" } " " (lang.t("desk-refused")) } }
            ul.scan-rows id="refused-list" {}
            div.button-row {
                button.button.small type="button" data-do="retry" { (Icon::Refresh) span { (lang.t("desk-refused-retry")) } }
            }
        }
        p.desk-save id="queue-save" hidden {
            button.button.small type="button" data-do="save" { (Icon::Download) span { (lang.t("desk-queue-save")) } }
        }
    }
}
