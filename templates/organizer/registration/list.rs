//! The list of registrations: search, filters in the address, counts, the way on, the file.

use chrono::NaiveDate;
use chrono_tz::Tz;
use domain::{
    office::SavedView,
    registration::{
        Category, Channel, Status,
        view::{RegistrationCounts, RegistrationRow},
    },
};
use maud::{Markup, Render, html};
use serde::{Deserialize, Serialize};

use super::{category, credential, status, views};
use crate::{
    Href, Lang, Shell,
    components::{
        Button, Choice, Col, FilterBar, Icon, Pager, Table, Tile, cell_lines, countries, empty_state, options,
        saved_views, tiles,
    },
    links,
};

/// What the list is narrowed to, as it stands in the address.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct ListFilter {
    pub q: String,
    pub category: String,
    pub status: String,
    pub channel: String,
    pub country: String,
    pub day: String,
    /// Only those on a waiting list, when filled.
    pub waiting: String,
    /// Only numbers before this one.
    pub before: String,
}

impl ListFilter {
    fn at(&self, link: Href) -> Href {
        link.query(&[
            ("q", &self.q),
            ("category", &self.category),
            ("status", &self.status),
            ("channel", &self.channel),
            ("country", &self.country),
            ("day", &self.day),
            ("waiting", &self.waiting),
        ])
    }

    fn is_empty(&self) -> bool {
        *self == Self { before: self.before.clone(), ..Self::default() }
    }
}

/// The list.
pub struct ListPage<'a> {
    pub filter: &'a ListFilter,
    pub rows: &'a [RegistrationRow],
    /// How many match the filter.
    pub total: i64,
    /// Counting stopped at the total.
    pub at_least: bool,
    pub counts: &'a RegistrationCounts,
    /// How many came in today.
    pub today: i64,
    pub today_is: NaiveDate,
    /// The number to go on before, if there are more.
    pub next: Option<i32>,
    pub days: &'a [NaiveDate],
    pub zone: Tz,
    /// Views the viewer kept of the list.
    pub views: &'a [SavedView],
    pub may_edit: bool,
    pub may_export: bool,
}

impl ListPage<'_> {
    pub fn render(&self, shell: &Shell) -> Markup {
        let lang = shell.lang;
        let slug = shell.slug();
        let body = html! {
            (self.figures(lang, slug))
            (self.filters(lang, slug))
            @if self.rows.is_empty() { (self.nothing(lang, slug)) }
            @else {
                (self.table(lang, slug))
                (Pager::new(lang, self.rows.len()).total(self.total).at_least(self.at_least)
                    .first((!self.filter.before.is_empty()).then(|| self.filter.at(links::registration::home(slug))))
                    .next(self.next.map(|number| {
                        self.filter.at(links::registration::home(slug)).query(&[("before", &number.to_string())])
                    })))
            }
        };
        let actions = html! {
            (Button::link(lang.t("registration-public-form"), links::public::register(slug)).icon(Icon::External))
            @if self.may_edit {
                (Button::link(lang.t("intake-title"), links::intake::home(slug)).icon(Icon::Upload))
                (Button::link(lang.t("registration-walk-in"), links::registration::walk_in(slug)).primary().icon(Icon::UserPlus))
            }
        };
        shell.page(lang.t("registration-title")).actions(actions).tabs(views(lang, slug, "list")).wide().body(&body)
    }

    fn figures(&self, lang: Lang, slug: &str) -> Markup {
        let home = || links::registration::home(slug);
        let of = |list: &[(String, i64)], code: &str| list.iter().find(|(c, _)| c == code).map_or(0, |(_, n)| *n);
        let waiting = of(&self.counts.by_status, Status::Registered.code());
        let on_site = of(&self.counts.by_channel, Channel::OnSite.code());
        let countries = self.counts.by_country.iter().filter(|(code, _)| !code.is_empty()).count();
        tiles(&[
            Tile::new(lang.t("registration-total"), lang.number(self.counts.total)).link(home()).icon(Icon::Users),
            Tile::new(lang.t("registration-today"), lang.number(self.today))
                .link(home().query(&[("day", &self.today_is.to_string())]))
                .icon(Icon::Calendar),
            Tile::new(lang.t("registration-waiting"), lang.number(waiting))
                .link(home().query(&[("status", Status::Registered.code())]))
                .icon(Icon::Hourglass),
            Tile::new(lang.term("channel", Channel::OnSite.code()), lang.number(on_site))
                .link(home().query(&[("channel", Channel::OnSite.code())]))
                .icon(Icon::MapPin),
            Tile::new(lang.t("registration-countries"), lang.number(i64::try_from(countries).unwrap_or(i64::MAX)))
                .icon(Icon::Globe),
        ])
    }

    fn filters(&self, lang: Lang, slug: &str) -> Markup {
        let f = self.filter;
        let codes = |list: &'static [Category]| list.iter().map(|c| c.code());
        let present: Vec<&str> =
            self.counts.by_country.iter().map(|(code, _)| code.as_str()).filter(|c| !c.is_empty()).collect();
        let nations: Vec<Choice> =
            countries(lang, &[]).into_iter().filter(|choice| present.contains(&choice.value.as_str())).collect();
        let days = self.days.iter().map(|day| Choice::new(day.to_string(), lang.weekday_date(*day))).collect();
        let bar = FilterBar::new(lang, links::registration::home(slug))
            .search("q", &f.q, lang.t("registration-search"))
            .select(
                "category",
                lang.t("registration-category"),
                options(lang, "category", codes(Category::ALL)),
                &f.category,
            )
            .select(
                "status",
                lang.t("registration-status"),
                options(lang, "registration-status", Status::ALL.iter().map(|s| s.code())),
                &f.status,
            )
            .select(
                "channel",
                lang.t("registration-channel"),
                options(lang, "channel", Channel::ALL.iter().map(|c| c.code())),
                &f.channel,
            )
            .select("country", lang.t("registration-country"), nations, &f.country)
            .select("day", lang.t("registration-day"), days, &f.day);
        let bar = if f.waiting.is_empty() { bar } else { bar.keep("waiting", &f.waiting) };
        let shown = f.at(links::registration::home(slug));
        let bar = bar.extra(saved_views(lang, slug, "registrations", &shown, self.views));
        bar.exports(self.may_export, |format| f.at(links::registration::export(slug, format))).render()
    }

    fn nothing(&self, lang: Lang, slug: &str) -> Markup {
        if self.filter.is_empty() {
            let first = Button::link(lang.t("registration-walk-in"), links::registration::walk_in(slug)).primary();
            return empty_state(Icon::Badge, &lang.t("registration-none"), &lang.t("registration-none-hint"), &first);
        }
        let all = Button::link(lang.t("component-filter-clear"), links::registration::home(slug));
        empty_state(Icon::Search, &lang.t("registration-not-found"), &lang.t("registration-not-found-hint"), &all)
    }

    fn table(&self, lang: Lang, slug: &str) -> Table {
        let mut table = Table::new(
            lang.t("registration-title"),
            vec![
                Col::main(lang.t("registration-name")),
                Col::new(lang.t("registration-company")),
                Col::tight(lang.t("registration-category")),
                Col::tight(lang.t("registration-country")).wide_only(),
                Col::new(lang.t("registration-status")),
                Col::tight(lang.t("registration-badge")),
                Col::tight(lang.t("registration-channel")).wide_only(),
                Col::tight(lang.t("registration-at")),
                Col::num(lang.t("registration-number")),
            ],
        )
        .sticky();
        for row in self.rows {
            let link = links::registration::record(slug, row.id);
            let reach = [row.email.as_str(), &row.phone].into_iter().find(|text| !text.is_empty()).unwrap_or_default();
            let name = if row.other_name.is_empty() {
                row.display_name.clone()
            } else {
                format!("{} · {}", row.display_name, row.other_name)
            };
            let country = if row.country.is_empty() { String::new() } else { lang.term("country", &row.country) };
            table.row(vec![
                cell_lines(html! { a href=(link) { (name) } }, reach),
                html! { div { (cell_lines(row.company.as_str(), &row.job_title)) } },
                category(lang, &row.category),
                html! { (country) },
                html! {
                    (status(lang, &row.status))
                    @if row.waiting_since.is_some() { span.cell-second { (lang.t("registration-on-list")) } }
                },
                html! {
                    @if let Some((serial, state)) = &row.badge {
                        span.num { (serial) } " " @if state != "active" { (credential(lang, state)) }
                    }
                },
                html! { (lang.term("channel", &row.channel)) },
                html! { (lang.moment(row.created_at, self.zone)) },
                html! { (row.number) },
            ]);
        }
        table
    }
}
