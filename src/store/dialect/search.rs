//! Full text: FTS5 on SQLite, tsvector on PostgreSQL, over the tokens that `domain::search` makes.

use crate::Backend;
use domain::search::Term;

/// A walk through the documents in which all terms are found, the newest first.
///
/// It is entered by the index and goes on only as long as somebody takes rows: a broad word costs no more than a rare
/// one. The order is that in which documents came to be; changing one keeps its place.
#[derive(Clone, Debug)]
pub struct Walk {
    /// What follows `from`: the documents are `d`; other tables are joined to them with `cross join`, so that
    /// SQLite's planner keeps the walk outermost.
    pub from: &'static str,
    /// What follows `where`.
    pub condition: String,
    /// Where the walk is, smaller with each step. A next page begins below where the one before ended, not at the top.
    pub place: &'static str,
    /// The value to bind at the place given.
    pub expression: String,
}

impl Walk {
    /// What follows `order by`.
    pub fn order(&self) -> String {
        format!("{} desc", self.place)
    }
}

/// The walk for terms, their expression bound at `$<place>`. `None` when there is nothing to look for.
///
/// Tokens hold letters and digits only, so quoting cannot be broken out of; the expression is bound all the same.
pub fn newest(backend: Backend, terms: &[Term], place: usize) -> Option<Walk> {
    let expression = expression(backend, terms)?;
    Some(match backend {
        Backend::Sqlite => Walk {
            from: "search_index i cross join search_document d on d.row_no = i.rowid",
            condition: format!("i.search_index match ${place}"),
            place: "i.rowid",
            expression,
        },
        Backend::Postgres => Walk {
            from: "search_document d",
            condition: format!("d.vector @@ ${place}::tsquery"),
            place: "d.row_no",
            expression,
        },
    })
}

/// A condition on `search_document` (aliased `d`) that holds where all terms are found, with the value to bind at
/// `$<place>`. `None` when there is nothing to look for. For narrow questions: it finds all before anything is taken.
pub fn matching(backend: Backend, terms: &[Term], place: usize) -> Option<(String, String)> {
    let expression = expression(backend, terms)?;
    let condition = match backend {
        Backend::Sqlite => {
            format!("d.row_no in (select rowid from search_index where search_index match ${place})")
        }
        Backend::Postgres => format!("d.vector @@ ${place}::tsquery"),
    };
    Some((condition, expression))
}

fn expression(backend: Backend, terms: &[Term]) -> Option<String> {
    let (quote, prefix, and) = match backend {
        Backend::Sqlite => ('"', "*", " AND "),
        Backend::Postgres => ('\'', ":*", " & "),
    };
    let parts = terms.iter().map(|term| match term {
        Term::Exact(token) => format!("{quote}{token}{quote}"),
        Term::Prefix(token) => format!("{quote}{token}{quote}{prefix}"),
    });
    (!terms.is_empty()).then(|| parts.collect::<Vec<_>>().join(and))
}
