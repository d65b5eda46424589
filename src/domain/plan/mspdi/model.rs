//! What a Microsoft Project XML file says, in our words. Durations and lags are *ticks*, tenths of
//! a minute (the resolution of Microsoft Project); dates are ticks on the wall-clock axis of
//! [`crate::plan::axis`].

use crate::plan::calendar::Pattern;
use crate::plan::network::{Constraint, LinkKind};

/// Ticks of one minute.
pub const TICK: i64 = 10;

/// A whole file.
#[derive(Debug, Clone, Default)]
pub struct Project {
    /// Project-wide fields.
    pub head: Head,
    /// Calendars, base and resource.
    pub calendars: Vec<FileCalendar>,
    /// Tasks in file order.
    pub tasks: Vec<FileTask>,
    /// People, machines, material.
    pub resources: Vec<FileResource>,
    /// Who works on what.
    pub assignments: Vec<FileAssignment>,
    /// What could not be understood, with its line.
    pub problems: Vec<Problem>,
}

/// Something in the file that cannot be used as it stands.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Problem {
    /// Stable code.
    pub code: &'static str,
    /// The task or calendar it is about, as people know it.
    pub subject: String,
    /// The value or the other party.
    pub detail: String,
    /// Line of the file, 0 when it is about no single place.
    pub line: u32,
}

/// Project-wide fields.
#[derive(Debug, Clone)]
pub struct Head {
    /// Title, else the file's name.
    pub title: String,
    /// Start of the project.
    pub start: Option<i64>,
    /// Finish of the project.
    pub finish: Option<i64>,
    /// Data date.
    pub status: Option<i64>,
    /// Scheduled from the start (else from the finish).
    pub from_start: bool,
    /// UID of the project's calendar.
    pub calendar: i64,
    /// Minutes of a working day, for durations in days.
    pub minutes_per_day: i64,
    /// Constraints win over links.
    pub honor_constraints: bool,
    /// Critical at total slack up to so many days.
    pub critical_slack: i64,
    /// Every chain has its own critical path.
    pub multiple_critical: bool,
    /// Work in progress may be split.
    pub splits_in_progress: bool,
    /// Currency code.
    pub currency: String,
}

impl Default for Head {
    fn default() -> Self {
        Head {
            title: String::new(),
            start: None,
            finish: None,
            status: None,
            from_start: true,
            calendar: -1,
            minutes_per_day: 480,
            honor_constraints: true,
            critical_slack: 0,
            multiple_critical: false,
            splits_in_progress: true,
            currency: String::new(),
        }
    }
}

/// A calendar of the file.
#[derive(Debug, Clone)]
pub struct FileCalendar {
    /// Identity in the file.
    pub uid: i64,
    /// Name.
    pub name: String,
    /// The calendar it derives from.
    pub base: Option<i64>,
    /// Is a base calendar, not a person's.
    pub is_base: bool,
    /// Monday to Sunday; `None`: as the base calendar has it.
    pub week: [Option<Vec<(i64, i64)>>; 7],
    /// Own dated exceptions and working weeks, day number to spans in minutes; later ones win.
    pub days: std::collections::BTreeMap<i64, Vec<(i64, i64)>>,
    /// Days on which another week holds (working weeks): weaker than every exception.
    pub weeks: std::collections::BTreeMap<i64, Vec<(i64, i64)>>,
}

/// A task of the file.
#[derive(Debug, Clone)]
pub struct FileTask {
    /// Identity in the file.
    pub uid: i64,
    /// Row number people see.
    pub id: i64,
    /// Name.
    pub name: String,
    /// Code of the work breakdown structure.
    pub wbs: String,
    /// Notes.
    pub notes: String,
    /// Depth in the outline, 0 for the project itself.
    pub level: i64,
    /// Index of the task above it in the outline.
    pub parent: Option<usize>,
    /// Brackets its children.
    pub summary: bool,
    /// A point in time.
    pub milestone: bool,
    /// An empty row.
    pub null: bool,
    /// Takes part in the schedule.
    pub active: bool,
    /// Scheduled by hand.
    pub manual: bool,
    /// A place-holder for a task of another file.
    pub external: bool,
    /// Stands for a whole other file.
    pub subproject: bool,
    /// Part of a recurring task.
    pub recurring: bool,
    /// 0 fixed units, 1 fixed duration, 2 fixed work.
    pub kind: i64,
    /// Duration.
    pub duration: Option<i64>,
    /// Duration counts the clock round.
    pub elapsed: bool,
    /// Constraint, its date in ticks.
    pub constraint: Constraint,
    /// Deadline.
    pub deadline: Option<i64>,
    /// UID of its own calendar.
    pub calendar: Option<i64>,
    /// Its own calendar replaces those of the people.
    pub ignore_resources: bool,
    /// Links into it.
    pub links: Vec<FileLink>,
    /// Delay by levelling, elapsed.
    pub leveling_delay: i64,
    /// 0–1000.
    pub priority: i64,
    /// Percent complete.
    pub percent: i64,
    /// Work began.
    pub actual_start: Option<i64>,
    /// Work ended.
    pub actual_finish: Option<i64>,
    /// Done so far.
    pub actual_duration: Option<i64>,
    /// Still to do.
    pub remaining: Option<i64>,
    /// Work stopped here.
    pub stop: Option<i64>,
    /// Work goes on from here.
    pub resume: Option<i64>,
    /// Where a person put it.
    pub manual_start: Option<i64>,
    /// Where a person put its end.
    pub manual_finish: Option<i64>,
    /// The duration a person gave it.
    pub manual_duration: Option<i64>,
    /// Dates another program computed. Only for comparison, and for what is scheduled by hand.
    pub stored: Stored,
    /// Cost budget in hundredths.
    pub cost: Option<i64>,
}

/// Dates as the file has them.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Stored {
    /// Start.
    pub start: Option<i64>,
    /// Finish.
    pub finish: Option<i64>,
    /// Early start.
    pub early_start: Option<i64>,
    /// Early finish.
    pub early_finish: Option<i64>,
    /// Late start.
    pub late_start: Option<i64>,
    /// Late finish.
    pub late_finish: Option<i64>,
    /// Total slack in ticks.
    pub total_slack: Option<i64>,
}

/// A link of the file.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct FileLink {
    /// UID of the predecessor.
    pub from: i64,
    /// Which ends.
    pub kind: LinkKind,
    /// Ticks, or percent of the predecessor's duration.
    pub lag: i64,
    /// How `lag` counts.
    pub lag_kind: FileLag,
    /// The predecessor is in another file.
    pub cross: bool,
}

/// How the lag of a link counts.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum FileLag {
    /// Working time.
    Working,
    /// The clock.
    Elapsed,
    /// Percent of the predecessor's duration, in working time.
    Percent,
    /// Percent of the predecessor's duration, on the clock.
    ElapsedPercent,
}

/// A resource.
#[derive(Debug, Clone)]
pub struct FileResource {
    /// Identity in the file.
    pub uid: i64,
    /// Name.
    pub name: String,
    /// E-mail address.
    pub email: String,
    /// Works (else material or cost).
    pub works: bool,
    /// UID of its calendar.
    pub calendar: Option<i64>,
}

/// An assignment.
#[derive(Debug, Clone)]
pub struct FileAssignment {
    /// UID of the task.
    pub task: i64,
    /// UID of the resource; negative: nobody.
    pub resource: i64,
    /// 1.0 is full time.
    pub units: f64,
    /// Work in ticks.
    pub work: Option<i64>,
    /// Work done.
    pub actual_work: Option<i64>,
    /// Work left.
    pub remaining_work: Option<i64>,
    /// Work outside the calendar, part of `work`.
    pub overtime: i64,
    /// Work outside the calendar that is left.
    pub remaining_overtime: i64,
    /// Work begins so much after the task, in ticks of working time.
    pub delay: i64,
    /// Delay by levelling, in ticks on the clock.
    pub leveling_delay: i64,
    /// Shape of the work over time; 0 is flat.
    pub contour: i64,
    /// Work really began.
    pub actual_start: Option<i64>,
    /// Work really ended.
    pub actual_finish: Option<i64>,
    /// Planned work over time: (from, to, ticks of work), in order.
    pub phases: Vec<Phase>,
}

/// Work of an assignment in one stretch of time.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Phase {
    /// Begins.
    pub from: i64,
    /// Ends.
    pub to: i64,
    /// Ticks of work.
    pub work: i64,
    /// Has been done.
    pub done: bool,
}

impl FileCalendar {
    /// The calendar as a pattern, its ancestors resolved. `by_uid` finds a calendar of the file;
    /// a ring of base calendars ends where it would repeat.
    pub fn pattern<'a>(&'a self, by_uid: impl Fn(i64) -> Option<&'a FileCalendar>) -> Pattern {
        let mut line = vec![self];
        while let Some(base) = line.last().and_then(|one| one.base).and_then(&by_uid) {
            if line.iter().any(|one| one.uid == base.uid) {
                break;
            }
            line.push(base);
        }
        let mut pattern = Pattern { weekly: Default::default(), exceptions: std::collections::BTreeMap::new() };
        for (day, spans) in pattern.weekly.iter_mut().enumerate() {
            *spans = line.iter().find_map(|one| one.week[day].clone()).unwrap_or_default();
        }
        // From the far ancestor to the calendar itself: weeks first, exceptions of anybody over them.
        for one in line.iter().rev() {
            pattern.exceptions.extend(one.weeks.iter().map(|(&day, spans)| (day, spans.clone())));
        }
        for one in line.iter().rev() {
            pattern.exceptions.extend(one.days.iter().map(|(&day, spans)| (day, spans.clone())));
        }
        pattern
    }
}
