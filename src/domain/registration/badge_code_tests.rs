//! Round trips, damage of every kind, and the vector file that the browser verifies too.

use super::*;
use proptest::prelude::*;
use serde_json::{Value, json};

const A: EditionTag = EditionTag([0xA1, 2, 3, 4, 5, 6, 7, 8]);
const B: EditionTag = EditionTag([0xB1, 2, 3, 4, 5, 6, 7, 8]);

fn key(seed: u8) -> SigningKey {
    SigningKey::from_bytes(&[seed; 32])
}

fn public(edition: EditionTag, key_no: u8, seed: u8) -> PublicKey {
    PublicKey { edition, key_no, bytes: key(seed).verifying_key().to_bytes() }
}

fn day(text: &str) -> NaiveDate {
    text.parse().expect("a day")
}

fn payload(edition: EditionTag, key_no: u8, serial: u32) -> Payload {
    Payload {
        key_no,
        edition,
        serial,
        category: Category::TradeVisitor,
        reprint_no: 0,
        valid_from: day("2027-03-24"),
        valid_until: day("2027-03-27"),
    }
}

fn any_payload() -> impl Strategy<Value = Payload> {
    (any::<u8>(), any::<[u8; 8]>(), any::<u32>(), 1u8..=8, any::<u8>(), any::<u16>(), any::<u16>()).prop_map(
        |(key_no, tag, serial, category, reprint_no, from, until)| Payload {
            key_no,
            edition: EditionTag(tag),
            serial,
            category: Category::from_wire(category).expect("1 to 8 are categories"),
            reprint_no,
            valid_from: day_of(from),
            valid_until: day_of(until),
        },
    )
}

proptest! {
    #[test]
    fn what_is_signed_is_read_back(p in any_payload(), seed in any::<[u8; 32]>()) {
        let key = SigningKey::from_bytes(&seed);
        let code = sign(&p, &key);
        prop_assert_eq!(code.len(), SIGNED_CHARS);
        prop_assert!(code.bytes().all(|b| b.is_ascii_uppercase() || b.is_ascii_digit()));
        let ring = [PublicKey { edition: p.edition, key_no: p.key_no, bytes: key.verifying_key().to_bytes() }];
        prop_assert_eq!(verify(&code, p.edition, &ring), Reading::Genuine(p));
        prop_assert_eq!(verify(&format!(" {}\r\n", code.to_lowercase()), p.edition, &ring), Reading::Genuine(p));
    }

    #[test]
    fn one_changed_character_is_never_genuine(serial in any::<u32>(), at in 0..SIGNED_CHARS, to in "[A-Z0-9]") {
        let code = sign(&payload(A, 1, serial), &key(1));
        let mut changed = code.clone();
        changed.replace_range(at..=at, &to);
        prop_assume!(changed != code);
        let genuine = matches!(verify(&changed, A, &[public(A, 1, 1)]), Reading::Genuine(_));
        prop_assert!(!genuine);
    }

    #[test]
    fn a_cut_or_longer_code_is_malformed(serial in any::<u32>(), len in 0..SIGNED_CHARS, more in "[A-Z2-7]{1,9}") {
        let code = sign(&payload(A, 1, serial), &key(1));
        // Twenty characters can be a random code only without the digit 1 of the prefix.
        prop_assert_eq!(verify(&code[..len], A, &[public(A, 1, 1)]), Reading::Malformed);
        prop_assert_eq!(verify(&format!("{code}{more}"), A, &[public(A, 1, 1)]), Reading::Malformed);
    }

    #[test]
    fn no_text_panics(text in any::<String>()) {
        let genuine = matches!(verify(&text, A, &[public(A, 1, 1)]), Reading::Genuine(_));
        prop_assert!(!genuine);
    }

    #[test]
    fn random_codes_are_told_from_signed_ones(chance in any::<[u8; RANDOM_CHARS]>()) {
        let code = random(&chance);
        prop_assert_eq!(verify(&code, A, &[]), Reading::Random(code.clone()));
    }
}

#[test]
fn a_key_of_the_wrong_number_forges() {
    let code = sign(&payload(A, 2, 7), &key(1));
    assert_eq!(verify(&code, A, &[public(A, 1, 1)]), Reading::Forged);
}

#[test]
fn another_edition_is_named_and_its_forgeries_are_seen_when_its_keys_are_held() {
    let code = sign(&payload(B, 1, 7), &key(2));
    assert_eq!(verify(&code, A, &[public(A, 1, 1)]), Reading::WrongEdition(B));
    assert_eq!(verify(&code, A, &[public(A, 1, 1), public(B, 1, 2)]), Reading::WrongEdition(B));
    assert_eq!(verify(&code, A, &[public(A, 1, 1), public(B, 1, 9)]), Reading::Forged);
}

/// Ed25519 is deterministic, so the whole file can be made anew and compared. `BLESS=1` writes it.
#[test]
fn the_vector_file_is_what_this_code_makes() {
    let path = concat!(env!("CARGO_MANIFEST_DIR"), "/../../fixtures/admission/badge-vectors.json");
    let made = serde_json::to_string_pretty(&vectors()).expect("plain json") + "\n";
    if std::env::var_os("BLESS").is_some() {
        std::fs::write(path, &made).expect("the file can be written");
    }
    let kept = std::fs::read_to_string(path).expect("the vector file is there");
    assert_eq!(made, kept, "the code format changed: a badge printed yesterday would not open the gate");
}

fn vectors() -> Value {
    let ring = [public(A, 1, 1), public(A, 2, 2), public(B, 1, 3)];
    let good = sign(&payload(A, 1, 1042), &key(1));
    let mut swapped = good.clone();
    swapped.replace_range(20..21, if &good[20..21] == "A" { "B" } else { "A" });
    let all_kinds = Category::ALL.iter().map(|c| {
        let p = Payload { category: *c, reprint_no: c.wire(), ..payload(A, 2, u32::from(c.wire()) << 20) };
        (format!("genuine, {}", c.code()), sign(&p, &key(2)))
    });
    let named = [
        ("genuine", good.clone()),
        ("genuine, typed in small letters with a line end", format!("{}\r\n", good.to_lowercase())),
        ("one character changed", swapped),
        ("signed by a stranger", sign(&payload(A, 1, 1042), &key(77))),
        ("key number this edition never had", sign(&payload(A, 9, 1042), &key(1))),
        ("another edition, its key held", sign(&payload(B, 1, 5), &key(3))),
        ("another edition, forged", sign(&payload(B, 1, 5), &key(78))),
        ("an edition nobody here knows", sign(&payload(EditionTag([9; 8]), 1, 5), &key(79))),
        ("cut", good[..100].to_owned()),
        ("one character more", format!("{good}A")),
        ("base32 with a character outside it", format!("{}1{}", &good[..50], &good[51..])),
        ("trailing bits not zero", trailing_bits(&good)),
        ("later format", later_format()),
        ("random code", random(&[7; RANDOM_CHARS])),
        ("random code with a confusable", "O".repeat(RANDOM_CHARS)),
        ("empty", String::new()),
        ("a web address", "https://example.com/".to_owned()),
        ("chinese", "中文".to_owned()),
        ("control characters", "X1\u{0}\u{7}".to_owned()),
        ("ten kilobytes", "X1".repeat(5_000)),
    ];
    let named = named.into_iter().map(|(name, code)| (name.to_owned(), code));
    let cases: Vec<Value> = named.chain(all_kinds).map(|(name, code)| case(&name, &code, &ring)).collect();
    json!({
        "about": "Badge codes and what a gate of edition `edition` that holds `keys` must say of them. Written by the domain's own test (BLESS=1); verified in Rust and in the browser.",
        "edition": hex(&A.0),
        "keys": ring.iter().map(|k| json!({ "edition": hex(&k.edition.0), "key_no": k.key_no, "public": hex(&k.bytes) })).collect::<Vec<_>>(),
        "cases": cases,
    })
}

fn case(name: &str, code: &str, ring: &[PublicKey]) -> Value {
    let (reading, more) = match verify(code, A, ring) {
        Reading::Genuine(p) => (
            "genuine",
            json!({
                "key_no": p.key_no, "edition": hex(&p.edition.0), "serial": p.serial, "category": p.category.code(),
                "reprint_no": p.reprint_no, "valid_from": p.valid_from, "valid_until": p.valid_until,
            }),
        ),
        Reading::Forged => ("forged", Value::Null),
        Reading::WrongEdition(tag) => ("wrong_edition", json!({ "edition": hex(&tag.0) })),
        Reading::Random(code) => ("random", json!({ "code": code })),
        Reading::Malformed => ("malformed", Value::Null),
    };
    json!({ "name": name, "code": code, "reading": reading, "payload": more })
}

fn trailing_bits(good: &str) -> String {
    // 84 bytes are 134 whole characters and two bits: the last character has three free bits.
    let last = good.as_bytes()[SIGNED_CHARS - 1];
    format!("{}{}", &good[..SIGNED_CHARS - 1], char::from(last + 1))
}

fn later_format() -> String {
    let mut bytes = [0; PAYLOAD_BYTES + 64];
    bytes[0] = 2;
    format!("{PREFIX}{}", BASE32_NOPAD.encode(&bytes))
}

fn hex(bytes: &[u8]) -> String {
    data_encoding::HEXLOWER.encode(bytes)
}
