//! How lists are sorted, as their addresses say it: a column's code, with `-` before it for the other way round.

/// The columns a list can be sorted by, each with the direction people want first (`-` for downwards). The first is
/// the order of a list nobody has sorted.
pub type Sortable = &'static [&'static str];

/// What a list is sorted by.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Sort {
    known: Sortable,
    by: &'static str,
    down: bool,
}

fn parts(code: &str) -> (&str, bool) {
    code.strip_prefix('-').map_or((code, false), |by| (by, true))
}

impl Sort {
    /// Reads what an address says; what is no column of the list sorts it as usual.
    #[must_use]
    pub fn read(asked: &str, known: Sortable) -> Self {
        let (by, down) = parts(asked);
        let found = known.iter().map(|code| parts(code).0).find(|code| *code == by);
        if let Some(by) = found {
            return Self { known, by, down };
        }
        let (by, down) = parts(known.first().copied().unwrap_or_default());
        Self { known, by, down }
    }

    /// The column.
    #[must_use]
    pub const fn by(self) -> &'static str {
        self.by
    }

    /// Whether the greatest stands first.
    #[must_use]
    pub const fn down(self) -> bool {
        self.down
    }

    /// What an address says after a click on the heading of a column: its usual direction, or the other one when the
    /// list is sorted by it already. Nothing for what is no column.
    #[must_use]
    pub fn clicked(self, by: &str) -> String {
        if by == self.by {
            return if self.down { by.to_owned() } else { format!("-{by}") };
        }
        self.known.iter().find(|code| parts(code).0 == by).map(|code| (*code).to_owned()).unwrap_or_default()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    const COLUMNS: Sortable = &["-made", "name"];

    #[test]
    fn a_list_is_sorted_as_asked_or_as_usual() {
        let read = |asked| Sort::read(asked, COLUMNS);
        assert_eq!((read("").by(), read("").down()), ("made", true));
        assert_eq!((read("name").by(), read("name").down()), ("name", false));
        assert_eq!((read("-name").by(), read("-name").down()), ("name", true));
        assert_eq!(read("; drop table"), read(""));
        assert_eq!(read("").clicked("name"), "name");
        assert_eq!(read("name").clicked("made"), "-made");
        assert_eq!(read("").clicked("other"), "");
    }

    proptest! {
        #[test]
        fn two_clicks_lead_back(asked in "-?(made|name)") {
            let sort = Sort::read(&asked, COLUMNS);
            let once = Sort::read(&sort.clicked(sort.by()), COLUMNS);
            prop_assert_ne!(once, sort);
            prop_assert_eq!(Sort::read(&once.clicked(once.by()), COLUMNS), sort);
        }
    }
}
