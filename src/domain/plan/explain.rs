//! Why a date is what it is: the chain of drivers behind it, and the critical path to a task.

use super::network::{Constraint, Kind, LinkKind, Network};
use super::schedule::{Driver, Schedule};
use crate::Bilingual;
use serde::{Deserialize, Serialize};

/// One step of an explanation, from cause to effect.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Step {
    /// Code of the task.
    pub code: String,
    /// Its early start.
    pub start: i64,
    /// Its early finish.
    pub finish: i64,
    /// Why it starts then.
    pub reason: Reason,
    /// The open hours of its place, where without them it would begin or end sooner.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub hours: Option<OpenHours>,
    /// Its own working time, where round the clock it would begin or end sooner.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub rest: Option<Rest>,
}

/// Working time that decides about a date.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Rest {
    /// Name of the calendar the task works by.
    pub calendar: Bilingual,
    /// What holds it lies earlier: it begins when working time does.
    pub begins: bool,
    /// Minutes between start and finish in which the calendar does not work.
    pub idle: i64,
}

/// Open hours that hold work up.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct OpenHours {
    /// Name of the place.
    pub place: Bilingual,
    /// Name of its calendar.
    pub calendar: Bilingual,
}

/// Why a task starts when it does.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case", tag = "why")]
pub enum Reason {
    /// Nothing holds it back but the start of the plan.
    PlanStart,
    /// Remaining work may not lie before the data date.
    DataDate,
    /// Its own date constraint, by code.
    Constraint {
        /// Spelling of the constraint.
        constraint: String,
    },
    /// The task before it in the chain, by this link.
    Link {
        /// Code of the predecessor.
        from: String,
        /// `fs`, `ss`, `ff`, `sf`.
        kind: String,
        /// Lag in minutes as entered.
        lag: i64,
    },
    /// The task after it in the plan, which may follow at most so long after.
    Apart {
        /// Code of the successor.
        to: String,
        /// `fs`, `ss`, `ff`, `sf`.
        kind: String,
        /// The maximum lag in minutes.
        most: i64,
    },
    /// It really began then.
    Actual,
    /// As late as possible.
    Late,
    /// The first of its children.
    Child {
        /// Code of the child.
        code: String,
    },
}

impl Network {
    /// The driving chain of an activity, from its first cause to itself.
    pub fn explain(&self, schedule: &Schedule, at: usize) -> Vec<Step> {
        let mut chain = Vec::new();
        let mut current = at;
        // The graph is acyclic, so the walk ends; the bound only guards against a foreign schedule.
        for _ in 0..=self.input.activities.len() {
            chain.push(self.step(schedule, current));
            match schedule.driver[current] {
                Driver::Link(link) => current = self.driving_end(schedule, current, link),
                Driver::Apart(link) => current = self.pulling_end(schedule, current, link),
                Driver::Child(child) => current = child as usize,
                _ => break,
            }
        }
        chain.reverse();
        chain
    }

    /// The critical path to an activity: indices from first cause to it.
    pub fn path_to(&self, schedule: &Schedule, at: usize) -> Vec<usize> {
        let mut path = vec![at];
        let mut current = at;
        while let Driver::Link(link) = schedule.driver[current] {
            current = self.driving_end(schedule, current, link);
            path.push(current);
            if path.len() > self.input.activities.len() {
                break;
            }
        }
        path.reverse();
        path
    }

    /// The link that decides the start of `at`, if one does.
    pub fn driving_link(&self, schedule: &Schedule, at: usize) -> Option<usize> {
        match schedule.driver[at] {
            Driver::Link(link) => Some(link as usize),
            _ => None,
        }
    }

    /// A link from a summary stands for its leaves: the one that drives is the one that binds.
    fn driving_end(&self, schedule: &Schedule, at: usize, link: u32) -> usize {
        let ends = self.preds_of(at).iter().filter(|arc| arc.link == link);
        let latest = ends.max_by_key(|arc| schedule.early_finish[arc.other as usize]);
        latest.map_or(at, |arc| arc.other as usize)
    }

    /// The successor whose maximum lag pulls `at` along.
    fn pulling_end(&self, schedule: &Schedule, at: usize, link: u32) -> usize {
        let ends = self.caps.iter().filter(|cap| cap.link == link && cap.from as usize == at);
        let latest = ends.max_by_key(|cap| schedule.early_start[cap.to as usize]);
        latest.map_or(at, |cap| cap.to as usize)
    }

    fn step(&self, schedule: &Schedule, at: usize) -> Step {
        let activity = &self.input.activities[at];
        let reason = match schedule.driver[at] {
            Driver::PlanStart => Reason::PlanStart,
            Driver::DataDate => Reason::DataDate,
            Driver::Constraint => Reason::Constraint { constraint: activity.constraint.code().to_owned() },
            Driver::Actual => Reason::Actual,
            Driver::Late => Reason::Late,
            Driver::Child(child) => Reason::Child { code: self.code(child as usize).to_owned() },
            Driver::Apart(link) => Reason::Apart {
                to: self.code(self.pulling_end(schedule, at, link)).to_owned(),
                kind: self.input.links[link as usize].kind.code().to_owned(),
                most: self.caps.iter().find(|cap| cap.link == link).map_or(0, |cap| cap.lag),
            },
            Driver::Link(link) => {
                let from = self.driving_end(schedule, at, link);
                let original = self.input.links[link as usize];
                Reason::Link {
                    from: self.code(from).to_owned(),
                    kind: original.kind.code().to_owned(),
                    lag: match original.lag {
                        super::Lag::Working(lag) | super::Lag::Elapsed(lag) => lag,
                        super::Lag::Percent(percent) => self.input.activities[from].duration * percent / 100,
                    },
                }
            }
        };
        Step {
            code: activity.code.to_string(),
            start: schedule.early_start[at],
            finish: schedule.early_finish[at],
            reason,
            hours: self.hours_that_hold(schedule, at),
            rest: self.rest_that_holds(schedule, at),
        }
    }

    /// The task's own calendar, if it decides about the start or the finish. What is fact is decided by nothing.
    fn rest_that_holds(&self, schedule: &Schedule, at: usize) -> Option<Rest> {
        let activity = &self.input.activities[at];
        if activity.actual_start.is_some() || activity.actual_finish.is_some() || self.is_bracket(at) {
            return None;
        }
        let index = activity.hours.as_ref().map_or(activity.calendar, |hours| hours.own) as usize;
        let calendar = self.input.names.get(index).filter(|name| **name != Bilingual::default())?.clone();
        let own = &self.input.calendars[index];
        let (start, finish) = (schedule.early_start[at], schedule.early_finish[at]);
        let begins =
            activity.kind != Kind::FinishMilestone && !self.at_once(schedule, at) && own.between(start - 1, start) == 0;
        let idle = if activity.work_left() > 0 { finish - start - own.between(start, finish) } else { 0 };
        (begins || idle > 0).then_some(Rest { calendar, begins, idle })
    }

    /// Whether what drives a task binds at the very minute it begins, or ends where the finish is bound: then no
    /// calendar has a hand in that.
    fn at_once(&self, schedule: &Schedule, at: usize) -> bool {
        let (start, finish) = (schedule.early_start[at], schedule.early_finish[at]);
        match schedule.driver[at] {
            Driver::PlanStart => self.input.start == start,
            Driver::DataDate => self.input.data_date == Some(start),
            Driver::Constraint => [Some(start), Some(finish)].contains(&self.input.activities[at].constraint.at()),
            Driver::Link(link) => {
                let end = self.driving_end(schedule, at, link) as u32;
                let arc = self.preds_of(at).iter().find(|arc| arc.link == link && arc.other == end);
                arc.is_some_and(|arc| {
                    let other = arc.other as usize;
                    let anchor = match arc.kind {
                        LinkKind::Fs | LinkKind::Ff => schedule.early_finish[other],
                        LinkKind::Ss | LinkKind::Sf => schedule.early_start[other],
                    };
                    let bound = self.lag_calendar(arc).add(anchor, arc.lag);
                    bound == if matches!(arc.kind, LinkKind::Fs | LinkKind::Ss) { start } else { finish }
                })
            }
            Driver::Apart(_) | Driver::Actual | Driver::Late | Driver::Child(_) => true,
        }
    }

    /// The open hours of the task's place, if the place being shut makes it begin or end later: its own calendar would
    /// work just before it begins, or be through sooner. What is fact is held by nothing.
    fn hours_that_hold(&self, schedule: &Schedule, at: usize) -> Option<OpenHours> {
        let activity = &self.input.activities[at];
        let hours = activity.hours.as_ref().filter(|_| activity.actual_finish.is_none())?;
        let (own, both) = (&self.input.calendars[hours.own as usize], self.calendar_of(at));
        let (start, finish) = (schedule.early_start[at], schedule.early_finish[at]);
        let later = activity.actual_start.is_none()
            && !self.at_once(schedule, at)
            && own.between(start - 1, start) > 0
            && both.between(start - 1, start) == 0;
        let longer = activity.work_left() > 0 && own.add(start, both.between(start, finish)) < finish;
        (later || longer).then(|| OpenHours { place: hours.place.clone(), calendar: hours.calendar.clone() })
    }

    /// Room before a pinned date, in working minutes: negative when the logic comes too late.
    /// For the opening this is the float of the whole preparation to D0.
    pub fn room_before(&self, schedule: &Schedule, at: usize) -> i64 {
        let pinned = match self.input.activities[at].constraint {
            Constraint::Mso(t) | Constraint::Snet(t) | Constraint::Snlt(t) => t,
            _ => schedule.early_start[at],
        };
        self.calendar_of(at).between(schedule.logic_start[at], pinned)
    }
}
