//! Scans over the API, and around them gates, rules and devices (`setup`). Scans come from devices, everything
//! else from tokens.

use super::{ApiFail, Body, Listing};
use crate::guard::{Api, ApiDevice, may};
use crate::{Need, Surface};
use app::App;
use app::admission::{self, ScanBy};
use axum::Json;
use axum::extract::{Query, State};
use chrono::{DateTime, NaiveDate, Utc};
use domain::Refusal;
use domain::access::Permission;
use domain::admission::scan::{BATCH_LIMIT, ScanDraft};
use domain::admission::verdict::{Reason, VerdictKind};
use domain::admission::view::{Answer, ScanFilter, ScanLine};
use domain::registration::Category;
use serde::{Deserialize, Serialize};
use std::sync::Arc;
use store::read::admission as read;
use utoipa::{IntoParams, OpenApi, ToSchema};

mod care;
mod conflicts;
mod counts;
pub(crate) mod handheld;
mod hubs;
mod paper;
pub(crate) mod roster;
mod setup;

/// This context's part of the description.
#[derive(OpenApi)]
#[openapi(
    paths(scan, batch, scans),
    components(schemas(ScanIn, ScanOut, PersonOut, BatchIn, BatchOut, UploadedScan, ErrorOut, ScanLineOut))
)]
struct Scans;

/// The description of this context.
pub(super) fn description() -> utoipa::openapi::OpenApi {
    let mut document = Scans::openapi();
    document.merge(setup::Doc::openapi());
    document.merge(handheld::Doc::openapi());
    document.merge(care::Doc::openapi());
    document.merge(conflicts::Doc::openapi());
    document.merge(counts::Doc::openapi());
    document.merge(hubs::Doc::openapi());
    document.merge(paper::Doc::openapi());
    document.merge(roster::Doc::openapi());
    document
}

pub(crate) fn routes(s: &mut Surface) {
    use Permission::{AdmissionManage, AdmissionRead, RegistrationEdit, RegistrationRead};
    s.post("/api/v1/editions/{edition}/scans", Need::Device, scan);
    s.post("/api/v1/editions/{edition}/scans/batch", Need::Device, batch);
    s.get("/api/v1/editions/{edition}/scans", Need::Token(AdmissionRead), scans);
    s.get("/api/v1/editions/{edition}/scans/{scan}/paper", Need::Device, paper::look);
    s.post("/api/v1/editions/{edition}/scans/{scan}/paper", Need::Device, paper::print);
    s.get("/api/v1/editions/{edition}/conflicts", Need::Token(AdmissionRead), conflicts::conflicts);
    s.post("/api/v1/editions/{edition}/conflicts/{scan}", Need::Token(AdmissionManage), conflicts::settle);
    s.get("/api/v1/editions/{edition}/count", Need::Token(AdmissionRead), counts::count);
    s.get("/api/v1/editions/{edition}/counts", Need::Token(AdmissionRead), counts::freezes);
    s.post("/api/v1/editions/{edition}/counts", Need::Token(AdmissionManage), counts::freeze);
    s.get("/api/v1/counts/{code}", Need::Public, counts::certificate);
    s.get("/api/v1/editions/{edition}/hubs", Need::Token(AdmissionRead), hubs::hubs);
    s.post("/api/v1/editions/{edition}/hubs", Need::Token(AdmissionManage), hubs::enrol);
    s.post("/api/v1/editions/{edition}/hubs/config", Need::Token(AdmissionManage), hubs::config);
    s.get("/api/v1/editions/{edition}/hubs/digests", Need::Token(AdmissionManage), hubs::digests);
    s.get("/api/v1/editions/{edition}/hubs/people/{bucket}", Need::Token(RegistrationRead), hubs::people);
    s.post("/api/v1/editions/{edition}/hubs/people", Need::Token(RegistrationEdit), hubs::take_people);
    s.post("/api/v1/editions/{edition}/hubs/scans", Need::Token(AdmissionManage), hubs::take_scans);
    s.get("/api/v1/editions/{edition}/hubs/log", Need::Token(AdmissionManage), hubs::log);
    s.post("/api/v1/editions/{edition}/hubs/report", Need::Token(AdmissionManage), hubs::report);
    s.get("/api/v1/editions/{edition}/gates", Need::Token(AdmissionRead), setup::gates);
    s.post("/api/v1/editions/{edition}/gates", Need::Token(AdmissionManage), setup::create_gate);
    s.get("/api/v1/editions/{edition}/access-rules", Need::Token(AdmissionRead), setup::rules);
    s.post("/api/v1/editions/{edition}/access-rules", Need::Token(AdmissionManage), setup::create_rule);
    s.get("/api/v1/editions/{edition}/devices", Need::Token(AdmissionManage), setup::devices);
    s.post("/api/v1/editions/{edition}/devices", Need::Token(AdmissionManage), setup::create_device);
    s.post("/api/v1/devices/pair", Need::Public, setup::pair);
    s.post("/api/v1/editions/{edition}/devices/{device}/move", Need::Token(AdmissionManage), care::move_device);
    s.post("/api/v1/editions/{edition}/devices/{device}/revoke", Need::Token(AdmissionManage), care::revoke);
    s.get("/api/v1/editions/{edition}/device-messages", Need::Token(AdmissionManage), care::messages);
    s.post("/api/v1/editions/{edition}/device-messages", Need::Token(AdmissionManage), care::send);
    s.post("/api/v1/editions/{edition}/device/contact", Need::Device, handheld::contact);
    s.get("/api/v1/editions/{edition}/device/badges", Need::Device, handheld::badges);
    s.get("/api/v1/editions/{edition}/device/passages", Need::Device, handheld::passages);
    s.get("/api/v1/editions/{edition}/device/roster", Need::Device, roster::roster);
    s.post("/api/v1/editions/{edition}/device/farewell", Need::Device, handheld::farewell);
}

/// A badge presented at the device's gate.
#[derive(Debug, Default, Serialize, Deserialize, ToSchema)]
#[serde(default)]
pub struct ScanIn {
    /// UUIDv7 made by the device. The same id again is not another scan: the first answer comes back.
    id: String,
    /// The device's own running number; gaps are visible.
    sequence: i64,
    /// The code as it was read. Unreadable text is a verdict, not an error.
    code: String,
    /// `in` or `out`; empty for what the gate does.
    direction: String,
    /// The device's clock (RFC 3339); empty for now.
    device_time: String,
    /// Milliseconds to add to the device's clock, as measured at the last contact.
    offset_ms: Option<i64>,
    /// Why a supervisor admits against the denial; only devices with that profile may.
    override_reason: String,
    /// The verdict the device showed while it had no network; empty when it asks for one.
    shown: String,
    /// Id of the gate the device stood at then; empty for where it stands now.
    gate: String,
}

impl From<ScanIn> for ScanDraft {
    fn from(scan: ScanIn) -> Self {
        Self {
            id: scan.id,
            sequence: scan.sequence,
            code: scan.code,
            direction: scan.direction,
            device_time: scan.device_time,
            offset_ms: scan.offset_ms,
            override_reason: scan.override_reason,
            shown: scan.shown,
            gate: scan.gate,
        }
    }
}

/// The person behind a badge.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct PersonOut {
    /// Running number of the registration.
    number: i64,
    /// Name as on the badge.
    name: String,
    /// Company as on the badge.
    company: String,
}

/// The answer of the door.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct ScanOut {
    /// The scan.
    id: String,
    /// `admit`, `admit_with_notice`, `deny`.
    verdict: &'static str,
    /// Why not (or what was overridden): one of the codes of the reference.
    #[serde(skip_serializing_if = "Option::is_none")]
    reason: Option<String>,
    /// What the steward should know.
    #[serde(skip_serializing_if = "Option::is_none")]
    notice: Option<String>,
    /// The code could not be one at all.
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    malformed: bool,
    /// When the badge was used before.
    #[serde(skip_serializing_if = "Option::is_none")]
    used_at: Option<DateTime<Utc>>,
    /// At which gate that was.
    #[serde(skip_serializing_if = "Option::is_none")]
    used_gate: Option<String>,
    /// The reprint that is valid instead.
    #[serde(skip_serializing_if = "Option::is_none")]
    valid_reprint: Option<i32>,
    /// First or last day of a badge outside its validity.
    #[serde(skip_serializing_if = "Option::is_none")]
    valid_day: Option<NaiveDate>,
    /// The limit that is reached: people of a company or delegation, people in a zone.
    #[serde(skip_serializing_if = "Option::is_none")]
    limit: Option<i64>,
    /// The gate does not work in this direction.
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    wrong_direction: bool,
    /// For an upload: what the server would have said.
    #[serde(skip_serializing_if = "Option::is_none")]
    judged: Option<String>,
    /// Code of the gate.
    gate: String,
    /// `in` or `out`.
    direction: &'static str,
    /// The badge's category.
    #[serde(skip_serializing_if = "Option::is_none")]
    category: Option<&'static str>,
    /// The person, when the badge is known.
    #[serde(skip_serializing_if = "Option::is_none")]
    person: Option<PersonOut>,
    /// When the server took it.
    server_time: DateTime<Utc>,
    /// This scan was answered before; this is that answer.
    repeated: bool,
}

impl From<Answer> for ScanOut {
    fn from(answer: Answer) -> Self {
        let details = answer.details;
        Self {
            id: answer.scan.to_string(),
            verdict: answer.verdict.code(),
            reason: answer.reason,
            notice: details.notice,
            malformed: details.malformed,
            used_at: details.used_at,
            used_gate: details.used_gate_code,
            valid_reprint: details.valid_reprint,
            valid_day: details.valid_day,
            limit: details.limit,
            wrong_direction: details.wrong_direction,
            judged: details.judged,
            gate: answer.gate,
            direction: answer.direction.code(),
            category: answer.category.map(Category::code),
            person: answer.person.map(|p| PersonOut { number: p.number, name: p.name, company: p.company }),
            server_time: answer.server_time,
            repeated: answer.repeated,
        }
    }
}

/// Presents a badge. When this answers, the scan is on the disk.
#[utoipa::path(post, path = "/api/v1/editions/{edition}/scans", tag = "admission", security(("token" = [])),
    params(("edition" = String, Path, description = "slug of the edition")), request_body = ScanIn,
    responses((status = 200, body = ScanOut), (status = 401, body = super::Problem), (status = 403, body = super::Problem),
        (status = 409, body = super::Problem), (status = 422, body = super::Problem)))]
async fn scan(device: ApiDevice, State(app): State<App>, Body(given): Body<ScanIn>) -> Result<Json<ScanOut>, ApiFail> {
    let scan = ScanDraft::from(given).parse()?;
    let answer = admission::record_scan(&app, device.known.by.clone(), scan).await?;
    Ok(Json(answer.into()))
}

/// Many scans at once.
#[derive(Debug, Default, Serialize, Deserialize, ToSchema)]
#[serde(default)]
pub struct BatchIn {
    /// At most 1000.
    scans: Vec<ScanIn>,
}

/// One answer for each scan, in their order.
#[derive(Debug, Serialize, ToSchema)]
pub struct BatchOut {
    /// The answers.
    results: Vec<UploadedScan>,
}

/// What became of one scan of an upload.
#[derive(Debug, Serialize, ToSchema)]
pub struct UploadedScan {
    /// Id as it was sent.
    id: String,
    /// Whether it is recorded now.
    accepted: bool,
    /// The answer, when it is.
    #[serde(skip_serializing_if = "Option::is_none")]
    answer: Option<ScanOut>,
    /// What is wrong with it, when it is not.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    errors: Vec<ErrorOut>,
}

/// One thing wrong with one scan.
#[derive(Debug, Serialize, ToSchema)]
pub struct ErrorOut {
    /// The field.
    field: Option<String>,
    /// Stable code.
    code: String,
}

fn turned_down(id: String, refusals: Vec<Refusal>) -> UploadedScan {
    let errors = refusals.into_iter().map(|r| ErrorOut { field: r.field, code: r.code }).collect();
    UploadedScan { id, accepted: false, answer: None, errors }
}

/// Records each scan that can be recorded and answers every one.
pub(crate) async fn answer_each(
    app: &App,
    by: Arc<ScanBy>,
    drafts: Vec<ScanDraft>,
) -> Result<Vec<UploadedScan>, ApiFail> {
    if drafts.len() > BATCH_LIMIT {
        return Err(Refusal::invalid("too-many").at("scans").with("max", BATCH_LIMIT).into());
    }
    let mut results: Vec<Option<UploadedScan>> = Vec::with_capacity(drafts.len());
    let (mut scans, mut places) = (Vec::new(), Vec::new());
    for (place, draft) in drafts.into_iter().enumerate() {
        match draft.parse() {
            Ok(scan) => {
                scans.push(scan);
                places.push((place, draft.id));
                results.push(None);
            }
            Err(refusals) => results.push(Some(turned_down(draft.id, refusals))),
        }
    }
    let answers = if scans.is_empty() { Vec::new() } else { admission::record_scans(app, by, scans).await? };
    for ((place, id), answer) in places.into_iter().zip(answers) {
        results[place] = Some(match answer {
            Ok(answer) => UploadedScan { id, accepted: true, answer: Some(answer.into()), errors: Vec::new() },
            Err(refusal) => turned_down(id, vec![refusal]),
        });
    }
    Ok(results.into_iter().flatten().collect())
}

/// Presents many badges, or hands in what was scanned without network. Each scan is answered by itself.
#[utoipa::path(post, path = "/api/v1/editions/{edition}/scans/batch", tag = "admission", security(("token" = [])),
    params(("edition" = String, Path, description = "slug of the edition")), request_body = BatchIn,
    responses((status = 200, body = BatchOut), (status = 401, body = super::Problem), (status = 422, body = super::Problem)))]
async fn batch(
    device: ApiDevice,
    State(app): State<App>,
    Body(given): Body<BatchIn>,
) -> Result<Json<BatchOut>, ApiFail> {
    let drafts = given.scans.into_iter().map(ScanDraft::from).collect();
    Ok(Json(BatchOut { results: answer_each(&app, device.known.by.clone(), drafts).await? }))
}

/// What is asked of the scan log.
#[derive(Debug, Default, Deserialize, IntoParams)]
#[serde(default)]
#[into_params(parameter_in = Query)]
pub struct ScansAsked {
    /// A name, a company, a registration number or a code.
    q: String,
    /// Id of a gate.
    gate: String,
    /// Id of a device.
    device: String,
    /// `admit`, `admit_with_notice`, `deny`.
    verdict: String,
    /// Code of a reason.
    reason: String,
    /// Code of a category.
    category: String,
    /// A day of the venue.
    day: Option<NaiveDate>,
    /// Rows, at most 500.
    limit: Option<usize>,
    /// Where to go on.
    cursor: Option<String>,
}

/// A row of the scan log.
#[derive(Debug, Serialize, ToSchema)]
pub struct ScanLineOut {
    /// Id made by the device.
    id: String,
    /// When the server took it.
    server_time: DateTime<Utc>,
    /// When it counts for.
    entry_time: DateTime<Utc>,
    /// Code of the gate.
    gate: String,
    /// Name of the device.
    device: Option<String>,
    /// The device's running number.
    sequence: i64,
    /// `in` or `out`.
    direction: &'static str,
    /// The badge's category.
    category: Option<&'static str>,
    /// The person, when known.
    person: Option<PersonOut>,
    /// `admit`, `admit_with_notice`, `deny`.
    verdict: &'static str,
    /// Code of the reason.
    reason: Option<String>,
    /// Made without network.
    offline: bool,
    /// Why a supervisor let the person in.
    override_reason: Option<String>,
    /// The person's first entry on the day.
    first_entry: bool,
}

impl From<ScanLine> for ScanLineOut {
    fn from(line: ScanLine) -> Self {
        Self {
            id: line.id.to_string(),
            server_time: line.server_time,
            entry_time: line.entry_time,
            gate: line.gate,
            device: line.device,
            sequence: line.sequence,
            direction: line.direction.code(),
            category: line.category.map(Category::code),
            person: line.person.map(|p| PersonOut { number: p.number, name: p.name, company: p.company }),
            verdict: line.verdict.code(),
            reason: line.reason,
            offline: line.offline,
            override_reason: line.override_reason,
            first_entry: line.first_entry,
        }
    }
}

/// The scan log, newest first.
#[utoipa::path(get, path = "/api/v1/editions/{edition}/scans", tag = "admission", security(("token" = [])),
    params(("edition" = String, Path, description = "slug of the edition"), ScansAsked),
    responses((status = 200, body = Listing<ScanLineOut>), (status = 422, body = super::Problem)))]
async fn scans(
    caller: Api<may::AdmissionRead>,
    State(app): State<App>,
    Query(asked): Query<ScansAsked>,
) -> Result<Json<Listing<ScanLineOut>>, ApiFail> {
    let mut parse = domain::refusal::Parse::new();
    let given = |text: &str| !text.is_empty();
    let filter = ScanFilter {
        words: asked.q,
        gate: given(&asked.gate).then(|| parse.choice("gate", &asked.gate, |t| t.parse().ok())).flatten(),
        device: given(&asked.device).then(|| parse.choice("device", &asked.device, |t| t.parse().ok())).flatten(),
        verdict: given(&asked.verdict).then(|| parse.choice("verdict", &asked.verdict, VerdictKind::parse)).flatten(),
        reason: given(&asked.reason).then(|| parse.choice("reason", &asked.reason, Reason::known_code)).flatten(),
        category: given(&asked.category).then(|| parse.choice("category", &asked.category, Category::parse)).flatten(),
        day: asked.day,
        ..ScanFilter::default()
    };
    parse.finish(|| ())?;
    let limit = asked.limit.unwrap_or(50).clamp(1, 500);
    let page = read::log(&app.reader(), caller.edition.id, &filter, asked.cursor.as_deref(), limit).await?;
    Ok(Json(Listing { items: page.lines.into_iter().map(ScanLineOut::from).collect(), next: page.next }))
}
