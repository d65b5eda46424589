//! The order of a list that is paged by its last row: a column that is never null and then the id, both the same way,
//! so that the last row of a page says where the next one begins.

use super::sales::{Conditions, cursor};
use crate::values;

enum By {
    /// Ids are made in the order of time.
    Id,
    Text(&'static str),
    Number(&'static str),
}

/// An order, to ask for it and to go on after a row.
pub(crate) struct Order {
    by: By,
    id: &'static str,
    down: bool,
}

impl Order {
    /// In the order rows were made.
    pub(crate) const fn made(id: &'static str, down: bool) -> Self {
        Self { by: By::Id, id, down }
    }

    /// By words.
    pub(crate) const fn text(column: &'static str, id: &'static str, down: bool) -> Self {
        Self { by: By::Text(column), id, down }
    }

    /// By a whole number.
    pub(crate) const fn number(column: &'static str, id: &'static str, down: bool) -> Self {
        Self { by: By::Number(column), id, down }
    }

    /// Only rows behind the one the cursor names; an unreadable cursor is none.
    pub(crate) fn after(&self, conditions: &mut Conditions, after: &str) {
        let Some((value, id)) = cursor(after) else { return };
        let (sign, own) = (if self.down { "<" } else { ">" }, self.id);
        match self.by {
            By::Id => conditions.and(&format!("{own} {sign} ?"), values![id]),
            By::Text(column) => conditions.and(&format!("({column}, {own}) {sign} (?, ?)"), values![value, id]),
            By::Number(column) => {
                let Ok(number) = value.parse::<i64>() else { return };
                conditions.and(&format!("({column}, {own}) {sign} (?, ?)"), values![number, id]);
            }
        }
    }

    /// The end of the question.
    pub(crate) fn sql(&self) -> String {
        let (way, id) = (if self.down { "desc" } else { "asc" }, self.id);
        match self.by {
            By::Id => format!(" order by {id} {way}"),
            By::Text(column) | By::Number(column) => format!(" order by {column} {way}, {id} {way}"),
        }
    }
}
