//! Who is expected, for desks and supervisors without network: sealed for one pairing, kept up to date, and nothing of it
//! for anybody else.

use super::door::Show;
use crate::harness::Caller;
use data_encoding::BASE64;
use domain::admission::roster::{self, Expected};
use reqwest::Method;
use serde_json::{Value, json};

/// A piece of the roster, and the people in it.
async fn piece(show: &Show, device: &mut Caller, after: &str) -> (Value, Vec<Expected>) {
    let piece = device.get(&show.path(&format!("device/roster?after={after}"))).await.expect(200).json();
    let bytes = |name: &str| BASE64.decode(piece[name].as_str().expect("text").as_bytes()).expect("base64");
    let sealed = bytes("people");
    let key: [u8; 32] = bytes("key").try_into().expect("a key");
    let people = if sealed.is_empty() { Vec::new() } else { roster::open(&key, &sealed).expect("it opens") };
    assert_eq!(piece["count"].as_u64().expect("a number"), people.len() as u64);
    (piece, people)
}

fn next(piece: &Value) -> String {
    piece["next"].as_str().expect("a cursor").to_owned()
}

both_databases! {
    async fn a_desk_takes_names_along_and_a_steward_does_not(t: TestApp) {
        let mut show = Show::of(&t, "roster").await;
        let gate = show.gate(&t, "N1", None).await;
        let (id, mut desk) = show.device(&t, &gate, "desk").await;
        let (_, mut supervisor) = show.device(&t, &gate, "supervisor").await;
        show.badge(&t, "张伟", "上海机床厂").await;
        let (leaving, _) = show.badge(&t, "Müller", "Werkzeug GmbH").await;
        for profile in ["steward", "kiosk"] {
            let (_, mut device) = show.device(&t, &gate, profile).await;
            for path in [show.path("device/roster"), "/desk/roster".to_owned()] {
                let answer = device.get(&path).await.expect(409);
                assert!(!answer.text.contains("Müller") && !answer.text.contains("people\""), "{profile}: {}", answer.text);
            }
            let page = device.get("/desk?kept=1").await.expect(200).text;
            assert!(!page.contains("field-roster"), "{profile} has nothing to look up with");
        }
        t.visitor().get(&show.path("device/roster")).await.expect(401);
        let (first, people) = piece(&show, &mut desk, "").await;
        let zhang = people.iter().find(|one| one.name == "张伟").expect("everybody is there");
        assert_eq!((zhang.company.as_str(), zhang.category.as_str()), ("上海机床厂", "trade_visitor"));
        assert!(zhang.sounds.split(' ').any(|sound| sound == "zw"), "{}", zhang.sounds);
        assert!(people.iter().any(|one| one.name == "Müller"));
        assert_eq!(first["more"], false);
        assert!(!first["people"].as_str().expect("text").contains("Werkzeug"), "sealed");
        desk.get("/desk?kept=1").await.expect(200).shows("field-roster");
        // What is new comes with the next question, and the same answer is the same bytes.
        let (second, _) = piece(&show, &mut desk, &next(&first)).await;
        show.badge(&t, "Neumann", "").await;
        let (third, new) = piece(&show, &mut desk, &next(&second)).await;
        assert!(new.iter().any(|one| one.name == "Neumann"), "{new:?}");
        let (again, _) = piece(&show, &mut desk, &next(&second)).await;
        assert_eq!(again["people"], third["people"]);
        // Who is anonymized is told to be forgotten, and has no name here any more.
        let gone = people.iter().find(|one| one.name == "Müller").expect("there").number;
        let actor = domain::journal::Actor::System;
        app::registration::anonymize_registration(&t.app, actor, &show.edition, leaving).await.expect("anonymized");
        let (_, told) = piece(&show, &mut desk, &next(&third)).await;
        let told = told.iter().find(|one| one.number == gone).expect("told of it");
        assert_eq!((told.name.as_str(), told.company.as_str(), told.sounds.as_str()), ("", "", ""));
        // A cursor that is none begins anew; another device has another key.
        let (anew, everybody) = piece(&show, &mut desk, "nonsense").await;
        assert!(everybody.len() >= 3 && anew["key_name"] == first["key_name"]);
        let (others, _) = piece(&show, &mut supervisor, "").await;
        assert_ne!(others["key"], first["key"]);
        // Given to a steward, it takes nobody along any more; withdrawn, it is not even heard.
        let version = show.devices().await.into_iter().find(|line| line["id"] == id.as_str()).expect("it")["version"].clone();
        let change = json!({"name": "Phone", "gate": gate, "profile": "steward", "version": version});
        show.program.send_json(Method::POST, &show.path(&format!("devices/{id}/move")), &change).await.expect(204);
        desk.get(&show.path("device/roster")).await.expect(409);
        show.program.send_json(Method::POST, &show.path(&format!("devices/{id}/revoke")), &json!({})).await.expect(204);
        desk.get(&show.path("device/roster")).await.expect(401);
    }
}
