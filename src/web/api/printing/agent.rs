//! What print agents ask and answer. An agent knows its station's key and nothing else.

use crate::api::{ApiFail, Body, Problem};
use crate::guard::PrintStation;
use crate::{Need, Surface, path::Path};
use app::App;
use app::printing::{self as verbs, Claim};
use axum::Json;
use axum::extract::State;
use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use domain::printing::Failure;
use domain::printing::job::Report;
use domain::{PrintJobId, Refusal};
use serde::{Deserialize, Serialize};
use std::time::Duration;
use utoipa::{OpenApi, ToSchema};
use uuid::Uuid;

/// The longest an agent may wait for a badge in one question, seconds: well below what proxies allow.
const LONGEST_WAIT: u64 = 25;

/// This part of the description.
#[derive(OpenApi)]
#[openapi(paths(claim, report), components(schemas(ClaimIn, HandedOut, ReportIn)))]
pub(super) struct Doc;

pub(super) fn routes(s: &mut Surface) {
    s.post("/api/v1/print-agent/claim", Need::PrintStation, claim);
    s.post("/api/v1/print-agent/jobs/{job}", Need::PrintStation, report);
}

/// An agent's question for the next badge.
#[derive(Debug, Default, Deserialize, ToSchema)]
#[serde(default, deny_unknown_fields)]
pub struct ClaimIn {
    /// Made by the agent when it starts: the same run that asks again never had the badge before.
    run: Uuid,
    /// What the agent says of itself and its printer.
    agent: String,
    /// Seconds to wait for a badge, at most 25.
    wait: u64,
}

/// A badge handed to an agent.
#[derive(Debug, Serialize, ToSchema)]
pub struct HandedOut {
    /// The job.
    job: Uuid,
    /// Which handing; goes into the answer.
    attempt: i32,
    /// `zpl` or `pdf`.
    format: &'static str,
    /// Name of the page.
    title: String,
    /// What the printer gets, base64.
    content: String,
}

/// The next badge for this station's printer. 204 when there is none.
#[utoipa::path(post, path = "/api/v1/print-agent/claim", tag = "printing", security(("token" = [])),
    request_body = ClaimIn,
    responses((status = 200, body = HandedOut), (status = 204), (status = 401, body = Problem)))]
async fn claim(caller: PrintStation, State(app): State<App>, Body(body): Body<ClaimIn>) -> Result<Response, ApiFail> {
    let agent: String = body.agent.chars().filter(|c| !c.is_control()).take(120).collect();
    let wait = Duration::from_secs(body.wait.min(LONGEST_WAIT));
    let claim = Claim { station: caller.station, run: body.run, agent: agent.trim().to_owned() };
    Ok(match verbs::wait_and_claim(&app, claim, wait).await? {
        None => StatusCode::NO_CONTENT.into_response(),
        Some(handed) => Json(HandedOut {
            job: handed.job.uuid(),
            attempt: handed.attempt,
            format: handed.format.code(),
            title: handed.title,
            content: data_encoding::BASE64.encode(&handed.content),
        })
        .into_response(),
    })
}

/// What became of a badge.
#[derive(Debug, Default, Deserialize, ToSchema)]
#[serde(default, deny_unknown_fields)]
pub struct ReportIn {
    /// From the handing.
    attempt: i32,
    /// What went wrong; empty when the badge is on paper. `unreachable`, `stalled`, `closed_early`, `refused`,
    /// `paper_out`, `ribbon_out`, `head_open`, `paused`, `other`.
    failure: String,
    /// The printer has all of it, so that it may have come out.
    complete: bool,
    /// In the agent's words, for the log.
    note: String,
}

/// Says what became of a badge. The same answer again changes nothing.
#[utoipa::path(post, path = "/api/v1/print-agent/jobs/{job}", tag = "printing", security(("token" = [])),
    params(("job" = Uuid, Path)), request_body = ReportIn,
    responses((status = 204), (status = 401, body = Problem), (status = 404, body = Problem)))]
async fn report(
    caller: PrintStation,
    State(app): State<App>,
    Path(job): Path<String>,
    Body(body): Body<ReportIn>,
) -> Result<StatusCode, ApiFail> {
    let job: PrintJobId = job.parse().map_err(|_| ApiFail::Missing)?;
    let failure = match body.failure.as_str() {
        "" => None,
        code => Some(
            Failure::parse(code).ok_or_else(|| Refusal::invalid("unknown-choice").at("failure").with("value", code))?,
        ),
    };
    let report = Report { attempt: body.attempt, failure, complete: body.complete };
    verbs::report(&app, &caller.station, job, report, &body.note).await?;
    Ok(StatusCode::NO_CONTENT)
}
