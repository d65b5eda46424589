//! What is scheduled of a file: its tasks with the calendars, durations and people that decide how
//! long they run, and the links between them.

use super::model::{FileAssignment, FileCalendar, FileLag, FileResource, FileTask, Problem, Project};
use crate::plan::calendar::{Calendar, Pattern};
use crate::plan::network::LinkKind;
use std::collections::{BTreeMap, HashMap, HashSet};

/// Calendars one file may use; further ones count as the project's.
const MOST_CALENDARS: usize = 5_000;
/// Links between leaves one file may mean, after links of summaries were spelled out.
const MOST_LINKS: usize = 3_000_000;
/// Rings named one by one; after so many, what still waits in a ring loses its links.
const MOST_RINGS: usize = 200;

/// Index of the calendar that never rests.
pub(super) const CLOCK: usize = 0;

/// One person's share of a task.
#[derive(Debug, Clone)]
pub(super) struct Part {
    pub(super) calendar: usize,
    /// Ticks of working time from its first to its last work.
    pub(super) whole: i64,
    pub(super) left: i64,
    /// Working time after the start of the task.
    pub(super) delay: i64,
    /// Clock time after the start of the task.
    pub(super) leveling: i64,
}

/// A leaf task as the passes see it.
#[derive(Debug, Clone)]
pub(super) struct Job {
    /// Takes part in the network.
    pub(super) live: bool,
    /// Calendar of the task, for lags and slack.
    pub(super) calendar: usize,
    pub(super) duration: i64,
    pub(super) left: i64,
    /// People with different calendars; empty: one span on one calendar decides.
    pub(super) parts: Vec<Part>,
    /// Calendar the span is counted on.
    pub(super) works: usize,
    /// Working time from first to last work, with the time between split parts.
    pub(super) span: i64,
    pub(super) span_left: i64,
}

/// A link between leaf tasks; `via` is the summary it was drawn from.
#[derive(Debug, Clone, Copy)]
pub(super) struct Arc {
    pub(super) from: usize,
    pub(super) to: usize,
    pub(super) kind: LinkKind,
    pub(super) lag: i64,
    pub(super) lag_calendar: usize,
    pub(super) via: Option<usize>,
}

/// Everything the passes need.
pub(super) struct Jobs<'a> {
    pub(super) file: &'a Project,
    pub(super) calendars: Vec<Calendar>,
    pub(super) jobs: Vec<Job>,
    pub(super) preds: Vec<Vec<Arc>>,
    pub(super) succs: Vec<Vec<Arc>>,
    /// Leaves below each task; itself for a leaf.
    pub(super) leaves: Vec<Vec<usize>>,
    pub(super) order: Vec<usize>,
    pub(super) problems: Vec<Problem>,
}

/// Finds or compiles calendars of the file.
struct Calendars<'a> {
    by_uid: HashMap<i64, &'a FileCalendar>,
    compiled: Vec<Calendar>,
    known: HashMap<(i64, i64), usize>,
}

impl Calendars<'_> {
    fn pattern(&self, uid: i64) -> Option<Pattern> {
        let calendar = self.by_uid.get(&uid)?;
        Some(calendar.pattern(|uid| self.by_uid.get(&uid).copied()))
    }

    /// The calendar, or the common working time of two (`other` negative: of one).
    fn get(&mut self, uid: i64, other: i64) -> Option<usize> {
        if let Some(&known) = self.known.get(&(uid, other)) {
            return Some(known);
        }
        if self.compiled.len() > MOST_CALENDARS {
            return None;
        }
        let mut pattern = self.pattern(uid)?;
        if let Some(second) = self.pattern(other).filter(|_| other != uid) {
            pattern = common(&pattern, &second);
        }
        self.compiled.push(Calendar::in_parts(&pattern, super::model::TICK));
        self.known.insert((uid, other), self.compiled.len() - 1);
        Some(self.compiled.len() - 1)
    }
}

/// The time two calendars have in common.
fn common(one: &Pattern, two: &Pattern) -> Pattern {
    let meet = |a: &[(i64, i64)], b: &[(i64, i64)]| {
        let pairs = a.iter().flat_map(|x| b.iter().map(move |y| (x.0.max(y.0), x.1.min(y.1))));
        pairs.filter(|span| span.1 > span.0).collect::<Vec<_>>()
    };
    let on = |pattern: &Pattern, day: i64| {
        let weekly = &pattern.weekly[(day + 3).rem_euclid(7) as usize];
        pattern.exceptions.get(&day).unwrap_or(weekly).clone()
    };
    let mut weekly: [Vec<(i64, i64)>; 7] = Default::default();
    for (day, spans) in weekly.iter_mut().enumerate() {
        *spans = meet(&one.weekly[day], &two.weekly[day]);
    }
    let days: std::collections::BTreeSet<i64> = one.exceptions.keys().chain(two.exceptions.keys()).copied().collect();
    let exceptions: BTreeMap<i64, _> = days.into_iter().map(|day| (day, meet(&on(one, day), &on(two, day)))).collect();
    Pattern { weekly, exceptions }
}

impl<'a> Jobs<'a> {
    /// Lays the file out. What cannot be used is left out and listed.
    pub(super) fn of(file: &'a Project) -> Jobs<'a> {
        let by_uid = file.calendars.iter().map(|calendar| (calendar.uid, calendar)).collect();
        let compiled = vec![Calendar::Always, Calendar::in_parts(&Pattern::weekdays(office()), super::model::TICK)];
        let mut calendars = Calendars { by_uid, compiled, known: HashMap::new() };
        let mut problems = Vec::new();
        let index: HashMap<i64, usize> = file.tasks.iter().enumerate().map(|(at, task)| (task.uid, at)).collect();
        let mut people: HashMap<i64, Vec<&FileAssignment>> = HashMap::new();
        for assignment in &file.assignments {
            people.entry(assignment.task).or_default().push(assignment);
        }
        let none = Vec::new();
        let resources: HashMap<i64, &FileResource> = file.resources.iter().map(|one| (one.uid, one)).collect();
        let jobs: Vec<Job> = file
            .tasks
            .iter()
            .map(|task| {
                job(file, task, people.get(&task.uid).unwrap_or(&none), &resources, &mut calendars, &mut problems)
            })
            .collect();
        let leaves = leaves(file);
        let mut laid = Jobs {
            file,
            calendars: calendars.compiled,
            preds: vec![Vec::new(); jobs.len()],
            succs: vec![Vec::new(); jobs.len()],
            jobs,
            leaves,
            order: Vec::new(),
            problems,
        };
        laid.link(&index);
        laid.sort();
        laid
    }

    fn link(&mut self, index: &HashMap<i64, usize>) {
        let mut made = 0;
        for (to, task) in self.file.tasks.iter().enumerate() {
            for link in &task.links {
                let Some(&from) = index.get(&link.from) else {
                    if !link.cross {
                        let detail = link.from.to_string();
                        self.problems.push(Problem { code: "dangling", subject: task.name.clone(), detail, line: 0 });
                    }
                    continue;
                };
                let above = self.is_above(from, to) || self.is_above(to, from);
                if above && from != to {
                    continue;
                }
                let via = self.file.tasks[from].summary.then_some(from);
                let (froms, tos) = (self.leaves[from].clone(), self.leaves[to].clone());
                made += froms.len() * tos.len();
                if made > MOST_LINKS {
                    let detail = link.from.to_string();
                    self.problems.push(Problem { code: "too-many-links", subject: task.name.clone(), detail, line: 0 });
                    return;
                }
                for &near in &froms {
                    for &far in &tos {
                        let (lag_calendar, lag) = self.lag(link.lag_kind, link.lag, from, far);
                        let arc = Arc { from: near, to: far, kind: link.kind, lag, lag_calendar, via };
                        self.preds[far].push(arc);
                        self.succs[near].push(arc);
                    }
                }
            }
        }
    }

    fn is_above(&self, up: usize, at: usize) -> bool {
        let mut current = self.file.tasks[at].parent;
        while let Some(parent) = current {
            if parent == up {
                return true;
            }
            current = self.file.tasks[parent].parent;
        }
        false
    }

    fn lag(&self, kind: FileLag, lag: i64, from: usize, to: usize) -> (usize, i64) {
        let share = || self.jobs[from].duration * lag / 100;
        match kind {
            FileLag::Working => (self.jobs[to].calendar, lag),
            FileLag::Elapsed => (CLOCK, lag),
            FileLag::Percent => (self.jobs[to].calendar, share()),
            FileLag::ElapsedPercent => (CLOCK, share()),
        }
    }

    /// Order in which every predecessor comes first. Rings are listed and cut at their last link.
    fn sort(&mut self) {
        let count = self.jobs.len();
        let mut rings = 0;
        loop {
            let mut waiting: Vec<usize> = self.preds.iter().map(Vec::len).collect();
            let mut ready: std::collections::BinaryHeap<_> =
                (0..count).filter(|&at| waiting[at] == 0).map(std::cmp::Reverse).collect();
            let mut order = Vec::with_capacity(count);
            while let Some(std::cmp::Reverse(at)) = ready.pop() {
                order.push(at);
                for arc in &self.succs[at] {
                    waiting[arc.to] -= 1;
                    if waiting[arc.to] == 0 {
                        ready.push(std::cmp::Reverse(arc.to));
                    }
                }
            }
            if order.len() == count {
                self.order = order;
                return;
            }
            rings += 1;
            if rings <= MOST_RINGS {
                self.cut(&waiting);
            } else {
                for at in (0..count).filter(|&at| waiting[at] > 0) {
                    self.preds[at].retain(|arc| waiting[arc.from] == 0);
                    self.succs[at].retain(|arc| waiting[arc.to] == 0);
                }
            }
        }
    }

    /// Finds one ring among the tasks that still wait, names it and takes its last link out.
    fn cut(&mut self, waiting: &[usize]) {
        let Some(mut at) = waiting.iter().position(|&left| left > 0) else { return };
        let mut walked: Vec<usize> = Vec::new();
        while !walked.contains(&at) {
            walked.push(at);
            let Some(arc) = self.preds[at].iter().find(|arc| waiting[arc.from] > 0) else { return };
            at = arc.from;
        }
        let from = walked.iter().position(|&one| one == at).unwrap_or(0);
        let mut ring: Vec<usize> = walked[from..].to_vec();
        ring.push(at);
        ring.reverse();
        let names: Vec<&str> = ring.iter().map(|&one| self.file.tasks[one].name.as_str()).collect();
        let subject = self.file.tasks[at].name.clone();
        self.problems.push(Problem { code: "cycle", subject, detail: names.join(" → "), line: 0 });
        let (one, two) = (ring[ring.len() - 2], at);
        self.preds[two].retain(|arc| arc.from != one);
        self.succs[one].retain(|arc| arc.to != two);
    }
}

/// The standard week of Microsoft Project.
pub(super) fn office() -> Vec<(i64, i64)> {
    vec![(480, 720), (780, 1_020)]
}

fn leaves(file: &Project) -> Vec<Vec<usize>> {
    let mut leaves = vec![Vec::new(); file.tasks.len()];
    for (at, task) in file.tasks.iter().enumerate() {
        if task.summary && !task.subproject {
            continue;
        }
        leaves[at].push(at);
        let mut up = task.parent;
        while let Some(parent) = up {
            if task.active {
                leaves[parent].push(at);
            }
            up = file.tasks[parent].parent;
        }
    }
    leaves
}

fn job(
    file: &Project,
    task: &FileTask,
    people: &[&FileAssignment],
    resources: &HashMap<i64, &FileResource>,
    calendars: &mut Calendars<'_>,
    problems: &mut Vec<Problem>,
) -> Job {
    // A file without the calendar it names is scheduled on the standard week.
    let plan = calendars.get(file.head.calendar, -1).unwrap_or(CLOCK + 1);
    let own = task.calendar.and_then(|uid| calendars.get(uid, -1));
    if let (Some(uid), None) = (task.calendar, own) {
        let detail = uid.to_string();
        problems.push(Problem { code: "calendar", subject: task.name.clone(), detail, line: 0 });
    }
    let duration = task.duration.or(task.manual_duration).unwrap_or(0).max(0);
    let calendar = if task.elapsed { CLOCK } else { own.unwrap_or(plan) };
    let left = task.remaining.unwrap_or(duration).clamp(0, i64::MAX);
    let live = task.active && !task.null && (!task.summary || task.subproject);
    let mut job =
        Job { live, calendar, duration, left, parts: Vec::new(), works: calendar, span: duration, span_left: left };
    if task.kind != 1 && !task.elapsed && duration > 0 && !task.manual {
        job.parts = people.iter().filter_map(|one| part(resources, task, one, own, plan, calendars)).collect();
    }
    // On one common calendar the duration says it all, overtime and contours included.
    if let Some(first) = job.parts.first().map(|part| part.calendar)
        && job.parts.iter().all(|part| part.calendar == first)
    {
        job.works = first;
        // Work that everybody begins late lengthens the task, not its duration.
        if task.actual_start.is_none() {
            let delay = job.parts.iter().map(|part| part.delay).min().unwrap_or(0);
            job.span += delay;
            job.span_left += delay;
        }
        job.parts.clear();
    }
    if job.parts.is_empty() && !task.elapsed && duration > 0 {
        split(&mut job, people, &calendars.compiled);
    }
    job
}

/// Ticks of working time between the parts of split work, one slot a task of the file; 0 where work is in one piece. Parts
/// show by their shape over time; where a file has none, by stored dates further apart than the work is long. The dates
/// are looked at for that alone: nothing is scheduled by them.
pub(super) fn rests(file: &Project) -> Vec<i64> {
    let laid = Jobs::of(file);
    let shaped: HashSet<i64> = file.assignments.iter().filter(|one| one.contour == 8).map(|one| one.task).collect();
    let rest = |(task, job): (&FileTask, &Job)| {
        if !job.live || task.manual || job.duration == 0 {
            return 0;
        }
        let by_shape = if shaped.contains(&task.uid) { job.span - job.duration } else { 0 };
        // Begun work may have stopped for other reasons; people with calendars of their own rest by those.
        let whole = task.actual_start.is_none() && job.parts.is_empty();
        let apart = task.stored.start.zip(task.stored.finish).filter(|_| whole);
        let by_dates = apart
            .map_or(0, |(start, finish)| laid.calendars[job.works].between(start, finish) - job.span.max(job.duration));
        by_shape.max(by_dates).max(0)
    };
    file.tasks.iter().zip(&laid.jobs).map(rest).collect()
}

/// Split work is known only by its shape over time: the gaps lengthen the span.
fn split(job: &mut Job, people: &[&FileAssignment], calendars: &[Calendar]) {
    let calendar = &calendars[job.works];
    let reach = |left: bool| {
        let phases = people.iter().flat_map(|one| &one.phases).filter(|phase| phase.work > 0 && !(left && phase.done));
        let (from, to) =
            phases.fold((i64::MAX, i64::MIN), |(from, to), phase| (from.min(phase.from), to.max(phase.to)));
        if from < to { calendar.between(from, to) } else { 0 }
    };
    let contoured = people.iter().any(|one| one.contour == 8);
    let (whole, left) = (reach(false), reach(true));
    if contoured && whole > job.duration {
        job.span = whole;
        job.span_left = if left > job.left { left } else { job.left };
    }
}

fn part(
    resources: &HashMap<i64, &FileResource>,
    task: &FileTask,
    assignment: &FileAssignment,
    own: Option<usize>,
    plan: usize,
    calendars: &mut Calendars<'_>,
) -> Option<Part> {
    let resource = resources.get(&assignment.resource).filter(|one| one.uid >= 0)?;
    let work = assignment.work.map(|work| work - assignment.overtime).filter(|&work| work > 0)?;
    if !resource.works || assignment.units <= 0.0 {
        return None;
    }
    let theirs = resource.calendar.filter(|_| !task.ignore_resources);
    let calendar = match (task.calendar, theirs) {
        (Some(one), Some(two)) => calendars.get(one, two).or(own),
        (_, Some(two)) => calendars.get(two, -1),
        _ => own,
    };
    let spread = |work: i64| (work as f64 / assignment.units / average(assignment.contour)).round().min(1e12) as i64;
    Some(Part {
        calendar: calendar.unwrap_or(plan),
        whole: spread(work),
        left: spread(assignment.remaining_work.map_or(work, |left| (left - assignment.remaining_overtime).max(0))),
        delay: assignment.delay.max(0),
        leveling: assignment.leveling_delay.max(0),
    })
}

/// How much of its peak a work contour reaches on average: back and front loaded, double, early and
/// late peak, bell, turtle.
fn average(contour: i64) -> f64 {
    match contour {
        1 | 2 => 0.6,
        3..=6 => 0.5,
        7 => 0.7,
        _ => 1.0,
    }
}
