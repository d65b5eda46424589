//! The scan page as an app on the home screen: the worker that lets it open without network, and what it is called.

use crate::{Need, Surface, answer::Fail, guard::Public};
use axum::Json;
use axum::http::{HeaderName, HeaderValue, header};
use axum::response::{IntoResponse, Response};
use serde::Serialize;
use templates::{asset, assets, links};

/// The worker lies below `/desk/` and serves `/desk` itself too.
const SCOPE: HeaderName = HeaderName::from_static("service-worker-allowed");

pub(crate) fn routes(s: &mut Surface) {
    s.get("/desk/worker.js", Need::Public, worker);
    s.get("/desk/app.webmanifest", Need::Public, manifest);
}

async fn worker() -> Result<Response, Fail> {
    let script = assets::bytes("sw.js").ok_or(Fail::Missing)?;
    let headers = [
        (header::CONTENT_TYPE, HeaderValue::from_static("text/javascript; charset=utf-8")),
        (header::CACHE_CONTROL, HeaderValue::from_static("no-cache")),
        (SCOPE, HeaderValue::from_static("/desk")),
    ];
    Ok((headers, script.into_owned()).into_response())
}

#[derive(Serialize)]
struct Manifest {
    id: &'static str,
    name: String,
    short_name: String,
    lang: &'static str,
    start_url: String,
    scope: &'static str,
    display: &'static str,
    orientation: &'static str,
    background_color: &'static str,
    theme_color: &'static str,
    icons: [AppIcon; 2],
}

#[derive(Serialize)]
struct AppIcon {
    src: String,
    sizes: &'static str,
    r#type: &'static str,
    purpose: &'static str,
}

fn icon(purpose: &'static str) -> AppIcon {
    AppIcon { src: asset("favicon.svg"), sizes: "any", r#type: "image/svg+xml", purpose }
}

async fn manifest(public: Public) -> Response {
    let lang = public.ui.lang;
    let manifest = Manifest {
        id: "/desk",
        name: lang.t("desk-app"),
        short_name: lang.t("desk-app-short"),
        lang: lang.code(),
        start_url: links::desk::home().to_string(),
        scope: "/desk",
        display: "standalone",
        orientation: "any",
        background_color: "#ffffff",
        theme_color: "#ffffff",
        icons: [icon("any"), icon("maskable")],
    };
    let kind = HeaderValue::from_static("application/manifest+json");
    ([(header::CONTENT_TYPE, kind)], Json(manifest)).into_response()
}
