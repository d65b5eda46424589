//! Badges presented at many connections until the server is gone: what was acknowledged, and what was sent in vain.

use crate::harness::TestApp;
use app::chance;
use domain::access::Permission;
use domain::journal::Actor;
use domain::registration::draft::{Draft, Entry};
use reqwest::Method;
use serde_json::{Value, json};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};
use std::time::Duration;
use tokio::task::JoinHandle;

/// A scan as it was sent.
#[derive(Clone)]
pub struct Sent {
    id: domain::ScanId,
    body: String,
}

/// Answers with their verdicts, and what got none.
pub type Outcome = (Vec<(uuid::Uuid, String)>, Vec<Sent>);

/// What is presented, and by whom.
pub struct Load {
    path: String,
    keys: Arc<Vec<String>>,
    codes: Arc<Vec<String>>,
    next: Arc<AtomicUsize>,
    answers: Arc<AtomicUsize>,
}

/// Callers under way.
pub struct Callers {
    stop: Arc<AtomicBool>,
    tasks: Vec<JoinHandle<Outcome>>,
}

impl Load {
    /// An edition with gates, paired devices, a rule that lets everybody in once, and badges that are valid at any time:
    /// the server that is killed has a real clock.
    pub async fn prepare(t: &TestApp, badges: usize) -> Self {
        let edition = t.edition("crash").await;
        let mut program = t.program(&[Permission::AdmissionManage], Some(edition.id)).await;
        let base = "/api/v1/editions/crash";
        let rule = json!({"limit": "once", "effect": "allow"});
        program.send_json(Method::POST, &format!("{base}/access-rules"), &rule).await.expect(201);
        let mut keys = Vec::new();
        for number in 0..4 {
            let gate = json!({"code": format!("G{number}"), "name_en": "Gate", "direction": "both", "open": true});
            let gate = program.send_json(Method::POST, &format!("{base}/gates"), &gate).await.expect(201).json();
            let device = json!({"name": format!("D{number}"), "gate": gate["id"], "profile": "steward"});
            let made = program.send_json(Method::POST, &format!("{base}/devices"), &device).await.expect(201).json();
            let code = json!({"code": made["code"]});
            let paired = t.visitor().send_json(Method::POST, "/api/v1/devices/pair", &code).await.expect(200).json();
            keys.push(paired["key"].as_str().expect("a key").to_owned());
        }
        for number in 0..badges {
            let draft = Draft {
                submission: uuid::Uuid::now_v7().to_string(),
                family_name: format!("Person {number}"),
                ..Draft::default()
            };
            let wish = draft.parse(Entry::Desk).expect("a sound wish");
            app::registration::register_walk_in(&t.app, Actor::System, &edition, &wish).await.expect("registered");
        }
        let tx = t.database.store.begin().await.expect("a transaction");
        let always = "update credential set valid_from = $1, valid_until = $2";
        let days = [chrono::NaiveDate::from_ymd_opt(2000, 1, 1), chrono::NaiveDate::from_ymd_opt(2100, 1, 1)];
        let days = days.map(|day| day.expect("a day").into()).to_vec();
        store::Query::run(&tx, always, days).await.expect("done");
        tx.commit().await.expect("committed");
        let rows =
            store::Query::rows(&t.app.reader(), "select code from credential", Vec::new()).await.expect("badges");
        let codes: Vec<String> = rows.iter().map(|row| row.get(0).expect("a code")).collect();
        Self {
            path: format!("{base}/scans"),
            keys: Arc::new(keys),
            codes: Arc::new(codes),
            next: Arc::new(AtomicUsize::new(0)),
            answers: Arc::new(AtomicUsize::new(0)),
        }
    }

    /// Presents badges at so many connections until told to stop or the server is gone; what was cut off before first.
    pub fn run(&self, address: &str, connections: usize, again: Vec<Sent>) -> Callers {
        let stop = Arc::new(AtomicBool::new(false));
        let mut waiting: Vec<Vec<Sent>> = vec![Vec::new(); connections];
        for (number, sent) in again.into_iter().enumerate() {
            waiting[number % connections].push(sent);
        }
        let tasks = waiting.into_iter().enumerate().map(|(number, again)| {
            let caller = Caller {
                client: client(),
                url: format!("http://{address}{}", self.path),
                key: self.keys[number % self.keys.len()].clone(),
                answers: self.answers.clone(),
            };
            let (codes, next, stop) = (self.codes.clone(), self.next.clone(), stop.clone());
            tokio::spawn(async move { caller.call(again, &codes, &next, &stop).await })
        });
        Callers { tasks: tasks.collect(), stop }
    }

    /// Waits until the server has answered somebody, so that it is killed under load and not before.
    pub async fn under_way(&self) {
        let before = self.answers.load(Ordering::Acquire);
        for _ in 0..1_000 {
            if self.answers.load(Ordering::Acquire) > before {
                return;
            }
            tokio::time::sleep(Duration::from_millis(10)).await;
        }
    }

    /// Sends what is still open to a server that stays up.
    pub async fn finish(&self, address: &str, open: Vec<Sent>) -> Vec<(uuid::Uuid, String)> {
        let url = format!("http://{address}{}", self.path);
        let caller = Caller { client: client(), url, key: self.keys[0].clone(), answers: self.answers.clone() };
        let mut answered = Vec::new();
        for sent in open {
            let verdict = caller.send(&sent).await.expect("the server stays up");
            answered.push((sent.id.uuid(), verdict));
        }
        answered
    }
}

impl Callers {
    /// What came of it.
    pub async fn stop(self) -> Vec<Outcome> {
        self.stop.store(true, Ordering::Release);
        let mut all = Vec::new();
        for task in self.tasks {
            all.push(task.await.expect("a caller ends"));
        }
        all
    }
}

fn client() -> reqwest::Client {
    crate::harness::http().timeout(Duration::from_secs(5)).build().expect("a client")
}

struct Caller {
    client: reqwest::Client,
    url: String,
    key: String,
    answers: Arc<AtomicUsize>,
}

impl Caller {
    async fn call(self, again: Vec<Sent>, codes: &[String], next: &AtomicUsize, stop: &AtomicBool) -> Outcome {
        let (mut answered, mut open) = (Vec::new(), Vec::new());
        let mut again = again.into_iter();
        while !stop.load(Ordering::Acquire) {
            let sent = again.next().unwrap_or_else(|| {
                let number = next.fetch_add(1, Ordering::Relaxed);
                // A stride that meets every badge again and again, at all gates.
                let code = &codes[number * 7 % codes.len()];
                let id = chance::id::<domain::ScanId>();
                Sent { id, body: format!(r#"{{"id":"{id}","sequence":{number},"code":"{code}","direction":"in"}}"#) }
            });
            match self.send(&sent).await {
                Some(verdict) => answered.push((sent.id.uuid(), verdict)),
                // The server is gone: whatever became of it, it is sent again to the next.
                None => {
                    open.push(sent);
                    break;
                }
            }
        }
        open.extend(again);
        (answered, open)
    }

    /// The verdict, when there was a whole answer.
    async fn send(&self, sent: &Sent) -> Option<String> {
        let request = self.client.post(&self.url).bearer_auth(&self.key);
        let request = request.header("content-type", "application/json").body(sent.body.clone());
        let answer = request.send().await.ok()?;
        let status = answer.status();
        let text = answer.text().await.ok()?;
        assert!(status.is_success(), "{status}: {text}");
        let answer: Value = serde_json::from_str(&text).ok()?;
        self.answers.fetch_add(1, Ordering::Release);
        answer["verdict"].as_str().map(str::to_owned)
    }
}
