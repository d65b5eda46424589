//! The scan log: every scan ever made, denied and unknown ones too.

use chrono_tz::Tz;
use domain::admission::verdict::{Reason, VerdictKind};
use domain::admission::view::{DeviceLine, PlaceChoice, ScanFilter, ScanLine};
use domain::office::SavedView;
use maud::{Markup, Render, html};

use super::rules::category_choices;
use super::{View, views};
use crate::components::{Choice, Col, FilterBar, Icon, Pager, Table, cell_lines, empty_state, options, saved_views};
use crate::desk::verdict::{badge, remark, short};
use crate::{Href, Lang, Shell, links};

/// A page of the scan log.
pub struct ScansPage<'a> {
    /// Edition slug.
    pub edition: &'a str,
    /// What is asked.
    pub filter: &'a ScanFilter,
    /// Rows, newest first.
    pub lines: &'a [ScanLine],
    /// Gates to filter by.
    pub gates: &'a [PlaceChoice],
    /// Devices to filter by.
    pub devices: &'a [DeviceLine],
    /// How many fit in all.
    pub total: i64,
    /// Where the next page begins.
    pub next: Option<String>,
    /// Whether this is not the first page.
    pub later: bool,
    /// The venue's time zone.
    pub zone: Tz,
    /// Views the viewer kept of the list.
    pub views: &'a [SavedView],
    /// May see gates, rules, devices.
    pub manage: bool,
    /// May take the list away as a file.
    pub export: bool,
}

impl ScansPage<'_> {
    /// The whole page.
    pub fn render(&self, shell: &Shell) -> Markup {
        let lang = shell.lang;
        let body = html! {
            (self.filters(lang))
            @if self.lines.is_empty() {
                (empty_state(Icon::Scan, &lang.t("admission-scans-empty"), &lang.t("admission-scans-empty-help"), &html! {}))
            } @else {
                (self.table(lang))
                (Pager::new(lang, self.lines.len()).total(self.total)
                    .first(self.later.then(|| self.here(&[])))
                    .next(self.next.as_ref().map(|next| self.here(&[("after", next)]))))
            }
        };
        shell
            .page(lang.t("admission-scans"))
            .wide()
            .tabs(views(lang, self.edition, View::Scans, self.manage))
            .body(&body)
    }

    fn here(&self, more: &[(&str, &str)]) -> Href {
        self.with_filter(links::admission::scans(self.edition)).query(more)
    }

    fn with_filter(&self, link: Href) -> Href {
        let text = |id: Option<String>| id.unwrap_or_default();
        let filter = self.filter;
        link.query(&[
            ("q", &filter.words),
            ("gate", &text(filter.gate.map(|id| id.to_string()))),
            ("device", &text(filter.device.map(|id| id.to_string()))),
            ("verdict", filter.verdict.map_or("", VerdictKind::code)),
            ("reason", filter.reason.unwrap_or_default()),
            ("category", filter.category.map_or("", |category| category.code())),
            ("day", &text(filter.day.map(|day| day.to_string()))),
            ("special", self.special()),
            ("registration", &text(filter.registration.map(|id| id.to_string()))),
        ])
    }

    fn special(&self) -> &'static str {
        match (self.filter.overridden, self.filter.offline) {
            (true, _) => "overridden",
            (_, true) => "offline",
            _ => "",
        }
    }

    fn filters(&self, lang: Lang) -> Markup {
        let filter = self.filter;
        let gates = self.gates.iter().map(|gate| Choice::new(gate.id.to_string(), gate.code.clone())).collect();
        let devices =
            self.devices.iter().map(|line| Choice::new(line.device.id.to_string(), line.device.name.clone())).collect();
        let verdicts = options(lang, "admission-verdict", VerdictKind::ALL.iter().map(|kind| kind.code()));
        let reasons = options(lang, "admission-reason", Reason::CODES.iter().copied());
        let categories = category_choices(lang, "component-filter-all").split_off(1);
        let special = options(lang, "admission-special", ["overridden", "offline"]);
        let text = |id: Option<String>| id.unwrap_or_default();
        let mut bar = FilterBar::new(lang, links::admission::scans(self.edition))
            .search("q", &filter.words, lang.t("admission-scans-search"))
            .select("gate", lang.t("admission-gate"), gates, &text(filter.gate.map(|id| id.to_string())))
            .select("verdict", lang.t("admission-verdict"), verdicts, filter.verdict.map_or("", VerdictKind::code))
            .select("reason", lang.t("admission-reason"), reasons, filter.reason.unwrap_or_default())
            .select("category", lang.t("admission-category"), categories, filter.category.map_or("", |c| c.code()))
            .select("device", lang.t("admission-device"), devices, &text(filter.device.map(|id| id.to_string())))
            .select("special", lang.t("admission-special"), special, self.special());
        bar = bar.extra(saved_views(lang, self.edition, "scans", &self.here(&[]), self.views));
        if let Some(day) = filter.day {
            bar = bar.keep("day", day);
        }
        if let Some(registration) = filter.registration {
            bar = bar.keep("registration", registration);
        }
        bar.exports(self.export, |format: &str| self.with_filter(links::admission::scans_export(self.edition, format)))
            .render()
    }

    fn table(&self, lang: Lang) -> Markup {
        let mut table = Table::new(
            lang.t("admission-scans"),
            vec![
                Col::tight(lang.t("admission-time")),
                Col::main(lang.t("admission-person")),
                Col::new(lang.t("admission-category")).wide_only(),
                Col::new(lang.t("admission-gate")),
                Col::new(lang.t("admission-verdict")),
                Col::new(lang.t("admission-why")),
                Col::new(lang.t("admission-device")).wide_only(),
            ],
        )
        .sticky();
        for line in self.lines {
            table.row(vec![
                html! { time datetime=(line.entry_time.to_rfc3339()) { (lang.day(line.entry_time.with_timezone(&self.zone).date_naive())) ", " (lang.clock(line.entry_time, self.zone)) } },
                self.person(line),
                html! { @if let Some(category) = line.category { (lang.term("category", category.code())) } },
                html! { (line.gate) " · " (lang.term("admission-direction", line.direction.code())) },
                badge(lang, line.verdict).render(),
                self.why(lang, line),
                html! { @if let Some(device) = &line.device { (cell_lines(device, &format!("#{}", line.sequence))) } },
            ]);
        }
        table.render()
    }

    fn person(&self, line: &ScanLine) -> Markup {
        match &line.person {
            Some(person) => {
                let link = links::admission::person(self.edition, person.registration);
                cell_lines(html! { a href=(link) { (person.name) } }, &person.company)
            }
            None => html! { code { (short(&line.code)) } },
        }
    }

    fn why(&self, lang: Lang, line: &ScanLine) -> Markup {
        let said = remark(lang, self.zone, line.reason.as_deref(), &line.details);
        let mut notes = Vec::new();
        if let Some(reason) = &line.override_reason {
            notes.push(lang.with("admission-overridden-because", &[("reason", reason.as_str().into())]));
        }
        if line.offline {
            notes.push(lang.t("admission-offline"));
        }
        if line.details.clock_unknown {
            notes.push(lang.t("admission-clock-unknown"));
        }
        if line.details.withdrawn {
            notes.push(lang.t("door-handed-in-late"));
        }
        cell_lines(said, &lang.list(&notes))
    }
}
