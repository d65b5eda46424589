//! A levelling as it is kept: asked for, running, proposed, and what a person made of it.

use super::propose::Proposal;
use super::search::Standing;
use crate::journal::{Fact, Subject, SubjectKind};
use crate::refusal::Parse;
use crate::{EditionId, LevellingId, Refusal, UserId};
use chrono::{DateTime, TimeDelta, Utc};
use serde::{Deserialize, Serialize};

codes! {
    /// Where a levelling stands.
    LevellingState {
        /// Waits for a worker.
        Queued "queued",
        /// A worker builds schedules.
        Running "running",
        /// A person is to look at the proposal.
        Proposed "proposed",
        /// A person accepted the proposal, or moves of it.
        Accepted "accepted",
        /// A person wanted none of it.
        Discarded "discarded",
        /// Stopped by a person before it was done.
        Cancelled "cancelled",
        /// It ended without a proposal.
        Failed "failed",
    }
}

/// Schedules built when nobody says how many.
pub const BUDGET: u64 = 1_000;

/// Most schedules that can be asked for.
const MOST: i64 = 100_000;

/// A running levelling that was silent for so long has lost its worker.
const SILENCE: TimeDelta = TimeDelta::minutes(2);

/// A levelling of a plan.
#[derive(Debug, Clone, PartialEq)]
pub struct Levelling {
    /// Identity.
    pub id: LevellingId,
    /// The edition.
    pub edition: EditionId,
    /// Where it stands.
    pub state: LevellingState,
    /// Revision of the plan it was computed on.
    pub revision: i32,
    /// The same seed proposes the same.
    pub seed: u64,
    /// Schedules it may build.
    pub budget: u64,
    /// Schedules built so far.
    pub built: u64,
    /// How good the best so far is.
    pub standing: Option<Standing>,
    /// What it proposes.
    pub proposal: Option<Proposal>,
    /// Somebody asked it to stop.
    pub stop: bool,
    /// Who asked for it.
    pub asked_by: Option<UserId>,
    /// When.
    pub asked_at: DateTime<Utc>,
    /// When its worker was heard last.
    pub touched_at: DateTime<Utc>,
    /// Who accepted or discarded it.
    pub decided_by: Option<UserId>,
    /// When.
    pub decided_at: Option<DateTime<Utc>>,
    /// For the check against a change in between.
    pub version: i32,
}

/// What a person asks for, as typed.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct LevellingDraft {
    /// Schedules; empty for the usual number.
    pub budget: String,
    /// Seed; empty for 1.
    pub seed: String,
}

impl LevellingDraft {
    /// Reads the draft: budget and seed.
    ///
    /// # Errors
    /// Fields that are no numbers or out of range.
    pub fn parse(&self) -> Result<(u64, u64), Vec<Refusal>> {
        let mut parse = Parse::new();
        let mut number = |field: &str, text: &str, usual: u64, most: i64| match text.trim() {
            "" => usual,
            text => parse.number(field, text, 1..=most).map_or(usual, i64::cast_unsigned),
        };
        let budget = number("budget", &self.budget, BUDGET, MOST);
        let seed = number("seed", &self.seed, 1, i64::MAX);
        parse.finish(|| (budget, seed))
    }
}

impl Levelling {
    /// A levelling just asked for.
    pub fn asked(
        id: LevellingId,
        edition: EditionId,
        (budget, seed): (u64, u64),
        revision: i32,
        by: Option<UserId>,
        now: DateTime<Utc>,
    ) -> Levelling {
        Levelling {
            id,
            edition,
            state: LevellingState::Queued,
            revision,
            seed,
            budget,
            built: 0,
            standing: None,
            proposal: None,
            stop: false,
            asked_by: by,
            asked_at: now,
            touched_at: now,
            decided_by: None,
            decided_at: None,
            version: 1,
        }
    }

    /// Still to be computed, or being computed.
    pub fn is_open(&self, now: DateTime<Utc>) -> bool {
        match self.state {
            LevellingState::Queued => true,
            LevellingState::Running => !self.is_lost(now),
            _ => false,
        }
    }

    /// Its worker is gone.
    pub fn is_lost(&self, now: DateTime<Utc>) -> bool {
        self.state == LevellingState::Running && now - self.touched_at > SILENCE
    }

    /// A person's decision about the proposal.
    ///
    /// # Errors
    /// `levelling-decided` when there is nothing to decide any more.
    pub fn decide(self, state: LevellingState, by: UserId, now: DateTime<Utc>) -> Result<Levelling, Refusal> {
        let open = match state {
            LevellingState::Accepted => self.state == LevellingState::Proposed,
            LevellingState::Discarded => {
                matches!(self.state, LevellingState::Proposed | LevellingState::Failed | LevellingState::Cancelled)
                    || self.is_lost(now)
            }
            _ => false,
        };
        if !open {
            return Err(Refusal::conflict("levelling-decided"));
        }
        Ok(Levelling { state, decided_by: Some(by), decided_at: Some(now), ..self })
    }

    /// A fact about it: `plan.levelling_<what>`.
    pub fn fact(&self, what: &str) -> Fact {
        let moves = self.proposal.as_ref().map_or(0, |proposal| proposal.moves.len());
        let kind = format!("plan.levelling_{what}");
        Fact::new(&kind, Subject::new(SubjectKind::Plan, self.edition), self.edition)
            .with("levelling", self.id.to_string())
            .with("moves", moves)
            .with("built", self.built)
    }
}
