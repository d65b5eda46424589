//! Gates as the templates have them, and the indicators that refine what a "done when" sentence plainly says: data in
//! `fixtures/plan/gates.csv` and `fixtures/plan/indicators.csv`.

use super::{CriterionKind, parse_asks, parse_signers};
use crate::Bilingual;
use crate::plan::Indicator;
use crate::plan::indicator::{Comparison, IndicatorKind, Target};
use crate::plan::metric::MetricUse;
use crate::plan::vocabulary::Function;
use std::sync::LazyLock;

/// A gate of a template.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TemplateGate {
    /// Template it belongs to.
    pub template: String,
    /// Code.
    pub code: String,
    /// Name.
    pub name: Bilingual,
    /// Code of the task it stands behind in the list.
    pub after: String,
    /// Codes of the tasks that must be confirmed.
    pub deliverables: Vec<String>,
    /// Codes of the tasks it holds.
    pub guards: String,
    /// Decided for each place of this kind, where the venue has several.
    pub by_place: String,
    /// What it asks beyond its deliverables and indicators.
    pub asks: Vec<CriterionKind>,
    /// Open major deviations it lets pass.
    pub majors: i32,
    /// Who signs.
    pub signers: Vec<Function>,
}

/// An indicator of a template: of a gate, or refining a criterion of a task.
#[derive(Debug, Clone, PartialEq)]
pub struct TemplateIndicator {
    /// Template it belongs to.
    pub template: String,
    /// Code of the task or gate.
    pub task: String,
    /// Which criterion of the task's sentence it refines, counted from 1; 0 for one of its own.
    pub criterion: usize,
    /// How it is answered.
    pub kind: IndicatorKind,
    /// Target of a figure.
    pub target: Option<Target>,
    /// By how much it may be missed.
    pub tolerance: Option<f64>,
    /// Beyond which work stops.
    pub stop: Option<f64>,
    /// The metric of a live one.
    pub metric: Option<MetricUse>,
    /// Name, where it refines no sentence.
    pub name: Bilingual,
    /// How it is measured.
    pub method: String,
    /// Where the value comes from.
    pub source: String,
    /// The team that measures.
    pub role: Option<Function>,
    /// Unit of a number of its own.
    pub unit: String,
}

fn rows(text: &str) -> impl Iterator<Item = csv::StringRecord> + '_ {
    csv::Reader::from_reader(text.as_bytes()).into_records().flatten().collect::<Vec<_>>().into_iter()
}

static GATES: LazyLock<Vec<TemplateGate>> = LazyLock::new(|| {
    let read = |row: csv::StringRecord| {
        let cell = |at: usize| row.get(at).unwrap_or_default().trim().to_owned();
        TemplateGate {
            template: cell(0),
            code: cell(1),
            name: Bilingual::new(cell(2), cell(3)),
            after: cell(4),
            deliverables: cell(5).split_whitespace().map(str::to_owned).collect(),
            guards: cell(6),
            by_place: cell(7),
            asks: parse_asks(&cell(8)),
            majors: cell(9).parse().unwrap_or(0),
            signers: parse_signers(&cell(10)),
        }
    };
    rows(include_str!("../../../../fixtures/plan/gates.csv")).map(read).collect()
});

static INDICATORS: LazyLock<Vec<TemplateIndicator>> = LazyLock::new(|| {
    let read = |row: csv::StringRecord| {
        let cell = |at: usize| row.get(at).unwrap_or_default().trim().to_owned();
        let number = |at: usize| cell(at).parse::<f64>().ok();
        let metric = MetricUse::parse(&cell(8));
        Some(TemplateIndicator {
            template: cell(0),
            task: cell(1),
            criterion: cell(2).parse().ok()?,
            kind: IndicatorKind::parse(&cell(3))?,
            target: Comparison::parse(&cell(4)).zip(number(5)).map(|(how, value)| Target::new(how, value)),
            tolerance: number(6),
            stop: number(7),
            metric,
            name: Bilingual::new(cell(9), cell(10)),
            method: cell(11),
            source: cell(12),
            role: Function::parse(&cell(13)),
            unit: cell(14),
        })
    };
    rows(include_str!("../../../../fixtures/plan/indicators.csv")).filter_map(read).collect()
});

/// The gates of a template, in order.
pub fn gates(template: &str) -> impl Iterator<Item = &'static TemplateGate> + '_ {
    GATES.iter().filter(move |gate| gate.template == template)
}

/// The indicators a template has for a task or gate beyond its sentence.
pub fn indicators<'a>(template: &'a str, task: &'a str) -> impl Iterator<Item = &'static TemplateIndicator> + use<'a> {
    INDICATORS.iter().filter(move |one| one.template == template && one.task == task)
}

impl TemplateIndicator {
    /// Puts what the template says into an indicator.
    pub fn refine(&self, mut one: Indicator) -> Indicator {
        one.kind = self.kind;
        one.target = self.target.filter(|_| self.kind.is_figure());
        if !self.kind.is_figure() {
            one.unit.clear();
        }
        if let Some(used) = &self.metric {
            one.unit.clone_from(&used.metric.entry().unit);
        } else if !self.unit.is_empty() {
            one.unit.clone_from(&self.unit);
        }
        (one.tolerance, one.stop) = (self.tolerance, self.stop);
        one.metric.clone_from(&self.metric);
        one.method.clone_from(&self.method);
        one.source.clone_from(&self.source);
        one.role = self.role;
        if !self.name.en.is_empty() {
            one.name = self.name.clone();
        }
        one
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::plan::templates;

    #[test]
    fn the_data_fits_the_templates() {
        let lines = |text: &str| text.lines().count() - 1;
        assert_eq!(GATES.len(), lines(include_str!("../../../../fixtures/plan/gates.csv")));
        assert_eq!(INDICATORS.len(), lines(include_str!("../../../../fixtures/plan/indicators.csv")));
        assert_eq!(gates("trade-show").count(), 10);
        assert_eq!(gates("conference").count(), 5);
        for template in templates() {
            for gate in gates(&template.code) {
                for code in gate.deliverables.iter().chain([&gate.after]) {
                    assert!(template.task(code).is_some(), "{} names {code}", gate.code);
                }
                let held = template.tasks.iter().filter(|task| super::super::guards(&gate.guards, &task.code)).count();
                assert!(held > 0 || gate.guards.is_empty(), "{} holds nothing", gate.code);
                assert!(!gate.signers.is_empty(), "{} has no signer", gate.code);
            }
            for one in INDICATORS.iter().filter(|one| one.template == template.code) {
                let gate = gates(&template.code).any(|gate| gate.code == one.task);
                let known =
                    template.task(&one.task).is_some_and(|task| (1..=task.criteria.len()).contains(&one.criterion));
                assert!(if gate { one.criterion == 0 && !one.name.zh.is_empty() } else { known }, "{one:?}");
                assert_eq!(one.kind.is_figure(), one.target.is_some(), "{one:?}");
                assert_eq!(one.kind == IndicatorKind::Live, one.metric.is_some(), "{one:?}");
            }
        }
    }

    #[test]
    fn no_task_is_held_by_two_gates_of_one_place() {
        for template in templates() {
            for task in &template.tasks {
                let held: Vec<&str> = gates(&template.code)
                    .filter(|gate| super::super::guards(&gate.guards, &task.code))
                    .map(|gate| gate.code.as_str())
                    .collect();
                assert!(held.len() <= 1, "{} is held by {held:?}", task.code);
            }
        }
    }
}
