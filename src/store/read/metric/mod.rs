//! Live metrics: each answered with one query over business data, narrowed by what the use says.

mod people;
mod scans;
mod space;
mod work;

use crate::{Outcome, Query, Row};
use chrono::{DateTime, NaiveDate, Utc};
use domain::EditionId;
use domain::edition::Edition;
use domain::plan::metric::{Metric, MetricUse, Param, Reading};
use domain::plan::{Sheet, axis};
use std::collections::HashMap;

/// What a metric is asked for: whose data, and when.
#[derive(Debug, Clone, Copy)]
pub struct Scope {
    /// The edition.
    pub edition: EditionId,
    /// Now.
    pub now: DateTime<Utc>,
    /// Today on the venue's calendar.
    pub today: NaiveDate,
    /// Opening day.
    pub opens_on: NaiveDate,
}

impl Scope {
    /// An edition now.
    pub fn of(edition: &Edition, now: DateTime<Utc>) -> Self {
        Scope { edition: edition.id, now, today: edition.day(now), opens_on: edition.opens_on }
    }

    /// The edition of a plan now.
    pub fn of_plan(sheet: &Sheet, now: DateTime<Utc>) -> Self {
        let today = axis::day_of(axis::minute_at(now, sheet.zone));
        Scope { edition: sheet.edition, now, today, opens_on: sheet.opens_on }
    }
}

/// What a metric says now.
///
/// # Errors
/// When the database does not answer.
pub async fn read(q: &impl Query, scope: &Scope, used: &MetricUse) -> Outcome<Reading> {
    use Metric::*;
    match used.metric {
        TasksDone | TasksLate | TasksUnowned | FirstPass | RoundsPerTask => work::tasks(q, scope, used).await,
        DeviationsOpen | DeviationsOverdue | DeviationDays => work::deviations(q, scope, used).await,
        SpaceContracted | StandsFree | StandsWithoutPermit | ExhibitorsWithoutStand => {
            space::stands(q, scope, used).await
        }
        ApplicationsOpen | ApplicationsAccepted | ApplicationDays => space::applications(q, scope, used.metric).await,
        DutiesDone | DutiesOverdue | PortalJoined => space::duties(q, scope, used).await,
        Registrations | RegistrationsPlan | RegistrationsPending => people::registrations(q, scope, used).await,
        BadgesIssued | BadgesMissing | MailsDelivered => people::badges(q, scope, used).await,
        EntriesToday | PeopleInside | DenialRate | ScansLate | ScanConflicts | DevicesSilent | BusiestGate => {
            scans::scans(q, scope, used).await
        }
    }
}

/// The same for several uses, each asked once.
///
/// # Errors
/// When the database does not answer.
pub async fn read_all(q: &impl Query, scope: &Scope, uses: &[MetricUse]) -> Outcome<HashMap<String, Reading>> {
    let mut readings = HashMap::new();
    for used in uses {
        let text = used.text();
        if let std::collections::hash_map::Entry::Vacant(e) = readings.entry(text) {
            let reading = read(q, scope, used).await?;
            e.insert(reading);
        }
    }
    Ok(readings)
}

/// A value that narrows a metric, as it is bound.
fn text(used: &MetricUse, param: Param) -> Option<String> {
    used.get(param).map(str::to_owned)
}

/// The columns of the only row as whole numbers; nothing is 0.
fn numbers(rows: &[Row], count: usize) -> Outcome<Vec<i64>> {
    let Some(row) = rows.first() else { return Ok(vec![0; count]) };
    (0..count).map(|at| Ok(row.get::<Option<i64>>(at)?.unwrap_or(0))).collect()
}
