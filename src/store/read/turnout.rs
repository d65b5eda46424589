//! Registrations by the day they came in, with how many of those people have entered.

use crate::{Outcome, Query, Reader, Row, read::voucher::CAME, values};
use domain::{EditionId, registration::turnout::Day};

pub use crate::record::turnout::goal;

fn day(row: &Row) -> Outcome<Day> {
    Ok(Day { day: row.get(0)?, registered: row.get(1)?, came: row.get(2)? })
}

/// How the registrations of an edition came in. `open` says whether anybody can have entered yet.
///
/// # Errors
/// When the database does not answer.
pub async fn days(reader: &Reader, edition: EditionId, open: bool) -> Outcome<Vec<Day>> {
    let came = if open { format!("count(case when {CAME} then 1 end)") } else { "cast(0 as bigint)".to_owned() };
    let sql = format!(
        "select r.local_day, count(*), {came} from registration r where r.edition_id = $1
         and r.status not in ('cancelled', 'rejected') group by r.local_day order by r.local_day"
    );
    reader.rows(&sql, values![edition.uuid()]).await?.iter().map(day).collect()
}

/// The history of an edition that was run elsewhere.
///
/// # Errors
/// When the database does not answer.
pub async fn history(reader: &Reader, edition: EditionId) -> Outcome<Vec<Day>> {
    let sql = "select day, cast(registered as bigint), cast(came as bigint) from registration_history
               where edition_id = $1 order by day";
    reader.rows(sql, values![edition.uuid()]).await?.iter().map(day).collect()
}
