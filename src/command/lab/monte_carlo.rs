//! `fairlead lab monte-carlo`: the spread of the makespan of a PSPLIB network whose activities are delayed.

use super::{bytes, print};
use crate::command::Ended;
use clap::Args;
use domain::plan::level::{genetic, psplib};
use domain::plan::risk::{Runs, bench, delays};
use std::path::{Path, PathBuf};

/// Largest file read.
const MOST: usize = 16 << 20;
/// Schedules built for the base schedule.
const SCHEDULES: u64 = 5_000;

/// The spread of the makespan of a PSPLIB network whose activities are delayed: prints `mean`, `P50`, `P80` and `P95`
/// in periods. Each activity takes its duration plus a delay drawn by its law; the order is that of the precedence
/// relations, with `--resources` also that of a resource-feasible base schedule.
///
/// The delays are a table with a heading, separated by comma, semicolon, tab or spaces; `#` begins a remark:
///
///     activity,law,alpha,beta,min,max
///     2,beta,2,5,0,6
///
/// `activity` (also `jobnr`, `job`, `id`, `task`) numbers from 1 as in the network. `law` is `beta` (alpha, beta, min,
/// max), `pert` or `triangular` (min, mode, max), `uniform` (min, max), `normal` (mean, deviation), `exponential`
/// (mean, min) or `fixed` (value); where it is missing it follows from the columns filled in. Delays are in periods;
/// with `unit` `share`, or a beta law without min and max, in the activity's own duration. `probability` is the chance
/// to be delayed at all, 1 when missing. Activities that are not named take their duration.
#[derive(Args)]
#[command(verbatim_doc_comment)]
pub struct MonteCarlo {
    /// The `.sm` file; `-` reads the standard input.
    file: PathBuf,
    /// The table of delays.
    #[arg(long)]
    delays: PathBuf,
    /// How many runs.
    #[arg(long, default_value_t = 10_000)]
    runs: u32,
    /// The same seed gives the same figures, on any number of threads.
    #[arg(long, default_value_t = 1)]
    seed: u64,
    /// Threads; as many as there are processors when 0.
    #[arg(long, default_value_t = 0)]
    threads: usize,
    /// Keep capacities: activities also wait for those that hand them resources in a base schedule, found with the same
    /// seed and 5,000 schedules.
    #[arg(long)]
    resources: bool,
}

fn text(file: &Path) -> Result<String, Ended> {
    let bytes = bytes(file, MOST)?;
    if bytes.len() > MOST {
        return Err(Ended::Usage(format!("{}: larger than {MOST} bytes", file.display())));
    }
    String::from_utf8(bytes).map_err(|error| Ended::Usage(format!("{}: {error}", file.display())))
}

/// Simulates and prints.
pub fn run(it: &MonteCarlo) -> Result<(), Ended> {
    let project = psplib::read(&text(&it.file)?)
        .map_err(|bad| Ended::Usage(format!("{}, line {}: expected {}", it.file.display(), bad.line, bad.wanted)))?;
    let delays =
        delays::read(&text(&it.delays)?).map_err(|fault| Ended::Usage(format!("{}: {fault}", it.delays.display())))?;
    if it.runs == 0 {
        return Err(Ended::Usage("--runs must be at least 1".to_owned()));
    }
    let order = if it.resources {
        let found = genetic::search(&project, SCHEDULES, it.seed, &mut |_| true)
            .map_err(|why| Ended::Failed(format!("no schedule exists: {why:?}")))?;
        bench::flow(&project, &found.table)
    } else {
        Vec::new()
    };
    let threads = match it.threads {
        0 => std::thread::available_parallelism().map_or(1, std::num::NonZero::get),
        some => some,
    };
    let runs = Runs { runs: it.runs, seed: it.seed, threads };
    let found = bench::makespan(&project, &delays, &order, runs).map_err(|fault| Ended::Usage(fault.to_string()))?;
    print(&format!("mean {:.4}\nP50 {:.4}\nP80 {:.4}\nP95 {:.4}\n", found.mean, found.p50, found.p80, found.p95))
}
