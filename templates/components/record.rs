//! Parts of a record's page: key facts, definitions, the timeline of what happened.

use maud::{Markup, PreEscaped, Render, html};

use super::{Icon, Tone};
use crate::{Href, Lang};

/// Label and value pairs in columns: the key facts of a record.
pub fn facts(pairs: &[(String, Markup)]) -> Markup {
    html! {
        dl.facts {
            @for (label, value) in pairs {
                div { dt { (label) } dd { (or_dash(value)) } }
            }
        }
    }
}

/// Label and value pairs one below the other.
pub fn definitions(pairs: &[(String, Markup)]) -> Markup {
    html! {
        dl.definitions {
            @for (label, value) in pairs { dt { (label) } dd { (or_dash(value)) } }
        }
    }
}

fn or_dash(value: &Markup) -> Markup {
    if value.0.is_empty() {
        html! { span.muted { "–" } }
    } else {
        PreEscaped(value.0.clone())
    }
}

/// One thing that happened.
#[derive(Debug, Clone)]
#[must_use]
pub struct Entry {
    icon: Icon,
    tone: Tone,
    text: Markup,
    who: String,
    when: String,
    machine: String,
    link: Option<Href>,
    note: Option<Markup>,
}

impl Entry {
    /// What happened, who did it, when (as shown).
    pub fn new(icon: Icon, text: impl Render, who: impl Into<String>, when: impl Into<String>) -> Self {
        Self {
            icon,
            tone: Tone::Neutral,
            text: text.render(),
            who: who.into(),
            when: when.into(),
            machine: String::new(),
            link: None,
            note: None,
        }
    }

    pub fn tone(mut self, tone: Tone) -> Self {
        self.tone = tone;
        self
    }

    /// The moment for machines (RFC 3339): the browser then keeps "5 minutes ago" true.
    pub fn at(mut self, at: chrono::DateTime<chrono::Utc>) -> Self {
        self.machine = at.to_rfc3339();
        self
    }

    pub fn link(mut self, link: Href) -> Self {
        self.link = Some(link);
        self
    }

    /// What was said or changed.
    pub fn note(mut self, note: impl Render) -> Self {
        self.note = Some(note.render());
        self
    }
}

/// Everything that happened to a record, newest first.
pub fn timeline(lang: Lang, entries: &[Entry]) -> Markup {
    if entries.is_empty() {
        return html! { p.muted { (lang.t("component-timeline-empty")) } };
    }
    html! {
        ol.timeline {
            @for entry in entries {
                li class=(entry.tone.class()) {
                    span.timeline-mark { (entry.icon) }
                    div {
                        p {
                            @if let Some(link) = &entry.link { a href=(link) { (entry.text) } } @else { (entry.text) }
                        }
                        @if let Some(note) = &entry.note { div.timeline-note { (note) } }
                        p.timeline-meta {
                            @if !entry.who.is_empty() { span { (entry.who) } }
                            @if entry.machine.is_empty() { span { (entry.when) } }
                            @else { time datetime=(entry.machine) data-ago { (entry.when) } }
                        }
                    }
                }
            }
        }
    }
}
