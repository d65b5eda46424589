//! The duties a trade show begins with: data from the fixtures, tied to codes of the plan template.

use serde::Deserialize;
use std::sync::LazyLock;

use super::AppliesTo;
use crate::locale::Bilingual;

/// One duty of a template.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DutyTemplate {
    /// Short code.
    pub code: String,
    /// Name.
    pub name: Bilingual,
    /// What to do.
    pub help: Bilingual,
    /// Code of the plan task whose finish is the deadline.
    pub task_code: String,
    /// Who has it.
    pub applies_to: AppliesTo,
    /// Whether the show depends on it.
    pub mandatory: bool,
}

#[derive(Deserialize)]
struct Row {
    code: String,
    name_en: String,
    name_zh: String,
    help_en: String,
    help_zh: String,
    task_code: String,
    applies_to: AppliesTo,
    mandatory: bool,
}

static TRADE_SHOW: LazyLock<Vec<DutyTemplate>> = LazyLock::new(|| {
    let text = include_str!("../../../fixtures/exhibitor/duties-trade-show.csv");
    csv::Reader::from_reader(text.as_bytes())
        .into_deserialize::<Row>()
        .map(|row| row.expect("the file is part of the program and a test reads it"))
        .map(|row| DutyTemplate {
            code: row.code,
            name: Bilingual::new(row.name_en, row.name_zh),
            help: Bilingual::new(row.help_en, row.help_zh),
            task_code: row.task_code,
            applies_to: row.applies_to,
            mandatory: row.mandatory,
        })
        .collect()
});

/// The duties of a trade show, in the order of the list.
#[must_use]
pub fn trade_show() -> &'static [DutyTemplate] {
    &TRADE_SHOW
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_template_is_complete_in_both_languages() {
        let all = trade_show();
        assert!(all.len() >= 12);
        let codes: std::collections::BTreeSet<_> = all.iter().map(|duty| &duty.code).collect();
        assert_eq!(codes.len(), all.len(), "codes are unique");
        for duty in all {
            assert!(!duty.name.en.is_empty() && !duty.name.zh.is_empty(), "{}", duty.code);
            assert!(!duty.help.en.is_empty() && !duty.help.zh.is_empty(), "{}", duty.code);
            assert!(!duty.task_code.is_empty(), "{}", duty.code);
        }
    }
}
