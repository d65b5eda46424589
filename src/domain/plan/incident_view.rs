//! What pages show of incidents.

use super::incident::{Broken, Incident, Line};
use super::task::TaskState;
use super::vocabulary::Function;
use crate::{Bilingual, TaskId};
use chrono::{DateTime, Utc};

/// An incident with the name of who declared it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct IncidentRow {
    /// The incident.
    pub incident: Incident,
    /// Who declared it.
    pub declared_by: String,
}

/// A task that came with an incident.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct IncidentTask {
    /// The task.
    pub id: TaskId,
    /// Its code.
    pub code: String,
    /// Its name.
    pub name: Bilingual,
    /// Where it stands.
    pub state: TaskState,
    /// The team.
    pub role: Function,
    /// Who answers for it.
    pub owner: String,
    /// Planned end.
    pub due: DateTime<Utc>,
}

/// An incident going on, as every screen warns of it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Alarm {
    /// Its number.
    pub number: i32,
    /// Code of the entry.
    pub entry: String,
    /// Where.
    pub place: Bilingual,
    /// Since when.
    pub declared_at: DateTime<Utc>,
    /// When the first action was done.
    pub first_action_at: Option<DateTime<Utc>>,
}

/// Everything on the page of one incident.
#[derive(Debug, Clone, PartialEq)]
pub struct IncidentPage {
    /// The incident.
    pub row: IncidentRow,
    /// Its log, oldest first.
    pub log: Vec<Line>,
    /// What is wrong with the log, if anything.
    pub broken: Option<Broken>,
    /// Its tasks.
    pub tasks: Vec<IncidentTask>,
    /// Now, by the server's clock.
    pub now: DateTime<Utc>,
}
