//! `fairlead lab rcpsp`, `fairlead lab rcpsp-max`: levelling on public benchmark files. Every schedule is judged by a
//! checker of its own before it is printed.

use super::{bytes, print};
use crate::command::Ended;
use clap::Args;
use domain::plan::level::genetic;
use domain::plan::level::max::{read, search};
use domain::plan::level::project::Impossible;
use domain::plan::level::psplib::{self, Unreadable};
use std::fmt::Write;
use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};

/// Largest file read.
const MOST: usize = 16 << 20;

/// A short schedule of a project in PSPLIB's format.
#[derive(Args)]
pub struct Rcpsp {
    /// The `.sm` file; `-` reads the standard input.
    file: PathBuf,
    /// Schedules that may be built; each pass of a justification counts as one.
    #[arg(long, default_value_t = 1_000)]
    schedules: u64,
    /// The same seed gives the same schedule.
    #[arg(long, default_value_t = 1)]
    seed: u64,
}

/// A short schedule of a project in the format of ProGen/max, or the proof that there is none.
#[derive(Args)]
pub struct RcpspMax {
    /// The `.sch` file; `-` reads the standard input.
    file: PathBuf,
    /// How long it may take at most.
    #[arg(long, default_value_t = 10.0)]
    seconds: f64,
    /// The same seed tries things in the same order.
    #[arg(long, default_value_t = 1)]
    seed: u64,
}

fn text(file: &Path) -> Result<String, Ended> {
    let bytes = bytes(file, MOST)?;
    if bytes.len() > MOST {
        return Err(Ended::Usage(format!("{}: larger than {MOST} bytes", file.display())));
    }
    String::from_utf8(bytes).map_err(|error| Ended::Usage(format!("{}: {error}", file.display())))
}

fn unreadable(file: &Path, bad: &Unreadable) -> Ended {
    Ended::Usage(format!("{}, line {}: expected {}", file.display(), bad.line, bad.wanted))
}

fn lines(makespan: impl std::fmt::Display, starts: impl Iterator<Item = (usize, String)>) -> String {
    let mut out = format!("makespan {makespan}\n");
    for (activity, start) in starts {
        writeln!(out, "{activity} {start}").ok();
    }
    out
}

/// Levels a PSPLIB project and prints the schedule, activities numbered from 1.
pub fn rcpsp(it: &Rcpsp) -> Result<(), Ended> {
    let project = psplib::read(&text(&it.file)?).map_err(|bad| unreadable(&it.file, &bad))?;
    let found = genetic::search(&project, it.schedules, it.seed, &mut |_| true).map_err(|why| match why {
        Impossible::Cycle(circle) => {
            let circle: Vec<String> = circle.iter().map(|at| (at + 1).to_string()).collect();
            Ended::Failed(format!("activities wait for each other: {}", circle.join(" → ")))
        }
        Impossible::Demand { activity, resource } => {
            Ended::Failed(format!("activity {} asks for more of R {} than there is", activity + 1, resource + 1))
        }
    })?;
    project.check(&found.table).map_err(|wrong| Ended::Failed(format!("a schedule failed its check: {wrong:?}")))?;
    let starts = found.table.starts.iter().enumerate().map(|(at, start)| (at + 1, start.to_string()));
    print(&lines(found.table.makespan, starts))
}

/// Levels a project with maximum lags and prints the schedule, activities numbered from 0; or `infeasible` with the
/// circle of lags or the word `resources`; or `unknown` when time ended with neither.
pub fn rcpsp_max(it: &RcpspMax) -> Result<(), Ended> {
    let began = Instant::now();
    let allowed = Duration::try_from_secs_f64(it.seconds)
        .map_err(|error| Ended::Usage(format!("--seconds {}: {error}", it.seconds)))?;
    let project = read::read(&text(&it.file)?).map_err(|bad| unreadable(&it.file, &bad))?;
    match search::solve(&project, it.seed, &mut |_| began.elapsed() < allowed) {
        search::Answer::Schedule { starts, makespan, .. } => {
            project.check(&starts).map_err(|wrong| Ended::Failed(format!("a schedule failed its check: {wrong:?}")))?;
            print(&lines(makespan, starts.iter().enumerate().map(|(at, start)| (at, start.to_string()))))
        }
        search::Answer::Circle(circle) => {
            let mut out = "infeasible\ncycle".to_owned();
            for lag in &circle {
                write!(out, " {} -[{}]->", lag.from, lag.lag).ok();
            }
            writeln!(out, " {}", circle.first().map_or(0, |lag| lag.from)).ok();
            print(&out)
        }
        search::Answer::Scarce => print("infeasible\nresources\n"),
        search::Answer::Unknown => print("unknown\n"),
    }
}
