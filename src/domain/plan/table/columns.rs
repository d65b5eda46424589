//! Which column is what: recognised by its heading, in English or Chinese; a person has the last word.

use std::sync::OnceLock;

codes! {
    /// What a column of a table fills.
    ImportField {
        /// Code: which task it is.
        Code "code",
        /// Name, in whichever language it is written.
        Name "name",
        /// English name.
        NameEn "name_en",
        /// Chinese name.
        NameZh "name_zh",
        /// Phase.
        Phase "phase",
        /// Stage.
        Stage "stage",
        /// Task, milestone, summary.
        Kind "kind",
        /// Days of work.
        Duration "duration",
        /// Starts no earlier than.
        Start "start",
        /// Last day: makes the duration of a new task that has none.
        Finish "finish",
        /// Wanted last day.
        Deadline "deadline",
        /// What it waits for.
        Predecessors "predecessors",
        /// Who does it.
        Owner "owner",
        /// Who measures.
        Checker "checker",
        /// Who signs.
        Confirmer "confirmer",
        /// Where.
        Place "place",
        /// Team.
        Role "role",
        /// Kind of place.
        PlaceKind "place_kind",
        /// How far.
        Percent "percent",
        /// Who goes first.
        Priority "priority",
        /// Working calendar.
        Calendar "calendar",
        /// What it is for.
        Objective "objective",
        /// When it is done.
        DoneWhen "done_when",
    }
}

fn known() -> &'static [(ImportField, String)] {
    static KNOWN: OnceLock<Vec<(ImportField, String)>> = OnceLock::new();
    KNOWN.get_or_init(|| {
        let text = include_str!("../../../../fixtures/plan/table-columns.csv");
        let mut reader = csv::Reader::from_reader(text.as_bytes());
        let row = |row: csv::StringRecord| Some((ImportField::parse(row.get(0)?)?, plain(row.get(1)?)));
        reader.records().flatten().filter_map(row).collect()
    })
}

/// Letters, digits and ideographs only: "Start_date", "start date:" and "Start Date" are one heading.
fn plain(heading: &str) -> String {
    let folded = crate::text::fold(heading);
    folded.chars().filter(|c| c.is_alphanumeric() || *c == '%').collect()
}

/// What each column fills, as far as its heading says; nothing is filled by two columns.
pub fn guess(heads: &[String]) -> Vec<Option<ImportField>> {
    let mut taken: Vec<ImportField> = Vec::new();
    heads
        .iter()
        .map(|head| {
            let head = plain(head);
            let by_code = ImportField::ALL.iter().copied().find(|field| plain(field.code()) == head);
            let by_word = || known().iter().find(|(_, word)| *word == head).map(|(field, _)| *field);
            let found = by_code.or_else(by_word).filter(|field| !taken.contains(field));
            taken.extend(found);
            found
        })
        .collect()
}
