//! Around a list: search and filters kept in the URL, tabs, the way to the next page.

use maud::{Markup, Render, html};

use super::{Button, Choice, Icon};
use crate::{Href, Lang};

/// The filters of a list: a GET form, so the address says what is shown.
#[must_use]
pub struct FilterBar<'a> {
    lang: Lang,
    action: Href,
    search: Option<(&'a str, &'a str, String)>,
    selects: Vec<(String, String, Vec<Choice>, String)>,
    dates: Vec<(&'a str, String, &'a str)>,
    kept: Vec<(String, String)>,
    more: Vec<Markup>,
}

impl<'a> FilterBar<'a> {
    pub fn new(lang: Lang, action: Href) -> Self {
        Self { lang, action, search: None, selects: Vec::new(), dates: Vec::new(), kept: Vec::new(), more: Vec::new() }
    }

    /// The box for words; `label` tells what it searches.
    pub fn search(mut self, name: &'a str, value: &'a str, label: impl Into<String>) -> Self {
        self.search = Some((name, value, label.into()));
        self
    }

    /// A choice; the first entry means "all".
    pub fn select(mut self, name: &str, label: impl Into<String>, choices: Vec<Choice>, value: &str) -> Self {
        self.selects.push((name.to_owned(), label.into(), choices, value.to_owned()));
        self
    }

    /// A day.
    pub fn date(mut self, name: &'a str, label: impl Into<String>, value: &'a str) -> Self {
        self.dates.push((name, label.into(), value));
        self
    }

    /// A parameter that stays as it is (sorting); nothing when it is empty.
    pub fn keep(mut self, name: &str, value: impl ToString) -> Self {
        let value = value.to_string();
        if !value.is_empty() {
            self.kept.push((name.to_owned(), value));
        }
        self
    }

    /// Further controls at the end: views.
    pub fn extra(mut self, markup: Markup) -> Self {
        self.more.push(markup);
        self
    }

    /// What is shown, as a file, for whoever may take it away.
    pub fn exports(self, may: bool, link: impl Fn(&str) -> Href) -> Self {
        let lang = self.lang;
        if may { self.extra(exports(lang, link)) } else { self }
    }
}

impl Render for FilterBar<'_> {
    fn render(&self) -> Markup {
        let lang = self.lang;
        let active = self.selects.iter().any(|(_, _, _, value)| !value.is_empty())
            || self.dates.iter().any(|(_, _, value)| !value.is_empty())
            || self.search.as_ref().is_some_and(|(_, value, _)| !value.is_empty());
        html! {
            div.filter-bar {
                form.filters method="get" action=(self.action) role="search" data-autosubmit {
                    @for (name, value) in &self.kept { input type="hidden" name=(name) value=(value); }
                    @if let Some((name, value, label)) = &self.search {
                        label.search-box {
                            span.sr-only { (label) }
                            (Icon::Search)
                            input type="search" name=(name) value=(value) placeholder=(label) autocomplete="off" data-list-search;
                        }
                    }
                    @for (name, label, choices, value) in &self.selects {
                        label.filter {
                            span.filter-label { (label) }
                            select name=(name) {
                                option value="" { (lang.t("component-filter-all")) }
                                @for choice in choices { (choice.option(value)) }
                            }
                        }
                    }
                    @for (name, label, value) in &self.dates {
                        label.filter {
                            span.filter-label { (label) }
                            input type="date" name=(name) value=(value);
                        }
                    }
                    button.button type="submit" { (Icon::Filter) span { (lang.t("component-filter-apply")) } }
                    @if active { a.button.ghost href=(self.action) { (lang.t("component-filter-clear")) } }
                }
                @if !self.more.is_empty() { div.actions { @for part in &self.more { (part) } } }
            }
        }
    }
}

/// What is shown, as a file to take away: the two kinds there are.
pub fn exports(lang: Lang, link: impl Fn(&str) -> Href) -> Markup {
    html! {
        (Button::link(lang.t("component-export-csv"), link("csv")).ghost().small().icon(Icon::Download).download())
        (Button::link(lang.t("component-export-xlsx"), link("xlsx")).ghost().small().icon(Icon::Download).download())
    }
}

/// One tab: a link to a view of the same thing.
#[derive(Debug, Clone)]
#[must_use]
pub struct Tab {
    text: String,
    link: Href,
    here: bool,
    count: Option<i64>,
    icon: Option<Icon>,
}

impl Tab {
    pub fn new(text: impl Into<String>, link: Href, here: bool) -> Self {
        Self { text: text.into(), link, here, count: None, icon: None }
    }

    pub fn count(mut self, count: i64) -> Self {
        self.count = Some(count);
        self
    }

    pub fn icon(mut self, icon: Icon) -> Self {
        self.icon = Some(icon);
        self
    }
}

/// The views of one thing side by side.
pub fn tabs(lang: Lang, label: &str, tabs: &[Tab]) -> Markup {
    html! {
        nav.tabs aria-label=(label) {
            @for tab in tabs {
                a href=(tab.link) aria-current=[tab.here.then_some("page")] {
                    @if let Some(icon) = tab.icon { (icon) }
                    (tab.text)
                    @if let Some(count) = tab.count { span.count { (lang.number(count)) } }
                }
            }
        }
    }
}

/// The foot of a list: how many, and the way on. Keyset paging knows only forth and back to the start.
#[must_use]
pub struct Pager {
    lang: Lang,
    shown: usize,
    total: Option<i64>,
    at_least: bool,
    first: Option<Href>,
    next: Option<Href>,
}

impl Pager {
    pub fn new(lang: Lang, shown: usize) -> Self {
        Self { lang, shown, total: None, at_least: false, first: None, next: None }
    }

    pub fn total(mut self, total: i64) -> Self {
        self.total = Some(total);
        self
    }

    /// The total is where counting stopped; there may be more.
    pub fn at_least(mut self, stopped: bool) -> Self {
        self.at_least = stopped;
        self
    }

    /// Back to the start, when this is not it.
    pub fn first(mut self, link: Option<Href>) -> Self {
        self.first = link;
        self
    }

    pub fn next(mut self, link: Option<Href>) -> Self {
        self.next = link;
        self
    }

    /// Both ways of a list whose pages begin after a cursor: `here` is its address from the start, `later` whether this
    /// is not the start.
    pub fn pages(self, here: &Href, later: bool, next: Option<&String>) -> Self {
        self.first(later.then(|| here.clone())).next(next.map(|after| here.clone().query(&[("after", after)])))
    }
}

impl Render for Pager {
    fn render(&self) -> Markup {
        let lang = self.lang;
        let words = match self.total {
            Some(total) if self.at_least => {
                lang.with("component-pager-of-more", &[("shown", self.shown.into()), ("total", total.into())])
            }
            Some(total) => lang.with("component-pager-of", &[("shown", self.shown.into()), ("total", total.into())]),
            None => lang.with("component-pager-shown", &[("shown", self.shown.into())]),
        };
        html! {
            nav.pager aria-label=(lang.t("component-pager")) {
                p.muted { (words) }
                div.actions {
                    @if let Some(first) = &self.first {
                        a.button.small href=(first) { (Icon::ArrowLeft) (lang.t("component-pager-first")) }
                    }
                    @if let Some(next) = &self.next {
                        a.button.small href=(next) rel="next" { (lang.t("component-pager-next")) (Icon::ArrowRight) }
                    }
                }
            }
        }
    }
}
