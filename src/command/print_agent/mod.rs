//! `fairlead print-agent`: runs on the computer beside a printer, fetches badges for one station and says what became
//! of them. It knows the station's key and nothing else; what it prints is drawn by the server.
//!
//! It asks outwards only, so that no port of the computer is open, and keeps on asking: a server that is away for a
//! while is found again, and what became of a badge is told until it was heard.

mod printer;

use super::Ended;
use clap::Args;
use data_encoding::BASE64;
use printer::{Outcome, Patience, Printer};
use reqwest::{Client, StatusCode};
use serde::{Deserialize, Serialize};
use std::time::Duration;
use uuid::Uuid;

/// Seconds a question for the next badge waits at the server.
const WAIT: u64 = 20;
/// A question that takes longer got lost.
const LOST: Duration = Duration::from_secs(45);
/// Pauses after failures double from the first to the last.
const PAUSES: (Duration, Duration) = (Duration::from_millis(500), Duration::from_secs(20));

/// Print badges for a station.
#[derive(Args)]
pub struct PrintAgent {
    /// Address of the Fairlead server, such as https://fair.example.
    #[arg(long, env = "FAIRLEAD_SERVER", value_name = "URL")]
    server: String,
    /// Key of the station; better given in the environment than where `ps` shows it.
    #[arg(long, env = "FAIRLEAD_PRINT_KEY", hide_env_values = true, value_name = "KEY")]
    key: String,
    /// The printer: tcp://host:9100 (label printers), cups://queue (this computer's print system), file:///folder.
    #[arg(long, value_name = "PRINTER")]
    printer: Printer,
    /// Ask the printer for its state before and after each badge (Zebra's ~HS): paper, ribbon, head, pause.
    #[arg(long)]
    ask: bool,
    /// A printer that keeps the line open has printed what it was sent. Without this somebody is asked to look.
    #[arg(long)]
    trust: bool,
    /// Seconds a printer may stand still.
    #[arg(long, default_value_t = 15, value_name = "SECONDS")]
    patience: u64,
    /// Print what waits, then end.
    #[arg(long)]
    once: bool,
}

#[derive(Serialize)]
struct Claim<'a> {
    run: Uuid,
    agent: &'a str,
    wait: u64,
}

#[derive(Deserialize)]
struct Handed {
    job: Uuid,
    attempt: i32,
    format: String,
    title: String,
    content: String,
}

#[derive(Serialize)]
struct Report<'a> {
    attempt: i32,
    failure: &'a str,
    complete: bool,
    note: &'a str,
}

/// What an attempt to reach the server came to.
enum Answer {
    Badge(Handed),
    Nothing,
    /// Not reached, or not in the mood: worth another try.
    Later(String),
    /// The key opens nothing.
    Unknown,
}

struct Agent {
    client: Client,
    base: String,
    key: String,
    name: String,
    run: Uuid,
}

/// Fetches and prints until it is stopped.
pub async fn run(it: PrintAgent) -> Result<(), Ended> {
    let patience = Patience { still: Duration::from_secs(it.patience.clamp(1, 80)), ask: it.ask, trust: it.trust };
    let name = format!("fairlead {} · {}", env!("CARGO_PKG_VERSION"), it.printer);
    let agent = Agent::new(&it, name)?;
    tracing::info!(server = agent.base, printer = %it.printer, "print agent ready");
    tokio::select! {
        ended = agent.work(&it.printer, patience, it.once) => ended,
        _ = tokio::signal::ctrl_c() => Ok(()),
    }
}

impl Agent {
    fn new(it: &PrintAgent, name: String) -> Result<Self, Ended> {
        // The same cryptography as the rest of the binary; a second start in one process finds it there.
        let _ = rustls::crypto::ring::default_provider().install_default();
        let client = Client::builder().timeout(LOST).connect_timeout(Duration::from_secs(10)).build();
        let client = client.map_err(|e| Ended::Failed(e.to_string()))?;
        let base = it.server.trim_end_matches('/').to_owned();
        if !base.starts_with("http://") && !base.starts_with("https://") {
            return Err(Ended::Usage(format!("{base} is not the address of a server")));
        }
        Ok(Self {
            client,
            base,
            key: it.key.trim().to_owned(),
            name,
            run: app::chance::id::<domain::PrintRunId>().uuid(),
        })
    }

    async fn work(&self, printer: &Printer, patience: Patience, once: bool) -> Result<(), Ended> {
        let mut pause = PAUSES.0;
        loop {
            match self.claim(if once { 0 } else { WAIT }).await {
                Answer::Badge(badge) => {
                    pause = PAUSES.0;
                    self.print(printer, patience, &badge).await;
                }
                Answer::Nothing if once => return Ok(()),
                Answer::Nothing => pause = PAUSES.0,
                Answer::Unknown => {
                    return Err(Ended::Usage(
                        "the server does not know this key: it was renewed, or its station is out of use".to_owned(),
                    ));
                }
                Answer::Later(why) if once => return Err(Ended::Failed(why)),
                Answer::Later(why) => {
                    tracing::warn!(why, seconds = pause.as_secs_f32(), "the server was not reached; trying again");
                    tokio::time::sleep(pause).await;
                    pause = (pause * 2).min(PAUSES.1);
                }
            }
        }
    }

    async fn claim(&self, wait: u64) -> Answer {
        let question = Claim { run: self.run, agent: &self.name, wait };
        let sent = self
            .client
            .post(format!("{}/api/v1/print-agent/claim", self.base))
            .bearer_auth(&self.key)
            .json(&question)
            .send()
            .await;
        let answer = match sent {
            Ok(answer) => answer,
            Err(error) => return Answer::Later(error.to_string()),
        };
        match answer.status() {
            StatusCode::NO_CONTENT => Answer::Nothing,
            StatusCode::OK => answer.json().await.map_or_else(|e| Answer::Later(e.to_string()), Answer::Badge),
            StatusCode::UNAUTHORIZED => Answer::Unknown,
            status => Answer::Later(format!("the server answered {status}")),
        }
    }

    async fn print(&self, printer: &Printer, patience: Patience, badge: &Handed) {
        let outcome = match BASE64.decode(badge.content.as_bytes()) {
            Ok(content) => printer.print(&badge.title, &badge.format, &content, patience).await,
            Err(error) => Outcome::failed("other", false, error),
        };
        match outcome.failure {
            "" => tracing::info!(job = %badge.job, title = badge.title, "printed"),
            failure => {
                tracing::warn!(job = %badge.job, failure, complete = outcome.complete, note = outcome.note, "not printed")
            }
        }
        self.report(badge, &outcome).await;
    }

    /// Says what became of a badge until the server has heard it: the next one is not fetched before.
    async fn report(&self, badge: &Handed, outcome: &Outcome) {
        let report = Report {
            attempt: badge.attempt,
            failure: outcome.failure,
            complete: outcome.complete,
            note: &outcome.note,
        };
        let address = format!("{}/api/v1/print-agent/jobs/{}", self.base, badge.job);
        let mut pause = PAUSES.0;
        loop {
            let sent = self.client.post(&address).bearer_auth(&self.key).json(&report).send().await;
            match sent.map(|answer| answer.status()) {
                Ok(status) if status.is_success() => return,
                // Nobody waits for this answer any more.
                Ok(status) if status.is_client_error() => {
                    tracing::warn!(job = %badge.job, %status, "the server does not want to know");
                    return;
                }
                Ok(status) => tracing::warn!(job = %badge.job, %status, "the answer was not taken; telling it again"),
                Err(error) => tracing::warn!(job = %badge.job, %error, "the answer was not heard; telling it again"),
            }
            tokio::time::sleep(pause).await;
            pause = (pause * 2).min(PAUSES.1);
        }
    }
}
