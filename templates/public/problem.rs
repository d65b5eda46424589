//! When something cannot be shown: what happened in a sentence, and what to do next. Every shell can frame it.

use maud::{Markup, html};

use crate::{
    Href, Lang,
    components::{Button, Icon},
    shells::Frame,
};

/// Why there is no page.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Problem {
    /// Nothing there, or nothing the viewer may know of.
    Missing,
    /// Seen, but not for this viewer.
    Forbidden,
    /// What was sent could not be understood.
    Invalid,
    /// Something else holds already.
    Conflict,
    /// Too many tries.
    TooMany,
    /// Too much at once.
    TooLarge,
    /// Our fault.
    Fault,
    /// No way to the server.
    Offline,
}

impl Problem {
    pub const ALL: [Self; 8] = [
        Self::Missing,
        Self::Forbidden,
        Self::Invalid,
        Self::Conflict,
        Self::TooMany,
        Self::TooLarge,
        Self::Fault,
        Self::Offline,
    ];

    /// The page for an HTTP status.
    pub const fn of_status(status: u16) -> Self {
        match status {
            403 => Self::Forbidden,
            404 | 405 | 410 => Self::Missing,
            409 => Self::Conflict,
            413 => Self::TooLarge,
            429 => Self::TooMany,
            400..=499 => Self::Invalid,
            _ => Self::Fault,
        }
    }

    const fn code(self) -> &'static str {
        match self {
            Self::Missing => "missing",
            Self::Forbidden => "forbidden",
            Self::Invalid => "invalid",
            Self::Conflict => "conflict",
            Self::TooMany => "too-many",
            Self::TooLarge => "too-large",
            Self::Fault => "fault",
            Self::Offline => "offline",
        }
    }

    const fn icon(self) -> Icon {
        match self {
            Self::Missing => Icon::Search,
            Self::Forbidden => Icon::Lock,
            Self::Invalid | Self::Conflict => Icon::Alert,
            Self::TooMany => Icon::Hourglass,
            Self::TooLarge => Icon::Upload,
            Self::Fault => Icon::Wrench,
            Self::Offline => Icon::Offline,
        }
    }

    /// The title of its page.
    pub fn title(self, lang: Lang) -> String {
        lang.term("problem", self.code())
    }
}

/// The page that says so.
#[derive(Debug, Clone)]
pub struct ProblemPage {
    pub problem: Problem,
    /// Where the viewer belongs.
    pub home: Href,
    /// What exactly was refused.
    pub refusals: Vec<domain::Refusal>,
    /// What the log calls it, so that a person can ask about it.
    pub reference: Option<String>,
}

impl ProblemPage {
    /// Frame it with `shell.page(problem.title(lang)).bare()`.
    pub fn render(&self, lang: Lang, frame: Frame<'_>) -> Markup {
        let body = html! {
            section.problem {
                span.empty-icon { (self.problem.icon()) }
                h1 { (self.problem.title(lang)) }
                p.muted { (lang.term("problem-hint", self.problem.code())) }
                @if !self.refusals.is_empty() {
                    ul.problem-reasons { @for refusal in &self.refusals { li { (lang.refusal(refusal)) } } }
                }
                @if let Some(reference) = &self.reference {
                    p.small.muted { (lang.label(&lang.t("problem-reference"))) code { (reference) } }
                }
                div.actions { (Button::link(lang.t("problem-home"), self.home.clone()).primary()) }
            }
        };
        frame.bare().body(&body)
    }
}
