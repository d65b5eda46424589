//! The forecast of visitors over the API.

use super::{ApiFail, Problem};
use crate::{
    Need, Surface,
    guard::{Api, may},
};
use app::{App, turnout as verbs};
use axum::{Json, extract::State};
use domain::{
    access::Permission,
    registration::turnout::{CohortForecast, Estimate},
};
use serde::Serialize;
use utoipa::{OpenApi, ToSchema};

/// This context's part of the description.
#[derive(OpenApi)]
#[openapi(paths(show), components(schemas(TurnoutOut, CohortOut, EstimateOut)))]
pub struct Doc;

pub(crate) fn routes(s: &mut Surface) {
    s.get("/api/v1/editions/{edition}/turnout", Need::Token(Permission::RegistrationRead), show);
}

/// A number with its 80 % interval.
#[derive(Debug, Serialize, ToSchema)]
pub struct EstimateOut {
    low: f64,
    mean: f64,
    high: f64,
}

impl From<Estimate> for EstimateOut {
    fn from(e: Estimate) -> Self {
        Self { low: e.low, mean: e.mean, high: e.high }
    }
}

/// A cohort: people who registered about as early.
#[derive(Debug, Serialize, ToSchema)]
pub struct CohortOut {
    /// `very_early`, `early`, `month`, `fortnight`, `week`, `on_site`.
    cohort: String,
    registered: i64,
    /// Expected to be registered in the end.
    expected: f64,
    /// Expected share that comes.
    rate: f64,
    visitors: EstimateOut,
    /// Have come.
    came: i64,
}

impl From<&CohortForecast> for CohortOut {
    fn from(c: &CohortForecast) -> Self {
        Self {
            cohort: c.cohort.code().to_owned(),
            registered: c.registered,
            expected: c.expected,
            rate: c.rate,
            visitors: c.visitors.into(),
            came: c.came,
        }
    }
}

/// How many will come.
#[derive(Debug, Serialize, ToSchema)]
pub struct TurnoutOut {
    registered: i64,
    /// Goal of registrations, if one was set, and how many should be there by now.
    goal: Option<i32>,
    planned: Option<f64>,
    /// Expected to be registered in the end.
    final_registrations: f64,
    /// Expected to come, of those registered now.
    of_registered: EstimateOut,
    /// Expected to come altogether.
    visitors: EstimateOut,
    /// Have come.
    came: i64,
    cohorts: Vec<CohortOut>,
}

/// Registrations against their goal and the expected number of visitors by cohort.
#[utoipa::path(get, path = "/api/v1/editions/{edition}/turnout", tag = "turnout", security(("token" = [])),
    params(("edition" = String, Path, description = "slug of the edition")),
    responses((status = 200, body = TurnoutOut), (status = 403, body = Problem)))]
async fn show(caller: Api<may::RegistrationRead>, State(app): State<App>) -> Result<Json<TurnoutOut>, ApiFail> {
    let standing = verbs::standing(&app, &caller.edition).await?;
    let before = (standing.opens_on - standing.today.min(standing.closes_on)).num_days();
    let f = standing.forecast;
    Ok(Json(TurnoutOut {
        registered: f.registered,
        goal: standing.goal.map(|goal| goal.target),
        planned: standing.goal.map(|goal| standing.shape.planned(i64::from(goal.target), before)),
        final_registrations: f.final_registrations,
        of_registered: f.of_registered.into(),
        visitors: f.visitors.into(),
        came: f.came,
        cohorts: f.cohorts.iter().map(CohortOut::from).collect(),
    }))
}
