//! The contingency book: what can go wrong at a show, how it is recognised, what is done first and within how long,
//! who decides, and when it is over; each with a small graph of tasks. Data: `fixtures/plan/contingency-plans.csv`
//! and `contingency-tasks.csv`.

use super::vocabulary::Function;
use crate::Bilingual;
use crate::venue::PlaceKind;
use std::sync::OnceLock;

codes! {
    /// How much is at stake.
    Level {
        /// Lives, the law or the whole show.
        L1 "L1",
        /// A part of the show.
        L2 "L2",
        /// A stand or a service.
        L3 "L3",
    }
}

/// One entry of the book.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Entry {
    /// Its code.
    pub code: String,
    /// What goes wrong.
    pub hazard: Bilingual,
    /// How it is recognised.
    pub trigger: Bilingual,
    /// What is at stake.
    pub level: Level,
    /// Kinds of places it can happen at; empty where it happens at no place.
    pub places: Vec<PlaceKind>,
    /// What is done first.
    pub first_action: Bilingual,
    /// Within so many minutes, where the book sets a limit.
    pub limit_minutes: Option<i64>,
    /// Who decides.
    pub decision_owner: Function,
    /// Who takes the decision over once they are there.
    pub hands_to: Option<Function>,
    /// When it is over.
    pub stand_down: Bilingual,
    /// The place is closed until stand-down.
    pub closes: bool,
    /// What is to be done.
    pub tasks: Vec<EntryTask>,
}

/// One task of an entry.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct EntryTask {
    /// Its number within the entry, from 1.
    pub no: usize,
    /// What to do; done is when it is done.
    pub name: Bilingual,
    /// Who does it.
    pub role: Function,
    /// How long it takes.
    pub minutes: i64,
    /// Numbers of the tasks it waits for.
    pub after: Vec<usize>,
}

impl Entry {
    /// Teams and bodies the entry calls: the deciders first, then those with tasks, each once.
    pub fn functions(&self) -> Vec<Function> {
        let mut all = vec![self.decision_owner];
        all.extend(self.hands_to);
        all.extend(self.tasks.iter().map(|task| task.role));
        let mut seen = Vec::new();
        all.retain(|one| {
            let new = !seen.contains(one);
            seen.push(*one);
            new
        });
        all
    }

    /// Whether a reader's words are all found in the entry.
    pub fn finds(&self, words: &str) -> bool {
        let wanted = crate::text::fold(words);
        let texts = [&self.hazard, &self.trigger, &self.first_action, &self.stand_down];
        let names = self.tasks.iter().map(|task| &task.name);
        let mut all = crate::text::fold(&self.code);
        for text in texts.into_iter().chain(names) {
            all.push(' ');
            all.push_str(&crate::text::fold(&text.en));
            all.push(' ');
            all.push_str(&crate::text::fold(&text.zh));
        }
        wanted.split(' ').all(|word| all.contains(word))
    }
}

/// The whole book, in its order.
pub fn book() -> &'static [Entry] {
    static ALL: OnceLock<Vec<Entry>> = OnceLock::new();
    ALL.get_or_init(|| {
        let tasks = include_str!("../../../fixtures/plan/contingency-tasks.csv");
        let entries = include_str!("../../../fixtures/plan/contingency-plans.csv");
        let read = |row: csv::StringRecord| entry(&row, tasks).expect("the built-in book is checked by a test");
        csv::Reader::from_reader(entries.as_bytes()).records().flatten().map(read).collect()
    })
}

/// The entry with this code.
pub fn find(code: &str) -> Option<&'static Entry> {
    book().iter().find(|entry| entry.code == code)
}

fn entry(row: &csv::StringRecord, tasks: &str) -> Option<Entry> {
    let cell = |at: usize| row.get(at).unwrap_or_default();
    let both = |at: usize| Bilingual::new(cell(at), cell(at + 1));
    let kinds: Option<Vec<PlaceKind>> = match cell(6) {
        "" => Some(Vec::new()),
        "any" => Some(PlaceKind::ALL.to_vec()),
        list => list.split(';').map(PlaceKind::parse).collect(),
    };
    let mut entry = Entry {
        code: cell(0).to_owned(),
        hazard: both(1),
        trigger: both(3),
        level: Level::parse(cell(5))?,
        places: kinds?,
        first_action: both(7),
        limit_minutes: if cell(9).is_empty() { None } else { Some(cell(9).parse().ok()?) },
        decision_owner: Function::parse(cell(10))?,
        hands_to: if cell(11).is_empty() { None } else { Some(Function::parse(cell(11))?) },
        stand_down: both(12),
        closes: cell(14) == "yes",
        tasks: Vec::new(),
    };
    for row in
        csv::Reader::from_reader(tasks.as_bytes()).records().flatten().filter(|row| row.get(0) == Some(&entry.code))
    {
        entry.tasks.push(task(&row)?);
    }
    Some(entry)
}

fn task(row: &csv::StringRecord) -> Option<EntryTask> {
    let cell = |at: usize| row.get(at).unwrap_or_default();
    let after: Option<Vec<usize>> = cell(6).split(';').filter(|no| !no.is_empty()).map(|no| no.parse().ok()).collect();
    Some(EntryTask {
        no: cell(1).parse().ok()?,
        name: Bilingual::new(cell(2), cell(3)),
        role: Function::parse(cell(4))?,
        minutes: cell(5).parse().ok()?,
        after: after?,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_book_is_whole() {
        assert_eq!(book().len(), 28);
        for entry in book() {
            assert!((3..=6).contains(&entry.tasks.len()), "{}", entry.code);
            for text in [&entry.hazard, &entry.trigger, &entry.first_action, &entry.stand_down] {
                assert!(
                    !text.en.is_empty() && text.zh.chars().any(crate::text::is_ideograph),
                    "{}: {text:?}",
                    entry.code
                );
            }
            for (at, task) in entry.tasks.iter().enumerate() {
                assert_eq!(task.no, at + 1, "{}", entry.code);
                assert!(
                    task.minutes > 0 && task.after.iter().all(|no| *no < task.no),
                    "{}: only earlier ones",
                    entry.code
                );
                assert!(!task.name.en.is_empty() && !task.name.zh.is_empty());
            }
        }
        let limits: Vec<_> = book().iter().filter_map(|one| Some((one.code.as_str(), one.limit_minutes?))).collect();
        assert!(limits.contains(&("K11", 1)) && limits.contains(&("K28", 240)), "{limits:?}");
    }

    #[test]
    fn entries_are_found_in_both_languages() {
        let found =
            |words: &str| book().iter().filter(|one| one.finds(words)).map(|one| one.code.as_str()).collect::<Vec<_>>();
        assert_eq!(found("蛋"), Vec::<&str>::new());
        assert!(found("火灾").contains(&"K01"));
        assert!(found("evacuate hall").contains(&"K01"));
        assert_eq!(found("").len(), 28);
    }
}
