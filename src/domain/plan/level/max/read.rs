//! Reads projects in the format of ProGen/max (Schwindt 1998).

use super::project::{Lag, LagProject};
use crate::plan::level::psplib::Unreadable;

/// Most activities read; a larger file is refused.
const MOST: usize = 2_000;

/// Most periods of a duration or a lag.
const LONGEST: i32 = 100_000;

/// Reads a `.sch` file.
///
/// # Errors
/// The first line that does not fit.
pub fn read(text: &str) -> Result<LagProject, Unreadable> {
    let mut lines = text.lines().enumerate().filter(|(_, line)| !line.trim().is_empty());
    let mut row = |wanted: &'static str| -> Result<(usize, Vec<i32>), Unreadable> {
        let (at, line) = lines.next().ok_or(Unreadable { line: 0, wanted })?;
        // Lags stand in brackets, one a successor: with one mode each, the brackets say nothing more.
        let bare = line.replace(['[', ']'], " ");
        let numbers: Result<Vec<i32>, _> = bare.split_whitespace().map(str::parse).collect();
        let numbers = numbers.map_err(|_| Unreadable { line: at + 1, wanted })?;
        Ok((at + 1, numbers))
    };
    let (line, head) = row("n resources 0 0")?;
    let sizes = match head[..] {
        [count, resources, ..] if count >= 1 && resources >= 0 => (count as usize + 2, resources as usize),
        _ => return Err(Unreadable { line, wanted: "n resources 0 0" }),
    };
    let (count, resources) = sizes;
    if count > MOST || resources > MOST {
        return Err(Unreadable { line, wanted: "n resources 0 0" });
    }
    let mut project = LagProject::default();
    for at in 0..count {
        let wanted = "id modes #succ succ [lag]";
        let (line, numbers) = row(wanted)?;
        let bad = Unreadable { line, wanted };
        let [id, 1, successors, ref rest @ ..] = numbers[..] else { return Err(bad) };
        if id as usize != at || successors < 0 || rest.len() != 2 * successors as usize {
            return Err(bad);
        }
        let (to, lags) = rest.split_at(successors as usize);
        for (&to, &lag) in to.iter().zip(lags) {
            if to < 0 || to as usize >= count || lag.abs() > LONGEST {
                return Err(bad);
            }
            project.lags.push(Lag { from: at as u32, to: to as u32, lag });
        }
    }
    for at in 0..count {
        let wanted = "id mode duration demand";
        let (line, numbers) = row(wanted)?;
        let fits = numbers.len() == 3 + resources && numbers[0] as usize == at;
        if !fits || numbers[2..].iter().any(|&number| !(0..=LONGEST).contains(&number)) {
            return Err(Unreadable { line, wanted });
        }
        project.durations.push(numbers[2]);
        project.demands.push(numbers[3..].to_vec());
    }
    let (line, capacities) = row("capacities")?;
    if capacities.len() != resources || capacities.iter().any(|&units| units < 0) {
        return Err(Unreadable { line, wanted: "capacities" });
    }
    project.capacities = capacities;
    Ok(project)
}
