//! Answers: pages, redirects, and the one place where what went wrong becomes a status.

use crate::ui;
use axum::{
    body::Body,
    http::{HeaderValue, StatusCode, header},
    response::{Html, IntoResponse, Response},
};
use axum_extra::extract::cookie::Cookie;
use domain::{Refusal, RefusalKind};
use templates::{Flash, Href, Markup};

/// What a handler of a page returns.
pub type Answer = Result<Response, Fail>;

/// A page.
///
/// # Errors
/// None; it has the shape handlers return.
pub fn page(markup: Markup) -> Answer {
    Ok(Html(markup.into_string()).into_response())
}

/// The page of a form that was refused, with what was typed.
///
/// # Errors
/// None; it has the shape handlers return.
pub fn refused(markup: Markup) -> Answer {
    Ok((StatusCode::UNPROCESSABLE_ENTITY, Html(markup.into_string())).into_response())
}

/// Go and see.
///
/// # Errors
/// None; it has the shape handlers return.
pub fn see_other(link: &Href) -> Answer {
    Ok(redirect(link.as_str()))
}

/// Go and see, and say this once there.
///
/// # Errors
/// None; it has the shape handlers return.
pub fn see_other_saying(link: &Href, flash: &Flash) -> Answer {
    let mut response = redirect(link.as_str());
    set_cookie(&mut response, ui::cookie(ui::FLASH, ui::write_flash(flash), false));
    Ok(response)
}

/// A file to keep.
///
/// # Errors
/// None; it has the shape handlers return.
pub fn download(name: &str, media_type: &str, content: Vec<u8>) -> Answer {
    // RFC 6266: an ASCII name for everybody, the real one for those who read it.
    let plain: String =
        name.chars().map(|c| if c.is_ascii_alphanumeric() || "-_. ".contains(c) { c } else { '_' }).collect();
    let disposition = format!("attachment; filename=\"{plain}\"; filename*=UTF-8''{}", templates::links::segment(name));
    let mut response = Body::from(content).into_response();
    let headers = response.headers_mut();
    let value =
        |text: &str| HeaderValue::from_str(text).unwrap_or(HeaderValue::from_static("application/octet-stream"));
    headers.insert(header::CONTENT_TYPE, value(media_type));
    headers.insert(header::CONTENT_DISPOSITION, value(&disposition));
    headers.insert(header::CACHE_CONTROL, HeaderValue::from_static("private, no-store"));
    Ok(response)
}

/// A file from disk to keep, sent piece by piece.
///
/// # Errors
/// None; it has the shape handlers return.
pub fn download_file(name: &str, written: app::spreadsheet::Written) -> Answer {
    use std::io::Read;
    let (sender, receiver) = tokio::sync::mpsc::channel::<std::io::Result<bytes::Bytes>>(4);
    let (mut file, bytes) = (written.file, written.bytes);
    tokio::task::spawn_blocking(move || {
        let mut piece = vec![0; 64 * 1024];
        loop {
            let read = match file.read(&mut piece) {
                Ok(0) => return,
                Ok(count) => Ok(bytes::Bytes::copy_from_slice(&piece[..count])),
                Err(error) => Err(error),
            };
            let broken = read.is_err();
            // A receiver that is gone has had enough.
            if sender.blocking_send(read).is_err() || broken {
                return;
            }
        }
    });
    let mut response = download(name, written.format.media_type(), Vec::new())?;
    *response.body_mut() = Body::from_stream(tokio_stream::wrappers::ReceiverStream::new(receiver));
    response.headers_mut().insert(header::CONTENT_LENGTH, HeaderValue::from(bytes));
    Ok(response)
}

pub(crate) fn redirect(to: &str) -> Response {
    let location = HeaderValue::from_str(to).unwrap_or(HeaderValue::from_static("/"));
    (StatusCode::SEE_OTHER, [(header::LOCATION, location)]).into_response()
}

pub(crate) fn set_cookie(response: &mut Response, cookie: Cookie<'static>) {
    if let Ok(value) = HeaderValue::from_str(&cookie.to_string()) {
        response.headers_mut().append(header::SET_COOKIE, value);
    }
}

/// Why there is no ordinary answer. The frame around all routes turns it into a page or a problem document.
#[derive(Debug)]
pub enum Fail {
    /// A use case said no and the handler has no form to show it in.
    App(app::Error),
    /// Nothing there for this caller.
    Missing,
    /// The caller sees the edition but may not do this.
    Forbidden,
    /// Sign in first, then come back to this path.
    SignIn(Href),
}

impl From<app::Error> for Fail {
    fn from(error: app::Error) -> Self {
        Self::App(error)
    }
}

impl From<store::Fault> for Fail {
    fn from(fault: store::Fault) -> Self {
        Self::App(fault.into())
    }
}

impl From<Vec<Refusal>> for Fail {
    fn from(refusals: Vec<Refusal>) -> Self {
        Self::App(refusals.into())
    }
}

impl From<Refusal> for Fail {
    fn from(refusal: Refusal) -> Self {
        Self::App(refusal.into())
    }
}

/// Marks a response whose page is still to be drawn, in the reader's language.
#[derive(Clone, Debug, Default)]
pub(crate) struct Failure {
    pub refusals: Vec<Refusal>,
}

impl IntoResponse for Fail {
    fn into_response(self) -> Response {
        let (status, refusals) = match self {
            Self::SignIn(link) => return redirect(link.as_str()),
            Self::Missing => (StatusCode::NOT_FOUND, Vec::new()),
            Self::Forbidden => (StatusCode::FORBIDDEN, Vec::new()),
            Self::App(error) => status_of(error),
        };
        let mut response = status.into_response();
        response.extensions_mut().insert(Failure { refusals });
        response
    }
}

/// The status of an error. What only the log may know is logged here, once.
pub(crate) fn status_of(error: app::Error) -> (StatusCode, Vec<Refusal>) {
    match error {
        app::Error::Refused(refusals) => (status_of_refusals(&refusals), refusals),
        app::Error::Missing => (StatusCode::NOT_FOUND, Vec::new()),
        app::Error::Forbidden => (StatusCode::FORBIDDEN, Vec::new()),
        app::Error::Stale => (StatusCode::CONFLICT, vec![Refusal::conflict("stale")]),
        app::Error::Fault(fault) => {
            tracing::error!(error = %fault, "the database refused");
            (StatusCode::INTERNAL_SERVER_ERROR, Vec::new())
        }
        app::Error::Outside(error) => {
            tracing::error!(%error, "something outside failed");
            (StatusCode::INTERNAL_SERVER_ERROR, Vec::new())
        }
    }
}

fn status_of_refusals(refusals: &[Refusal]) -> StatusCode {
    match refusals.first().map(|r| r.kind) {
        Some(RefusalKind::Conflict | RefusalKind::Unmet) => StatusCode::CONFLICT,
        Some(RefusalKind::Forbidden) => StatusCode::FORBIDDEN,
        Some(RefusalKind::Missing) => StatusCode::NOT_FOUND,
        _ => StatusCode::UNPROCESSABLE_ENTITY,
    }
}

/// The refusals of an error that a form can show, or the failure as it is.
///
/// # Errors
/// When the error is not a refusal.
pub fn refusals(error: app::Error) -> Result<Vec<Refusal>, Fail> {
    match error {
        app::Error::Refused(refusals) => Ok(refusals),
        app::Error::Stale => Ok(vec![Refusal::conflict("stale")]),
        other => Err(Fail::App(other)),
    }
}
