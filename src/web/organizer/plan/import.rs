//! Bringing a table into the plan: the file, the columns, the dry run, the taking over, the rejected rows.

use super::revise::Sent;
use crate::answer::{Answer, Fail, download_file, page, refusals, refused, see_other, see_other_saying};
use crate::guard::{Staff, may};
use crate::path::Path;
use crate::upload;
use app::App;
use app::spreadsheet::{Format, Writer};
use axum::extract::{RawQuery, Request, State};
use domain::plan::table::{Grid, ImportField, Verdict, guess};
use domain::{DocumentId, Refusal};
use templates::organizer::plan::{ImportPage, ImportStart, why_row};
use templates::{Flash, FormState, Markup, links};

type TablePath = Path<(String, String)>;

pub(super) async fn start(staff: Staff<may::PlanEdit>) -> Answer {
    let start = ImportStart { slug: &staff.edition.slug, form: FormState::empty() };
    page(start.render(&staff.shell()))
}

pub(super) async fn upload(staff: Staff<may::PlanEdit>, State(app): State<App>, request: Request) -> Answer {
    let slug = &staff.edition.slug;
    let kept = match upload::raw_file(request, &app).await? {
        Some((name, content)) => app::plan::keep_table(&app, &staff.viewer, &staff.edition, &name, &content).await,
        None => Err(Refusal::invalid("required").at("file").into()),
    };
    match kept {
        Ok(id) => see_other(&links::revise::import_table(slug, id)),
        Err(error) => {
            let form = FormState::new(&serde_json::json!({}), &refusals(error)?);
            refused(ImportStart { slug, form }.render(&staff.shell()))
        }
    }
}

/// What each column fills: as chosen, else as its heading says.
fn mapping(grid: &Grid, chosen: &[(String, String)]) -> Vec<Option<ImportField>> {
    let mut mapping = guess(&grid.heads);
    for (at, slot) in mapping.iter_mut().enumerate() {
        let name = format!("c{at}");
        if let Some((_, code)) = chosen.iter().find(|(have, _)| *have == name) {
            *slot = ImportField::parse(code);
        }
    }
    // Nothing is filled by two columns: the first chosen one has it.
    let mut taken = Vec::new();
    for slot in &mut mapping {
        *slot = slot.filter(|field| !taken.contains(field));
        taken.extend(*slot);
    }
    mapping
}

fn chosen(query: &RawQuery) -> Vec<(String, String)> {
    serde_html_form::from_str(query.0.as_deref().unwrap_or_default()).unwrap_or_default()
}

async fn kept(staff: &Staff<may::PlanEdit>, app: &App, id: &str) -> Result<(DocumentId, String, Grid), Fail> {
    let id: DocumentId = id.parse().map_err(|_| Fail::Missing)?;
    let (name, grid) = app::plan::kept_table(app, &staff.edition, id).await?;
    Ok((id, name, grid))
}

async fn judged(
    staff: &Staff<may::PlanEdit>,
    app: &App,
    (id, name, grid): &(DocumentId, String, Grid),
    mapping: &[Option<ImportField>],
    refusals: Vec<Refusal>,
) -> Result<Markup, Fail> {
    let run = app::plan::dry_run(app, &staff.viewer, &staff.edition, grid, mapping).await?;
    let preview = run.board.preview(&run.delta);
    let import = ImportPage {
        slug: &staff.edition.slug,
        document: *id,
        name,
        grid,
        mapping,
        lines: &run.imported.lines,
        preview: &preview,
        revision: run.board.sheet.revision,
        refusals,
    };
    Ok(import.render(&staff.shell()))
}

pub(super) async fn show(
    staff: Staff<may::PlanEdit>,
    State(app): State<App>,
    Path((_, id)): TablePath,
    query: RawQuery,
) -> Answer {
    let table = kept(&staff, &app, &id).await?;
    let mapping = mapping(&table.2, &chosen(&query));
    page(judged(&staff, &app, &table, &mapping, Vec::new()).await?)
}

pub(super) async fn take_over(
    staff: Staff<may::PlanEdit>,
    State(app): State<App>,
    Path((_, id)): TablePath,
    sent: Sent,
) -> Answer {
    let table = kept(&staff, &app, &id).await?;
    let mapping = mapping(&table.2, &sent.0);
    let seen = sent.value("revision").parse().ok();
    let skip = sent.value("mode") == "skip";
    let (viewer, edition) = (&staff.viewer, &staff.edition);
    match app::plan::import_table(&app, viewer, edition, &table.2, &mapping, skip, seen).await {
        Ok(saved) => {
            let flash = Flash::good("table-taken").with("count", saved.codes.len());
            see_other_saying(&links::plan::home(&edition.slug), &flash)
        }
        Err(error) => {
            let refusals = refusals(error)?;
            refused(judged(&staff, &app, &table, &mapping, refusals).await?)
        }
    }
}

/// The rejected rows as they came, with the reasons in a last column: corrected, they can come once more.
pub(super) async fn rejected(
    staff: Staff<may::PlanEdit>,
    State(app): State<App>,
    Path((_, id)): TablePath,
    query: RawQuery,
) -> Answer {
    let (_, _, grid) = kept(&staff, &app, &id).await?;
    let mapping = mapping(&grid, &chosen(&query));
    let run = app::plan::dry_run(&app, &staff.viewer, &staff.edition, &grid, &mapping).await?;
    let lang = staff.ui.lang;
    let mut heads = grid.heads.clone();
    heads.push(lang.t("table-why"));
    let mut writer = Writer::begin(Format::Csv, &heads)?;
    for (line, (_, cells)) in run.imported.lines.iter().zip(&grid.rows) {
        if matches!(line.verdict, Verdict::Rejected(_)) {
            let why = why_row(lang, &line.verdict).join(" ");
            writer.row(cells.iter().cloned().chain([why]))?;
        }
    }
    download_file(&format!("{}-rejected.csv", staff.edition.slug), writer.finish()?)
}
