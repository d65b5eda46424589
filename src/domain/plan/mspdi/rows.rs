//! Dates of a whole file, summaries rolled up, and the table `fairlead lab mspdi` prints.

use super::jobs::Jobs;
use super::model::{Problem, Project, TICK};
use super::passes::{Dates, Passes};
use super::read::written;
use crate::plan::network::Constraint;

/// The columns of the table.
pub const COLUMNS: &str =
    "uid,start,finish,early_start,early_finish,late_start,late_finish,total_float_minutes,critical";

/// Computes every date of a file, and says what of it could not be used.
pub fn schedule(file: &Project) -> (Dates, Vec<Problem>) {
    let net = Jobs::of(file);
    let passes = Passes::run(&net);
    let mut dates = leaves(&net, &passes);
    roll_up(file, &mut dates);
    let mut problems = file.problems.clone();
    problems.extend(net.problems);
    (dates, problems)
}

fn leaves(net: &Jobs<'_>, passes: &Passes<'_>) -> Dates {
    let mut dates = Dates {
        start: passes.es.clone(),
        finish: passes.ef.clone(),
        early_start: passes.es.clone(),
        early_finish: passes.ef.clone(),
        late_start: passes.ls.clone(),
        late_finish: passes.lf.clone(),
        total_slack: vec![0; passes.es.len()],
        critical: vec![false; passes.es.len()],
    };
    let head = &net.file.head;
    let limit = head.critical_slack * head.minutes_per_day * TICK;
    for (at, task) in net.file.tasks.iter().enumerate() {
        let late = task.constraint == Constraint::Alap || !head.from_start;
        if late && !task.manual && !task.external {
            dates.start[at] = task.actual_start.unwrap_or(passes.ls[at]);
            dates.finish[at] = task.actual_finish.unwrap_or(passes.lf[at]);
        }
        let calendar = &net.calendars[net.jobs[at].calendar];
        let finish_side = calendar.between(passes.ef[at], passes.lf[at]);
        let start_side = calendar.between(passes.es[at], passes.ls[at]);
        dates.total_slack[at] = match () {
            () if task.constraint == Constraint::Alap => 0,
            () if task.actual_start.is_some() => finish_side,
            () => finish_side.min(start_side),
        };
        dates.critical[at] =
            net.jobs[at].live && task.actual_finish.is_none() && task.percent < 100 && dates.total_slack[at] <= limit;
    }
    dates
}

/// Summaries bracket what is below them.
fn roll_up(file: &Project, dates: &mut Dates) {
    let mut below: Vec<Vec<usize>> = vec![Vec::new(); file.tasks.len()];
    for (at, task) in file.tasks.iter().enumerate() {
        if let Some(parent) = task.parent.filter(|_| !task.null) {
            below[parent].push(at);
        }
    }
    for at in (0..file.tasks.len()).rev() {
        let task = &file.tasks[at];
        if below[at].is_empty() || !task.summary {
            continue;
        }
        let children: Vec<usize> = match below[at].iter().copied().filter(|&c| file.tasks[c].active).collect::<Vec<_>>()
        {
            active if active.is_empty() => below[at].clone(),
            active => active,
        };
        let least = |list: &[i64]| children.iter().map(|&child| list[child]).min().unwrap_or_default();
        let most = |list: &[i64]| children.iter().map(|&child| list[child]).max().unwrap_or_default();
        let bracket = [
            (least(&dates.early_start), most(&dates.early_finish)),
            (least(&dates.late_start), most(&dates.late_finish)),
            (least(&dates.start), most(&dates.finish)),
        ];
        let slack = least(&dates.total_slack);
        let critical = children.iter().any(|&child| dates.critical[child]);
        (dates.early_start[at], dates.early_finish[at]) = bracket[0];
        (dates.late_start[at], dates.late_finish[at]) = bracket[1];
        (dates.start[at], dates.finish[at]) = bracket[2];
        if let (true, Some(start), Some(finish)) = (task.manual, task.manual_start, task.manual_finish) {
            (dates.start[at], dates.finish[at]) = (start, finish);
        }
        dates.total_slack[at] = slack;
        dates.critical[at] = critical;
    }
}

/// The table: one line a task, the dates as Microsoft Project writes them.
pub fn table(file: &Project, dates: &Dates) -> String {
    let mut text = String::from(COLUMNS);
    text.push('\n');
    for (at, task) in file.tasks.iter().enumerate().filter(|(_, task)| !task.null) {
        let cells = [
            task.uid.to_string(),
            written(dates.start[at]),
            written(dates.finish[at]),
            written(dates.early_start[at]),
            written(dates.early_finish[at]),
            written(dates.late_start[at]),
            written(dates.late_finish[at]),
            (dates.total_slack[at] as f64 / TICK as f64).to_string(),
            dates.critical[at].to_string(),
        ];
        text.push_str(&cells.join(","));
        text.push('\n');
    }
    text
}
