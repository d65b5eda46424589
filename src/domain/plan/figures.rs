//! Control figures: how good the work is the first time, how often it goes round, how fast deviations are closed.

use super::deviation::{DeviationState, Severity};
use super::task::{Task, TaskState};
use super::view::DeviationRow;
use serde::Serialize;

/// Control figures of a plan.
#[derive(Debug, Clone, Default, PartialEq, Serialize)]
pub struct Figures {
    /// Tasks that have passed a check.
    pub accepted: u32,
    /// Of these, those that passed the first.
    pub first_pass: u32,
    /// Mean number of rounds of the tasks that have passed or failed a check.
    pub rounds_per_task: Option<f64>,
    /// Median minutes from opening a deviation to closing it.
    pub median_close_minutes: Option<i64>,
    /// The same for minor, major, blocking ones.
    pub median_by_severity: [Option<i64>; 3],
    /// Deviations closed so far.
    pub closed: u32,
    /// Deviations open now.
    pub open: u32,
}

impl Figures {
    /// The figures of these tasks and deviations.
    pub fn of(tasks: &[Task], deviations: &[DeviationRow]) -> Self {
        let passed = |task: &&Task| matches!(task.state, TaskState::Accepted | TaskState::Confirmed);
        let accepted: Vec<&Task> = tasks.iter().filter(passed).collect();
        // A task in a later round has failed a check, whether it has passed one yet or not.
        let checked: Vec<&Task> = tasks.iter().filter(|task| passed(task) || task.round > 1).collect();
        let rounds: i32 = checked.iter().map(|task| task.round).sum();
        let times = |severity: Option<Severity>| {
            let of = deviations.iter().map(|row| &row.deviation);
            let of = of.filter(|one| severity.is_none_or(|severity| one.severity == severity));
            median(of.filter_map(|one| Some((one.closed_at? - one.opened_at).num_minutes())).collect())
        };
        let count = |state| deviations.iter().filter(|row| row.deviation.state == state).count() as u32;
        Figures {
            accepted: accepted.len() as u32,
            first_pass: accepted.iter().filter(|task| task.round == 1).count() as u32,
            rounds_per_task: (!checked.is_empty()).then(|| f64::from(rounds) / checked.len() as f64),
            median_close_minutes: times(None),
            median_by_severity: [Severity::Minor, Severity::Major, Severity::Blocking].map(|one| times(Some(one))),
            closed: count(DeviationState::Closed),
            open: count(DeviationState::Open),
        }
    }

    /// First-pass acceptance as a share of one.
    pub fn first_pass_share(&self) -> Option<f64> {
        (self.accepted > 0).then(|| f64::from(self.first_pass) / f64::from(self.accepted))
    }
}

/// The middle value; of an even number, the mean of the two in the middle.
pub fn median(mut values: Vec<i64>) -> Option<i64> {
    values.sort_unstable();
    let middle = values.len() / 2;
    match values.len() {
        0 => None,
        n if n % 2 == 1 => values.get(middle).copied(),
        _ => Some(i64::midpoint(values[middle - 1], values[middle])),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_median_is_in_the_middle() {
        assert_eq!(median(vec![]), None);
        assert_eq!(median(vec![9, 1, 4]), Some(4));
        assert_eq!(median(vec![1, 9, 4, 5]), Some(4));
        assert_eq!(median(vec![10, 20]), Some(15));
    }

    #[test]
    fn nothing_checked_is_no_figure() {
        let none = Figures::of(&[], &[]);
        assert_eq!((none.first_pass_share(), none.rounds_per_task, none.median_close_minutes), (None, None, None));
    }
}
