//! The calendars of a Microsoft Project file, brought into a plan.

use super::import::Builder;
use super::model::FileCalendar;
use crate::plan::Pattern;
use crate::plan::calendar::DAY;
use crate::plan::settings::PlanCalendar;
use crate::{Bilingual, CalendarId};
use std::collections::BTreeSet;

impl<F: FnMut() -> uuid::Uuid> Builder<'_, F> {
    /// The calendars tasks of the file name, and the one of the project.
    pub(super) fn bring_calendars(&mut self) {
        let mut wanted: BTreeSet<i64> = self.file.tasks.iter().filter_map(|task| task.calendar).collect();
        wanted.insert(self.file.head.calendar);
        for uid in wanted {
            let Some(calendar) = self.file.calendars.iter().find(|one| one.uid == uid) else {
                if uid >= 0 {
                    let users = self.file.tasks.iter().filter(|task| task.calendar == Some(uid));
                    let names: Vec<String> = users.map(|task| task.name.clone()).take(5).collect();
                    self.problem("calendar", &names.join(", "), uid);
                }
                continue;
            };
            let pattern = calendar.pattern(|uid| self.file.calendars.iter().find(|one| one.uid == uid));
            // A plan without a calendar never rests: what never rests either has no calendar of its own there.
            if pattern == never_resting() && self.rests_never() {
                continue;
            }
            let id = self.calendar(calendar, pattern);
            self.calendars.insert(uid, id);
        }
        let project = self.calendars.get(&self.file.head.calendar).copied();
        if self.out.sheet.tasks.is_empty() {
            self.out.sheet.default_calendar = project;
            self.out.sheet.options.critical_threshold = self.file.head.critical_slack * self.file.head.minutes_per_day;
        }
    }

    /// The plan has tasks, and no calendar: it counts round the clock.
    pub(super) fn rests_never(&self) -> bool {
        !self.out.sheet.tasks.is_empty() && self.out.sheet.default_calendar.is_none()
    }

    /// The plan's calendar of the same name and week, or a new one.
    fn calendar(&mut self, calendar: &FileCalendar, pattern: Pattern) -> CalendarId {
        let same = |one: &&PlanCalendar| one.name.en == calendar.name && one.pattern == pattern && one.parent.is_none();
        if let Some(one) = self.out.sheet.calendars.iter().find(same) {
            return one.id;
        }
        let id = CalendarId::from_uuid((self.fresh)());
        let code = self.calendar_code(&calendar.name);
        self.out.calendars.push(calendar.name.clone());
        let name = Bilingual::new(calendar.name.clone(), calendar.name.clone());
        self.out.sheet.calendars.push(PlanCalendar { id, code, name, pattern, parent: None });
        id
    }

    fn calendar_code(&self, name: &str) -> String {
        let plain: String =
            name.chars().filter(char::is_ascii_alphanumeric).take(16).collect::<String>().to_ascii_uppercase();
        let base = if plain.is_empty() { "CAL".to_owned() } else { plain };
        let taken = |code: &str| self.out.sheet.calendars.iter().any(|one| one.code.eq_ignore_ascii_case(code));
        let mut code = base.clone();
        let mut next = 2;
        while taken(&code) {
            code = format!("{base}{next}");
            next += 1;
        }
        code
    }

    /// A calendar that never rests, for elapsed durations.
    pub(super) fn clock(&mut self) -> CalendarId {
        if let Some(id) = self.clock {
            return id;
        }
        let pattern = never_resting();
        let always = |one: &&PlanCalendar| one.pattern == pattern && one.parent.is_none();
        let id = match self.out.sheet.calendars.iter().find(always) {
            Some(one) => one.id,
            None => {
                let id = CalendarId::from_uuid((self.fresh)());
                let code = self.calendar_code("24H");
                let name = Bilingual::new("24 hours", "全天 24 小时");
                self.out.calendars.push(code.clone());
                self.out.sheet.calendars.push(PlanCalendar { id, code, name, pattern, parent: None });
                id
            }
        };
        self.clock = Some(id);
        id
    }
}

fn never_resting() -> Pattern {
    let mut pattern = Pattern::weekdays(vec![(0, DAY)]);
    pattern.weekly.fill(vec![(0, DAY)]);
    pattern
}
