//! The exhibitor invites visitors.

use super::{refusal, shell};
use crate::{
    Need, Surface,
    answer::{Answer, Fail, page, refusals, refused, see_other_saying},
    fields::Fields,
    guard::Contact,
    path::Path,
};
use app::{
    App, Error,
    voucher::{self as verbs, Inviter},
};
use axum::extract::{Query, State};
use domain::{InvitationId, registration::invitation::InviteDraft};
use serde::Deserialize;
use store::read::voucher as read;
use templates::{Flash, FormState, Markup, links, portal::InvitationsPage};

/// Rows on a page.
const PAGE: usize = 50;

pub(crate) fn routes(s: &mut Surface) {
    s.get("/portal/invitations", Need::Contact, list);
    s.post("/portal/invitations", Need::Contact, invite);
    s.post("/portal/invitations/remind", Need::Contact, remind);
    s.post("/portal/invitations/{own}/withdraw", Need::Contact, withdraw);
}

#[derive(Default, Deserialize)]
#[serde(default)]
struct Further {
    before: String,
}

async fn draw(contact: &Contact, app: &App, before: &str, form: &FormState) -> Result<Markup, Fail> {
    let (reader, viewer) = (app.reader(), &contact.viewer);
    let accounts = read::accounts(&reader, viewer.edition, ("", ""), Some(viewer.participation), 1).await?;
    let own = accounts.rows.first().ok_or(Fail::Missing)?;
    let campaign = read::of_exhibitor(&reader, viewer.edition, viewer.participation).await?;
    let (mut rows, reached) = match &campaign {
        Some(campaign) => (
            read::invitations(&reader, campaign.id, before.parse().ok(), PAGE as u32 + 1).await?,
            read::reached(&reader, campaign).await?,
        ),
        None => Default::default(),
    };
    let more = rows.len() > PAGE;
    rows.truncate(PAGE);
    let view = InvitationsPage {
        account: own.invitations,
        reached,
        next: rows.last().filter(|_| more).map(|row| row.invitation.id.to_string()),
        rows: &rows,
        later: !before.is_empty(),
        form,
        zone: contact.edition.time_zone,
    };
    Ok(view.render(&shell(contact, app).await?))
}

async fn list(contact: Contact, State(app): State<App>, Query(further): Query<Further>) -> Answer {
    page(draw(&contact, &app, &further.before, &FormState::empty()).await?)
}

async fn invite(contact: Contact, State(app): State<App>, Fields(draft): Fields<InviteDraft>) -> Answer {
    let inviter = Inviter::Exhibitor(contact.viewer.participation);
    let outcome = match draft.parse() {
        Ok((guests, locale)) => {
            verbs::invite(&app, contact.viewer.actor(), &contact.edition, inviter, (&guests, locale)).await
        }
        Err(refusals) => Err(refusals.into()),
    };
    match outcome {
        Ok(count) => said(Flash::good("invitation-sent-flash").with("count", count)),
        Err(error) => {
            let form = FormState::new(&draft, &refusals(error)?);
            refused(draw(&contact, &app, "", &form).await?)
        }
    }
}

fn said(flash: Flash) -> Answer {
    see_other_saying(&links::voucher::portal(), &flash)
}

async fn remind(contact: Contact, State(app): State<App>) -> Answer {
    let inviter = Inviter::Exhibitor(contact.viewer.participation);
    match verbs::remind(&app, contact.viewer.actor(), &contact.edition, inviter).await {
        Ok(count) => said(Flash::good("invitation-reminded-flash").with("count", count)),
        Err(Error::Refused(list)) => said(refusal(list)?),
        Err(error) => Err(error.into()),
    }
}

async fn withdraw(contact: Contact, State(app): State<App>, Path(id): Path<InvitationId>) -> Answer {
    let inviter = Inviter::Exhibitor(contact.viewer.participation);
    match verbs::withdraw(&app, contact.viewer.actor(), &contact.edition, inviter, id).await {
        Ok(()) => said(Flash::good("invitation-withdrawn-flash")),
        Err(Error::Refused(list)) => said(refusal(list)?),
        Err(error) => Err(error.into()),
    }
}
