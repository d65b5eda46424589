//! What promises and learned durations save.

use crate::read::plan::commitment::{COMMITMENT, commitment_of};
use crate::{Fault, Outcome, Query, Tx, values};
use chrono::{DateTime, Utc};
use domain::plan::commitment::Commitment;
use domain::plan::learning::Durations;
use domain::{CommitmentId, EditionId, LearnedId, SeriesId, UserId};

/// Adds promises.
///
/// # Errors
/// `Taken` when a task is promised for the period already.
pub async fn insert(tx: &Tx, all: &[Commitment]) -> Outcome<()> {
    let rows = all.iter().map(|one| {
        values![
            one.id.uuid(),
            one.edition.uuid(),
            one.task.uuid(),
            one.span.code(),
            one.begins_on,
            one.team.code(),
            one.goal,
            one.outcome.code(),
            one.reason.clone(),
            one.note.as_str(),
            one.promised_by.uuid(),
            one.promised_at,
            one.judged_by.map(UserId::uuid),
            one.judged_at,
            one.version
        ]
    });
    let columns = [
        "id",
        "edition_id",
        "task_id",
        "span",
        "begins_on",
        "team",
        "goal",
        "outcome",
        "reason",
        "note",
        "promised_by",
        "promised_at",
        "judged_by",
        "judged_at",
        "version",
    ];
    tx.insert("commitment", &columns, rows).await
}

/// One promise of an edition.
///
/// # Errors
/// When the database does not answer.
pub async fn find(tx: &Tx, edition: EditionId, id: CommitmentId) -> Outcome<Option<Commitment>> {
    let sql = format!("select {COMMITMENT} from commitment c where c.edition_id = $1 and c.id = $2");
    tx.rows(&sql, values![edition.uuid(), id.uuid()]).await?.first().map(commitment_of).transpose()
}

/// Saves what became of a promise.
///
/// # Errors
/// `Stale` when somebody said otherwise since.
pub async fn save(tx: &Tx, one: &Commitment) -> Outcome<()> {
    let touched = tx
        .run(
            "update commitment set outcome = $3, reason = $4, note = $5, judged_by = $6, judged_at = $7,
             version = version + 1 where id = $1 and version = $2",
            values![
                one.id.uuid(),
                one.version,
                one.outcome.code(),
                one.reason.clone(),
                one.note.as_str(),
                one.judged_by.map(UserId::uuid),
                one.judged_at
            ],
        )
        .await?;
    if touched == 0 { Err(Fault::Stale) } else { Ok(()) }
}

/// A version of learned durations to keep.
#[derive(Clone, Debug)]
pub struct NewVersion<'a> {
    /// Its id.
    pub id: LearnedId,
    /// The series that learned.
    pub series: SeriesId,
    /// Code of the template.
    pub template: &'a str,
    /// Its number.
    pub number: i32,
    /// The edition it was learned from.
    pub edition: EditionId,
    /// The durations.
    pub durations: &'a Durations,
    /// Who accepted it.
    pub by: UserId,
    /// When.
    pub at: DateTime<Utc>,
}

/// Keeps a version of learned durations.
///
/// # Errors
/// `Taken` when somebody else accepted one since.
pub async fn insert_version(tx: &Tx, one: &NewVersion<'_>) -> Outcome<()> {
    let durations = serde_json::to_value(one.durations).map_err(|error| Fault::impossible("learned", error))?;
    let row = values![
        one.id.uuid(),
        one.series.uuid(),
        one.template,
        one.number,
        one.edition.uuid(),
        durations,
        one.by.uuid(),
        one.at
    ];
    tx.insert("learned", &["id", "series_id", "template", "number", "edition_id", "durations", "by", "at"], vec![row])
        .await
}
