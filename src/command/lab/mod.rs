//! `fairlead lab`: the kernels run on public file formats, so that anybody can check what they compute.
//! Nothing here touches the database.

mod monte_carlo;
mod mspdi;
mod rcpsp;

use super::{
    Ended,
    say::{print, remark},
};
use clap::Subcommand;
use std::{io::Read, path::Path};

/// What to compute.
#[derive(Subcommand)]
pub enum Command {
    /// A short schedule of a PSPLIB project.
    Rcpsp(rcpsp::Rcpsp),
    /// A short schedule of a ProGen/max project, or the proof that there is none.
    RcpspMax(rcpsp::RcpspMax),
    /// Dates of a Microsoft Project XML file, by the conventions of Microsoft Project.
    Mspdi(mspdi::Mspdi),
    /// The spread of the makespan of a PSPLIB network whose activities are delayed.
    MonteCarlo(monte_carlo::MonteCarlo),
}

/// Computes it and prints it.
pub fn run(command: Command) -> Result<(), Ended> {
    match command {
        Command::Rcpsp(it) => rcpsp::rcpsp(&it),
        Command::RcpspMax(it) => rcpsp::rcpsp_max(&it),
        Command::Mspdi(it) => mspdi::run(&it),
        Command::MonteCarlo(it) => monte_carlo::run(&it),
    }
}

/// The bytes of a file, or of the standard input when it is called `-`.
pub fn bytes(file: &Path, most: usize) -> Result<Vec<u8>, Ended> {
    let failed = |error: std::io::Error| Ended::Usage(format!("{}: {error}", file.display()));
    let mut bytes = Vec::new();
    let limit = most as u64 + 1;
    if file == Path::new("-") {
        std::io::stdin().lock().take(limit).read_to_end(&mut bytes).map_err(failed)?;
    } else {
        std::fs::File::open(file).map_err(failed)?.take(limit).read_to_end(&mut bytes).map_err(failed)?;
    }
    Ok(bytes)
}
