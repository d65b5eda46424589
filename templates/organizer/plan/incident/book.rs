//! The contingency book: every hazard with its trigger, first action and who decides; searchable.

use domain::plan::contingency::{Entry, Level, book};
use maud::{Markup, Render, html};

use super::{Here, level, views};
use crate::components::{Button, Col, FilterBar, Pager, Table, card, cell_lines, empty_state, facts, options};
use crate::{Icon, Lang, Shell, links};

/// The book with its filter.
pub struct BookPage<'a> {
    /// Slug of the edition.
    pub slug: &'a str,
    /// Words searched.
    pub q: &'a str,
    /// Code of a level.
    pub level: &'a str,
    /// May declare.
    pub may_work: bool,
}

impl BookPage<'_> {
    /// The page.
    pub fn render(&self, shell: &Shell) -> Markup {
        let lang = shell.lang;
        let shown: Vec<&Entry> = book()
            .iter()
            .filter(|entry| entry.finds(self.q) && (self.level.is_empty() || entry.level.code() == self.level))
            .collect();
        let levels = options(lang, "incident-level", Level::ALL.iter().map(|one| one.code()));
        let body = html! {
            div.stack {
                (FilterBar::new(lang, links::watch::book(self.slug)).search("q", self.q, lang.t("incident-search")).select("level", lang.t("incident-level"), levels, self.level))
                @if shown.is_empty() {
                    @let all = Button::link(lang.t("component-filter-clear"), links::watch::book(self.slug));
                    (empty_state(Icon::Search, &lang.t("search-nothing"), "", &all))
                } @else {
                    (self.table(lang, &shown))
                    (Pager::new(lang, shown.len()).total(i64::try_from(book().len()).unwrap_or(0)))
                }
            }
        };
        let actions = html! {
            @if self.may_work { (Button::link(lang.t("incident-declare"), links::watch::declare(self.slug)).danger().icon(Icon::Zap)) }
        };
        shell.page(lang.t("incident-book")).actions(actions).tabs(views(lang, self.slug, Here::Book)).wide().body(&body)
    }

    fn table(&self, lang: Lang, shown: &[&Entry]) -> Table {
        let locale = lang.locale();
        let mut table = Table::new(
            lang.t("incident-book"),
            vec![
                Col::tight(lang.t("plan-column-code")),
                Col::main(lang.t("incident-hazard")),
                Col::tight(lang.t("incident-level")),
                Col::new(lang.t("incident-first-action")),
                Col::tight(lang.t("incident-limit")),
                Col::new(lang.t("incident-decision-owner")),
                Col::new(lang.t("incident-stand-down-when")),
            ],
        );
        for entry in shown {
            let link = links::watch::entry(self.slug, &entry.code);
            table.row(vec![
                html! { span.code { (entry.code) } },
                cell_lines(html! { a href=(link) { (entry.hazard.get(locale)) } }, entry.trigger.get(locale)),
                level(lang, entry.level).render(),
                html! { (entry.first_action.get(locale)) },
                html! { @if let Some(minutes) = entry.limit_minutes { (lang.minutes(minutes)) } },
                html! { (deciders(lang, entry)) },
                html! { (entry.stand_down.get(locale)) },
            ]);
        }
        table.sticky()
    }
}

/// Who decides, and who takes over.
pub(super) fn deciders(lang: Lang, entry: &Entry) -> String {
    let word = |one: domain::plan::Function| lang.term("plan-function", one.code());
    match entry.hands_to {
        Some(then) => format!("{} → {}", word(entry.decision_owner), word(then)),
        None => word(entry.decision_owner),
    }
}

/// One entry of the book.
pub struct EntryPage<'a> {
    /// Slug of the edition.
    pub slug: &'a str,
    /// The entry.
    pub entry: &'a Entry,
    /// May declare.
    pub may_work: bool,
}

impl EntryPage<'_> {
    /// The page.
    pub fn render(&self, shell: &Shell) -> Markup {
        let lang = shell.lang;
        let (entry, locale) = (self.entry, lang.locale());
        let places: Vec<String> = entry.places.iter().map(|kind| lang.term("place-kind", kind.code())).collect();
        let text = |text: &str| html! { (text) };
        let body = html! {
            div.stack {
                (card(&lang.t("incident-plan"), &html! {}, &facts(&[
                    (lang.t("incident-trigger"), text(entry.trigger.get(locale))),
                    (lang.t("incident-first-action"), html! { strong { (entry.first_action.get(locale)) } }),
                    (lang.t("incident-limit"), html! { @if let Some(minutes) = entry.limit_minutes { (lang.minutes(minutes)) } }),
                    (lang.t("incident-decision-owner"), text(&deciders(lang, entry))),
                    (lang.t("incident-places"), text(&lang.list(&places))),
                    (lang.t("incident-closes"), text(&lang.t(if entry.closes { "plan-answer-yes" } else { "plan-answer-no" }))),
                    (lang.t("incident-stand-down-when"), text(entry.stand_down.get(locale))),
                ])))
                (card(&lang.t("incident-tasks"), &html! {}, &self.tasks(lang)))
            }
        };
        let declare = links::watch::declare(self.slug).query(&[("hazard", entry.code.as_str())]);
        let actions = html! { @if self.may_work { (Button::link(lang.t("incident-declare"), declare).danger().icon(Icon::Zap)) } };
        shell
            .page(entry.hazard.get(locale))
            .crumb(lang.t("incident-book"), links::watch::book(self.slug))
            .subtitle(html! { span.code { (entry.code) } (level(lang, entry.level)) })
            .actions(actions)
            .tabs(views(lang, self.slug, Here::Book))
            .body(&body)
    }

    fn tasks(&self, lang: Lang) -> Markup {
        let mut table = Table::new(
            lang.t("incident-tasks"),
            vec![
                Col::num(lang.t("incident-task-no")),
                Col::main(lang.t("plan-column-task")),
                Col::new(lang.t("plan-column-role")),
                Col::num(lang.t("plan-column-duration")),
                Col::tight(lang.t("plan-before")),
            ],
        );
        for task in &self.entry.tasks {
            let after: Vec<String> = task.after.iter().map(usize::to_string).collect();
            table.row(vec![
                html! { (task.no) },
                html! { (task.name.get(lang.locale())) },
                html! { (lang.term("plan-function", task.role.code())) },
                html! { (lang.minutes(task.minutes)) },
                html! { @if after.is_empty() { (lang.t("incident-at-once")) } @else { (lang.list(&after)) } },
            ]);
        }
        table.render()
    }
}
