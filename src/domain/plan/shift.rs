//! Moving or stretching a task, as a hand does on a picture: a new first moment, a new length. What
//! that means for the task's date wish is decided here; the effect is shown and saved like that of
//! any other change.

use super::axis;
use super::calendar::DAY;
use super::edit::{TaskDraft, days_text};
use super::sheet::Sheet;
use super::task::Task;
use crate::Refusal;
use crate::refusal::Parse;
use chrono::{NaiveDate, NaiveDateTime};
use serde::{Deserialize, Serialize};

/// What a person asks for by moving. Field names are those of the form and of refusals.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Shift {
    /// First moment on the venue's clock: a day, or a day with `T` and a time.
    pub starts_at: String,
    /// Days of work, may have a fraction.
    pub duration_days: String,
}

/// A moment as forms write it: without the time when it is midnight.
fn moment_text(minute: i64) -> String {
    let (day, rest) = (axis::day_of(minute), minute.rem_euclid(DAY));
    if rest == 0 { day.to_string() } else { format!("{day}T{:02}:{:02}", rest / 60, rest % 60) }
}

/// Reads a day, or a day and a time, as a minute of the plan's axis.
pub(super) fn parse_moment(text: &str) -> Option<i64> {
    let text = text.trim();
    if let Ok(day) = text.parse::<NaiveDate>() {
        return Some(axis::midnight(day));
    }
    let forms = ["%Y-%m-%dT%H:%M", "%Y-%m-%d %H:%M", "%Y-%m-%dT%H:%M:%S"];
    forms.iter().find_map(|form| NaiveDateTime::parse_from_str(text, form).ok()).map(axis::minute_of)
}

impl Shift {
    /// The task where it lies.
    pub fn of(sheet: &Sheet, task: &Task) -> Shift {
        Shift {
            starts_at: moment_text(axis::minute_at(task.dates.early_start, sheet.zone)),
            duration_days: days_text(task.duration),
        }
    }

    /// The change of the task this comes to. A task pinned to a start stays pinned, wishes about
    /// the finish move along by as much; everything else becomes *start no earlier than*.
    ///
    /// # Errors
    /// `plan-shift-begun` when work has begun and the start would move; what cannot be read.
    pub fn draft(&self, sheet: &Sheet, task: &Task) -> Result<TaskDraft, Vec<Refusal>> {
        let mut parse = Parse::new();
        let mut draft = TaskDraft::of(sheet, task);
        draft.duration_days.clone_from(&self.duration_days);
        let was = axis::minute_at(task.dates.early_start, sheet.zone);
        let to = match parse_moment(&self.starts_at) {
            Some(to) => to,
            None => {
                parse.refuse(Refusal::invalid("not-a-date").at("starts_at"));
                was
            }
        };
        if to != was && (task.actual_start.is_some() || !task.state.is_ahead()) {
            parse.refuse(Refusal::conflict("plan-shift-begun").at("starts_at"));
        } else if to != was {
            let old = task.constraint_at.map(|at| axis::minute_at(at, sheet.zone));
            let (wish, at) = match (task.constraint.as_str(), old) {
                ("mso", _) => ("mso", to),
                (wish @ ("mfo" | "fnet"), Some(old)) => (wish, old + to - was),
                _ => ("snet", to),
            };
            wish.clone_into(&mut draft.constraint);
            // A finish at midnight is written as the day it ends.
            let ends = matches!(wish, "mfo" | "fnet") && at.rem_euclid(DAY) == 0;
            draft.constraint_on = moment_text(if ends { at - DAY } else { at });
        }
        parse.finish(|| draft)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn moments_are_read_as_they_are_written() {
        for minute in [0, DAY, 20_000 * DAY + 14 * 60 + 30] {
            assert_eq!(parse_moment(&moment_text(minute)), Some(minute));
        }
        assert_eq!(parse_moment("2027-02-30"), None);
        assert_eq!(parse_moment("soon"), None);
    }
}
