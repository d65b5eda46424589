//! An indicator as a person types it, read into a command.

use super::indicator::{Comparison, Indicator, IndicatorKind, Target};
use super::metric::MetricUse;
use super::vocabulary::Function;
use crate::journal::{Fact, Subject, SubjectKind};
use crate::refusal::Parse;
use crate::{Bilingual, Refusal};
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// What a person types. Field names are those of the form and of refusals.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct IndicatorDraft {
    /// Name in English.
    pub name_en: String,
    /// Name in Chinese.
    pub name_zh: String,
    /// `yes_no`, `number`, `document`, `photo`, `live`.
    pub kind: String,
    /// Unit of a number.
    pub unit: String,
    /// `at_least`, `at_most`, `more_than`, `less_than`, `equal`.
    pub comparison: String,
    /// Wanted figure.
    pub target: String,
    /// By how much it may be missed; empty for not at all.
    pub tolerance: String,
    /// Beyond which work stops; empty for no limit.
    pub stop: String,
    /// How it is measured.
    pub method: String,
    /// Where the value comes from.
    pub source: String,
    /// Code of the team that measures, may be empty.
    pub role: String,
    /// Anything but empty: must pass.
    pub mandatory: String,
    /// Code of the metric of a live one.
    pub metric: String,
    /// What narrows the metric, by name.
    pub filter: BTreeMap<String, String>,
}

/// An indicator to keep, read and checked.
#[derive(Debug, Clone, PartialEq)]
pub struct SaveIndicator {
    name: Bilingual,
    kind: IndicatorKind,
    unit: String,
    target: Option<Target>,
    tolerance: Option<f64>,
    stop: Option<f64>,
    method: String,
    source: String,
    role: Option<Function>,
    mandatory: bool,
    metric: Option<MetricUse>,
}

/// A figure as people write it: a comma or a point, perhaps a percent sign.
pub fn figure(text: &str) -> Option<f64> {
    let plain = text.trim().trim_end_matches('%').trim().replace(',', ".");
    plain.parse().ok().filter(|value: &f64| value.is_finite() && value.abs() < 1e12)
}

impl IndicatorDraft {
    /// The draft that would leave the indicator as it is.
    pub fn of(one: &Indicator) -> Self {
        let number = |value: Option<f64>| value.map(|value| value.to_string()).unwrap_or_default();
        let filter = one.metric.iter().flat_map(|used| &used.filter);
        IndicatorDraft {
            name_en: one.name.en.clone(),
            name_zh: one.name.zh.clone(),
            kind: one.kind.code().to_owned(),
            unit: one.unit.clone(),
            comparison: one.target.map(|target| target.comparison.code().to_owned()).unwrap_or_default(),
            target: number(one.target.map(|target| target.value)),
            tolerance: number(one.tolerance),
            stop: number(one.stop),
            method: one.method.clone(),
            source: one.source.clone(),
            role: one.role.map(|role| role.code().to_owned()).unwrap_or_default(),
            mandatory: if one.mandatory { "on".to_owned() } else { String::new() },
            metric: one.metric.as_ref().map(|used| used.metric.code().to_owned()).unwrap_or_default(),
            filter: filter.map(|(param, value)| (param.code().to_owned(), value.clone())).collect(),
        }
    }

    /// Reads the draft.
    ///
    /// # Errors
    /// Every field that cannot be read.
    pub fn parse(&self) -> Result<SaveIndicator, Vec<Refusal>> {
        let mut parse = Parse::new();
        let name_en = parse.required("name_en", &self.name_en, 300);
        let name_zh = parse.optional("name_zh", &self.name_zh, 300);
        let kind = parse.choice("kind", &self.kind, IndicatorKind::parse);
        let unit = parse.optional("unit", &self.unit, 40);
        let method = parse.optional("method", &self.method, 500);
        let source = parse.optional("source", &self.source, 200);
        let role = match self.role.trim() {
            "" => None,
            text => parse.choice("role", text, Function::parse),
        };
        let figures = kind.is_some_and(IndicatorKind::is_figure);
        let (mut target, mut tolerance, mut stop) = (None, None, None);
        if figures {
            let comparison = parse.choice("comparison", &self.comparison, Comparison::parse);
            let value = read_figure(&mut parse, "target", &self.target, true);
            target = comparison.zip(value).map(|(comparison, value)| Target::new(comparison, value));
            tolerance = read_figure(&mut parse, "tolerance", &self.tolerance, false);
            stop = read_figure(&mut parse, "stop", &self.stop, false);
            if tolerance.is_some_and(|value| value < 0.0) {
                parse.refuse(Refusal::invalid("not-a-number").at("tolerance"));
            }
            if let (Some(target), Some(stop)) = (target, stop)
                && !stop_fits(target, tolerance.unwrap_or(0.0), stop)
            {
                parse.refuse(Refusal::invalid("indicator-stop").at("stop"));
            }
        }
        let metric = match kind {
            Some(IndicatorKind::Live) => MetricUse::read(&mut parse, &self.metric, &self.filter),
            _ => None,
        };
        let unit = metric.as_ref().map_or(unit, |used| used.metric.entry().unit.clone());
        parse.finish(|| SaveIndicator {
            name: Bilingual::new(name_en, name_zh),
            kind: kind.unwrap_or(IndicatorKind::YesNo),
            unit: if figures { unit } else { String::new() },
            target,
            tolerance,
            stop,
            method,
            source,
            role,
            mandatory: !self.mandatory.trim().is_empty(),
            metric,
        })
    }
}

fn read_figure(parse: &mut Parse, field: &str, text: &str, needed: bool) -> Option<f64> {
    if text.trim().is_empty() {
        if needed {
            parse.refuse(Refusal::invalid("required").at(field));
        }
        return None;
    }
    let value = figure(text);
    if value.is_none() {
        parse.refuse(Refusal::invalid("not-a-measure").at(field).with("value", text.trim()));
    }
    value
}

/// The limit lies beyond what is tolerated, or it would stop work that passes.
fn stop_fits(target: Target, tolerance: f64, stop: f64) -> bool {
    match target.comparison {
        Comparison::AtLeast | Comparison::MoreThan => stop <= target.value - tolerance,
        Comparison::AtMost | Comparison::LessThan => stop >= target.value + tolerance,
        Comparison::Equal => stop >= tolerance,
    }
}

impl SaveIndicator {
    /// The indicator as it then is.
    pub fn apply(&self, old: &Indicator) -> Indicator {
        Indicator {
            name: self.name.clone(),
            kind: self.kind,
            unit: self.unit.clone(),
            target: self.target,
            tolerance: self.tolerance,
            stop: self.stop,
            method: self.method.clone(),
            source: self.source.clone(),
            role: self.role,
            mandatory: self.mandatory,
            metric: self.metric.clone(),
            ..old.clone()
        }
    }
}

/// What the journal keeps of an indicator that was added, changed or taken off.
pub fn fact(kind: &str, task_code: &str, one: &Indicator, before: Option<&Indicator>) -> Fact {
    let words = |one: &Indicator| serde_json::to_value(IndicatorDraft::of(one)).unwrap_or_default();
    let fact = Fact::new(kind, Subject::new(SubjectKind::Task, one.task), one.edition)
        .with("code", task_code)
        .with("name_en", one.name.en.as_str())
        .with("name_zh", if one.name.zh.is_empty() { one.name.en.as_str() } else { one.name.zh.as_str() })
        .with("after", words(one));
    match before {
        Some(before) => fact.with("before", words(before)),
        None => fact,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn codes(draft: &IndicatorDraft) -> Vec<(String, String)> {
        let refusals = draft.parse().expect_err("refused");
        refusals.into_iter().map(|one| (one.field.unwrap_or_default(), one.code)).collect()
    }

    fn said(list: &[(&str, &str)]) -> Vec<(String, String)> {
        list.iter().map(|(a, b)| ((*a).to_owned(), (*b).to_owned())).collect()
    }

    #[test]
    fn every_field_is_answered() {
        let text = |text: &str| text.to_owned();
        let number = IndicatorDraft { name_en: text("Queue"), kind: text("number"), ..IndicatorDraft::default() };
        assert_eq!(codes(&number), said(&[("comparison", "unknown-choice"), ("target", "required")]));
        let most = IndicatorDraft { comparison: text("at_most"), target: text("10"), ..number.clone() };
        assert!(most.parse().is_ok());
        let within = IndicatorDraft { tolerance: text("5"), stop: text("12"), ..most.clone() };
        assert_eq!(codes(&within), said(&[("stop", "indicator-stop")]));
        let live = IndicatorDraft { kind: text("live"), metric: text("registrations_plan"), ..most };
        assert_eq!(codes(&live), said(&[("filter_goal", "required")]));
        let bad = IndicatorDraft { filter: [(text("goal"), text("x"))].into(), ..live };
        assert_eq!(codes(&bad), said(&[("filter_goal", "unknown-choice")]));
    }
}
