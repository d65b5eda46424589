//! Things to press. A button that changes something is a form of its own; a link goes somewhere.

use maud::{Markup, Render, html};

use super::Icon;
use crate::Href;

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Weight {
    Primary,
    Plain,
    Ghost,
    Danger,
}

impl Weight {
    const fn class(self) -> &'static str {
        match self {
            Self::Primary => "button primary",
            Self::Plain => "button",
            Self::Ghost => "button ghost",
            Self::Danger => "button danger",
        }
    }
}

#[derive(Debug, Clone)]
enum Deed {
    /// Submits the form it stands in.
    Submit { name: Option<(String, String)> },
    /// Goes to an address.
    Go(Href),
    /// Posts by itself, with hidden values.
    Post { to: Href, values: Vec<(String, String)> },
    /// Opens the dialog with this id.
    Open(String),
}

/// A button or a link that looks like one.
#[derive(Debug, Clone)]
#[must_use]
pub struct Button {
    text: String,
    weight: Weight,
    deed: Deed,
    icon: Option<Icon>,
    icon_only: bool,
    small: bool,
    disabled: bool,
    confirm: Option<String>,
    download: bool,
}

impl Button {
    fn make(text: impl Into<String>, weight: Weight, deed: Deed) -> Self {
        let text = text.into();
        Self {
            text,
            weight,
            deed,
            icon: None,
            icon_only: false,
            small: false,
            disabled: false,
            confirm: None,
            download: false,
        }
    }

    /// Submits the form around it.
    pub fn submit(text: impl Into<String>) -> Self {
        Self::make(text, Weight::Primary, Deed::Submit { name: None })
    }

    /// A link with the look of a button.
    pub fn link(text: impl Into<String>, to: Href) -> Self {
        Self::make(text, Weight::Plain, Deed::Go(to))
    }

    /// Posts to an address, as a form of its own.
    pub fn post(text: impl Into<String>, to: Href) -> Self {
        Self::make(text, Weight::Plain, Deed::Post { to, values: Vec::new() })
    }

    /// Opens a dialog of this page.
    pub fn open(text: impl Into<String>, dialog: impl Into<String>) -> Self {
        Self::make(text, Weight::Plain, Deed::Open(dialog.into()))
    }

    /// A value that goes with the press: the button's own name, or a hidden field of its form.
    pub fn value(mut self, name: &str, value: impl ToString) -> Self {
        match &mut self.deed {
            Deed::Submit { name: own } => *own = Some((name.to_owned(), value.to_string())),
            Deed::Post { values, .. } => values.push((name.to_owned(), value.to_string())),
            Deed::Go(_) | Deed::Open(_) => {}
        }
        self
    }

    /// The one thing to do here.
    pub fn primary(mut self) -> Self {
        self.weight = Weight::Primary;
        self
    }

    /// One of several.
    pub fn plain(mut self) -> Self {
        self.weight = Weight::Plain;
        self
    }

    /// Quiet, within rows and bars.
    pub fn ghost(mut self) -> Self {
        self.weight = Weight::Ghost;
        self
    }

    /// Takes something away.
    pub fn danger(mut self) -> Self {
        self.weight = Weight::Danger;
        self
    }

    pub fn icon(mut self, icon: Icon) -> Self {
        self.icon = Some(icon);
        self
    }

    /// Shows the glyph alone; the words stay for those who do not see it.
    pub fn icon_only(mut self) -> Self {
        self.icon_only = true;
        self
    }

    pub fn small(mut self) -> Self {
        self.small = true;
        self
    }

    pub fn disabled(mut self, disabled: bool) -> Self {
        self.disabled = disabled;
        self
    }

    /// Asks this question first (with script; the server must be able to undo without).
    pub fn confirm(mut self, question: impl Into<String>) -> Self {
        self.confirm = Some(question.into());
        self
    }

    /// The link is a file to keep, not a page to show.
    pub fn download(mut self) -> Self {
        self.download = true;
        self
    }

    fn class(&self) -> String {
        let small = if self.small { " small" } else { "" };
        let only = if self.icon_only { " icon-only" } else { "" };
        format!("{}{small}{only}", self.weight.class())
    }

    fn inside(&self) -> Markup {
        html! {
            @if let Some(icon) = self.icon { (icon) }
            @if self.icon_only { span.sr-only { (self.text) } } @else { span { (self.text) } }
        }
    }
}

impl Render for Button {
    fn render(&self) -> Markup {
        let title = self.icon_only.then_some(self.text.as_str());
        let class = self.class();
        match &self.deed {
            Deed::Submit { name } => {
                let (name, value) = name.clone().unzip();
                html! {
                    button type="submit" class=(class) name=[name] value=[value] title=[title] disabled[self.disabled]
                        data-confirm=[self.confirm.as_deref()] { (self.inside()) }
                }
            }
            Deed::Go(_) if self.disabled => html! {
                span class=(class) aria-disabled="true" title=[title] { (self.inside()) }
            },
            Deed::Go(to) => html! {
                a class=(class) href=(to) title=[title] download[self.download] { (self.inside()) }
            },
            Deed::Post { to, values } => html! {
                form.inline method="post" action=(to) {
                    @for (name, value) in values { input type="hidden" name=(name) value=(value); }
                    button type="submit" class=(class) title=[title] disabled[self.disabled]
                        data-confirm=[self.confirm.as_deref()] { (self.inside()) }
                }
            },
            Deed::Open(dialog) => html! {
                button type="button" class=(class) title=[title] disabled[self.disabled]
                    commandfor=(dialog) command="show-modal" data-dialog=(dialog) { (self.inside()) }
            },
        }
    }
}

/// A link that is only a glyph, for rows and bars.
pub fn icon_link(icon: Icon, text: &str, to: Href) -> Markup {
    Button::link(text, to).ghost().small().icon(icon).icon_only().render()
}

/// A button that unfolds a small menu; works without script.
pub fn menu(summary: &Markup, label: &str, items: &Markup) -> Markup {
    html! {
        details.menu {
            summary aria-label=(label) title=(label) { (summary) }
            div.menu-items { (items) }
        }
    }
}
