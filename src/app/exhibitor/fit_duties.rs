//! An exhibitor has exactly the duties of the stands it holds: brought in step whenever that changes.

use crate::{Error, Work};
use domain::{
    ParticipationId,
    edition::Edition,
    exhibitor::{DutyState, ExhibitorDuty, reconcile},
};
use store::record::{exhibitor as record, sales};

/// Adds what is missing and drops what no longer applies.
///
/// # Errors
/// When the database does not answer.
pub(crate) async fn fit_duties(work: &Work, edition: &Edition, participation: ParticipationId) -> Result<(), Error> {
    let duties = record::duties(work.tx(), edition.id).await?;
    let own = record::own_duties(work.tx(), participation).await?;
    let held = sales::held_kinds(work.tx(), participation).await?;
    let change = reconcile(&duties, &own, &held);
    for id in change.drop {
        record::delete_own_duty(work.tx(), id).await?;
    }
    let new: Vec<ExhibitorDuty> = change
        .add
        .into_iter()
        .map(|duty| ExhibitorDuty {
            id: work.id(),
            edition: edition.id,
            duty,
            participation,
            company: String::new(),
            state: DutyState::Open,
            note: String::new(),
            document: None,
            done_at: None,
            done_by: None,
            version: 1,
        })
        .collect();
    record::insert_own_duties(work.tx(), &new).await?;
    Ok(())
}
