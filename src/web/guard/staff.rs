//! Members of the team, by the cookie of their session.

use super::{edition_ref, edition_slug, may::May, needs_touch};
use crate::{answer::Fail, ui::Ui};
use app::{App, chance};
use axum::{extract::FromRequestParts, http::request::Parts};
use axum_extra::extract::cookie::CookieJar;
use domain::{
    access::{Permission, Viewer},
    edition::Edition,
    plan::incident_view::Alarm,
};
use std::marker::PhantomData;
use store::read::{access, edition};
use templates::{
    Shell, links,
    shells::{EditionRef, Who},
};

/// The cookie of a member of the team.
pub const SESSION_COOKIE: &str = "fl_session";

/// A signed-in member of the team, outside any edition.
pub struct SignedIn {
    /// Who.
    pub viewer: Viewer,
    /// Language, look, place.
    pub ui: Ui,
    /// The secret of the session, to end it.
    pub secret: String,
    editions: Vec<Edition>,
}

impl SignedIn {
    /// The editions the viewer may see, the latest first.
    pub fn editions(&self) -> impl Iterator<Item = &Edition> {
        self.editions.iter().filter(|e| self.viewer.sees(e.id))
    }

    /// The frame around pages.
    pub fn shell(&self) -> Shell {
        self.shell_in(None)
    }

    /// The frame around pages that stand outside the address of an edition but are about one, such as a search.
    pub fn shell_in(&self, edition: Option<&Edition>) -> Shell {
        shell(&self.ui, &self.viewer, self.editions().map(edition_ref).collect(), edition)
    }
}

fn shell(ui: &Ui, viewer: &Viewer, editions: Vec<EditionRef>, current: Option<&Edition>) -> Shell {
    let may = current.map(|e| Permission::ALL.iter().copied().filter(|p| viewer.may(*p, e.id)).collect());
    Shell {
        lang: ui.lang,
        theme: ui.theme,
        path: ui.path.clone(),
        flash: ui.flash.clone(),
        who: Some(Who { name: viewer.name.clone(), email: String::new(), admin: viewer.admin }),
        edition: current.map(edition_ref),
        editions,
        may: may.unwrap_or_default(),
        alarm: None,
    }
}

impl FromRequestParts<App> for SignedIn {
    type Rejection = Fail;

    async fn from_request_parts(parts: &mut Parts, app: &App) -> Result<Self, Fail> {
        let ui = Ui::of(parts);
        let back = if parts.method == axum::http::Method::GET { ui.path.as_str() } else { "" };
        let sign_in =
            || Fail::SignIn(if back.is_empty() { links::access::sign_in() } else { links::access::sign_in_then(back) });
        let jar = CookieJar::from_headers(&parts.headers);
        let secret = jar.get(SESSION_COOKIE).map(|c| c.value().to_owned()).ok_or_else(sign_in)?;
        let hash = chance::hash_secret(&secret);
        let reader = app.reader();
        let session = access::staff_session(&reader, &hash, app.now()).await?.ok_or_else(sign_in)?;
        if needs_touch(session.seen_at, app.now()) {
            app::access::touch_session(app, &hash).await?;
        }
        let editions = edition::all(&reader).await?;
        Ok(Self { viewer: session.viewer, ui: ui.spoken_by(session.locale), secret, editions })
    }
}

/// An administrator of the installation.
pub struct Admin(pub SignedIn);

impl FromRequestParts<App> for Admin {
    type Rejection = Fail;

    async fn from_request_parts(parts: &mut Parts, app: &App) -> Result<Self, Fail> {
        let signed_in = SignedIn::from_request_parts(parts, app).await?;
        if signed_in.viewer.administers() { Ok(Self(signed_in)) } else { Err(Fail::Forbidden) }
    }
}

/// A member of the team with the right `P` in the edition that the path names.
/// An edition the viewer may not know answers 404, one they know but may not use so 403.
pub struct Staff<P> {
    /// Who.
    pub viewer: Viewer,
    /// The edition.
    pub edition: Edition,
    /// Language, look, place.
    pub ui: Ui,
    editions: Vec<EditionRef>,
    alarms: Vec<Alarm>,
    right: PhantomData<P>,
}

impl<P> Staff<P> {
    /// The frame around pages.
    pub fn shell(&self) -> Shell {
        let mut shell = shell(&self.ui, &self.viewer, self.editions.clone(), Some(&self.edition));
        if self.may(Permission::PlanRead) {
            let (slug, zone) = (&self.edition.slug, self.edition.time_zone);
            shell.alarm = Some(templates::organizer::plan::incident::alarm(self.ui.lang, slug, zone, &self.alarms));
        }
        shell
    }

    /// Whether the viewer may also do this here.
    pub fn may(&self, permission: Permission) -> bool {
        self.viewer.may(permission, self.edition.id)
    }

    /// Refuses who may not do this as well: taking a list away is a right of its own, and does not open what the reader
    /// may not see.
    ///
    /// # Errors
    /// `Forbidden`.
    pub fn must(&self, permission: Permission) -> Result<(), Fail> {
        if self.may(permission) { Ok(()) } else { Err(Fail::Forbidden) }
    }
}

impl<P: May> FromRequestParts<App> for Staff<P> {
    type Rejection = Fail;

    async fn from_request_parts(parts: &mut Parts, app: &App) -> Result<Self, Fail> {
        let signed_in = SignedIn::from_request_parts(parts, app).await?;
        let slug = edition_slug(parts).await.ok_or(Fail::Missing)?;
        let edition = signed_in.editions().find(|e| e.slug == slug).cloned().ok_or(Fail::Missing)?;
        if !signed_in.viewer.may(P::PERMISSION, edition.id) {
            return Err(Fail::Forbidden);
        }
        let editions = signed_in.editions().map(edition_ref).collect();
        let alarms = match signed_in.viewer.may(Permission::PlanRead, edition.id) {
            true => store::read::plan::incident::alarms(&app.reader(), edition.id).await?,
            false => Vec::new(),
        };
        Ok(Self { viewer: signed_in.viewer, edition, ui: signed_in.ui, editions, alarms, right: PhantomData })
    }
}
