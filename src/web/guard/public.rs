//! Callers without a sign-in.

use super::{address, agent, edition_ref, edition_slug};
use crate::{answer::Fail, ui::Ui};
use app::App;
use axum::{extract::FromRequestParts, http::request::Parts};
use domain::edition::{Edition, Status};
use store::read::edition;
use templates::PublicShell;

/// Anybody.
pub struct Public {
    /// Language, look, place.
    pub ui: Ui,
    /// Network address.
    pub address: String,
    /// What the browser calls itself.
    pub agent: String,
}

impl Public {
    /// The frame around pages without a show.
    pub fn shell(&self) -> PublicShell {
        PublicShell {
            theme: self.ui.theme,
            path: self.ui.path.clone(),
            flash: self.ui.flash.clone(),
            ..PublicShell::plain(self.ui.lang)
        }
    }
}

impl FromRequestParts<App> for Public {
    type Rejection = Fail;

    async fn from_request_parts(parts: &mut Parts, _: &App) -> Result<Self, Fail> {
        Ok(Self { ui: Ui::of(parts), address: address(parts), agent: agent(parts) })
    }
}

/// Anybody, at an edition that is open to the public: one that exists and is not archived.
/// Whether registration or applications are open is for the page to say.
pub struct PublicEdition {
    /// The edition.
    pub edition: Edition,
    /// City and venue in the reader's language.
    pub place: String,
    /// Language, look, place.
    pub ui: Ui,
    /// Network address.
    pub address: String,
}

impl PublicEdition {
    /// The frame around pages of the show.
    pub fn shell(&self) -> PublicShell {
        PublicShell {
            theme: self.ui.theme,
            path: self.ui.path.clone(),
            flash: self.ui.flash.clone(),
            edition: Some(edition_ref(&self.edition)),
            place: self.place.clone(),
            ..PublicShell::plain(self.ui.lang)
        }
    }
}

impl FromRequestParts<App> for PublicEdition {
    type Rejection = Fail;

    async fn from_request_parts(parts: &mut Parts, app: &App) -> Result<Self, Fail> {
        let slug = edition_slug(parts).await.ok_or(Fail::Missing)?;
        let reader = app.reader();
        let edition = edition::by_slug(&reader, &slug).await?.filter(|e| e.status != Status::Archived);
        let edition = edition.ok_or(Fail::Missing)?;
        let ui = Ui::of(parts);
        let venue = edition::venues(&reader).await?.into_iter().find(|v| v.id == edition.venue);
        let place = venue.map(|v| format!("{}, {}", v.name.get(ui.lang.locale()), v.city)).unwrap_or_default();
        Ok(Self { edition, place, ui, address: address(parts) })
    }
}
