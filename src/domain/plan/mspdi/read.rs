//! Elements of a Microsoft Project XML file into [`model`](super::model) values.

use super::calendars::calendar;
use super::model::{FileAssignment, FileLag, FileLink, FileResource, FileTask, Phase, Problem, Project, Stored, TICK};
use super::xml::{self, Node};
use crate::Refusal;
use crate::plan::axis;
use crate::plan::network::{Constraint, LinkKind};
use chrono::NaiveDateTime;

/// Deepest outline; what lies deeper stands beside it.
const DEEPEST: i64 = 100;
/// Days of calendar exceptions one file may spell out.
const EXCEPTION_DAYS: i64 = 4_000_000;

/// Lists whose items are handed out one by one.
const LISTS: &[&str] = &["Calendars", "Tasks", "Resources", "Assignments"];

/// Reads a file.
///
/// # Errors
/// What [`xml::decode`] and [`xml::read`] refuse.
pub fn project(bytes: &[u8]) -> Result<Project, Refusal> {
    let text = xml::decode(bytes)?;
    let mut project = Project::default();
    let mut days = EXCEPTION_DAYS;
    xml::read(&text, "Project", LISTS, |list, node| match list {
        "" => head(&mut project, &node),
        "Calendars" => {
            let read = calendar(&node, &mut project.problems, &mut days);
            project.calendars.extend(read);
        }
        "Tasks" => {
            let read = task(&node, &mut project.problems);
            project.tasks.extend(read);
        }
        "Resources" => project.resources.extend(resource(&node)),
        "Assignments" => project.assignments.extend(assignment(&node)),
        _ => {}
    })?;
    outline(&mut project.tasks);
    Ok(project)
}

fn head(project: &mut Project, node: &Node) {
    let text = node.text.trim();
    let head = &mut project.head;
    match &*node.name {
        "Title" if !text.is_empty() => text.clone_into(&mut head.title),
        "Name" if head.title.is_empty() => text.clone_into(&mut head.title),
        "StartDate" => head.start = instant(text),
        "FinishDate" => head.finish = instant(text),
        "StatusDate" => head.status = instant(text),
        "ScheduleFromStart" => head.from_start = flag(text),
        "CalendarUID" => head.calendar = text.parse().unwrap_or(-1),
        "MinutesPerDay" => head.minutes_per_day = text.parse().ok().filter(|&m| m > 0).unwrap_or(480),
        "HonorConstraints" => head.honor_constraints = flag(text),
        "CriticalSlackLimit" => head.critical_slack = text.parse().unwrap_or(0),
        "MultipleCriticalPaths" => head.multiple_critical = flag(text),
        "SplitsInProgressTasks" => head.splits_in_progress = flag(text),
        "CurrencyCode" => text.clone_into(&mut head.currency),
        _ => {}
    }
}

/// `true`, `1` and `-1` hold.
pub(super) fn flag(text: &str) -> bool {
    matches!(text, "1" | "-1") || text.eq_ignore_ascii_case("true")
}

fn flagged(node: &Node, name: &str, otherwise: bool) -> bool {
    node.value(name).map_or(otherwise, flag)
}

fn number(node: &Node, name: &str) -> Option<i64> {
    let text = node.value(name)?;
    let whole = text.parse::<i64>().ok().filter(|n| n.unsigned_abs() < 1_000_000_000_000_000);
    whole.or_else(|| text.parse::<f64>().ok().filter(|n| n.abs() < 1e15).map(|n| n.round() as i64))
}

/// A lag, delay or level, kept where arithmetic cannot overflow: two centuries in ticks.
fn bounded(node: &Node, name: &str) -> Option<i64> {
    number(node, name).map(|n| n.clamp(-1_000_000_000, 1_000_000_000))
}

fn float(node: &Node, name: &str) -> Option<f64> {
    node.value(name)?.parse::<f64>().ok().filter(|n| n.is_finite())
}

/// A date and time as ticks on the axis. A zone at the end is cut off: the file means wall clock.
pub(super) fn instant(text: &str) -> Option<i64> {
    let text = text.get(..19).unwrap_or(text);
    let wall = NaiveDateTime::parse_from_str(text, "%Y-%m-%dT%H:%M:%S").ok()?;
    // Microsoft Project writes years from 1984 to 2149; what is far outside is no date.
    let seconds = wall.and_utc().timestamp();
    // 23:59:59 ends a day, it does not begin the next one.
    (seconds.abs() < 40_000_000_000).then(|| seconds.div_euclid(6))
}

fn date(node: &Node, name: &str) -> Option<i64> {
    node.value(name).and_then(instant)
}

/// An ISO 8601 duration as ticks. Days are 24 hours: the writers of such files use hours.
pub(super) fn span(text: &str) -> Option<i64> {
    let (sign, text) = text.strip_prefix('-').map_or((1, text), |rest| (-1, rest));
    let mut rest = text.strip_prefix('P')?;
    let (mut seconds, mut time) = (0.0, false);
    while !rest.is_empty() {
        if let Some(after) = rest.strip_prefix('T') {
            (rest, time) = (after, true);
            continue;
        }
        let end = rest.find(|c: char| !c.is_ascii_digit() && c != '.')?;
        let value: f64 = rest[..end].parse().ok()?;
        let unit = match (rest.as_bytes()[end], time) {
            (b'H', true) => 3_600.0,
            (b'M', true) => 60.0,
            (b'S', true) => 1.0,
            (b'D', false) => 86_400.0,
            (b'W', false) => 604_800.0,
            (b'M', false) => 30.0 * 86_400.0,
            (b'Y', false) => 365.0 * 86_400.0,
            _ => return None,
        };
        seconds += value * unit;
        rest = &rest[end + 1..];
    }
    (seconds < 1e11).then(|| sign * (seconds / 6.0).round() as i64)
}

fn ticks(node: &Node, name: &str) -> Option<i64> {
    node.value(name).and_then(span)
}

/// Whether a duration or lag of this format counts the clock round.
fn is_elapsed(format: i64) -> bool {
    matches!(format, 4 | 6 | 8 | 10 | 12 | 20 | 36 | 38 | 40 | 42 | 44 | 52)
}

fn constraint(node: &Node, name: &str, problems: &mut Vec<Problem>) -> Constraint {
    let kind = number(node, "ConstraintType").unwrap_or(0);
    let at = date(node, "ConstraintDate");
    let code = match kind {
        0 => "asap",
        1 => "alap",
        2 => "mso",
        3 => "mfo",
        4 => "snet",
        5 => "snlt",
        6 => "fnet",
        7 => "fnlt",
        _ => "",
    };
    Constraint::of(code, at).unwrap_or_else(|| {
        let detail = format!("{kind} {}", node.value("ConstraintDate").unwrap_or_default());
        problems.push(Problem { code: "constraint", subject: name.to_owned(), detail, line: node.line });
        Constraint::Asap
    })
}

fn task(node: &Node, problems: &mut Vec<Problem>) -> Option<FileTask> {
    let uid = number(node, "UID")?;
    let name = node.value("Name").unwrap_or_default().to_owned();
    let format = number(node, "DurationFormat").unwrap_or(7);
    let null = flagged(node, "IsNull", false);
    Some(FileTask {
        uid,
        id: number(node, "ID").unwrap_or(uid),
        wbs: node.value("WBS").or_else(|| node.value("OutlineNumber")).unwrap_or_default().to_owned(),
        notes: node.value("Notes").unwrap_or_default().to_owned(),
        level: number(node, "OutlineLevel").unwrap_or(i64::from(uid != 0)).clamp(0, DEEPEST),
        parent: None,
        summary: flagged(node, "Summary", false) || uid == 0,
        milestone: flagged(node, "Milestone", false),
        null,
        active: flagged(node, "Active", true),
        manual: flagged(node, "Manual", false),
        external: flagged(node, "ExternalTask", false),
        subproject: flagged(node, "IsSubproject", false),
        recurring: flagged(node, "Recurring", false),
        kind: number(node, "Type").unwrap_or(0),
        duration: ticks(node, "Duration"),
        elapsed: is_elapsed(format),
        constraint: if null { Constraint::Asap } else { constraint(node, &name, problems) },
        deadline: date(node, "Deadline"),
        calendar: number(node, "CalendarUID").filter(|&uid| uid >= 0),
        ignore_resources: flagged(node, "IgnoreResourceCalendar", false),
        links: node.all("PredecessorLink").filter_map(link).collect(),
        leveling_delay: bounded(node, "LevelingDelay").unwrap_or(0),
        priority: number(node, "Priority").unwrap_or(500),
        percent: number(node, "PercentComplete").unwrap_or(0).clamp(0, 100),
        actual_start: date(node, "ActualStart"),
        actual_finish: date(node, "ActualFinish"),
        actual_duration: ticks(node, "ActualDuration"),
        remaining: ticks(node, "RemainingDuration"),
        stop: date(node, "Stop"),
        resume: date(node, "Resume"),
        manual_start: date(node, "ManualStart"),
        manual_finish: date(node, "ManualFinish"),
        manual_duration: ticks(node, "ManualDuration"),
        stored: Stored {
            start: date(node, "Start"),
            finish: date(node, "Finish"),
            early_start: date(node, "EarlyStart"),
            early_finish: date(node, "EarlyFinish"),
            late_start: date(node, "LateStart"),
            late_finish: date(node, "LateFinish"),
            total_slack: number(node, "TotalSlack"),
        },
        cost: number(node, "Cost"),
        name,
    })
}

fn link(node: &Node) -> Option<FileLink> {
    let format = number(node, "LagFormat").unwrap_or(7);
    let (percent, elapsed) = (matches!(format, 19 | 20 | 51 | 52), is_elapsed(format));
    Some(FileLink {
        from: number(node, "PredecessorUID")?,
        kind: match number(node, "Type").unwrap_or(1) {
            0 => LinkKind::Ff,
            2 => LinkKind::Sf,
            3 => LinkKind::Ss,
            _ => LinkKind::Fs,
        },
        lag: bounded(node, "LinkLag").unwrap_or(0),
        lag_kind: match (percent, elapsed) {
            (false, false) => FileLag::Working,
            (false, true) => FileLag::Elapsed,
            (true, false) => FileLag::Percent,
            (true, true) => FileLag::ElapsedPercent,
        },
        cross: flagged(node, "CrossProject", false),
    })
}

fn resource(node: &Node) -> Option<FileResource> {
    Some(FileResource {
        uid: number(node, "UID")?,
        name: node.value("Name").unwrap_or_default().to_owned(),
        email: node.value("EmailAddress").unwrap_or_default().to_owned(),
        works: number(node, "Type").unwrap_or(1) == 1 && !flagged(node, "IsCostResource", false),
        calendar: number(node, "CalendarUID").filter(|&uid| uid >= 0),
    })
}

fn assignment(node: &Node) -> Option<FileAssignment> {
    let mut phases: Vec<Phase> = node.all("TimephasedData").filter_map(phase).collect();
    phases.sort_by_key(|phase| (phase.from, phase.to));
    Some(FileAssignment {
        task: number(node, "TaskUID")?,
        resource: number(node, "ResourceUID").unwrap_or(-1),
        units: float(node, "Units").unwrap_or(1.0),
        work: ticks(node, "Work"),
        actual_work: ticks(node, "ActualWork"),
        remaining_work: ticks(node, "RemainingWork"),
        overtime: ticks(node, "OvertimeWork").unwrap_or(0),
        remaining_overtime: ticks(node, "RemainingOvertimeWork").unwrap_or(0),
        delay: bounded(node, "Delay").unwrap_or(0),
        leveling_delay: bounded(node, "LevelingDelay").unwrap_or(0),
        contour: number(node, "WorkContour").unwrap_or(0),
        actual_start: date(node, "ActualStart"),
        actual_finish: date(node, "ActualFinish"),
        phases,
    })
}

/// Planned (1) and actual (2) work over time; other kinds of time-phased data say nothing about dates.
fn phase(node: &Node) -> Option<Phase> {
    let kind = number(node, "Type")?;
    let (from, to) = (date(node, "Start")?, date(node, "Finish")?);
    let work = ticks(node, "Value").unwrap_or(0);
    (matches!(kind, 1 | 2) && to > from).then_some(Phase { from, to, work, done: kind == 2 })
}

/// Gives every task its place under the task above it in the outline.
fn outline(tasks: &mut [FileTask]) {
    let mut above: Vec<usize> = Vec::new();
    for at in 0..tasks.len() {
        if tasks[at].null {
            continue;
        }
        while above.last().is_some_and(|&up| tasks[up].level >= tasks[at].level) {
            above.pop();
        }
        tasks[at].parent = above.last().copied();
        above.push(at);
    }
    // What has children is a summary, whatever the file says.
    let parents: Vec<usize> = tasks.iter().filter_map(|task| task.parent).collect();
    for parent in parents {
        tasks[parent].summary = true;
    }
}

/// Ticks as the whole minute they lie in.
pub fn minutes(ticks: i64) -> i64 {
    ticks.div_euclid(TICK)
}

/// A date as Microsoft Project writes it.
pub fn written(ticks: i64) -> String {
    let minute = minutes(ticks);
    let day = axis::day_of(minute);
    let of_day = minute.rem_euclid(1_440);
    format!("{}T{:02}:{:02}:{:02}", day.format("%Y-%m-%d"), of_day / 60, of_day % 60, ticks.rem_euclid(TICK) * 6)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn durations_and_dates_are_read_to_the_tick() {
        assert_eq!(span("PT8H0M0S"), Some(4_800));
        assert_eq!(span("PT6H14M24S"), Some(3_744));
        assert_eq!(span("P1DT1H"), Some(15_000));
        assert_eq!(span("-PT1H0M0S"), Some(-600));
        assert_eq!(span("8 hours"), None);
        let at = instant("2016-10-03T08:00:00").expect("a date");
        assert_eq!(written(at), "2016-10-03T08:00:00");
        assert_eq!(instant("1970-01-01T00:01:00+08:00"), Some(10));
        assert_eq!(instant("NA"), None);
    }
}
