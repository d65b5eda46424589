//! The reporting rhythm: how often the owner of work says how far it is, by phase; weekly before the show, daily as
//! it comes near, hourly on site. Pure: minutes of the edition's wall clock in, expected reports out.

use super::axis;
use super::vocabulary::Phase;
use crate::journal::{Fact, Subject, SubjectKind};
use crate::refusal::Parse;
use crate::{EditionId, Refusal};
use chrono::{Datelike, Days, NaiveDate};
use serde::{Deserialize, Serialize};
use std::sync::OnceLock;

codes! {
    /// How often a report is expected.
    Every {
        /// Never.
        Never "never",
        /// Once a week.
        Weekly "weekly",
        /// Once a day.
        Daily "daily",
        /// Every full hour of the working day.
        Hourly "hourly",
    }
}

/// How far back the two latest due moments of any rhythm can lie, in days.
const LOOK_BACK: u64 = 15;

/// The rhythm of one phase.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Rhythm {
    /// The phase.
    pub phase: Phase,
    /// How often.
    pub every: Every,
    /// For weekly reports: 1 Monday to 7 Sunday.
    pub weekday: u32,
    /// For weekly and daily ones: minute of the day.
    pub due: i64,
    /// For hourly ones: first minute of the working day.
    pub from: i64,
    /// For hourly ones: last minute of the working day.
    pub until: i64,
    /// How often in the days right before opening.
    pub closing_every: Every,
    /// How many days that are; 0 for none.
    pub closing_days: i64,
    /// Minutes after which a report that has not come counts as missed.
    pub grace: i64,
    /// For the check against a change in between; 0 while it is the usual one.
    pub version: i32,
}

impl Rhythm {
    /// How often on a day.
    pub fn every_on(&self, day: NaiveDate, opens_on: NaiveDate) -> Every {
        let left = (opens_on - day).num_days();
        if left > 0 && left <= self.closing_days { self.closing_every } else { self.every }
    }

    /// The minutes of the axis at which reports are due on a day, in order.
    pub fn dues_on(&self, day: NaiveDate, opens_on: NaiveDate) -> Vec<i64> {
        let midnight = axis::midnight(day);
        match self.every_on(day, opens_on) {
            Every::Never => Vec::new(),
            Every::Weekly if day.weekday().number_from_monday() != self.weekday => Vec::new(),
            Every::Weekly | Every::Daily => vec![midnight + self.due],
            Every::Hourly => {
                let hours = (1..=24).map(|hour| self.from + hour * 60);
                hours.take_while(|minute| *minute <= self.until).map(|minute| midnight + minute).collect()
            }
        }
    }

    /// The two latest due moments not after `at`: the last one, and the one before it.
    pub fn last_two(&self, at: i64, opens_on: NaiveDate) -> Option<(i64, i64)> {
        let today = axis::day_of(at);
        let first = today.checked_sub_days(Days::new(LOOK_BACK)).unwrap_or(today);
        let days = first.iter_days().take_while(|day| *day <= today);
        let mut dues = days.flat_map(|day| self.dues_on(day, opens_on)).filter(|due| *due <= at);
        let mut before = dues.next()?;
        let mut last = None;
        for due in dues {
            before = last.unwrap_or(before);
            last = Some(due);
        }
        last.map(|last| (before, last))
    }

    /// The next moment after `at` at which a report is due, within the look-back's span.
    pub fn next(&self, at: i64, opens_on: NaiveDate) -> Option<i64> {
        let days = axis::day_of(at).iter_days().take(LOOK_BACK as usize);
        days.flat_map(|day| self.dues_on(day, opens_on)).find(|due| *due > at)
    }

    /// When the report was due that is missing now. The period of a due moment begins with the one before it; any
    /// word in it counts, also the beginning of the work. All minutes are of the axis.
    pub fn missed(&self, began: i64, last_report: Option<i64>, now: i64, opens_on: NaiveDate) -> Option<i64> {
        let (before, due) = self.last_two(now - self.grace, opens_on)?;
        let heard = last_report.unwrap_or(began).max(began);
        (heard <= before).then_some(due)
    }
}

/// The usual rhythm of every phase (`fixtures/plan/rhythm.csv`).
pub fn usual() -> &'static [Rhythm] {
    static ALL: OnceLock<Vec<Rhythm>> = OnceLock::new();
    ALL.get_or_init(|| {
        let mut rows = csv::Reader::from_reader(include_str!("../../../fixtures/plan/rhythm.csv").as_bytes());
        rows.records().flatten().map(|row| read(&row).expect("the built-in rhythm is checked by a test")).collect()
    })
}

fn read(row: &csv::StringRecord) -> Option<Rhythm> {
    let cell = |at: usize| row.get(at).unwrap_or_default();
    Some(Rhythm {
        phase: Phase::parse(cell(0))?,
        every: Every::parse(cell(1))?,
        weekday: cell(2).parse().ok()?,
        due: minute_of_day(cell(3))?,
        from: minute_of_day(cell(4))?,
        until: minute_of_day(cell(5))?,
        closing_every: Every::parse(cell(6))?,
        closing_days: cell(7).parse().ok()?,
        grace: cell(8).parse().ok()?,
        version: 0,
    })
}

/// Reads `17:30`.
pub fn minute_of_day(text: &str) -> Option<i64> {
    let (hours, minutes) = text.trim().split_once(':')?;
    let (hours, minutes): (i64, i64) = (hours.parse().ok()?, minutes.get(..2)?.parse().ok()?);
    ((0..24).contains(&hours) && (0..60).contains(&minutes)).then_some(hours * 60 + minutes)
}

/// Writes `17:30`.
pub fn clock(minute: i64) -> String {
    format!("{:02}:{:02}", minute / 60, minute % 60)
}

/// The rhythm of a phase: the plan's own where it has one, else the usual one.
pub fn of_phase(own: &[Rhythm], phase: Phase) -> Rhythm {
    let found = own.iter().chain(usual()).find(|one| one.phase == phase);
    found.cloned().unwrap_or_else(|| Rhythm { phase, ..usual()[0].clone() })
}

/// A rhythm as typed.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct RhythmDraft {
    /// Code of a phase.
    pub phase: String,
    /// Code of how often.
    pub every: String,
    /// 1 to 7.
    pub weekday: String,
    /// `HH:MM`.
    pub due: String,
    /// `HH:MM`.
    pub from: String,
    /// `HH:MM`.
    pub until: String,
    /// Code of how often in the last days.
    pub closing_every: String,
    /// Days.
    pub closing_days: String,
    /// Minutes.
    pub grace: String,
    /// Version the form was opened with.
    pub version: String,
}

impl RhythmDraft {
    /// A rhythm as its form begins.
    pub fn of(one: &Rhythm) -> Self {
        Self {
            phase: one.phase.code().to_owned(),
            every: one.every.code().to_owned(),
            weekday: one.weekday.to_string(),
            due: clock(one.due),
            from: clock(one.from),
            until: clock(one.until),
            closing_every: one.closing_every.code().to_owned(),
            closing_days: one.closing_days.to_string(),
            grace: one.grace.to_string(),
            version: one.version.to_string(),
        }
    }

    /// Reads the draft.
    ///
    /// # Errors
    /// Every field that cannot be read; a working day that ends before it begins.
    pub fn parse(&self) -> Result<Rhythm, Vec<Refusal>> {
        let mut parse = Parse::new();
        let phase = parse.choice("phase", &self.phase, Phase::parse);
        let every = parse.choice("every", &self.every, Every::parse);
        let closing_every = parse.choice("closing_every", &self.closing_every, Every::parse);
        let weekday = parse.number("weekday", &self.weekday, 1..=7);
        let closing_days = parse.number("closing_days", &self.closing_days, 0..=365);
        let grace = parse.number("grace", &self.grace, 0..=10_080);
        let version = parse.number("version", &self.version, 0..=i64::from(i32::MAX));
        let mut time = |field: &str, text: &str| {
            let found = minute_of_day(text);
            if found.is_none() {
                parse.refuse(Refusal::invalid("rhythm-time").at(field).with("value", text.trim()));
            }
            found
        };
        let (due, from, until) = (time("due", &self.due), time("from", &self.from), time("until", &self.until));
        if from.zip(until).is_some_and(|(from, until)| until <= from) {
            parse.refuse(Refusal::invalid("rhythm-day").at("until"));
        }
        let (Some(phase), Some(every), Some(closing_every)) = (phase, every, closing_every) else {
            return Err(parse.finish(|| ()).err().unwrap_or_default());
        };
        parse.finish(|| Rhythm {
            phase,
            every,
            weekday: u32::try_from(weekday.unwrap_or(1)).unwrap_or(1),
            due: due.unwrap_or_default(),
            from: from.unwrap_or_default(),
            until: until.unwrap_or_default(),
            closing_every,
            closing_days: closing_days.unwrap_or_default(),
            grace: grace.unwrap_or_default(),
            version: i32::try_from(version.unwrap_or_default()).unwrap_or_default(),
        })
    }
}

/// What the journal says of a changed rhythm.
pub fn changed(edition: EditionId, to: &Rhythm) -> Fact {
    Fact::new("plan.rhythm_changed", Subject::new(SubjectKind::Plan, edition), edition)
        .with("phase", to.phase.code())
        .with("every", to.every.code())
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn day(day: u32) -> NaiveDate {
        NaiveDate::from_ymd_opt(2027, 5, day).expect("a day of May")
    }

    fn rhythm(phase: Phase) -> Rhythm {
        of_phase(&[], phase)
    }

    #[test]
    fn every_phase_has_a_usual_rhythm() {
        for phase in Phase::ALL {
            assert!(usual().iter().any(|one| one.phase == *phase), "{phase:?}");
        }
    }

    #[test]
    fn weekly_before_daily_near_hourly_on_site() {
        let (before, site) = (rhythm(Phase::PreShow), rhythm(Phase::OnSite));
        let far = day(12) - Days::new(60);
        assert_eq!(before.every_on(far, day(12)), Every::Weekly);
        assert_eq!(before.every_on(day(11), day(12)), Every::Daily);
        assert_eq!(before.every_on(day(12), day(12)), Every::Weekly, "opening day is no day before it");
        assert_eq!(site.dues_on(day(12), day(12)).len(), 12, "hourly from eight to eight");
        assert_eq!(site.dues_on(day(12), day(12)).first(), Some(&(axis::midnight(day(12)) + 9 * 60)));
    }

    #[test]
    fn a_report_in_the_hour_is_enough() {
        let site = rhythm(Phase::OnSite);
        let at = |hour: i64, minute: i64| axis::midnight(day(12)) + hour * 60 + minute;
        let (began, opens) = (at(8, 10), day(12));
        assert_eq!(site.missed(began, None, at(9, 30), opens), None, "the beginning counts for its hour");
        assert_eq!(site.missed(began, None, at(10, 10), opens), None, "twenty minutes of grace");
        assert_eq!(site.missed(began, None, at(10, 20), opens), Some(at(10, 0)));
        assert_eq!(site.missed(began, Some(at(9, 1)), at(10, 20), opens), None);
        assert_eq!(site.missed(began, Some(at(9, 0)), at(10, 20), opens), Some(at(10, 0)), "that was for nine");
    }

    #[test]
    fn what_cannot_be_read_is_named() {
        let draft = RhythmDraft {
            due: "25:00".into(),
            until: "07:00".into(),
            from: "08:00".into(),
            ..RhythmDraft::of(&rhythm(Phase::OnSite))
        };
        let fields: Vec<_> = draft.parse().unwrap_err().into_iter().filter_map(|one| one.field).collect();
        assert_eq!(fields, ["due", "until"]);
        assert_eq!(RhythmDraft::of(&rhythm(Phase::OnSite)).parse(), Ok(rhythm(Phase::OnSite)));
    }

    proptest! {
        /// Who reports in every period never misses one; who never does misses each from the second period on.
        #[test]
        fn a_report_a_period_is_never_missed(index in 0..8usize, began in 0..40_000i64, span in 0..40_000i64, late in 0..500i64) {
            let one = rhythm(Phase::ALL[index]);
            let opens = axis::day_of(60_000);
            let now = began + span;
            if let Some((before, due)) = one.last_two(now - one.grace, opens) {
                prop_assert!(before <= due);
                let report = (before + 1 + late).max(began);
                prop_assert_eq!(one.missed(began, Some(report), now, opens), None);
                let silent = one.missed(began, None, now, opens);
                prop_assert_eq!(silent, (began <= before).then_some(due));
            }
        }
    }
}
