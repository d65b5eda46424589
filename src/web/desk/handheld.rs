//! The requests the script of the scan page makes every few seconds: how the device is, what is new, what was scanned
//! without network. The same answers as the interface for programs gives, to the cookie of the paired browser.

use crate::{
    Need, Surface,
    api::admission::{UploadedScan, answer_each, handheld as api, roster::RosterOut},
    api::{ApiFail, Body},
    guard::{Device, LeavingDevice},
};
use app::{App, admission};
use axum::Json;
use axum::extract::{Query, State};
use axum::http::HeaderMap;
use domain::admission::scan::ScanDraft;
use serde::{Deserialize, Serialize};

pub(crate) fn routes(s: &mut Surface) {
    s.post("/desk/contact", Need::Device, contact);
    s.get("/desk/badges", Need::Device, badges);
    s.get("/desk/passages", Need::Device, passages);
    s.get("/desk/roster", Need::Device, roster);
    s.post("/desk/upload", Need::Device, upload);
    s.post("/desk/farewell", Need::Device, farewell);
}

async fn contact(
    device: Device,
    State(app): State<App>,
    headers: HeaderMap,
    Body(report): Body<api::ReportIn>,
) -> Result<Json<api::BriefingOut>, ApiFail> {
    Ok(Json(api::brief(&app, &device.known, &headers, report).await?))
}

async fn badges(
    device: Device,
    State(app): State<App>,
    Query(asked): Query<api::After>,
) -> Result<Json<api::BadgesOut>, ApiFail> {
    Ok(Json(admission::badge_page(&app, device.known.key.device.edition, &asked.after).await?.into()))
}

async fn passages(
    device: Device,
    State(app): State<App>,
    Query(asked): Query<api::After>,
) -> Result<Json<api::PassagesOut>, ApiFail> {
    Ok(Json(admission::passage_page(&app, device.known.key.device.edition, &asked.after).await?.into()))
}

async fn roster(
    device: Device,
    State(app): State<App>,
    Query(asked): Query<api::After>,
) -> Result<Json<RosterOut>, ApiFail> {
    Ok(Json(admission::roster_piece(&app, &device.known, &asked.after).await?.into()))
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

async fn upload(device: Device, State(app): State<App>, Body(upload): Body<Upload>) -> Result<Json<Uploaded>, ApiFail> {
    Ok(Json(Uploaded { results: answer_each(&app, device.by(), upload.scans).await? }))
}

async fn farewell(
    device: LeavingDevice,
    State(app): State<App>,
    Body(upload): Body<Upload>,
) -> Result<Json<Uploaded>, ApiFail> {
    Ok(Json(Uploaded { results: answer_each(&app, device.known.by.clone(), upload.scans).await? }))
}
