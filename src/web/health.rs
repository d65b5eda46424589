//! For those who watch over the process.

use crate::{Need, Surface};
use app::App;
use axum::{extract::State, http::StatusCode};

pub(crate) fn routes(s: &mut Surface) {
    s.get("/healthz", Need::Public, alive);
    s.get("/readyz", Need::Public, ready);
}

/// The process answers.
async fn alive() -> &'static str {
    "ok\n"
}

/// The database answers and has the schema this binary expects.
async fn ready(State(app): State<App>) -> (StatusCode, &'static str) {
    match (app.store().ping().await, app.store().pending_migrations().await) {
        (Ok(()), Ok(0)) => (StatusCode::OK, "ready\n"),
        (Ok(()), Ok(_)) => (StatusCode::SERVICE_UNAVAILABLE, "migrations are pending\n"),
        _ => (StatusCode::SERVICE_UNAVAILABLE, "the database does not answer\n"),
    }
}
