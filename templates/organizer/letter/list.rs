//! All letters of an edition.

use chrono_tz::Tz;
use domain::registration::letter::Letter;
use maud::{Markup, Render, html};

use super::state;
use crate::{
    Lang, Shell,
    components::{Button, Col, FilterBar, Icon, Pager, Table, cell_lines, empty_state},
    links,
    organizer::registration::views,
};

/// The list.
pub struct LettersPage<'a> {
    pub q: &'a str,
    pub rows: &'a [Letter],
    pub next: Option<String>,
    pub later: bool,
    pub zone: Tz,
}

impl LettersPage<'_> {
    pub fn render(&self, shell: &Shell) -> Markup {
        let lang = shell.lang;
        let slug = shell.slug();
        let home = || links::letter::home(slug).query(&[("q", self.q)]);
        let body = html! {
            (FilterBar::new(lang, links::letter::home(slug)).search("q", self.q, lang.t("letter-search")))
            @if self.rows.is_empty() { (empty_state(Icon::File, &lang.t("letter-none"), &lang.t("letter-none-hint"), &html! {})) }
            @else {
                (self.table(lang, slug))
                (Pager::new(lang, self.rows.len()).first(self.later.then(home))
                    .next(self.next.as_ref().map(|after| home().query(&[("after", after)]))))
            }
        };
        let verify = Button::link(lang.t("letter-verify"), links::letter::verify(slug)).icon(Icon::External);
        shell.page(lang.t("registration-title")).actions(verify).tabs(views(lang, slug, "letters")).wide().body(&body)
    }

    fn table(&self, lang: Lang, slug: &str) -> Table {
        let mut table = Table::new(
            lang.t("letter-list"),
            vec![
                Col::main(lang.t("letter-name")),
                Col::tight(lang.t("letter-number")),
                Col::tight(lang.t("letter-kind")),
                Col::tight(lang.t("letter-nationality")).wide_only(),
                Col::tight(lang.t("letter-state")),
                Col::tight(lang.t("letter-issued")),
                Col::new(lang.t("letter-by")).wide_only(),
            ],
        )
        .sticky();
        for row in self.rows {
            let link = links::letter::of(slug, row.registration);
            let nationality =
                if row.nationality.is_empty() { String::new() } else { lang.term("country", &row.nationality) };
            let by = if row.issued_by.is_empty() { lang.t("letter-by-registrant") } else { row.issued_by.clone() };
            table.row(vec![
                cell_lines(html! { a href=(link) { (row.name) } }, &row.company),
                html! { span.code { (row.shown_number(slug)) } },
                html! { (lang.term("letter-kind", row.kind.code())) },
                html! { (nationality) },
                state(lang, row).render(),
                html! { (lang.moment(row.issued_at, self.zone)) },
                html! { (by) },
            ]);
        }
        table
    }
}
