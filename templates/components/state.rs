//! How a state looks: tone, badge, traffic light, progress. Colour never speaks alone.

use maud::{Markup, Render, html};

use super::Icon;
use crate::Lang;

/// What a state means for the person looking at it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Tone {
    /// Nothing to say.
    #[default]
    Neutral,
    /// Going on.
    Info,
    /// As it should be.
    Good,
    /// Look here soon.
    Warn,
    /// Act now.
    Bad,
    /// Ours: the accent.
    Accent,
}

impl Tone {
    /// Every tone, for the gallery.
    pub const ALL: [Self; 6] = [Self::Neutral, Self::Info, Self::Good, Self::Warn, Self::Bad, Self::Accent];

    pub(crate) const fn class(self) -> &'static str {
        match self {
            Self::Neutral => "tone-neutral",
            Self::Info => "tone-info",
            Self::Good => "tone-good",
            Self::Warn => "tone-warn",
            Self::Bad => "tone-bad",
            Self::Accent => "tone-accent",
        }
    }

    const fn icon(self) -> Option<Icon> {
        match self {
            Self::Good => Some(Icon::CheckCircle),
            Self::Warn => Some(Icon::Alert),
            Self::Bad => Some(Icon::XCircle),
            Self::Info => Some(Icon::CircleDot),
            Self::Neutral | Self::Accent => None,
        }
    }
}

/// A state in a word.
#[derive(Debug, Clone)]
#[must_use]
pub struct Badge {
    text: String,
    tone: Tone,
    icon: Option<Icon>,
}

impl Badge {
    pub fn new(text: impl Into<String>, tone: Tone) -> Self {
        Self { text: text.into(), tone, icon: None }
    }

    /// With a glyph before the word.
    pub fn icon(mut self, icon: Icon) -> Self {
        self.icon = Some(icon);
        self
    }

    /// With the glyph of its tone before the word.
    pub fn marked(mut self) -> Self {
        self.icon = self.tone.icon();
        self
    }
}

impl Render for Badge {
    fn render(&self) -> Markup {
        html! {
            span class={ "badge " (self.tone.class()) } {
                @if let Some(icon) = self.icon { (icon) }
                (self.text)
            }
        }
    }
}

/// A traffic light.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Light {
    Green,
    Amber,
    Red,
    Off,
}

impl Light {
    const fn tone(self) -> Tone {
        match self {
            Self::Green => Tone::Good,
            Self::Amber => Tone::Warn,
            Self::Red => Tone::Bad,
            Self::Off => Tone::Neutral,
        }
    }
}

/// A traffic light with the word it stands for; shape differs with colour.
pub fn light(light: Light, text: &str) -> Markup {
    let icon = light.tone().icon().unwrap_or(Icon::Circle);
    html! { span class={ "light " (light.tone().class()) } { (icon) span { (text) } } }
}

/// A coloured dot beside a word that says the same.
pub fn dot(tone: Tone, text: &str) -> Markup {
    html! { span class={ "dotted " (tone.class()) } { span.dot aria-hidden="true" {} (text) } }
}

/// How much of a whole is done, as bar and words.
pub fn progress(lang: Lang, done: i64, total: i64, tone: Tone) -> Markup {
    let share = if total > 0 { done as f64 / total as f64 } else { 0.0 };
    let words = lang.with("component-progress", &[("done", done.into()), ("total", total.into())]);
    html! {
        span class={ "progress " (tone.class()) } {
            progress value=(done) max=(total.max(1)) aria-label=(words) {}
            span.num { (lang.percent(share)) }
        }
    }
}
