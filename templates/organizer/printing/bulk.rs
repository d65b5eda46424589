//! Many badges in one go: a selection, what to know before it is printed, and the larger prints so far.

use chrono::{DateTime, NaiveDate, Utc};
use chrono_tz::Tz;
use domain::printing::Station;
use domain::printing::view::{BatchLine, BatchOrder, Preflight};
use domain::registration::{Category, Channel};
use maud::{Markup, Render, html};
use serde::{Deserialize, Serialize};

use super::{station_choices, views};
use crate::{
    FormState, Lang, Shell, Tone,
    components::{Badge, Button, Choice, Col, FilterBar, Icon, Table, callout, card, options, progress},
    links,
};

/// What is chosen, as it stands in the address and in the form.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct BulkForm {
    /// Words.
    pub q: String,
    /// Category.
    pub category: String,
    /// How they came in.
    pub channel: String,
    /// Country.
    pub country: String,
    /// Local day.
    pub day: String,
    /// `again` for badges on paper, too.
    pub which: String,
    /// `name`, `company`, `number`.
    pub order: String,
    /// Where to: a station, or empty for a PDF.
    pub station: String,
}

/// The page.
pub struct BulkPage<'a> {
    /// What is chosen.
    pub form: &'a BulkForm,
    /// What was refused.
    pub refused: &'a FormState,
    /// What is known of it; nothing before something is chosen, and in a build without fonts.
    pub preflight: Option<&'a Preflight>,
    /// The most in one go.
    pub most: usize,
    /// Countries to choose from.
    pub countries: Vec<Choice>,
    /// Days to choose from.
    pub days: &'a [NaiveDate],
    /// Stations to print at.
    pub stations: &'a [Station],
    /// Larger prints, newest first.
    pub batches: &'a [BatchLine],
    /// The venue's time zone.
    pub zone: Tz,
    /// Now.
    pub now: DateTime<Utc>,
    /// May print.
    pub may_edit: bool,
}

impl BulkPage<'_> {
    /// The whole page.
    pub fn render(&self, shell: &Shell) -> Markup {
        let (lang, slug) = (shell.lang, shell.slug());
        let body = html! {
            (self.refused.fields(lang).summary())
            (self.filters(lang, slug))
            @if let Some(found) = self.preflight { (self.look(lang, slug, found)) }
            div #print-batches data-fresh="5" {
                @if !self.batches.is_empty() { (card(&lang.t("printing-batches"), &html! {}, &self.batch_table(lang, slug))) }
            }
        };
        shell
            .page(lang.t("printing-bulk"))
            .crumb(lang.t("registration-title"), links::registration::home(slug))
            .tabs(views(lang, slug, "bulk"))
            .wide()
            .body(&body)
    }

    fn filters(&self, lang: Lang, slug: &str) -> Markup {
        let form = self.form;
        let days = self.days.iter().map(|day| Choice::new(day.to_string(), lang.weekday_date(*day))).collect();
        FilterBar::new(lang, links::printing::bulk(slug))
            .search("q", &form.q, lang.t("registration-search"))
            .select(
                "category",
                lang.t("registration-category"),
                options(lang, "category", Category::ALL.iter().map(|c| c.code())),
                &form.category,
            )
            .select(
                "channel",
                lang.t("registration-channel"),
                options(lang, "channel", Channel::ALL.iter().map(|c| c.code())),
                &form.channel,
            )
            .select("country", lang.t("registration-country"), self.countries.clone(), &form.country)
            .select("day", lang.t("registration-day"), days, &form.day)
            .select(
                "which",
                lang.t("printing-which"),
                vec![Choice::new("again", lang.t("printing-which-again"))],
                &form.which,
            )
            .select(
                "order",
                lang.t("printing-order"),
                options(lang, "printing-order", BatchOrder::ALL.iter().map(|o| o.code())),
                &form.order,
            )
            .render()
    }

    fn look(&self, lang: Lang, slug: &str, found: &Preflight) -> Markup {
        let badges = i64::try_from(found.badges).unwrap_or(i64::MAX);
        let title = lang.with("printing-selected", &[("count", badges.into())]);
        let body = html! {
            @if found.printed > 0 { p { (lang.with("printing-selected-before", &[("count", found.printed.into())])) } }
            @if found.more {
                (callout(Tone::Warn, &lang.with("refusal-selection-too-large", &[("max", (self.most as i64).into())]), &html! {}))
            }
            @if found.concerned > 0 { (self.concerns(lang, slug, found)) }
            @else if found.badges > 0 { p.muted { (lang.t("printing-selected-fine")) } }
            @if self.may_edit && found.badges > 0 && !found.more { (self.print_form(lang, slug)) }
        };
        card(&title, &html! {}, &body)
    }

    fn concerns(&self, lang: Lang, slug: &str, found: &Preflight) -> Markup {
        let mut table = Table::new(
            lang.t("printing-concerns"),
            vec![
                Col::main(lang.t("registration-name")),
                Col::new(lang.t("printing-concern-missing")),
                Col::new(lang.t("printing-concern-tight")),
            ],
        );
        for concern in &found.concerns {
            let missing: String = concern.missing.iter().collect();
            let tight: Vec<String> = concern.tight.iter().map(|part| lang.term("badge-part", part.code())).collect();
            table.row(vec![
                html! { a href=(links::registration::record(slug, concern.registration)) { (concern.name) } },
                html! { (missing) },
                html! { (lang.list(&tight)) },
            ]);
        }
        let count = i64::try_from(found.concerned).unwrap_or(i64::MAX);
        html! {
            (callout(Tone::Warn, &lang.with("printing-concerned", &[("count", count.into())]), &html! {}))
            (table)
        }
    }

    fn print_form(&self, lang: Lang, slug: &str) -> Markup {
        let form = self.refused.fields(lang);
        let pdf = Choice::new("", lang.t("printing-as-pdf"));
        let stations = std::iter::once(pdf).chain(station_choices(lang, self.stations, self.now)).collect();
        let f = self.form;
        let chosen = [
            ("q", &f.q),
            ("category", &f.category),
            ("channel", &f.channel),
            ("country", &f.country),
            ("day", &f.day),
            ("which", &f.which),
            ("order", &f.order),
        ];
        html! {
            form.form.narrow method="post" action=(links::printing::bulk(slug)) {
                @for (name, value) in chosen { input type="hidden" name=(name) value=(value); }
                (form.select("station", "printing-where", stations))
                div.form-actions { (Button::submit(lang.t("printing-print-all")).icon(Icon::Printer)) }
            }
        }
    }

    fn batch_table(&self, lang: Lang, slug: &str) -> Markup {
        let mut table = Table::new(
            lang.t("printing-batches"),
            vec![
                Col::main(lang.t("printing-asked-at")),
                Col::new(lang.t("printing-asked-by")),
                Col::new(lang.t("printing-where")),
                Col::new(lang.t("printing-progress")),
                Col::actions(lang.t("printing-actions")),
            ],
        );
        for batch in self.batches {
            table.row(self.batch_row(lang, slug, batch));
        }
        table.render()
    }

    fn batch_row(&self, lang: Lang, slug: &str, batch: &BatchLine) -> Vec<Markup> {
        let log = links::printing::log(slug).query(&[("batch", &batch.id.to_string())]);
        let pdf = || lang.t("printing-as-pdf");
        let open =
            batch.state == "making" || (batch.kind == "station" && batch.state == "ready" && batch.done < batch.total);
        let tone = match batch.state.as_str() {
            "failed" => Tone::Bad,
            "cancelled" => Tone::Neutral,
            _ if open => Tone::Info,
            _ => Tone::Good,
        };
        vec![
            html! { a href=(log) { (lang.instant(batch.created_at, self.zone)) } },
            html! { (batch.by) },
            html! { (batch.station.clone().unwrap_or_else(pdf)) },
            html! {
                @if matches!(batch.state.as_str(), "failed" | "cancelled") {
                    (Badge::new(lang.term("print-batch", &batch.state), tone))
                } @else { (progress(lang, batch.done, batch.total, tone)) }
            },
            html! {
                div.row-actions {
                    @if let Some(bytes) = batch.bytes {
                        (Button::link(lang.with("printing-file", &[("size", lang.decimal(bytes as f64 / 1_048_576.0, 1).into())]), links::printing::batch_file(slug, batch.id))
                            .small().icon(Icon::Download).download())
                    }
                    @if open && self.may_edit {
                        (Button::post(lang.t("printing-stop"), links::printing::batch_cancel(slug, batch.id)).small().ghost()
                            .confirm(lang.t("printing-stop-sure")))
                    }
                }
            },
        ]
    }
}
