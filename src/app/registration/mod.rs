//! Registration's use cases: registering, changing, cancelling; issuing, replacing and blocking badges; the badge's
//! code as a picture; the mails that carry it. Paper is the matter of `printing`.

mod amend;
mod block;
mod cancel;
mod confirm;
mod consent;
mod enter;
mod export;
mod issue;
mod qr;
mod register;
mod review;

pub use amend::{amend_by_registrant, amend_registration};
pub use block::{block_badge, unblock_badge};
pub use cancel::{cancel_by_registrant, cancel_registration};
pub use confirm::{CONFIRM, send_badge_again};
pub(crate) use confirm::{Occasion, ask, confirm, letter_job};
pub use consent::set_consent;
pub(crate) use enter::{enter, index, known};
pub use export::export;
pub(crate) use issue::replace;
pub use issue::reprint_badge;
pub(crate) use issue::{replace, signing_key};
pub use qr::qr;
pub use register::{Entered, register_by_api, register_visitor, register_walk_in};
pub(crate) use register::{once, sent_before};
pub use review::review_registration;

use crate::Error;
use domain::{EditionId, RegistrationId, registration::access};
use store::{Query, read};

/// The key of a registrant's own link, to build it anew: made from the edition's first key, which is kept for ever.
///
/// # Errors
/// `Missing` when the edition has no key.
pub async fn access_key(db: &impl Query, edition: EditionId, id: RegistrationId) -> Result<String, Error> {
    let keys = read::edition::keys(db, edition).await?;
    let first = keys.last().ok_or(Error::Missing)?;
    let secret: [u8; 32] = first.secret.as_slice().try_into().map_err(|_| Error::Outside("key length".to_owned()))?;
    Ok(access::key(&secret, id))
}
