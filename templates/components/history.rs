//! The timeline of a record, from the journal.

use chrono_tz::Tz;
use domain::journal;
use maud::Markup;

use super::{Entry, Icon, Tone, timeline};
use crate::Lang;

/// Everything the journal knows about a record, newest first, in the zone of the show.
pub fn history(lang: Lang, zone: Tz, entries: &[journal::Entry]) -> Markup {
    let lines: Vec<Entry> = entries.iter().map(|entry| line(lang, zone, entry)).collect();
    timeline(lang, &lines)
}

/// One fact as a line of a timeline.
pub fn line(lang: Lang, zone: Tz, entry: &journal::Entry) -> Entry {
    let (icon, tone) = face(&entry.fact.kind);
    let line = Entry::new(icon, lang.fact(&entry.fact), actor(lang, entry), lang.instant(entry.at, zone));
    let line = line.tone(tone).at(entry.at);
    match entry.fact.data.get("reason").or_else(|| entry.fact.data.get("text")).and_then(|value| value.as_str()) {
        Some(said) if !said.is_empty() => line.note(said),
        _ => line,
    }
}

fn actor(lang: Lang, entry: &journal::Entry) -> String {
    if entry.actor_name.is_empty() { lang.term("actor", &entry.actor_kind) } else { entry.actor_name.clone() }
}

/// The look of a fact follows its verb: facts of every context use the same few.
fn face(kind: &str) -> (Icon, Tone) {
    let verb = kind.rsplit('.').next().unwrap_or_default();
    match verb {
        "created" | "added" | "opened" | "registered" | "applied" | "issued" => (Icon::Plus, Tone::Accent),
        "changed" | "edited" | "renamed" | "moved" | "set" => (Icon::Edit, Tone::Neutral),
        "removed" | "deleted" | "released" | "withdrawn" | "cancelled" => (Icon::Minus, Tone::Neutral),
        "assigned" | "invited" | "joined" | "paired" => (Icon::UserCheck, Tone::Info),
        "started" | "signed_in" => (Icon::Play, Tone::Info),
        "submitted" | "sent" => (Icon::Send, Tone::Info),
        "accepted" | "passed" | "confirmed" | "closed" | "done" | "completed" | "admitted" | "printed" | "handed"
        | "came_out" => (Icon::Check, Tone::Good),
        "rejected" | "failed" | "declined" | "denied" | "blocked" | "revoked" => (Icon::Close, Tone::Bad),
        "waived" | "overridden" | "escalated" => (Icon::Hand, Tone::Warn),
        "replaced" | "reprinted" | "recomputed" => (Icon::Refresh, Tone::Neutral),
        _ => (Icon::CircleDot, Tone::Neutral),
    }
}
