//! What scenarios would do, beside the plan and its baselines. Nothing is saved.

use crate::{App, Error};
use domain::plan::delta::Delta;
use domain::plan::scenario::{Applied, Column, Scenario, Which, apply, effect};
use domain::plan::sheet::{Computed, refusals};
use domain::plan::view::Board;
use domain::{Bilingual, LinkId, Refusal};
use store::read::plan as read;

/// Most plans side by side.
const MOST: usize = 8;

/// A scenario tried on the plan.
#[derive(Clone, Debug)]
pub struct Tried {
    /// The plan as it would be.
    pub applied: Applied,
    /// Its dates.
    pub computed: Computed,
    /// What moves.
    pub delta: Delta,
}

/// Tries a scenario on the plan as it is.
///
/// # Errors
/// Why it does not fit.
pub fn try_scenario(app: &App, board: &Board, scenario: &Scenario) -> Result<Tried, Vec<Refusal>> {
    let applied = apply(&board.sheet, &scenario.steps, || app.id::<LinkId>())?;
    let computed = applied.sheet.compute().map_err(|faults| refusals(&faults, "predecessors"))?;
    let delta = effect((&board.sheet, &board.computed), &applied, &computed);
    Ok(Tried { applied, computed, delta })
}

/// The current plan, baselines and scenarios side by side, by their numbers.
///
/// # Errors
/// When the database does not answer.
pub async fn compare_plans(
    app: &App,
    board: &Board,
    baselines: &[i32],
    scenarios: &[i32],
) -> Result<Vec<Column>, Error> {
    let reader = app.reader();
    let current = Column::of(Which::Current, Bilingual::default(), &board.sheet, &board.computed);
    let mut columns = vec![current.clone()];
    for number in baselines.iter().take(MOST) {
        if let Some(then) = read::baseline(&reader, board.sheet.edition, *number).await? {
            columns.push(Column::baseline(&then, &board.sheet).against(&current));
        }
    }
    let all = read::scenarios(&reader, board.sheet.edition).await?;
    for scenario in all.iter().filter(|one| scenarios.contains(&one.number)).take(MOST) {
        let (which, name) = (Which::Scenario(scenario.number), scenario.name.clone());
        columns.push(match try_scenario(app, board, scenario) {
            Ok(tried) => Column::of(which, name, &tried.applied.sheet, &tried.computed).against(&current),
            Err(refusals) => Column::refused(which, name, refusals),
        });
    }
    Ok(columns)
}
