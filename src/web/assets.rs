//! Styles, scripts, icons and fonts from inside the binary.

use crate::{Need, Surface, answer::Fail, path::Path};
use axum::{
    body::Body,
    http::{HeaderValue, header},
    response::{IntoResponse, Response},
};

pub(crate) fn routes(s: &mut Surface) {
    s.get("/assets/{*name}", Need::Public, asset);
}

async fn asset(Path(name): Path<String>) -> Result<Response, Fail> {
    let file = templates::assets::file(&name).ok_or(Fail::Missing)?;
    let age = if file.immutable { "public, max-age=31536000, immutable" } else { "no-cache" };
    let headers = [
        (header::CONTENT_TYPE, HeaderValue::from_static(file.media_type)),
        (header::CACHE_CONTROL, HeaderValue::from_static(age)),
    ];
    Ok((headers, Body::from(file.bytes.into_owned())).into_response())
}
