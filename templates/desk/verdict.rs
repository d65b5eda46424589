//! The answer of the door as a steward sees it: colour, shape, word and sentence say the same.
//! The page and the answer to the script are drawn here; `frames` holds what the script fills in without network.

use chrono_tz::Tz;
use domain::admission::scan::Details;
use domain::admission::verdict::VerdictKind;
use domain::admission::view::{Answer, ScanLine};
use domain::admission::{Direction, Profile};
use maud::{Markup, html};

use super::paper::Paper;
use crate::components::{Badge, Icon, Tone};
use crate::{Lang, links};

/// Tone and glyph of a verdict.
pub const fn look(verdict: VerdictKind) -> (Tone, Icon) {
    match verdict {
        VerdictKind::Admit => (Tone::Good, Icon::CheckCircle),
        VerdictKind::AdmitWithNotice => (Tone::Warn, Icon::Alert),
        VerdictKind::Deny => (Tone::Bad, Icon::Ban),
    }
}

/// The sentence of a reason or notice, with what it needs to know.
pub fn sentence(lang: Lang, zone: Tz, reason: Option<&str>, details: &Details) -> String {
    let when = details.used_at.map(|at| lang.moment(at, zone)).unwrap_or_default();
    let gate = details.used_gate_code.clone().unwrap_or_default();
    let day = details.valid_day.map(|day| lang.date(day)).unwrap_or_default();
    match reason {
        Some("already_used") => {
            lang.with("admission-say-already-used", &[("when", when.into()), ("gate", gate.into())])
        }
        Some("already_inside") => {
            lang.with("admission-say-already-inside", &[("when", when.into()), ("gate", gate.into())])
        }
        Some("replaced") => match details.valid_reprint {
            Some(number) => lang.with("admission-say-replaced-by", &[("number", number.into())]),
            None => lang.t("admission-say-replaced"),
        },
        Some("not_yet_valid") => lang.with("admission-say-not-yet-valid", &[("day", day.into())]),
        Some("expired") => lang.with("admission-say-expired", &[("day", day.into())]),
        Some("unknown_code") if details.malformed => lang.t("admission-say-malformed"),
        Some("gate_closed") if details.wrong_direction => lang.t("admission-say-wrong-direction"),
        Some("zone_full") => lang.with("admission-say-zone-full", &[("limit", details.limit.unwrap_or(0).into())]),
        Some("quota_reached") => {
            lang.with("admission-say-quota-reached", &[("limit", details.limit.unwrap_or(0).into())])
        }
        Some(code) => lang.term("admission-say", code),
        None => String::new(),
    }
}

/// Everything a steward is told in one line: notice, then reason.
pub fn remark(lang: Lang, zone: Tz, reason: Option<&str>, details: &Details) -> String {
    let notice = details.notice.as_deref().map(|code| lang.term("admission-notice", code)).unwrap_or_default();
    let said = sentence(lang, zone, reason, details);
    if notice.is_empty() || said.is_empty() {
        format!("{notice}{said}")
    } else {
        format!("{} {said}", lang.label(&notice).trim_end())
    }
}

/// The big answer. `paper`: the badge that comes out because of it.
pub fn verdict(lang: Lang, zone: Tz, answer: &Answer, profile: Profile, paper: Option<&Paper>) -> Markup {
    let (tone, icon) = look(answer.verdict);
    html! {
        div class={ "verdict " (tone_class(tone)) } {
            div.verdict-mark { (icon) }
            p.verdict-word { (word(lang, answer)) }
            @let said = remark(lang, zone, answer.reason.as_deref(), &answer.details);
            @if !said.is_empty() { p.verdict-why { (said) } }
            @if let Some(person) = &answer.person {
                p.verdict-name { (person.name) }
                @if !person.company.is_empty() { p.verdict-company { (person.company) } }
            }
            @if let Some(category) = answer.category { p.verdict-category { (lang.term("category", category.code())) } }
            @if answer.repeated { p.verdict-note { (lang.t("desk-repeated")) } }
        }
        @if let Some(paper) = paper {
            (paper.followed(lang, answer.scan, profile))
            @if let Some(person) = answer.person.as_ref().filter(|_| profile.may_search()) {
                p { a href=(links::desk::person(person.registration)) { (lang.t("desk-paper-follow")) } }
            }
        }
        @if profile.may_override() && answer.may_be_overridden() { (override_form(lang, &answer.code, answer.direction)) }
    }
}

fn word(lang: Lang, answer: &Answer) -> String {
    match answer.direction {
        Direction::Out if answer.verdict.admits() => lang.t("desk-word-out"),
        _ => lang.term("desk-word", answer.verdict.code()),
    }
}

/// What a supervisor may do about a denial; a plain form that unfolds.
pub(super) fn override_form(lang: Lang, code: &str, direction: Direction) -> Markup {
    html! {
        details.override-box {
            summary.button { (Icon::Shield) span { (lang.t("desk-override")) } }
            form method="post" action=(links::desk::scan()) data-override="" {
                input type="hidden" name="code" value=(code);
                input type="hidden" name="direction" value=(direction.code());
                div.field {
                    label for="field-override_reason" { (lang.t("desk-override-reason")) }
                    input id="field-override_reason" type="text" name="override_reason" required maxlength="300" autocomplete="off";
                    p.hint { (lang.t("desk-override-hint")) }
                }
                button.button.danger type="submit" { (Icon::Shield) span { (lang.t("desk-override-do")) } }
            }
        }
    }
}

/// One of the last scans.
pub fn row(lang: Lang, zone: Tz, line: &ScanLine) -> Markup {
    let (tone, icon) = look(line.verdict);
    html! {
        li class={ "scan-row " (tone_class(tone)) } {
            span.scan-row-mark { (icon) }
            div.scan-row-text {
                p {
                    @match &line.person {
                        Some(person) => strong { (person.name) },
                        None => code { (short(&line.code)) },
                    }
                    @if let Some(person) = &line.person { @if !person.company.is_empty() { " " span.muted { (person.company) } } }
                }
                p.muted {
                    (lang.term("admission-verdict", line.verdict.code()))
                    @let said = remark(lang, zone, line.reason.as_deref(), &line.details);
                    @if !said.is_empty() { " · " (said) }
                    @if line.offline { " · " (lang.t("admission-offline")) }
                }
            }
            time.num datetime=(line.entry_time.to_rfc3339()) { (lang.clock(line.entry_time, zone)) }
        }
    }
}

/// Name of the verdict as a badge.
pub fn badge(lang: Lang, verdict: VerdictKind) -> Badge {
    let (tone, icon) = look(verdict);
    Badge::new(lang.term("admission-verdict", verdict.code()), tone).icon(icon)
}

/// The beginning of a long code.
pub fn short(code: &str) -> String {
    let mut text: String = code.chars().take(14).collect();
    if code.chars().count() > 14 {
        text.push('…');
    }
    text
}

pub(super) fn tone_class(tone: Tone) -> &'static str {
    match tone {
        Tone::Good => "verdict-admit",
        Tone::Warn => "verdict-notice",
        _ => "verdict-deny",
    }
}
