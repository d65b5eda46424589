//! The registrant's own link: a key that opens one registration, made from a secret so that it can be mailed again.
//!
//! Only its hash is stored beside the registration, and the secret lives with the edition's badge keys; a copy of the
//! registration table opens nothing.

use crate::RegistrationId;
use data_encoding::BASE32_NOPAD;
use sha2::{Digest as _, Sha256};

/// Characters of a key.
pub const CHARS: usize = 32;

/// The key of a registration. Cut to 20 of 32 bytes, so the hash cannot be continued by a stranger.
#[must_use]
pub fn key(secret: &[u8; 32], registration: RegistrationId) -> String {
    let digest = Sha256::new()
        .chain_update(b"fairlead registrant link 1")
        .chain_update(secret)
        .chain_update(registration.uuid().as_bytes())
        .finalize();
    BASE32_NOPAD.encode(&digest[..20]).to_ascii_lowercase()
}

/// What is stored and looked up: the hash of a key as it came in, hexadecimal. `None` if it cannot be a key.
#[must_use]
pub fn hash(key: &str) -> Option<String> {
    let sound = key.len() == CHARS && key.bytes().all(|b| b.is_ascii_lowercase() || b.is_ascii_digit());
    sound.then(|| data_encoding::HEXLOWER.encode(&Sha256::digest(key.as_bytes())))
}

#[cfg(test)]
mod tests {
    use super::*;
    use uuid::Uuid;

    #[test]
    fn a_key_is_stable_and_its_own() {
        let id = |n| RegistrationId::from_uuid(Uuid::from_u128(n));
        assert_eq!(key(&[1; 32], id(1)), key(&[1; 32], id(1)));
        assert_ne!(key(&[1; 32], id(1)), key(&[1; 32], id(2)));
        assert_ne!(key(&[1; 32], id(1)), key(&[2; 32], id(1)));
        assert_eq!(key(&[1; 32], id(1)).len(), CHARS);
        assert!(hash(&key(&[1; 32], id(1))).is_some());
        assert!(hash("../../etc/passwd").is_none());
    }
}
