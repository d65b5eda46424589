//! Causes seen at places: a state that was there and was lost, two tasks that want one place at one time.

use super::axis;
use super::cause::{Cause, Seen};
use super::deviation::{Severity, Source};
use super::space::assess::Group;
use super::space::conflict::{ConflictKind, Detail, Missing};
use super::space::standing::Space;
use super::supervision::Setting;
use super::task::Task;
use chrono::TimeDelta;

/// How far ahead a clash is a matter for supervision; what lies further is the planner's.
const AHEAD: i64 = 14 * 1440;
/// What was closed with proof and still holds comes back after this long.
const AGAIN: TimeDelta = TimeDelta::days(7);

/// The causes behind conflicts of the next two weeks. A lost state is blocking, work that clashes major, the rest minor.
pub fn place_causes(groups: &[Group], space: &Space, tasks: &[Task], at: Setting) -> Vec<Cause> {
    let until = axis::minute_at(at.now, at.zone) + AHEAD;
    groups.iter().filter(|group| group.from <= until).filter_map(|group| cause(group, space, tasks, at)).collect()
}

fn cause(group: &Group, space: &Space, tasks: &[Task], at: Setting) -> Option<Cause> {
    let place = space.tree.spot(*group.places.first()?);
    let first = group.tasks.first().and_then(|at| tasks.get(*at as usize))?;
    let codes = || group.tasks.iter().take(4).map(|at| tasks[*at as usize].code.clone()).collect();
    let (source, severity, seen) = match group.detail {
        Detail::State { state, why: Missing::Revoked } => {
            let seen = Seen::LostState { place: place.name.clone(), state: state.code().to_owned() };
            (Source::State, Severity::Blocking, seen)
        }
        Detail::State { .. } => return None,
        Detail::Pair | Detail::Load { .. } => {
            let severity = if group.kind == ConflictKind::Exclusive { Severity::Major } else { Severity::Minor };
            (Source::Conflict, severity, Seen::Conflict { place: place.name.clone(), tasks: codes() })
        }
    };
    Some(Cause {
        source,
        key: format!("place:{}", group.key),
        since: at.now - AGAIN,
        severity,
        task: Some(first.id),
        round: first.round,
        place: Some(place.id),
        owner: first.owner,
        seen,
    })
}
