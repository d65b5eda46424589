//! The scan page of a device: a plain form for browsers without script, JSON with drawn answers for the script,
//! and the bulk upload of scans made without network.

use crate::{
    Need, Surface,
    answer::{Answer, page, see_other},
    api::{ApiFail, Body, admission::UploadedScan, admission::answer_each},
    fields::Fields,
    guard::Device,
    server::POLICY,
};
use app::{App, admission};
use axum::Json;
use axum::extract::{FromRequest, Query, Request, State};
use axum::http::{HeaderMap, HeaderValue, header};
use axum::response::{IntoResponse, Response};
use domain::ScanId;
use domain::admission::scan::ScanDraft;
use domain::admission::view::{Answer as ScanAnswer, ScanFilter, ScanLine};
use domain::admission::{Direction, Moment};
use domain::registration::badge_code::EditionTag;
use serde::{Deserialize, Serialize};
use store::read::admission as read;
use templates::desk::scan::ScanPage;
use templates::desk::verdict;

pub(crate) fn routes(s: &mut Surface) {
    s.get("/desk", Need::Device, show);
    s.post("/desk/scan", Need::Device, scan);
    s.post("/desk/upload", Need::Device, upload);
    s.get("/desk/clock", Need::Device, clock);
}

#[derive(Default, Deserialize)]
#[serde(default)]
struct Shown {
    scan: String,
    direction: String,
}

async fn show(device: Device, State(app): State<App>, Query(shown): Query<Shown>) -> Answer {
    let reader = app.reader();
    let its = &device.known.key.device;
    let post = read::checkpoint(&reader, its.edition).await?.ok_or(crate::answer::Fail::Missing)?;
    let gate = its.gate.and_then(|id| post.gates.get(&id));
    let answer = match shown.scan.parse::<ScanId>() {
        Ok(id) => read::answers(&reader, its.edition, &[id.uuid()]).await?.into_iter().next(),
        Err(_) => None,
    };
    // The answer is shown after a redirect, so it is not a repetition to the person who made it.
    let answer = answer.map(|answer| ScanAnswer { repeated: false, ..answer });
    let mine = ScanFilter { device: Some(its.id), ..ScanFilter::default() };
    let last = read::log(&reader, its.edition, &mine, None, 12).await?.lines;
    let today = Moment::of(app.now(), post.zone).day;
    let (admitted, denied, _) = read::sequence_tally(&reader, its.edition, its.id, today).await?;
    let keys: Vec<_> = post.keys.iter().map(key_of).collect();
    let shell = device.shell();
    let html = ScanPage {
        device: its.id.to_string(),
        profile: its.profile,
        gate: gate.map(|gate| gate.direction),
        open: gate.is_none_or(|gate| gate.open),
        direction: direction_of(&shown.direction, gate),
        zone: post.zone,
        edition_tag: hex(&EditionTag::of(its.edition).0),
        keys: serde_json::to_string(&keys).unwrap_or_default(),
        answer: answer.as_ref(),
        last: &last,
        admitted,
        denied,
    };
    let mut response = page(html.render(&shell))?;
    // The decoder of the camera's pictures is WebAssembly; no other page may run any.
    let policy = format!("{POLICY}; script-src 'self' 'wasm-unsafe-eval'");
    if let Ok(policy) = HeaderValue::from_str(&policy) {
        response.headers_mut().insert(header::CONTENT_SECURITY_POLICY, policy);
    }
    Ok(response)
}

fn direction_of(chosen: &str, gate: Option<&domain::admission::Gate>) -> Direction {
    let usual = gate.map(|gate| gate.direction.default_direction()).unwrap_or_default();
    Direction::parse(chosen).filter(|d| gate.is_none_or(|gate| gate.direction.allows(*d))).unwrap_or(usual)
}

/// A public key as the script reads it.
#[derive(Serialize)]
struct KeyOut {
    edition: String,
    no: u8,
    public: String,
}

fn key_of(key: &domain::registration::badge_code::PublicKey) -> KeyOut {
    KeyOut { edition: hex(&key.edition.0), no: key.key_no, public: hex(&key.bytes) }
}

fn hex(bytes: &[u8]) -> String {
    bytes.iter().map(|byte| format!("{byte:02x}")).collect()
}

#[derive(Default, Deserialize)]
#[serde(default)]
struct Typed {
    code: String,
    direction: String,
    override_reason: String,
}

/// What the script gets: the answer drawn by the server.
#[derive(Serialize)]
struct Drawn {
    verdict: &'static str,
    html: String,
    row: String,
    repeated: bool,
}

async fn scan(device: Device, State(app): State<App>, headers: HeaderMap, request: Request) -> Answer {
    let json = headers.get(header::CONTENT_TYPE).is_some_and(|kind| kind.as_bytes().starts_with(b"application/json"));
    if json {
        return Ok(match drawn(&device, &app, request).await {
            Ok(drawn) => Json(drawn).into_response(),
            Err(fail) => fail.into_response(),
        });
    }
    let Fields(typed) = Fields::<Typed>::from_request(request, &app).await?;
    let draft = ScanDraft {
        id: app.id::<ScanId>().to_string(),
        code: typed.code,
        direction: typed.direction.clone(),
        override_reason: typed.override_reason,
        ..ScanDraft::default()
    };
    let answer = admission::record_scan(&app, device.by(), draft.parse()?).await?;
    let id = answer.scan.to_string();
    see_other(&templates::links::desk::home().query(&[("scan", &id), ("direction", &typed.direction)]))
}

async fn drawn(device: &Device, app: &App, request: Request) -> Result<Drawn, ApiFail> {
    let Body(draft) = Body::<ScanDraft>::from_request(request, app).await?;
    let answer = admission::record_scan(app, device.by(), draft.parse()?).await?;
    let zone = store::read::edition::by_id(&app.reader(), device.known.key.device.edition).await?;
    let zone = zone.map_or(chrono_tz::UTC, |edition| edition.time_zone);
    let (lang, profile) = (device.ui.lang, device.known.key.device.profile);
    Ok(Drawn {
        verdict: answer.verdict.code(),
        html: verdict::verdict(lang, zone, &answer, profile.may_override()).into_string(),
        row: if answer.repeated { String::new() } else { verdict::row(lang, zone, &line_of(&answer)).into_string() },
        repeated: answer.repeated,
    })
}

/// The answer as a line of the list of last scans.
fn line_of(answer: &ScanAnswer) -> ScanLine {
    ScanLine {
        id: answer.scan,
        server_time: answer.server_time,
        entry_time: answer.server_time,
        gate: answer.gate.clone(),
        device: None,
        sequence: 0,
        direction: answer.direction,
        code: answer.code.clone(),
        category: answer.category,
        person: answer.person.clone(),
        verdict: answer.verdict,
        reason: answer.reason.clone(),
        details: answer.details.clone(),
        offline: false,
        override_reason: None,
        first_entry: false,
    }
}

#[derive(Default, Deserialize)]
#[serde(default)]
struct Upload {
    scans: Vec<ScanDraft>,
}

#[derive(Serialize)]
struct Uploaded {
    results: Vec<UploadedScan>,
}

async fn upload(device: Device, State(app): State<App>, Body(upload): Body<Upload>) -> Response {
    match answer_each(&app, device.by(), upload.scans).await {
        Ok(results) => Json(Uploaded { results }).into_response(),
        Err(fail) => fail.into_response(),
    }
}

#[derive(Serialize)]
struct Clock {
    /// Milliseconds since 1970.
    now: i64,
}

async fn clock(_: Device, State(app): State<App>) -> Json<Clock> {
    Json(Clock { now: app.now().timestamp_millis() })
}
