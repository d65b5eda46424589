//! What supervision shows and looks at: plain structs, the filter of the deviation list, its ageing, and the causes
//! that follow from what was looked at.

use super::axis;
use super::cause::{Cause, Seen};
use super::deviation::{DeviationState, Severity, Source};
use super::rhythm::{self, Rhythm};
use super::task::TaskState;
use super::view::DeviationRow;
use super::vocabulary::{Function, Phase};
use crate::{Bilingual, TaskId, UserId};
use chrono::{DateTime, NaiveDate, TimeDelta, Utc};
use chrono_tz::Tz;
use serde::{Deserialize, Serialize};

/// A forecast that was closed with proof and still lies behind its date comes back after this long.
const AGAIN: TimeDelta = TimeDelta::days(7);

/// A task somebody works on.
#[derive(Debug, Clone, PartialEq)]
pub struct Working {
    /// The task.
    pub task: TaskId,
    /// Its code.
    pub code: String,
    /// Its name.
    pub name: Bilingual,
    /// Its phase.
    pub phase: Phase,
    /// The team.
    pub role: Function,
    /// Who answers for it.
    pub owner: Option<UserId>,
    /// Their name.
    pub owner_name: String,
    /// Round of work.
    pub round: i32,
    /// When it began.
    pub began: DateTime<Utc>,
    /// On a critical path.
    pub critical: bool,
    /// The last word anybody said about it.
    pub heard: Option<DateTime<Utc>>,
    /// How far it is, as said then.
    pub percent: i32,
}

/// A task that is forecast too late.
#[derive(Debug, Clone, PartialEq)]
pub struct Late {
    /// The task.
    pub task: TaskId,
    /// Its code.
    pub code: String,
    /// Its name.
    pub name: Bilingual,
    /// Who answers for it.
    pub owner: Option<UserId>,
    /// Round of work.
    pub round: i32,
    /// Forecast finish.
    pub finish: DateTime<Utc>,
    /// Wanted finish.
    pub deadline: Option<DateTime<Utc>>,
    /// Total float, working minutes.
    pub float: i64,
    /// On a critical path.
    pub critical: bool,
}

/// What an edition's days say.
#[derive(Debug, Clone, Copy)]
pub struct Setting {
    /// The venue's zone.
    pub zone: Tz,
    /// D0.
    pub opens_on: NaiveDate,
    /// Now.
    pub now: DateTime<Utc>,
}

/// When the report of a task was due that is missing, if one is.
pub fn missed(task: &Working, own: &[Rhythm], at: Setting) -> Option<DateTime<Utc>> {
    let minute = |instant| axis::minute_at(instant, at.zone);
    let rhythm = rhythm::of_phase(own, task.phase);
    let due = rhythm.missed(minute(task.began), task.heard.map(minute), minute(at.now), at.opens_on)?;
    Some(axis::instant(due, at.zone))
}

/// When the next report of a task is due.
pub fn next_report(task: &Working, own: &[Rhythm], at: Setting) -> Option<DateTime<Utc>> {
    let rhythm = rhythm::of_phase(own, task.phase);
    rhythm.next(axis::minute_at(at.now, at.zone), at.opens_on).map(|due| axis::instant(due, at.zone))
}

/// Reports that are missing now, as causes: minor, on a critical path major.
pub fn missed_reports(tasks: &[Working], own: &[Rhythm], at: Setting) -> Vec<Cause> {
    let cause = |task: &Working| {
        let due = missed(task, own, at)?;
        Some(Cause {
            source: Source::Report,
            key: format!("report:{}", task.task),
            since: due,
            severity: if task.critical { Severity::Major } else { Severity::Minor },
            task: Some(task.task),
            round: task.round,
            place: None,
            owner: task.owner,
            seen: Seen::MissedReport { code: task.code.clone(), name: task.name.clone(), due },
        })
    };
    tasks.iter().filter_map(cause).collect()
}

/// Forecasts behind their dates, as causes. The chain that misses a fixed date is one cause, named at its first task,
/// and only while the show has not opened.
pub fn late_forecasts(deadlines: &[Late], chain: Option<&Late>, at: Setting) -> Vec<Cause> {
    let since = at.now - AGAIN;
    let make = |late: &Late, key: String, severity: Severity, seen: Seen| Cause {
        source: Source::Forecast,
        key,
        since,
        severity,
        task: Some(late.task),
        round: late.round,
        place: None,
        owner: late.owner,
        seen,
    };
    let mut causes: Vec<Cause> = deadlines
        .iter()
        .filter_map(|late| {
            let deadline = late.deadline?;
            let minutes = (late.finish - deadline).num_minutes();
            let seen = Seen::PastDeadline { code: late.code.clone(), name: late.name.clone(), minutes };
            let severity = if late.critical { Severity::Major } else { Severity::Minor };
            Some(make(late, format!("deadline:{}:{}", late.task, deadline.timestamp()), severity, seen))
        })
        .collect();
    let opened = axis::day_of(axis::minute_at(at.now, at.zone)) >= at.opens_on;
    if let Some(late) = chain.filter(|late| !opened && late.float < 0) {
        let seen = Seen::PastOpening { code: late.code.clone(), name: late.name.clone(), minutes: -late.float };
        causes.push(make(late, format!("opening:{}", at.opens_on), Severity::Major, seen));
    }
    causes
}

/// The last day to put right what Fairlead opened: blocking today, major the day after, minor in three days.
pub fn due_on(severity: Severity, today: NaiveDate) -> NaiveDate {
    today
        + match severity {
            Severity::Blocking => chrono::Days::new(0),
            Severity::Major => chrono::Days::new(1),
            Severity::Minor => chrono::Days::new(3),
        }
}

/// A corrective action.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Action {
    /// Code of the task.
    pub code: String,
    /// Its name.
    pub name: Bilingual,
    /// Where it stands.
    pub state: TaskState,
    /// Who answers for it.
    pub owner: String,
    /// Planned end.
    pub finish: DateTime<Utc>,
    /// Wanted end.
    pub deadline: Option<DateTime<Utc>>,
}

/// What the deviation list shows; lives in the address.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct DeviationFilter {
    /// Words in title, cause, action, task, owner.
    pub q: String,
    /// `closed`, `all`; open ones otherwise.
    pub state: String,
    /// Code of a severity.
    pub severity: String,
    /// Code of a source.
    pub source: String,
    /// User id, or `none`.
    pub owner: String,
    /// `overdue`, `escalated`.
    pub only: String,
    /// Id of the last row of the page before.
    pub after: String,
}

impl DeviationFilter {
    /// The filter as it stands in an address, without the page.
    pub fn pairs(&self) -> Vec<(&str, &str)> {
        vec![
            ("q", self.q.as_str()),
            ("state", &self.state),
            ("severity", &self.severity),
            ("source", &self.source),
            ("owner", &self.owner),
            ("only", &self.only),
        ]
    }

    /// Whether a row is shown.
    pub fn shows(&self, row: &DeviationRow) -> bool {
        let one = &row.deviation;
        let state = match self.state.as_str() {
            "all" => true,
            "closed" => one.state == DeviationState::Closed,
            _ => one.state == DeviationState::Open,
        };
        let owner = match self.owner.as_str() {
            "" => true,
            "none" => one.owner.is_none(),
            id => one.owner.is_some_and(|owner| owner.to_string() == id),
        };
        let only = match self.only.as_str() {
            "overdue" => row.overdue,
            "escalated" => one.level > 0,
            _ => true,
        };
        let severity = self.severity.is_empty() || one.severity.code() == self.severity;
        let source = self.source.is_empty() || one.source.code() == self.source;
        state && owner && only && severity && source && self.finds(row)
    }

    fn finds(&self, row: &DeviationRow) -> bool {
        let wanted = crate::text::fold(&self.q);
        if wanted.is_empty() {
            return true;
        }
        let one = &row.deviation;
        let task = row.task.as_ref().map(|(code, name)| format!("{code} {} {}", name.en, name.zh)).unwrap_or_default();
        let texts = [&one.title, &one.title_zh, &one.cause, &one.corrective_action, &one.proof, &task, &row.owner];
        let all = texts.map(|text| crate::text::fold(text)).join(" ");
        wanted.split(' ').all(|word| all.contains(word))
    }
}

codes! {
    /// How long a deviation has been open.
    Age {
        /// Less than a day.
        Today "today",
        /// One to three days.
        Days3 "days3",
        /// Up to a week.
        Week "week",
        /// Up to two weeks.
        Weeks2 "weeks2",
        /// Up to a month.
        Month "month",
        /// Longer.
        Longer "longer",
    }
}

impl Age {
    /// The age at a moment.
    pub fn of(opened_at: DateTime<Utc>, now: DateTime<Utc>) -> Self {
        match (now - opened_at).num_days() {
            ..1 => Age::Today,
            1..3 => Age::Days3,
            3..7 => Age::Week,
            7..14 => Age::Weeks2,
            14..31 => Age::Month,
            _ => Age::Longer,
        }
    }
}

/// How many open deviations there are, by age and severity (in the order of [`Age::ALL`] and [`Severity::ALL`]).
pub fn ageing(rows: &[DeviationRow], now: DateTime<Utc>) -> Vec<[u32; 3]> {
    let open = || rows.iter().map(|row| &row.deviation).filter(|one| one.state == DeviationState::Open);
    let count = |age: &Age, severity: Severity| {
        open().filter(|one| Age::of(one.opened_at, now) == *age && one.severity == severity).count() as u32
    };
    Age::ALL
        .iter()
        .map(|age| [Severity::Minor, Severity::Major, Severity::Blocking].map(|one| count(age, one)))
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use uuid::Uuid;

    fn setting(now: &str) -> Setting {
        Setting {
            zone: chrono_tz::Asia::Shanghai,
            opens_on: NaiveDate::from_ymd_opt(2027, 5, 12).expect("a day"),
            now: now.parse().expect("a moment"),
        }
    }

    fn working(phase: Phase, began: &str, heard: Option<&str>) -> Working {
        Working {
            task: TaskId::from_uuid(Uuid::from_u128(1)),
            code: "B08".into(),
            name: Bilingual::new("Stand build", "搭建"),
            phase,
            role: Function::Technical,
            owner: None,
            owner_name: String::new(),
            round: 1,
            began: began.parse().expect("a moment"),
            critical: true,
            heard: heard.map(|at| at.parse().expect("a moment")),
            percent: 0,
        }
    }

    #[test]
    fn an_hour_without_a_word_on_site_is_a_cause() {
        let at = setting("2027-05-11T04:30:00Z");
        let silent = working(Phase::OnSite, "2027-05-11T00:30:00Z", None);
        let causes = missed_reports(std::slice::from_ref(&silent), &[], at);
        assert_eq!(causes.len(), 1);
        assert_eq!(causes[0].severity, Severity::Major);
        assert_eq!(causes[0].since, "2027-05-11T04:00:00Z".parse::<DateTime<Utc>>().expect("noon in Shanghai"));
        let heard = working(Phase::OnSite, "2027-05-11T00:30:00Z", Some("2027-05-11T03:10:00Z"));
        assert!(missed_reports(&[heard], &[], at).is_empty());
    }

    #[test]
    fn a_chain_that_misses_opening_is_one_cause_until_the_show_opens() {
        let late = |float| Late {
            task: TaskId::from_uuid(Uuid::from_u128(1)),
            code: "S15".into(),
            name: Bilingual::default(),
            owner: None,
            round: 1,
            finish: "2027-05-11T00:00:00Z".parse().expect("a moment"),
            deadline: Some("2027-05-10T00:00:00Z".parse().expect("a moment")),
            float,
            critical: true,
        };
        let before = late_forecasts(&[late(-60)], Some(&late(-60)), setting("2027-05-10T00:00:00Z"));
        assert_eq!(before.len(), 2);
        assert!(matches!(before[0].seen, Seen::PastDeadline { minutes: 1440, .. }));
        assert_eq!(late_forecasts(&[], Some(&late(-60)), setting("2027-05-12T03:00:00Z")).len(), 0);
    }

    #[test]
    fn ages_are_disjoint_and_complete() {
        let now: DateTime<Utc> = "2027-05-11T04:30:00Z".parse().expect("a moment");
        let ages: Vec<Age> = (0..40).map(|days| Age::of(now - TimeDelta::days(days), now)).collect();
        assert!(ages.is_sorted());
        assert!(Age::ALL.iter().all(|age| ages.contains(age)));
    }
}
