//! Plan templates: tables of tasks with offsets from opening day D0, read from CSV.
//!
//! A template that cannot be planned is refused as a whole, with everything that is wrong in it:
//! every bad row by line and code, every dangling link and every cycle task by task.

use super::calendar::DAY;
use super::criterion::{Criterion, criteria};
use super::network::{Activity, Lag, LinkKind, NamedLink, Network, NetworkFault, PlanInput, resolve};
use super::vocabulary::{Function, Phase, PlaceKind};
use crate::Bilingual;
use serde::{Deserialize, Serialize};
use std::sync::OnceLock;

/// A plan template, parsed and known to be free of cycles and dangling links.
#[derive(Debug, Clone, PartialEq)]
pub struct Template {
    /// Stable code, as editions store it.
    pub code: String,
    /// Name.
    pub name: Bilingual,
    /// Code of the task whose start is the opening (D0).
    pub opening: String,
    /// Tasks in the order of the file.
    pub tasks: Vec<TemplateTask>,
    /// Links between them.
    pub links: Vec<NamedLink>,
}

/// One row of a template.
#[derive(Debug, Clone, PartialEq)]
pub struct TemplateTask {
    /// Code, unique in the template.
    pub code: String,
    /// Name.
    pub name: Bilingual,
    /// Phase of the event.
    pub phase: Phase,
    /// Stage within the phase.
    pub stage: Bilingual,
    /// First day, counted from D0.
    pub offset_days: i64,
    /// Calendar days.
    pub duration_days: i64,
    /// Kind of place.
    pub place: PlaceKind,
    /// Who does it.
    pub role: Function,
    /// Who confirms it.
    pub confirmer: Function,
    /// The sentence.
    pub done_when: String,
    /// The criteria in it.
    pub criteria: Vec<Criterion>,
    /// The criteria in Chinese, in the same order, as far as the notes have them.
    pub criteria_zh: Vec<String>,
    /// The sentence in Chinese, from the notes.
    pub done_when_zh: String,
    /// What the task is for, from the notes.
    pub objective: Bilingual,
}

/// What is wrong with a template file.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case", tag = "fault")]
pub enum TemplateFault {
    /// The file is not a table with the wanted columns.
    Columns {
        /// Columns that are missing.
        missing: Vec<String>,
    },
    /// A cell cannot be read.
    Cell {
        /// Line of the file.
        line: u64,
        /// Code of the row, as far as it has one.
        code: String,
        /// Column.
        column: String,
        /// What stood there.
        value: String,
    },
    /// The graph is faulty.
    Network(NetworkFault),
    /// The opening task does not exist.
    NoOpening {
        /// The code looked for.
        code: String,
    },
}

const COLUMNS: [&str; 12] = [
    "phase",
    "stage",
    "code",
    "name_en",
    "name_zh",
    "start_offset_days",
    "duration_days",
    "predecessors",
    "place",
    "role",
    "done_when",
    "confirmed_by",
];

/// The templates that come with the product.
pub fn templates() -> &'static [Template] {
    static ALL: OnceLock<Vec<Template>> = OnceLock::new();
    ALL.get_or_init(|| {
        const FILES: [(&str, &str, &str); 2] = [
            (
                "trade-show",
                include_str!("../../../fixtures/plan/trade-show.csv"),
                include_str!("../../../fixtures/plan/trade-show-notes.csv"),
            ),
            ("conference", include_str!("../../../fixtures/plan/conference.csv"), ""),
        ];
        let index = include_str!("../../../fixtures/plan/templates.csv");
        let mut rows = csv::Reader::from_reader(index.as_bytes());
        let mut all = Vec::new();
        for row in rows.records().flatten() {
            let cell = |at: usize| row.get(at).unwrap_or_default().to_owned();
            let (file, notes) =
                FILES.iter().find(|(code, ..)| *code == cell(0)).map_or(("", ""), |(_, file, notes)| (file, notes));
            let parsed = Template::parse(&cell(0), Bilingual::new(cell(1), cell(2)), &cell(3), file);
            let mut template = parsed.expect("the built-in templates are checked by a test");
            template.annotate(notes);
            all.push(template);
        }
        all
    })
}

/// The built-in template with this code.
pub fn template(code: &str) -> Option<&'static Template> {
    templates().iter().find(|template| template.code == code)
}

impl Template {
    /// Adds what the classic table has no column for: objectives, and criteria in Chinese.
    fn annotate(&mut self, notes: &str) {
        let mut rows = csv::Reader::from_reader(notes.as_bytes());
        for row in rows.records().flatten() {
            let cell = |at: usize| row.get(at).unwrap_or_default().trim();
            let Some(task) = self.tasks.iter_mut().find(|task| task.code == cell(0)) else { continue };
            task.objective = Bilingual::new(cell(1), cell(2));
            task.done_when_zh = cell(3).to_owned();
            task.criteria_zh = cell(3).split('；').map(|part| part.trim().to_owned()).collect();
        }
    }

    /// The row with this code.
    pub fn task(&self, code: &str) -> Option<&TemplateTask> {
        self.tasks.iter().find(|task| task.code == code)
    }

    /// Reads a template from CSV.
    ///
    /// # Errors
    /// Everything that is wrong with the file.
    pub fn parse(code: &str, name: Bilingual, opening: &str, text: &str) -> Result<Template, Vec<TemplateFault>> {
        let mut reader = csv::ReaderBuilder::new().flexible(true).from_reader(text.as_bytes());
        let headers = reader.headers().cloned().unwrap_or_default();
        let place_of =
            |name: &str| headers.iter().position(|header| header.trim().trim_start_matches('\u{feff}') == name);
        let missing: Vec<String> =
            COLUMNS.iter().filter(|name| place_of(name).is_none()).map(|name| (*name).to_owned()).collect();
        if !missing.is_empty() {
            return Err(vec![TemplateFault::Columns { missing }]);
        }
        let at: Vec<usize> = COLUMNS.iter().filter_map(|name| place_of(name)).collect();
        let mut read = Rows { faults: Vec::new(), tasks: Vec::new(), links: Vec::new() };
        for (number, record) in reader.records().enumerate() {
            match record {
                Ok(record) => {
                    let line = record.position().map_or(number as u64 + 2, csv::Position::line);
                    let cells: Vec<&str> = at.iter().map(|&at| record.get(at).unwrap_or("").trim()).collect();
                    read.row(line, &cells);
                }
                Err(_) => read.fault(number as u64 + 2, "", "row", ""),
            }
        }
        let Rows { mut faults, tasks, links } = read;
        if !tasks.iter().any(|task| task.code == opening) {
            faults.push(TemplateFault::NoOpening { code: opening.to_owned() });
        }
        faults.extend(graph_faults(&tasks, &links).into_iter().map(TemplateFault::Network));
        if !faults.is_empty() {
            return Err(faults);
        }
        Ok(Template { code: code.to_owned(), name, opening: opening.to_owned(), tasks, links })
    }
}

/// Cycles are looked for among the links that do resolve, so that one bad code hides nothing.
fn graph_faults(tasks: &[TemplateTask], links: &[NamedLink]) -> Vec<NetworkFault> {
    let mut input = PlanInput::new(0);
    input.activities = tasks.iter().map(|task| Activity::task(&task.code, task.duration_days * DAY)).collect();
    let mut faults = Vec::new();
    let known = match resolve(&input.activities, links) {
        Ok(resolved) => resolved,
        Err(found) => {
            faults = found;
            let exists = |code: &str| tasks.iter().any(|task| task.code == code);
            let sound: Vec<NamedLink> =
                links.iter().filter(|link| exists(&link.from) && exists(&link.to)).cloned().collect();
            input.activities.sort_by(|a, b| a.code.cmp(&b.code));
            input.activities.dedup_by(|a, b| a.code == b.code);
            resolve(&input.activities, &sound).unwrap_or_default()
        }
    };
    input.links = known;
    if let Err(cycles) = Network::build(input) {
        faults.extend(cycles);
    }
    faults
}

struct Rows {
    faults: Vec<TemplateFault>,
    tasks: Vec<TemplateTask>,
    links: Vec<NamedLink>,
}

impl Rows {
    fn fault(&mut self, line: u64, code: &str, column: &str, value: &str) {
        self.faults.push(TemplateFault::Cell {
            line,
            code: code.to_owned(),
            column: column.to_owned(),
            value: value.to_owned(),
        });
    }

    fn cell<T>(&mut self, line: u64, cells: &[&str], at: usize, read: impl FnOnce(&str) -> Option<T>) -> Option<T> {
        let value = read(cells[at]);
        if value.is_none() {
            self.fault(line, cells[2], COLUMNS[at], cells[at]);
        }
        value
    }

    fn row(&mut self, line: u64, cells: &[&str]) {
        let text = |cell: &str| (!cell.is_empty()).then(|| cell.to_owned());
        let days = |low: i64| move |cell: &str| cell.parse::<i64>().ok().filter(|days| (low..=4_000).contains(days));
        let code = self.cell(line, cells, 2, |cell| {
            let plain = cell.len() <= 16 && cell.chars().all(|c| c.is_ascii_alphanumeric() || c == '-' || c == '.');
            if plain { text(cell) } else { None }
        });
        let phase = self.cell(line, cells, 0, |cell| Phase::parse(&cell.replace('-', "_")));
        let stage = self.cell(line, cells, 1, |cell| text(cell).map(|cell| stage_name(&cell)));
        let name_en = self.cell(line, cells, 3, text);
        let offset_days = self.cell(line, cells, 5, days(-4_000));
        let duration_days = self.cell(line, cells, 6, days(0));
        let place = self.cell(line, cells, 8, PlaceKind::parse_template);
        let role = self.cell(line, cells, 9, Function::parse);
        let confirmer = self.cell(line, cells, 11, Function::parse);
        for written in cells[7].split(';').map(str::trim).filter(|written| !written.is_empty()) {
            match parse_link(written) {
                Some((from, kind, days)) => {
                    self.links.push(NamedLink { from, to: cells[2].to_owned(), kind, lag: Lag::Working(days * DAY) })
                }
                None => self.fault(line, cells[2], COLUMNS[7], written),
            }
        }
        let (Some(code), Some(phase), Some(stage), Some(name_en)) = (code, phase, stage, name_en) else { return };
        let (Some(offset_days), Some(duration_days)) = (offset_days, duration_days) else { return };
        let (Some(place), Some(role), Some(confirmer)) = (place, role, confirmer) else { return };
        self.tasks.push(TemplateTask {
            code,
            name: Bilingual::new(name_en, cells[4]),
            phase,
            stage,
            offset_days,
            duration_days,
            place,
            role,
            confirmer,
            done_when: cells[10].to_owned(),
            criteria: criteria(cells[10]),
            criteria_zh: Vec::new(),
            done_when_zh: String::new(),
            objective: Bilingual::default(),
        });
    }
}

/// Reads `E09 FS-25`, `S10 SS+10`, `I01 FS`.
pub fn parse_link(written: &str) -> Option<(String, LinkKind, i64)> {
    let (code, rest) = written.trim().split_once(char::is_whitespace)?;
    let rest = rest.trim();
    let kind = LinkKind::parse(rest.get(..2)?)?;
    let lag = rest[2..].trim();
    let days = if lag.is_empty() { 0 } else { lag.strip_prefix('+').unwrap_or(lag).parse::<i64>().ok()? };
    (days.abs() <= 4_000).then(|| (code.to_owned(), kind, days))
}

/// Writes a link the way people read it; lags of whole days without a unit.
pub fn write_link(code: &str, kind: LinkKind, lag_minutes: i64) -> String {
    let kind = kind.code().to_uppercase();
    match lag_minutes {
        0 => format!("{code} {kind}"),
        minutes if minutes % DAY == 0 => format!("{code} {kind}{:+}", minutes / DAY),
        minutes => format!("{code} {kind}{:+.2}", minutes as f64 / DAY as f64),
    }
}

/// "Space sales (招展)" and "1 PLANNING 策划" hold both languages in one cell.
fn stage_name(cell: &str) -> Bilingual {
    let is_chinese = |c: char| crate::text::is_ideograph(c);
    let Some(from) = cell.find(is_chinese) else {
        return Bilingual::new(cell, "");
    };
    let to = cell.rfind(is_chinese).map_or(cell.len(), |at| at + cell[at..].chars().next().map_or(0, char::len_utf8));
    let zh = cell[from..to].trim();
    let before = cell[..from].trim_end_matches(['(', ' ']);
    let after = cell[to..].trim_start_matches([')', ' ']);
    let en = format!("{before} {after}").trim().to_owned();
    Bilingual::new(en, zh)
}
