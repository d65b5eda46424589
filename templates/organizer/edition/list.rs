//! The editions a viewer may see, the latest first.

use chrono::NaiveDate;
use domain::{Bilingual, edition::Status};
use maud::{Markup, Render, html};

use crate::{
    Badge, Lang, Shell, Tone,
    components::{Button, Col, Icon, Table, cell_lines, empty_state},
    links,
};

/// An edition as the list shows it.
#[derive(Debug, Clone)]
pub struct EditionLine {
    pub slug: String,
    pub name: Bilingual,
    pub series: Bilingual,
    pub place: String,
    pub status: Status,
    pub opens_on: NaiveDate,
    pub closes_on: NaiveDate,
    pub gross_area_dm2: i64,
}

/// The list.
#[derive(Debug, Clone)]
pub struct EditionsPage {
    pub editions: Vec<EditionLine>,
    /// The viewer may create one.
    pub may_create: bool,
}

impl EditionsPage {
    /// Nothing yet, and one show.
    pub fn samples() -> Vec<Self> {
        let day = |d| NaiveDate::from_ymd_opt(2027, 3, d).expect("a day of March");
        let line = EditionLine {
            slug: "east-2027".into(),
            name: Bilingual::new("EASTMACH 2027", "2027 华东机床展"),
            series: Bilingual::new("EASTMACH", "华东机床展"),
            place: "Shanghai".into(),
            status: Status::Running,
            opens_on: day(9),
            closes_on: day(11),
            gross_area_dm2: 4_000_000,
        };
        vec![
            Self { editions: Vec::new(), may_create: true },
            Self { editions: Vec::new(), may_create: false },
            Self { editions: vec![line], may_create: true },
        ]
    }

    pub fn render(&self, shell: &Shell) -> Markup {
        let lang = shell.lang;
        let add = Button::link(lang.t("edition-new"), links::edition::new()).primary().icon(Icon::Plus);
        let body = html! {
            @if self.editions.is_empty() {
                @if self.may_create {
                    (empty_state(Icon::Calendar, &lang.t("edition-none"), &lang.t("edition-none-hint"), &add))
                } @else {
                    (empty_state(Icon::Calendar, &lang.t("edition-none"), &lang.t("edition-none-ask"), &""))
                }
            } @else { (self.table(lang)) }
        };
        let page = shell.page(lang.t("edition-title"));
        if self.may_create && !self.editions.is_empty() { page.actions(add).body(&body) } else { page.body(&body) }
    }

    fn table(&self, lang: Lang) -> Markup {
        let mut table = Table::new(
            lang.t("edition-title"),
            vec![
                Col::main(lang.t("edition-name")),
                Col::new(lang.t("edition-status")),
                Col::tight(lang.t("edition-open-days")),
                Col::new(lang.t("edition-venue")),
                Col::num(lang.t("edition-gross-area")),
            ],
        );
        for e in &self.editions {
            let name = html! { a href=(links::edition::today(&e.slug)) { (e.name.get(lang.locale())) } };
            let tone = match e.status {
                Status::Planning => Tone::Info,
                Status::Running => Tone::Good,
                Status::Closed | Status::Archived => Tone::Neutral,
            };
            table.row(vec![
                cell_lines(name, e.series.get(lang.locale())),
                Badge::new(lang.term("edition-status", e.status.code()), tone).render(),
                html! { (lang.date_range(e.opens_on, e.closes_on)) },
                html! { (e.place) },
                html! { (lang.area(e.gross_area_dm2)) },
            ]);
        }
        table.render()
    }
}
