//! Groups' use cases: registering a group (by its leader, by staff), its people one by one, changing and closing it, an
//! exhibitor's own people within what it is allowed.

mod change;
mod create;
mod download;
mod letter;
mod member;
mod staff;

pub use change::{change_delegation, close_delegation, send_link};
pub use create::{create_delegation, register_delegation};
pub use download::download_delegations;
pub(crate) use member::group;
pub use member::{By, add_member, cancel_member};
pub use staff::own_group;
pub(crate) use staff::room;

use crate::Error;
use domain::{DelegationId, EditionId, registration::delegation};
use store::{Query, read};

/// The key of a group's own link, to build it anew.
///
/// # Errors
/// `Missing` when the edition has no key.
pub async fn delegation_key(db: &impl Query, edition: EditionId, id: DelegationId) -> Result<String, Error> {
    let keys = read::edition::keys(db, edition).await?;
    let first = keys.last().ok_or(Error::Missing)?;
    let secret: [u8; 32] = first.secret.as_slice().try_into().map_err(|_| Error::Outside("key length".to_owned()))?;
    Ok(delegation::key(&secret, id))
}
