//! Earned value and the buffers of the critical chain.

use super::board;
use crate::answer::{Answer, Fail, page};
use crate::guard::{Staff, may};
use app::App;
use axum::extract::{Query, State};
use chrono::NaiveDate;
use domain::Bilingual;
use domain::plan::chain::{Sizing, buffers as buffers_of};
use domain::plan::value::value as value_of;
use domain::plan::{DAY, axis};
use serde::Deserialize;
use std::collections::HashMap;
use store::read::plan;
use templates::organizer::plan::{BuffersPage, ValuePage};

#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub(super) struct Asked {
    baseline: String,
    on: String,
}

pub(super) async fn value(staff: Staff<may::PlanRead>, State(app): State<App>, Query(asked): Query<Asked>) -> Answer {
    let board = board(&app, &staff.edition).await?;
    let (reader, edition) = (app.reader(), staff.edition.id);
    let baselines = plan::baselines(&reader, edition).await?;
    let shown = || baselines.iter().find(|(one, _)| one.shown).or(baselines.first()).map(|(one, _)| one.number);
    let number = asked.baseline.parse().ok().or_else(shown).unwrap_or_default();
    let then = plan::baseline(&reader, edition, number).await?;
    if then.is_none() && !asked.baseline.is_empty() {
        return Err(Fail::Missing);
    }
    let on: NaiveDate = asked.on.parse().unwrap_or(board.head.today);
    // The status date counts to its end, but not beyond now.
    let status = (axis::midnight(on) + DAY).min(axis::minute_at(app.now(), staff.edition.time_zone));
    let found = then.as_ref().map(|then| value_of(&board.sheet, then, status));
    let value_page = ValuePage {
        slug: &staff.edition.slug,
        head: &board.head,
        baselines: &baselines,
        against: number,
        on,
        value: found.as_ref(),
        currency: &board.sheet.currency,
    };
    page(value_page.render(&staff.shell()))
}

#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub(super) struct Sized {
    sizing: String,
}

pub(super) async fn buffers(staff: Staff<may::PlanRead>, State(app): State<App>, Query(sized): Query<Sized>) -> Answer {
    let board = board(&app, &staff.edition).await?;
    let then = plan::shown_baseline(&app.reader(), staff.edition.id).await?;
    let sizing = Sizing::parse(&sized.sizing).unwrap_or(Sizing::RootSquare);
    let found = buffers_of(&board.sheet, then.as_ref(), sizing).map_err(|_| Fail::Missing)?;
    let names: HashMap<&str, &Bilingual> = board.rows.iter().map(|row| (row.code.as_str(), &row.name)).collect();
    let buffers_page = BuffersPage {
        slug: &staff.edition.slug,
        head: &board.head,
        buffers: found.as_ref(),
        against: then.map(|then| then.baseline.name),
        names: &names,
    };
    page(buffers_page.render(&staff.shell()))
}
