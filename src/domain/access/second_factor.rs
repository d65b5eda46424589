//! The second factor: one-time codes by time (RFC 6238) as authenticator apps make them, and recovery codes for the
//! day the phone is lost.
//!
//! A secret has 160 bits; a code is six digits of HMAC-SHA-1 over the number of the 30-second step. A code is good for
//! its own step and one to either side, and only if its step is later than that of the last one accepted: nobody can
//! use a code a second time, not even its owner. The secret is sealed at rest (AES-256-GCM) under the installation's
//! key and bound to its owner, so that a row copied to another person opens nothing.

use aes_gcm::aead::{Aead, KeyInit as _, Payload};
use aes_gcm::{Aes256Gcm, Key, Nonce};
use chrono::{DateTime, Utc};
use data_encoding::BASE32_NOPAD;
use hmac::{Hmac, Mac as _};
use unicode_normalization::UnicodeNormalization as _;
use uuid::Uuid;

/// Bytes of a secret.
pub const SECRET_BYTES: usize = 20;
/// Bytes of the nonce a secret is sealed with.
pub const NONCE_BYTES: usize = 12;
/// Recovery codes a person is given.
pub const RECOVERY_CODES: usize = 10;
/// Bytes of a recovery code: 80 bits, 16 characters.
pub const RECOVERY_BYTES: usize = 10;
/// How long a code is shown, seconds.
const STEP_SECONDS: i64 = 30;
/// Steps a phone's clock may be off, to either side.
const DRIFT: i64 = 1;
const DIGITS: usize = 6;
/// What authenticator apps show beside the code.
const ISSUER: &str = "Fairlead";

/// The number of the step an instant lies in.
#[must_use]
pub const fn step_at(at: DateTime<Utc>) -> i64 {
    at.timestamp().div_euclid(STEP_SECONDS)
}

/// The code of a step: six digits.
#[must_use]
pub fn code(secret: &[u8], step: i64) -> String {
    format!("{:0DIGITS$}", number(secret, step))
}

/// Dynamic truncation of RFC 4226.
fn number(secret: &[u8], step: i64) -> u32 {
    // HMAC takes keys of any length, so this never fails; if it did, no code would fit.
    let Ok(mac) = Hmac::<sha1::Sha1>::new_from_slice(secret) else { return u32::MAX };
    let digest: [u8; 20] = mac.chain_update(step.to_be_bytes()).finalize().into_bytes().into();
    let at = usize::from(digest[19] & 0x0f);
    let word = u32::from_be_bytes([digest[at], digest[at + 1], digest[at + 2], digest[at + 3]]);
    (word & 0x7fff_ffff) % 10_u32.pow(DIGITS as u32)
}

/// The step a typed number is good for: near `now`, and later than the last one accepted. Nothing otherwise.
#[must_use]
pub fn accepted(secret: &[u8], typed: u32, now: DateTime<Utc>, last: Option<i64>) -> Option<i64> {
    let here = step_at(now);
    let open = (here - DRIFT..=here + DRIFT).filter(|step| last.is_none_or(|last| *step > last));
    // Every open step is computed, whichever fits: the time taken tells nothing.
    open.fold(None, |found, step| if number(secret, step) == typed { found.or(Some(step)) } else { found })
}

/// What somebody typed where a code is asked for.
#[derive(Clone, PartialEq, Eq)]
pub enum Typed {
    /// A code from the app.
    Code(u32),
    /// A recovery code, in the form that is hashed.
    Recovery(String),
}

impl Typed {
    /// Reads it: blanks and hyphens are for the eye, and an input method may have made the digits wide.
    #[must_use]
    pub fn read(text: &str) -> Option<Self> {
        let plain: String = text.nfkc().filter(|c| !c.is_whitespace() && *c != '-').collect();
        if plain.len() == DIGITS && plain.bytes().all(|b| b.is_ascii_digit()) {
            return plain.parse().ok().map(Self::Code);
        }
        let upper = plain.to_ascii_uppercase();
        let bytes = BASE32_NOPAD.decode(upper.as_bytes()).ok()?;
        (bytes.len() == RECOVERY_BYTES).then(|| Self::Recovery(upper.to_ascii_lowercase()))
    }
}

/// A recovery code as people write it down: `abcd-efgh-ijkl-mnop`.
#[must_use]
pub fn recovery_code(random: &[u8; RECOVERY_BYTES]) -> String {
    grouped(&BASE32_NOPAD.encode(random).to_ascii_lowercase(), "-")
}

/// A secret as people type it into an app that cannot see the picture: base32 in groups of four.
#[must_use]
pub fn secret_text(secret: &[u8]) -> String {
    grouped(&BASE32_NOPAD.encode(secret), " ")
}

fn grouped(text: &str, between: &str) -> String {
    let groups: Vec<String> =
        text.as_bytes().chunks(4).map(|group| String::from_utf8_lossy(group).into_owned()).collect();
    groups.join(between)
}

/// What the picture says to an authenticator app (the `otpauth` scheme).
#[must_use]
pub fn uri(secret: &[u8], email: &str) -> String {
    let label: String = email
        .bytes()
        .map(|b| match b {
            b'a'..=b'z' | b'A'..=b'Z' | b'0'..=b'9' | b'-' | b'.' | b'_' | b'~' | b'@' => char::from(b).to_string(),
            other => format!("%{other:02X}"),
        })
        .collect();
    let secret = BASE32_NOPAD.encode(secret);
    format!(
        "otpauth://totp/{ISSUER}:{label}?secret={secret}&issuer={ISSUER}&algorithm=SHA1&digits={DIGITS}&period={STEP_SECONDS}"
    )
}

/// Seals a secret for its owner: nonce, then ciphertext with its tag, hexadecimal. `None` never happens for a secret;
/// the cipher refuses only gigabytes.
#[must_use]
pub fn seal(key: &[u8; 32], nonce: [u8; NONCE_BYTES], owner: Uuid, secret: &[u8]) -> Option<String> {
    let cipher = Aes256Gcm::new(&Key::<Aes256Gcm>::from(*key));
    let payload = Payload { msg: secret, aad: owner.as_bytes() };
    let text = cipher.encrypt(&Nonce::from(nonce), payload).ok()?;
    Some(crate::text::hex(&[nonce.as_slice(), &text].concat()))
}

/// Opens what [`seal`] made; `None` for another key, another owner, or anything damaged.
#[must_use]
pub fn open(key: &[u8; 32], owner: Uuid, sealed: &str) -> Option<Vec<u8>> {
    let bytes = crate::text::unhex(sealed)?;
    let (nonce, text) = bytes.split_first_chunk::<NONCE_BYTES>()?;
    let cipher = Aes256Gcm::new(&Key::<Aes256Gcm>::from(*key));
    cipher.decrypt(&Nonce::from(*nonce), Payload { msg: text, aad: owner.as_bytes() }).ok()
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    const RFC: &[u8; SECRET_BYTES] = b"12345678901234567890";

    fn at(seconds: i64) -> DateTime<Utc> {
        DateTime::from_timestamp(seconds, 0).expect("an instant")
    }

    /// Appendix B of RFC 6238, the last six of its eight digits.
    #[test]
    fn the_codes_of_the_standard() {
        let table = [
            (59, "287082"),
            (1_111_111_109, "081804"),
            (1_111_111_111, "050471"),
            (1_234_567_890, "005924"),
            (2_000_000_000, "279037"),
            (20_000_000_000, "353130"),
        ];
        for (seconds, expected) in table {
            assert_eq!(code(RFC, step_at(at(seconds))), expected, "at {seconds}");
        }
    }

    #[test]
    fn a_code_is_good_for_a_minute_and_a_half_and_once() {
        let now = at(1_234_567_890);
        let here = step_at(now);
        for (step, good) in [(here - 2, false), (here - 1, true), (here, true), (here + 1, true), (here + 2, false)] {
            let typed = number(RFC, step);
            assert_eq!(accepted(RFC, typed, now, None), good.then_some(step));
        }
        let typed = number(RFC, here);
        assert_eq!(accepted(RFC, typed, now, Some(here)), None, "it was used");
        assert_eq!(accepted(RFC, number(RFC, here - 1), now, Some(here)), None, "older than the last one");
        assert_eq!(accepted(RFC, number(RFC, here + 1), now, Some(here)), Some(here + 1));
    }

    #[test]
    fn what_is_typed_is_read_kindly() {
        assert!(Typed::read("287 082") == Some(Typed::Code(287_082)));
        assert!(Typed::read("２８７０８２") == Some(Typed::Code(287_082)));
        assert!(Typed::read("000001") == Some(Typed::Code(1)));
        let written = recovery_code(&[7; RECOVERY_BYTES]);
        assert_eq!(written.len(), 19);
        let Some(Typed::Recovery(plain)) = Typed::read(&written.to_uppercase().replace('-', " ")) else {
            panic!("a recovery code")
        };
        assert_eq!(plain, written.replace('-', ""));
        for nonsense in ["", "12345", "1234567", "28708a", "abcd-efgh", "ééé"] {
            assert!(Typed::read(nonsense).is_none(), "{nonsense}");
        }
    }

    #[test]
    fn an_app_reads_the_address() {
        let uri = uri(RFC, "li wei+x@fairlead.example");
        assert!(
            uri.starts_with("otpauth://totp/Fairlead:li%20wei%2Bx@fairlead.example?secret=GEZDGNBVGY3TQOJQ"),
            "{uri}"
        );
        assert!(uri.contains("&issuer=Fairlead&") && uri.ends_with("&period=30"));
        assert_eq!(secret_text(RFC), "GEZD GNBV GY3T QOJQ GEZD GNBV GY3T QOJQ");
    }

    proptest! {
        #[test]
        fn only_the_key_and_the_owner_open_a_secret(
            key: [u8; 32], other: [u8; 32], nonce: [u8; NONCE_BYTES], owner: u128, secret: [u8; SECRET_BYTES], at: usize,
        ) {
            let owner = Uuid::from_u128(owner);
            let sealed = seal(&key, nonce, owner, &secret).expect("sealed");
            let opened = open(&key, owner, &sealed);
            prop_assert_eq!(opened.as_deref(), Some(secret.as_slice()));
            let stranger = Uuid::from_u128(owner.as_u128() ^ 1);
            prop_assert_eq!(open(&key, stranger, &sealed), None);
            prop_assert!(other == key || open(&other, owner, &sealed).is_none());
            let mut bytes = crate::text::unhex(&sealed).expect("hex");
            let at = at % bytes.len();
            bytes[at] ^= 1;
            prop_assert_eq!(open(&key, owner, &crate::text::hex(&bytes)), None);
        }

        /// However somebody listens and types again, no step is accepted twice.
        #[test]
        fn no_code_works_twice(secret: [u8; SECRET_BYTES], tries in prop::collection::vec((0_i64..600, -3_i64..4), 1..60)) {
            let (mut last, mut used) = (None, std::collections::BTreeSet::new());
            for (second, off) in tries {
                let now = at(1_800_000_000 + second);
                if let Some(step) = accepted(&secret, number(&secret, step_at(now) + off), now, last) {
                    prop_assert!(used.insert(step));
                    last = Some(step);
                }
            }
        }

        #[test]
        fn nothing_typed_is_a_crash(text: String) {
            let _ = Typed::read(&text);
        }
    }
}
