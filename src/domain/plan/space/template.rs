//! What the built-in plan templates ask of places, where their columns *place* and *done when*
//! plainly say so, and the rules by location that come with them. Data: `fixtures/plan/space-*.csv`
//! and `fixtures/plan/location-rules.csv`.

use super::mode::{Mode, Unit, When};
use super::requirement::Requirement;
use super::rule::LocationRule;
use super::state::PlaceState;
use crate::measure::parse_hundredths;
use crate::plan::task::{Release, Task};
use crate::sales::StandKind;
use crate::venue::PlaceKind;
use crate::{EditionId, LocationRuleId, RequirementId};

const SHOW: &str = include_str!("../../../../fixtures/plan/space-trade-show.csv");
const RULES: &str = include_str!("../../../../fixtures/plan/location-rules.csv");

/// What the tasks of a template's plan ask of places.
pub fn requirements(template: &str, tasks: &[Task], mut fresh: impl FnMut() -> RequirementId) -> Vec<Requirement> {
    let text = if template == "trade-show" { SHOW } else { "" };
    let mut reader = csv::Reader::from_reader(text.as_bytes());
    let mut all = Vec::new();
    for row in reader.records().flatten() {
        let cell = |at: usize| row.get(at).unwrap_or_default().trim();
        let Some(task) = tasks.iter().find(|task| task.code == cell(0)) else { continue };
        all.extend(requirement(&cell, task, fresh()));
    }
    all
}

fn requirement<'a>(cell: &impl Fn(usize) -> &'a str, task: &Task, id: RequirementId) -> Option<Requirement> {
    let minutes = |at: usize| cell(at).parse().unwrap_or_default();
    Some(Requirement {
        id,
        edition: task.edition,
        task: task.id,
        place: None,
        each: PlaceKind::parse(cell(1)),
        only: StandKind::parse(cell(2)),
        mode: Mode::parse(cell(3))?,
        quantity: parse_hundredths(cell(4)).unwrap_or_default(),
        unit: Unit::parse(cell(5)).unwrap_or(Unit::Area),
        setup: minutes(6),
        clear: minutes(7),
        needs: PlaceState::parse(cell(8)),
        when: When::parse(cell(9))?,
        produces: PlaceState::parse(cell(10)),
        lead: minutes(11),
        version: 1,
    })
}

/// The rules by location of a template.
pub fn rules(template: &str, edition: EditionId, mut fresh: impl FnMut() -> LocationRuleId) -> Vec<LocationRule> {
    let mut reader = csv::Reader::from_reader(RULES.as_bytes());
    let mut all = Vec::new();
    for row in reader.records().flatten() {
        let cell = |at: usize| row.get(at).unwrap_or_default().trim();
        let (Some(each), Some(release)) = (PlaceKind::parse(cell(1)), Release::parse(cell(4))) else { continue };
        if cell(0) == template {
            all.push(LocationRule {
                on: true,
                id: fresh(),
                edition,
                reason: cell(6).to_owned(),
                within: None,
                each,
                before: cell(2).to_owned(),
                after: cell(3).to_owned(),
                release,
                lag: cell(5).parse().unwrap_or_default(),
                version: 1,
            });
        }
    }
    all
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_row_can_be_read_and_names_a_task_of_its_template() {
        let template = crate::plan::template("trade-show").expect("the template");
        let mut reader = csv::Reader::from_reader(SHOW.as_bytes());
        for row in reader.records() {
            let row = row.expect("a row");
            let cell = |at: usize| row.get(at).unwrap_or_default();
            assert!(template.task(cell(0)).is_some(), "{row:?}");
            assert!(Mode::parse(cell(3)).is_some() && When::parse(cell(9)).is_some(), "{row:?}");
            assert!(cell(1).is_empty() || PlaceKind::parse(cell(1)).is_some(), "{row:?}");
            assert!(cell(5).is_empty() || Unit::parse(cell(5)).is_some(), "{row:?}");
            for at in [8, 10] {
                assert!(cell(at).is_empty() || PlaceState::parse(cell(at)).is_some(), "{row:?}");
            }
        }
        let edition = EditionId::from_uuid(uuid::Uuid::nil());
        let fresh = || LocationRuleId::from_uuid(uuid::Uuid::nil());
        assert_eq!(rules("trade-show", edition, fresh).len(), RULES.lines().count() - 1);
    }
}
