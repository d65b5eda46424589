//! Reads single-mode projects in the format of PSPLIB (Kolisch and Sprecher 1997).

use super::project::Project;

/// Why a text is no PSPLIB project.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Unreadable {
    /// The line, counted from 1; 0 when something is missing altogether.
    pub line: usize,
    /// What was looked for, as the format names it.
    pub wanted: &'static str,
}

/// Most activities read; a larger file is refused.
const MOST: usize = 20_000;

/// Most periods all durations add up to: profiles are laid out over them.
const LONGEST: u64 = 4_000_000;

/// Reads a `.sm` file.
///
/// # Errors
/// The first line that does not fit.
pub fn read(text: &str) -> Result<Project, Unreadable> {
    let lines: Vec<&str> = text.lines().collect();
    let section = |name: &'static str| {
        let found = lines.iter().position(|line| line.starts_with(name));
        found.ok_or(Unreadable { line: 0, wanted: name })
    };
    let jobs = lines.iter().position(|line| line.starts_with("jobs")).ok_or(Unreadable { line: 0, wanted: "jobs" })?;
    let count = lines[jobs].rsplit(':').next().and_then(|text| text.trim().parse::<usize>().ok());
    let count =
        count.filter(|count| (1..=MOST).contains(count)).ok_or(Unreadable { line: jobs + 1, wanted: "jobs" })?;
    let row = |at: usize, wanted: &'static str| -> Result<Vec<u32>, Unreadable> {
        let line = lines.get(at).ok_or(Unreadable { line: at + 1, wanted })?;
        let numbers: Result<Vec<u32>, _> = line.split_whitespace().map(str::parse).collect();
        numbers.ok().filter(|row| !row.is_empty()).ok_or(Unreadable { line: at + 1, wanted })
    };
    let mut project = Project::default();
    let first = section("PRECEDENCE RELATIONS")? + 2;
    for at in 0..count {
        let bad = Unreadable { line: first + at + 1, wanted: "PRECEDENCE RELATIONS" };
        let numbers = row(first + at, bad.wanted)?;
        let fits = numbers.len() >= 3 && numbers[0] as usize == at + 1 && numbers[1] == 1;
        let successors = numbers.get(3..).unwrap_or_default();
        let known = successors.iter().all(|&to| to >= 1 && to as usize <= count && to as usize != at + 1);
        if !fits || successors.len() != numbers[2] as usize || !known {
            return Err(bad);
        }
        project.successors.push(successors.iter().map(|to| to - 1).collect());
    }
    let first = section("REQUESTS/DURATIONS")? + 3;
    for at in 0..count {
        let numbers = row(first + at, "REQUESTS/DURATIONS")?;
        if numbers.len() < 3 || numbers[0] as usize != at + 1 {
            return Err(Unreadable { line: first + at + 1, wanted: "REQUESTS/DURATIONS" });
        }
        project.durations.push(numbers[2]);
        project.demands.push(numbers[3..].to_vec());
    }
    if project.durations.iter().map(|&duration| u64::from(duration)).sum::<u64>() > LONGEST {
        return Err(Unreadable { line: first + 1, wanted: "REQUESTS/DURATIONS" });
    }
    let at = section("RESOURCEAVAILABILITIES")? + 2;
    project.capacities = row(at, "RESOURCEAVAILABILITIES")?;
    let resources = project.capacities.len();
    if let Some(odd) = project.demands.iter().position(|demand| demand.len() != resources) {
        return Err(Unreadable { line: first + odd + 1, wanted: "REQUESTS/DURATIONS" });
    }
    Ok(project)
}
