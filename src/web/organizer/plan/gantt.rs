//! The Gantt.

use super::board;
use crate::answer::{Answer, page};
use crate::guard::{Staff, may};
use crate::pictures::Drawn;
use app::App;
use axum::extract::{RawQuery, State};
use domain::access::Permission;

pub(super) async fn show(staff: Staff<may::PlanRead>, State(app): State<App>, query: RawQuery) -> Answer {
    let drawn = Drawn::read(&app, board(&app, &staff.edition).await?, &query).await?;
    let (may_edit, may_export) = (staff.may(Permission::PlanEdit), staff.may(Permission::ExportData));
    page(drawn.gantt(&staff.edition.slug, staff.ui.lang, may_edit, may_export).render(&staff.shell()))
}
