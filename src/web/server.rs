//! All routes together, and the frame around them: limits, headers, error pages, the log.

use crate::{
    Surface,
    answer::Failure,
    api, assets, desk, events, gallery, health, organizer, portal, public,
    ui::{self, Ui},
};
use app::App;
use axum::{
    Router,
    extract::{DefaultBodyLimit, Request, State},
    http::{HeaderName, HeaderValue, Method, StatusCode, header},
    middleware::{Next, from_fn, from_fn_with_state},
    response::{Html, IntoResponse, Response},
};
use std::time::Duration;
use templates::{
    PublicShell, links,
    public::{Problem, ProblemPage},
};
use tower_http::{
    catch_panic::CatchPanicLayer,
    compression::CompressionLayer,
    csrf::CsrfLayer,
    request_id::{MakeRequestUuid, PropagateRequestIdLayer, SetRequestIdLayer},
    timeout::TimeoutLayer,
    trace::TraceLayer,
};

/// The largest body of any request, bytes: an evidence file and its form.
const LARGEST_BODY: usize = 12 * 1024 * 1024;
/// A request that takes longer is given up. Streams are answered at once and not bound by it.
const LONGEST: Duration = Duration::from_secs(60);
const REQUEST_ID: HeaderName = HeaderName::from_static("x-request-id");
/// Nothing from elsewhere, nothing inline.
pub(crate) const POLICY: &str = "default-src 'self'; img-src 'self' data: blob:; object-src 'none'; base-uri 'none'; \
    form-action 'self'; frame-ancestors 'none'";

/// Every route of the product, as declared. The access matrix walks this list.
pub fn routes() -> Surface {
    let mut s = Surface::default();
    health::routes(&mut s);
    assets::routes(&mut s);
    events::routes(&mut s);
    public::routes(&mut s);
    organizer::routes(&mut s);
    gallery::routes(&mut s);
    portal::routes(&mut s);
    desk::routes(&mut s);
    api::routes(&mut s);
    s
}

/// The product as a service.
pub fn service(app: App) -> Router {
    let csrf = CsrfLayer::new();
    let csrf = csrf.clone().add_trusted_origin(&app.settings().base_url).unwrap_or(csrf);
    routes()
        .into_router()
        .fallback(|| async { crate::answer::Fail::Missing })
        .method_not_allowed_fallback(|| async { crate::answer::Fail::Missing })
        .layer(DefaultBodyLimit::max(LARGEST_BODY))
        .layer(csrf)
        .layer(TimeoutLayer::with_status_code(StatusCode::GATEWAY_TIMEOUT, LONGEST))
        .layer(CatchPanicLayer::new())
        .layer(from_fn(frame))
        .layer(from_fn_with_state(app.clone(), secure))
        .layer(CompressionLayer::new())
        .layer(PropagateRequestIdLayer::new(REQUEST_ID))
        .layer(TraceLayer::new_for_http().make_span_with(span))
        .layer(SetRequestIdLayer::new(REQUEST_ID, MakeRequestUuid))
        .with_state(app)
}

/// The path only: queries hold search words, and some paths of the public hold secrets, so only their first part.
fn span(request: &Request) -> tracing::Span {
    let path = request.uri().path();
    let secret = ["/r/", "/join/", "/pair/", "/g/", "/invited/"];
    let path = match secret.iter().find_map(|part| path.find(part)) {
        Some(at) => &path[..at],
        None => path,
    };
    let id = request.headers().get(REQUEST_ID).and_then(|v| v.to_str().ok()).unwrap_or_default();
    tracing::info_span!("request", method = %request.method(), path, id)
}

/// Draws the page of what went wrong, in the reader's language, and forgets what was said once.
async fn frame(request: Request, next: Next) -> Response {
    let (parts, body) = request.into_parts();
    let seen = Ui::of(&parts);
    let (is_get, is_api) = (parts.method == Method::GET, parts.uri.path().starts_with("/api/"));
    let id = parts.headers.get(REQUEST_ID).and_then(|v| v.to_str().ok()).unwrap_or_default().to_owned();
    let mut response = next.run(Request::from_parts(parts, body)).await;
    let undrawn = response.extensions_mut().remove::<Failure>();
    let status = response.status();
    if let Some(failure) = undrawn.or_else(|| bare_failure(&response)) {
        let drawn =
            if is_api { api::problem(status, &failure.refusals) } else { problem_page(&seen, status, &failure, id) };
        let (mut parts, body) = drawn.into_parts();
        parts.status = status;
        response = Response::from_parts(parts, body);
    }
    let is_page = response.headers().get(header::CONTENT_TYPE).is_some_and(|v| v.as_bytes().starts_with(b"text/html"));
    if is_get && is_page && seen.flash.is_some() {
        crate::answer::set_cookie(&mut response, ui::removal(ui::FLASH));
    }
    response
}

/// Failures of the layers below (limits, CSRF, panics) carry no page of their own.
fn bare_failure(response: &Response) -> Option<Failure> {
    let drawn = response.headers().get(header::CONTENT_TYPE).is_some_and(|v| {
        v.as_bytes().starts_with(b"text/html")
            || v.as_bytes().starts_with(b"application/")
            || v.as_bytes().starts_with(b"text/event-stream")
    });
    let failed = response.status().is_client_error() || response.status().is_server_error();
    (failed && !drawn && response.status() != StatusCode::SERVICE_UNAVAILABLE).then(Failure::default)
}

fn problem_page(ui: &Ui, status: StatusCode, failure: &Failure, id: String) -> Response {
    let lang = ui.lang;
    let problem = Problem::of_status(status.as_u16());
    let shell = PublicShell { theme: ui.theme, path: ui.path.clone(), ..PublicShell::plain(lang) };
    let page = ProblemPage {
        problem,
        home: links::edition::list(),
        refusals: failure.refusals.clone(),
        reference: status.is_server_error().then_some(id),
    };
    Html(page.render(lang, shell.page(problem.title(lang))).into_string()).into_response()
}

/// Headers that keep browsers from doing what no page of ours asks for.
async fn secure(State(app): State<App>, request: Request, next: Next) -> Response {
    let is_asset = request.uri().path().starts_with("/assets/");
    let mut response = next.run(request).await;
    let headers = response.headers_mut();
    let mut set = |name: HeaderName, value: &'static str| {
        if !headers.contains_key(&name) {
            headers.insert(name, HeaderValue::from_static(value));
        }
    };
    set(header::CONTENT_SECURITY_POLICY, POLICY);
    set(header::X_CONTENT_TYPE_OPTIONS, "nosniff");
    set(header::REFERRER_POLICY, "same-origin");
    set(header::X_FRAME_OPTIONS, "DENY");
    if !is_asset {
        set(header::CACHE_CONTROL, "private, no-store");
    }
    if app.settings().base_url.starts_with("https:") {
        set(header::STRICT_TRANSPORT_SECURITY, "max-age=31536000");
    }
    response
}
