//! A plan as a Microsoft Project XML file, and the list of what such a file cannot hold.

use super::import::Note;
use crate::plan::calendar::{DAY, DaySpans, Pattern};
use crate::plan::network::{Kind, LinkKind};
use crate::plan::settings::PlanCalendar;
use crate::plan::task::{LagKind, LinkOrigin, Task, TaskLink};
use crate::plan::{Computed, Sheet, axis};
use crate::{CalendarId, TaskId};
use chrono::{DateTime, Utc};
use std::collections::{BTreeMap, HashMap};
use std::fmt::Write;

/// Names of people by user id, with their e-mail address.
pub type People = BTreeMap<crate::UserId, (String, String)>;

/// UID of the calendar that never rests.
const CLOCK: usize = 1;

struct Writer<'a> {
    sheet: &'a Sheet,
    text: String,
    uids: HashMap<TaskId, usize>,
    calendars: HashMap<CalendarId, usize>,
    people: Vec<(crate::UserId, String, String)>,
}

/// Writes the file. Dates are the plan's as computed.
pub fn export(sheet: &Sheet, computed: &Computed, title: &str, people: &People) -> String {
    let order = order(sheet);
    let mut writer = Writer {
        sheet,
        text: String::with_capacity(sheet.tasks.len() * 1_200 + 4_000),
        uids: order.iter().enumerate().map(|(row, &at)| (sheet.tasks[at].id, row + 1)).collect(),
        calendars: sheet.calendars.iter().enumerate().map(|(at, one)| (one.id, at + CLOCK + 1)).collect(),
        people: people.iter().map(|(id, (name, email))| (*id, name.clone(), email.clone())).collect(),
    };
    writer.head(computed, title);
    writer.all_calendars();
    writer.text.push_str("<Tasks>\n");
    for (row, &at) in order.iter().enumerate() {
        writer.task(row + 1, at, computed);
    }
    writer.text.push_str("</Tasks>\n");
    writer.resources();
    writer.text.push_str("</Project>\n");
    writer.text
}

/// What a Microsoft Project file cannot hold of this plan: a code and how many of each.
pub fn lost(sheet: &Sheet) -> Vec<Note> {
    let tasks = |has: fn(&Task) -> bool| sheet.tasks.iter().filter(|task| has(task)).count();
    let links = |has: fn(&TaskLink) -> bool| sheet.links.iter().filter(|link| has(link)).count();
    let all = [
        ("max-lag", links(|link| link.max_lag.is_some())),
        ("link-origin", links(|link| link.origin != LinkOrigin::Logic)),
        ("release", links(|link| link.release != crate::plan::Release::Accepted)),
        ("estimate", tasks(|task| task.estimate.is_some())),
        ("place", tasks(|task| task.place.is_some())),
        ("loop", tasks(|task| !task.state.is_ahead())),
        ("signers", tasks(|task| task.checker.is_some() || task.confirmer.is_some())),
        ("chinese", tasks(|task| task.name.zh != task.name.en && !task.name.zh.is_empty())),
    ];
    all.into_iter()
        .filter(|(_, count)| *count > 0)
        .map(|(code, count)| Note { code: code.to_owned(), subject: String::new(), detail: count.to_string() })
        .collect()
}

/// Tasks in outline order: a summary directly before what is below it.
fn order(sheet: &Sheet) -> Vec<usize> {
    let index: HashMap<TaskId, usize> = sheet.tasks.iter().enumerate().map(|(at, task)| (task.id, at)).collect();
    let mut below: HashMap<Option<usize>, Vec<usize>> = HashMap::new();
    for (at, task) in sheet.tasks.iter().enumerate() {
        below.entry(task.parent.and_then(|id| index.get(&id)).copied()).or_default().push(at);
    }
    let mut order = Vec::with_capacity(sheet.tasks.len());
    let mut open: Vec<usize> = below.get(&None).cloned().unwrap_or_default();
    open.reverse();
    let mut seen = vec![false; sheet.tasks.len()];
    while let Some(at) = open.pop() {
        if std::mem::replace(&mut seen[at], true) {
            continue;
        }
        order.push(at);
        open.extend(below.get(&Some(at)).into_iter().flatten().rev());
    }
    // A ring of parents hangs on nothing; its tasks come last.
    order.extend((0..sheet.tasks.len()).filter(|&at| !seen[at]));
    order
}

fn level(sheet: &Sheet, task: &Task) -> usize {
    let (mut level, mut up) = (1, task.parent);
    while let Some(parent) = up.and_then(|id| sheet.tasks.iter().find(|one| one.id == id))
        && level < 50
    {
        level += 1;
        up = parent.parent;
    }
    level
}

/// Text between tags.
fn escape(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '\n' | '\t' => out.push(c),
            c if c.is_control() => {}
            c => out.push(c),
        }
    }
    out
}

fn span(minutes: i64) -> String {
    format!("PT{}H{}M0S", minutes / 60, minutes % 60)
}

fn time(minute: i64) -> String {
    let minute = minute % DAY;
    format!("{:02}:{:02}:00", minute / 60, minute % 60)
}

impl Writer<'_> {
    fn put(&mut self, name: &str, value: impl std::fmt::Display) {
        // Writing to a string cannot fail.
        let _ = writeln!(self.text, "<{name}>{value}</{name}>");
    }

    fn put_some(&mut self, name: &str, value: Option<impl std::fmt::Display>) {
        if let Some(value) = value {
            self.put(name, value);
        }
    }

    fn wall(&self, at: DateTime<Utc>) -> String {
        self.at(axis::minute_at(at, self.sheet.zone))
    }

    fn at(&self, minute: i64) -> String {
        super::read::written(minute * super::model::TICK)
    }

    fn head(&mut self, computed: &Computed, title: &str) {
        self.text.push_str("<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?>\n");
        self.text.push_str("<Project xmlns=\"http://schemas.microsoft.com/project\">\n");
        self.put("SaveVersion", 14);
        self.put("Title", escape(title));
        self.put("ScheduleFromStart", 1);
        let start = self.at(computed.network.input().start);
        let finish = self.at(computed.schedule.finish);
        self.put("StartDate", start);
        self.put("FinishDate", finish);
        self.put("CriticalSlackLimit", 0);
        self.put("CurrencyCode", escape(&self.sheet.currency));
        let plans = self.sheet.default_calendar.and_then(|id| self.calendars.get(&id)).copied().unwrap_or(CLOCK);
        self.put("CalendarUID", plans);
        self.put("DefaultStartTime", "00:00:00");
        self.put("DefaultFinishTime", "00:00:00");
        self.put("MinutesPerDay", DAY);
        self.put("MinutesPerWeek", 7 * DAY);
        self.put("DaysPerMonth", 30);
        self.put("HonorConstraints", 1);
        let status = self.sheet.data_date.map(|at| self.wall(at));
        self.put_some("StatusDate", status);
        self.put("NewTasksAreManual", 0);
    }

    fn all_calendars(&mut self) {
        self.text.push_str("<Calendars>\n");
        let mut always = Pattern { weekly: Default::default(), exceptions: BTreeMap::new() };
        always.weekly.fill(vec![(0, DAY)]);
        self.calendar(CLOCK, "24 Hours", &always);
        for one in &self.sheet.calendars {
            let pattern = resolved(&self.sheet.calendars, one);
            let uid = self.calendars[&one.id];
            self.calendar(uid, &one.name.en, &pattern);
        }
        self.text.push_str("</Calendars>\n");
    }

    fn calendar(&mut self, uid: usize, name: &str, pattern: &Pattern) {
        self.text.push_str("<Calendar>\n");
        self.put("UID", uid);
        self.put("Name", escape(name));
        self.put("IsBaseCalendar", 1);
        self.put("BaseCalendarUID", -1);
        self.text.push_str("<WeekDays>\n");
        for day in 0..7 {
            self.text.push_str("<WeekDay>\n");
            // Sunday is 1.
            self.put("DayType", (day + 1) % 7 + 1);
            self.spans(&pattern.weekly[day]);
            self.text.push_str("</WeekDay>\n");
        }
        self.text.push_str("</WeekDays>\n");
        if !pattern.exceptions.is_empty() {
            self.text.push_str("<Exceptions>\n");
            for (&day, spans) in &pattern.exceptions {
                let date = axis::day_of(day * DAY).format("%Y-%m-%d");
                self.text.push_str("<Exception>\n<EnteredByOccurrences>0</EnteredByOccurrences>\n");
                let _ = writeln!(
                    self.text,
                    "<TimePeriod><FromDate>{date}T00:00:00</FromDate><ToDate>{date}T23:59:00</ToDate></TimePeriod>"
                );
                self.text.push_str("<Occurrences>1</Occurrences>\n<Name></Name>\n<Type>1</Type>\n");
                self.spans(spans);
                self.text.push_str("</Exception>\n");
            }
            self.text.push_str("</Exceptions>\n");
        }
        self.text.push_str("</Calendar>\n");
    }

    fn spans(&mut self, spans: &DaySpans) {
        self.put("DayWorking", i32::from(!spans.is_empty()));
        if spans.is_empty() {
            return;
        }
        self.text.push_str("<WorkingTimes>\n");
        for &(from, to) in spans {
            let _ = writeln!(
                self.text,
                "<WorkingTime><FromTime>{}</FromTime><ToTime>{}</ToTime></WorkingTime>",
                time(from),
                time(to)
            );
        }
        self.text.push_str("</WorkingTimes>\n");
    }

    fn task(&mut self, uid: usize, at: usize, computed: &Computed) {
        let (sheet, schedule) = (self.sheet, &computed.schedule);
        let task = &sheet.tasks[at];
        self.text.push_str("<Task>\n");
        self.put("UID", uid);
        self.put("ID", uid);
        self.put("Name", escape(if task.name.en.is_empty() { &task.name.zh } else { &task.name.en }));
        self.put("Active", 1);
        self.put("Manual", 0);
        // Fixed duration: nobody's calendar stretches it.
        self.put("Type", 1);
        self.put("IsNull", 0);
        self.put("WBS", escape(&task.code));
        self.put("OutlineLevel", level(sheet, task));
        self.put("Priority", task.priority);
        let dates = [
            ("Start", schedule.early_start[at]),
            ("Finish", schedule.early_finish[at]),
            ("EarlyStart", schedule.early_start[at]),
            ("EarlyFinish", schedule.early_finish[at]),
            ("LateStart", schedule.late_start[at]),
            ("LateFinish", schedule.late_finish[at]),
        ];
        for (name, minute) in dates {
            let written = self.at(minute);
            self.put(name, written);
        }
        self.put("Duration", span(task.duration));
        self.put("DurationFormat", 7);
        self.put("EffortDriven", 0);
        self.put("Milestone", i32::from(matches!(task.kind, Kind::StartMilestone | Kind::FinishMilestone)));
        self.put("Summary", i32::from(task.kind == Kind::Summary));
        self.put("Critical", i32::from(schedule.critical[at]));
        self.put("TotalSlack", schedule.total_float[at] * 10);
        self.put("PercentComplete", task.percent.clamp(0, 100));
        self.facts(task);
        self.put_some("Cost", task.budget);
        self.wishes(task);
        let calendar = task.calendar.and_then(|id| self.calendars.get(&id)).copied();
        self.put("CalendarUID", calendar.map_or(-1, |uid| uid as i64));
        self.put("IgnoreResourceCalendar", 1);
        if !task.objective.is_empty() {
            self.put("Notes", escape(&task.objective));
        }
        for link in sheet.links.iter().filter(|link| link.to == task.id) {
            self.link(link);
        }
        self.text.push_str("</Task>\n");
    }

    fn wishes(&mut self, task: &Task) {
        let kind = match task.constraint.as_str() {
            "alap" => 1,
            "mso" => 2,
            "mfo" => 3,
            "snet" => 4,
            "snlt" => 5,
            "fnet" => 6,
            "fnlt" => 7,
            _ => 0,
        };
        self.put("ConstraintType", kind);
        let when = task.constraint_at.map(|at| self.wall(at));
        self.put_some("ConstraintDate", when);
        let deadline = task.deadline_at.map(|at| self.wall(at));
        self.put_some("Deadline", deadline);
    }

    fn facts(&mut self, task: &Task) {
        let start = task.actual_start.map(|at| self.wall(at));
        self.put_some("ActualStart", start);
        let finish = task.actual_finish.filter(|_| task.state.is_done()).map(|at| self.wall(at));
        self.put_some("ActualFinish", finish);
        if task.actual_start.is_some() {
            let left = task.remaining().min(task.duration);
            self.put("ActualDuration", span(task.duration - left));
            self.put("RemainingDuration", span(left));
        }
    }

    fn link(&mut self, link: &TaskLink) {
        let Some(&from) = self.uids.get(&link.from) else { return };
        let kind = match link.kind {
            LinkKind::Ff => 0,
            LinkKind::Fs => 1,
            LinkKind::Sf => 2,
            LinkKind::Ss => 3,
        };
        let (lag, format) = match link.lag_kind {
            LagKind::Working => (link.lag * 10, 7),
            LagKind::Elapsed => (link.lag * 10, 8),
            LagKind::Percent => (link.lag, 19),
        };
        let _ = writeln!(
            self.text,
            "<PredecessorLink><PredecessorUID>{from}</PredecessorUID><Type>{kind}</Type><CrossProject>0</CrossProject>\
             <LinkLag>{lag}</LinkLag><LagFormat>{format}</LagFormat></PredecessorLink>"
        );
    }

    fn resources(&mut self) {
        let people = std::mem::take(&mut self.people);
        self.text.push_str("<Resources>\n");
        for (at, (_, name, email)) in people.iter().enumerate() {
            self.text.push_str("<Resource>\n");
            self.put("UID", at + 1);
            self.put("ID", at + 1);
            self.put("Name", escape(name));
            self.put("Type", 1);
            self.put("EmailAddress", escape(email));
            self.text.push_str("</Resource>\n");
        }
        self.text.push_str("</Resources>\n<Assignments>\n");
        let mut uid = 0;
        for task in &self.sheet.tasks {
            let Some(owner) = task.owner.and_then(|id| people.iter().position(|one| one.0 == id)) else { continue };
            uid += 1;
            let _ = writeln!(
                self.text,
                "<Assignment><UID>{uid}</UID><TaskUID>{}</TaskUID><ResourceUID>{}</ResourceUID><Units>1</Units></Assignment>",
                self.uids[&task.id],
                owner + 1
            );
        }
        self.text.push_str("</Assignments>\n");
    }
}

/// A calendar with the exceptions of those above it.
fn resolved(calendars: &[PlanCalendar], one: &PlanCalendar) -> Pattern {
    let mut pattern = one.pattern.clone();
    let (mut up, mut steps) = (one.parent, 0);
    while let Some(parent) = up.and_then(|id| calendars.iter().find(|other| other.id == id))
        && steps < calendars.len()
    {
        for (day, spans) in &parent.pattern.exceptions {
            pattern.exceptions.entry(*day).or_insert_with(|| spans.clone());
        }
        up = parent.parent;
        steps += 1;
    }
    pattern
}
