//! All letters of an edition.

use chrono_tz::Tz;
use domain::{
    listing::Sort,
    office::SavedView,
    registration::letter::{Kind, Letter, SORTS},
};
use maud::{Markup, Render, html};
use serde::{Deserialize, Serialize};

use super::state;
use crate::{
    Href, Lang, Shell,
    components::{
        Button, Choice, Col, FilterBar, Icon, Pager, Table, cell_lines, countries, empty_state, options, saved_views,
    },
    links,
    organizer::registration::views,
};

/// What the list is narrowed to, as it stands in the address.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct LetterListFilter {
    pub q: String,
    pub kind: String,
    /// `stands` or `withdrawn`.
    pub state: String,
    pub nationality: String,
    pub sort: String,
    pub after: String,
}

impl LetterListFilter {
    fn at(&self, link: Href, sort: &str) -> Href {
        link.query(&[
            ("q", &self.q),
            ("kind", &self.kind),
            ("state", &self.state),
            ("nationality", &self.nationality),
            ("sort", sort),
        ])
    }

    fn is_empty(&self) -> bool {
        let (sort, after) = (self.sort.clone(), self.after.clone());
        *self == Self { sort, after, ..Self::default() }
    }
}

/// The list.
pub struct LettersPage<'a> {
    pub filter: &'a LetterListFilter,
    pub rows: &'a [Letter],
    pub total: i64,
    pub next: Option<String>,
    pub zone: Tz,
    /// Views the viewer kept of the list.
    pub views: &'a [SavedView],
    pub may_export: bool,
}

impl LettersPage<'_> {
    fn at(&self, link: Href) -> Href {
        self.filter.at(link, &self.filter.sort)
    }

    pub fn render(&self, shell: &Shell) -> Markup {
        let lang = shell.lang;
        let slug = shell.slug();
        let home = self.at(links::letter::home(slug));
        let body = html! {
            (self.filters(lang, slug))
            @if self.rows.is_empty() { (self.nothing(lang, slug)) }
            @else {
                (self.table(lang, slug))
                (Pager::new(lang, self.rows.len()).total(self.total)
                    .pages(&home, !self.filter.after.is_empty(), self.next.as_ref()))
            }
        };
        let verify = Button::link(lang.t("letter-verify"), links::letter::verify(slug)).icon(Icon::External);
        shell.page(lang.t("registration-title")).actions(verify).tabs(views(lang, slug, "letters")).wide().body(&body)
    }

    fn filters(&self, lang: Lang, slug: &str) -> FilterBar<'_> {
        let f = self.filter;
        let kinds = options(lang, "letter-kind", Kind::ALL.iter().map(|kind| kind.code()));
        let states =
            vec![Choice::new("stands", lang.t("letter-stands")), Choice::new("withdrawn", lang.t("letter-withdrawn"))];
        let bar = FilterBar::new(lang, links::letter::home(slug))
            .search("q", &f.q, lang.t("letter-search"))
            .select("kind", lang.t("letter-kind"), kinds, &f.kind)
            .select("state", lang.t("letter-state"), states, &f.state)
            .select("nationality", lang.t("letter-nationality"), countries(lang, &[]), &f.nationality)
            .keep("sort", &f.sort)
            .extra(saved_views(lang, slug, "letters", &self.at(links::letter::home(slug)), self.views));
        bar.exports(self.may_export, |format| self.at(links::letter::export(slug, format)))
    }

    fn nothing(&self, lang: Lang, slug: &str) -> Markup {
        if self.filter.is_empty() {
            return empty_state(Icon::File, &lang.t("letter-none"), &lang.t("letter-none-hint"), &html! {});
        }
        let all = Button::link(lang.t("component-filter-clear"), links::letter::home(slug));
        empty_state(Icon::Search, &lang.t("letter-not-found"), "", &all)
    }

    fn table(&self, lang: Lang, slug: &str) -> Table {
        let sort = Sort::read(&self.filter.sort, SORTS);
        let to = |sort: &str| self.filter.at(links::letter::home(slug), sort);
        let mut table = Table::new(
            lang.t("letter-list"),
            vec![
                Col::main(lang.t("letter-name")).sorts(sort, "name", to),
                Col::tight(lang.t("letter-number")).sorts(sort, "number", to),
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
