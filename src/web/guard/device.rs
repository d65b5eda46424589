//! Devices at gates and desks: the cookie of a paired browser, or `Authorization: Bearer fld_…`.
//! Another cookie and another type than the team's, so that one cannot be taken for the other.

use super::{api::bearer, edition_slug};
use crate::{answer::Fail, api::ApiFail, ui::Ui};
use app::App;
use app::admission::{KnownDevice, ScanBy, device_by_key, withdrawn_by_key};
use axum::extract::FromRequestParts;
use axum::http::{header::ACCEPT, request::Parts};
use axum_extra::extract::cookie::CookieJar;
use std::sync::Arc;
use templates::{DeskShell, links};

/// The cookie of a paired browser.
pub const DEVICE_COOKIE: &str = "fl_device";

/// A paired device at its pages.
pub struct Device {
    /// The device.
    pub known: Arc<KnownDevice>,
    /// Language, look, place.
    pub ui: Ui,
}

impl Device {
    /// The frame around pages.
    pub fn shell(&self) -> DeskShell {
        DeskShell {
            theme: self.ui.theme,
            path: self.ui.path.clone(),
            flash: self.ui.flash.clone(),
            device: self.known.key.device.name.clone(),
            gate: self.known.key.gate.clone(),
            ..DeskShell::plain(self.ui.lang)
        }
    }

    /// As the scan writer needs it.
    pub fn by(&self) -> Arc<ScanBy> {
        self.known.by.clone()
    }
}

impl FromRequestParts<App> for Device {
    type Rejection = Fail;

    async fn from_request_parts(parts: &mut Parts, app: &App) -> Result<Self, Fail> {
        // A script is told that the key no longer works; a person is shown where a device is paired.
        let script = parts.headers.get(ACCEPT).is_some_and(|accept| accept.as_bytes().starts_with(b"application/json"));
        let unpaired = || if script { Fail::Forbidden } else { Fail::SignIn(links::desk::pair()) };
        let jar = CookieJar::from_headers(&parts.headers);
        let key = jar.get(DEVICE_COOKIE).map(|c| c.value().to_owned());
        let key = key.or_else(|| bearer(parts, "fld_").map(str::to_owned)).ok_or_else(unpaired)?;
        let known = device_by_key(app, &key).await?.ok_or_else(unpaired)?;
        Ok(Self { known, ui: Ui::of(parts) })
    }
}

/// A device at the API, in the edition that the path names. Only the bearer header counts here.
pub struct ApiDevice {
    /// The device.
    pub known: Arc<KnownDevice>,
}

impl FromRequestParts<App> for ApiDevice {
    type Rejection = ApiFail;

    async fn from_request_parts(parts: &mut Parts, app: &App) -> Result<Self, ApiFail> {
        let key = bearer(parts, "fld_").ok_or(ApiFail::Unauthorized)?;
        let known = device_by_key(app, key).await?.ok_or(ApiFail::Unauthorized)?;
        let slug = edition_slug(parts).await.ok_or(ApiFail::Missing)?;
        if known.key.slug == slug { Ok(Self { known }) } else { Err(ApiFail::Missing) }
    }
}

/// A device at its farewell: paired, or withdrawn a short while ago. It may hand in scans and nothing else.
pub struct LeavingDevice {
    /// The device.
    pub known: Arc<KnownDevice>,
}

async fn leaving(app: &App, key: &str) -> Result<Option<Arc<KnownDevice>>, app::Error> {
    match device_by_key(app, key).await? {
        Some(known) => Ok(Some(known)),
        None => withdrawn_by_key(app, key).await,
    }
}

impl FromRequestParts<App> for LeavingDevice {
    type Rejection = Fail;

    async fn from_request_parts(parts: &mut Parts, app: &App) -> Result<Self, Fail> {
        let script = parts.headers.get(ACCEPT).is_some_and(|accept| accept.as_bytes().starts_with(b"application/json"));
        let nobody = || if script { Fail::Forbidden } else { Fail::SignIn(links::desk::pair()) };
        let jar = CookieJar::from_headers(&parts.headers);
        let key = jar.get(DEVICE_COOKIE).map(|c| c.value().to_owned());
        let key = key.or_else(|| bearer(parts, "fld_").map(str::to_owned)).ok_or_else(nobody)?;
        Ok(Self { known: leaving(app, &key).await?.ok_or_else(nobody)? })
    }
}

/// The same at the API.
pub struct LeavingApiDevice {
    /// The device.
    pub known: Arc<KnownDevice>,
}

impl FromRequestParts<App> for LeavingApiDevice {
    type Rejection = ApiFail;

    async fn from_request_parts(parts: &mut Parts, app: &App) -> Result<Self, ApiFail> {
        let key = bearer(parts, "fld_").ok_or(ApiFail::Unauthorized)?;
        let known = leaving(app, key).await?.ok_or(ApiFail::Unauthorized)?;
        let slug = edition_slug(parts).await.ok_or(ApiFail::Missing)?;
        if known.key.slug == slug { Ok(Self { known }) } else { Err(ApiFail::Missing) }
    }
}
