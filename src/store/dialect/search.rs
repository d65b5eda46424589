//! Full text: FTS5 on SQLite, tsvector on PostgreSQL, over the tokens that `domain::search` makes.

use crate::Backend;
use domain::search::Term;

/// A condition on `search_document` (aliased `d`) that holds where all terms are found, with the value to bind at
/// `$<place>`. `None` when there is nothing to look for.
///
/// Tokens hold letters and digits only, so quoting cannot be broken out of; the expression is bound all the same.
pub fn matching(backend: Backend, terms: &[Term], place: usize) -> Option<(String, String)> {
    if terms.is_empty() {
        return None;
    }
    Some(match backend {
        Backend::Sqlite => {
            let parts = terms.iter().map(|term| match term {
                Term::Exact(token) => format!("\"{token}\""),
                Term::Prefix(token) => format!("\"{token}\"*"),
            });
            let expression = parts.collect::<Vec<_>>().join(" AND ");
            (format!("d.row_no in (select rowid from search_index where search_index match ${place})"), expression)
        }
        Backend::Postgres => {
            let parts = terms.iter().map(|term| match term {
                Term::Exact(token) => format!("'{token}'"),
                Term::Prefix(token) => format!("'{token}':*"),
            });
            (format!("d.vector @@ ${place}::tsquery"), parts.collect::<Vec<_>>().join(" & "))
        }
    })
}
