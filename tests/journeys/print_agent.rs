//! `fairlead print-agent` as it runs beside a printer: the real binary, a server, and printers that work, stall, close
//! early, take half a badge, or are not there.

use crate::harness::{Kind, TestApp};
use domain::edition::Edition;
use domain::journal::Actor;
use domain::printing::{Job, JobState};
use domain::registration::draft::{Draft, Entry};
use std::path::Path;
use std::process::{Command, Output, Stdio};
use std::sync::{Arc, Mutex};
use std::time::Duration;
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::{TcpListener, TcpSocket, TcpStream};

/// What a printer of these tests does with a line.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Habit {
    /// Reads everything and hangs up.
    Good,
    /// Never reads.
    Stalls,
    /// Hangs up at once.
    ClosesEarly,
    /// Reads a little, then hangs up.
    TakesHalf,
    /// Reads everything and keeps the line open.
    HoldsOn,
    /// Answers that it has no paper.
    NoPaper,
    /// Answers that it is well, reads everything.
    Answers,
}

/// A printer on a port of its own; what it read whole.
async fn printer(habit: Habit) -> (String, Arc<Mutex<Vec<Vec<u8>>>>) {
    let socket = TcpSocket::new_v4().expect("a socket");
    // A small mailbox: what the printer does not read is soon not taken.
    socket.set_recv_buffer_size(4096).expect("a size");
    socket.bind("127.0.0.1:0".parse().expect("an address")).expect("bound");
    let listener: TcpListener = socket.listen(16).expect("it listens");
    let address = listener.local_addr().expect("an address").to_string();
    let read = Arc::new(Mutex::new(Vec::new()));
    let kept = read.clone();
    tokio::spawn(async move {
        while let Ok((line, _)) = listener.accept().await {
            tokio::spawn(serve(line, habit, kept.clone()));
        }
    });
    (format!("tcp://{address}"), read)
}

async fn serve(mut line: TcpStream, habit: Habit, kept: Arc<Mutex<Vec<Vec<u8>>>>) {
    let mut all = Vec::new();
    match habit {
        Habit::ClosesEarly => {}
        Habit::Stalls => tokio::time::sleep(Duration::from_secs(60)).await,
        Habit::TakesHalf => {
            let mut half = vec![0; 1500];
            let _ = line.read_exact(&mut half).await;
        }
        Habit::Good => {
            let _ = line.read_to_end(&mut all).await;
            kept.lock().expect("kept").push(all);
        }
        Habit::HoldsOn => {
            let _ = line.read_to_end(&mut all).await;
            kept.lock().expect("kept").push(all);
            tokio::time::sleep(Duration::from_secs(60)).await;
        }
        Habit::NoPaper | Habit::Answers => talk(line, habit == Habit::NoPaper, kept).await,
    }
}

/// A printer that is asked for its state before and after a badge.
async fn talk(mut line: TcpStream, no_paper: bool, kept: Arc<Mutex<Vec<Vec<u8>>>>) {
    let mut all = Vec::new();
    let mut piece = [0; 2048];
    while let Ok(count @ 1..) = line.read(&mut piece).await {
        all.extend_from_slice(&piece[..count]);
        while let Some(at) = all.windows(5).position(|bytes| bytes == b"~HS\r\n") {
            all.drain(at..at + 5);
            let paper = u8::from(no_paper);
            let answer = format!(
                "\u{2}030,{paper},0,1245,000,0,0,0,000,0,0,0\u{3}\r\n\u{2}001,0,0,0,0,2,4,0,00000000,1,000\u{3}\r\n"
            );
            let _ = line.write_all(answer.as_bytes()).await;
        }
    }
    kept.lock().expect("kept").push(all);
}

/// A show with a station and a badge in its queue.
struct Desk {
    t: TestApp,
    edition: Edition,
    key: String,
}

impl Desk {
    async fn new(format: &str) -> Self {
        let t = TestApp::start(Kind::Sqlite).await;
        let edition = t.edition("agent").await;
        let draft = domain::printing::station::StationDraft {
            name: "Desk 1".into(),
            format: format.into(),
            dpi: "600".into(),
            ..Default::default()
        };
        let viewer = domain::access::Viewer {
            user: t.user("printer@fairlead.example", true, &[]).await,
            name: "Printer".into(),
            admin: true,
            grants: Vec::new(),
            token: None,
        };
        let change = draft.parse().expect("a sound station");
        let new = app::printing::create_station(&t.app, &viewer, &edition, change).await.expect("a station");
        let desk = Self { t, edition, key: new.key };
        desk.badge("Zhang Wei", new.station).await;
        desk
    }

    async fn badge(&self, name: &str, station: domain::PrintStationId) {
        let draft = Draft {
            submission: uuid::Uuid::now_v7().to_string(),
            family_name: name.to_owned(),
            company: "上海机床有限公司".to_owned(),
            ..Draft::default()
        };
        let wish = draft.parse(Entry::Desk).expect("a sound wish");
        let entered = app::registration::register_walk_in(&self.t.app, Actor::System, &self.edition, &wish).await;
        let wish = app::printing::PrintWish { station: Some(station), ..Default::default() };
        let id = entered.expect("registered").id;
        app::printing::print_badge(&self.t.app, Actor::System, &self.edition, id, &wish).await.expect("queued");
    }

    /// Runs the agent until nothing waits.
    async fn run(&self, printer: &str, more: &[&str], path: Option<&Path>) -> Output {
        let mut agent = Command::new(env!("CARGO_BIN_EXE_fairlead"));
        agent
            .args(["print-agent", "--server", &format!("http://{}", self.t.address), "--printer", printer])
            .args(["--once", "--patience", "2"])
            .args(more)
            .env("FAIRLEAD_PRINT_KEY", &self.key)
            .env("FAIRLEAD_LOG", "info")
            .stdin(Stdio::null());
        if let Some(path) = path {
            agent.env("PATH", path);
        }
        let ended = tokio::task::spawn_blocking(move || agent.output()).await;
        ended.expect("it ends").expect("it starts")
    }

    async fn job(&self) -> Job {
        let filter = domain::printing::view::LogFilter::default();
        let found = store::read::printing::jobs(&self.t.app.reader(), self.edition.id, &filter, None, 5).await;
        found.expect("an answer").lines.remove(0).job
    }
}

fn is_a_label(bytes: &[u8]) -> bool {
    bytes.starts_with(b"^XA") && bytes.ends_with(b"^XZ\n")
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_good_printer_gets_the_label() {
    let desk = Desk::new("zpl").await;
    let (address, read) = printer(Habit::Good).await;
    let ended = desk.run(&address, &[], None).await;
    assert!(ended.status.success(), "{ended:?}");
    let read = read.lock().expect("read").clone();
    assert!(read.len() == 1 && is_a_label(&read[0]), "{} lines", read.len());
    assert_eq!(desk.job().await.state, JobState::Printed);
}

/// What the agent says of a printer that does not print.
async fn said(habit: Habit, more: &[&str]) -> (JobState, &'static str) {
    let desk = Desk::new("zpl").await;
    let (address, _) = printer(habit).await;
    let ended = desk.run(&address, more, None).await;
    assert!(ended.status.success(), "{ended:?}");
    let job = desk.job().await;
    (job.state, job.failure.map_or("", domain::printing::Failure::code))
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_printer_that_holds_on_is_asked_about_unless_it_is_trusted() {
    assert_eq!(said(Habit::HoldsOn, &[]).await, (JobState::Unsure, "stalled"));
    assert_eq!(said(Habit::HoldsOn, &["--trust"]).await, (JobState::Printed, ""));
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn half_a_badge_is_no_badge() {
    for habit in [Habit::Stalls, Habit::ClosesEarly, Habit::TakesHalf] {
        let (state, failure) = said(habit, &[]).await;
        // What the line still held when the printer went away is not known to have been read.
        assert!(matches!(state, JobState::Waiting | JobState::Unsure), "{habit:?}: {state:?}");
        assert!(matches!(failure, "stalled" | "closed_early"), "{habit:?}: {failure}");
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_printer_that_speaks_is_heard() {
    assert_eq!(said(Habit::NoPaper, &["--ask"]).await, (JobState::Waiting, "paper_out"));
    assert_eq!(said(Habit::Answers, &["--ask"]).await, (JobState::Printed, ""));
    assert_eq!(said(Habit::Stalls, &["--ask"]).await, (JobState::Waiting, "stalled"));
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_printer_that_is_not_there_is_unreachable() {
    let desk = Desk::new("zpl").await;
    let nobody = TcpListener::bind("127.0.0.1:0").await.expect("a port").local_addr().expect("an address");
    desk.run(&format!("tcp://{nobody}"), &[], None).await;
    let job = desk.job().await;
    assert_eq!((job.state, job.failure), (JobState::Waiting, Some(domain::printing::Failure::Unreachable)));
}

#[cfg(unix)]
fn fake_lp(folder: &Path, script: &str) {
    use std::os::unix::fs::PermissionsExt as _;
    let lp = folder.join("lp");
    std::fs::write(&lp, format!("#!/bin/sh\n{script}\n")).expect("written");
    std::fs::set_permissions(&lp, std::fs::Permissions::from_mode(0o755)).expect("made to run");
}

#[cfg(unix)]
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn the_print_system_gets_a_pdf_or_says_why_not() {
    let folder = tempfile::tempdir().expect("a folder");
    let desk = Desk::new("pdf").await;
    fake_lp(folder.path(), "echo 'lp: The printer or class does not exist.' >&2\nexit 1");
    desk.run("cups://Badges", &[], Some(folder.path())).await;
    let job = desk.job().await;
    assert_eq!(
        (job.failure, job.note.as_str()),
        (Some(domain::printing::Failure::Refused), "lp: The printer or class does not exist.")
    );
    let got = folder.path().join("got");
    fake_lp(folder.path(), &format!("echo \"$@\" > {0}.options\n/bin/cat > {0}", got.display()));
    desk.t.wait(chrono::Duration::seconds(30));
    desk.run("cups://Badges", &[], Some(folder.path())).await;
    assert_eq!(desk.job().await.state, JobState::Printed);
    assert!(std::fs::read(&got).expect("a file").starts_with(b"%PDF-"));
    let options = std::fs::read_to_string(folder.path().join("got.options")).expect("options");
    assert!(options.starts_with("-d Badges -t badge 1"), "{options}");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_folder_gets_whole_files_and_a_wrong_key_ends_the_agent() {
    let folder = tempfile::tempdir().expect("a folder");
    let mut desk = Desk::new("zpl").await;
    desk.run(&format!("file://{}", folder.path().display()), &[], None).await;
    let file = std::fs::read(folder.path().join("badge-1.zpl")).expect("a label");
    assert!(is_a_label(&file));
    desk.key = "flp_nothing".into();
    let ended = desk.run("tcp://127.0.0.1:1", &[], None).await;
    assert_eq!(ended.status.code(), Some(2));
    assert!(String::from_utf8_lossy(&ended.stderr).contains("does not know this key"));
}
