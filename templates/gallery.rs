//! Every component in every state, on one page: for the eye, the snapshot and the accessibility check.

use chrono::{DateTime, NaiveDate, TimeZone, Utc};
use domain::Refusal;
use maud::{Markup, Render, html};

use crate::{
    Badge, FormState, Href, Icon, Lang, Shell, Tone,
    charts::{BarChart, LineChart, Series, Slice, donut, gauge, sparkline},
    components::{
        Button, Choice, Col, Entry, FilterBar, Light, Pager, Tab, Table, Tile, callout, card, cell_lines, definitions,
        dialog, dot, empty_state, facts, light, menu, progress, section, tabs, tiles, timeline,
    },
    links,
};

/// The gallery.
#[derive(Debug, Clone, Copy)]
pub struct GalleryPage;

fn here() -> Href {
    links::office::gallery()
}

/// A moment that never moves, so that the snapshot does not either.
fn moment() -> DateTime<Utc> {
    Utc.with_ymd_and_hms(2027, 3, 9, 1, 30, 0).single().expect("a moment of March")
}

impl GalleryPage {
    pub fn render(&self, shell: &Shell) -> Markup {
        let lang = shell.lang;
        let body = html! {
            (buttons(lang))
            (states(lang))
            (figures(lang))
            (lists(lang))
            (forms(lang))
            (records(lang))
            (messages(lang))
            (pictures(lang))
            (glyphs(lang))
        };
        shell
            .page(lang.t("gallery-title"))
            .crumb(lang.t("nav-editions"), links::edition::list())
            .subtitle(
                html! { (Badge::new(lang.t("gallery-sample"), Tone::Accent)) span { (lang.t("gallery-subtitle")) } },
            )
            .actions(Button::post(lang.t("component-save"), here()).primary().icon(Icon::Check))
            .body(&body)
    }
}

fn buttons(lang: Lang) -> Markup {
    let items = html! {
        a href=(here()) { (Icon::Edit) (lang.t("component-edit")) }
        a href=(here()) { (Icon::Trash) (lang.t("component-delete")) }
    };
    let summary = Button::link(lang.t("component-edit"), here()).icon(Icon::More).icon_only();
    let more = html! { span.button.icon-only { (Icon::More) } };
    let question = html! { p { (lang.t("gallery-question")) } (Button::post(lang.t("component-delete"), here()).danger().icon(Icon::Trash)) };
    let body = html! {
        div.button-row {
            (Button::link(lang.t("component-save"), here()).primary().icon(Icon::Check))
            (Button::link(lang.t("component-edit"), here()).icon(Icon::Edit))
            (Button::link(lang.t("component-back"), here()).ghost())
            (Button::post(lang.t("component-delete"), here()).danger().icon(Icon::Trash).confirm(lang.t("gallery-question")))
            (Button::link(lang.t("component-save"), here()).disabled(true))
            (Button::link(lang.t("component-edit"), here()).small())
            (summary)
            (Button::open(lang.t("gallery-open-dialog"), "gallery-dialog"))
            (menu(&more, &lang.t("gallery-more"), &items))
        }
        (dialog(lang, "gallery-dialog", &lang.t("gallery-dialog"), &question))
    };
    section(&lang.t("gallery-buttons"), &"", &body)
}

fn states(lang: Lang) -> Markup {
    let body = html! {
        div.cluster {
            @for tone in Tone::ALL { (Badge::new(lang.t("gallery-state"), tone)) (Badge::new(lang.t("gallery-state"), tone).marked()) }
        }
        div.cluster {
            @for (colour, text) in [(Light::Green, "gallery-green"), (Light::Amber, "gallery-amber"), (Light::Red, "gallery-red"), (Light::Off, "gallery-off")] {
                (light(colour, &lang.t(text)))
            }
            @for tone in Tone::ALL { (dot(tone, &lang.t("gallery-state"))) }
        }
        div.cluster {
            (progress(lang, 3, 8, Tone::Accent)) (progress(lang, 8, 8, Tone::Good)) (progress(lang, 0, 8, Tone::Neutral))
        }
    };
    section(&lang.t("gallery-states"), &"", &body)
}

fn figures(lang: Lang) -> Markup {
    let values = [3.0, 8.0, 6.0, 12.0, 20.0, 17.0, 26.0];
    let all = [
        Tile::new(lang.t("nav-registrations"), lang.number(20_412))
            .icon(Icon::Badge)
            .link(here())
            .hint(lang.t("gallery-hint"))
            .picture(sparkline(&values, &lang.t("nav-registrations"))),
        Tile::new(lang.t("nav-exhibitors"), lang.number(600)).icon(Icon::Stand).link(here()).hint(lang.area(4_000_000)),
        Tile::new(lang.t("gallery-days"), "3").unit(lang.t("gallery-days-unit")).icon(Icon::Calendar).tone(Tone::Warn),
        Tile::new(lang.t("gallery-late"), "7").icon(Icon::Alert).tone(Tone::Bad).link(here()),
        Tile::new(lang.t("gallery-done"), lang.percent(0.934)).icon(Icon::Check).tone(Tone::Good),
    ];
    section(&lang.t("gallery-tiles"), &"", &tiles(&all))
}

fn lists(lang: Lang) -> Markup {
    let bar = FilterBar::new(lang, here())
        .search("q", "", lang.t("gallery-search"))
        .select(
            "state",
            lang.t("gallery-state"),
            vec![Choice::new("open", lang.t("gallery-red")), Choice::new("done", lang.t("gallery-green"))],
            "open",
        )
        .extra(html! { (Button::link(lang.t("gallery-export"), here()).icon(Icon::Download).download()) });
    let views = tabs(
        lang,
        &lang.t("gallery-views"),
        &[
            Tab::new(lang.t("gallery-table"), here(), true).icon(Icon::Table).count(600),
            Tab::new(lang.t("gallery-chart"), here(), false).icon(Icon::Chart),
        ],
    );
    let mut table = Table::new(
        lang.t("gallery-tables"),
        vec![
            Col::main(lang.t("gallery-company")).sort(here(), Some(true)),
            Col::tight(lang.t("gallery-code")).sort(here(), None),
            Col::new(lang.t("gallery-state")),
            Col::num(lang.t("gallery-area")),
            Col::actions(lang.t("gallery-more")),
        ],
    );
    let cells = |name: &str, second: &str, code: &str, tone: Tone, area: i64| {
        vec![
            cell_lines(html! { a href=(here()) { (name) } }, second),
            html! { span.code { (code) } },
            Badge::new(lang.t("gallery-state"), tone).render(),
            html! { (lang.area(area)) },
            Button::link(lang.t("component-edit"), here()).ghost().small().icon(Icon::Edit).icon_only().render(),
        ]
    };
    table.group(html! { (lang.t("gallery-group")) });
    table.row(cells("苏州精密机床有限公司", "Suzhou Precision Tools", "N1-A12", Tone::Good, 3_600));
    table
        .row_marked(cells("Hartmann Werkzeugmaschinen GmbH", "Stuttgart", "N2-B04", Tone::Warn, 12_050), "is-critical");
    table.row_marked(cells("Okayama Seiki", "岡山", "N3-C21", Tone::Bad, 900), "is-late");
    table.foot(vec![html! { (lang.t("gallery-sum")) }, html! {}, html! {}, html! { (lang.area(16_550)) }, html! {}]);
    let body = html! {
        (bar) (views) (table)
        (Pager::new(lang, 3).total(600).first(Some(here())).next(Some(here())))
    };
    section(&lang.t("gallery-tables"), &"", &body)
}

fn forms(lang: Lang) -> Markup {
    let draft = serde_json::json!({
        "name": "Li Na", "email": "li.na@", "kind": "raw", "days": ["1", "3"], "note": "", "area": "36", "terms": "yes"
    });
    let refusals = [
        Refusal::invalid("not-an-email").at("email"),
        Refusal::invalid("required").at("note"),
        Refusal::conflict("stale"),
    ];
    let state = FormState::new(&draft, &refusals);
    let form = state.fields(lang);
    let kinds = vec![
        Choice::new("raw", lang.t("gallery-green")).hint(lang.t("gallery-hint")),
        Choice::new("shell", lang.t("gallery-amber")),
    ];
    let days = vec![Choice::new("1", "1"), Choice::new("2", "2"), Choice::new("3", "3")];
    let body = html! {
        form.form method="post" action=(here()) {
            (form.summary())
            (form.text("name", "gallery-company").required().autocomplete("name"))
            (form.email("email", "sign-in-email").required().hint("gallery-hint"))
            (form.select("kind", "gallery-state", kinds.clone()).required())
            (form.number("area", "gallery-area").unit("m²").min(9).max(900))
            (form.date("day", "gallery-day"))
            (form.radios("kind_radio", "gallery-views", kinds).value("raw"))
            (form.checks("days", "gallery-days", days))
            (form.textarea("note", "gallery-note").required())
            (form.checkbox("terms", "gallery-terms", "yes").required())
            div.form-actions { (Button::submit(lang.t("component-save"))) (Button::link(lang.t("component-cancel"), here())) }
        }
    };
    section(&lang.t("gallery-forms"), &"", &body)
}

fn records(lang: Lang) -> Markup {
    let zone = chrono_tz::Asia::Shanghai;
    let day = NaiveDate::from_ymd_opt(2027, 3, 9).expect("a day of March");
    let pairs = vec![
        (lang.t("gallery-company"), html! { "苏州精密机床有限公司" }),
        (lang.t("gallery-day"), html! { (lang.weekday_date(day)) }),
        (lang.t("gallery-area"), html! { (lang.area(3_600)) }),
        (lang.t("gallery-amount"), html! { (lang.money(1_250_000, "CNY")) }),
        (lang.t("gallery-note"), html! {}),
    ];
    let when = lang.instant(moment(), zone);
    let entries = [
        Entry::new(Icon::Check, lang.t("gallery-confirmed"), "Lin Yue", when.clone()).tone(Tone::Good).at(moment()),
        Entry::new(Icon::Close, lang.t("gallery-rejected"), "Wang Fang", when.clone())
            .tone(Tone::Bad)
            .note(lang.t("gallery-hint")),
        Entry::new(Icon::Plus, lang.t("gallery-created"), "", when).tone(Tone::Accent).link(here()),
    ];
    let body = html! {
        div.columns {
            (card(&lang.t("gallery-facts"), &Button::link(lang.t("component-edit"), here()).small(), &facts(&pairs)))
            (card(&lang.t("gallery-definitions"), &"", &definitions(&pairs)))
            (card(&lang.t("gallery-timeline"), &"", &timeline(lang, &entries)))
            (card(&lang.t("gallery-timeline"), &"", &timeline(lang, &[])))
        }
    };
    section(&lang.t("gallery-records"), &"", &body)
}

fn messages(lang: Lang) -> Markup {
    let body = html! {
        div.stack {
            @for tone in Tone::ALL { (callout(tone, &lang.t("gallery-callout"), &html! { p { (lang.t("gallery-hint")) } })) }
            (empty_state(Icon::Inbox, &lang.t("gallery-empty"), &lang.t("gallery-hint"), &Button::link(lang.t("component-add"), here()).primary().icon(Icon::Plus)))
        }
    };
    section(&lang.t("gallery-messages"), &"", &body)
}

fn pictures(lang: Lang) -> Markup {
    let hours: Vec<String> = (9..18).map(|hour| format!("{hour}:00")).collect();
    let halls: Vec<String> = ["N1", "N2", "N3"].map(str::to_owned).to_vec();
    let unit = lang.t("gallery-persons");
    let so_far =
        [120.0, 980.0, 1_640.0, 1_420.0, 1_100.0].into_iter().map(Some).chain([None, None, None, None]).collect();
    let line = LineChart::new(lang, lang.t("gallery-entries"), unit.clone(), hours.clone())
        .series(Series::new(lang.t("gallery-today"), so_far))
        .series(
            Series::full(
                lang.t("gallery-expected"),
                [200.0, 1_100.0, 1_500.0, 1_400.0, 1_000.0, 900.0, 700.0, 300.0, 80.0],
            )
            .expected(),
        )
        .area()
        .mark(4, lang.t("gallery-now"));
    let bars = BarChart::new(lang, lang.t("gallery-entries"), unit.clone(), hours.clone()).series(Series::full(
        lang.t("gallery-today"),
        [120.0, 980.0, 1_640.0, 1_420.0, 1_100.0, 700.0, 400.0, 200.0, 40.0],
    ));
    let stacked = BarChart::new(lang, lang.t("gallery-area"), "m²", halls.clone())
        .series(Series::full(lang.t("gallery-green"), [3_200.0, 4_100.0, 2_800.0]))
        .series(Series::full(lang.t("gallery-amber"), [800.0, 500.0, 900.0]))
        .series(Series::full(lang.t("gallery-red"), [200.0, 0.0, 400.0]))
        .stacked();
    let lying = BarChart::new(lang, lang.t("gallery-area"), "m²", halls)
        .series(Series::full("m²", [4_200.0, 4_600.0, 4_100.0]))
        .lying();
    let slices = [
        Slice::new(lang.t("gallery-green"), 412.0).tone(Tone::Good),
        Slice::new(lang.t("gallery-amber"), 121.0).tone(Tone::Warn),
        Slice::new(lang.t("gallery-red"), 34.0).tone(Tone::Bad),
    ];
    let wide = LineChart::new(lang, lang.t("gallery-entries"), unit, hours)
        .series(Series::full(
            lang.t("gallery-today"),
            [120.0, 980.0, 1_640.0, 1_420.0, 1_100.0, 700.0, 400.0, 200.0, 40.0],
        ))
        .full();
    let body = html! {
        div.columns {
            (card("", &"", &line.render())) (card("", &"", &bars.render())) (card("", &"", &stacked.render())) (card("", &"", &lying.render()))
            (card("", &"", &donut(lang, &lang.t("gallery-states"), &lang.t("nav-exhibitors"), &slices)))
            (card("", &"", &gauge(lang, &lang.t("gallery-occupancy"), 3_120.0, 4_000.0, Tone::Warn)))
        }
        (card("", &"", &wide.render()))
    };
    section(&lang.t("gallery-charts"), &"", &body)
}

fn glyphs(lang: Lang) -> Markup {
    let body = html! { ul.glyphs { @for icon in Icon::ALL { li { (icon) code { (icon.name()) } } } } };
    section(&lang.t("gallery-icons"), &"", &body)
}
