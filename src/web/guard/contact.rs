//! Exhibitor contacts, by the cookie of the portal. Another cookie and another type than the team's.

use super::{edition_ref, needs_touch};
use crate::{answer::Fail, ui::Ui};
use app::{App, chance};
use axum::{extract::FromRequestParts, http::request::Parts};
use axum_extra::extract::cookie::CookieJar;
use domain::{access::PortalViewer, edition::Edition};
use store::read::{access, edition};
use templates::{PortalShell, links};

/// The cookie of an exhibitor's contact.
pub const PORTAL_COOKIE: &str = "fl_portal";

/// A signed-in contact with its one edition.
pub struct Contact {
    /// Who, and for which exhibitor.
    pub viewer: PortalViewer,
    /// The edition.
    pub edition: Edition,
    /// Language, look, place.
    pub ui: Ui,
    /// The secret of the session, to end it.
    pub secret: String,
}

impl Contact {
    /// The frame around pages; the caller adds the company and the doors.
    pub fn shell(&self) -> PortalShell {
        PortalShell {
            theme: self.ui.theme,
            path: self.ui.path.clone(),
            flash: self.ui.flash.clone(),
            edition: Some(edition_ref(&self.edition)),
            name: self.viewer.name.clone(),
            ..PortalShell::plain(self.ui.lang)
        }
    }
}

impl FromRequestParts<App> for Contact {
    type Rejection = Fail;

    async fn from_request_parts(parts: &mut Parts, app: &App) -> Result<Self, Fail> {
        let ui = Ui::of(parts);
        let sign_in = || Fail::SignIn(links::portal::sign_in());
        let jar = CookieJar::from_headers(&parts.headers);
        let secret = jar.get(PORTAL_COOKIE).map(|c| c.value().to_owned()).ok_or_else(sign_in)?;
        let hash = chance::hash_secret(&secret);
        let reader = app.reader();
        let session = access::contact_session(&reader, &hash, app.now()).await?.ok_or_else(sign_in)?;
        if needs_touch(session.seen_at, app.now()) {
            app::access::touch_session(app, &hash).await?;
        }
        let edition = edition::by_id(&reader, session.viewer.edition).await?.ok_or(Fail::Missing)?;
        Ok(Self { viewer: session.viewer, edition, ui: ui.spoken_by(session.locale), secret })
    }
}
