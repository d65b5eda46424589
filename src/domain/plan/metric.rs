//! Live metrics: figures computed from business data whenever somebody looks, so that an indicator can be compared with
//! what is true now. The catalogue is data (`fixtures/plan/metrics.csv`); the store answers each metric with one query.

use super::vocabulary::Phase;
use crate::refusal::Parse;
use crate::registration::Category;
use crate::{Bilingual, Refusal};
use chrono::NaiveDate;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;
use std::sync::LazyLock;

codes! {
    /// A metric of the catalogue.
    Metric {
        /// Share of tasks that are through.
        TasksDone "tasks_done",
        /// Tasks that should be through, or begun, and are not.
        TasksLate "tasks_late",
        /// Tasks that begin soon and have no owner.
        TasksUnowned "tasks_unowned",
        /// Share of accepted tasks that needed one round.
        FirstPass "first_pass",
        /// Mean number of rounds.
        RoundsPerTask "rounds_per_task",
        /// Deviations nobody has closed.
        DeviationsOpen "deviations_open",
        /// Open deviations past their day.
        DeviationsOverdue "deviations_overdue",
        /// Median days from opening to closing.
        DeviationDays "deviation_days",
        /// Share of net space that exhibitors hold.
        SpaceContracted "space_contracted",
        /// Stands nobody holds.
        StandsFree "stands_free",
        /// Raw stands whose build permit is not collected.
        StandsWithoutPermit "stands_without_permit",
        /// Exhibitors that hold no stand.
        ExhibitorsWithoutStand "exhibitors_without_stand",
        /// Applications nobody has decided.
        ApplicationsOpen "applications_open",
        /// Share of decided applications that were accepted.
        ApplicationsAccepted "applications_accepted",
        /// Days the oldest undecided application waits.
        ApplicationDays "application_days",
        /// Share of mandatory duties that are through.
        DutiesDone "duties_done",
        /// Mandatory duties past their deadline.
        DutiesOverdue "duties_overdue",
        /// Share of exhibitors with a contact in the portal.
        PortalJoined "portal_joined",
        /// Registrations that stand.
        Registrations "registrations",
        /// Registrations against goal and curve.
        RegistrationsPlan "registrations_plan",
        /// Registrations that wait for approval.
        RegistrationsPending "registrations_pending",
        /// Badges that are valid.
        BadgesIssued "badges_issued",
        /// Approved registrations without a badge.
        BadgesMissing "badges_missing",
        /// Share of mails that left.
        MailsDelivered "mails_delivered",
        /// Admissions inwards today.
        EntriesToday "entries_today",
        /// People who came in today and have not left.
        PeopleInside "people_inside",
        /// Share of today's scans that were denied.
        DenialRate "denial_rate",
        /// Scans of today that came late.
        ScansLate "scans_late",
        /// Offline admissions nobody has looked at.
        ScanConflicts "scan_conflicts",
        /// Devices that are not heard of.
        DevicesSilent "devices_silent",
        /// Share of the busiest gate.
        BusiestGate "busiest_gate",
    }
}

codes! {
    /// What narrows a metric.
    Param {
        /// Only tasks (or deviations of tasks) of this phase.
        Phase "phase",
        /// Only deviations this bad.
        Severity "severity",
        /// Only this hall, by its code.
        Hall "hall",
        /// Only this duty, by its code.
        Duty "duty",
        /// Only this category of people.
        Category "category",
        /// Only this gate, by its code.
        Gate "gate",
        /// The figure wanted by opening day.
        Goal "goal",
    }
}

/// What the catalogue says of a metric.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Entry {
    /// The metric.
    pub metric: Metric,
    /// Part of the product it counts in: `tasks`, `stands`, `applications`, `duties`, `registrations`, `badges`, `scans`.
    pub area: String,
    /// Unit: `%`, `days`, `rounds`, or empty for a count.
    pub unit: String,
    /// What may narrow it.
    pub params: Vec<Param>,
    /// Name.
    pub name: Bilingual,
    /// What it counts, in a sentence.
    pub counts: Bilingual,
    /// How it is computed, over the words of the database.
    pub formula: String,
}

static CATALOGUE: LazyLock<Vec<Entry>> = LazyLock::new(|| {
    let text = include_str!("../../../fixtures/plan/metrics.csv");
    let mut all = Vec::new();
    for row in csv::Reader::from_reader(text.as_bytes()).records().flatten() {
        let cell = |at: usize| row.get(at).unwrap_or_default().to_owned();
        let Some(metric) = Metric::parse(&cell(0)) else { continue };
        all.push(Entry {
            metric,
            area: cell(1),
            unit: cell(2),
            params: cell(3).split_whitespace().filter_map(Param::parse).collect(),
            name: Bilingual::new(cell(4), cell(5)),
            counts: Bilingual::new(cell(6), cell(7)),
            formula: cell(8),
        });
    }
    all
});

/// Every metric with its words, in the order of the catalogue.
pub fn catalogue() -> &'static [Entry] {
    &CATALOGUE
}

impl Metric {
    /// What the catalogue says of it.
    ///
    /// # Panics
    /// Never: a test holds catalogue and enumeration together.
    pub fn entry(self) -> &'static Entry {
        CATALOGUE.iter().find(|entry| entry.metric == self).expect("the catalogue has every metric")
    }
}

/// A metric as an indicator uses it: narrowed, ready to be asked.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct MetricUse {
    /// Which.
    pub metric: Metric,
    /// Narrowed by what.
    #[serde(default)]
    pub filter: BTreeMap<Param, String>,
}

/// What a metric says now.
#[derive(Debug, Clone, Copy, PartialEq, Default)]
pub struct Reading {
    /// The figure; `None` where there is nothing to count from, which is not the same as 0.
    pub value: Option<f64>,
    /// The whole a share is of, or how many were looked at.
    pub base: i64,
}

impl Reading {
    /// A count.
    pub fn count(value: i64) -> Self {
        Reading { value: Some(value as f64), base: value }
    }

    /// A share in percent, rounded to a tenth; nothing of nothing is no data.
    pub fn share(part: i64, whole: i64) -> Self {
        let value = (whole > 0).then(|| tenths(part as f64 * 100.0 / whole as f64));
        Reading { value, base: whole }
    }

    /// A mean or another figure over `base` records, rounded to a tenth.
    pub fn figure(value: Option<f64>, base: i64) -> Self {
        Reading { value: value.filter(|_| base > 0).map(tenths), base }
    }
}

fn tenths(value: f64) -> f64 {
    (value * 10.0).round() / 10.0
}

/// The middle of a list; the mean of the two in the middle of an even one.
pub fn median(mut values: Vec<f64>) -> Option<f64> {
    values.sort_by(f64::total_cmp);
    let middle = values.len() / 2;
    match values.len() {
        0 => None,
        odd if odd % 2 == 1 => Some(values[middle]),
        _ => Some(f64::midpoint(values[middle - 1], values[middle])),
    }
}

/// The share of all registrations that are in by a day, counted from opening day; straight lines between the points of
/// `fixtures/plan/registration-curve.csv`.
pub fn curve(day: NaiveDate, opens_on: NaiveDate) -> f64 {
    static POINTS: LazyLock<Vec<(f64, f64)>> = LazyLock::new(|| {
        let text = include_str!("../../../fixtures/plan/registration-curve.csv");
        let number = |row: &csv::StringRecord, at: usize| row.get(at).and_then(|cell| cell.trim().parse().ok());
        let rows = csv::Reader::from_reader(text.as_bytes()).into_records().flatten();
        rows.filter_map(|row| Some((number(&row, 0)?, number(&row, 1)?))).collect()
    });
    let at = (day - opens_on).num_days() as f64;
    let after = POINTS.iter().position(|(days, _)| *days >= at);
    match after {
        None => 1.0,
        Some(0) => 0.0,
        Some(next) => {
            let ((x0, y0), (x1, y1)) = (POINTS[next - 1], POINTS[next]);
            y0 + (y1 - y0) * (at - x0) / (x1 - x0)
        }
    }
}

impl MetricUse {
    /// A metric that is not narrowed.
    pub fn plain(metric: Metric) -> Self {
        MetricUse { metric, filter: BTreeMap::new() }
    }

    /// The value that narrows it.
    pub fn get(&self, param: Param) -> Option<&str> {
        self.filter.get(&param).map(String::as_str).filter(|text| !text.is_empty())
    }

    /// The goal, where it has one.
    pub fn goal(&self) -> Option<i64> {
        self.get(Param::Goal).and_then(|text| text.parse().ok()).filter(|goal| *goal > 0)
    }

    /// `registrations category=media`: as fixtures and the database write it.
    pub fn text(&self) -> String {
        let mut text = self.metric.code().to_owned();
        for (param, value) in &self.filter {
            text.push_str(&format!(" {}={value}", param.code()));
        }
        text
    }

    /// Reads what [`MetricUse::text`] writes.
    pub fn parse(text: &str) -> Option<Self> {
        let mut words = text.split_whitespace();
        let mut used = MetricUse::plain(Metric::parse(words.next()?)?);
        for word in words {
            let (param, value) = word.split_once('=')?;
            used.filter.insert(Param::parse(param)?, value.to_owned());
        }
        Some(used)
    }

    /// Reads a metric and what narrows it from a form. Fields are named `filter_<param>`.
    pub fn read(parse: &mut Parse, metric: &str, typed: &BTreeMap<String, String>) -> Option<Self> {
        let metric = parse.choice("metric", metric, Metric::parse)?;
        let mut used = MetricUse::plain(metric);
        for param in &metric.entry().params {
            let field = format!("filter_{}", param.code());
            let Some(text) = typed.get(param.code()).map(|text| text.trim()).filter(|text| !text.is_empty()) else {
                if *param == Param::Goal {
                    parse.refuse(Refusal::invalid("required").at(&field));
                }
                continue;
            };
            let fits = match param {
                Param::Phase => Phase::parse(text).is_some(),
                Param::Severity => super::Severity::parse(text).is_some(),
                Param::Category => Category::ALL.iter().any(|one| one.code() == text),
                Param::Goal => text.parse::<i64>().is_ok_and(|goal| goal > 0),
                Param::Hall | Param::Duty | Param::Gate => {
                    text.len() <= 40 && text.chars().all(|c| c.is_alphanumeric() || "-_.".contains(c))
                }
            };
            if fits {
                used.filter.insert(*param, text.to_owned());
            } else {
                parse.refuse(Refusal::invalid("unknown-choice").at(&field).with("value", text));
            }
        }
        Some(used)
    }
}

/// The catalogue as a page of documentation; `docs/metrics.md` is this text, and a test holds it to that.
pub fn documentation() -> String {
    let mut text = String::from(
        "# Live metrics\n\nFigures computed from the data of an edition whenever somebody looks. An indicator of the kind \
         *live* compares one of them with its target; the value is stored as a measurement when a check or a gate decision \
         uses it. This page is made from `fixtures/plan/metrics.csv`; a test holds it to that. *No data* (a share of \
         nothing) is not 0: an indicator without data is not met.\n",
    );
    let mut area = "";
    for entry in catalogue() {
        if entry.area != area {
            area = &entry.area;
            text.push_str(&format!(
                "\n## {area}\n\n| code | unit | narrowed by | name | what it counts | formula |\n|---|---|---|---|---|---|\n"
            ));
        }
        let params: Vec<&str> = entry.params.iter().map(|param| param.code()).collect();
        let unit = if entry.unit.is_empty() { "count" } else { &entry.unit };
        text.push_str(&format!(
            "| `{}` | {unit} | {} | {} ({}) | {} | `{}` |\n",
            entry.metric.code(),
            params.join(", "),
            entry.name.en,
            entry.name.zh,
            entry.counts.en,
            entry.formula
        ));
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_catalogue_has_every_metric_once_with_all_its_words() {
        let codes: Vec<&str> = catalogue().iter().map(|entry| entry.metric.code()).collect();
        let all: Vec<&str> = Metric::ALL.iter().map(|metric| metric.code()).collect();
        assert_eq!(codes, all, "the file is in the order of the enumeration");
        for entry in catalogue() {
            let words = [&entry.name.en, &entry.name.zh, &entry.counts.en, &entry.counts.zh, &entry.formula];
            assert!(words.iter().all(|text| !text.is_empty()), "{}", entry.metric.code());
        }
    }

    #[test]
    fn the_documentation_is_the_catalogue() {
        let written = include_str!("../../../docs/metrics.md");
        assert!(written == documentation(), "docs/metrics.md is out of date; it has to read:\n{}", documentation());
    }

    #[test]
    fn a_use_survives_its_text() {
        for text in
            ["registrations category=media", "tasks_late", "registrations_plan category=trade_visitor goal=20000"]
        {
            assert_eq!(MetricUse::parse(text).expect("readable").text(), text);
        }
        for text in ["", "nothing", "registrations media", "registrations colour=red"] {
            assert_eq!(MetricUse::parse(text), None, "{text}");
        }
    }

    #[test]
    fn a_share_of_nothing_is_no_data() {
        assert_eq!(Reading::share(0, 0).value, None);
        assert_eq!(Reading::share(1, 3).value, Some(33.3));
        assert_eq!(median(vec![]), None);
        assert_eq!(median(vec![3.0, 1.0, 2.0, 10.0]), Some(2.5));
    }

    #[test]
    fn the_curve_rises_to_the_whole() {
        let d0 = NaiveDate::from_ymd_opt(2027, 5, 12).expect("a date");
        let shares: Vec<f64> = (-220..=3).map(|day| curve(d0 + chrono::Duration::days(day), d0)).collect();
        assert!(shares.windows(2).all(|pair| pair[0] <= pair[1]));
        assert_eq!((shares[0], *shares.last().expect("days")), (0.0, 1.0));
    }
}
