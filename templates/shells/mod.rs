//! The frames around pages: organizer, portal, public, desk, print. A page gives title, parts and body;
//! the shell gives everything else.

mod desk;
mod document;
mod organizer;
mod overlays;
mod portal;
mod print;
mod public;
mod switches;

use maud::{Markup, Render, html};

pub use desk::DeskShell;
pub use organizer::{EditionRef, Section, Shell, Who};
pub use portal::PortalShell;
pub use print::{Paper, PrintShell};
pub use public::PublicShell;

use crate::{Href, Lang, Tone};

/// The look a person chose; `Auto` follows the system.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Theme {
    #[default]
    Auto,
    Light,
    Dark,
}

impl Theme {
    pub const ALL: [Self; 3] = [Self::Auto, Self::Light, Self::Dark];

    /// The spelling in cookie and form.
    pub const fn code(self) -> &'static str {
        match self {
            Self::Auto => "auto",
            Self::Light => "light",
            Self::Dark => "dark",
        }
    }

    pub fn parse(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|theme| theme.code() == code)
    }
}

/// What is said once after a redirect: a Fluent key, its tone, and values for it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Flash {
    pub tone: Tone,
    pub key: String,
    pub params: Vec<(String, String)>,
}

impl Flash {
    pub fn good(key: impl Into<String>) -> Self {
        Self { tone: Tone::Good, key: key.into(), params: Vec::new() }
    }

    pub fn bad(key: impl Into<String>) -> Self {
        Self { tone: Tone::Bad, key: key.into(), params: Vec::new() }
    }

    pub fn with(mut self, name: &str, value: impl ToString) -> Self {
        self.params.push((name.to_owned(), value.to_string()));
        self
    }

    /// The words; nothing for a key that is not ours (the key travels in a cookie).
    pub fn text(&self, lang: Lang) -> Option<String> {
        let args: Vec<_> = self.params.iter().map(|(name, value)| (name.as_str(), value.as_str().into())).collect();
        lang.has(&self.key).then(|| lang.with(&self.key, &args))
    }
}

/// A kind of frame: knows how to put a page in its place.
pub trait Layout {
    fn lang(&self) -> Lang;
    fn lay_out(&self, page: &Frame<'_>, body: &Markup) -> Markup;
}

/// A page about to be framed: `shell.page(title).crumb(…).actions(…).body(&markup)`.
#[must_use]
pub struct Frame<'a> {
    shell: &'a dyn Layout,
    title: String,
    subtitle: Option<Markup>,
    crumbs: Vec<(String, Href)>,
    actions: Option<Markup>,
    tabs: Option<Markup>,
    scripts: Vec<&'static str>,
    wide: bool,
    bare: bool,
}

impl<'a> Frame<'a> {
    pub(crate) fn new(shell: &'a dyn Layout, title: impl Into<String>) -> Self {
        Self {
            shell,
            title: title.into(),
            subtitle: None,
            crumbs: Vec::new(),
            actions: None,
            tabs: None,
            scripts: Vec::new(),
            wide: false,
            bare: false,
        }
    }

    /// A line under the title: state, dates, who.
    pub fn subtitle(mut self, line: impl Render) -> Self {
        self.subtitle = Some(line.render());
        self
    }

    /// A step on the way here, from the top.
    pub fn crumb(mut self, text: impl Into<String>, link: Href) -> Self {
        self.crumbs.push((text.into(), link));
        self
    }

    /// What can be done with the whole page, beside the title.
    pub fn actions(mut self, actions: impl Render) -> Self {
        self.actions = Some(actions.render());
        self
    }

    /// Views of the same thing, under the title.
    pub fn tabs(mut self, tabs: impl Render) -> Self {
        self.tabs = Some(tabs.render());
        self
    }

    /// A further script this page needs, by its logical name (`desk.js`).
    pub fn script(mut self, name: &'static str) -> Self {
        self.scripts.push(name);
        self
    }

    /// Uses the whole width: tables, Gantt, plans.
    pub fn wide(mut self) -> Self {
        self.wide = true;
        self
    }

    /// Leaves the heading to the body.
    pub fn bare(mut self) -> Self {
        self.bare = true;
        self
    }

    /// The whole page.
    pub fn body(self, body: &Markup) -> Markup {
        self.shell.lay_out(&self, body)
    }

    fn heading(&self) -> Markup {
        if self.bare {
            return html! {};
        }
        let lang = self.shell.lang();
        html! {
            header.page-head {
                @if !self.crumbs.is_empty() {
                    nav.crumbs aria-label=(lang.t("shell-crumbs")) {
                        ol { @for (text, link) in &self.crumbs { li { a href=(link) { (text) } } } }
                    }
                }
                div.page-title {
                    div {
                        h1 { (self.title) }
                        @if let Some(line) = &self.subtitle { div.subtitle { (line) } }
                    }
                    @if let Some(actions) = &self.actions { div.actions { (actions) } }
                }
                @if let Some(tabs) = &self.tabs { (tabs) }
            }
        }
    }
}
