//! Where identifiers and secrets come from. The only source of randomness.

use domain::Id;
use sha2::{Digest, Sha256};

/// A fresh time-ordered identifier.
#[expect(clippy::disallowed_methods, reason = "the one place that may")]
pub fn id<T: Id>() -> T {
    T::from_uuid(uuid::Uuid::now_v7())
}

/// Random bytes.
///
/// # Panics
/// When the operating system has no randomness to give: nothing safe can be done then.
pub fn bytes<const N: usize>() -> [u8; N] {
    let mut bytes = [0; N];
    getrandom::fill(&mut bytes).expect("the operating system gives randomness");
    bytes
}

/// A secret of 160 random bits as 32 characters (base32, lower case), behind a prefix that tells its kind
/// (`fls_` session, `flt_` token, `fld_` device, `fli_` invitation).
pub fn secret(prefix: &str) -> String {
    let text = data_encoding::BASE32_NOPAD.encode(&bytes::<20>()).to_ascii_lowercase();
    format!("{prefix}{text}")
}

/// How a secret is stored: SHA-256, hex. Secrets are random, so a plain hash is enough; passwords are not and use
/// Argon2id.
pub fn hash_secret(secret: &str) -> String {
    data_encoding::HEXLOWER.encode(&Sha256::digest(secret.as_bytes()))
}

/// SHA-256 of bytes, hex: for files and backups.
pub fn hash_bytes(bytes: &[u8]) -> String {
    data_encoding::HEXLOWER.encode(&Sha256::digest(bytes))
}

/// An identifier that is the same whenever it is made from the same text: for things that are noted once.
pub fn uuid_of(seed: &str) -> uuid::Uuid {
    let digest = Sha256::digest(seed.as_bytes());
    let mut bytes = [0; 16];
    bytes.copy_from_slice(&digest[..16]);
    uuid::Builder::from_custom_bytes(bytes).into_uuid()
}
