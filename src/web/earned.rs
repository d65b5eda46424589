//! What the pages of earned value and of the critical chain's buffers show, read for the page and for its picture alike.

use app::App;
use chrono::NaiveDate;
use domain::Bilingual;
use domain::edition::Edition;
use domain::plan::baseline::Baseline;
use domain::plan::chain::{Buffers, Sizing, buffers as buffers_of};
use domain::plan::value::{Value, value as value_of};
use domain::plan::view::Board;
use domain::plan::{DAY, axis};
use serde::Deserialize;
use std::collections::HashMap;
use store::read::plan;
use templates::organizer::plan::{BuffersPage, ValuePage};

/// Which value is asked for.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub(crate) struct AskedValue {
    baseline: String,
    on: String,
}

/// Earned value of a plan, kept while it is shown.
pub(crate) struct EarnedValue {
    baselines: Vec<(Baseline, String)>,
    against: i32,
    on: NaiveDate,
    value: Option<Value>,
}

impl EarnedValue {
    /// Reads it; nothing where the baseline that is asked for is not there.
    pub(crate) async fn read(
        app: &App,
        edition: &Edition,
        board: &Board,
        asked: &AskedValue,
    ) -> Result<Option<Self>, app::Error> {
        let reader = app.reader();
        let baselines = plan::baselines(&reader, edition.id).await?;
        let shown = || baselines.iter().find(|(one, _)| one.shown).or(baselines.first()).map(|(one, _)| one.number);
        let against = asked.baseline.parse().ok().or_else(shown).unwrap_or_default();
        let then = plan::baseline(&reader, edition.id, against).await?;
        if then.is_none() && !asked.baseline.is_empty() {
            return Ok(None);
        }
        let on: NaiveDate = asked.on.parse().unwrap_or(board.head.today);
        // The status date counts to its end, but not beyond now.
        let status = (axis::midnight(on) + DAY).min(axis::minute_at(app.now(), edition.time_zone));
        let value = then.as_ref().map(|then| value_of(&board.sheet, then, status));
        Ok(Some(Self { baselines, against, on, value }))
    }

    pub(crate) fn page<'a>(&'a self, edition: &'a Edition, board: &'a Board) -> ValuePage<'a> {
        ValuePage {
            slug: &edition.slug,
            head: &board.head,
            baselines: &self.baselines,
            against: self.against,
            on: self.on,
            value: self.value.as_ref(),
            currency: &board.sheet.currency,
        }
    }
}

/// How buffers are sized.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub(crate) struct AskedBuffers {
    sizing: String,
}

/// The buffers of a plan, kept while they are shown.
pub(crate) struct ChainBuffers {
    buffers: Option<Buffers>,
    against: Option<Bilingual>,
}

impl ChainBuffers {
    /// Reads them; nothing where the plan cannot be computed.
    pub(crate) async fn read(app: &App, board: &Board, asked: &AskedBuffers) -> Result<Option<Self>, app::Error> {
        let then = plan::shown_baseline(&app.reader(), board.sheet.edition).await?;
        let sizing = Sizing::parse(&asked.sizing).unwrap_or(Sizing::RootSquare);
        let Ok(buffers) = buffers_of(&board.sheet, then.as_ref(), sizing) else { return Ok(None) };
        Ok(Some(Self { buffers, against: then.map(|then| then.baseline.name) }))
    }

    pub(crate) fn page<'a>(
        &'a self,
        edition: &'a Edition,
        board: &'a Board,
        names: &'a HashMap<&'a str, &'a Bilingual>,
    ) -> BuffersPage<'a> {
        BuffersPage {
            slug: &edition.slug,
            head: &board.head,
            buffers: self.buffers.as_ref(),
            against: self.against.clone(),
            names,
        }
    }
}

/// Names of a plan's tasks by code.
pub(crate) fn names(board: &Board) -> HashMap<&str, &Bilingual> {
    board.rows.iter().map(|row| (row.code.as_str(), &row.name)).collect()
}
