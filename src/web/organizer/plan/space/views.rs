//! The chart of places over time, and the list of conflicts.

use super::assessed;
use crate::answer::{Answer, page};
use crate::guard::{Staff, may};
use app::App;
use axum::extract::{RawQuery, State};
use domain::access::Permission;
use domain::plan::space::chart::{Chart, ChartFilter};
use domain::plan::space::view::{conflict_rows, established};
use templates::organizer::plan::space::{ChartPage, ConflictsPage};

/// Conflicts for which ways out are looked for.
const WAYS_FOR: usize = 60;

pub(super) async fn chart(staff: Staff<may::PlanRead>, State(app): State<App>, query: RawQuery) -> Answer {
    let (board, assessment) = assessed(&app, &staff.edition).await?;
    // Places may be unfolded several times, so the query is read as a form is.
    let filter: ChartFilter = serde_html_form::from_str(query.0.as_deref().unwrap_or_default()).unwrap_or_default();
    let chart = Chart::of(&board, &assessment, &filter, app.now());
    let view = ChartPage {
        slug: &staff.edition.slug,
        head: &board.head,
        chart: &chart,
        filter: &filter,
        established: established(&board, app.now()),
        faults: assessment.faults.len(),
    };
    page(view.render(&staff.shell()))
}

pub(super) async fn conflicts(staff: Staff<may::PlanRead>, State(app): State<App>) -> Answer {
    let (board, assessment) = assessed(&app, &staff.edition).await?;
    let rows = conflict_rows(&board, &assessment, WAYS_FOR);
    let view = ConflictsPage {
        slug: &staff.edition.slug,
        board: &board,
        rows: &rows,
        faults: &assessment.faults,
        may_edit: staff.may(Permission::PlanEdit),
    };
    page(view.render(&staff.shell()))
}
