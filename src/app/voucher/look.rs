//! What a code offers to whoever holds it: shown on the page of an invitation and above the form.

use crate::{App, Error};
use domain::{
    Refusal,
    edition::Edition,
    journal::Actor,
    registration::{
        Category,
        invitation::Invitation,
        voucher::{self, Campaign, Voucher, plain},
    },
};
use store::record::voucher as record;

/// What a code offers.
#[derive(Clone, Debug)]
pub struct Offer {
    pub category: Category,
    /// The code as people read it.
    pub code: String,
    /// The exhibitor who invites, in the language of the invitation; empty for the organizer.
    pub invited_by: String,
    /// Whom it was sent to, if to somebody.
    pub invitation: Option<Invitation>,
    /// Why it cannot be used now.
    pub refusal: Option<Refusal>,
}

async fn found(app: &App, edition: &Edition, code: &str) -> Result<Option<(Voucher, Campaign)>, Error> {
    let code = plain(&code.chars().take(60).collect::<String>());
    if code.is_empty() {
        return Ok(None);
    }
    Ok(record::by_code(&app.reader(), edition.id, &code).await?)
}

/// What a code offers; nothing for one nobody gave out.
///
/// # Errors
/// When the database does not answer.
pub async fn look(app: &App, edition: &Edition, code: &str) -> Result<Option<Offer>, Error> {
    let Some((voucher, campaign)) = found(app, edition, code).await? else { return Ok(None) };
    let reader = app.reader();
    let used = record::used(&reader, edition.id, &voucher).await?;
    let refusal = voucher::admits(&campaign, &voucher, used, edition.day(app.now())).err();
    let invitation = record::invitation_by_voucher(&reader, edition.id, voucher.id).await?;
    Ok(Some(Offer {
        category: campaign.category,
        code: voucher::shown(&voucher.code),
        invited_by: invitation.as_ref().map(|one| one.invited_by.clone()).unwrap_or_default(),
        invitation,
        refusal,
    }))
}

/// Notes that the link of an invitation was opened, the first time it is.
///
/// # Errors
/// When the database does not answer.
pub async fn open(app: &App, edition: &Edition, offer: &Offer) -> Result<(), Error> {
    let Some(one) = offer.invitation.as_ref().filter(|one| one.opened_at.is_none()) else { return Ok(()) };
    let mut work = app.begin(Actor::Public).await?;
    let opened = Invitation { opened_at: Some(work.now()), ..one.clone() };
    record::save_invitation(work.tx(), &opened).await?;
    let campaign = record::campaign(work.tx(), edition.id, one.campaign).await?.ok_or(Error::Missing)?;
    work.note([campaign.fact("invitation_opened").with("name", one.name.clone())]);
    work.commit().await
}

/// The person invited says no.
///
/// # Errors
/// `Missing` for a code that was not sent to anybody.
pub async fn decline(app: &App, edition: &Edition, code: &str) -> Result<(), Error> {
    let (voucher, campaign) = found(app, edition, code).await?.ok_or(Error::Missing)?;
    let mut work = app.begin(Actor::Public).await?;
    let one = record::invitation_by_voucher(work.tx(), edition.id, voucher.id).await?.ok_or(Error::Missing)?;
    if one.declined_at.is_some() {
        return Ok(());
    }
    let declined = Invitation { declined_at: Some(work.now()), ..one };
    record::save_invitation(work.tx(), &declined).await?;
    work.note([campaign.fact("invitation_declined").with("name", declined.name)]);
    work.commit().await
}
