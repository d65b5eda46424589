//! A badge opens its own record; the vectors hold the browser to the same bytes.

use super::*;
use data_encoding::HEXLOWER;

fn person() -> Sealed {
    Sealed { name: "Zhang San 张三".into(), company: "Werkzeug GmbH".into() }
}

#[test]
fn a_badge_opens_its_own_record_and_no_other() {
    let sealed = seal("ABCDEFGH", &person()).expect("sealed");
    assert_eq!(open("ABCDEFGH", &sealed), Some(person()));
    assert_eq!(open("ABCDEFGJ", &sealed), None);
    for at in 0..sealed.len() {
        let mut broken = sealed.clone();
        broken[at] ^= 1;
        assert_eq!(open("ABCDEFGH", &broken), None, "byte {at}");
        assert_eq!(open("ABCDEFGH", &sealed[..at]), None, "cut at {at}");
    }
    let text = String::from_utf8_lossy(&sealed).into_owned();
    assert!(!text.contains("Zhang") && !text.contains("Werkzeug"));
}

#[test]
fn another_name_never_meets_the_same_nonce() {
    let one = seal("ABCDEFGH", &person()).expect("sealed");
    let two = seal("ABCDEFGH", &Sealed { name: "Li Si".into(), ..person() }).expect("sealed");
    assert_ne!(one[..NONCE_BYTES], two[..NONCE_BYTES]);
    assert_eq!(one, seal("ABCDEFGH", &person()).expect("the same bytes for the same person"));
}

/// The browser opens these; see `tests/browser/lib/conformance.mjs`.
#[test]
fn the_vectors_are_what_this_makes() {
    let path = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("../../fixtures/admission/seal-vectors.json");
    let text = std::fs::read_to_string(path).expect("the vectors");
    let vectors: Vec<serde_json::Value> = serde_json::from_str(&text).expect("a list");
    assert!(vectors.len() >= 3);
    for vector in vectors {
        let field = |name: &str| vector[name].as_str().unwrap_or_default().to_owned();
        let person = Sealed { name: field("name"), company: field("company") };
        let code = field("code");
        assert_eq!(HEXLOWER.encode(&handle(&code)), field("handle"), "{code}");
        assert_eq!(HEXLOWER.encode(&seal(&code, &person).expect("sealed")), field("sealed"), "{code}");
    }
}
