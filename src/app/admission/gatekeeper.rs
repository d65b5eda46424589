//! The one writer of scans on this node. Requests wait in a channel; the writer takes what is there, decides and
//! records it in one transaction, commits, and only then answers everybody. Many gates share one flush of the
//! disk this way, and two gates with one badge are decided about one after the other.

use super::crowd::{self, Kept};
use super::heard;
use super::judge::{self, Batch, ScanBy, Seat};
use crate::{App, Error, WeakApp};
use domain::admission::Scan;
use domain::admission::view::Answer;
use domain::{DeviceId, EditionId, Refusal};
use std::collections::HashMap;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;
use store::read::admission::Checkpoint;
use tokio::sync::{mpsc, oneshot};
use tokio::time::Instant;

/// Requests that may wait before callers are held up.
const WAITING: usize = 4096;
/// Scans in one transaction. A longer one would keep others of the queue waiting without saving anything.
const MOST: usize = 512;
/// How old what is known about gates and rules may get. Changes on this node are noticed at once; this is for
/// changes on another node.
const KNOWN_FOR: Duration = Duration::from_millis(1000);
/// How old the note of when a device was last heard may get.
const SEEN_EVERY: Duration = Duration::from_secs(20);

type Answers = Vec<Result<Answer, Refusal>>;

struct Request {
    by: Arc<ScanBy>,
    scans: Vec<Scan>,
    answer: oneshot::Sender<Result<Answers, Error>>,
}

/// The way to the writer, which starts with the first scan.
pub(super) struct Gatekeeper {
    sender: mpsc::Sender<Request>,
    waiting: Mutex<Option<mpsc::Receiver<Request>>>,
}

impl Default for Gatekeeper {
    fn default() -> Self {
        let (sender, receiver) = mpsc::channel(WAITING);
        Self { sender, waiting: Mutex::new(Some(receiver)) }
    }
}

impl Gatekeeper {
    pub(super) async fn record(&self, app: &App, by: Arc<ScanBy>, scans: Vec<Scan>) -> Result<Answers, Error> {
        let idle = self.waiting.lock().unwrap_or_else(PoisonError::into_inner).take();
        if let Some(receiver) = idle {
            tokio::spawn(Writer::new(app.downgrade(), receiver).run());
        }
        let (answer, answered) = oneshot::channel();
        let gone = || Error::Outside("the scan writer is gone".to_owned());
        self.sender.send(Request { by, scans, answer }).await.map_err(|_| gone())?;
        answered.await.map_err(|_| gone())?
    }
}

/// The writer's own memory.
struct Writer {
    app: WeakApp,
    receiver: mpsc::Receiver<Request>,
    known: HashMap<EditionId, Known>,
    crowds: HashMap<EditionId, Kept>,
    seen: HashMap<DeviceId, Instant>,
}

struct Known {
    checkpoint: Arc<judge::Post>,
    since: Instant,
    generation: u64,
}

impl Writer {
    fn new(app: WeakApp, receiver: mpsc::Receiver<Request>) -> Self {
        Self { app, receiver, known: HashMap::new(), crowds: HashMap::new(), seen: HashMap::new() }
    }

    /// Until the app is gone.
    async fn run(mut self) {
        while let Some(first) = self.receiver.recv().await {
            let mut scans = first.scans.len();
            let mut requests = vec![first];
            while scans < MOST {
                let Ok(next) = self.receiver.try_recv() else { break };
                scans += next.scans.len();
                requests.push(next);
            }
            let Some(app) = self.app.upgrade() else { return };
            self.serve(&app, requests).await;
        }
    }

    /// One batch. A fault of the moment (a deadlock between nodes, a lost connection) is tried once more.
    async fn serve(&mut self, app: &App, requests: Vec<Request>) {
        #[cfg(debug_assertions)]
        if negative_control::is_on() {
            return self.serve_wrongly(app, requests).await;
        }
        let mut outcome = self.record(app, &requests).await;
        if let Err(error) = &outcome {
            tracing::warn!(%error, "a batch of scans failed; trying once more");
            outcome = self.record(app, &requests).await;
        }
        match outcome {
            Ok(answers) => answer(requests, answers),
            Err(error) => {
                tracing::error!(%error, "scans could not be recorded");
                for request in requests {
                    request.answer.send(Err(Error::Outside(error.to_string()))).ok();
                }
            }
        }
    }

    async fn record(&mut self, app: &App, requests: &[Request]) -> Result<Vec<Answers>, Error> {
        let decided = self.decide(app, requests).await?;
        decided.tx.commit().await?;
        for (edition, kept) in decided.crowds {
            app.admission().loads.show(edition, app.admission().generation(), &kept.crowd);
            self.crowds.insert(edition, kept);
        }
        for event in decided.events {
            app.events().publish(event);
        }
        Ok(decided.answers)
    }

    /// What the crash test must notice: everybody is answered although nothing is on the disk yet.
    #[cfg(debug_assertions)]
    async fn serve_wrongly(&mut self, app: &App, requests: Vec<Request>) {
        if let Ok(decided) = self.decide(app, &requests).await {
            answer(requests, decided.answers);
            tokio::time::sleep(Duration::from_millis(40)).await;
            decided.tx.commit().await.ok();
        }
    }

    async fn decide(&mut self, app: &App, requests: &[Request]) -> Result<Decided, Error> {
        let tx = app.store().begin().await?;
        let now = app.now();
        let mut answers: Vec<Vec<Option<Result<Answer, Refusal>>>> =
            requests.iter().map(|request| request.scans.iter().map(|_| None).collect()).collect();
        let (mut events, mut crowds) = (Vec::new(), Vec::new());
        for (edition, seats) in by_edition(requests) {
            let post = self.post(app, &tx, edition).await?;
            let batch = Batch { tx: &tx, now, post: &post };
            // Taken out while it is worked with: after a fault it is not put back, but read anew.
            let mut kept = crowd::current(&tx, &post, now, self.crowds.remove(&edition)).await?;
            let judged = judge::batch(&batch, &seats, &mut kept.crowd).await?;
            crowds.push((edition, kept));
            if let Some(first) = judged.first_written {
                let event = heard(edition, first);
                app.events().notice(&event).announce(&tx).await?;
                events.push(event);
            }
            judged.note(app, &tx, now).await?;
            for (seat, answer) in seats.iter().zip(judged.answers) {
                answers[seat.request][seat.place] = Some(answer);
            }
        }
        let heard_of = self.heard_of(requests);
        store::record::admission::touch_devices(&tx, &heard_of, now).await?;
        let unanswered = || Err(Refusal::missing("scan-unanswered"));
        let answers =
            answers.into_iter().map(|list| list.into_iter().map(|a| a.unwrap_or_else(unanswered)).collect()).collect();
        Ok(Decided { tx, answers, events, crowds })
    }

    /// What is known about the gates of an edition, read again when it may have changed.
    async fn post(&mut self, app: &App, tx: &store::Tx, edition: EditionId) -> Result<Arc<judge::Post>, Error> {
        let generation = app.admission().generation();
        if let Some(known) = self.known.get(&edition)
            && known.generation == generation
            && known.since.elapsed() < KNOWN_FOR
        {
            return Ok(known.checkpoint.clone());
        }
        let checkpoint: Checkpoint = store::read::admission::checkpoint(tx, edition).await?.ok_or(Error::Missing)?;
        let checkpoint = Arc::new(judge::Post::new(checkpoint));
        let known = Known { checkpoint: checkpoint.clone(), since: Instant::now(), generation };
        self.known.insert(edition, known);
        Ok(checkpoint)
    }

    /// The devices of these requests that were not noted as heard of lately.
    fn heard_of(&mut self, requests: &[Request]) -> Vec<DeviceId> {
        let mut fresh = Vec::new();
        for request in requests {
            let Some(device) = request.by.device else { continue };
            if self.seen.get(&device).is_none_or(|at| at.elapsed() > SEEN_EVERY) {
                self.seen.insert(device, Instant::now());
                fresh.push(device);
            }
        }
        fresh.sort_unstable();
        fresh
    }
}

/// A batch that is decided and written, and not yet committed.
struct Decided {
    tx: store::Tx,
    answers: Vec<Answers>,
    events: Vec<crate::Event>,
    crowds: Vec<(EditionId, Kept)>,
}

fn answer(requests: Vec<Request>, answers: Vec<Answers>) {
    for (request, answers) in requests.into_iter().zip(answers) {
        // A caller that went away will ask again with the same ids.
        request.answer.send(Ok(answers)).ok();
    }
}

/// The negative control of the crash test: builds for use do not contain it, and refuse to start when asked for it.
#[cfg(debug_assertions)]
pub(super) mod negative_control {
    use std::sync::atomic::{AtomicBool, Ordering};

    static ON: AtomicBool = AtomicBool::new(false);

    /// From now on scans are acknowledged before they are committed.
    pub fn acknowledge_before_commit() {
        ON.store(true, Ordering::Release);
    }

    pub(super) fn is_on() -> bool {
        ON.load(Ordering::Acquire)
    }
}

/// The scans of a batch by edition, in the order they came.
fn by_edition(requests: &[Request]) -> Vec<(EditionId, Vec<Seat<'_>>)> {
    let mut groups: Vec<(EditionId, Vec<Seat<'_>>)> = Vec::new();
    for (request, given) in requests.iter().enumerate() {
        let edition = given.by.edition;
        let at = groups.iter().position(|(of, _)| *of == edition).unwrap_or_else(|| {
            groups.push((edition, Vec::new()));
            groups.len() - 1
        });
        let seats = given.scans.iter().enumerate().map(|(place, scan)| Seat { request, place, by: &given.by, scan });
        groups[at].1.extend(seats);
    }
    groups
}
