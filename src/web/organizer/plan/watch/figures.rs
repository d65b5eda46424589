//! Control figures.

use super::super::board;
use crate::answer::{Answer, page};
use crate::guard::{Staff, may};
use crate::pictures::promises;
use app::App;
use axum::extract::State;
use domain::plan::axis;
use domain::plan::commitment::{self, Span};
use domain::plan::figures::Figures;
use domain::plan::gate::Gate;
use domain::plan::space::view::established;
use domain::plan::value::value as value_of;
use domain::plan::view::{Board, Row};
use store::read::plan;
use templates::Lang;
use templates::organizer::plan::watch::{FiguresPage, ToGate};

/// Float to the end of every phase that is not over: the tightest task before it decides.
fn phases(board: &Board, lang: Lang) -> Vec<ToGate> {
    let gate = |phase| {
        let of = || board.rows.iter().filter(move |row| row.phase == phase);
        let open: Vec<&Row> = of().filter(|row| !row.state.is_done()).collect();
        let float = open.iter().map(|row| row.total_float).min()?;
        let day = of().map(|row| row.ends_on).max()?;
        Some(ToGate { name: lang.term("plan-phase", phase.code()), day, float, open: open.len() as u32 })
    };
    board.phases().into_iter().filter_map(gate).collect()
}

/// Float to the gates that are still ahead; without gates, to the end of every phase.
fn ahead(board: &Board, gates: &[Gate], lang: Lang) -> Vec<ToGate> {
    let gate = |gate: &Gate| {
        let row = &board.rows[board.sheet.position(gate.task)?];
        let before = board.rows.iter().filter(|one| one.finish <= row.finish && one.id != row.id);
        let open = before.filter(|one| !one.state.is_done()).count() as u32;
        let name = format!("{} {}", row.code, row.name.get(lang.locale()));
        (!row.state.is_done()).then_some(ToGate { name, day: row.ends_on, float: row.total_float, open })
    };
    if gates.is_empty() { phases(board, lang) } else { gates.iter().filter_map(gate).collect() }
}

pub(super) async fn show(staff: Staff<may::PlanRead>, State(app): State<App>) -> Answer {
    let (reader, edition) = (app.reader(), &staff.edition);
    let board = board(&app, edition).await?;
    let deviations = plan::deviations(&reader, edition.id, None, board.head.today).await?;
    let promises = promises(&app, &board).await?;
    let figures = Figures::of(&board.sheet.tasks, &deviations);
    let tallies = commitment::tally(&promises, Span::Week);
    let places = established(&board, app.now());
    let gates = ahead(&board, &plan::gate::gates(&reader, edition.id).await?, staff.ui.lang);
    let status = axis::minute_at(app.now(), edition.time_zone);
    let earned = plan::shown_baseline(&reader, edition.id).await?.map(|then| {
        let value = value_of(&board.sheet, &then, status);
        (value.spi_t(), value.sums.cpi().filter(|_| value.costs))
    });
    let figures_page = FiguresPage {
        slug: &edition.slug,
        head: &board.head,
        figures: &figures,
        tallies: &tallies,
        pareto: &commitment::pareto(&promises),
        gates: &gates,
        earned,
        places: (places.places > 0).then_some((places.now, places.planned)),
    };
    page(figures_page.render(&staff.shell()))
}
