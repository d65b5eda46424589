//! Making campaigns and codes, changing and stopping them.

use crate::{App, Error, Work, chance};
use domain::{
    CampaignId, Refusal, VoucherId,
    edition::Edition,
    journal::Actor,
    registration::voucher::{self, CHARS, Campaign, CampaignFields, CampaignWish, Kind, Voucher},
};
use store::record::voucher as record;

/// A new campaign with its codes.
///
/// # Errors
/// `voucher-code-taken` when the chosen code is somebody else's.
pub async fn create_campaign(
    app: &App,
    actor: Actor,
    edition: &Edition,
    wish: &CampaignWish,
) -> Result<CampaignId, Error> {
    let mut work = app.begin(actor).await?;
    let campaign = voucher::create(work.id(), edition.id, wish, work.actor().name(), work.now());
    record::insert_campaigns(work.tx(), std::slice::from_ref(&campaign)).await?;
    work.note([campaign.fact("created").with("name", campaign.name.clone()).with("codes", wish.count)]);
    match &wish.code {
        Some(code) => {
            let voucher = new_voucher(&work, &campaign, code.clone());
            record::insert_vouchers(work.tx(), &[voucher]).await.map_err(taken)?;
        }
        None => make_codes(&work, &campaign, wish.count).await?,
    }
    work.commit().await?;
    Ok(campaign.id)
}

fn taken(fault: store::Fault) -> Error {
    if fault.taken("uq_voucher_edition_id_code") {
        return Refusal::conflict("voucher-code-taken").at("code").into();
    }
    fault.into()
}

fn new_voucher(work: &Work, campaign: &Campaign, code: String) -> Voucher {
    Voucher {
        edition: campaign.edition,
        id: work.id::<VoucherId>(),
        campaign: campaign.id,
        code,
        uses: campaign.uses,
        stopped: false,
        created_at: work.now(),
    }
}

/// Codes of ours. 50 bits: that two are alike is less likely than a broken disk, and the constraint would say so.
pub(super) async fn make_codes(work: &Work, campaign: &Campaign, count: usize) -> Result<(), Error> {
    fresh(work, campaign, count).await.map(|_| ())
}

/// The same, given back.
pub(super) async fn fresh(work: &Work, campaign: &Campaign, count: usize) -> Result<Vec<Voucher>, Error> {
    let made = (0..count).map(|_| new_voucher(work, campaign, voucher::code(chance::bytes::<CHARS>())));
    let made: Vec<Voucher> = made.collect();
    record::insert_vouchers(work.tx(), &made).await?;
    Ok(made)
}

/// More codes for a campaign of single ones.
///
/// # Errors
/// `Missing`; `voucher-shared` for a campaign with one code for all.
pub async fn add_codes(app: &App, actor: Actor, edition: &Edition, id: CampaignId, count: usize) -> Result<(), Error> {
    let mut work = app.begin(actor).await?;
    let campaign = record::campaign(work.tx(), edition.id, id).await?.ok_or(Error::Missing)?;
    if campaign.kind == Kind::Shared {
        return Err(Refusal::unmet("voucher-shared").into());
    }
    make_codes(&work, &campaign, count).await?;
    work.note([campaign.fact("extended").with("codes", count)]);
    work.commit().await
}

/// Changes name, category, days, quota and note.
///
/// # Errors
/// `Missing`, `Stale`.
pub async fn change_campaign(
    app: &App,
    actor: Actor,
    edition: &Edition,
    id: CampaignId,
    (fields, version): &(CampaignFields, i32),
) -> Result<(), Error> {
    let mut work = app.begin(actor).await?;
    let current = record::campaign(work.tx(), edition.id, id).await?.ok_or(Error::Missing)?;
    if current.version != *version {
        return Err(Error::Stale);
    }
    let (changed, facts) = voucher::change(&current, fields);
    if facts.is_empty() {
        return Ok(());
    }
    record::save_campaign(work.tx(), &changed).await?;
    work.note(facts);
    work.commit().await
}

/// Stops all codes of a campaign, or lets them go on. Who came in by them stays in.
///
/// # Errors
/// `Missing`.
pub async fn stop_campaign(
    app: &App,
    actor: Actor,
    edition: &Edition,
    id: CampaignId,
    stopped: bool,
) -> Result<(), Error> {
    let mut work = app.begin(actor).await?;
    let current = record::campaign(work.tx(), edition.id, id).await?.ok_or(Error::Missing)?;
    let Some((changed, fact)) = current.set_stopped(stopped) else { return Ok(()) };
    record::save_campaign(work.tx(), &changed).await?;
    work.note([fact]);
    work.commit().await
}

/// Stops one code, or lets it go on.
///
/// # Errors
/// `Missing`.
pub async fn stop_code(
    app: &App,
    actor: Actor,
    edition: &Edition,
    (id, voucher): (CampaignId, VoucherId),
    stopped: bool,
) -> Result<(), Error> {
    let mut work = app.begin(actor).await?;
    let campaign = record::campaign(work.tx(), edition.id, id).await?.ok_or(Error::Missing)?;
    if record::stop_voucher(work.tx(), edition.id, voucher, stopped).await? == 0 {
        return Ok(());
    }
    let verb = if stopped { "code_stopped" } else { "code_resumed" };
    work.note([campaign.fact(verb)]);
    work.commit().await
}
