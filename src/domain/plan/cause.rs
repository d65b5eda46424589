//! Causes Fairlead sees by itself, and which of them become deviations: one cause opens one deviation.
//!
//! A cause has a key and a moment since which it holds. It is opened when no open deviation carries the key, and no
//! closed one that was opened since that moment: what somebody closed with proof does not come back by itself, the
//! next occurrence does.

use super::deviation::{DeviationState, Severity, Source};
use crate::{Bilingual, DeviationId, PlaceId, TaskId, UserId};
use chrono::{DateTime, Utc};

/// What was seen, with the values its sentence needs.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Seen {
    /// A task in work was not reported on.
    MissedReport {
        /// Code of the task.
        code: String,
        /// Its name.
        name: Bilingual,
        /// When the report was due.
        due: DateTime<Utc>,
    },
    /// A task's forecast lies behind its deadline.
    PastDeadline {
        /// Code of the task.
        code: String,
        /// Its name.
        name: Bilingual,
        /// Minutes behind.
        minutes: i64,
    },
    /// The plan misses opening day.
    PastOpening {
        /// Code of the task the chain begins with.
        code: String,
        /// Its name.
        name: Bilingual,
        /// Working minutes missing.
        minutes: i64,
    },
    /// A place lost a state.
    LostState {
        /// The place.
        place: Bilingual,
        /// Code of the state it lost.
        state: String,
    },
    /// Two reservations clash.
    Conflict {
        /// The place.
        place: Bilingual,
        /// Codes of the tasks.
        tasks: Vec<String>,
    },
}

/// A cause that holds now.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Cause {
    /// Kind of observation.
    pub source: Source,
    /// Names it; the same cause has the same key in every look.
    pub key: String,
    /// Since when this occurrence holds.
    pub since: DateTime<Utc>,
    /// How bad.
    pub severity: Severity,
    /// The task it is seen at.
    pub task: Option<TaskId>,
    /// Round of the task.
    pub round: i32,
    /// The place it is seen at.
    pub place: Option<PlaceId>,
    /// Who answers for it.
    pub owner: Option<UserId>,
    /// What was seen.
    pub seen: Seen,
}

/// A deviation that carries a key.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Known {
    /// The deviation.
    pub id: DeviationId,
    /// Its key.
    pub key: String,
    /// What opened it.
    pub source: Source,
    /// Open or closed.
    pub state: DeviationState,
    /// When it was opened.
    pub opened_at: DateTime<Utc>,
}

/// The causes that open a deviation now.
pub fn to_open<'a>(causes: &'a [Cause], known: &[Known]) -> Vec<&'a Cause> {
    let mut opened: Vec<&Cause> = Vec::new();
    for cause in causes {
        let answered = known.iter().filter(|one| one.key == cause.key).any(|one| match one.state {
            DeviationState::Open => true,
            DeviationState::Closed => one.opened_at >= cause.since,
        });
        if !answered && !opened.iter().any(|other| other.key == cause.key) {
            opened.push(cause);
        }
    }
    opened
}

/// Open deviations whose cause is gone and was Fairlead's own observation: the observation reversed is the proof.
/// `looked` are the sources that were looked at; what was not looked at is not gone.
pub fn to_close(causes: &[Cause], known: &[Known], looked: &[Source]) -> Vec<DeviationId> {
    let holds = |one: &Known| causes.iter().any(|cause| cause.key == one.key);
    known
        .iter()
        .filter(|one| one.state == DeviationState::Open && one.source.observed() && looked.contains(&one.source))
        .filter(|one| !holds(one))
        .map(|one| one.id)
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use chrono::TimeDelta;
    use uuid::Uuid;

    fn at(minutes: i64) -> DateTime<Utc> {
        DateTime::UNIX_EPOCH + TimeDelta::minutes(minutes)
    }

    fn cause(key: &str, since: i64) -> Cause {
        Cause {
            source: Source::Report,
            key: key.to_owned(),
            since: at(since),
            severity: Severity::Minor,
            task: None,
            round: 1,
            place: None,
            owner: None,
            seen: Seen::MissedReport { code: "A".into(), name: Bilingual::default(), due: at(since) },
        }
    }

    fn known(key: &str, state: DeviationState, opened: i64) -> Known {
        Known {
            id: DeviationId::from_uuid(Uuid::from_u128(1)),
            key: key.to_owned(),
            source: Source::Report,
            state,
            opened_at: at(opened),
        }
    }

    #[test]
    fn one_cause_opens_one_deviation() {
        let causes = [cause("a", 10), cause("a", 10), cause("b", 10)];
        assert_eq!(to_open(&causes, &[]).len(), 2);
        assert_eq!(to_open(&causes, &[known("a", DeviationState::Open, 12)]).len(), 1);
    }

    #[test]
    fn what_was_closed_with_proof_comes_back_only_when_it_happens_again() {
        let closed = [known("a", DeviationState::Closed, 12)];
        assert!(to_open(&[cause("a", 10)], &closed).is_empty(), "the same occurrence");
        assert_eq!(to_open(&[cause("a", 20)], &closed).len(), 1, "the next occurrence");
    }

    #[test]
    fn what_was_not_looked_at_is_not_gone() {
        let open = [known("a", DeviationState::Open, 12)];
        assert!(to_close(&[], &open, &[Source::Forecast]).is_empty());
        assert_eq!(to_close(&[], &open, &[Source::Report]).len(), 1);
        assert!(to_close(&[cause("a", 10)], &open, &[Source::Report]).is_empty());
    }
}
