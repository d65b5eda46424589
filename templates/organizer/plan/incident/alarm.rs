//! The warning every organizer's screen carries while an incident goes on.

use crate::{Icon, Lang, links};
use chrono_tz::Tz;
use domain::plan::contingency;
use domain::plan::incident_view::Alarm;
use maud::{Markup, html};

/// The place of the warning; empty while nothing goes on. Live screens replace it.
pub fn alarm(lang: Lang, slug: &str, zone: Tz, alarms: &[Alarm]) -> Markup {
    html! {
        div.alarm id="alarm" role="status" data-fresh="10" {
            @for one in alarms {
                a.alarm-line href=(links::watch::incident(slug, one.number)) {
                    (Icon::Zap)
                    strong { (lang.with("incident-title", &[("number", i64::from(one.number).into())])) }
                    span { (words(lang, one)) }
                    span.alarm-since { (lang.with("incident-since", &[("at", lang.time(one.declared_at, zone).into())])) }
                }
            }
        }
    }
}

fn words(lang: Lang, one: &Alarm) -> String {
    let locale = lang.locale();
    let hazard = contingency::find(&one.entry).map_or(one.entry.as_str(), |entry| entry.hazard.get(locale));
    match one.place.get(locale) {
        "" => hazard.to_owned(),
        place => format!("{hazard} · {place}"),
    }
}
