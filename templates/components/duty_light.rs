//! How a duty looks: its light with the word, and its deadline with the days left.

use chrono::{DateTime, Utc};
use chrono_tz::Tz;
use domain::exhibitor;
use maud::{Markup, html};

use super::{Light, light};
use crate::{Lang, Tone};

/// The traffic light of a duty.
pub fn duty_light(lang: Lang, of: exhibitor::Light) -> Markup {
    let colour = match of {
        exhibitor::Light::Done => Light::Green,
        exhibitor::Light::Soon => Light::Amber,
        exhibitor::Light::Overdue => Light::Red,
        exhibitor::Light::Open | exhibitor::Light::Waived => Light::Off,
    };
    light(colour, &lang.term("duty-light", of.code()))
}

/// The tone that goes with a light.
pub const fn duty_tone(of: exhibitor::Light) -> Tone {
    match of {
        exhibitor::Light::Done => Tone::Good,
        exhibitor::Light::Soon => Tone::Warn,
        exhibitor::Light::Overdue => Tone::Bad,
        exhibitor::Light::Open | exhibitor::Light::Waived => Tone::Neutral,
    }
}

/// A deadline as a day of the venue and how far away it is.
pub fn deadline(lang: Lang, zone: Tz, at: Option<DateTime<Utc>>, now: DateTime<Utc>) -> Markup {
    let Some(at) = at else {
        return html! { span.muted { (lang.t("exhibitor-no-deadline")) } };
    };
    html! {
        time datetime=(at.to_rfc3339()) { (lang.date(at.with_timezone(&zone).date_naive())) }
        " " span.muted { (days_left(lang, zone, at, now)) }
    }
}

/// "in 5 days", "today", "3 days ago", counted in days of the venue.
pub fn days_left(lang: Lang, zone: Tz, at: DateTime<Utc>, now: DateTime<Utc>) -> String {
    let day = |t: DateTime<Utc>| t.with_timezone(&zone).date_naive();
    match (day(at) - day(now)).num_days() {
        0 => lang.t("exhibitor-due-today"),
        days if days > 0 => lang.with("exhibitor-due-in", &[("count", days.into())]),
        days => lang.with("exhibitor-due-ago", &[("count", (-days).into())]),
    }
}
