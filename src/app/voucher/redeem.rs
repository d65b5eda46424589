//! A code that comes with a registration: checked before anything is made, noted once the registration exists. The
//! caller holds the queue of the edition, so nobody else redeems in between and a quota is never passed.

use crate::{Error, Work};
use domain::{
    Refusal,
    edition::Edition,
    registration::{
        Channel, Registration,
        draft::Wish,
        voucher::{self, Campaign, Voucher},
    },
};
use store::record::voucher as record;

/// A code that may be used, or none.
pub(crate) struct Claim(Option<(Voucher, Campaign)>);

/// Looks at the code of a wish; an empty one claims nothing.
///
/// # Errors
/// At `voucher`: `voucher-unknown` and what [`voucher::admits`] says.
pub(crate) async fn claim(work: &Work, edition: &Edition, code: &str) -> Result<Claim, Error> {
    if code.is_empty() {
        return Ok(Claim(None));
    }
    let unknown = || Refusal::invalid("voucher-unknown").at("voucher");
    let (voucher, campaign) = record::by_code(work.tx(), edition.id, code).await?.ok_or_else(unknown)?;
    let used = record::used(work.tx(), edition.id, &voucher).await?;
    voucher::admits(&campaign, &voucher, used, edition.day(work.now()))?;
    Ok(Claim(Some((voucher, campaign))))
}

impl Claim {
    /// The wish in the category the code gives.
    pub(crate) fn upon(&self, wish: &Wish) -> Wish {
        match &self.0 {
            Some((_, campaign)) => Wish { category: campaign.category, ..wish.clone() },
            None => wish.clone(),
        }
    }

    /// How the registration comes in: who was invited needs nobody's approval.
    pub(crate) const fn channel(&self, otherwise: Channel) -> Channel {
        if self.0.is_some() { Channel::Invited } else { otherwise }
    }

    /// Notes who used it.
    pub(crate) async fn redeem(&self, work: &mut Work, registration: &Registration) -> Result<(), Error> {
        let Some((voucher, campaign)) = &self.0 else { return Ok(()) };
        let redemption = record::Redemption {
            edition: registration.edition,
            registration: registration.id,
            voucher: voucher.id,
            campaign: campaign.id,
            at: work.now(),
        };
        record::insert_redemptions(work.tx(), &[redemption]).await?;
        work.note([campaign.fact("redeemed").with("number", registration.number).with("code", voucher.code.clone())]);
        Ok(())
    }
}
