//! The lines of the Gantt: tasks under the headings a person groups them by, folded where asked for.

use std::borrow::Cow;
use std::collections::{HashMap, HashSet};

use domain::plan::TaskState;
use domain::plan::view::Row;

use super::super::words;
use crate::Lang;

/// What the lines are grouped by.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Grouping {
    /// Phase of the event.
    Phase,
    /// Stage within the phase: the finest the template knows.
    #[default]
    Stage,
    /// Where it happens.
    Place,
    /// Who answers for it.
    Owner,
    /// Not at all: plan order.
    Flat,
}

impl Grouping {
    /// Every grouping that has headings.
    pub const ALL: [Grouping; 5] = [Grouping::Stage, Grouping::Phase, Grouping::Place, Grouping::Owner, Grouping::Flat];

    /// The spelling in the address.
    pub const fn code(self) -> &'static str {
        match self {
            Grouping::Phase => "phase",
            Grouping::Stage => "stage",
            Grouping::Place => "place",
            Grouping::Owner => "owner",
            Grouping::Flat => "flat",
        }
    }

    /// Reads the spelling in the address; stages for anything else.
    pub fn parse(code: &str) -> Self {
        Self::ALL.into_iter().find(|one| one.code() == code).unwrap_or_default()
    }

    /// A stable name of the group a row belongs to.
    fn key(self, row: &Row) -> Cow<'_, str> {
        match self {
            Grouping::Flat => "".into(),
            Grouping::Phase => row.phase.code().into(),
            Grouping::Stage => format!("{}.{}", row.phase.code(), row.stage.en).into(),
            Grouping::Place => {
                row.place.as_ref().map_or_else(|| row.place_kind.code().into(), |name| name.en.as_str().into())
            }
            Grouping::Owner => match &row.owner {
                Some(person) => person.id.to_string().into(),
                None => row.role.code().into(),
            },
        }
    }

    /// The words for the group a row belongs to.
    fn words(self, lang: Lang, row: &Row) -> String {
        let phase = || lang.term("plan-phase", row.phase.code());
        match self {
            Grouping::Flat => String::new(),
            Grouping::Phase => phase(),
            Grouping::Stage => format!("{} · {}", phase(), row.stage.get(lang.locale())),
            Grouping::Place => words::place(lang, row),
            Grouping::Owner => words::owner(lang, row),
        }
    }
}

/// A heading with what its tasks come to.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Group {
    /// Stable name, for folding.
    pub(super) key: String,
    /// Words.
    pub(super) name: String,
    /// Its tasks are shown.
    pub(super) open: bool,
    /// First start of its tasks.
    pub(super) start: i64,
    /// Last finish.
    pub(super) finish: i64,
    /// How many tasks.
    pub(super) count: usize,
    /// Percent done, by planned duration.
    pub(super) percent: i64,
    /// One of its tasks is critical.
    pub(super) critical: bool,
    /// Tasks that are late.
    pub(super) late: usize,
}

/// A line of the picture.
#[derive(Debug, Clone)]
pub(super) enum Line<'a> {
    /// A heading.
    Group(Group),
    /// A task with its position in the plan.
    Task(usize, &'a Row),
}

/// Which groups are shut.
pub(super) struct Folding<'a> {
    /// Named in the address as shut.
    pub(super) shut: &'a [String],
    /// Named in the address as open, where everything is shut at first.
    pub(super) open: &'a [String],
    /// A plan too long for one page begins with its headings.
    pub(super) all_shut: bool,
}

impl Folding<'_> {
    fn is_open(&self, key: &str) -> bool {
        let named = |list: &[String]| list.iter().any(|one| one == key);
        if self.all_shut { named(self.open) } else { !named(self.shut) }
    }
}

/// The lines of some rows. Groups stand in the order of their first task in the plan; within a
/// group the plan's order holds.
pub(super) fn lines<'a>(
    lang: Lang,
    rows: &[(usize, &'a Row)],
    grouping: Grouping,
    folding: &Folding<'_>,
) -> Vec<Line<'a>> {
    if grouping == Grouping::Flat {
        return rows.iter().map(|(position, row)| Line::Task(*position, row)).collect();
    }
    let mut order: Vec<String> = Vec::new();
    let mut places: HashMap<Cow<'_, str>, usize> = HashMap::new();
    let mut members: Vec<Vec<(usize, &Row)>> = Vec::new();
    for &(position, row) in rows {
        let key = grouping.key(row);
        let at = match places.get(&key) {
            Some(at) => *at,
            None => {
                order.push(key.to_string());
                members.push(Vec::new());
                places.insert(key, members.len() - 1);
                members.len() - 1
            }
        };
        members[at].push((position, row));
    }
    let mut lines = Vec::with_capacity(rows.len() + order.len());
    for (key, rows) in order.into_iter().zip(members) {
        let open = folding.is_open(&key);
        let name = rows.first().map(|(_, row)| grouping.words(lang, row)).unwrap_or_default();
        lines.push(Line::Group(group(key, name, open, &rows)));
        if open {
            lines.extend(rows.into_iter().map(|(position, row)| Line::Task(position, row)));
        }
    }
    lines
}

fn group(key: String, name: String, open: bool, rows: &[(usize, &Row)]) -> Group {
    let weight = |row: &Row| row.duration.max(1);
    let done = |row: &Row| if row.state.is_done() { 100 } else { i64::from(row.percent.clamp(0, 100)) };
    let live = || rows.iter().map(|(_, row)| *row).filter(|row| row.state != TaskState::Cancelled);
    let (all, through) =
        live().fold((0, 0), |(all, through), row| (all + weight(row), through + weight(row) * done(row)));
    Group {
        key,
        name,
        open,
        start: rows.iter().map(|(_, row)| row.start).min().unwrap_or_default(),
        finish: rows.iter().map(|(_, row)| row.finish).max().unwrap_or_default(),
        count: rows.len(),
        percent: if all > 0 { through / all } else { 0 },
        critical: live().any(|row| row.critical && !row.state.is_done()),
        late: live().filter(|row| row.late).count(),
    }
}

/// Codes of the tasks on the way to opening, for looking up.
pub(super) fn on_path(path: &[String]) -> HashSet<&str> {
    path.iter().map(String::as_str).collect()
}
