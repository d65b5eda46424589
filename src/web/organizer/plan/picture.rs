//! Pictures of the plan as files. What is drawn is asked for as on its page: the same query, the same picture.

use super::board;
use crate::answer::{Answer, Fail, download};
use crate::guard::{Staff, may};
use crate::path::Path;
use crate::pictures::file;
use app::App;
use axum::extract::{RawQuery, State};
use domain::access::Permission;

pub(super) async fn picture(
    staff: Staff<may::ExportData>,
    State(app): State<App>,
    Path((_, name)): Path<(String, String)>,
    query: RawQuery,
) -> Answer {
    if !staff.may(Permission::PlanRead) {
        return Err(Fail::Forbidden);
    }
    // A plan that is not there has no pictures.
    board(&app, &staff.edition).await?;
    let found = file(&app, &staff.edition, staff.ui.lang, &name, &query).await?.ok_or(Fail::Missing)?;
    download(&format!("{}-{name}", staff.edition.slug), found.0, found.1)
}
