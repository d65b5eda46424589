//! The look-ahead, on screen and on paper.

use super::super::board;
use crate::answer::{Answer, Fail, page};
use crate::guard::{Staff, may};
use app::App;
use axum::extract::{Query, State};
use domain::plan::lookahead::{Ahead, Constraint, constraints, look_ahead};
use domain::plan::view::Board;
use serde::Deserialize;
use templates::organizer::plan::watch::{By, LookAhead};

/// Hours looked ahead unless the address says otherwise, and at most.
const HOURS: (i64, i64) = (48, 336);

#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub(super) struct Window {
    by: String,
    hours: Option<i64>,
}

struct Found {
    board: Board,
    ahead: Vec<Ahead>,
    constraints: Vec<Constraint>,
    hours: i64,
}

async fn found<P>(staff: &Staff<P>, app: &App, window: &Window) -> Result<Found, Fail> {
    let board = board(app, &staff.edition).await?;
    let hours = window.hours.unwrap_or(HOURS.0).clamp(1, HOURS.1);
    let ahead = look_ahead(&board, app.now(), hours);
    let constraints = constraints(&board, &ahead);
    Ok(Found { board, ahead, constraints, hours })
}

fn shown<'a, P>(staff: &'a Staff<P>, app: &App, found: &'a Found, window: &Window) -> LookAhead<'a> {
    LookAhead {
        slug: &staff.edition.slug,
        board: &found.board,
        ahead: &found.ahead,
        constraints: &found.constraints,
        hours: found.hours,
        by: By::parse(&window.by),
        now: app.now(),
        zone: staff.edition.time_zone,
    }
}

pub(super) async fn show(staff: Staff<may::PlanRead>, State(app): State<App>, Query(window): Query<Window>) -> Answer {
    let found = found(&staff, &app, &window).await?;
    page(shown(&staff, &app, &found, &window).render(&staff.shell()))
}

pub(super) async fn print(staff: Staff<may::PlanRead>, State(app): State<App>, Query(window): Query<Window>) -> Answer {
    let found = found(&staff, &app, &window).await?;
    let (edition, lang) = (&staff.edition, staff.ui.lang);
    let footer = format!("{} · {}", edition.name.get(lang.locale()), lang.instant(app.now(), edition.time_zone));
    page(shown(&staff, &app, &found, &window).print(lang, footer))
}
