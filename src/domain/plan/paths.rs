//! Critical and near-critical paths to a gate or milestone: the chains that hold it, tightest first,
//! and how much room every task before it has until it hurts that one.

use super::network::{Arc, LinkKind, Network};
use super::schedule::Schedule;
use serde::{Deserialize, Serialize};
use std::collections::BinaryHeap;

/// A chain of activities that ends in a milestone.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Path {
    /// Working minutes the chain may slip before it moves its end; 0 is the critical path.
    pub room: i64,
    /// Indices from first cause to the milestone.
    pub activities: Vec<usize>,
}

impl Network {
    /// Working minutes by which a link could be longer before its successor moves.
    fn slack(&self, schedule: &Schedule, at: usize, arc: &Arc) -> i64 {
        let other = arc.other as usize;
        let (near, far) = match arc.kind {
            LinkKind::Fs => (schedule.early_finish[other], schedule.early_start[at]),
            LinkKind::Ss => (schedule.early_start[other], schedule.early_start[at]),
            LinkKind::Ff => (schedule.early_finish[other], schedule.early_finish[at]),
            LinkKind::Sf => (schedule.early_start[other], schedule.early_finish[at]),
        };
        let own = self.calendar_of(at);
        own.between(self.lag_calendar(arc).add(near, arc.lag), far).max(0)
    }

    /// The chains that hold an activity with at most `within` working minutes of room, tightest first, at
    /// most `most` of them. A summary is held by its leaves.
    pub fn paths(&self, schedule: &Schedule, target: usize, within: i64, most: usize) -> Vec<Path> {
        let mut open = BinaryHeap::new();
        for at in self.ends_of(target) {
            open.push((std::cmp::Reverse(0i64), std::cmp::Reverse(vec![at])));
        }
        let mut found = Vec::new();
        // Best first: a chain is finished when nothing before it is within the room.
        let mut steps = 0;
        while let Some((std::cmp::Reverse(room), std::cmp::Reverse(chain))) = open.pop() {
            steps += 1;
            if found.len() >= most || steps > 100_000 {
                break;
            }
            let at = *chain.last().unwrap_or(&target);
            let before: Vec<(i64, usize)> = self
                .preds_of(at)
                .iter()
                .map(|arc| (room + self.slack(schedule, at, arc), arc.other as usize))
                .filter(|(room, other)| *room <= within && schedule.driver.len() > *other)
                .collect();
            let ahead = self.input().activities[at].actual_start.is_none();
            if before.is_empty() || !ahead {
                let mut activities = chain;
                activities.reverse();
                found.push(Path { room, activities });
                continue;
            }
            for (room, other) in before {
                let mut longer = chain.clone();
                longer.push(other);
                open.push((std::cmp::Reverse(room), std::cmp::Reverse(longer)));
            }
        }
        found
    }

    /// Working minutes every activity may slip before `target` moves; `None` where nothing leads to it.
    pub fn room_to(&self, schedule: &Schedule, target: usize) -> Vec<Option<i64>> {
        let mut room: Vec<Option<i64>> = vec![None; self.input().activities.len()];
        for at in self.ends_of(target) {
            room[at] = Some(0);
        }
        for &at in self.order.iter().rev() {
            let at = at as usize;
            let Some(own) = room[at] else { continue };
            for arc in self.preds_of(at) {
                let through = own + self.slack(schedule, at, arc);
                let slot = &mut room[arc.other as usize];
                *slot = Some(slot.map_or(through, |known| known.min(through)));
            }
        }
        room
    }

    fn ends_of(&self, target: usize) -> Vec<usize> {
        match self.is_bracket(target) {
            true => self.leaves[target].iter().map(|&leaf| leaf as usize).collect(),
            false => vec![target],
        }
    }
}
