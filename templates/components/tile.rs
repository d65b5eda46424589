//! Cards, sections and the figures at the top of a page.

use maud::{Markup, Render, html};

use super::{Icon, Tone};
use crate::Href;

/// One figure with its name: a link to the list it counts.
#[derive(Debug, Clone)]
#[must_use]
pub struct Tile {
    label: String,
    value: String,
    unit: String,
    hint: String,
    tone: Tone,
    icon: Option<Icon>,
    link: Option<Href>,
    picture: Option<Markup>,
    live: Option<String>,
}

impl Tile {
    pub fn new(label: impl Into<String>, value: impl Into<String>) -> Self {
        Self {
            label: label.into(),
            value: value.into(),
            unit: String::new(),
            hint: String::new(),
            tone: Tone::Neutral,
            icon: None,
            link: None,
            picture: None,
            live: None,
        }
    }

    pub fn unit(mut self, unit: impl Into<String>) -> Self {
        self.unit = unit.into();
        self
    }

    /// A quiet line below: what it is compared with.
    pub fn hint(mut self, hint: impl Into<String>) -> Self {
        self.hint = hint.into();
        self
    }

    pub fn tone(mut self, tone: Tone) -> Self {
        self.tone = tone;
        self
    }

    pub fn icon(mut self, icon: Icon) -> Self {
        self.icon = Some(icon);
        self
    }

    pub fn link(mut self, link: Href) -> Self {
        self.link = Some(link);
        self
    }

    /// A small picture: sparkline, gauge.
    pub fn picture(mut self, picture: Markup) -> Self {
        self.picture = Some(picture);
        self
    }

    /// The id of the value, for live screens that replace it.
    pub fn live(mut self, id: impl Into<String>) -> Self {
        self.live = Some(id.into());
        self
    }
}

impl Render for Tile {
    fn render(&self) -> Markup {
        html! {
            div class={ "tile " (self.tone.class()) } {
                p.tile-label {
                    @if let Some(icon) = self.icon { (icon) }
                    @if let Some(link) = &self.link { a.cover href=(link) { (self.label) } } @else { (self.label) }
                }
                p.tile-value {
                    span.num id=[self.live.as_deref()] { (self.value) }
                    @if !self.unit.is_empty() { span.tile-unit { (self.unit) } }
                }
                @if !self.hint.is_empty() { p.tile-hint { (self.hint) } }
                @if let Some(picture) = &self.picture { div.tile-picture { (picture) } }
            }
        }
    }
}

/// A row of tiles.
pub fn tiles(tiles: &[Tile]) -> Markup {
    html! { div.tiles { @for tile in tiles { (tile) } } }
}

/// A part of a page in a frame of its own, with a heading and perhaps things to do.
pub fn card(title: &str, actions: &impl Render, body: &Markup) -> Markup {
    html! {
        section.card {
            @if !title.is_empty() {
                header.card-head { h2 { (title) } div.actions { (actions) } }
            }
            div.card-body { (body) }
        }
    }
}

/// A part of a page without a frame.
pub fn section(title: &str, actions: &impl Render, body: &Markup) -> Markup {
    html! {
        section.part {
            header.part-head { h2 { (title) } div.actions { (actions) } }
            (body)
        }
    }
}
