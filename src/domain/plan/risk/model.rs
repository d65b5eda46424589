//! What is uncertain in a network, and of which dates the spread is asked.

use super::draw::subject;
use super::law::Law;
use crate::plan::network::{Kind, Network};

/// A risk that may strike: where it does, each task it touches takes longer by one drawn delay.
#[derive(Debug, Clone, PartialEq)]
pub struct Event {
    /// Code or id; names its stream of numbers.
    pub code: String,
    /// Chance to strike in a run, 0 to 1.
    pub probability: f64,
    /// Delay in working minutes, drawn once a run.
    pub delay: Law,
    /// Indices of the activities it touches.
    pub activities: Vec<u32>,
}

/// A date whose spread is asked.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Target {
    /// When everything before this activity is through: where the logic alone lets it start.
    Ready(u32),
    /// When this activity ends.
    Finish(u32),
    /// When the last of a group of activities ends, by the group's place in [`Model::groups`].
    Last(u32),
    /// When the last activity ends.
    Whole,
}

/// A network with its uncertainties.
#[derive(Debug, Clone)]
pub struct Model<'a> {
    /// The checked plan.
    pub network: &'a Network,
    /// Law of the whole duration of each activity, in working minutes; `None`: as planned.
    pub laws: Vec<Option<Law>>,
    /// Risks.
    pub events: Vec<Event>,
    /// Dates that are asked. The first one decides criticality and sensitivity.
    pub targets: Vec<Target>,
    /// Activities that end together, for [`Target::Last`].
    pub groups: Vec<Vec<u32>>,
}

impl<'a> Model<'a> {
    /// A model without any uncertainty.
    pub fn certain(network: &'a Network, targets: Vec<Target>) -> Self {
        let laws = vec![None; network.input().activities.len()];
        Model { network, laws, events: Vec::new(), targets, groups: Vec::new() }
    }

    /// Activities whose duration can differ from run to run: with a law of any width and not done.
    pub(super) fn uncertain(&self) -> Vec<Uncertain> {
        let activities = self.network.input().activities.iter().enumerate();
        activities
            .filter_map(|(at, activity)| {
                let law = self.laws.get(at).copied().flatten()?;
                let done = activity.actual_finish.is_some() || activity.kind != Kind::Task;
                (!done).then(|| Uncertain { at: at as u32, law, stream: subject(&activity.code) })
            })
            .collect()
    }
}

/// An activity with a law, as the runs read it.
#[derive(Debug, Clone, Copy)]
pub(super) struct Uncertain {
    pub(super) at: u32,
    pub(super) law: Law,
    pub(super) stream: u64,
}
