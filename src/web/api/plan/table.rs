//! Bringing a table into the plan by program: the same reading, judging and taking over as on the page.

use crate::api::{ApiFail, Problem};
use crate::guard::{Api, may};
use app::App;
use axum::Json;
use axum::body::Bytes;
use axum::extract::{Query, State};
use domain::plan::table::{ImportField, Verdict, guess};
use serde::{Deserialize, Serialize};
use templates::Lang;
use templates::organizer::plan::why_row;
use utoipa::{OpenApi, ToSchema};

/// This file's part of the description.
#[derive(OpenApi)]
#[openapi(paths(import), components(schemas(TableOut, LineOut)))]
pub struct Doc;

/// How a table is taken.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub(super) struct How {
    preview: bool,
    skip_rejected: bool,
    columns: String,
}

/// A row that is rejected.
#[derive(Debug, Serialize, ToSchema)]
pub struct LineOut {
    /// Line of the file.
    line: u32,
    /// Code of its task.
    code: String,
    /// Every reason, in English.
    reasons: Vec<String>,
}

/// A judged table.
#[derive(Debug, Serialize, ToSchema)]
pub struct TableOut {
    /// False for a preview.
    saved: bool,
    /// What each column fills; `-` for nothing.
    columns: Vec<String>,
    /// Tasks the plan did not have.
    new: usize,
    /// Tasks with other values.
    changed: usize,
    /// Tasks as they are.
    unchanged: usize,
    /// Rows that were rejected.
    rejected: Vec<LineOut>,
    /// Tasks that move.
    moves: usize,
    /// Revision of the plan afterwards; of the plan as it is for a preview.
    revision: i32,
}

/// Takes a table over: the body is the file, CSV or XLSX. Without `skip_rejected` one rejected row keeps all out.
#[utoipa::path(post, path = "/api/v1/editions/{edition}/plan/import", tag = "plan", security(("token" = [])),
    request_body(content = String, content_type = "text/csv", description = "CSV, or an Excel workbook as it is"),
    params(("edition" = String, Path),
        ("preview" = Option<bool>, Query, description = "judge every row and save nothing"),
        ("skip_rejected" = Option<bool>, Query, description = "take over the rest"),
        ("columns" = Option<String>, Query, description = "what each column fills, separated by commas, `-` for nothing; guessed from the headings when absent")),
    responses((status = 200, body = TableOut), (status = 409, body = Problem), (status = 422, body = Problem)))]
pub(super) async fn import(
    caller: Api<may::PlanEdit>,
    State(app): State<App>,
    Query(how): Query<How>,
    body: Bytes,
) -> Result<Json<TableOut>, ApiFail> {
    let grid = app::plan::read_table(&body)?;
    let mapping: Vec<Option<ImportField>> = match how.columns.trim() {
        "" => guess(&grid.heads),
        text => {
            let mut columns: Vec<_> = text.split(',').map(|one| ImportField::parse(one.trim())).collect();
            columns.resize(grid.heads.len(), None);
            columns
        }
    };
    let (viewer, edition) = (&caller.viewer, &caller.edition);
    let run = app::plan::dry_run(&app, viewer, edition, &grid, &mapping).await?;
    let lines = &run.imported.lines;
    let count = |is: fn(&Verdict) -> bool| lines.iter().filter(|line| is(&line.verdict)).count();
    let seen = run.board.sheet.revision;
    let mut out = TableOut {
        saved: false,
        columns: mapping.iter().map(|field| field.map_or("-", ImportField::code).to_owned()).collect(),
        new: count(|one| matches!(one, Verdict::New)),
        changed: count(|one| matches!(one, Verdict::Changed(_))),
        unchanged: count(|one| matches!(one, Verdict::Unchanged)),
        rejected: run
            .imported
            .rejected()
            .map(|line| LineOut { line: line.line, code: line.code.clone(), reasons: why_row(Lang::EN, &line.verdict) })
            .collect(),
        moves: run.delta.moves.len(),
        revision: seen,
    };
    if !how.preview {
        let saved =
            app::plan::import_table(&app, viewer, edition, &grid, &mapping, how.skip_rejected, Some(seen)).await?;
        (out.saved, out.revision) = (true, saved.revision);
    }
    Ok(Json(out))
}
