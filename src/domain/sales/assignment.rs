//! Who holds which stand.

use chrono::{DateTime, Utc};

use super::Stand;
use crate::id::{EditionId, ParticipationId, PlaceId, StandAssignmentId, UserId};
use crate::journal::{Fact, Subject, SubjectKind};
use crate::measure::show_hundredths;
use crate::refusal::Refusal;

/// A stand given to a participation, until released.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Assignment {
    /// Identity.
    pub id: StandAssignmentId,
    /// The edition.
    pub edition: EditionId,
    /// The stand.
    pub stand: PlaceId,
    /// Who holds it.
    pub participation: ParticipationId,
    /// Who gave it, when a person did.
    pub assigned_by: Option<UserId>,
    /// When it was given.
    pub assigned_at: DateTime<Utc>,
    /// When it was given back.
    pub released_at: Option<DateTime<Utc>>,
}

/// The live assignment of a stand, with the name people know the holder by.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Holder {
    /// The assignment.
    pub assignment: Assignment,
    /// The company.
    pub company: String,
}

/// Who asks for a stand.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Exhibitor {
    /// The participation.
    pub participation: ParticipationId,
    /// The company.
    pub company: String,
    /// Whether it still takes part.
    pub active: bool,
}

/// Gives a stand to an exhibitor.
///
/// Giving it again to the one who holds it changes nothing and is no mistake: a second click.
///
/// # Errors
/// `stand-taken` naming the stand and who holds it; `exhibitor-not-active`.
pub fn assign(
    id: StandAssignmentId,
    stand: &Stand,
    holder: Option<&Holder>,
    exhibitor: &Exhibitor,
    by: Option<UserId>,
    now: DateTime<Utc>,
) -> Result<Option<(Assignment, Vec<Fact>)>, Vec<Refusal>> {
    if !exhibitor.active {
        let refusal = Refusal::unmet("exhibitor-not-active").at("exhibitor");
        return Err(vec![refusal.with("company", exhibitor.company.clone())]);
    }
    if let Some(holder) = holder {
        if holder.assignment.participation == exhibitor.participation {
            return Ok(None);
        }
        return Err(vec![stand_taken(&stand.number, &holder.company)]);
    }
    let assignment = Assignment {
        id,
        edition: stand.edition,
        stand: stand.id,
        participation: exhibitor.participation,
        assigned_by: by,
        assigned_at: now,
        released_at: None,
    };
    let facts = both_sides("assigned", stand, exhibitor.participation, &exhibitor.company);
    Ok(Some((assignment, facts)))
}

/// The refusal of a second exhibitor; also used when the database has the last word.
#[must_use]
pub fn stand_taken(number: &str, company: &str) -> Refusal {
    Refusal::conflict("stand-taken").at("stand").with("number", number.to_owned()).with("holder", company.to_owned())
}

/// Takes a stand back.
///
/// # Errors
/// `stand-free` when nobody holds it.
pub fn release(
    stand: &Stand,
    holder: Option<&Holder>,
    now: DateTime<Utc>,
) -> Result<(Assignment, Vec<Fact>), Vec<Refusal>> {
    let Some(holder) = holder else {
        return Err(vec![Refusal::conflict("stand-free").with("number", stand.number.clone())]);
    };
    let ended = Assignment { released_at: Some(now), ..holder.assignment.clone() };
    let facts = both_sides("released", stand, ended.participation, &holder.company);
    Ok((ended, facts))
}

/// The same event on the stand's and on the exhibitor's timeline.
fn both_sides(what: &str, stand: &Stand, who: ParticipationId, company: &str) -> Vec<Fact> {
    let (on_stand, on_exhibitor) = match what {
        "assigned" => ("stand.assigned", "exhibitor.stand_assigned"),
        _ => ("stand.released", "exhibitor.stand_released"),
    };
    vec![
        Fact::new(on_stand, Subject::new(SubjectKind::Stand, stand.id), stand.edition)
            .with("number", stand.number.clone())
            .with("company", company.to_owned()),
        Fact::new(on_exhibitor, Subject::new(SubjectKind::Exhibitor, who), stand.edition)
            .with("number", stand.number.clone())
            .with("area", show_hundredths(stand.area_dm2)),
    ]
}
