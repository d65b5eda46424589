//! What a device keeps of a badge for the time without network.
//!
//! A device holds one record for each badge of the edition. What a verdict needs of everybody (state, category, days,
//! standing) is open; name and company are sealed under a key that only the badge's own code gives. A lost device
//! gives away nobody's name, and a scanned badge opens its own record and no other.
//!
//! - The record is found by the first 16 bytes of the code's SHA-256. A random code has 100 bits and a signed one a
//!   signature, so a hash cannot be turned back by trying codes.
//! - The key is the SHA-256 of `fairlead badge seal 1:` and the code; AES-256-GCM. Each key seals one record, and the
//!   nonce is made of what is sealed, so the same record is the same bytes and a changed one never meets a used nonce.
//!
//! The browser does the same in `lib/desk/seal.ts`; `fixtures/admission/seal-vectors.json` holds both together.

use aes_gcm::aead::{Aead, KeyInit};
use aes_gcm::{Aes256Gcm, Key, Nonce};
use serde::{Deserialize, Serialize};
use sha2::{Digest as _, Sha256};

/// Bytes of the hash a record is found by.
pub const HANDLE_BYTES: usize = 16;
const NONCE_BYTES: usize = 12;

/// What is sealed: the person as a steward sees them after a scan.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Sealed {
    /// Name as on the badge.
    #[serde(rename = "n")]
    pub name: String,
    /// Company as on the badge.
    #[serde(rename = "c")]
    pub company: String,
}

/// What a record is found by: the beginning of the code's hash.
#[must_use]
pub fn handle(code: &str) -> [u8; HANDLE_BYTES] {
    let hash = Sha256::digest(code.as_bytes());
    let mut handle = [0; HANDLE_BYTES];
    handle.copy_from_slice(&hash[..HANDLE_BYTES]);
    handle
}

fn key_of(code: &str) -> [u8; 32] {
    Sha256::new().chain_update(b"fairlead badge seal 1:").chain_update(code.as_bytes()).finalize().into()
}

/// Seals a person under the key of a badge code: nonce, then ciphertext with its tag. `None` never happens for texts
/// a badge can hold; the cipher refuses only gigabytes.
#[must_use]
pub fn seal(code: &str, person: &Sealed) -> Option<Vec<u8>> {
    let plain = serde_json::to_vec(person).ok()?;
    let key = key_of(code);
    let hash = Sha256::new().chain_update(key).chain_update(&plain).finalize();
    let mut nonce = [0; NONCE_BYTES];
    nonce.copy_from_slice(&hash[..NONCE_BYTES]);
    let cipher = Aes256Gcm::new(&Key::<Aes256Gcm>::from(key));
    let text = cipher.encrypt(&Nonce::from(nonce), plain.as_slice()).ok()?;
    Some([nonce.as_slice(), &text].concat())
}

/// Opens what [`seal`] made; `None` for anything else, or another code.
#[must_use]
pub fn open(code: &str, sealed: &[u8]) -> Option<Sealed> {
    let (nonce, text) = sealed.split_first_chunk::<NONCE_BYTES>()?;
    let cipher = Aes256Gcm::new(&Key::<Aes256Gcm>::from(key_of(code)));
    let plain = cipher.decrypt(&Nonce::from(*nonce), text).ok()?;
    serde_json::from_slice(&plain).ok()
}

#[cfg(test)]
#[path = "seal_tests.rs"]
mod tests;
