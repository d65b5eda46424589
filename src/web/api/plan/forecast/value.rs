//! Earned value and buffers over the API.

use super::board;
use crate::api::{ApiFail, Problem};
use crate::guard::{Api, may};
use app::App;
use axum::Json;
use axum::extract::{Query, State};
use chrono::{DateTime, NaiveDate, Utc};
use domain::plan::chain::{Chain, Sizing, buffers as buffers_of};
use domain::plan::value::{Sums, value as value_of};
use domain::plan::{DAY, axis};
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;
use store::read::plan;
use utoipa::ToSchema;

/// Sums of value: minor units of the currency, or working minutes.
#[derive(Debug, Serialize, ToSchema)]
pub struct SumsOut {
    /// Budget at completion.
    bac: f64,
    /// Planned value.
    pv: f64,
    /// Earned value.
    ev: f64,
    /// Actual cost.
    ac: f64,
    /// EV / PV.
    spi: Option<f64>,
    /// EV / AC.
    cpi: Option<f64>,
    /// BAC / CPI.
    eac: Option<f64>,
}

impl From<&Sums> for SumsOut {
    fn from(sums: &Sums) -> Self {
        Self {
            bac: sums.complete,
            pv: sums.planned,
            ev: sums.earned,
            ac: sums.actual,
            spi: sums.spi(),
            cpi: sums.cpi(),
            eac: sums.at_completion(),
        }
    }
}

/// One day of the curves.
#[derive(Debug, Serialize, ToSchema)]
pub struct PointOut {
    /// When.
    at: DateTime<Utc>,
    /// Planned value.
    pv: f64,
    /// Earned value; absent after the status date.
    ev: Option<f64>,
    /// Actual cost; absent after the status date and without costs.
    ac: Option<f64>,
}

/// Earned value against a baseline.
#[derive(Debug, Serialize, ToSchema)]
pub struct ValueOut {
    /// Number of the baseline.
    baseline: i32,
    /// `budget`: minor units of the currency; `minutes`: working minutes, the plan has no budgets.
    weight: &'static str,
    /// Currency of the budgets.
    currency: String,
    /// The status date.
    status_at: DateTime<Utc>,
    /// The whole plan.
    total: SumsOut,
    /// Phase by phase.
    phases: BTreeMap<String, SumsOut>,
    /// Earned schedule in minutes from the planned start.
    earned_schedule_minutes: i64,
    /// Actual time in minutes from the planned start.
    actual_time_minutes: i64,
    /// ES / AT.
    spi_t: Option<f64>,
    /// Finish when the rest goes at SPI(t).
    eac_t: Option<DateTime<Utc>>,
    /// The curves.
    curve: Vec<PointOut>,
}

#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub(super) struct Asked {
    baseline: Option<i32>,
    on: Option<NaiveDate>,
}

/// Earned value and earned schedule at a status date against a baseline.
#[utoipa::path(get, path = "/api/v1/editions/{edition}/plan/value", tag = "plan", security(("token" = [])),
    params(("edition" = String, Path, description = "slug of the edition"),
        ("baseline" = Option<i32>, Query, description = "its number; the one shown in pictures when absent"),
        ("on" = Option<NaiveDate>, Query, description = "status date; today when absent")),
    responses((status = 200, body = ValueOut), (status = 404, body = Problem, description = "no such baseline"),
        (status = 409, body = Problem, description = "no baseline is shown")))]
pub(super) async fn value(
    caller: Api<may::PlanRead>,
    State(app): State<App>,
    Query(asked): Query<Asked>,
) -> Result<Json<ValueOut>, ApiFail> {
    let (board, reader) = (board(&app, &caller.edition).await?, app.reader());
    let then = match asked.baseline {
        Some(number) => plan::baseline(&reader, caller.edition.id, number).await?,
        None => plan::shown_baseline(&reader, caller.edition.id).await?,
    };
    let missing = || match asked.baseline {
        Some(_) => ApiFail::Missing,
        None => ApiFail::from(domain::Refusal::conflict("value-no-baseline")),
    };
    let then = then.ok_or_else(missing)?;
    let zone = caller.edition.time_zone;
    let on = asked.on.unwrap_or(board.head.today);
    let status = (axis::midnight(on) + DAY).min(axis::minute_at(app.now(), zone));
    let value = value_of(&board.sheet, &then, status);
    let at = |minute: i64| axis::instant(minute, zone);
    Ok(Json(ValueOut {
        baseline: then.baseline.number,
        weight: value.weight.code(),
        currency: board.sheet.currency.clone(),
        status_at: at(value.status),
        total: SumsOut::from(&value.sums),
        phases: value.phases.iter().map(|(phase, sums)| (phase.code().to_owned(), SumsOut::from(sums))).collect(),
        earned_schedule_minutes: value.earned_schedule(),
        actual_time_minutes: value.actual_time(),
        spi_t: value.spi_t(),
        eac_t: value.finish_at_completion().map(at),
        curve: value
            .curve
            .iter()
            .map(|point| PointOut { at: at(point.at), pv: point.planned, ev: point.earned, ac: point.actual })
            .collect(),
    }))
}

/// A chain with its buffer.
#[derive(Debug, Serialize, ToSchema)]
pub struct ChainOut {
    /// Codes in order.
    tasks: Vec<String>,
    /// Where it joins the critical chain; absent for the critical chain.
    joins: Option<String>,
    /// Aggressive working minutes.
    length_minutes: i64,
    /// Buffer wanted.
    buffer_minutes: i64,
    /// What stands between its end and where it has to be.
    room_minutes: i64,
    /// Share that is done.
    complete: f64,
    /// Share of the buffer that is used.
    used: f64,
    /// `green`, `yellow`, `red`.
    zone: &'static str,
}

impl From<&Chain> for ChainOut {
    fn from(chain: &Chain) -> Self {
        Self {
            tasks: chain.codes.clone(),
            joins: chain.joins.clone(),
            length_minutes: chain.length,
            buffer_minutes: chain.buffer,
            room_minutes: chain.room,
            complete: chain.complete,
            used: chain.used,
            zone: chain.zone.code(),
        }
    }
}

#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub(super) struct Sized {
    sizing: String,
}

/// The critical chain with the project buffer first, then the feeding chains.
#[utoipa::path(get, path = "/api/v1/editions/{edition}/plan/buffers", tag = "plan", security(("token" = [])),
    params(("edition" = String, Path, description = "slug of the edition"),
        ("sizing" = Option<String>, Query, description = "`root_square`, `cut_paste`")),
    responses((status = 200, body = Vec<ChainOut>), (status = 404, body = Problem)))]
pub(super) async fn buffers(
    caller: Api<may::PlanRead>,
    State(app): State<App>,
    Query(sized): Query<Sized>,
) -> Result<Json<Vec<ChainOut>>, ApiFail> {
    let board = board(&app, &caller.edition).await?;
    let then = plan::shown_baseline(&app.reader(), caller.edition.id).await?;
    let sizing = Sizing::parse(&sized.sizing).unwrap_or(Sizing::RootSquare);
    let found = buffers_of(&board.sheet, then.as_ref(), sizing).map_err(|_| ApiFail::Missing)?;
    let chains = found.iter().flat_map(|found| std::iter::once(&found.project).chain(&found.feeding));
    Ok(Json(chains.map(ChainOut::from).collect()))
}
