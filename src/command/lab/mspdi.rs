//! `fairlead lab mspdi`: dates of a Microsoft Project XML file, computed from durations, links,
//! calendars, constraints and progress, as CSV.

use super::{Ended, remark};
use clap::Args;
use domain::plan::mspdi;
use std::path::PathBuf;

/// A file to compute.
#[derive(Args)]
pub struct Mspdi {
    /// Microsoft Project XML; `-` reads the standard input.
    pub file: PathBuf,
}

/// Prints one line a task; what of the file cannot be used goes to the standard error.
pub fn run(arguments: &Mspdi) -> Result<(), Ended> {
    let bytes = super::bytes(&arguments.file, mspdi::xml::MAX_BYTES)?;
    let file = mspdi::project(&bytes).map_err(|refusal| Ended::Refused(vec![refusal]))?;
    drop(bytes);
    let (dates, problems) = mspdi::schedule(&file);
    for problem in problems {
        remark(&format!("{}: {} {}\n", problem.code, problem.subject, problem.detail));
    }
    super::print(&mspdi::table(&file, &dates))
}
