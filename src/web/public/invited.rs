//! Where an invitation leads.

use crate::{
    Need, Surface,
    answer::{Answer, Fail, page, see_other_saying},
    guard::PublicEdition,
    path::Path,
};
use app::{App, voucher as verbs};
use axum::extract::State;
use templates::{Flash, links, public::invited::InvitedPage};

pub(crate) fn routes(s: &mut Surface) {
    s.get("/x/{edition}/invited/{code}", Need::PublicEdition, show);
    s.post("/x/{edition}/invited/{code}/decline", Need::PublicEdition, decline);
}

async fn show(show: PublicEdition, State(app): State<App>, Path((_, code)): Path<(String, String)>) -> Answer {
    let offer = verbs::look(&app, &show.edition, &code).await?.ok_or(Fail::Missing)?;
    verbs::open(&app, &show.edition, &offer).await?;
    let view = InvitedPage {
        edition: &show.edition,
        place: &show.place,
        code: &offer.code,
        category: offer.category,
        invited_by: &offer.invited_by,
        invitation: offer.invitation.as_ref(),
        refusal: offer.refusal.as_ref(),
    };
    let mut shell = show.shell();
    // The address holds the code: coming back here after a change of language would put it into a form.
    shell.path = links::public::home(&show.edition.slug).to_string();
    page(view.render(&shell))
}

async fn decline(show: PublicEdition, State(app): State<App>, Path((_, code)): Path<(String, String)>) -> Answer {
    verbs::decline(&app, &show.edition, &code).await?;
    see_other_saying(&links::voucher::invited(&show.edition.slug, &code), &Flash::good("invited-declined"))
}
