//! The text inside a badge's QR code, in the two modes an edition can choose.
//!
//! *Signed* (default): `X1` and base32 (RFC 4648, upper case, no padding) over a payload of 20 bytes
//! and its Ed25519 signature, 137 characters. Upper case and digits keep the QR in alphanumeric mode
//! (41 modules at level M) and survive scanners that type through a foreign keyboard layout. A gate
//! with the edition's public key tells genuine from forged with no network and no database.
//! *Random*: 20 characters, 100 bits, meaningless without the database; smaller picture.
//!
//! The signature covers the two characters `X1` and the payload, so a later format cannot be passed
//! off as this one. Nothing personal is in the code. The scan page verifies the same bytes in
//! TypeScript; `fixtures/admission/badge-vectors.json` holds both to the same answers.
//!
//! | bytes | what |
//! |---|---|
//! | 0 | format version, 1 |
//! | 1 | key number within the edition |
//! | 2–9 | edition tag: the last 8 bytes of the edition's id |
//! | 10–13 | serial, big endian |
//! | 14 | category number |
//! | 15 | reprint number |
//! | 16–17, 18–19 | first and last valid day, days since 2000-01-01, big endian |

use crate::EditionId;
use chrono::{Days, NaiveDate};
use data_encoding::BASE32_NOPAD;
use ed25519_dalek::{Signature, Signer as _, SigningKey, VerifyingKey};

use super::category::Category;

/// The characters a signed code begins with. `1` is not in the random alphabet, so the modes never mix.
pub const PREFIX: &str = "X1";
/// Bytes of the payload.
pub const PAYLOAD_BYTES: usize = 20;
/// Characters of a signed code, prefix included.
pub const SIGNED_CHARS: usize = 137;
/// Characters of a random code.
pub const RANDOM_CHARS: usize = 20;
/// Letters and digits that cannot be taken for one another; 32 of them, so a byte maps without bias.
pub const RANDOM_ALPHABET: &[u8; 32] = b"ABCDEFGHJKLMNPQRSTUVWXYZ23456789";

const FORMAT: u8 = 1;
/// No scanner sends more for one badge; longer text is refused before it is looked at.
const LONGEST: usize = 256;
const EPOCH: NaiveDate = NaiveDate::from_ymd_opt(2000, 1, 1).expect("a day of the calendar");

/// The short name of an edition inside codes.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct EditionTag(pub [u8; 8]);

impl EditionTag {
    /// The tag of an edition: the random half of its id (the first half is a time and collides).
    #[must_use]
    pub fn of(edition: EditionId) -> Self {
        let bytes = edition.uuid().into_bytes();
        let mut tag = [0; 8];
        tag.copy_from_slice(&bytes[8..]);
        Self(tag)
    }
}

/// What a signed badge says.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Payload {
    pub key_no: u8,
    pub edition: EditionTag,
    pub serial: u32,
    pub category: Category,
    pub reprint_no: u8,
    pub valid_from: NaiveDate,
    pub valid_until: NaiveDate,
}

/// One public key of an edition. Two are alive while keys are rotated.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct PublicKey {
    pub edition: EditionTag,
    pub key_no: u8,
    pub bytes: [u8; 32],
}

/// What a gate can say about a text from the code alone.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Reading {
    /// Signed with a key of this edition.
    Genuine(Payload),
    /// Looks like ours and is not: wrong signature or a key this edition never had.
    Forged,
    /// A badge of another edition.
    WrongEdition(EditionTag),
    /// Has the form of a random code; only the database knows it.
    Random(String),
    /// Neither form.
    Malformed,
}

/// A signed code taken apart, its signature not yet looked at.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Parsed {
    pub payload: Payload,
    signed: [u8; PAYLOAD_BYTES + 2],
    signature: [u8; 64],
}

/// The keys a gate holds, ready to verify with.
#[derive(Debug, Clone)]
pub struct KeyRing {
    edition: EditionTag,
    keys: Vec<(EditionTag, u8, VerifyingKey)>,
}

/// The code of a payload, signed. Days before 2000 or after 2179 are drawn to the nearest that fits.
#[must_use]
pub fn sign(payload: &Payload, key: &SigningKey) -> String {
    let message = message(&encode(payload));
    let signature = key.sign(&message);
    let mut bytes = [0; PAYLOAD_BYTES + 64];
    bytes[..PAYLOAD_BYTES].copy_from_slice(&message[2..]);
    bytes[PAYLOAD_BYTES..].copy_from_slice(&signature.to_bytes());
    format!("{PREFIX}{}", BASE32_NOPAD.encode(&bytes))
}

/// A random code from twenty random bytes.
#[must_use]
pub fn random(chance: &[u8; RANDOM_CHARS]) -> String {
    chance.iter().map(|b| char::from(RANDOM_ALPHABET[usize::from(b & 31)])).collect()
}

/// A text as it is compared and stored: outer white space gone, ASCII letters upper case.
///
/// `None` if it is empty, too long to be a badge, or holds anything but ASCII letters and digits.
#[must_use]
pub fn normal(text: &str) -> Option<String> {
    if text.len() > LONGEST {
        return None;
    }
    let text = text.trim_ascii();
    let sound = !text.is_empty() && text.bytes().all(|b| b.is_ascii_alphanumeric());
    sound.then(|| text.to_ascii_uppercase())
}

/// Takes a signed code apart; `None` unless every length, character and number is as written above.
#[must_use]
pub fn parse(text: &str) -> Option<Parsed> {
    let text = normal(text)?;
    if text.len() != SIGNED_CHARS {
        return None;
    }
    let body = text.strip_prefix(PREFIX)?;
    // The decoder refuses non-zero trailing bits: one payload has one spelling.
    let bytes = BASE32_NOPAD.decode(body.as_bytes()).ok()?;
    let (head, tail) = bytes.split_first_chunk::<PAYLOAD_BYTES>()?;
    let signature: [u8; 64] = tail.try_into().ok()?;
    Some(Parsed { payload: decode(head)?, signed: message(head), signature })
}

/// What can be said about `text` at a gate of `edition` that holds `keys`.
///
/// Convenient for a single text; a gate keeps a [`KeyRing`].
#[must_use]
pub fn verify(text: &str, edition: EditionTag, keys: &[PublicKey]) -> Reading {
    KeyRing::new(edition, keys).read(text)
}

impl KeyRing {
    /// Keys of `edition`, and of others if known. Bytes that are no curve point are left out: nothing
    /// verifies under them, so their badges read as forged.
    #[must_use]
    pub fn new(edition: EditionTag, keys: &[PublicKey]) -> Self {
        let keys =
            keys.iter().filter_map(|k| Some((k.edition, k.key_no, VerifyingKey::from_bytes(&k.bytes).ok()?))).collect();
        Self { edition, keys }
    }

    /// What can be said about a text as it was read.
    ///
    /// A badge that names another edition is *wrong edition* even when that edition's keys are not
    /// held here; if they are held and the signature is bad, it is forged.
    #[must_use]
    pub fn read(&self, text: &str) -> Reading {
        let Some(parsed) = parse(text) else {
            return match normal(text) {
                Some(text) if is_random(&text) => Reading::Random(text),
                _ => Reading::Malformed,
            };
        };
        let edition = parsed.payload.edition;
        let foreign = edition != self.edition;
        let known = self.keys.iter().any(|(e, ..)| *e == edition);
        if foreign && !known {
            return Reading::WrongEdition(edition);
        }
        match (self.holds(&parsed), foreign) {
            (false, _) => Reading::Forged,
            (true, true) => Reading::WrongEdition(edition),
            (true, false) => Reading::Genuine(parsed.payload),
        }
    }

    fn holds(&self, parsed: &Parsed) -> bool {
        let signature = Signature::from_bytes(&parsed.signature);
        self.keys
            .iter()
            .filter(|(e, n, _)| *e == parsed.payload.edition && *n == parsed.payload.key_no)
            .any(|(_, _, key)| key.verify_strict(&parsed.signed, &signature).is_ok())
    }
}

fn is_random(text: &str) -> bool {
    text.len() == RANDOM_CHARS && text.bytes().all(|b| RANDOM_ALPHABET.contains(&b))
}

fn message(payload: &[u8; PAYLOAD_BYTES]) -> [u8; PAYLOAD_BYTES + 2] {
    let mut out = [0; PAYLOAD_BYTES + 2];
    out[..2].copy_from_slice(PREFIX.as_bytes());
    out[2..].copy_from_slice(payload);
    out
}

fn encode(p: &Payload) -> [u8; PAYLOAD_BYTES] {
    let mut out = [0; PAYLOAD_BYTES];
    out[0] = FORMAT;
    out[1] = p.key_no;
    out[2..10].copy_from_slice(&p.edition.0);
    out[10..14].copy_from_slice(&p.serial.to_be_bytes());
    out[14] = p.category.wire();
    out[15] = p.reprint_no;
    out[16..18].copy_from_slice(&day_number(p.valid_from).to_be_bytes());
    out[18..20].copy_from_slice(&day_number(p.valid_until).to_be_bytes());
    out
}

fn decode(bytes: &[u8; PAYLOAD_BYTES]) -> Option<Payload> {
    if bytes[0] != FORMAT {
        return None;
    }
    let mut tag = [0; 8];
    tag.copy_from_slice(&bytes[2..10]);
    Some(Payload {
        key_no: bytes[1],
        edition: EditionTag(tag),
        serial: u32::from_be_bytes([bytes[10], bytes[11], bytes[12], bytes[13]]),
        category: Category::from_wire(bytes[14])?,
        reprint_no: bytes[15],
        valid_from: day_of(u16::from_be_bytes([bytes[16], bytes[17]])),
        valid_until: day_of(u16::from_be_bytes([bytes[18], bytes[19]])),
    })
}

fn day_number(day: NaiveDate) -> u16 {
    let days = day.signed_duration_since(EPOCH).num_days().clamp(0, i64::from(u16::MAX));
    u16::try_from(days).expect("clamped to the range of u16")
}

fn day_of(number: u16) -> NaiveDate {
    EPOCH + Days::new(u64::from(number))
}

#[cfg(test)]
#[path = "badge_code_tests.rs"]
mod tests;
