//! Compares what we compute with what Microsoft Project stored, file by file. The files are not part of
//! the project: without them the test says that it skipped. `FAIRLEAD_MSPDI` names another folder,
//! `FAIRLEAD_MSPDI_SHOW` prints every date that differs.

use super::model::{FileTask, Project, TICK};
use super::passes::Dates;
use super::read::{minutes, written};
use std::path::{Path, PathBuf};

const FIELDS: [&str; 7] = ["start", "finish", "es", "ef", "ls", "lf", "slack"];

fn folder() -> PathBuf {
    std::env::var_os("FAIRLEAD_MSPDI").map_or_else(
        || Path::new(env!("CARGO_MANIFEST_DIR")).join("../../../shared/data/benchmarks/mspdi"),
        PathBuf::from,
    )
}

fn leaf(task: &FileTask) -> bool {
    !task.summary && !task.null && task.uid != 0 && task.stored.start.is_some()
}

/// (ours, stored) of every field.
fn pairs(task: &FileTask, dates: &Dates, at: usize) -> [(i64, Option<i64>); 7] {
    let stored = &task.stored;
    [
        (dates.start[at], stored.start),
        (dates.finish[at], stored.finish),
        (dates.early_start[at], stored.early_start),
        (dates.early_finish[at], stored.early_finish),
        (dates.late_start[at], stored.late_start),
        (dates.late_finish[at], stored.late_finish),
        (dates.total_slack[at], stored.total_slack),
    ]
}

fn same(field: usize, ours: i64, stored: i64) -> bool {
    match field {
        6 => (ours - stored).abs() < TICK,
        _ => minutes(ours) == minutes(stored),
    }
}

fn show(file: &Project, dates: &Dates, name: &str) {
    for (at, task) in file.tasks.iter().enumerate().filter(|(_, task)| leaf(task)) {
        let wrong: Vec<String> = pairs(task, dates, at)
            .into_iter()
            .enumerate()
            .filter_map(|(field, (ours, stored))| {
                let stored = stored?;
                (!same(field, ours, stored)).then(|| match field {
                    6 => format!("{} {ours} for {stored}", FIELDS[field]),
                    _ => format!("{} {} for {}", FIELDS[field], written(ours), written(stored)),
                })
            })
            .collect();
        if !wrong.is_empty() {
            println!("  {name} uid {} {:?}: {}", task.uid, task.name, wrong.join(", "));
        }
    }
}

#[test]
fn dates_of_real_files_to_the_minute() {
    let folder = folder();
    let Ok(entries) = std::fs::read_dir(&folder) else {
        println!("skipped: no files in {}", folder.display());
        return;
    };
    let mut files: Vec<PathBuf> = entries.flatten().map(|entry| entry.path()).collect();
    files.retain(|path| path.extension().is_some_and(|ending| ending.eq_ignore_ascii_case("xml")));
    files.sort();
    let detail = std::env::var_os("FAIRLEAD_MSPDI_SHOW").is_some();
    let (mut leaves, mut both, mut right, mut known) = (0, 0, [0; 7], [0; 7]);
    for path in files {
        let name = path.file_stem().unwrap_or_default().to_string_lossy().into_owned();
        let bytes = std::fs::read(&path).expect("a readable file");
        let file = match super::project(&bytes) {
            Ok(file) => file,
            Err(refusal) => {
                println!("{name}: refused, {} {:?}", refusal.code, refusal.params);
                continue;
            }
        };
        let (dates, problems) = super::schedule(&file);
        let (mut count, mut hits) = (0, 0);
        for (at, task) in file.tasks.iter().enumerate().filter(|(_, task)| leaf(task)) {
            count += 1;
            let mut fits = [true; 7];
            for (field, (ours, stored)) in pairs(task, &dates, at).into_iter().enumerate() {
                let Some(stored) = stored else { continue };
                fits[field] = same(field, ours, stored);
                known[field] += 1;
                right[field] += usize::from(fits[field]);
            }
            hits += usize::from(fits[0] && fits[1]);
        }
        leaves += count;
        both += hits;
        println!("{name}: {hits} of {count} leaf tasks, {} problems", problems.len());
        if detail {
            show(&file, &dates, &name);
        }
    }
    println!("all: start and finish right for {both} of {leaves} leaf tasks");
    for (field, name) in FIELDS.iter().enumerate() {
        println!("{name}: {} of {}", right[field], known[field]);
    }
}
