//! What holds a task or milestone.

use super::board;
use crate::answer::{Answer, Fail, page};
use crate::guard::{Staff, may};
use app::App;
use axum::extract::{Query, State};
use domain::plan::DAY;
use serde::Deserialize;
use templates::organizer::plan::Paths;

/// Chains shown at most.
const MOST: usize = 12;

/// What is asked.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub(super) struct Asked {
    to: String,
    within: String,
}

pub(super) async fn show(staff: Staff<may::PlanRead>, State(app): State<App>, Query(asked): Query<Asked>) -> Answer {
    let board = board(&app, &staff.edition).await?;
    let named = board.find(&asked.to).and_then(|task| board.sheet.position(task.id));
    // Nobody named: the opening, else the last task.
    let target = match named {
        None if !asked.to.is_empty() => return Err(Fail::Missing),
        None => board.computed.opening.or(board.rows.len().checked_sub(1)).ok_or(Fail::Missing)?,
        Some(at) => at,
    };
    let within_days = asked.within.parse::<i64>().unwrap_or(3).clamp(0, 365);
    let computed = &board.computed;
    let paths = computed.network.paths(&computed.schedule, target, within_days * DAY, MOST);
    let shown = Paths { slug: &staff.edition.slug, board: &board, target, within_days, paths: &paths };
    page(shown.render(&staff.shell()))
}
