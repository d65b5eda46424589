//! The company profile.

use super::shell;
use crate::{
    Need, Surface,
    answer::{Answer, Fail, page, refusals, refused, see_other_saying},
    fields::Fields,
    guard::Contact,
};
use app::App;
use axum::extract::State;
use domain::exhibitor::ProfileDraft;
use store::read;
use templates::{Flash, FormState, links, portal::ProfilePage};

pub(crate) fn routes(s: &mut Surface) {
    s.get("/portal/profile", Need::Contact, form);
    s.post("/portal/profile", Need::Contact, save);
}

async fn form(contact: Contact, State(app): State<App>) -> Answer {
    let viewer = &contact.viewer;
    let own = read::exhibitor::record(&app.reader(), viewer.edition, viewer.participation, app.now()).await?;
    let own = own.ok_or(Fail::Missing)?;
    let draft = ProfileDraft {
        name_en: own.company.en,
        name_zh: own.company.zh,
        country: own.country,
        website: own.website,
        phone: own.phone,
        version: own.party_version.to_string(),
    };
    page(ProfilePage { form: &FormState::of(&draft) }.render(&shell(&contact, &app).await?))
}

async fn save(contact: Contact, State(app): State<App>, Fields(draft): Fields<ProfileDraft>) -> Answer {
    match app::exhibitor::edit_profile(&app, &contact.viewer, &draft).await {
        Ok(()) => see_other_saying(&links::portal::home(), &Flash::good("portal-profile-flash")),
        Err(error) => {
            let form = FormState::new(&draft, &refusals(error)?);
            refused(ProfilePage { form: &form }.render(&shell(&contact, &app).await?))
        }
    }
}
