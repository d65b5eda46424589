//! Calendar feeds by secret address. Everything that is no living feed gets one and the same answer.

use crate::answer::{Answer, Fail};
use crate::{Need, Surface, path::Path};
use app::App;
use axum::extract::State;
use axum::http::header;
use axum::response::IntoResponse;

pub(crate) fn routes(s: &mut Surface) {
    s.get("/calendar/{secret}", Need::Public, calendar);
}

async fn calendar(State(app): State<App>, Path(secret): Path<String>) -> Answer {
    let secret = secret.strip_suffix(".ics").ok_or(Fail::Missing)?;
    let text = match app::plan::serve_feed(&app, secret).await {
        Ok(text) => text,
        Err(app::Error::Missing) => return Err(Fail::Missing),
        Err(other) => return Err(other.into()),
    };
    let headers = [
        (header::CONTENT_TYPE, "text/calendar; charset=utf-8"),
        (header::CONTENT_DISPOSITION, "inline; filename=\"fairlead.ics\""),
        (header::CACHE_CONTROL, "private, max-age=300"),
        (header::REFERRER_POLICY, "no-referrer"),
        (header::X_CONTENT_TYPE_OPTIONS, "nosniff"),
    ];
    Ok((headers, text).into_response())
}
