//! The scan page of a device: a plain form for browsers without script, JSON with drawn answers for the script.

use crate::{
    Need, Surface,
    answer::{Answer, page, see_other},
    api::{ApiFail, Body, admission::handheld::PassageOut},
    arrival,
    fields::Fields,
    guard::Device,
    server::POLICY,
};
use app::{App, admission};
use axum::Json;
use axum::extract::{FromRequest, Query, Request, State};
use axum::http::{HeaderMap, HeaderValue, header};
use axum::response::IntoResponse;
use domain::ScanId;
use domain::admission::scan::ScanDraft;
use domain::admission::view::{Answer as ScanAnswer, ScanFilter, ScanLine};
use domain::admission::{Direction, Moment, Profile};
use serde::{Deserialize, Serialize};
use store::read::admission as read;
use templates::desk::scan::ScanPage;
use templates::desk::verdict;

pub(crate) fn routes(s: &mut Surface) {
    s.get("/desk", Need::Device, show);
    s.post("/desk/scan", Need::Device, scan);
}

#[derive(Default, Deserialize)]
#[serde(default)]
struct Shown {
    scan: String,
    direction: String,
    /// Present: the page as a device keeps it, without a scan in it.
    kept: Option<String>,
}

async fn show(device: Device, State(app): State<App>, Query(shown): Query<Shown>) -> Answer {
    let reader = app.reader();
    let its = &device.known.key.device;
    let post = read::checkpoint(&reader, its.edition).await?.ok_or(crate::answer::Fail::Missing)?;
    let gate = its.gate.and_then(|id| post.gates.get(&id));
    let answer = match shown.scan.parse::<ScanId>() {
        Ok(id) => read::own_answer(&reader, its.edition, its.id, id).await?,
        Err(_) => None,
    };
    // The answer is shown after a redirect, so it is not a repetition to the person who made it.
    let answer = answer.map(|answer| ScanAnswer { repeated: false, ..answer });
    let paper = match &answer {
        Some(answer) => arrival::of_answer(&app, &device.known, answer, None).await?,
        None => None,
    };
    let mine = ScanFilter { device: Some(its.id), ..ScanFilter::default() };
    let kept = shown.kept.is_some() || its.profile == Profile::Kiosk;
    let last = if kept { Vec::new() } else { read::log(&reader, its.edition, &mine, None, 12).await?.lines };
    let today = Moment::of(app.now(), post.zone).day;
    let (admitted, denied, _) = read::sequence_tally(&reader, its.edition, its.id, today).await?;
    let shell = device.shell();
    let html = ScanPage {
        device: its.id.to_string(),
        profile: its.profile,
        gate: gate.map(|gate| gate.direction),
        open: gate.is_none_or(|gate| gate.open),
        direction: direction_of(&shown.direction, gate),
        zone: post.zone,
        answer: answer.as_ref(),
        paper: paper.as_ref(),
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
    /// The passage it was, which the device keeps for the time without network.
    passage: Option<PassageOut>,
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
    arrival::after_scan(&app, &device.known, &answer).await;
    let id = answer.scan.to_string();
    see_other(&templates::links::desk::home().query(&[("scan", &id), ("direction", &typed.direction)]))
}

async fn drawn(device: &Device, app: &App, request: Request) -> Result<Drawn, ApiFail> {
    let Body(draft) = Body::<ScanDraft>::from_request(request, app).await?;
    let answer = admission::record_scan(app, device.by(), draft.parse()?).await?;
    let paper = arrival::after_scan(app, &device.known, &answer).await;
    let zone = store::read::edition::by_id(&app.reader(), device.known.key.device.edition).await?;
    let zone = zone.map_or(chrono_tz::UTC, |edition| edition.time_zone);
    let (lang, profile) = (device.ui.lang, device.known.key.device.profile);
    Ok(Drawn {
        verdict: answer.verdict.code(),
        html: verdict::verdict(lang, zone, &answer, profile, paper.as_ref()).into_string(),
        row: if answer.repeated { String::new() } else { verdict::row(lang, zone, &line_of(&answer)).into_string() },
        repeated: answer.repeated,
        passage: passage_of(device, &answer),
    })
}

fn passage_of(device: &Device, answer: &ScanAnswer) -> Option<PassageOut> {
    let (person, gate) = (answer.person.as_ref()?, device.known.key.device.gate?);
    answer.verdict.admits().then(|| PassageOut {
        id: answer.scan.to_string(),
        n: person.number,
        g: gate.to_string(),
        d: answer.direction.code(),
        a: answer.server_time.timestamp_millis(),
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
