//! Escalation: an open deviation climbs the line of responsibility (owner, lead of the role, manager, director) until
//! it is closed. Times are data (`fixtures/plan/escalation.csv`): by severity, and shorter on site.
//!
//! The clock begins at the end of the due day where somebody owns the deviation and named a day, for then they are
//! at it; at the opening where nobody does, and always for a blocking one.

use super::axis;
use super::deviation::{Deviation, DeviationState, Severity, about};
use super::vocabulary::Function;
use crate::access::Role;
use crate::journal::{Fact, Subject, SubjectKind};
use crate::{Locale, UserId};
use chrono::{DateTime, Days, NaiveDate, TimeDelta, Utc};
use chrono_tz::Tz;
use std::sync::OnceLock;

codes! {
    /// Who is called at a level.
    Rung {
        /// Whoever leads the role that owns the work.
        Lead "lead",
        /// The show managers.
        Manager "manager",
        /// The directors.
        Director "director",
    }
}

codes! {
    /// Which times hold.
    Period {
        /// Before build-up and after breakdown.
        Ahead "ahead",
        /// From build-up to the end of breakdown.
        OnSite "on_site",
    }
}

impl Period {
    /// The period of a day, by the first day of build-up and the last of breakdown.
    pub fn of(day: NaiveDate, build_up_on: NaiveDate, breakdown_until: NaiveDate) -> Self {
        if (build_up_on..=breakdown_until).contains(&day) { Period::OnSite } else { Period::Ahead }
    }
}

/// One step of the ladder.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Step {
    /// For deviations this bad.
    pub severity: Severity,
    /// In this period.
    pub period: Period,
    /// The level it leads to.
    pub level: i32,
    /// Who is called.
    pub to: Rung,
    /// After this long on the clock.
    pub after: TimeDelta,
}

/// The ladder, lowest steps first.
pub fn ladder() -> &'static [Step] {
    static ALL: OnceLock<Vec<Step>> = OnceLock::new();
    ALL.get_or_init(|| {
        let mut rows = csv::Reader::from_reader(include_str!("../../../fixtures/plan/escalation.csv").as_bytes());
        let read = |row: csv::StringRecord| {
            let cell = |at: usize| row.get(at).unwrap_or_default();
            Some(Step {
                severity: Severity::parse(cell(0))?,
                period: Period::parse(cell(1))?,
                level: cell(2).parse().ok()?,
                to: Rung::parse(cell(3))?,
                after: TimeDelta::minutes(cell(4).parse().ok()?),
            })
        };
        rows.records().flatten().map(|row| read(row).expect("the built-in ladder is checked by a test")).collect()
    })
}

fn steps(severity: Severity, period: Period) -> impl Iterator<Item = &'static Step> {
    ladder().iter().filter(move |step| step.severity == severity && step.period == period)
}

/// When the clock of a deviation began.
pub fn clock_from(one: &Deviation, zone: Tz) -> DateTime<Utc> {
    match (one.owner, one.due_on) {
        (Some(_), Some(due)) if one.severity != Severity::Blocking => {
            let after = due.checked_add_days(Days::new(1)).unwrap_or(due);
            axis::instant(axis::midnight(after), zone).max(one.opened_at)
        }
        _ => one.opened_at,
    }
}

/// The highest step whose time has come and which is above the deviation's level; none for a closed one.
pub fn due(one: &Deviation, period: Period, zone: Tz, now: DateTime<Utc>) -> Option<&'static Step> {
    if one.state == DeviationState::Closed {
        return None;
    }
    let from = clock_from(one, zone);
    steps(one.severity, period)
        .filter(|step| step.level > one.level && from + step.after <= now)
        .max_by_key(|step| step.level)
}

/// The step that comes next, and when.
pub fn next(one: &Deviation, period: Period, zone: Tz) -> Option<(&'static Step, DateTime<Utc>)> {
    if one.state == DeviationState::Closed {
        return None;
    }
    let from = clock_from(one, zone);
    steps(one.severity, period)
        .filter(|step| step.level > one.level)
        .min_by_key(|step| step.level)
        .map(|step| (step, from + step.after))
}

/// A member of the team on the line of responsibility, in the order in which roles were given.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Member {
    /// The user.
    pub id: UserId,
    /// Name.
    pub name: String,
    /// The role.
    pub role: Role,
    /// Address.
    pub email: String,
    /// The language they are written to in.
    pub locale: Locale,
}

/// Whoever leads a role: the one who has held it longest.
pub fn lead_of(role: Role, line: &[Member]) -> Option<&Member> {
    line.iter().find(|member| member.role == role)
}

/// Who is called at a rung, each once. Where a role has no lead but the owner, the managers are called at once;
/// where there are no managers, the directors.
pub fn called(to: Rung, team: Option<Function>, owner: Option<UserId>, line: &[Member]) -> Vec<&Member> {
    let of = |role: Role| line.iter().filter(|member| member.role == role).collect::<Vec<_>>();
    let lead = || {
        let role = team.map(Function::role)?;
        line.iter().find(|member| member.role == role && Some(member.id) != owner)
    };
    let mut found = match to {
        Rung::Lead => lead().map(|one| vec![one]).unwrap_or_default(),
        Rung::Manager => of(Role::Manager),
        Rung::Director => of(Role::Director),
    };
    if found.is_empty() && to == Rung::Lead {
        found = of(Role::Manager);
    }
    if found.is_empty() {
        found = of(Role::Director);
    }
    found.dedup_by_key(|member| member.id);
    found
}

/// Lifts a deviation to a step.
pub fn escalate(mut one: Deviation, step: &Step, called: &[&Member], now: DateTime<Utc>) -> (Deviation, Vec<Fact>) {
    one.level = step.level;
    one.level_at = Some(now);
    let names: Vec<&str> = called.iter().map(|member| member.name.as_str()).collect();
    let fact = |kind: &str, subject| {
        about(&one, kind, subject).with("level", step.level).with("to", step.to.code()).with("names", names.join(", "))
    };
    let mut facts = vec![fact("deviation.escalated", Subject::new(SubjectKind::Deviation, one.id))];
    if let Some(task) = one.task {
        facts.push(fact("task.deviation_escalated", Subject::new(SubjectKind::Task, task)));
    }
    (one, facts)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::plan::deviation::{DeviationDraft, Found, close, open};
    use crate::{DeviationId, EditionId};
    use proptest::prelude::*;
    use uuid::Uuid;

    const ZONE: Tz = chrono_tz::Asia::Shanghai;

    fn at(minutes: i64) -> DateTime<Utc> {
        "2027-05-11T02:00:00Z".parse::<DateTime<Utc>>().expect("a moment") + TimeDelta::minutes(minutes)
    }

    fn user(number: u128) -> UserId {
        UserId::from_uuid(Uuid::from_u128(number))
    }

    fn deviation(severity: &str, owner: bool, due: &str) -> Deviation {
        let draft = DeviationDraft {
            severity: severity.to_owned(),
            title: "No fire certificate".to_owned(),
            owner: if owner { user(7).to_string() } else { String::new() },
            due_on: due.to_owned(),
            ..DeviationDraft::default()
        };
        let found = Found { edition: EditionId::from_uuid(Uuid::nil()), task: None, round: 1 };
        open(DeviationId::from_uuid(Uuid::nil()), found, draft.parse().expect("sound"), user(1), at(0)).0
    }

    fn member(number: u128, role: Role) -> Member {
        Member { id: user(number), name: format!("M{number}"), role, email: String::new(), locale: Locale::En }
    }

    #[test]
    fn every_severity_ends_with_somebody() {
        for severity in Severity::ALL {
            for period in Period::ALL {
                let levels: Vec<i32> = steps(*severity, *period).map(|step| step.level).collect();
                assert!(levels.len() >= 2 && levels.is_sorted(), "{severity:?} {period:?} {levels:?}");
                let times: Vec<TimeDelta> = steps(*severity, *period).map(|step| step.after).collect();
                assert!(times.is_sorted(), "a higher level comes later");
            }
        }
    }

    #[test]
    fn who_is_at_it_has_until_the_end_of_their_day() {
        let owned = deviation("major", true, "2027-05-12");
        assert_eq!(due(&owned, Period::OnSite, ZONE, at(60 * 24)), None, "the twelfth is not over");
        assert_eq!(due(&owned, Period::OnSite, ZONE, at(60 * 40)).map(|step| step.level), Some(1));
        let blocking = deviation("blocking", true, "2027-05-12");
        assert_eq!(
            due(&blocking, Period::OnSite, ZONE, at(20)).map(|step| step.level),
            Some(1),
            "blocking never waits"
        );
        let (closed, _) = close(blocking, "done", user(1), at(5)).expect("closed");
        assert_eq!(due(&closed, Period::OnSite, ZONE, at(500)), None);
    }

    #[test]
    fn the_line_has_no_gap() {
        let line =
            [member(1, Role::Director), member(2, Role::Manager), member(3, Role::Safety), member(4, Role::Safety)];
        let ids = |found: Vec<&Member>| found.iter().map(|one| one.id).collect::<Vec<_>>();
        assert_eq!(ids(called(Rung::Lead, Some(Function::Safety), None, &line)), [user(3)]);
        assert_eq!(
            ids(called(Rung::Lead, Some(Function::Safety), Some(user(3)), &line)),
            [user(4)],
            "not the owner again"
        );
        assert_eq!(ids(called(Rung::Lead, Some(Function::Finance), None, &line)), [user(2)]);
        assert_eq!(ids(called(Rung::Manager, None, None, &line[..1])), [user(1)]);
    }

    proptest! {
        /// Looking often or seldom ends at the same level, and a level is never left downwards.
        #[test]
        fn looking_often_changes_nothing(severity in 0..3usize, steps in prop::collection::vec(1..2_000i64, 1..30)) {
            let severity = Severity::ALL[severity];
            let start = Deviation { severity, ..deviation("minor", false, "") };
            let mut often = start.clone();
            let mut minute = 0;
            for step in steps {
                minute += step;
                if let Some(found) = due(&often, Period::OnSite, ZONE, at(minute)) {
                    prop_assert!(found.level > often.level);
                    often = escalate(often, found, &[], at(minute)).0;
                }
            }
            let once = due(&start, Period::OnSite, ZONE, at(minute)).map_or(0, |step| step.level);
            prop_assert_eq!(often.level, once);
        }
    }
}
