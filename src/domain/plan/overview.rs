//! What the overview shows: filter, order and columns as they stand in its address.

use super::revision::write_link;
use super::sheet::Sheet;
use super::task::LinkOrigin;
use super::view::{Board, Row};
use crate::TaskId;
use serde::{Deserialize, Serialize};
use std::cmp::Ordering;
use std::collections::HashMap;

/// Rows of a page; a larger plan is leafed through.
const PAGE: usize = 1_000;

/// What the overview shows; lives in the address.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Filter {
    /// Words in code, name, objective, done-when.
    pub q: String,
    /// Phase code.
    pub phase: String,
    /// State code.
    pub state: String,
    /// User id, or `none`.
    pub owner: String,
    /// Place id, `none`, or a kind of place.
    pub place: String,
    /// `critical`, `near`, `late`, `path`, `unnamed` (checker or confirmer missing), `deviations`.
    pub only: String,
    /// Column to sort by, `-` before it for the other way; plan order when empty.
    pub sort: String,
    /// Position the page begins at.
    pub from: String,
    /// Columns; the usual ones when empty.
    pub col: Vec<String>,
}

codes! {
    /// A column of the overview that can be left out. Code and name always stand.
    Column {
        /// What the task is for.
        Objective "objective",
        /// The team.
        Role "role",
        /// Who answers for it.
        Owner "owner",
        /// Where.
        Place "place",
        /// First day.
        Start "start",
        /// Last day.
        Finish "finish",
        /// Days of work.
        Duration "duration",
        /// Wanted last day.
        Deadline "deadline",
        /// Total float.
        Float "float",
        /// What it waits for.
        Predecessors "predecessors",
        /// When it is done.
        DoneWhen "done_when",
        /// Who measures.
        Checker "checker",
        /// Who signs.
        Confirmer "confirmer",
        /// How far.
        Percent "percent",
        /// Who goes first.
        Priority "priority",
        /// Working calendar.
        Calendar "calendar",
        /// Where it stands.
        State "state",
    }
}

impl Column {
    /// What the classic sheet shows.
    pub const USUAL: &'static [Column] = &[
        Column::Objective,
        Column::Owner,
        Column::Place,
        Column::Start,
        Column::Finish,
        Column::DoneWhen,
        Column::Checker,
        Column::State,
    ];
}

impl Filter {
    /// The columns shown, in their fixed order.
    pub fn columns(&self) -> Vec<Column> {
        let chosen: Vec<Column> =
            Column::ALL.iter().copied().filter(|column| self.col.iter().any(|code| code == column.code())).collect();
        if chosen.is_empty() { Column::USUAL.to_vec() } else { chosen }
    }

    /// The filter as it stands in an address.
    pub fn pairs(&self) -> Vec<(&str, &str)> {
        let mut pairs = vec![
            ("q", self.q.as_str()),
            ("phase", &self.phase),
            ("state", &self.state),
            ("owner", &self.owner),
            ("place", &self.place),
            ("only", &self.only),
            ("sort", &self.sort),
        ];
        pairs.extend(self.col.iter().map(|code| ("col", code.as_str())));
        pairs
    }

    /// Whether anything is left out.
    pub fn is_active(&self) -> bool {
        let all = [&self.q, &self.phase, &self.state, &self.owner, &self.place, &self.only];
        all.iter().any(|text| !text.is_empty())
    }

    /// Whether a row is shown; `path` are the codes on the critical path to the opening.
    pub fn shows(&self, row: &Row, path: &[String]) -> bool {
        let owner = match self.owner.as_str() {
            "" => true,
            "none" => row.owner.is_none(),
            id => row.owner.as_ref().is_some_and(|person| person.id.to_string() == id),
        };
        let place = match self.place.as_str() {
            "" => true,
            "none" => row.place.is_none(),
            name => {
                let named = row.place.as_ref().is_some_and(|place| place.en == name || place.zh == name);
                named || row.place_kind.code() == name
            }
        };
        let only = match self.only.as_str() {
            "critical" => row.critical,
            "near" => row.is_near_critical(),
            "late" => row.late,
            "path" => path.contains(&row.code),
            "unnamed" => row.owner.is_none() || row.checker.is_none() || row.confirmer.is_none(),
            "deviations" => row.deviations > 0,
            _ => true,
        };
        let phase = self.phase.is_empty() || row.phase.code() == self.phase;
        let state = self.state.is_empty() || row.state.code() == self.state;
        phase && state && owner && place && only && self.finds(row)
    }

    fn finds(&self, row: &Row) -> bool {
        let wanted = crate::text::fold(&self.q);
        if wanted.is_empty() {
            return true;
        }
        let owner = row.owner.as_ref().map_or("", |person| person.name.as_str());
        let words = [&row.objective.en, &row.objective.zh, &row.done_when.en, &row.done_when.zh];
        let own = [&*row.code, &row.name.en, &row.name.zh, owner];
        let all: Vec<String> =
            own.into_iter().chain(words.into_iter().map(String::as_str)).map(crate::text::fold).collect();
        wanted.split(' ').all(|word| all.iter().any(|text| text.contains(word)))
    }

    /// Positions of all rows shown, in the order asked for.
    pub fn positions(&self, board: &Board) -> Vec<usize> {
        let rows = &board.rows;
        let mut shown: Vec<usize> = (0..rows.len()).filter(|&at| self.shows(&rows[at], &board.head.path)).collect();
        if let Some((column, falling)) = self.order() {
            // Stable: what is alike stays in plan order.
            shown.sort_by(|&a, &b| {
                let order = compare(board, column, a, b);
                if falling { order.reverse() } else { order }
            });
        }
        shown
    }

    /// The positions of this page, and where the next one begins.
    pub fn page<'a>(&self, shown: &'a [usize]) -> (&'a [usize], Option<usize>) {
        let from = self.from.parse::<usize>().unwrap_or(0).min(shown.len());
        let until = (from + PAGE).min(shown.len());
        (&shown[from..until], (until < shown.len()).then_some(until))
    }

    /// The column sorted by, and whether it falls.
    pub fn order(&self) -> Option<(&str, bool)> {
        match self.sort.strip_prefix('-') {
            _ if self.sort.is_empty() => None,
            Some(column) => Some((column, true)),
            None => Some((&self.sort, false)),
        }
    }

    /// The filter that sorts by a column: rising first, then falling, then plan order again.
    #[must_use]
    pub fn sorted_by(&self, column: &str) -> Filter {
        let sort = match self.order() {
            Some((now, false)) if now == column => format!("-{column}"),
            Some((now, true)) if now == column => String::new(),
            _ => column.to_owned(),
        };
        Filter { sort, from: String::new(), ..self.clone() }
    }
}

/// Empty values come last whichever way they are sorted first; people by name, states by their place in the loop.
fn compare(board: &Board, column: &str, a: usize, b: usize) -> Ordering {
    let (x, y) = (&board.rows[a], &board.rows[b]);
    let person = |one: &Option<super::view::Person>| one.as_ref().map(|person| person.name.clone());
    let last = |one: Option<String>| (one.is_none(), one.unwrap_or_default());
    match column {
        "code" => natural(&x.code).cmp(&natural(&y.code)),
        "name" => crate::text::sort_key(&x.name.en).cmp(&crate::text::sort_key(&y.name.en)),
        "role" => x.role.cmp(&y.role),
        "owner" => last(person(&x.owner)).cmp(&last(person(&y.owner))),
        "checker" => last(person(&x.checker)).cmp(&last(person(&y.checker))),
        "confirmer" => last(person(&x.confirmer)).cmp(&last(person(&y.confirmer))),
        "place" => {
            last(x.place.as_ref().map(|one| one.en.clone())).cmp(&last(y.place.as_ref().map(|one| one.en.clone())))
        }
        "start" => x.start.cmp(&y.start),
        "finish" => x.finish.cmp(&y.finish),
        "duration" => x.duration.cmp(&y.duration),
        "deadline" => (x.deadline_on.is_none(), x.deadline_on).cmp(&(y.deadline_on.is_none(), y.deadline_on)),
        "float" => x.total_float.cmp(&y.total_float),
        "percent" => x.percent.cmp(&y.percent),
        "priority" => board.sheet.tasks[a].priority.cmp(&board.sheet.tasks[b].priority),
        "state" => x.state.cmp(&y.state),
        _ => Ordering::Equal,
    }
}

/// `B2` before `B10`.
fn natural(code: &str) -> (String, u64, String) {
    let stem: String = code.chars().take_while(|c| !c.is_ascii_digit()).collect();
    let rest = &code[stem.len()..];
    let digits: String = rest.chars().take_while(char::is_ascii_digit).collect();
    let tail = rest[digits.len()..].to_owned();
    (stem, digits.parse().unwrap_or(0), tail)
}

/// What each task waits for by hard logic, as people write it, in plan order.
pub fn predecessors(sheet: &Sheet) -> Vec<String> {
    let index: HashMap<TaskId, usize> = sheet.tasks.iter().enumerate().map(|(at, task)| (task.id, at)).collect();
    let mut texts = vec![String::new(); sheet.tasks.len()];
    for link in sheet.links.iter().filter(|link| link.origin == LinkOrigin::Logic) {
        if let (Some(&from), Some(&to)) = (index.get(&link.from), index.get(&link.to)) {
            let text = &mut texts[to];
            if !text.is_empty() {
                text.push_str("; ");
            }
            text.push_str(&write_link(&sheet.tasks[from].code, link));
        }
    }
    texts
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sorting_goes_round_in_three_steps() {
        let plain = Filter { from: "1000".into(), ..Filter::default() };
        let rising = plain.sorted_by("start");
        assert_eq!((rising.order(), rising.from.as_str()), (Some(("start", false)), ""));
        assert_eq!(rising.sorted_by("start").order(), Some(("start", true)));
        assert_eq!(rising.sorted_by("start").sorted_by("start").order(), None);
        assert_eq!(rising.sorted_by("name").order(), Some(("name", false)));
        assert!(natural("B2") < natural("B10"));
    }
}
