//! Tables against a small plan.

use super::*;
use crate::plan::board::Board;
use crate::plan::revision::{ChangeSet, samples};
use crate::plan::view::Names;

fn board() -> Board {
    Board::of(samples::sheet(), Names::default(), samples::around().now).expect("no ring")
}

fn grid(text: &str) -> Grid {
    let mut lines = text.lines().map(|line| line.split('|').map(|cell| cell.trim().to_owned()).collect::<Vec<_>>());
    let heads = lines.next().expect("headings");
    Grid { heads, rows: (2..).zip(lines).collect() }
}

fn judged(text: &str) -> (Imported, Vec<String>) {
    let grid = grid(text);
    let words = Vocabulary { phases: vec![("展中".into(), Phase::OnSite)], ..Vocabulary::default() };
    let mapping = guess(&grid.heads);
    let imported = read(&board(), &grid, &mapping, &words, &samples::around(), &mut samples::Count(9_000));
    let said = imported.lines.iter().map(|line| {
        let verdict = match &line.verdict {
            Verdict::New => "new".to_owned(),
            Verdict::Changed(fields) => format!("changed {}", fields.join(",")),
            Verdict::Unchanged => "unchanged".to_owned(),
            Verdict::Rejected(refusals) => {
                let codes: Vec<&str> = refusals.iter().map(|one| one.code.as_str()).collect();
                format!("rejected {}", codes.join(","))
            }
        };
        format!("{} {verdict}", line.code)
    });
    let said = said.collect();
    (imported, said)
}

#[test]
fn headings_are_known_in_both_languages() {
    let heads = ["编号", "任务名称", "Start_Date", "工期", "前置任务", "Colour", "Duration"].map(str::to_owned);
    let found = guess(&heads);
    let expected = [
        Some(ImportField::Code),
        Some(ImportField::Name),
        Some(ImportField::Start),
        Some(ImportField::Duration),
        Some(ImportField::Predecessors),
        None,
        None,
    ];
    assert_eq!(found, expected, "nothing is filled twice");
}

#[test]
fn every_row_is_judged_on_its_own() {
    let (imported, said) = judged(
        "Code|Task|Duration|Waits for|Owner|Phase
         A01|Task 1|1||
         A02|Task 2|3 d||Anna Weber
         A03|任务三|1|A01 SS+50%; A02 FS|
         |Fresh|2|A03|
         A20|Twenty|soon||Nobody|Atlantis
         A02|Twice|1||",
    );
    assert_eq!(
        said[..5],
        [
            "A01 unchanged",
            "A02 changed duration,owner",
            "A03 changed name,links",
            "A09 new",
            "A20 rejected table-word,task-not-on-team,table-duration",
        ]
    );
    assert_eq!(said[5], "A02 rejected table-code-twice");
    let order: Vec<&str> = imported.sheet.tasks.iter().map(|task| task.code.as_str()).collect();
    assert_eq!(order[2..5], ["A03", "A09", "A04"], "below the row it stands below");
    let mut sorted = imported.sheet.clone();
    sorted.sort();
    assert_eq!(sorted.tasks, imported.sheet.tasks, "the order is the one that is stored");
    assert!(imported.sheet.compute().is_ok());
}

#[test]
fn rings_and_loose_ends_are_rejected_with_their_rows() {
    let (imported, said) = judged(
        "code|predecessors|duration
         A01|A03|5
         A02|X99 FS|7
         A04|A03 FS+1|4",
    );
    assert_eq!(said, ["A01 rejected plan-cycle", "A02 rejected plan-unknown-task", "A04 changed duration,links"]);
    let Verdict::Rejected(refusals) = &imported.lines[0].verdict else { panic!("a ring") };
    assert!(refusals[0].params[0].1.contains("A01"), "task by task: {refusals:?}");
    assert!(imported.sheet.compute().is_ok(), "what is left can be planned");
    assert_eq!(imported.sheet.tasks[0].duration, crate::plan::DAY, "a rejected row leaves its task alone");
}

#[test]
fn the_same_table_again_changes_nothing() {
    let text = "编号|任务|阶段|工期|前置任务
         A01|任务一|展中|2.5|
         A05|New name|展中|1|A01 FS+2ed";
    let (imported, said) = judged(text);
    assert_eq!(
        said,
        ["A01 changed duration,name,phase", "A05 changed links,name,phase"].map(|one| {
            let (code, fields) = one.split_once(" changed ").expect("changed");
            let mut fields: Vec<&str> = fields.split(',').collect();
            let order = ["name", "phase", "duration", "links"];
            fields.sort_by_key(|field| order.iter().position(|one| one == field));
            format!("{code} changed {}", fields.join(","))
        })
    );
    let board = Board::of(imported.sheet, Names::default(), samples::around().now).expect("no ring");
    let grid = grid(text);
    let words = Vocabulary { phases: vec![("展中".into(), Phase::OnSite)], ..Vocabulary::default() };
    let again = read(&board, &grid, &guess(&grid.heads), &words, &samples::around(), &mut samples::Count(9_900));
    assert!(again.lines.iter().all(|line| line.verdict == Verdict::Unchanged), "{:?}", again.lines);
    assert!(ChangeSet::between(&board.sheet, &again.sheet).is_empty());
}
