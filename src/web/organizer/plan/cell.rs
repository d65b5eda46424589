//! One cell of the overview: the small form, and the answer the editor in the page reads.

use super::board;
use super::outline::calendars;
use super::revise::{Ask, Sent, answer, fragment, how_many};
use super::task::{places, team};
use crate::answer::{Answer, Fail, page, refused};
use crate::guard::{Staff, may};
use crate::path::Path;
use app::App;
use app::plan::{Consent, Revisal, Saved};
use axum::Json;
use axum::extract::State;
use axum::http::{HeaderMap, header};
use axum::response::IntoResponse;
use domain::plan::overview::Filter;
use domain::plan::revision::{CellEdit, CellField, Revision, cell_value};
use domain::plan::view::Board;
use serde::Serialize;
use std::collections::BTreeMap;
use templates::components::Choice;
use templates::organizer::plan::{CellPage, Overview};
use templates::{FormState, Href, Markup, links};

type CellPath = Path<(String, String, String)>;

/// More rows than this are read afresh with the page.
const MOST_ROWS: usize = 120;

async fn choices<P>(staff: &Staff<P>, app: &App, board: &Board, field: CellField) -> Result<Option<Vec<Choice>>, Fail> {
    let (reader, lang) = (app.reader(), staff.ui.lang);
    Ok(match field {
        CellField::Owner | CellField::Checker | CellField::Confirmer => {
            Some(team(&reader, staff.edition.id, lang).await?)
        }
        CellField::Place => Some(places(&reader, staff.edition.id, lang).await?),
        CellField::Calendar => Some(calendars(board, lang)),
        _ => None,
    })
}

async fn cell_page<P>(
    staff: &Staff<P>,
    app: &App,
    edit: &CellEdit,
    back: &str,
    form: FormState,
) -> Result<Markup, Fail> {
    let board = board(app, &staff.edition).await?;
    let task = board.find(&edit.task).ok_or(Fail::Missing)?;
    let field = CellField::parse(&edit.field).ok_or(Fail::Missing)?;
    let page = CellPage {
        slug: &staff.edition.slug,
        code: &task.code,
        name: task.name.get(staff.ui.lang.locale()),
        field,
        now: cell_value(&board.sheet, task, field),
        theirs: edit.clash(&board.sheet),
        choices: choices(staff, app, &board, field).await?,
        back: back.to_owned(),
        form,
    };
    Ok(page.render(&staff.shell()))
}

pub(super) async fn form(
    staff: Staff<may::PlanEdit>,
    State(app): State<App>,
    Path((_, task, field)): CellPath,
) -> Answer {
    let edit = CellEdit { task, field, ..CellEdit::default() };
    page(cell_page(&staff, &app, &edit, "", FormState::empty()).await?)
}

/// What became of a cell, for the editor in the page.
#[derive(Debug, Default, Serialize)]
struct Written {
    /// `saved`, `ask`, `clash`, `refused`.
    outcome: &'static str,
    /// A sentence.
    words: String,
    /// What the change moves, when it is to be asked.
    html: String,
    /// Revision of the plan the effect was computed on.
    revision: i32,
    /// What somebody else made of the cell.
    theirs: String,
    /// The cells of each row that changed, by code.
    rows: BTreeMap<String, Vec<String>>,
    /// So many rows changed that the page should be read afresh.
    reload: bool,
}

pub(super) async fn change(
    staff: Staff<may::PlanEdit>,
    State(app): State<App>,
    Path((_, task, field)): CellPath,
    headers: HeaderMap,
    sent: Sent,
) -> Answer {
    let opened = sent.0.iter().any(|(name, _)| name == "opened").then(|| sent.value("opened").to_owned());
    let edit = CellEdit { task, field, value: sent.value("value").to_owned(), opened };
    let wants_json =
        headers.get(header::ACCEPT).and_then(|kind| kind.to_str().ok()).is_some_and(|kind| kind.contains("json"));
    if wants_json {
        return Ok(Json(write(&staff, &app, &sent, &edit).await?).into_response());
    }
    let slug = &staff.edition.slug;
    let ask = Ask {
        revision: Revision::Cell(edit.clone()),
        to: links::revise::cell(slug, &edit.task, &edit.field),
        back: Href::local(sent.value("back"))
            .unwrap_or_else(|| links::plan::home(slug).anchor(&format!("task-{}", edit.task))),
        show: false,
    };
    match answer(&staff, &app, &sent, &ask).await? {
        Ok(response) => Ok(response),
        Err(refusals) => {
            let form = FormState::new(&serde_json::json!({ "value": edit.value }), &refusals);
            refused(cell_page(&staff, &app, &edit, sent.value("back"), form).await?)
        }
    }
}

async fn write<P>(staff: &Staff<P>, app: &App, sent: &Sent, edit: &CellEdit) -> Result<Written, Fail> {
    let lang = staff.ui.lang;
    let consent = match sent.value("act") {
        "accept" => Consent::Seen(sent.value("revision").parse().unwrap_or_default()),
        _ => Consent::Harmless,
    };
    let revision = Revision::Cell(edit.clone());
    match app::plan::revise(app, &staff.viewer, &staff.edition, &revision, consent).await {
        Ok(Revisal::Saved(saved)) => written(staff, app, sent, edit, &saved).await,
        Ok(Revisal::Ask(_)) | Err(app::Error::Stale) => {
            let proposal = app::plan::propose(app, &staff.viewer, &staff.edition, &revision).await?;
            Ok(Written {
                outcome: "ask",
                html: fragment(staff, &proposal, revision.word()).into_string(),
                revision: proposal.board.sheet.revision,
                ..Written::default()
            })
        }
        Err(app::Error::Refused(refusals)) => {
            let board = board(app, &staff.edition).await?;
            let words: Vec<String> = refusals.iter().map(|one| lang.refusal(one)).collect();
            let theirs = edit.clash(&board.sheet);
            Ok(Written {
                outcome: if theirs.is_some() { "clash" } else { "refused" },
                words: words.join(" "),
                theirs: theirs.unwrap_or_default(),
                ..Written::default()
            })
        }
        Err(other) => Err(other.into()),
    }
}

async fn written<P>(staff: &Staff<P>, app: &App, sent: &Sent, edit: &CellEdit, saved: &Saved) -> Result<Written, Fail> {
    let lang = staff.ui.lang;
    let board = board(app, &staff.edition).await?;
    let code = board.find(&edit.task).map_or_else(|| edit.task.clone(), |task| task.code.clone());
    let words = lang.with(
        "revise-saved",
        &[
            ("what", "cell".into()),
            ("codes", code.as_str().into()),
            ("moves", how_many(saved.delta.moves.len()).into()),
            ("moved", saved.delta.moves.len().into()),
        ],
    );
    let mut codes: Vec<&str> = saved.delta.moves.iter().map(|one| one.code.as_str()).collect();
    codes.push(&code);
    let reload = codes.len() > MOST_ROWS || saved.delta.float_changes as usize > MOST_ROWS;
    let mut rows = BTreeMap::new();
    if !reload {
        let filter: Filter = serde_html_form::from_str(sent.value("query")).unwrap_or_default();
        let edit = Some(super::outline::bulk_fields(staff, app, &board).await?);
        let overview = Overview {
            slug: &staff.edition.slug,
            board: &board,
            shown: Vec::new(),
            filter: &filter,
            views: &[],
            edit,
            may_export: false,
        };
        for (at, row) in board.rows.iter().enumerate() {
            if codes.contains(&row.code.as_str()) {
                let cells = overview.row_cells(lang, at).into_iter().map(Markup::into_string).collect();
                rows.insert(row.code.clone(), cells);
            }
        }
    }
    Ok(Written { outcome: "saved", words, revision: saved.revision, rows, reload, ..Written::default() })
}
