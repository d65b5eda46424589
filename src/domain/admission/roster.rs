//! Who is expected, for desks and supervisors that look people up without network.
//!
//! Unlike a badge's record (`seal`), which only the badge opens, the roster is read by name: whoever holds the device
//! reads it. So it goes to devices that may search and to no other, in pieces that are sealed under a key of that one
//! pairing. A browser keeps the pieces as they came and the key in a form scripts cannot read out; both go when the
//! device is withdrawn, and a new pairing has another key.
//!
//! The key is the SHA-256 of `fairlead roster 1:`, the installation's key, the device and the moment it was paired, all of
//! fixed length; AES-256-GCM. The nonce is made of what is sealed, so that the same people are the same bytes and are
//! kept once.
//!
//! The browser opens it in `lib/desk/roster.ts`.

use aes_gcm::aead::{Aead, KeyInit};
use aes_gcm::{Aes256Gcm, Key, Nonce};
use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};
use sha2::{Digest as _, Sha256};

use crate::id::DeviceId;
use crate::search::index_tokens;
use crate::text::{hex, is_ideograph};

const NONCE_BYTES: usize = 12;

/// Somebody who is expected, as people at a desk look for them.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Expected {
    /// Running number of the registration.
    #[serde(rename = "i")]
    pub number: i64,
    /// Name as on the badge; empty once the person is anonymized, and then everything else is, too.
    #[serde(rename = "n")]
    pub name: String,
    /// The name in another script.
    #[serde(rename = "o", default, skip_serializing_if = "String::is_empty")]
    pub other_name: String,
    /// Company as on the badge.
    #[serde(rename = "c", default, skip_serializing_if = "String::is_empty")]
    pub company: String,
    /// Category.
    #[serde(rename = "k")]
    pub category: String,
    /// How Chinese names sound: pinyin, whole and initials, with blanks between.
    #[serde(rename = "p", default, skip_serializing_if = "String::is_empty")]
    pub sounds: String,
}

/// How names are typed by who hears them: the pinyin of Chinese ones, whole and by initials. Empty for others, which a
/// browser folds by itself.
#[must_use]
pub fn sounds(texts: &[&str]) -> String {
    let chinese = texts.iter().copied().filter(|text| text.chars().any(is_ideograph));
    let tokens = index_tokens(chinese);
    tokens.split(' ').filter(|token| token.is_ascii()).collect::<Vec<_>>().join(" ")
}

/// The key of one pairing of a device.
#[must_use]
pub fn key(installation: &[u8; 32], device: DeviceId, paired_at: DateTime<Utc>) -> [u8; 32] {
    Sha256::new()
        .chain_update(b"fairlead roster 1:")
        .chain_update(installation)
        .chain_update(device.uuid().as_bytes())
        .chain_update(paired_at.timestamp_micros().to_be_bytes())
        .finalize()
        .into()
}

/// What tells keys apart without giving them away: the beginning of the key's hash, hexadecimal.
#[must_use]
pub fn key_name(key: &[u8; 32]) -> String {
    hex(&Sha256::digest(key)[..8])
}

/// Seals people: nonce, then ciphertext with its tag. `None` never happens for a piece of a roster; the cipher refuses
/// only gigabytes.
#[must_use]
pub fn seal(key: &[u8; 32], people: &[Expected]) -> Option<Vec<u8>> {
    let plain = serde_json::to_vec(people).ok()?;
    let hash = Sha256::new().chain_update(key).chain_update(&plain).finalize();
    let mut nonce = [0; NONCE_BYTES];
    nonce.copy_from_slice(&hash[..NONCE_BYTES]);
    let cipher = Aes256Gcm::new(&Key::<Aes256Gcm>::from(*key));
    let text = cipher.encrypt(&Nonce::from(nonce), plain.as_slice()).ok()?;
    Some([nonce.as_slice(), &text].concat())
}

/// Opens what [`seal`] made; `None` for anything else, or another key.
#[must_use]
pub fn open(key: &[u8; 32], sealed: &[u8]) -> Option<Vec<Expected>> {
    let (nonce, text) = sealed.split_first_chunk::<NONCE_BYTES>()?;
    let cipher = Aes256Gcm::new(&Key::<Aes256Gcm>::from(*key));
    let plain = cipher.decrypt(&Nonce::from(*nonce), text).ok()?;
    serde_json::from_slice(&plain).ok()
}

#[cfg(test)]
mod tests {
    use super::*;
    use uuid::Uuid;

    fn person(number: i64, name: &str) -> Expected {
        let sounds = sounds(&[name]);
        let name = name.to_owned();
        Expected {
            number,
            name,
            other_name: String::new(),
            company: "Werkzeug GmbH".into(),
            category: "vip".into(),
            sounds,
        }
    }

    #[test]
    fn chinese_names_are_found_by_how_they_sound() {
        let said = sounds(&["张伟", "上海机床厂"]);
        for wanted in ["zhangwei", "zw", "shanghaijichuangchang", "shjcc"] {
            assert!(said.split(' ').any(|token| token == wanted), "{wanted} is missing in {said}");
        }
        assert_eq!(sounds(&["Müller", "Werkzeug GmbH"]), "", "Latin names are typed as they are written");
    }

    #[test]
    fn only_this_pairing_opens_its_roster() {
        let (now, later) = (DateTime::from_timestamp(1_800_000_000, 0), DateTime::from_timestamp(1_800_000_001, 0));
        let (now, later) = (now.expect("a time"), later.expect("a time"));
        let device = |no| DeviceId::from_uuid(Uuid::from_u128(no));
        let own = key(&[7; 32], device(1), now);
        let people = [person(1, "Zhang San 张三"), person(2, "Ünal Çelik")];
        let sealed = seal(&own, &people).expect("sealed");
        assert_eq!(open(&own, &sealed).expect("opened"), people);
        assert_eq!(seal(&own, &people).expect("again"), sealed, "the same people are kept once");
        for other in [key(&[7; 32], device(1), later), key(&[7; 32], device(2), now), key(&[8; 32], device(1), now)] {
            assert_eq!(open(&other, &sealed), None);
            assert_ne!(key_name(&other), key_name(&own));
        }
        for cut in [0, 11, 12, sealed.len() - 1] {
            assert_eq!(open(&own, &sealed[..cut]), None);
        }
        assert!(!String::from_utf8_lossy(&sealed).contains("Zhang"));
    }
}
