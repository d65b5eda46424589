//! A badge from its issue to its end, in both code modes.

use super::*;
use crate::registration::{
    Channel, Draft, Entry,
    badge_code::{PublicKey, Reading},
    register,
};
use uuid::Uuid;

fn day(text: &str) -> NaiveDate {
    text.parse().unwrap()
}

fn approved(category: Category) -> Registration {
    let draft = Draft {
        submission: Uuid::nil().to_string(),
        family_name: "Li".into(),
        category: category.code().into(),
        ..Draft::default()
    };
    let now: DateTime<Utc> = "2027-03-24T01:00:00Z".parse().unwrap();
    let setting = register::Setting {
        edition: EditionId::from_uuid(Uuid::from_u128(0xABCD)),
        id: RegistrationId::from_uuid(Uuid::from_u128(3)),
        number: 1,
        channel: Channel::OnSite,
        party: None,
        participation: None,
        standing: crate::registration::Standing::Approved,
        form: None,
        now,
        local_day: now.date_naive(),
    };
    register::register(&draft.parse(Entry::Desk).unwrap(), setting).0
}

fn make<'a>(id: u128, serial: u32, minting: Minting<'a>) -> Issue<'a> {
    Issue {
        id: CredentialId::from_uuid(Uuid::from_u128(id)),
        serial,
        minting,
        valid: (day("2027-03-24"), day("2027-03-27")),
        now: "2027-03-24T01:00:00Z".parse().unwrap(),
    }
}

#[test]
fn a_signed_badge_verifies_and_its_reprint_replaces_it() {
    let key = SigningKey::from_bytes(&[5; 32]);
    let minting = || Minting::Signed { key_no: 1, key: &key };
    let r = approved(Category::Vip);
    let (first, replaced, _) = issue(&r, None, make(1, 10, minting())).unwrap();
    assert!(replaced.is_none());
    let tag = EditionTag::of(r.edition);
    let ring = [PublicKey { edition: tag, key_no: 1, bytes: key.verifying_key().to_bytes() }];
    let Reading::Genuine(payload) = badge_code::verify(&first.code, tag, &ring) else { panic!("not genuine") };
    assert_eq!((payload.serial, payload.category, payload.reprint_no), (10, Category::Vip, 0));
    let (second, replaced, facts) = issue(&r, Some(&first), make(2, 11, minting())).unwrap();
    let replaced = replaced.unwrap();
    assert_eq!((replaced.state, replaced.replaced_by), (CredentialState::Replaced, Some(second.id)));
    assert_eq!((second.reprint_no, facts[0].kind.as_str()), (1, "credential.replaced"));
    assert!(issue(&r, Some(&replaced), make(3, 12, minting())).is_err(), "only the current badge is replaced");
}

#[test]
fn nobody_without_approval_gets_a_badge() {
    let r = Registration { status: Status::Cancelled, ..approved(Category::TradeVisitor) };
    let refused = issue(&r, None, make(1, 1, Minting::Random([0; 20]))).unwrap_err();
    assert_eq!(refused[0].code, "registration-not-approved");
}

#[test]
fn block_unblock_revoke() {
    let (c, ..) = issue(&approved(Category::Media), None, make(1, 1, Minting::Random([9; 20]))).unwrap();
    let (blocked, facts) = block(&c, "lost").unwrap();
    assert_eq!((blocked.state, &facts[0].data["reason"]), (CredentialState::Blocked, &serde_json::json!("lost")));
    assert!(block(&blocked, "").is_err());
    assert_eq!(unblock(&blocked).unwrap().0.state, CredentialState::Active);
    let (gone, _) = revoke(&blocked).unwrap();
    assert!(revoke(&gone).is_none() && unblock(&gone).is_err());
}

#[test]
fn those_who_work_at_the_show_enter_before_and_after() {
    let days =
        |category| valid_days(category, day("2027-03-21"), (day("2027-03-24"), day("2027-03-27")), day("2027-03-29"));
    assert_eq!(days(Category::Contractor), (day("2027-03-21"), day("2027-03-29")));
    assert_eq!(days(Category::TradeVisitor), (day("2027-03-24"), day("2027-03-27")));
}
