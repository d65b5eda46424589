//! Inviting people by mail: each gets a code of the own. The organizer invites for a campaign, an exhibitor for its own
//! within what it is allowed.

use super::{campaign::fresh, letter};
use crate::{App, Error, Work};
use domain::{
    Bilingual, CampaignId, InvitationId, Locale, ParticipationId, Refusal,
    edition::Edition,
    journal::Actor,
    registration::{
        Category,
        allowance::Kind as Account,
        invitation::{Guest, Invitation},
        voucher::{Campaign, Kind},
    },
    text::fold_email,
};
use store::{
    read::voucher as read,
    record::{registration, voucher as record},
};

/// Who invites.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Inviter {
    /// The organizer, for a campaign.
    Organizer(CampaignId),
    /// An exhibitor, for itself.
    Exhibitor(ParticipationId),
}

/// Invites people who have no open invitation of the same campaign yet; how many were invited.
///
/// # Errors
/// `Missing`; `voucher-shared`, `voucher-stopped`; `allowance-invitation` with how many are left; `invite-known` when
/// everybody has an invitation already.
pub async fn invite(
    app: &App,
    actor: Actor,
    edition: &Edition,
    inviter: Inviter,
    (guests, locale): (&[Guest], Locale),
) -> Result<usize, Error> {
    let mut work = app.begin(actor).await?;
    let campaign = campaign(&mut work, edition, inviter).await?;
    campaign.invites().map_err(|refusal| refusal.at("people"))?;
    let emails: Vec<String> = guests.iter().map(|guest| guest.email.clone()).collect();
    let known = record::invited_already(work.tx(), campaign.id, &emails).await?;
    let new: Vec<&Guest> = guests.iter().filter(|guest| !known.contains(&fold_email(&guest.email))).collect();
    if new.is_empty() {
        return Err(Refusal::conflict("invite-known").at("people").into());
    }
    if let Inviter::Exhibitor(exhibitor) = inviter {
        let accounts = read::accounts(work.tx(), edition.id, ("", ""), Some(exhibitor), 1).await?;
        let own = accounts.rows.first().ok_or(Error::Missing)?;
        own.invitations.take(Account::Invitation, new.len()).map_err(|refusal| refusal.at("people"))?;
    }
    let company = match campaign.participation {
        Some(exhibitor) => read::company_of(work.tx(), exhibitor).await?,
        None => None,
    };
    let new: Vec<(&Guest, Locale)> = new.into_iter().map(|guest| (guest, locale)).collect();
    send_all(&mut work, edition, (&campaign, company.as_ref()), &new).await?;
    work.commit().await?;
    Ok(new.len())
}

/// Invites these people, each in a language: codes, invitations and letters in the open transaction. The caller has made
/// sure that nobody of them has an open invitation of the campaign. `company` is the exhibitor who invites, if one does.
///
/// # Errors
/// When the database does not answer.
pub(crate) async fn send_all(
    work: &mut Work,
    edition: &Edition,
    (campaign, company): (&Campaign, Option<&Bilingual>),
    guests: &[(&Guest, Locale)],
) -> Result<(), Error> {
    let codes = fresh(work, campaign, guests.len()).await?;
    let made: Vec<(Invitation, String)> = guests
        .iter()
        .zip(codes)
        .map(|((guest, locale), voucher)| {
            (invitation(work, campaign, guest, *locale, voucher.id, company), voucher.code)
        })
        .collect();
    let rows: Vec<Invitation> = made.iter().map(|(one, _)| one.clone()).collect();
    record::insert_invitations(work.tx(), &rows).await?;
    for (one, code) in &made {
        letter::send(work, edition, one, code, false).await?;
    }
    work.note([campaign.fact("invited").with("count", made.len())]);
    Ok(())
}

/// The organizer's campaign of the same name that makes people this category: the campaign itself, one like it, or a
/// new one like it.
///
/// # Errors
/// When the database does not answer.
pub(crate) async fn for_category(work: &mut Work, like: &Campaign, category: Category) -> Result<Campaign, Error> {
    if like.category == category {
        return Ok(like.clone());
    }
    if let Some(known) = record::campaign_like(work.tx(), like, category).await? {
        return Ok(known);
    }
    let made = Campaign {
        id: work.id(),
        category,
        created_by: work.actor().name().to_owned(),
        created_at: work.now(),
        version: 0,
        ..like.clone()
    };
    record::insert_campaigns(work.tx(), std::slice::from_ref(&made)).await?;
    work.note([made.fact("created").with("name", made.name.clone()).with("codes", 0)]);
    Ok(made)
}

fn invitation(
    work: &Work,
    campaign: &Campaign,
    guest: &Guest,
    locale: Locale,
    voucher: domain::VoucherId,
    company: Option<&Bilingual>,
) -> Invitation {
    Invitation {
        edition: campaign.edition,
        id: work.id::<InvitationId>(),
        campaign: campaign.id,
        voucher,
        name: guest.name.clone(),
        email: guest.email.clone(),
        company: guest.company.clone(),
        locale,
        invited_by: company.map(|name| name.get(locale).to_owned()).unwrap_or_default(),
        sent_at: work.now(),
        reminded_at: None,
        opened_at: None,
        declined_at: None,
        withdrawn_at: None,
    }
}

/// The campaign to invite for; an exhibitor's is made with its first invitation. Waits for others of the edition, so
/// that an account is not overdrawn by two at the same moment.
async fn campaign(work: &mut Work, edition: &Edition, inviter: Inviter) -> Result<Campaign, Error> {
    registration::queue(work.tx(), edition.id).await?;
    let exhibitor = match inviter {
        Inviter::Organizer(id) => {
            return record::campaign(work.tx(), edition.id, id).await?.ok_or(Error::Missing);
        }
        Inviter::Exhibitor(exhibitor) => exhibitor,
    };
    if let Some(known) = record::campaign_of_exhibitor(work.tx(), edition.id, exhibitor).await? {
        return Ok(known);
    }
    let company = read::company_of(work.tx(), exhibitor).await?.ok_or(Error::Missing)?;
    let campaign = Campaign {
        id: work.id(),
        edition: edition.id,
        participation: Some(exhibitor),
        name: company.get(Locale::En).to_owned(),
        category: Category::TradeVisitor,
        kind: Kind::Single,
        uses: 1,
        quota: None,
        valid_from: None,
        valid_until: Some(edition.closes_on),
        stopped: false,
        note: String::new(),
        created_by: work.actor().name().to_owned(),
        created_at: work.now(),
        version: 0,
    };
    record::insert_campaigns(work.tx(), std::slice::from_ref(&campaign)).await?;
    work.note([campaign.fact("created").with("name", campaign.name.clone()).with("codes", 0)]);
    Ok(campaign)
}

async fn known(work: &Work, edition: &Edition, inviter: Inviter) -> Result<Campaign, Error> {
    let found = match inviter {
        Inviter::Organizer(id) => record::campaign(work.tx(), edition.id, id).await?,
        Inviter::Exhibitor(exhibitor) => record::campaign_of_exhibitor(work.tx(), edition.id, exhibitor).await?,
    };
    found.ok_or(Error::Missing)
}

/// Takes an invitation back: its code opens nothing from then on, and the place in the account is free again.
///
/// # Errors
/// `Missing`; `invite-used` when somebody registered by it.
pub async fn withdraw(
    app: &App,
    actor: Actor,
    edition: &Edition,
    inviter: Inviter,
    id: InvitationId,
) -> Result<(), Error> {
    let mut work = app.begin(actor).await?;
    registration::queue(work.tx(), edition.id).await?;
    let campaign = known(&work, edition, inviter).await?;
    let one = record::invitation(work.tx(), campaign.id, id).await?.ok_or(Error::Missing)?;
    if one.withdrawn_at.is_some() {
        return Ok(());
    }
    let voucher = domain::registration::voucher::Voucher {
        edition: edition.id,
        id: one.voucher,
        campaign: campaign.id,
        code: String::new(),
        uses: 1,
        stopped: false,
        created_at: one.sent_at,
    };
    if record::used(work.tx(), edition.id, &voucher).await?.code > 0 {
        return Err(Refusal::conflict("invite-used").into());
    }
    record::stop_voucher(work.tx(), edition.id, one.voucher, true).await?;
    let withdrawn = Invitation { withdrawn_at: Some(work.now()), ..one };
    record::save_invitation(work.tx(), &withdrawn).await?;
    work.note([campaign.fact("invitation_withdrawn").with("name", withdrawn.name.clone())]);
    work.commit().await
}

/// Reminds those who have not answered and were not written to for some days; how many.
///
/// # Errors
/// `Missing`; `invite-nobody` when there is nobody to remind.
pub async fn remind(app: &App, actor: Actor, edition: &Edition, inviter: Inviter) -> Result<usize, Error> {
    let mut work = app.begin(actor).await?;
    let campaign = match known(&work, edition, inviter).await {
        // Who has invited nobody yet has nobody to remind.
        Err(Error::Missing) if matches!(inviter, Inviter::Exhibitor(_)) => {
            return Err(Refusal::unmet("invite-nobody").into());
        }
        found => found?,
    };
    if campaign.stopped {
        return Err(Refusal::unmet("voucher-stopped").into());
    }
    let mut before = None;
    let mut reminded = 0;
    loop {
        let rows = read::invitations(work.tx(), campaign.id, before, 500).await?;
        for row in &rows {
            if !row.invitation.may_remind(row.registration.is_some(), work.now()) {
                continue;
            }
            let again = Invitation { reminded_at: Some(work.now()), ..row.invitation.clone() };
            record::save_invitation(work.tx(), &again).await?;
            letter::send(&work, edition, &again, &row.code, true).await?;
            reminded += 1;
        }
        match rows.last().filter(|_| rows.len() == 500) {
            Some(last) => before = Some(last.invitation.id.uuid()),
            None => break,
        }
    }
    if reminded == 0 {
        return Err(Refusal::unmet("invite-nobody").into());
    }
    work.note([campaign.fact("reminded").with("count", reminded)]);
    work.commit().await?;
    Ok(reminded)
}
