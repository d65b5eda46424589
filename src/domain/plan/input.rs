//! What the kernel is given: activities, links, options; and links by code resolved to them, with every fault named.

use super::calendar::Calendar;
use crate::Bilingual;
use serde::{Deserialize, Serialize};
use std::collections::HashMap;

/// What kind of node an activity is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Kind {
    /// Work with a duration.
    Task,
    /// A point in time that waits for work to begin: it snaps forward.
    StartMilestone,
    /// A point in time that closes work: it stays where the work ended.
    FinishMilestone,
    /// A bracket around its children; it has no work of its own.
    Summary,
}

impl Kind {
    /// All kinds, in the order of a choice list.
    pub const ALL: &'static [Kind] = &[Kind::Task, Kind::StartMilestone, Kind::FinishMilestone, Kind::Summary];

    /// The spelling in the database and in API calls.
    pub fn code(self) -> &'static str {
        match self {
            Kind::Task => "task",
            Kind::StartMilestone => "start_milestone",
            Kind::FinishMilestone => "finish_milestone",
            Kind::Summary => "summary",
        }
    }

    /// The reverse of [`Kind::code`].
    pub fn parse(text: &str) -> Option<Kind> {
        Kind::ALL.iter().copied().find(|kind| kind.code() == text)
    }
}

/// The date constraint of an activity, with its instant where it has one.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default, Serialize, Deserialize)]
#[serde(rename_all = "snake_case", tag = "kind", content = "at")]
pub enum Constraint {
    /// As soon as possible.
    #[default]
    Asap,
    /// As late as possible: takes the late date.
    Alap,
    /// Start no earlier than.
    Snet(i64),
    /// Start no later than.
    Snlt(i64),
    /// Finish no earlier than.
    Fnet(i64),
    /// Finish no later than.
    Fnlt(i64),
    /// Must start on.
    Mso(i64),
    /// Must finish on.
    Mfo(i64),
}

impl Constraint {
    /// Every spelling, in the order of a choice list.
    pub const CODES: &'static [&'static str] = &["asap", "alap", "snet", "snlt", "fnet", "fnlt", "mso", "mfo"];

    /// The spelling in the database and in API calls.
    pub fn code(self) -> &'static str {
        match self {
            Constraint::Asap => "asap",
            Constraint::Alap => "alap",
            Constraint::Snet(_) => "snet",
            Constraint::Snlt(_) => "snlt",
            Constraint::Fnet(_) => "fnet",
            Constraint::Fnlt(_) => "fnlt",
            Constraint::Mso(_) => "mso",
            Constraint::Mfo(_) => "mfo",
        }
    }

    /// The instant the constraint names.
    pub fn at(self) -> Option<i64> {
        match self {
            Constraint::Asap | Constraint::Alap => None,
            Constraint::Snet(at) | Constraint::Snlt(at) | Constraint::Fnet(at) => Some(at),
            Constraint::Fnlt(at) | Constraint::Mso(at) | Constraint::Mfo(at) => Some(at),
        }
    }

    /// Puts spelling and instant together; `None` when they do not fit.
    pub fn of(code: &str, at: Option<i64>) -> Option<Constraint> {
        Some(match (code, at) {
            ("asap", _) => Constraint::Asap,
            ("alap", _) => Constraint::Alap,
            ("snet", Some(at)) => Constraint::Snet(at),
            ("snlt", Some(at)) => Constraint::Snlt(at),
            ("fnet", Some(at)) => Constraint::Fnet(at),
            ("fnlt", Some(at)) => Constraint::Fnlt(at),
            ("mso", Some(at)) => Constraint::Mso(at),
            ("mfo", Some(at)) => Constraint::Mfo(at),
            _ => return None,
        })
    }
}

/// One node of the plan.
#[derive(Debug, Clone)]
pub struct Activity {
    /// Unique within the plan; how people name the task.
    pub code: Box<str>,
    /// Task, milestone or summary.
    pub kind: Kind,
    /// Working minutes on its own calendar; 0 for milestones and summaries.
    pub duration: i64,
    /// Index into [`PlanInput::calendars`].
    pub calendar: u32,
    /// Date constraint.
    pub constraint: Constraint,
    /// Wanted finish: lowers the late dates, moves nothing.
    pub deadline: Option<i64>,
    /// When work really began.
    pub actual_start: Option<i64>,
    /// When work really ended.
    pub actual_finish: Option<i64>,
    /// Working minutes still to do once begun; the whole duration when `None`.
    pub remaining: Option<i64>,
    /// Index of the summary this one belongs to.
    pub parent: Option<u32>,
    /// The open hours of its places, where they are part of its calendar.
    pub hours: Option<PlaceHours>,
}

/// Open hours of a place that a task works within.
#[derive(Debug, Clone)]
pub struct PlaceHours {
    /// Index into [`PlanInput::calendars`]: the task's calendar without the place's.
    pub own: u32,
    /// Name of the place, the first where several have hours.
    pub place: Bilingual,
    /// Name of its calendar.
    pub calendar: Bilingual,
}

impl Activity {
    /// A plain task on calendar 0, as soon as possible.
    pub fn task(code: &str, duration: i64) -> Self {
        Activity {
            code: code.into(),
            kind: Kind::Task,
            duration,
            calendar: 0,
            constraint: Constraint::Asap,
            deadline: None,
            actual_start: None,
            actual_finish: None,
            remaining: None,
            parent: None,
            hours: None,
        }
    }

    /// Minutes of work the forward pass lays out: what is left once it has begun.
    pub fn work_left(&self) -> i64 {
        match (self.kind, self.actual_start) {
            (Kind::Task, Some(_)) => self.remaining.unwrap_or(self.duration),
            (Kind::Task, None) => self.duration,
            _ => 0,
        }
    }
}

/// How two activities are tied.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum LinkKind {
    /// Finish to start.
    Fs,
    /// Start to start.
    Ss,
    /// Finish to finish.
    Ff,
    /// Start to finish.
    Sf,
}

impl LinkKind {
    /// All kinds, in the order of a choice list.
    pub const ALL: &'static [LinkKind] = &[LinkKind::Fs, LinkKind::Ss, LinkKind::Ff, LinkKind::Sf];

    /// The spelling in the database and in API calls.
    pub fn code(self) -> &'static str {
        match self {
            LinkKind::Fs => "fs",
            LinkKind::Ss => "ss",
            LinkKind::Ff => "ff",
            LinkKind::Sf => "sf",
        }
    }

    /// The reverse of [`LinkKind::code`], in either case.
    pub fn parse(text: &str) -> Option<LinkKind> {
        LinkKind::ALL.iter().copied().find(|kind| kind.code().eq_ignore_ascii_case(text))
    }
}

/// The time between the two ends of a link; negative is a lead.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Lag {
    /// Working minutes on the lag calendar.
    Working(i64),
    /// Minutes of the clock.
    Elapsed(i64),
    /// Percent of the predecessor's duration, as working minutes.
    Percent(i64),
}

/// i → j.
#[derive(Debug, Clone, Copy)]
pub struct Link {
    /// Predecessor.
    pub from: u32,
    /// Successor.
    pub to: u32,
    /// Which ends are tied.
    pub kind: LinkKind,
    /// Time between them.
    pub lag: Lag,
}

/// An upper bound on the time between the ends of a link: the successor follows at most so long after.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct MaxLag {
    /// Index into [`PlanInput::links`].
    pub link: u32,
    /// Minutes, counted on the lag calendar of the link, or by the clock when its lag is elapsed.
    pub minutes: i64,
}

/// On which calendar a working lag is counted.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum LagCalendar {
    /// The successor's (the rule of the house).
    #[default]
    Successor,
    /// The predecessor's.
    Predecessor,
    /// Calendar 0.
    Plan,
    /// Round the clock.
    Always,
}

/// What happens to work that began before its predecessor was done.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Progress {
    /// The remaining work still waits for the predecessor.
    #[default]
    RetainedLogic,
    /// The remaining work goes on.
    Override,
}

/// Choices that hold for the whole plan.
#[derive(Debug, Clone, Copy, Default)]
pub struct Options {
    /// Critical at total float ≤ this many working minutes.
    pub critical_threshold: i64,
    /// Calendar of working lags.
    pub lag_calendar: LagCalendar,
    /// Out-of-sequence rule.
    pub progress: Progress,
}

/// Everything a plan is computed from.
#[derive(Debug, Clone)]
pub struct PlanInput {
    /// Nothing starts before.
    pub start: i64,
    /// Everything up to here is fact; remaining work starts here or later.
    pub data_date: Option<i64>,
    /// Wanted end of the plan for the late pass; the computed end when `None`.
    pub finish: Option<i64>,
    /// Calendar 0 is the plan's.
    pub calendars: Vec<Calendar>,
    /// What people call them, for explanations, as far as they have names.
    pub names: Vec<Bilingual>,
    /// Nodes.
    pub activities: Vec<Activity>,
    /// Arcs.
    pub links: Vec<Link>,
    /// Maximum lags of some of the links.
    pub max_lags: Vec<MaxLag>,
    /// Plan-wide choices.
    pub options: Options,
}

impl PlanInput {
    /// An empty plan on a round-the-clock calendar.
    pub fn new(start: i64) -> Self {
        PlanInput {
            start,
            data_date: None,
            finish: None,
            calendars: vec![Calendar::Always],
            names: Vec::new(),
            activities: Vec::new(),
            links: Vec::new(),
            max_lags: Vec::new(),
            options: Options::default(),
        }
    }
}

/// A link as people and files write it, by code.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NamedLink {
    /// Code of the predecessor.
    pub from: String,
    /// Code of the successor.
    pub to: String,
    /// Which ends are tied.
    pub kind: LinkKind,
    /// Time between them.
    pub lag: Lag,
}

/// Why a plan cannot be computed at all. Every fault names its tasks.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case", tag = "fault")]
pub enum NetworkFault {
    /// Tasks that wait for each other, in order, the first one repeated at the end.
    Cycle {
        /// The way round.
        codes: Vec<String>,
    },
    /// A link one end of which does not exist.
    Dangling {
        /// Predecessor code as written.
        from: String,
        /// Successor code as written.
        to: String,
        /// The end that is missing.
        missing: String,
    },
    /// Two tasks with one code.
    Duplicate {
        /// The code.
        code: String,
    },
}

/// Turns links by code into links by index, or lists every dangling end and every double code.
pub fn resolve(activities: &[Activity], links: &[NamedLink]) -> Result<Vec<Link>, Vec<NetworkFault>> {
    let mut faults = Vec::new();
    let mut index: HashMap<&str, u32> = HashMap::with_capacity(activities.len());
    for (at, activity) in activities.iter().enumerate() {
        if index.insert(&activity.code, at as u32).is_some() {
            faults.push(NetworkFault::Duplicate { code: activity.code.to_string() });
        }
    }
    let mut resolved = Vec::with_capacity(links.len());
    for link in links {
        let (from, to) = (index.get(link.from.as_str()), index.get(link.to.as_str()));
        for (end, code) in [(from, &link.from), (to, &link.to)] {
            if end.is_none() {
                faults.push(NetworkFault::Dangling {
                    from: link.from.clone(),
                    to: link.to.clone(),
                    missing: code.clone(),
                });
            }
        }
        if let (Some(&from), Some(&to)) = (from, to) {
            resolved.push(Link { from, to, kind: link.kind, lag: link.lag });
        }
    }
    if faults.is_empty() { Ok(resolved) } else { Err(faults) }
}
