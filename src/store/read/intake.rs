//! Imports of registrations as pages and the API show them.

use crate::{
    Outcome, Query, Reader, Row,
    record::intake::{INTAKE, intake_of},
    values,
};
use domain::{
    EditionId, IntakeId,
    registration::intake::{Fault, Intake},
};

/// The imports of an edition, newest first.
///
/// # Errors
/// When the database does not answer.
pub async fn intakes(reader: &Reader, edition: EditionId, limit: u32) -> Outcome<Vec<Intake>> {
    let sql = format!("select {INTAKE} from intake k where k.edition_id = $1 order by k.id desc limit {limit}");
    reader.rows(&sql, values![edition.uuid()]).await?.iter().map(intake_of).collect()
}

/// One import.
///
/// # Errors
/// When the database does not answer.
pub async fn intake(db: &impl Query, edition: EditionId, id: IntakeId) -> Outcome<Option<Intake>> {
    let sql = format!("select {INTAKE} from intake k where k.id = $1 and k.edition_id = $2");
    db.rows(&sql, values![id.uuid(), edition.uuid()]).await?.first().map(intake_of).transpose()
}

/// Rejected rows after a line, in the order of the file.
///
/// # Errors
/// When the database does not answer.
pub async fn faults(reader: &Reader, id: IntakeId, after: u32, limit: u32) -> Outcome<Vec<Fault>> {
    let sql = format!(
        "select line, cells, reasons from intake_fault where intake_id = $1 and line > $2 order by line limit {limit}"
    );
    let rows = reader.rows(&sql, values![id.uuid(), i32::try_from(after).unwrap_or(i32::MAX)]).await?;
    let one = |row: &Row| -> Outcome<Fault> {
        let impossible = |e: serde_json::Error| crate::Fault::impossible("intake_fault", e);
        let (cells, reasons): (serde_json::Value, serde_json::Value) = (row.get(1)?, row.get(2)?);
        Ok(Fault {
            line: u32::try_from(row.get::<i32>(0)?).unwrap_or_default(),
            cells: serde_json::from_value(cells).map_err(impossible)?,
            reasons: serde_json::from_value(reasons).map_err(impossible)?,
        })
    };
    rows.iter().map(one).collect()
}
