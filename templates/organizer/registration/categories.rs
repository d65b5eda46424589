//! Categories: whether visitors may choose them, how many places there are, who waits.

use domain::registration::Intake;
use maud::{Markup, Render, html};

use super::{category, views};
use crate::{
    Badge, FormState, Lang, Shell, Tone,
    components::{Button, Col, Icon, Table, callout, icon_link, progress},
    links,
};

/// A category with its figures.
#[derive(Clone, Debug)]
pub struct CategoryRow {
    pub intake: Intake,
    /// Whether the public may choose it today.
    pub open: bool,
    /// How many hold a place.
    pub taken: i64,
    /// How many wait for one.
    pub waiting: i64,
}

/// All categories.
pub struct CategoriesPage<'a> {
    pub rows: &'a [CategoryRow],
    pub may_manage: bool,
}

impl CategoriesPage<'_> {
    pub fn render(&self, shell: &Shell) -> Markup {
        let (lang, slug) = (shell.lang, shell.slug());
        let mut table = Table::new(
            lang.t("categories-title"),
            vec![
                Col::main(lang.t("registration-category")),
                Col::new(lang.t("categories-public")),
                Col::new(lang.t("categories-approval")),
                Col::num(lang.t("categories-taken")),
                Col::num(lang.t("categories-capacity")),
                Col::new(lang.t("categories-filled")),
                Col::num(lang.t("categories-waiting")),
                Col::actions(lang.t("component-edit")),
            ],
        );
        for row in self.rows {
            table.row(self.cells(lang, slug, row));
        }
        let body = html! { (table.sticky()) };
        shell
            .page(lang.t("categories-title"))
            .crumb(lang.t("registration-title"), links::registration::home(slug))
            .subtitle(html! { p.muted { (lang.t("categories-hint")) } })
            .tabs(views(lang, slug, "categories"))
            .wide()
            .body(&body)
    }

    fn cells(&self, lang: Lang, slug: &str, row: &CategoryRow) -> Vec<Markup> {
        let one = &row.intake;
        let list = links::registration::home(slug).query(&[("category", one.category.code())]);
        let (tone, key) = match (one.public, row.open) {
            (false, _) => (Tone::Neutral, "categories-not-public"),
            (true, false) => (Tone::Warn, "categories-closed"),
            (true, true) => (Tone::Good, "categories-open"),
        };
        let days = match (one.opens_on, one.closes_on) {
            (Some(from), Some(until)) => lang.date_range(from, until),
            (Some(from), None) => lang.with("categories-from", &[("day", lang.date(from).into())]),
            (None, Some(until)) => lang.with("categories-until", &[("day", lang.date(until).into())]),
            (None, None) => String::new(),
        };
        let capacity = one.capacity.map(i64::from);
        vec![
            html! { a href=(list.clone()) { (category(lang, one.category.code())) } },
            html! {
                (Badge::new(lang.t(key), tone))
                @if one.public && !days.is_empty() { span.cell-second { (days) } }
            },
            html! { (lang.t(if one.approval { "categories-asked" } else { "categories-at-once" })) },
            html! { (lang.number(row.taken)) },
            html! { @match capacity { Some(all) => (lang.number(all)), None => span.muted { "–" } } },
            html! { @if let Some(all) = capacity { (filled(lang, row.taken, all)) } },
            html! {
                @if row.waiting > 0 {
                    a href=(list.query(&[("waiting", "yes")])) { (lang.number(row.waiting)) }
                } @else { span.muted { "0" } }
            },
            html! {
                @if self.may_manage {
                    (icon_link(Icon::Edit, &lang.t("component-edit"), links::form::category(slug, one.category.code())))
                }
            },
        ]
    }
}

fn filled(lang: Lang, taken: i64, all: i64) -> Markup {
    let tone = if taken >= all { Tone::Warn } else { Tone::Neutral };
    html! {
        (progress(lang, taken.min(all), all, tone))
        @if taken > all { span.cell-second { (lang.with("categories-over", &[("count", (taken - all).into())])) } }
    }
}

/// The rules of one category.
pub struct CategoryPage<'a> {
    pub row: &'a CategoryRow,
    pub form: &'a FormState,
}

impl CategoryPage<'_> {
    pub fn render(&self, shell: &Shell) -> Markup {
        let (lang, slug) = (shell.lang, shell.slug());
        let code = self.row.intake.category.code();
        let form = self.form.fields(lang);
        let figures = [("taken", self.row.taken.into()), ("waiting", self.row.waiting.into())];
        let body = html! {
            (callout(Tone::Info, &lang.with("categories-now", &figures), &html! {}))
            form.form method="post" action=(links::form::category(slug, code)) {
                (form.summary())
                (form.hidden("version"))
                (form.checkbox("public", "categories-public-box", "on"))
                (form.checkbox("approval", "categories-approval-box", "on"))
                (form.date("opens_on", "categories-opens"))
                (form.date("closes_on", "categories-closes"))
                (form.number("capacity", "categories-capacity").hint("categories-capacity-hint").min(0).step("1"))
                (form.checkbox("waiting_list", "categories-list-box", "on"))
                (form.checkbox("promotes", "categories-promotes-box", "on"))
                (form.text("hint_en", "categories-hint-en").hint("categories-hint-hint").max_length(200))
                (form.text("hint_zh", "categories-hint-zh").max_length(200))
                div.form-actions {
                    (Button::submit(lang.t("component-save")).icon(Icon::Check))
                    (Button::link(lang.t("component-cancel"), links::form::categories(slug)))
                }
            }
        };
        shell
            .page(lang.term("category", code))
            .crumb(lang.t("registration-title"), links::registration::home(slug))
            .crumb(lang.t("categories-title"), links::form::categories(slug))
            .body(&body.render())
    }
}
