//! One badge on its way to paper. What a printer did is not always known; a badge that may have come out is never
//! printed again by itself, and one that surely has not goes on to another station.

use super::station::Station;
use crate::journal::{Fact, Subject, SubjectKind};
use crate::{
    BadgeLayoutId, CredentialId, EditionId, PrintBatchId, PrintJobId, PrintStationId, Refusal, RegistrationId,
};
use chrono::{DateTime, TimeDelta, Utc};
use uuid::Uuid;

codes! {
    /// Where a job stands.
    JobState {
        /// In the queue.
        Waiting "waiting",
        /// At the printer.
        Printing "printing",
        /// On paper.
        Printed "printed",
        /// Not printed; somebody must look.
        Failed "failed",
        /// Nobody knows whether it came out; somebody must look.
        Unsure "unsure",
        /// Taken out of the queue.
        Cancelled "cancelled",
    }
}

codes! {
    /// Why a job exists.
    Purpose {
        /// The badge, for the first time.
        Badge "badge",
        /// The same badge once more, because the first came out badly.
        Again "again",
        /// A page to try the printer.
        Test "test",
    }
}

codes! {
    /// What kept a printer from printing.
    Failure {
        /// Nobody answers at its address.
        Unreachable "unreachable",
        /// It stopped taking data.
        Stalled "stalled",
        /// It closed the line before everything was there.
        ClosedEarly "closed_early",
        /// The operating system's queue refused.
        Refused "refused",
        /// No paper.
        PaperOut "paper_out",
        /// No ribbon.
        RibbonOut "ribbon_out",
        /// The head is open.
        HeadOpen "head_open",
        /// Its pause button is pressed.
        Paused "paused",
        /// The badge could not be drawn.
        Undrawable "undrawable",
        /// The agent stopped in the middle.
        AgentLost "agent_lost",
        /// Anything else.
        Other "other",
    }
}

/// How long an agent may take for a badge before nobody knows what became of it.
pub const LEASE: TimeDelta = TimeDelta::seconds(90);
/// Tries at one station before somebody must look.
pub const MOST_TRIES: i32 = 3;
/// The pause before the next try at the same station, for each try so far.
pub const PAUSE: TimeDelta = TimeDelta::seconds(5);

/// A badge on its way.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Job {
    /// Its edition.
    pub edition: EditionId,
    /// Id.
    pub id: PrintJobId,
    /// Where it waits or was printed; none for the browser of whoever asked.
    pub station: Option<PrintStationId>,
    /// Whose badge; none for a test page.
    pub registration: Option<RegistrationId>,
    /// Which badge.
    pub credential: Option<CredentialId>,
    /// The layout it was made with; none for the usual one.
    pub layout: Option<BadgeLayoutId>,
    /// Which version of it; 0 until it is drawn.
    pub layout_version: i32,
    /// Why.
    pub purpose: Purpose,
    /// Where it stands.
    pub state: JobState,
    /// The part of a larger print, if it is one.
    pub batch: Option<PrintBatchId>,
    /// How often it was handed to an agent; names the handing in the agent's answer.
    pub attempt: i32,
    /// Tries at this station since it was put into its queue.
    pub tries: i32,
    /// Not before.
    pub not_before: DateTime<Utc>,
    /// Until when an agent may keep it.
    pub lease_until: Option<DateTime<Utc>>,
    /// The agent's run that holds it.
    pub holder: Option<Uuid>,
    /// What went wrong last.
    pub failure: Option<Failure>,
    /// What the agent said, or why it is printed again.
    pub note: String,
    /// Who asked.
    pub asked_by: String,
    /// When.
    pub created_at: DateTime<Utc>,
    /// When it was through, in whatever way.
    pub finished_at: Option<DateTime<Utc>>,
}

/// What an agent says of a badge it was handed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Report {
    /// Which handing.
    pub attempt: i32,
    /// What went wrong; nothing when the badge is on paper.
    pub failure: Option<Failure>,
    /// The printer has all of it: it may have come out.
    pub complete: bool,
}

impl Job {
    /// A job nobody has looked at yet: whose badge, where and in which larger print is for filling in.
    #[must_use]
    pub fn waiting(edition: EditionId, id: PrintJobId, purpose: Purpose, asked_by: &str, now: DateTime<Utc>) -> Job {
        Job {
            edition,
            id,
            station: None,
            registration: None,
            credential: None,
            layout: None,
            layout_version: 0,
            purpose,
            state: JobState::Waiting,
            batch: None,
            attempt: 0,
            tries: 0,
            not_before: now,
            lease_until: None,
            holder: None,
            failure: None,
            note: String::new(),
            asked_by: asked_by.to_owned(),
            created_at: now,
            finished_at: None,
        }
    }

    fn fact(&self, kind: &str) -> Fact {
        let subject = match (self.registration, self.station) {
            (Some(registration), _) => Subject::new(SubjectKind::Registration, registration),
            (None, Some(station)) => Subject::new(SubjectKind::PrintStation, station),
            (None, None) => Subject::new(SubjectKind::Edition, self.edition),
        };
        Fact::new(kind, subject, self.edition).with("job", self.id.to_string())
    }

    /// Whether a badge of it may be on paper, or come onto paper by itself.
    #[must_use]
    pub const fn counts(&self) -> bool {
        matches!(self.state, JobState::Waiting | JobState::Printing | JobState::Printed | JobState::Unsure)
    }

    /// Hands the job to an agent's run.
    #[must_use]
    pub fn hand_out(mut self, station: PrintStationId, holder: Uuid, now: DateTime<Utc>) -> Self {
        self.state = JobState::Printing;
        self.station = Some(station);
        self.attempt += 1;
        self.tries += 1;
        self.lease_until = Some(now + LEASE);
        self.holder = Some(holder);
        self
    }

    fn end(mut self, state: JobState, now: DateTime<Utc>) -> Self {
        self.state = state;
        self.lease_until = None;
        self.holder = None;
        self.finished_at = Some(now);
        self
    }

    /// Puts it back into a queue.
    fn requeue(mut self, station: Option<PrintStationId>, not_before: DateTime<Utc>) -> Self {
        if self.station != station {
            self.tries = 0;
        }
        self.state = JobState::Waiting;
        self.station = station;
        self.not_before = not_before;
        self.lease_until = None;
        self.holder = None;
        self.finished_at = None;
        self
    }

    /// Takes an agent's answer. One about an earlier handing changes nothing: the job has gone on since.
    /// `stations` are those of the edition, the job's own among them.
    #[must_use]
    pub fn answer(self, report: Report, stations: &[Station], now: DateTime<Utc>) -> (Self, Vec<Fact>) {
        let open = matches!(self.state, JobState::Printing | JobState::Unsure);
        if !open || report.attempt != self.attempt {
            return (self, Vec::new());
        }
        let Some(failure) = report.failure else {
            let done = Self { failure: None, ..self.end(JobState::Printed, now) };
            let own = stations.iter().find(|s| Some(s.id) == done.station);
            let fact = done.fact("badge.printed").with("station", own.map(|s| s.name.clone()).unwrap_or_default());
            return (done, vec![fact]);
        };
        let job = Self { failure: Some(failure), ..self };
        if report.complete {
            return job.unsure(now);
        }
        job.go_on(failure, stations, now)
    }

    /// After a failure that left nothing on paper: to the station that stands in, or once more here, or given up.
    fn go_on(self, failure: Failure, stations: &[Station], now: DateTime<Utc>) -> (Self, Vec<Fact>) {
        let own = stations.iter().find(|s| Some(s.id) == self.station);
        let name = own.map(|s| s.name.clone()).unwrap_or_default();
        let other = own.and_then(|s| s.failover).and_then(|id| stations.iter().find(|s| s.id == id));
        let drawable = failure != Failure::Undrawable;
        if let Some(other) = other.filter(|s| drawable && s.is_able(now)) {
            let fact = self
                .fact("badge.print_moved")
                .with("from", name)
                .with("to", other.name.clone())
                .with("failure", failure.code());
            return (self.requeue(Some(other.id), now), vec![fact]);
        }
        if drawable && self.tries < MOST_TRIES {
            let station = self.station;
            let later = now + PAUSE * self.tries.max(1);
            return (self.requeue(station, later), Vec::new());
        }
        let fact = self.fact("badge.print_failed").with("station", name).with("failure", failure.code());
        (self.end(JobState::Failed, now), vec![fact])
    }

    fn unsure(self, now: DateTime<Utc>) -> (Self, Vec<Fact>) {
        let failure = self.failure.unwrap_or(Failure::AgentLost);
        let fact = self.fact("badge.print_unsure").with("failure", failure.code());
        (Self { failure: Some(failure), ..self.end(JobState::Unsure, now) }, vec![fact])
    }

    /// What becomes of a handed-out job when an agent's run asks for the next one: the same run never had it, so it is
    /// handed out again. Another run changes nothing: a station may have two agents, and one that was started anew in
    /// the middle is found by time.
    #[must_use]
    pub fn asked_again(self, holder: Uuid, now: DateTime<Utc>) -> (Self, Vec<Fact>) {
        if self.state != JobState::Printing || self.holder != Some(holder) {
            return self.expire(now);
        }
        let station = self.station;
        (Self { tries: self.tries - 1, ..self.requeue(station, now) }, Vec::new())
    }

    /// What time does: a job that its agent kept too long.
    #[must_use]
    pub fn expire(self, now: DateTime<Utc>) -> (Self, Vec<Fact>) {
        let over = self.state == JobState::Printing && self.lease_until.is_none_or(|until| until < now);
        if over { Self { failure: Some(Failure::AgentLost), ..self }.unsure(now) } else { (self, Vec::new()) }
    }

    /// Somebody looked: the badge came out, or it did not and is printed again.
    ///
    /// # Errors
    /// `print-job-state` unless nobody knew.
    pub fn settle(self, came_out: bool, now: DateTime<Utc>) -> Result<(Self, Vec<Fact>), Refusal> {
        if self.state != JobState::Unsure {
            return Err(self.wrong_state());
        }
        if came_out {
            let fact = self.fact("badge.came_out");
            return Ok((self.end(JobState::Printed, now), vec![fact]));
        }
        self.again(now)
    }

    /// Back into the queue.
    ///
    /// # Errors
    /// `print-job-state` unless it failed.
    pub fn retry(self, now: DateTime<Utc>) -> Result<(Self, Vec<Fact>), Refusal> {
        if self.state == JobState::Failed { self.again(now) } else { Err(self.wrong_state()) }
    }

    fn again(self, now: DateTime<Utc>) -> Result<(Self, Vec<Fact>), Refusal> {
        let fact = self.fact("badge.print_retried");
        let station = self.station;
        Ok((Self { tries: 0, failure: None, ..self.requeue(station, now) }, vec![fact]))
    }

    /// To another station's queue.
    ///
    /// # Errors
    /// `print-job-state` when it is at a printer or through; `station-removed`.
    pub fn send_to(self, station: &Station, now: DateTime<Utc>) -> Result<(Self, Vec<Fact>), Refusal> {
        if !matches!(self.state, JobState::Waiting | JobState::Failed) {
            return Err(self.wrong_state());
        }
        if !station.takes_jobs() {
            return Err(Refusal::conflict("station-removed").with("station", &station.name));
        }
        let fact = self.fact("badge.print_moved").with("from", "").with("to", station.name.clone());
        Ok((Self { tries: 0, failure: None, ..self.requeue(Some(station.id), now) }, vec![fact]))
    }

    /// Out of the queue.
    ///
    /// # Errors
    /// `print-job-state` when it is at a printer or through.
    pub fn cancel(self, now: DateTime<Utc>) -> Result<(Self, Vec<Fact>), Refusal> {
        if !matches!(self.state, JobState::Waiting | JobState::Failed | JobState::Unsure) {
            return Err(self.wrong_state());
        }
        let fact = self.fact("badge.print_cancelled");
        Ok((self.end(JobState::Cancelled, now), vec![fact]))
    }

    fn wrong_state(&self) -> Refusal {
        Refusal::conflict("print-job-state").with("state", self.state.code())
    }
}

/// What is asked for.
#[derive(Clone, Debug)]
pub struct Ask {
    /// The edition.
    pub edition: EditionId,
    /// A fresh id.
    pub id: PrintJobId,
    /// Where to; none for the browser of whoever asks, which prints at once.
    pub station: Option<PrintStationId>,
    /// Its name, for the history.
    pub station_name: String,
    /// Whose badge.
    pub registration: RegistrationId,
    /// Which badge.
    pub credential: CredentialId,
    /// Its serial, for the history.
    pub serial: u32,
    /// The part of a larger print.
    pub batch: Option<PrintBatchId>,
    /// Why the same badge is printed again; empty for the first time.
    pub again: String,
    /// Who asks.
    pub by: String,
}

/// Puts a badge into a station's queue.
///
/// # Errors
/// `badge-printed-before` when it is on paper or on its way and no reason was given to print it again.
pub fn ask(ask: Ask, earlier: &[Job], now: DateTime<Utc>) -> Result<(Job, Vec<Fact>), Refusal> {
    let reason = ask.again.trim();
    let before = earlier.iter().rev().find(|job| job.credential == Some(ask.credential) && job.counts());
    if let (Some(job), true) = (before, reason.is_empty()) {
        let refusal = Refusal::conflict("badge-printed-before").at("again");
        return Err(refusal.with("serial", ask.serial).with("state", job.state.code()).with("by", &job.asked_by));
    }
    let handed = ask.station.is_none();
    let purpose = if before.is_some() { Purpose::Again } else { Purpose::Badge };
    let job = Job {
        station: ask.station,
        registration: Some(ask.registration),
        credential: Some(ask.credential),
        state: if handed { JobState::Printed } else { JobState::Waiting },
        batch: ask.batch,
        note: reason.chars().take(200).collect(),
        finished_at: handed.then_some(now),
        ..Job::waiting(ask.edition, ask.id, purpose, &ask.by, now)
    };
    let kind = if handed { "badge.handed" } else { "badge.print_queued" };
    let mut fact = job.fact(kind).with("serial", ask.serial).with("station", ask.station_name);
    if !job.note.is_empty() {
        fact = fact.with("reason", job.note.clone());
    }
    Ok((job, vec![fact]))
}

/// A page to try a printer.
#[must_use]
pub fn test_page(id: PrintJobId, station: &Station, by: &str, now: DateTime<Utc>) -> (Job, Vec<Fact>) {
    let job = Job { station: Some(station.id), ..Job::waiting(station.edition, id, Purpose::Test, by, now) };
    let fact = job.fact("badge.print_queued").with("serial", 0).with("station", station.name.clone());
    (job, vec![fact])
}

/// The stations whose waiting jobs a station takes: its own, and those of stations that name it as their stand-in and
/// cannot print themselves.
#[must_use]
pub fn serves(station: &Station, stations: &[Station], now: DateTime<Utc>) -> Vec<PrintStationId> {
    if station.paused || !station.takes_jobs() {
        return Vec::new();
    }
    let stands_in =
        |other: &&Station| other.failover == Some(station.id) && other.id != station.id && !other.is_able(now);
    let others = stations.iter().filter(stands_in).map(|other| other.id);
    std::iter::once(station.id).chain(others).collect()
}

#[cfg(test)]
#[path = "job_tests.rs"]
mod tests;
