//! Registration's use cases: forms and categories' rules; registering, changing, cancelling; issuing, replacing and
//! blocking badges; the badge's code as a picture; the mails that carry it. Paper is the matter of `printing`.

mod address;
mod amend;
mod anonymize;
mod block;
mod cancel;
mod confirm;
mod consent;
mod disclose;
mod enter;
mod export;
mod form;
mod issue;
mod letter;
mod places;
mod qr;
mod register;
mod remind;
mod review;
mod setting;

pub use address::{ask_address, asked_address, confirm_address};
pub use amend::{amend_by_registrant, amend_registration};
pub(crate) use anonymize::forget_next;
pub use anonymize::{FORGET, anonymize_registration, forget_due};
pub use block::{block_badge, unblock_badge};
pub use cancel::{cancel_by_registrant, cancel_registration};
pub use confirm::{CONFIRM, send_badge_again};
pub(crate) use confirm::{Occasion, ask, confirm, letter_job};
pub use consent::set_consent;
pub use disclose::{disclosures, download_list, note_exhibitor, note_program};
pub(crate) use enter::{enter, index, known};
pub use export::export;
pub use form::{
    asking, change_form, current_form, discard_form, form_at_hand, form_of, form_versions, open_categories,
    publish_form,
};
pub use issue::reprint_badge;
pub(crate) use issue::{replace, signing_key};
pub use places::{promote_registration, set_intake};
pub use qr::qr;
pub use register::{Entered, register_and_print, register_by_api, register_visitor, register_walk_in};
pub(crate) use register::{once, sent_before};
pub(crate) use remind::remind_next;
pub use remind::{REMIND, remind_visitors_due};
pub use review::review_registration;
pub use setting::{mail_text, mail_texts, publish_wording, set_setting, setting, wordings, write_mail_text};

use crate::Error;
use domain::{EditionId, RegistrationId, registration::access};
use store::{Query, read};

/// The key of a registrant's own link, to build it anew: made from the edition's first key, which is kept for ever.
///
/// # Errors
/// `Missing` when the edition has no key.
pub async fn access_key(db: &impl Query, edition: EditionId, id: RegistrationId) -> Result<String, Error> {
    Ok(access::key(&access_key_of(db, edition).await?, id))
}

/// The secret all registrants' links of an edition are made from.
async fn access_key_of(db: &impl Query, edition: EditionId) -> Result<[u8; 32], Error> {
    let keys = read::edition::keys(db, edition).await?;
    // The keys of hubs are here only with their public halves; a hub has only its own.
    let first = keys.iter().rev().find(|key| !key.secret.is_empty()).ok_or(Error::Missing)?;
    first.secret.as_slice().try_into().map_err(|_| Error::Outside("key length".to_owned()))
}
