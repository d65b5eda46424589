//! Devices that could not see each other: what they did is all kept, comes out the same in any order, and what does
//! not fit together is in the inbox.

use super::admission::{Gates, presented, rows, scan_id};
use crate::harness::{Caller, TestApp};
use chrono::{DateTime, Duration, Utc};
use domain::access::Role;
use reqwest::Method;
use serde_json::{Value, json};
use std::collections::BTreeMap;

/// A scan made without network by a device whose clock is off by so much; it knows.
fn offline(code: &str, at: DateTime<Utc>, sequence: i64, off: Duration) -> Value {
    json!({
        "id": scan_id(), "sequence": sequence, "code": code, "device_time": (at + off).to_rfc3339(),
        "offset_ms": (-off).num_milliseconds(), "shown": "admit_with_notice",
    })
}

async fn upload(gates: &Gates, device: &mut Caller, scans: &[Value]) -> Vec<Value> {
    let body = json!({ "scans": scans });
    let answer = device.send_json(Method::POST, &gates.path("scans/batch"), &body).await.expect(200).json();
    answer["results"].as_array().expect("one result a scan").clone()
}

async fn inbox(gates: &mut Gates, query: &str) -> Vec<Value> {
    let path = gates.path(&format!("conflicts?limit=500{query}"));
    gates.program.get(&path).await.expect(200).json()["items"].as_array().expect("a list").clone()
}

fn text<'a>(value: &'a Value, key: &str) -> &'a str {
    value[key].as_str().unwrap_or_default()
}

/// Numbers from a seed: the same on every run.
struct Dice(u64);

impl Dice {
    fn below(&mut self, most: usize) -> usize {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        usize::try_from(self.0 >> 33).expect("31 bits") % most
    }
}

/// What a log and its inbox amount to, by the labels of the scans instead of their ids.
async fn summary(gates: &mut Gates, labels: &BTreeMap<String, usize>) -> BTreeMap<usize, String> {
    let mut said = BTreeMap::new();
    for row in rows(gates).await {
        let label = labels[text(&row, "id")];
        let line = format!("{} {} {} {}", row["verdict"], row["reason"], row["first_entry"], row["entry_time"]);
        assert!(said.insert(label, line).is_none(), "a scan is there twice");
    }
    for conflict in inbox(gates, "").await.iter().filter(|c| c["state"] != "gone") {
        let other = conflict["other"].as_str().map(|id| labels[id]);
        let line = said.get_mut(&labels[text(&conflict["scan"], "id")]).expect("its scan");
        line.push_str(&format!(" {} {other:?} {}", conflict["kind"], conflict["state"]));
    }
    said
}

both_databases! {
    async fn two_gates_without_network_are_one_conflict_and_one_visitor(t: TestApp) {
        let mut gates = Gates::of(&t, "twice").await;
        let (north, south) = (gates.gate("N1").await, gates.gate("S1").await);
        gates.make("access-rules", json!({"limit": "once", "effect": "allow"})).await;
        let (mut a, mut b) = (gates.device(&t, &north, "steward").await, gates.device(&t, &south, "steward").await);
        let (person, code) = gates.badge(&t, "Zhou Jiu").await;
        let made = t.now();
        t.wait(Duration::hours(2));
        let later = [offline(&code, made + Duration::minutes(30), 1, Duration::zero())];
        let first = upload(&gates, &mut b, &later).await;
        assert_eq!(first[0]["answer"]["judged"], "admit", "nobody knows better yet");
        assert!(inbox(&mut gates, "").await.is_empty());
        // The other gate comes back: its entry is the earlier one.
        let earlier = [offline(&code, made + Duration::minutes(10), 1, Duration::zero())];
        upload(&gates, &mut a, &earlier).await;
        let found = inbox(&mut gates, "&state=open").await;
        assert_eq!(found.len(), 1);
        assert_eq!(text(&found[0], "kind"), "admitted_twice");
        assert_eq!((text(&found[0]["scan"], "gate"), text(&found[0], "other")), ("S1", text(&earlier[0], "id")));
        let log = rows(&mut gates).await;
        let firsts: Vec<_> = log.iter().filter(|row| row["first_entry"] == true).map(|row| text(row, "gate")).collect();
        assert_eq!(firsts, ["N1"], "one visitor, at the gate of the earlier entry");
        assert!(log.iter().all(|row| row["verdict"] == "admit_with_notice"), "nobody is put out");

        // A supervisor says what it was.
        let mut supervisor = t.staff(Role::GateSupervisor, gates.edition.id).await;
        supervisor.get("/e/twice/admission").await.expect(200).shows("/e/twice/admission/conflicts");
        supervisor.get("/e/twice/admission/conflicts").await.expect(200).shows("Zhou Jiu");
        let page = format!("/e/twice/admission/conflicts/{}", text(&later[0], "id"));
        supervisor.get(&page).await.expect(200).shows("Zhou Jiu").shows("N1");
        let version = found[0]["version"].to_string();
        supervisor.post(&page, &[("note", ""), ("version", &version)]).await.expect(422);
        supervisor.post(&page, &[("note", "badge handed over the fence"), ("version", &version)]).await.expect(303);
        supervisor.post(&page, &[("note", "again"), ("version", &version)]).await.expect(422).shows("again");
        assert!(inbox(&mut gates, "&state=open").await.is_empty());
        // Sent once more, as after a lost answer: what somebody settled stays settled.
        upload(&gates, &mut b, &later).await;
        upload(&gates, &mut a, &earlier).await;
        let settled = inbox(&mut gates, "&state=settled").await;
        assert_eq!(text(&settled[0], "note"), "badge handed over the fence");
        let subject = domain::journal::Subject::new(domain::journal::SubjectKind::Registration, person);
        let history = store::read::journal::timeline(&t.app.reader(), subject, 10).await.expect("a timeline");
        assert!(history.iter().any(|entry| entry.fact.kind == "scan.conflict_settled"));
        let again = settled[0]["version"].to_string();
        supervisor.post(&format!("{page}/reopen"), &[("version", &again)]).await.expect(303);
        assert_eq!(inbox(&mut gates, "&state=open").await.len(), 1);
        supervisor.post("/e/twice/admission/conflicts", &[("kind", "admitted_twice"), ("note", "")]).await.expect(422);
        supervisor.post("/e/twice/admission/conflicts", &[("kind", "admitted_twice"), ("note", "all looked at")]).await.expect(303);
        assert!(inbox(&mut gates, "&state=open").await.is_empty());
        let mut director = t.staff(Role::Director, gates.edition.id).await;
        director.get("/e/twice/admission/conflicts.csv?state=all").await.expect(200).shows("all looked at");
        director.get("/e/twice/admission/conflicts.xlsx").await.expect(200);
    }

    async fn an_online_entry_is_overtaken_by_an_earlier_one_from_offline(t: TestApp) {
        let mut gates = Gates::of(&t, "overtaken").await;
        let (north, south) = (gates.gate("N1").await, gates.gate("S1").await);
        gates.make("access-rules", json!({"limit": "once", "effect": "allow"})).await;
        let (mut a, mut b) = (gates.device(&t, &north, "steward").await, gates.device(&t, &south, "steward").await);
        let (_, code) = gates.badge(&t, "Han Mei").await;
        let made = t.now();
        t.wait(Duration::hours(1));
        let online = presented(&code);
        assert_eq!(gates.scan(&mut b, online.clone()).await["verdict"], "admit");
        t.wait(Duration::hours(1));
        upload(&gates, &mut a, &[offline(&code, made + Duration::minutes(10), 1, Duration::zero())]).await;
        let found = inbox(&mut gates, "&state=open").await;
        assert_eq!(found.len(), 1);
        assert_eq!(text(&found[0]["scan"], "id"), text(&online, "id"));
        // Asked again, the gate answers what it answered first.
        let again = gates.scan(&mut b, online).await;
        assert_eq!((text(&again, "verdict"), again["repeated"].as_bool()), ("admit", Some(true)));
    }

    async fn withdrawn_unknown_and_unmeasured_are_told_apart(t: TestApp) {
        let mut gates = Gates::of(&t, "kinds").await;
        let gate = gates.gate("N1").await;
        let mut device = gates.device(&t, &gate, "steward").await;
        let (gone, revoked) = gates.badge(&t, "Qian Shi").await;
        let (_, fine) = gates.badge(&t, "Sun Wei").await;
        let made = t.now();
        app::registration::cancel_registration(&t.app, t.system(), &gates.edition, gone, "").await.expect("cancelled");
        t.wait(Duration::hours(2));
        let mut vague = offline(&fine, made + Duration::minutes(5), 3, Duration::zero());
        vague["offset_ms"] = Value::Null;
        let mut turned = offline(&fine, made + Duration::minutes(50), 4, Duration::zero());
        turned["shown"] = "deny".into();
        let scans = [
            offline(&revoked, made + Duration::minutes(1), 1, Duration::zero()),
            offline("AAAABBBBCCCCDDDDEEEE", made + Duration::minutes(2), 2, Duration::zero()),
            vague,
            turned,
        ];
        upload(&gates, &mut device, &scans).await;
        let mut kinds: Vec<String> = inbox(&mut gates, "").await.iter().map(|c| text(c, "kind").to_owned()).collect();
        kinds.sort_unstable();
        assert_eq!(kinds, ["clock_unknown", "turned_away", "unknown_badge", "withdrawn"]);
        let path = gates.path("conflicts?kind=nonsense");
        gates.program.get(&path).await.expect(422);
        let unknown = &inbox(&mut gates, "&kind=unknown_badge").await[0];
        let path = gates.path(&format!("conflicts/{}", text(&unknown["scan"], "id")));
        gates.program.send_json(Method::POST, &path, &json!({"note": "a test card", "version": 99})).await.expect(409);
        let settled = gates.program.send_json(Method::POST, &path, &json!({"note": "a test card", "version": 1})).await;
        assert_eq!(text(&settled.expect(200).json(), "state"), "settled");
    }

    async fn a_code_nobody_knew_finds_its_badge_later(t: TestApp) {
        let mut gates = Gates::of(&t, "later").await;
        let gate = gates.gate("N1").await;
        let mut device = gates.device(&t, &gate, "steward").await;
        let (person, old) = gates.badge(&t, "Li Lei").await;
        // The register forgets the badge for a while, as if it had not arrived yet.
        let hide = |state: &str, hash: &str| format!("update credential set code_hash = '{hash}', state = '{state}'");
        let sql = hide("revoked", "elsewhere");
        let before = run(&t, "select code_hash from credential", true).await;
        run(&t, &sql, false).await;
        let made = t.now();
        t.wait(Duration::hours(1));
        upload(&gates, &mut device, &[offline(&old, made + Duration::minutes(5), 1, Duration::zero())]).await;
        assert_eq!(text(&inbox(&mut gates, "&state=open").await[0], "kind"), "unknown_badge");
        assert_eq!(app::admission::look_again(&t.app, gates.edition.id).await.expect("looked"), 0);
        run(&t, &hide("active", &before), false).await;
        app::jobs::tick(&t.app).await.expect("a minute passes");
        assert!(inbox(&mut gates, "&state=open").await.is_empty(), "explained");
        let row = rows(&mut gates).await.remove(0);
        assert_eq!((text(&row["person"], "name"), row["first_entry"].as_bool()), ("Li Lei", Some(true)));
        let _ = person;
    }

    async fn any_order_split_and_repetition_of_uploads_is_the_same_state(t: TestApp) {
        let mut first = None;
        for round in 0..5u64 {
            let mut dice = Dice(round * 7919 + 13);
            let mut gates = Gates::of(&t, &format!("order-{round}")).await;
            t.clock.set("2027-05-12T02:30:00Z".parse().expect("a moment"));
            gates.make("access-rules", json!({"category": "trade_visitor", "limit": "reentry_after_exit", "effect": "allow"})).await;
            let mut devices = Vec::new();
            for number in 0..4 {
                let gate = gates.gate(&format!("G{number}")).await;
                devices.push(gates.device(&t, &gate, "steward").await);
            }
            let mut codes = Vec::new();
            for name in ["An", "Bo", "Cai"] {
                codes.push(gates.badge(&t, name).await.1);
            }
            // The same day in every round: 40 scans of three people at four gates, each clock off by hours.
            let (mut day, begun) = (Dice(4711), "2027-05-12T01:00:00Z".parse::<DateTime<Utc>>().expect("a moment"));
            let mut labels = BTreeMap::new();
            let mut made: Vec<(usize, Value)> = Vec::new();
            for label in 0..40usize {
                let device = day.below(4);
                let off = Duration::hours(i64::try_from(device).expect("small") * 2 - 3);
                let code = &codes[day.below(3)];
                let minute = Duration::minutes(i64::try_from(label).expect("small") * 2);
                let mut scan = offline(code, begun + minute, i64::try_from(label).expect("small"), off);
                scan["direction"] = ["in", "in", "out"][day.below(3)].into();
                labels.insert(text(&scan, "id").to_owned(), label);
                made.push((device, scan));
            }
            t.clock.set("2027-05-12T09:00:00Z".parse().expect("a moment"));
            // Handed in in pieces of any size, in any order, some of them twice.
            let mut pieces: Vec<(usize, Vec<Value>)> = Vec::new();
            for device in 0..4 {
                let mut own: Vec<Value> =
                    made.iter().filter(|(by, _)| *by == device).map(|(_, scan)| scan.clone()).collect();
                while !own.is_empty() {
                    let size = 1 + dice.below(own.len().min(5));
                    let piece: Vec<Value> = (0..size).map(|_| own.remove(dice.below(own.len()))).collect();
                    if dice.below(3) == 0 {
                        pieces.push((device, piece.clone()));
                    }
                    pieces.push((device, piece));
                }
            }
            while !pieces.is_empty() {
                let (device, piece) = pieces.remove(dice.below(pieces.len()));
                upload(&gates, &mut devices[device], &piece).await;
            }
            let said = summary(&mut gates, &labels).await;
            assert_eq!(said.len(), 40);
            match &first {
                None => {
                    assert!(said.values().any(|line| line.contains("admitted_twice")), "the day has conflicts");
                    first = Some(said);
                }
                Some(first) => assert_eq!(first, &said, "round {round}"),
            }
        }
    }

    async fn a_device_two_hours_off_counts_for_the_right_day_and_order(t: TestApp) {
        let mut gates = Gates::of(&t, "clocks").await;
        let gate = gates.gate("N1").await;
        gates.make("access-rules", json!({"limit": "once_a_day", "effect": "allow"})).await;
        let (mut fast, mut slow) = (gates.device(&t, &gate, "steward").await, gates.device(&t, &gate, "steward").await);
        let (_, code) = gates.badge(&t, "Wu Tian").await;
        // Half an hour before and after midnight at the venue (UTC+8): two days, one entry each.
        let before: DateTime<Utc> = "2027-05-12T15:30:00Z".parse().expect("a moment");
        let after = before + Duration::hours(1);
        t.clock.set(after + Duration::hours(3));
        upload(&gates, &mut fast, &[offline(&code, before, 1, Duration::hours(2))]).await;
        upload(&gates, &mut slow, &[offline(&code, after, 1, Duration::hours(-2))]).await;
        assert!(inbox(&mut gates, "").await.is_empty(), "one entry a day");
        let log = rows(&mut gates).await;
        assert_eq!(log.iter().filter(|row| row["first_entry"] == true).count(), 2);
        let mut times: Vec<DateTime<Utc>> =
            log.iter().map(|row| text(row, "entry_time").parse().expect("a moment")).collect();
        times.sort_unstable();
        assert_eq!(times, [before, after]);
        // A clock that claims the future counts when it was received, and no later.
        let mut ahead = offline(&code, after + Duration::hours(9), 2, Duration::zero());
        ahead["offset_ms"] = 0.into();
        upload(&gates, &mut slow, &[ahead]).await;
        let latest = rows(&mut gates).await.iter().map(|row| text(row, "entry_time").to_owned()).max();
        assert!(latest.expect("a time").parse::<DateTime<Utc>>().expect("a moment") <= t.now());
    }

    async fn an_upload_cut_at_any_byte_loses_and_doubles_nothing(t: TestApp) {
        let mut gates = Gates::of(&t, "cut").await;
        let gate = gates.gate("N1").await;
        let mut device = gates.device(&t, &gate, "steward").await;
        let (_, code) = gates.badge(&t, "Zheng Cut").await;
        let made = t.now();
        t.wait(Duration::hours(3));
        let scans: Vec<Value> =
            (0..30).map(|n| offline(&code, made + Duration::minutes(n), n, Duration::zero())).collect();
        let body = json!({ "scans": scans }).to_string();
        let request = format!(
            "POST {} HTTP/1.1\r\nhost: test\r\nauthorization: Bearer {}\r\ncontent-type: application/json\r\ncontent-length: {}\r\n\r\n{body}",
            gates.path("scans/batch"), device.bearer().expect("a key"), body.len()
        );
        let mut recorded = 0;
        for cut in (0..=12).map(|twelfth| request.len() * twelfth / 12) {
            cut_off(&t, &request.as_bytes()[..cut]).await;
            let now = rows(&mut gates).await.len();
            assert!(now == 0 || now == 30, "all or nothing of a request, not {now}");
            assert!(now >= recorded, "what is there stays");
            recorded = now;
        }
        upload(&gates, &mut device, &scans).await;
        assert_eq!(rows(&mut gates).await.len(), 30);
    }
}

/// Sends so much and hangs up, then gives the server time to notice.
async fn cut_off(t: &TestApp, bytes: &[u8]) {
    use tokio::io::AsyncWriteExt;
    let mut stream = tokio::net::TcpStream::connect(t.address).await.expect("the server accepts");
    stream.write_all(bytes).await.expect("sent");
    stream.shutdown().await.ok();
    drop(stream);
    tokio::time::sleep(std::time::Duration::from_millis(60)).await;
}

/// Runs a statement on the database itself; with `first`, gives back the first column of the first row.
pub(super) async fn run(t: &TestApp, sql: &str, first: bool) -> String {
    use store::Query;
    let tx = t.database.store.begin().await.expect("a transaction");
    if first {
        return tx.scalar::<String>(sql, Vec::new()).await.expect("an answer").expect("a row");
    }
    tx.run(sql, Vec::new()).await.expect("done");
    tx.commit().await.expect("committed");
    String::new()
}
